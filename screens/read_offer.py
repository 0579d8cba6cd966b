"""契約者基本情報読み取り: what is read from the card, and [読み取る]."""

from kiosk.events import Action
from kiosk.views import Chrome, ReadOfferView
from screens.art import Art
from screens.frame import framed, primary
from screens.layout import Kit, Space
from screens.nodes import Node
from screens.pieces import Picture


def arrange_read_offer(view: ReadOfferView, chrome: Chrome, kit: Kit) -> Node:  # noqa: ARG001
    """NEXT asks for the second password."""
    return framed(
        kit,
        chrome,
        title=kit.say("read_offer.title"),
        lead=kit.say("read_offer.lead"),
        body=(Picture(Art.CARD_READ, 24.0, 70.0), Space()),
        main=primary(kit.say("read_offer.read"), Action.NEXT),
    )
