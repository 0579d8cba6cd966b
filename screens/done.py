"""添付資料再提出完了: thanks, the 申込番号 where the portal gave it, what to take along."""

from kiosk.events import Action
from kiosk.views import Chrome, DoneView
from kiosk.visit import Language
from screens.art import Art
from screens.fitting import fits
from screens.frame import framed, primary
from screens.labelled import Labelled
from screens.layout import Column, Element, Kit, Row
from screens.look import Face, Role, Tone
from screens.marks import Done
from screens.nodes import Node
from screens.pieces import Align, Boxed, Fitted, Picture, Text

QUIETER = (Role.BODY, Role.MEDIUM, Role.QUIET)


def arrange_done(view: DoneView, chrome: Chrome, kit: Kit) -> Node:
    """TOPへ ends the visit."""
    title, lead = kit.say("done.title"), kit.say("done.lead")
    main = primary(kit.say("done.top"), Action.FINISH)
    words = Column((_number(view, kit, 4.0), *_take(view, kit)), 3.0)
    close = Column((_number(view, kit, 2.5), *_take(view, kit)), 1.5)
    thanks = Column((Text(title, Role.TITLE), Text(lead, Role.LEAD)), 2.0)
    checked = Column((Row((Done(9.0), Text(title, Role.TITLE)), 3.0, (0, 1)), Text(lead, Role.LEAD), words), 3.0)
    art = Art.BELONGINGS_WITH_CARD if view.card_lies_there else Art.BELONGINGS
    pictured = Column((checked, Picture(art, 24.0, 44.0)), 4.0, grows=True)
    for body in (pictured, checked):
        if fits(body, kit):
            return framed(kit, chrome, body=body, main=main)
    if fits(Column((thanks, close)), kit):
        return framed(kit, chrome, title=title, lead=lead, body=(words, close), main=main)
    return framed(kit, chrome, title=title, body=_low(view, lead, kit), main=main, to_the_end=True)


def _low(view: DoneView, lead: str, kit: Kit) -> tuple[Element, ...]:
    """In letters as large as they may be, all of it together. In each the thanks give way before anything else does,
    first by quieter letters.
    """
    sizes = ((Role.BODY, Role.QUIET), (Role.MEDIUM, Role.QUIET), (Role.MEDIUM, Role.SMALL), (Role.QUIET, Role.SMALL))
    bodies: list[Element] = []
    for role, small in sizes:
        rest = _lower(view, kit, role, small)
        bodies += (Column((Text(lead, quiet), rest), 1.5) for quiet in QUIETER[QUIETER.index(role) :])
        bodies.append(rest)
    return tuple(bodies)


def _lower(view: DoneView, kit: Kit, role: Role, small: Role) -> Element:
    """Large letters on a low glass: what is to be known at once in quieter ones. A number is never parted."""
    mail = Text(kit.say("done.mail" if view.number else "done.mail_from"), small, tone=Tone.QUIET_INK)
    take = _take(view, kit, role, small)
    if view.number is None:
        by_mail = Boxed(Column((Text(kit.say("done.number_by_mail"), role), mail), 0.5), padding=2.0)
        return Column((by_mail, *take), 1.5)
    label = Text(kit.say("done.number"), Role.QUIET, tone=Tone.QUIET_INK)
    digits = grouped(view.number)
    below = Boxed(
        Column((label, Fitted(digits, Role.NUMBER, Face.DIGITS, most=1, align=Align.LEFT), mail), 0.5), padding=2.0
    )
    if kit.look.upright or kit.look.language is Language.EN:  # its label leaves no room beside it
        return Column((below, *take), 1.5)
    beside = Boxed(Column((Labelled(label, Text(digits, Role.NUMBER, Face.DIGITS)), mail), 0.5), padding=2.0)
    return Column((beside, *take), 1.5)


def _number(view: DoneView, kit: Kit, padding: float) -> Element:
    if view.number is None:
        return Boxed(
            Column(
                (
                    Text(kit.say("done.number_by_mail")),
                    Text(kit.say("done.mail_from"), Role.QUIET, tone=Tone.QUIET_INK),
                ),
                1.5,
            ),
            padding=padding,
        )
    return Boxed(
        Column(
            (
                Text(kit.say("done.number"), Role.QUIET, tone=Tone.QUIET_INK),
                Fitted(grouped(view.number), Role.TITLE, Face.DIGITS, most=1, align=Align.LEFT),
                Text(kit.say("done.mail"), Role.QUIET, tone=Tone.QUIET_INK),
            ),
            padding / 3,
        ),
        padding=padding,
    )


def _take(view: DoneView, kit: Kit, role: Role = Role.BODY, quiet: Role = Role.QUIET) -> tuple[Element, ...]:
    parts = [Text(kit.say("done.take_card" if view.card_lies_there else "done.take"), role, Face.BOLD)]
    told = [kit.say("farewell.erased")] if view.erased else []
    if kit.touch.seconds_left is not None:
        told.append(kit.say("done.seconds", n=kit.touch.seconds_left))
    if told:
        between = " " if kit.look.language is Language.EN else ""  # 。 has its own room behind it
        parts.append(Text(between.join(told), quiet, tone=Tone.QUIET_INK))
    return tuple(parts)


def grouped(number: str) -> str:
    """In fours, as people read digits aloud; a number that comes in groups stays as it is."""
    if not number.isdigit():
        return number
    return " ".join(number[i : i + 4] for i in range(0, len(number), 4))
