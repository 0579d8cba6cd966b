"""Both passwords and the tries left of each, before anything is asked."""

from kiosk.events import Action
from kiosk.views import CardReadyView, Chrome
from kiosk.visit import Password
from screens import tries
from screens.art import Art
from screens.frame import framed, primary
from screens.layout import Beside, Column, Element, Kit, Row
from screens.look import Face, Role, Tone
from screens.nodes import Node
from screens.pieces import Boxed, Patch, Picture, Text

ORDINALS = {Password.AUTHENTICATION: "card_ready.first", Password.ATTRIBUTES: "card_ready.second"}


def arrange_card_ready(view: CardReadyView, chrome: Chrome, kit: Kit) -> Node:
    """NEXT begins with the first of them. Both counters are in sight at once wherever the glass allows it."""
    roomy = Column(tuple(_row(password, view.tries.of(password), Role.BODY, kit) for password in Password))
    close = Column(tuple(_row(password, view.tries.of(password), Role.QUIET, kit) for password in Password), 2.0)
    pictured, less = (
        Beside(rows, Picture(Art.CARD_READ, 22.0, 60.0), 46.0, grows=kit.look.upright) for rows in (roomy, close)
    )
    return framed(
        kit,
        chrome,
        title=kit.say("card_ready.title"),
        lead=kit.say("card_ready.lead"),
        body=(pictured, roomy, less, close),
        main=primary(kit.say("action.next"), Action.NEXT),
    )


def _row(password: Password, left: int | None, role: Role, kit: Kit) -> Element:
    name = _name(password, role, kit)
    patch = Patch(tries.short(left, kit), tries.kind_of(left), role)
    padding = 4.0 if role is Role.BODY else 2.0
    if kit.look.upright and role is Role.BODY:
        return Boxed(Column((name, patch), 2.0), padding=padding)
    return Boxed(Row((name, patch), 4.0, (1, 0)), padding=padding)


def _name(password: Password, role: Role, kit: Kit) -> Column:
    lines: list[Element] = [Text(kit.say(f"password.name.{password.value}"), role, Face.BOLD)]
    if role is Role.BODY:
        lines.insert(0, Text(kit.say(ORDINALS[password]), Role.QUIET, tone=Tone.QUIET_INK))
    official = tries.official_beside(password, kit)
    if official:
        lines.append(Text(official, Role.QUIET if role is Role.BODY else Role.SMALL, tone=Tone.QUIET_INK))
    return Column(tuple(lines), 0.5)
