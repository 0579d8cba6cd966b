"""Both passwords and the tries left of each, before anything is asked."""

from kiosk.events import Action
from kiosk.views import CardReadyView, Chrome
from kiosk.visit import Password
from screens import tries
from screens.art import Art
from screens.frame import framed, primary
from screens.layout import Column, Element, Kit, Row
from screens.look import Face, Role, Tone
from screens.nodes import Node
from screens.pieces import Boxed, Patch, Picture, Text

ORDINALS = {Password.AUTHENTICATION: "card_ready.first", Password.ATTRIBUTES: "card_ready.second"}


def arrange_card_ready(view: CardReadyView, chrome: Chrome, kit: Kit) -> Node:
    """NEXT begins with the first of them."""
    stacked = Column(tuple(_stacked(password, view.tries.of(password), kit) for password in Password))
    beside = Column(tuple(_beside(password, view.tries.of(password), kit) for password in Password))
    pictured = Column((beside, Picture(Art.CARD_READ, 22.0, 60.0)), grows=True)
    return framed(
        kit,
        chrome,
        title=kit.say("card_ready.title"),
        lead=kit.say("card_ready.lead"),
        body=(pictured, beside)
        if not kit.look.upright
        else (Column((stacked, Picture(Art.CARD_READ, 22.0, 60.0)), grows=True), stacked),
        main=primary(kit.say("action.next"), Action.NEXT),
    )


def _name(password: Password, kit: Kit) -> Column:
    official = tries.official_beside(password, kit)
    lines: list[Element] = [
        Text(kit.say(ORDINALS[password]), Role.QUIET, tone=Tone.QUIET_INK),
        Text(kit.say(f"password.name.{password.value}"), Role.BODY, Face.BOLD),
    ]
    if official:
        lines.append(Text(official, Role.QUIET, tone=Tone.QUIET_INK))
    return Column(tuple(lines), 0.5)


def _beside(password: Password, left: int | None, kit: Kit) -> Element:
    patch = Patch(tries.short(left, kit), tries.kind_of(left))
    return Boxed(Row((_name(password, kit), patch), 4.0, (1, 0)))


def _stacked(password: Password, left: int | None, kit: Kit) -> Element:
    patch = Patch(tries.short(left, kit), tries.kind_of(left))
    return Boxed(Column((_name(password, kit), patch), 2.0))
