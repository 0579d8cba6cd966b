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
        lead=kit.say("attract.lead") if view.last is None else "",
        body=_bodies(view, kit),
        main=primary(kit.say("action.start"), Action.START),
        left=display(kit),
        middle=staff(kit),
        top=NameStrip(kit.say("terminal.name"), language_buttons(view.languages, kit)),
    )


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
    last: tuple[Element, ...] = ()
    if view.last is not None and kit.look.texts.has(f"ending.{view.last.value}"):
        last = (Patch(kit.say(f"ending.{view.last.value}"), PatchKind.CAREFUL),)
    paddings = (4.0,) if kit.look.upright else (9.0, 4.0)
    roomy = [Column((*last, _all_to_bring(kit, padding))) for padding in paddings]
    picture = Picture(Art.LAY_CARD, 30.0, 62.0)
    close = Column((*last, _all_to_bring(kit, 2.5, 2.0)), 2.0)
    beside = (Beside(words, picture, 62.0, grows=True) for words in (*roomy, close))
    return (*beside, roomy[-1], close)


def _all_to_bring(kit: Kit, padding: float, gap: float = 3.0) -> Element:
    things = tuple(_bring(kit, what, padding) for what in BRING)
    if kit.look.large and kit.look.upright:
        return Column(things, gap)
    return Column((grid(things[:4], 2, gap), things[4]), gap)


def _bring(kit: Kit, what: str, padding: float) -> Element:
    role = Role.QUIET if not kit.look.large else Role.BODY
    return Boxed(Text(kit.say(f"attract.bring.{what}"), role), padding=padding, grows=True)  # level with its neighbour
