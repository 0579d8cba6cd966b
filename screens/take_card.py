"""Take your card: the next step opens when it has left the reader."""

from kiosk.views import Chrome, TakeCardView
from screens.art import Art
from screens.frame import pictured
from screens.layout import Kit
from screens.nodes import Node


def arrange_take_card(view: TakeCardView, chrome: Chrome, kit: Kit) -> Node:  # noqa: ARG001
    """Goes on by itself."""
    return pictured(kit, chrome, title=kit.say("take_card.title"), lead=kit.say("take_card.lead"), art=Art.TAKE_CARD)
