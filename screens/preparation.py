"""Before anything is typed: what you need here and now."""

from kiosk.events import Action, Tapped
from kiosk.views import Chrome, PreparationView
from screens.frame import framed, primary
from screens.layout import Column, Element, Kit, Row, grid
from screens.look import Face, Role, Tone
from screens.marks import Bullet
from screens.nodes import Node
from screens.pieces import Boxed, Text
from screens.touchables import Button

NEEDED = ("card", "passwords", "receipt", "papers", "mail")


def arrange_preparation(view: PreparationView, chrome: Chrome, kit: Kit) -> Node:  # noqa: ARG001
    """Five things; who has registered at home goes on with the code."""
    columns = 1 if kit.look.upright or kit.look.large else 2
    code = Button(kit.say("action.have_code"), Tapped(Action.HAVE_CODE), high=20.0, grows=True)
    bodies = tuple(
        grid((*(_needed(kit, what, padding) for what in NEEDED), code), columns, min(padding, 4.0))
        for padding in (6.0, 4.0, 3.0, 2.0, 1.2)
    )
    return framed(
        kit,
        chrome,
        title=kit.say("preparation.title"),
        body=bodies,
        main=primary(kit.say("action.next"), Action.NEXT),
        to_the_end=True,
    )


def _needed(kit: Kit, what: str, padding: float) -> Element:
    name = Text(kit.say(f"preparation.{what}"), Role.BODY, Face.BOLD)
    more = Text(kit.say(f"preparation.{what}.text"), Role.QUIET, tone=Tone.QUIET_INK)
    words = Column((name, more), 0.5)
    if kit.look.upright and kit.look.large:  # the words need the width
        return Boxed(words, padding=padding)
    return Boxed(Row((Bullet(), words), 3.0, (0, 1), centred=False), padding=max(padding, 2.0))
