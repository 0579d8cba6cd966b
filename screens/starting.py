"""The terminal is being started: before there is a visit there is a picture."""

from kiosk.views import Chrome, StartingView
from screens.art import Art
from screens.frame import framed
from screens.header import NameStrip
from screens.layout import Column, Kit, Row
from screens.nodes import Node
from screens.pieces import Picture


def arrange_starting(view: StartingView, chrome: Chrome, kit: Kit) -> Node:  # noqa: ARG001
    """In the first language of the house."""
    return framed(
        kit,
        chrome,
        title=kit.say("starting.title"),
        lead=kit.say("starting.lead"),
        body=Column((Picture(Art.WAITING, 24.0, 50.0),), grows=True),
        top=NameStrip(kit.say("terminal.name"), Row(())),
    )
