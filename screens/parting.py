"""Where the parts begin of what is longer than its place.

What stands there is a list of **rows**: lines, buttons, pictures, those that stand beside one another as one. Nothing
is ever seen by half, so that a part can end only between two rows; each such place has a price. It is high within what
is kept together (a heading with what it heads, a sentence), lower within a panel and between two sentences of one
paragraph, and nothing between panels. A further part costs, too, and so does a part that shows a single row. The parts
are those that cost least together: it is the way in which a paragraph's lines are set, from above to below.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise

from screens.look import Face
from screens.nodes import Drawing, Group, Node, Photo, Shape, Sign, Target, Words

PART, LONELY, CUT_CORNER = 10, 6, 1
WHOLE, HEADING, SENTENCE, PANEL, PARAGRAPH, LONG = 60, 30, 25, 15, 5, 2
"""Of a break within each; `LONG` is what would not even have room alone. Its first row heads it."""

SENTENCE_ENDS = ("。", ".", "!", "?", "!", "?", "」", ":")

Span = tuple[int, int]
"""From where to where, in pixels from the top of the content."""


@dataclass(frozen=True, slots=True)
class Rows:
    """What parts are made of, in their order, and what is kept together, each with its price."""

    spans: tuple[Span, ...]
    panels: tuple[Span, ...]
    kept: tuple[tuple[Span, int], ...]


def pages(content: Node, high: int, air: int) -> tuple[int, ...]:
    """Offsets at which parts of `high` pixels begin, each with at most `air` pixels above what it shows first."""
    high = max(high, 1)
    rows = _rows(content, high)
    if not rows.spans:
        return (0,)
    begins, ends = _edges(rows, air)
    found = []
    for first, last in _cheapest(rows, begins, ends, high):
        offset = max(begins[first], min(rows.spans[first][0], rows.spans[last][1] - high))  # rather less air above
        found.append(offset)
        while rows.spans[last][1] - offset > high:  # a picture that is higher than the glass
            offset += high
            found.append(offset)
    return tuple(found)


def _rows(content: Node, high: int) -> Rows:
    marks = list(_marks(content, content.rect.y, high))
    panels = sorted({span for span, price in marks if price in {WHOLE, PANEL, LONG}})
    kept = tuple((span, price) for span, price in marks if price)
    spans: list[Span] = []
    for top, bottom in sorted(span for span, price in marks if not price):
        if spans and top < spans[-1][1]:
            spans[-1] = spans[-1][0], max(bottom, spans[-1][1])
        else:
            spans.append((top, bottom))
    return Rows(tuple(spans), tuple(panels), kept)


def _marks(node: Node, top: int, high: int) -> Iterator[tuple[Span, int]]:
    """What stands in it and what is kept together, each with its price; rows have none."""
    span = node.rect.y - top, node.rect.y - top + min(node.rect.h, high)
    match node:
        case Words(text=text):
            if text:
                yield span, 0
        case Sign() | Target() | Drawing() | Photo():
            yield span, 0
        case Shape(rect=rect, fill=fill, line=line):
            whole = (node.rect.y - top, node.rect.y - top + rect.h)
            yield whole, LONG if rect.h > high else PANEL if fill or line else WHOLE
        case _:
            if isinstance(node, Group) and node.kept:
                yield span, 0
            if isinstance(node, Group):
                yield from _sentences([part for part in node.parts if isinstance(part, Words)], node, top)
            for part in node.parts:
                yield from _marks(part, top, high)


def _sentences(lines: list[Words], text: Group, top: int) -> Iterator[tuple[Span, int]]:
    """Of a group that is nothing but lines: each sentence from its first line to the one on which it ends."""
    if len(lines) < 2 or len(lines) < len(text.parts):
        return
    yield (lines[0].rect.y - top, lines[-1].rect.bottom - top), PARAGRAPH
    begin = lines[0]
    for line in lines:
        if line is lines[-1] or (line.face is not Face.DIGITS and line.text.rstrip().endswith(SENTENCE_ENDS)):
            yield (begin.rect.y - top, line.rect.bottom - top), SENTENCE
            begin = lines[min(lines.index(line) + 1, len(lines) - 1)]


def _edges(rows: Rows, air: int) -> tuple[list[int], list[int]]:
    """Of each row: where a part begins that it begins, and where one ends that it ends, with the panel around it."""
    tops, bottoms = [top for top, _ in rows.panels], sorted(bottom for _, bottom in rows.panels)
    begins, ends = [0], []
    for (_, end), (following, _) in pairwise(rows.spans):
        closed = bisect_right(bottoms, following) - 1
        ends.append(max(end, bottoms[closed] if closed >= 0 else end))
        opened = bisect_left(tops, end)
        first = min(tops[opened] if opened < len(tops) else following, following - air)
        begins.append(max(ends[-1], first))
    return begins, [*ends, max((rows.spans[-1][1], *bottoms[-1:]))]


def _prices(rows: Rows) -> list[int]:
    """Of a break behind each row but the last."""
    tops, bottoms = [top for top, _ in rows.spans], [bottom for _, bottom in rows.spans]
    steps = [0] * (len(rows.spans) + 1)
    for (top, bottom), price in rows.kept:
        first, last = bisect_right(bottoms, top), bisect_left(tops, bottom) - 1
        if first < last:
            steps[first] += price
            steps[last] -= price
        if price == LONG and first + 1 < last:
            steps[first] += HEADING
            steps[first + 1] -= HEADING
    return list(accumulate(steps))


def _cheapest(rows: Rows, begins: list[int], ends: list[int], high: int) -> list[tuple[int, int]]:
    """First and last row of each part."""
    count, prices = len(rows.spans), _prices(rows)
    costs = [0, *[-1] * count]  # of all parts before the one that begins there
    before = [0] * (count + 1)
    for first in range(count):
        for last in range(first, count):
            if last > first and rows.spans[last][1] - rows.spans[first][0] > high:
                break
            cost = costs[first] + PART + (prices[last] if last + 1 < count else 0)
            cost += LONELY * (first == last) + CUT_CORNER * (ends[last] - begins[first] > high)
            if costs[last + 1] < 0 or cost <= costs[last + 1]:
                costs[last + 1], before[last + 1] = cost, first
    found, end = [], count
    while end:
        found.append((before[end], end - 1))
        end = before[end]
    return found[::-1]
