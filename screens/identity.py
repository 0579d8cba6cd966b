"""契約者基本情報確認: exactly what the card holds. What is long wraps and, where it must, scrolls; nothing is cut."""

from kiosk.events import Action, Tapped
from kiosk.views import Chrome, IdentityView, IdentityWrongView
from kiosk.visit import Attributes
from screens.art import Art
from screens.era import birth_date
from screens.frame import FOOT_MM, framed, primary
from screens.labelled import Labelled
from screens.layout import Beside, Column, Element, Kit, Row
from screens.look import Role, Tone
from screens.nodes import Node
from screens.pieces import Boxed, Picture, Text, Whole
from screens.touchables import Button, Kind

LABEL_MM = 30.0


def arrange_identity(view: IdentityView, chrome: Chrome, kit: Kit) -> Node:
    """次へ, or 内容がちがう at the left. A character that no face has is shown as 〓, and told."""
    missing = any(map(kit.measure.missing, (view.attributes.name, view.attributes.address)))
    return framed(
        kit,
        chrome,
        title=kit.say("identity.title"),
        lead=kit.say("identity.lead_with_missing" if missing else "identity.lead"),
        body=_bodies(view.attributes, kit),
        main=primary(kit.say("action.next"), Action.NEXT),
        left=Button(kit.say("action.something_wrong"), Tapped(Action.SOMETHING_WRONG), Kind.SECONDARY, FOOT_MM),
        to_the_end=True,
    )


def _bodies(attributes: Attributes, kit: Kit) -> tuple[Element, ...]:
    """Rows with room between them, then closer ones, then birth date and sex in one row; the last scrolls, where
    label and value of a row stay together.
    """
    rows = _rows(attributes, kit)
    if kit.look.upright or kit.look.large:
        stacked = tuple(_stacked(*row, verbatim=i < 2) for i, row in enumerate(rows))
        roomy = (Boxed(Column(stacked, 4.0)), Boxed(Column(stacked, 2.0)))
        if kit.look.upright:
            return (*roomy, Column(tuple(Boxed(row, padding=3.0) for row in stacked), 2.0))
        return (*roomy, _low(rows, Role.BODY, kit), _low(rows, Role.MEDIUM, kit))
    placed = tuple(_beside(*row, verbatim=i < 2) for i, row in enumerate(rows))
    birth, sex = rows[2:]
    last = Row((_beside(*birth, verbatim=False), Labelled(_label(sex[0]), Text(sex[1]))), 4.0, (1, 0), centred=False)
    return (
        Boxed(Column(placed, 9.0), padding=6.0),
        Boxed(Column(placed, 4.0)),
        Boxed(Column(placed, 2.0)),
        Boxed(Column((*placed[:2], last), 1.0), padding=3.0),
        Boxed(Column(placed, 2.0)),
    )


def _low(rows: tuple[tuple[str, str], ...], role: Role, kit: Kit) -> Element:
    """Label and value of each side by side, so that a part shows several."""
    wide = kit.look.mm(max(_label(label).natural(kit) for label, _ in rows))
    values = (
        Text(value, role, verbatim=i < 2) for i, (_, value) in enumerate(rows)
    )  # name and address; a date has words
    beside = (Labelled(_label(row[0]), value, wide=wide, gap=5.0) for row, value in zip(rows, values, strict=True))
    return Boxed(Column(tuple(Whole(row) for row in beside), 0.0), padding=3.0)


def _rows(attributes: Attributes, kit: Kit) -> tuple[tuple[str, str], ...]:
    return (
        (kit.say("identity.name"), attributes.name),
        (kit.say("identity.address"), attributes.address),
        (kit.say("identity.birth"), birth_date(attributes.birth, kit.look.texts)),
        (kit.say("identity.sex"), kit.say(f"sex.{attributes.sex.name.lower()}")),
    )


def _label(label: str) -> Text:
    return Text(label, Role.QUIET, tone=Tone.QUIET_INK)


def _beside(label: str, value: str, *, verbatim: bool) -> Element:
    return Labelled(_label(label), Text(value, verbatim=verbatim), wide=LABEL_MM, gap=5.0)


def _stacked(label: str, value: str, *, verbatim: bool) -> Element:
    return Column((_label(label), Text(value, verbatim=verbatim)), 0.5)


def arrange_identity_wrong(view: IdentityWrongView, chrome: Chrome, kit: Kit) -> Node:
    """Where the card's contents are changed, and who answers questions about this procedure."""
    picture = Picture(Art.OFFICE, 34.0, 70.0)
    asked, quiet = (
        Column((_label(kit.say("identity_wrong.contact")), Text(view.contact, role)), 1.0)
        for role in (Role.BODY, Role.QUIET)
    )
    return framed(
        kit,
        chrome,
        title=kit.say("identity_wrong.title"),
        lead=kit.say("identity_wrong.lead"),
        body=(
            *((Column((Boxed(asked), picture), 4.0, grows=True),) if kit.look.ampleness > 1.0 else ()),
            Beside(Boxed(asked), picture, 50.0, grows=kit.look.upright),
            Boxed(asked),
            Boxed(asked, padding=2.5),
            Boxed(quiet, padding=2.0),
        ),
        main=primary(kit.say("action.finish"), Action.FINISH),
    )
