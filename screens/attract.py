"""待受: what can be done here, what to bring, the languages, and はじめる."""

from dataclasses import replace

from kiosk.events import Action, LanguageChosen, Tapped
from kiosk.views import AttractView, Chrome
from kiosk.visit import Language
from screens.art import Art
from screens.frame import FOOT_MM, framed, primary
from screens.header import NameStrip
from screens.layout import Beside, Column, Element, Kit, Row, grid
from screens.look import Role
from screens.nodes import Node
from screens.pieces import Boxed, Patch, PatchKind, Picture, Text
from screens.touchables import Button, Kind

BRING = ("card", "passwords", "receipt", "papers", "mail")


def arrange_attract(view: AttractView, kit: Kit) -> Node:
    """The first picture of every visit."""
    return framed(
        kit,
        Chrome(step=None, back=False, cancel=False),
        title=kit.say("attract.title"),
        lead=_lead(kit) if view.last is None else "",
        body=_bodies(view, kit),
        main=primary(kit.say("action.start"), Action.START),
        left=display(kit),
        middle=staff(kit),
        top=NameStrip(kit.say("terminal.name"), language_buttons(view.languages, kit)),
    )


def _lead(kit: Kit) -> str:
    """How long it takes is told where the letters leave room for it."""
    narrow = kit.look.large and not kit.look.upright
    return kit.say("attract.lead") + ("" if narrow else kit.say("attract.minutes"))


def display(kit: Kit) -> Button:
    """Where 戻る stands later: nobody should have to begin in order to read."""
    return Button(kit.say("display.sizes"), Tapped(Action.DISPLAY), Kind.QUIET, FOOT_MM)


def staff(kit: Kit) -> Button:
    """As in the header of every screen of a visit."""
    return Button(kit.say("action.staff"), Tapped(Action.STAFF), Kind.QUIET, 15.0)


def language_buttons(languages: tuple[Language, ...], kit: Kit) -> Row:
    """One for each language, in its own words."""
    buttons = tuple(
        Button(
            kit.say(f"language.{language.value}"),
            LanguageChosen(language),
            Kind.QUIET,
            chosen=language is kit.look.language,
            role=Role.SMALL,
        )
        for language in languages
    )
    if kit.look.upright:  # the terminal's name needs the width
        buttons = tuple(replace(b, wide=kit.look.mm(b.natural(kit)) - 5.0) for b in buttons)
    return Row(buttons, shares=(0,) * len(buttons))


def _bodies(view: AttractView, kit: Kit) -> tuple[Element, ...]:
    """With the picture where there is room; in quieter letters before any of it would have to be scrolled."""
    ending = f"ending.{view.last.value}" if view.last is not None else ""
    said = kit.say(ending) if ending and kit.look.texts.has(ending) else ""
    paddings = (4.0,) if kit.look.upright else (9.0, 4.0)
    role = Role.BODY if kit.look.large else Role.QUIET
    roomy = [Column((*_last(said, Role.BODY), _all_to_bring(kit, padding, role))) for padding in paddings]
    close = Column((*_last(said, Role.BODY), _all_to_bring(kit, 2.5, role, 2.0)), 2.0)
    picture = Picture(Art.LAY_CARD, 30.0, 62.0)
    beside = (Beside(words, picture, 62.0, grows=True) for words in (*roomy, close))
    quieter = tuple(
        Column((*_last(said, quiet), _listed(kit, role)), 2.0)
        for quiet, role in (
            (Role.BODY, Role.BODY),
            (Role.BODY, Role.MEDIUM),
            (Role.MEDIUM, Role.MEDIUM),
            (Role.QUIET, Role.MEDIUM),
            (Role.QUIET, Role.QUIET),
            (Role.QUIET, Role.SMALL),
        )
    )
    return (*beside, roomy[-1], close, *quieter, *_last(said, Role.QUIET))  # what to bring is told again on the next


def _last(said: str, role: Role) -> tuple[Element, ...]:
    """How the last visit ended, where whoever comes next has to know it."""
    return (Patch(said, PatchKind.CAREFUL, role),) if said else ()


def _all_to_bring(kit: Kit, padding: float, role: Role, gap: float = 3.0) -> Element:
    things = tuple(Boxed(_bring(kit, what, role), padding=padding, grows=True, centred=True) for what in BRING)  # level
    if kit.look.large and kit.look.upright:
        return Column(things, gap)
    return Column((grid(things[:4], 2, gap), things[4]), gap)


def _listed(kit: Kit, role: Role) -> Element:
    """All on one panel."""
    things = tuple(_bring(kit, what, role) for what in BRING)
    if kit.look.upright:
        return Boxed(Column(things, 1.0), padding=2.0)
    return Boxed(Column((grid(things[:4], 2, 3.0), things[4]), 1.0), padding=2.0)


def _bring(kit: Kit, what: str, role: Role) -> Text:
    return Text(kit.say(f"attract.bring.{what}"), role)
