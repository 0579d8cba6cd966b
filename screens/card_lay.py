"""Put the card on the reader, as the picture shows."""

from kiosk.views import Chrome, LayCardView
from screens.art import Art
from screens.frame import pictured
from screens.layout import Kit
from screens.nodes import Node


def arrange_lay_card(view: LayCardView, chrome: Chrome, kit: Kit) -> Node:
    """Goes on by itself; a card that lay there before must be taken away first."""
    part = "stale_" if view.stale else ""
    title, lead = kit.say(f"lay_card.{part}title"), kit.say(f"lay_card.{part}lead")
    return pictured(kit, chrome, title=title, lead=lead, art=Art.TAKE_CARD if view.stale else Art.LAY_CARD)
