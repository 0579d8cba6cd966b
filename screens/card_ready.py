"""Both passwords and the tries left of each, before anything is asked."""

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class _Step:
    """How large both rows are: names and patches by their role, what stands above a name by another, or is left out."""

    role: Role
    above: Role | None
    padding: float


ROOMY, NEAR = _Step(Role.BODY, Role.QUIET, 4.0), _Step(Role.BODY, Role.QUIET, 2.0)
CLOSE, CLOSEST = _Step(Role.QUIET, Role.SMALL, 2.0), _Step(Role.QUIET, None, 2.0)


def arrange_card_ready(view: CardReadyView, chrome: Chrome, kit: Kit) -> Node:
    """NEXT begins with the first of them. Both counters are in sight at once wherever the glass allows it."""
    roomy, near, close, closest = (_rows(view, step, kit) for step in (ROOMY, NEAR, CLOSE, CLOSEST))
    return framed(
        kit,
        chrome,
        title=kit.say("card_ready.title"),
        lead=kit.say("card_ready.lead"),
        body=(_pictured(roomy, kit), _pictured(near, kit), roomy, near, _pictured(close, kit), close, closest),
        main=primary(kit.say("action.next"), Action.NEXT),
    )


def _pictured(rows: Element, kit: Kit) -> Element:
    return Beside(rows, Picture(Art.CARD_READ, 22.0, 60.0), 46.0, grows=kit.look.upright)


def _rows(view: CardReadyView, step: _Step, kit: Kit) -> Element:
    gap = 3.0 if step is ROOMY else 2.0
    return Column(tuple(_row(password, view.tries.of(password), step, kit) for password in Password), gap)


def _row(password: Password, left: int | None, step: _Step, kit: Kit) -> Element:
    name = _name(password, step, kit)
    patch = Patch(tries.short(left, kit), tries.kind_of(left), step.role)
    if kit.look.upright and step.role is Role.BODY:
        return Boxed(Column((name, patch), 2.0), padding=step.padding)
    return Boxed(Row((name, patch), 4.0, (1, 0)), padding=step.padding)


def _name(password: Password, step: _Step, kit: Kit) -> Column:
    """Which of the two, its name, and the official one: beneath, or where the glass is low before the name."""
    name = Text(kit.say(f"password.name.{password.value}"), step.role, Face.BOLD)
    official = tries.official_beside(password, kit)
    quiet = step.above or Role.SMALL
    beneath = (Text(official, quiet, tone=Tone.QUIET_INK),) if official else ()
    if step.above is None:
        return Column((name, *beneath), 0.5)
    ordinal = Text(kit.say(ORDINALS[password]), quiet, tone=Tone.QUIET_INK)
    if step is ROOMY or kit.look.upright:
        return Column((ordinal, name, *beneath), 0.5)
    return Column((Row((ordinal, *beneath), 3.0, (0, 1)[: 1 + len(beneath)]), name), 0.5)
