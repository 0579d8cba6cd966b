"""添付資料再提出確認: every value and every page, each with 変える, and [申請]."""

from kiosk.events import Action, Tapped
from kiosk.views import Chrome, ReviewView
from screens.fitting import Narrowing
from screens.frame import areas, framed, primary
from screens.layout import Column, Element, Fixed, Kit, Row
from screens.look import Face, Role, Tone
from screens.megabytes import megabytes
from screens.nodes import Node
from screens.pieces import Align, Fitted, Text, Whole
from screens.sheet import Sheet
from screens.touchables import Button, Kind

LABEL_MM = 44.0
CHANGE_MM = 26.0
PAGES_A_ROW = 5


def arrange_review(view: ReviewView, chrome: Chrome, kit: Kit) -> Node:
    """Scrolls where it must, two rows a part where letters are large; [申請] always stands."""
    stacked = kit.look.upright or kit.look.large
    gap = 3.0 if kit.look.upright or not kit.look.large else 1.5
    return framed(
        kit,
        chrome,
        title=kit.say("review.title"),
        lead=kit.say("review.lead"),
        body=tuple(Column(tuple(_rows(view, kit, stacked, least)), gap) for least in _page_heights(view, kit, stacked)),
        main=primary(kit.say("action.submit"), Action.SUBMIT),
        to_the_end=True,
    )


def _rows(view: ReviewView, kit: Kit, stacked: bool, least: float) -> list[Element]:
    contract = _number(_threes(view.contract)) if view.contract else Text(kit.say("review.applicant"))
    rows = [
        _row(kit, _label(kit.say("review.contract"), kit), contract, Action.CHANGE_CONTRACT, stacked),
        _row(kit, _label(kit.say("review.receipt"), kit), _number(view.receipt), Action.CHANGE_RECEIPT, stacked),
    ]
    for label, value in view.fields:
        shown = Text(value or kit.say("review.empty"))
        rows.append(_row(kit, _label(label, kit), shown, Action.CHANGE_FIELDS, stacked))
    total = kit.say("review.papers_total", n=view.files, used=megabytes(view.total_bytes))
    named = Column(
        (_label(kit.say("review.papers"), kit), _label(total, kit)),
        0.5,
    )
    photos = tuple(Sheet(page, least) for page in view.pages)
    rows.append(_row(kit, named, Row(photos, 3.0, (0,) * len(photos)), Action.CHANGE_PAPERS, stacked))
    return rows


def _page_heights(view: ReviewView, kit: Kit, stacked: bool) -> tuple[float, ...]:
    """In millimetres, the largest first, so that all pages have room side by side even beside a scroll bar; the last is
    for what scrolls anyway.
    """
    taken = CHANGE_MM + 24.0 + (0.0 if stacked else LABEL_MM)
    each = (kit.look.mm(areas(kit).body.w) - taken) / max(1, len(view.pages)) - 3.0
    highest = each / max(page.width_px / page.height_px for page in view.pages) if view.pages else 24.0
    least = min(24.0, highest)
    return (*(height for height in (60.0, 40.0) if height <= highest), least, 18.0, least)


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


def _row(kit: Kit, label: Element, value: Element, action: Action, stacked: bool) -> Element:
    change = Fixed(
        Button(kit.say(f"action.{action.value}"), Tapped(action), Kind.SECONDARY, 15.0, role=Role.QUIET), CHANGE_MM
    )
    if stacked:
        return Whole(Row((Column((label, value), 0.5), change), 3.0, (1, 0)))
    return Row((Fixed(label, LABEL_MM), value, change), 3.0, (0, 1, 0))
