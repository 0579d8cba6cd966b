"""Rows of print that may be long numbers, found by their shape alone.

Digits of one number are equally high, narrower than high, and stand on one line, whether they are set in one run, in
groups, with hyphens, or one in each box of a form. Almost nothing else on a Japanese page looks so: kanji and most
kana are as wide as high. So a few small strips are all that has to be read, in a tenth of the time of the page.
"""

from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt

from kiosk.documents.pixels import Grey, resized
from kiosk.documents.straighten import MM_PER_INCH

WORK_DPI = 200
"""What a page is brought to before it is searched; more costs time and tells nothing."""
MOST_ROWS = 60
"""More than any form has; the longest count."""

_HEIGHT_MM = (1.3, 8.0)
_MOST_MARKS = 20_000  # a page of the smallest print has about 8,000
_WIDEST = 0.92  # of the height
_GAP = 2.3  # the widest white between two digits of one number, in heights
_INK = 26  # grey levels below the paper around it

Boxes = npt.NDArray[np.int32]
"""Shape (n, 4): left, top, right, bottom in pixels."""


@dataclass(frozen=True, slots=True)
class Row:
    """Marks from left to right that may be digits; what stands between them is counted from the first one."""

    digits: tuple[tuple[int, int, int, int], ...]
    dashes: tuple[int, ...] = ()  # after which digit a dash stands; -1 before the first
    dots: tuple[int, ...] = ()  # a comma, a dot

    @property
    def height(self) -> float:
        """Of its digits, in pixels."""
        return float(np.median([bottom - top for _, top, _, bottom in self.digits]))

    @property
    def gaps(self) -> tuple[float, ...]:
        """White between neighbours, in heights."""
        tall = self.height
        return tuple((right[0] - left[2]) / tall for left, right in pairwise(self.digits))

    def part(self, first: int, last: int) -> "Row":
        """From digit `first` up to but without `last`."""
        dashes = tuple(at - first for at in self.dashes if first <= at + 1 <= last)
        dots = tuple(at - first for at in self.dots if first <= at + 1 <= last)
        return Row(self.digits[first:last], dashes, dots)


def searched(page: Grey, dpi: int) -> tuple[Grey, int]:
    """A page as rows are looked for on it, and its resolution then."""
    scale = min(1.0, WORK_DPI / max(dpi, 1))
    return resized(page, scale), round(dpi * scale)


def ink_of(page: Grey) -> Grey:
    """How much darker than the paper around it, even light or not."""
    tall, wide = page.shape
    small = cv2.resize(page, (max(1, wide // 4), max(1, tall // 4)), interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8)), 5)
    return np.asarray(cv2.subtract(cv2.resize(paper, (wide, tall), interpolation=cv2.INTER_LINEAR), page), np.uint8)


def digit_rows(ink: Grey, dpi: int, least: int = 9) -> tuple[Row, ...]:
    """Rows of at least so many marks in what `ink_of` gave, at its resolution; the longest first."""
    mm = dpi / MM_PER_INCH
    marks = _marks(ink, round(_HEIGHT_MM[1] * mm))
    height = marks[:, 3] - marks[:, 1]
    upright = (height >= _HEIGHT_MM[0] * mm) & (height <= _HEIGHT_MM[1] * mm)
    narrow = marks[:, 2] - marks[:, 0] <= _WIDEST * height
    digits = marks[upright & narrow]
    digits = digits[~_frames(digits)]
    rows = [_with_signs(chain, marks) for chain in _chains(digits) if len(chain) >= least]
    return tuple(sorted(rows, key=lambda row: -len(row.digits))[:MOST_ROWS])


def _marks(ink: Grey, most: int) -> Boxes:
    """All connected pieces that are no larger than `most`, from left to right."""
    strong = cv2.blur(cv2.dilate(ink, np.ones((9, 9), np.uint8)), (9, 9))
    black = (ink > np.maximum(_INK, strong * 0.45)).astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(black, connectivity=8)
    boxes = np.asarray(stats[1:count], np.int32)
    boxes = boxes[(boxes[:, 2] <= most * 1.5) & (boxes[:, 3] <= most * 1.5) & (boxes[:, 4] >= 4)][:_MOST_MARKS]
    boxes = np.column_stack([boxes[:, 0], boxes[:, 1], boxes[:, 0] + boxes[:, 2], boxes[:, 1] + boxes[:, 3]])
    return np.asarray(boxes[np.argsort(boxes[:, 0], kind="stable")], np.int32)


def _frames(boxes: Boxes) -> npt.NDArray[np.bool_]:
    """Which of them hold another one, as the boxes of a form do."""
    found = np.zeros(len(boxes), np.bool_)
    for index, (_, top, right, bottom) in enumerate(boxes):
        end = int(np.searchsorted(boxes[:, 0], right))
        inner = boxes[index + 1 : end]
        held = (inner[:, 1] > top) & (inner[:, 3] < bottom) & (inner[:, 2] < right)
        found[index] = bool((held & (inner[:, 3] - inner[:, 1] > 0.4 * (bottom - top))).any())
    return found


def _chains(boxes: Boxes) -> list[Boxes]:
    """Marks that follow one another on a line, equally high and near."""
    following = [_follower(boxes, index) for index in range(len(boxes))]
    taken = set(following)
    chains = []
    for index in range(len(boxes)):
        if index in taken:
            continue
        chain: list[int] = []
        at: int | None = index
        while at is not None:
            chain.append(at)
            at = following[at]
        chains.append(boxes[chain])
    return chains


def _follower(boxes: Boxes, index: int) -> int | None:
    _, top, right, bottom = (int(value) for value in boxes[index])
    tall = bottom - top
    begin = index + 1
    end = int(np.searchsorted(boxes[:, 0], right + _GAP * tall))
    near = boxes[begin:end]
    height = near[:, 3] - near[:, 1]
    level = (np.abs(near[:, 3] - bottom) <= 0.18 * tall) & (np.abs(height - tall) <= 0.2 * tall)
    good = np.flatnonzero(level & (near[:, 0] >= right - 0.1 * tall))
    return begin + int(good[0]) if len(good) else None


def _with_signs(chain: Boxes, marks: Boxes) -> Row:
    """The row, with the dashes, commas and dots between its digits and right before and behind it."""
    tall = float(np.median(chain[:, 3] - chain[:, 1]))
    bottom, top = float(np.median(chain[:, 3])), float(np.median(chain[:, 1]))
    centre = (marks[:, 0] + marks[:, 2]) / 2
    height, width, middle = marks[:, 3] - marks[:, 1], marks[:, 2] - marks[:, 0], (marks[:, 1] + marks[:, 3]) / 2
    beside = (centre > chain[0, 0] - 0.8 * tall) & (centre < chain[-1, 2] + 0.8 * tall)
    dash = beside & (height < 0.3 * tall) & (width > 1.3 * height) & (np.abs(middle - (top + bottom) / 2) < 0.25 * tall)
    dot = beside & (height < 0.5 * tall) & (width < 0.4 * tall) & (np.abs(middle - bottom) < 0.22 * tall)
    edges = chain[:, 0]
    return Row(
        tuple((int(a), int(b), int(c), int(d)) for a, b, c, d in chain),
        tuple(int(np.searchsorted(edges, at)) - 1 for at in centre[dash]),
        tuple(int(np.searchsorted(edges, at)) - 1 for at in centre[dot & ~dash]),
    )
