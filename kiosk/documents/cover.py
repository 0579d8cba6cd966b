"""Covers burnt into a page's pixels before it is encoded: what they hide is not in the file at all.

A cover is opaque and of one colour, set before anything is scaled or encoded. It reaches a little beyond its rectangle,
so that no rim of a letter and no ringing of a camera that compresses its frames stands out.
"""

from collections.abc import Iterable
from math import ceil, floor

import numpy as np

from kiosk.documents.pixels import Pixels
from kiosk.visit import Box

INK = (24, 24, 28)
_MARGIN = 3  # pixels


def covered(page: Pixels, boxes: Iterable[Box]) -> Pixels:
    """A copy of the page with every rectangle filled; the page itself where there is none."""
    boxes = tuple(boxes)
    if not boxes:
        return page
    burnt = page.copy()
    for box in boxes:
        rows, columns = _span(box.top, box.bottom, page.shape[0]), _span(box.left, box.right, page.shape[1])
        burnt[rows, columns] = np.array(INK, np.uint8)
    return burnt


def _span(first: float, last: float, length: int) -> slice:
    """Every pixel that the share from `first` to `last` touches, and the margin."""
    begin, end = floor(first * length) - _MARGIN, ceil(last * length) + _MARGIN
    return slice(min(max(begin, 0), length), min(max(end, 0), length))
