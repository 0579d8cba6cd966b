"""添付資料再提出確認: every value and every page, each with 変える, and [申請]."""

from kiosk.events import Action, Tapped
from kiosk.views import Chrome, ReviewView
from screens.fitting import Narrowing
from screens.frame import framed, primary
from screens.layout import Column, Element, Fixed, Kit, Row
from screens.look import Face, Role, Tone
from screens.megabytes import megabytes
from screens.nodes import Node
from screens.pieces import Align, Fitted, Text
from screens.sheet import Sheet
from screens.touchables import Button, Kind

LABEL_MM = 44.0
CHANGE_MM = 26.0
PAGES_A_ROW = 5


def arrange_review(view: ReviewView, chrome: Chrome, kit: Kit) -> Node:
    """Scrolls where it must; [申請] always stands."""
    stacked = kit.look.upright or kit.look.large
    rows = Column(tuple(_rows(view, kit, stacked)), 3.0)
    return framed(
        kit,
        chrome,
        title=kit.say("review.title"),
        lead=kit.say("review.lead"),
        body=rows,
        main=primary(kit.say("action.submit"), Action.SUBMIT),
    )


def _rows(view: ReviewView, kit: Kit, stacked: bool) -> list[Element]:
    contract = _number(view.contract) if view.contract else Text(kit.say("review.applicant"))
    rows = [
        _row(
            kit,
            Text(kit.say("review.contract"), Role.QUIET, tone=Tone.QUIET_INK),
            contract,
            Action.CHANGE_CONTRACT,
            stacked,
        ),
        _row(
            kit,
            Text(kit.say("review.receipt"), Role.QUIET, tone=Tone.QUIET_INK),
            _number(view.receipt),
            Action.CHANGE_RECEIPT,
            stacked,
        ),
    ]
    for label, value in view.fields:
        shown = Text(value or kit.say("review.empty"))
        rows.append(_row(kit, Text(label, Role.QUIET, tone=Tone.QUIET_INK), shown, Action.CHANGE_FIELDS, stacked))
    total = kit.say("review.papers_total", n=len(view.pages), used=megabytes(view.total_bytes))
    named = Column(
        (Text(kit.say("review.papers"), Role.QUIET, tone=Tone.QUIET_INK), Text(total, Role.QUIET, tone=Tone.QUIET_INK)),
        0.5,
    )
    photos = tuple(Sheet(page, 24.0) for page in view.pages)
    rows.append(_row(kit, named, Row(photos, 3.0, (0,) * len(photos)), Action.CHANGE_PAPERS, stacked))
    return rows


def _number(value: str) -> Element:
    """On one line, or broken after its hyphens where large text has no room for it."""
    *head, tail = value.split("-")
    two = "-\n".join(["-".join(head), tail]) if head else value
    lines = tuple(Text(words, Role.NUMBER, Face.DIGITS) for words in (value, two))
    return Narrowing((*lines, Fitted(value.replace("-", "-\n"), Role.NUMBER, Face.DIGITS, most=3, align=Align.LEFT)))


def _row(kit: Kit, label: Element, value: Element, action: Action, stacked: bool) -> Element:
    change = Fixed(
        Button(kit.say(f"action.{action.value}"), Tapped(action), Kind.SECONDARY, 15.0, role=Role.QUIET), CHANGE_MM
    )
    if stacked:
        return Row((Column((label, value), 1.0), change), 3.0, (1, 0))
    return Row((Fixed(label, LABEL_MM), value, change), 3.0, (0, 1, 0))
