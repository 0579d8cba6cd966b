"""Take your card: the next step opens when it has left the reader."""

from kiosk.views import Chrome, TakeCardView
from screens.art import Art
from screens.frame import framed
from screens.layout import Kit, Space
from screens.nodes import Node
from screens.pieces import Picture


def arrange_take_card(view: TakeCardView, chrome: Chrome, kit: Kit) -> Node:  # noqa: ARG001
    """Goes on by itself."""
    return framed(
        kit,
        chrome,
        title=kit.say("take_card.title"),
        lead=kit.say("take_card.lead"),
        body=(
            Picture(Art.TAKE_CARD, 30.0, 80.0, moves=True),
            Picture(Art.TAKE_CARD, 18.0, 80.0, moves=True),
            Space(),
        ),
    )
