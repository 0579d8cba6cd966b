"""Put the card on the reader, as the picture shows."""

from kiosk.views import Chrome, LayCardView
from screens.art import Art
from screens.frame import framed
from screens.layout import Kit, Space
from screens.nodes import Node
from screens.pieces import Picture


def arrange_lay_card(view: LayCardView, chrome: Chrome, kit: Kit) -> Node:
    """Goes on by itself; a card that lay there before must be taken away first."""
    part = "stale_" if view.stale else ""
    art = Art.TAKE_CARD if view.stale else Art.LAY_CARD
    return framed(
        kit,
        chrome,
        title=kit.say(f"lay_card.{part}title"),
        lead=kit.say(f"lay_card.{part}lead"),
        body=(Picture(art, 30.0, 80.0, moves=True), Picture(art, 18.0, 80.0, moves=True), Space()),
    )
