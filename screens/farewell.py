"""The end: being erased, what to take along, and a submission whose fate is not known yet."""

from kiosk.events import Action
from kiosk.views import Chrome, FarewellView, FateOpenView, WipingView
from screens.art import Art
from screens.frame import framed, primary
from screens.layout import Column, Element, Kit
from screens.look import Face, Role
from screens.nodes import Node
from screens.pieces import Patch, PatchKind, Picture, Text


def arrange_wiping(view: WipingView, chrome: Chrome, kit: Kit) -> Node:  # noqa: ARG001
    """A moment only."""
    return framed(kit, chrome, title=kit.say("wiping.title"), lead=kit.say("wiping.lead"), body=_waiting())


def _waiting() -> Element:
    return Column((Picture(Art.WAITING, 24.0, 50.0),), grows=True)


def arrange_farewell(view: FarewellView, chrome: Chrome, kit: Kit) -> Node:
    """What was entered is called erased only after the wipe."""
    said = [_erased(view, kit, role) for role in (Role.BODY, Role.QUIET)]
    return framed(
        kit,
        chrome,
        title=kit.say("farewell.take_card" if view.card_lies_there else "farewell.take"),
        lead=kit.say(f"ending.{view.ending.value}"),
        body=(*_bodies(view.card_lies_there, (said[0],)), said[1]),
        main=primary(kit.say("action.finish"), Action.FINISH),
    )


def _erased(view: FarewellView, kit: Kit, role: Role) -> Element:
    if view.erased:
        return Patch(kit.say("farewell.erased"), PatchKind.FINE, role)
    return Text(kit.say("farewell.not_erased"), role)


def arrange_fate_open(view: FateOpenView, chrome: Chrome, kit: Kit) -> Node:
    """The mail decides; nothing is handed in again."""
    said: list[Element] = [
        Text(kit.say("farewell.take_card" if view.card_lies_there else "farewell.take"), Role.BODY, Face.BOLD)
    ]
    if view.erased:
        said.append(Patch(kit.say("farewell.erased"), PatchKind.FINE, Role.QUIET))
    return framed(
        kit,
        chrome,
        title=kit.say("fate_open.title"),
        lead=kit.say("fate_open.lead"),
        body=_bodies(view.card_lies_there, tuple(said)),
        main=primary(kit.say("action.finish"), Action.FINISH),
        to_the_end=True,
    )


def _bodies(card: bool, said: tuple[Element, ...]) -> tuple[Element, ...]:
    art = Art.BELONGINGS_WITH_CARD if card else Art.BELONGINGS
    pictured = [Column((*said, Picture(art, least, 64.0)), 3.0, grows=True) for least in (36.0, 24.0)]
    return (*pictured, Column(said, 3.0))
