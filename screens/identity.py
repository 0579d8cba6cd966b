"""契約者基本情報確認: exactly what the card holds. What is long wraps and, where it must, scrolls; nothing is cut."""

from kiosk.events import Action, Tapped
from kiosk.views import Chrome, IdentityView, IdentityWrongView
from kiosk.visit import Attributes
from screens.era import birth_date
from screens.frame import FOOT_MM, framed, primary
from screens.layout import Column, Element, Fixed, Kit, Row
from screens.look import Role, Tone
from screens.nodes import Node
from screens.pieces import Boxed, Text
from screens.touchables import Button, Kind

LABEL_MM = 38.0


def arrange_identity(view: IdentityView, chrome: Chrome, kit: Kit) -> Node:
    """次へ, or 内容がちがう at the left."""
    rows = _rows(view.attributes, kit)
    beside = Boxed(Column(tuple(_beside(label, value) for label, value in rows), 2.5))
    stacked = Boxed(Column(tuple(_stacked(label, value) for label, value in rows), 2.5))
    return framed(
        kit,
        chrome,
        title=kit.say("identity.title"),
        lead=kit.say("identity.lead"),
        body=(stacked,) if kit.look.upright or kit.look.large else (beside,),
        main=primary(kit.say("action.next"), Action.NEXT),
        left=Button(kit.say("action.something_wrong"), Tapped(Action.SOMETHING_WRONG), Kind.SECONDARY, FOOT_MM),
    )


def _rows(attributes: Attributes, kit: Kit) -> tuple[tuple[str, str], ...]:
    return (
        (kit.say("identity.name"), attributes.name),
        (kit.say("identity.address"), attributes.address),
        (kit.say("identity.birth"), birth_date(attributes.birth, kit.look.texts)),
        (kit.say("identity.sex"), kit.say(f"sex.{attributes.sex.name.lower()}")),
    )


def _beside(label: str, value: str) -> Element:
    return Row((Fixed(Text(label, Role.QUIET, tone=Tone.QUIET_INK), LABEL_MM), Text(value)), 3.0, (0, 1), centred=False)


def _stacked(label: str, value: str) -> Element:
    return Column((Text(label, Role.QUIET, tone=Tone.QUIET_INK), Text(value)), 0.5)


def arrange_identity_wrong(view: IdentityWrongView, chrome: Chrome, kit: Kit) -> Node:
    """Where the card's contents are changed, and who answers questions about this procedure."""
    asked = Column((Text(kit.say("identity_wrong.contact"), Role.QUIET, tone=Tone.QUIET_INK), Text(view.contact)), 1.0)
    return framed(
        kit,
        chrome,
        title=kit.say("identity_wrong.title"),
        lead=kit.say("identity_wrong.lead"),
        body=Boxed(asked),
        main=primary(kit.say("action.finish"), Action.FINISH),
    )
