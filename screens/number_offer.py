"""What the camera has read in the letter, large enough to be compared with it: はい fills it in."""

from kiosk.events import Action, Tapped
from kiosk.views import Chrome, NumberOfferView
from screens.art import Art
from screens.frame import FOOT_MM, framed, primary
from screens.layout import Column, Element, Kit, Row
from screens.look import Face, Role, Tone
from screens.nodes import Node
from screens.pieces import Align, Boxed, Fitted, Picture, Text, Whole
from screens.touchables import Button, Kind


def arrange_number_offer(view: NumberOfferView, chrome: Chrome, kit: Kit) -> Node:
    """[はい、合っています], or ちがう at the left."""
    found = []
    if view.contract is not None:
        digits = view.contract
        found.append((kit.say("review.contract"), " ".join(digits[i : i + 3] for i in range(0, 9, 3))))
    if view.receipt is not None:
        found.append((kit.say("review.receipt"), view.receipt))
    printed = Picture(Art.RECEIPT_LETTER if view.receipt else Art.CONTRACT_CERTIFICATE, 24.0, 60.0)
    numbers = Column(tuple(Boxed(_number(*each), padding=3.0) for each in found), 3.0)
    small = tuple(Boxed(_number(*each, Role.SMALL), padding=3.0, grows=True) for each in found)
    beside = Row(small, 3.0, tuple(len(value) + 3.0 for _, value in found))
    together = Boxed(Column(tuple(_number(*each, Role.SMALL, 0.0) for each in found), 1.0), padding=2.0)
    return framed(
        kit,
        chrome,
        title=kit.say("number_offer.title"),
        lead=kit.say("number_offer.lead"),
        body=(Column((numbers, printed), grows=True), numbers, *(() if kit.look.upright else (beside,)), together),
        main=primary(kit.say("number_offer.yes"), Action.YES),
        left=Button(kit.say("number_offer.no"), Tapped(Action.NO), Kind.SECONDARY, FOOT_MM),
        to_the_end=True,
    )


def _number(label: str, value: str, role: Role = Role.QUIET, gap: float = 1.0) -> Element:
    name = Text(label, role, tone=Tone.QUIET_INK)
    return Whole(Column((name, Fitted(value, Role.NUMBER, Face.DIGITS, most=1, align=Align.LEFT)), gap))
