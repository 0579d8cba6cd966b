"""What the camera has read in the letter, large enough to be compared with it: はい fills it in."""

from kiosk.events import Action, Tapped
from kiosk.views import Chrome, NumberOfferView
from screens.art import Art
from screens.frame import FOOT_MM, framed, primary
from screens.layout import Column, Element, Kit
from screens.look import Face, Role, Tone
from screens.nodes import Node
from screens.pieces import Align, Boxed, Fitted, Picture, Text
from screens.touchables import Button, Kind


def arrange_number_offer(view: NumberOfferView, chrome: Chrome, kit: Kit) -> Node:
    """[はい、合っています], or ちがう at the left."""
    found = []
    if view.contract is not None:
        digits = view.contract
        found.append(_number(kit.say("review.contract"), " ".join(digits[i : i + 3] for i in range(0, 9, 3))))
    if view.receipt is not None:
        found.append(_number(kit.say("review.receipt"), view.receipt))
    numbers = Column(tuple(found), 3.0)
    return framed(
        kit,
        chrome,
        title=kit.say("number_offer.title"),
        lead=kit.say("number_offer.lead"),
        body=(Column((numbers, Picture(Art.RECEIPT_LETTER, 24.0, 60.0)), grows=True), numbers),
        main=primary(kit.say("number_offer.yes"), Action.YES),
        left=Button(kit.say("number_offer.no"), Tapped(Action.NO), Kind.SECONDARY, FOOT_MM),
    )


def _number(label: str, value: str) -> Element:
    name = Text(label, Role.QUIET, tone=Tone.QUIET_INK)
    return Boxed(Column((name, Fitted(value, Role.NUMBER, Face.DIGITS, most=3, align=Align.LEFT)), 1.0), padding=3.0)
