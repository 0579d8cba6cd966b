"""添付資料再提出確認: every value and every page, each with 変える, and [申請]."""

from collections.abc import Sequence
from itertools import pairwise

from kiosk.events import Action, Tapped
from kiosk.views import Chrome, ReviewView
from screens.fitting import Narrowing
from screens.frame import GAP_MM, areas, framed, primary
from screens.layout import Column, Element, Fixed, Kit, Row, Space
from screens.look import Face, Role, Tone
from screens.megabytes import megabytes
from screens.nodes import Node
from screens.pieces import Align, Fitted, Text, Whole
from screens.scrolling import beside_bar
from screens.thumbnails import LEAST_MM, at_least, thumbnails
from screens.touchables import Button, Kind

LABEL_MM = 44.0
CHANGE_MM, HIGH_MM = 26.0, 15.0
APART_MM = 2.0
RATHER_MM = 26.0  # high: beneath large words smaller pages rather have a part of their own


def arrange_review(view: ReviewView, chrome: Chrome, kit: Kit) -> Node:
    """Scrolls where it must, the papers in a part of their own; [申請] stands where the end is seen."""
    title, lead = kit.say("review.title"), kit.say("review.lead")
    body, head = areas(kit).body, Column((Text(title, Role.TITLE), Text(lead, Role.LEAD)), GAP_MM)
    high = body.h - head.height(body.w, kit) - kit.px(GAP_MM)
    return framed(
        kit,
        chrome,
        title=title,
        lead=lead,
        body=_rows(view, body.w, high, kit),
        main=primary(kit.say("action.submit"), Action.SUBMIT),
        to_the_end=True,
    )


def _rows(view: ReviewView, width: int, high: int, kit: Kit) -> Element:
    """All of it in `high` pixels where that leaves enough for the pages, beside their label or beneath it; else they
    fill a part of their own.
    """
    rows = _values(view, kit)
    gap = _gap(rows, width, kit)
    left = high - Column((*rows, Space(0.0)), gap).height(width, kit)
    key = "review.papers_total" if len(view.pages) == view.files else "review.pages_total"
    total = kit.say(key, n=view.files, pages=len(view.pages), used=megabytes(view.total_bytes))
    named = Column((_label(kit.say("review.papers"), kit), _label(total, kit)), 0.5)
    titled = Row((named, _change(kit, Action.CHANGE_PAPERS)), GAP_MM, (1, 0))
    above = titled.height(width, kit) + kit.px(APART_MM)
    beneath = thumbnails(view.pages, width, left - above, kit)
    free = width - kit.px(LABEL_MM) - kit.px(CHANGE_MM) - 2 * kit.px(GAP_MM)
    beside = thumbnails(view.pages, free, left, kit)
    if not _stacked(kit) and LEAST_MM <= beside.least >= beneath.least:
        return Column((*rows, _row(kit, named, beside, Action.CHANGE_PAPERS)), gap)
    if beneath.least < (RATHER_MM if _stacked(kit) else LEAST_MM):
        wide = beside_bar(kit, areas(kit).body)
        beneath = thumbnails(view.pages, wide, high - above - kit.px(APART_MM), kit)
        if beneath.least < LEAST_MM:  # so many do not stand on one part
            return Column((*rows, Column((titled, at_least(view.pages, wide, kit)), APART_MM)), gap)
    return Column((*rows, Whole(Column((titled, beneath), APART_MM))), gap)


def _gap(rows: Sequence[Element], width: int, kit: Kit) -> float:
    """Rows that are higher than their buttons may stand closer on a low glass: the buttons are apart all the same."""
    if kit.look.upright or not kit.look.large:
        return GAP_MM
    beyond = [
        (one.height(width, kit) + other.height(width, kit)) // 2 - kit.px(HIGH_MM) for one, other in pairwise(rows)
    ]
    return max(GAP_MM / 2, GAP_MM - kit.look.mm(min(beyond)))


def _stacked(kit: Kit) -> bool:
    """Labels stand above what they name."""
    return kit.look.upright or kit.look.large


def _values(view: ReviewView, kit: Kit) -> list[Element]:
    contract = _number(_threes(view.contract)) if view.contract else Text(kit.say("review.applicant"), Role.QUIET)
    rows = [
        _row(kit, _label(kit.say("review.contract"), kit), contract, Action.CHANGE_CONTRACT),
        _row(kit, _label(kit.say("review.receipt"), kit), _number(view.receipt), Action.CHANGE_RECEIPT),
    ]
    for label, value in view.fields:
        shown = Text(value or kit.say("review.empty"))
        rows.append(_row(kit, _label(label, kit), shown, Action.CHANGE_FIELDS))
    return rows


def _label(words: str, kit: Kit) -> Text:
    low = kit.look.large and not kit.look.upright
    return Text(words, Role.SMALL if low else Role.QUIET, tone=Tone.QUIET_INK)


def _number(value: str) -> Element:
    """On one line, or broken after its hyphens where large text has no room for it."""
    *head, tail = value.split("-")
    two = "-\n".join(["-".join(head), tail]) if head else value
    lines = tuple(Text(words, Role.NUMBER, Face.DIGITS) for words in (value, two))
    return Narrowing((*lines, Fitted(value.replace("-", "-\n"), Role.NUMBER, Face.DIGITS, most=3, align=Align.LEFT)))


def _threes(digits: str) -> str:
    """As they were typed."""
    return " ".join(digits[i : i + 3] for i in range(0, len(digits), 3))


def _change(kit: Kit, action: Action) -> Element:
    button = Button(kit.say(f"action.{action.value}"), Tapped(action), Kind.SECONDARY, HIGH_MM, role=Role.QUIET)
    return Fixed(button, CHANGE_MM)


def _row(kit: Kit, label: Element, value: Element, action: Action) -> Element:
    if _stacked(kit):
        return Whole(Row((Column((label, value), 0.5), _change(kit, action)), GAP_MM, (1, 0)))
    return Row((Fixed(label, LABEL_MM), value, _change(kit, action)), GAP_MM, (0, 1, 0))
