"""A hand in the picture: found by the colour of skin, and by coming from beyond the page.

Skin of every tone has much the same hue, red shading to yellow, and is less coloured than ink. What has that colour, is
as broad as a finger and lies across the page's edge is a finger, unless the page itself is of that colour there. A
seal is redder and lies within the page, a coloured form ends at its edge.

A thumb that holds an empty margin hides nothing. Whether print lies under it is judged from the print that is seen:
where a line of it would go on, to the side or downwards, between its first and its last letter and a little beyond,
there may be more.
"""

from dataclasses import dataclass, field

import cv2
import numpy as np
import numpy.typing as npt

from kiosk.documents.pixels import Corners, Grey, Pixels, as_grey
from kiosk.documents.reduced import Reduced

_INSIDE = 0.0005  # of the frame: so much of the page is covered by a fingertip
_OUTSIDE = 0.0005  # and so much of it lies beyond
_ARM = 0.01  # of the frame: a hand with a part of its arm
_MASK_DPI = 25
_NEAR_MM = 3.0  # the shadow beside a finger is no print
_STROKE_MM = 5.0  # print is narrower, shadows are broader
_BEYOND_MM = 8.0  # a line of print may go on so far beyond the last letter that is seen
_LINE_MM = 2.0  # half of its height, with the room around it
_COVERED_MM2 = 25.0  # so much of the print may be hidden by a nail's rim


@dataclass(frozen=True, slots=True)
class Hand:
    """Where a hand lies, in a frame made smaller by `factor`; on `page` is the part that covers the page."""

    on_page: Grey = field(repr=False)
    factor: int
    share: float  # of the frame, on the page


def find_hand(at: Reduced, corners: Corners | None) -> Hand | None:
    """A hand that covers a part of the page at `corners`; where no page was found, one that reaches into the frame."""
    low, factor = at.lab, at.factor
    page = np.zeros(low.shape[:2], np.uint8)
    if corners is None:
        page[:] = 255
    else:
        cv2.fillConvexPoly(page, np.rint(at.to_small(corners)).astype(np.int32), 255)
    skin = _skin(low, page)
    if not cv2.countNonZero(skin):
        return None
    inner = cv2.erode(page, np.ones((5, 5), np.uint8))
    outer = cv2.bitwise_not(cv2.dilate(page, np.ones((3, 3), np.uint8)))
    outer[:3], outer[-3:], outer[:, :3], outer[:, -3:] = 255, 255, 255, 255  # an arm comes from beyond the frame
    count, labels = cv2.connectedComponents(skin)
    covered = np.zeros_like(page)
    for label in range(1, min(count, 40)):
        part = np.where(labels == label, np.uint8(255), np.uint8(0))
        inside, outside = cv2.bitwise_and(part, inner), cv2.bitwise_and(part, outer)
        least = (_INSIDE, _OUTSIDE) if corners is not None else (_ARM, 0.0)
        if cv2.countNonZero(inside) > least[0] * page.size and cv2.countNonZero(outside) > least[1] * page.size:
            covered = np.maximum(covered, np.minimum(part, page))
    share = cv2.countNonZero(covered) / page.size
    return Hand(np.asarray(covered, np.uint8), factor, share) if share > 0 else None


def hides_print(hand: Hand, corners: Corners, page: Pixels, dpi: int) -> bool:
    """Whether the hand covers a part of the block of print of the straightened page."""
    scale = _MASK_DPI / max(1, dpi)
    size = (max(8, round(page.shape[1] * scale)), max(8, round(page.shape[0] * scale)))
    low = as_grey(np.asarray(cv2.resize(page, size, interpolation=cv2.INTER_AREA), np.uint8))
    target = np.array([(0, 0), (size[0], 0), size, (0, size[1])], np.float32)
    matrix = cv2.getPerspectiveTransform((corners / hand.factor).astype(np.float32), target)
    covered = cv2.warpPerspective(hand.on_page, matrix, size, flags=cv2.INTER_LINEAR)
    stroke = round(_STROKE_MM / 25.4 * _MASK_DPI) | 1
    paper = cv2.morphologyEx(low, cv2.MORPH_CLOSE, np.ones((stroke, stroke), np.uint8))
    ink = cv2.compare(low, cv2.convertScaleAbs(paper, alpha=0.94), cv2.CMP_LT)
    near = 2 * round(_NEAR_MM / 25.4 * _MASK_DPI) + 1
    ink[cv2.dilate(covered, np.ones((near, near), np.uint8)) > 0] = 0
    rim = max(1, round(3 / 25.4 * _MASK_DPI))  # the page's own edge is no print
    ink[:rim], ink[-rim:], ink[:, :rim], ink[:, -rim:] = 0, 0, 0, 0
    block = _around(np.asarray(ink, np.uint8))
    hidden = cv2.countNonZero(cv2.inRange(cv2.bitwise_and(block, covered), np.array(128), np.array(255)))
    return hidden * (25.4 / _MASK_DPI) ** 2 > _COVERED_MM2


def _around(ink: Grey) -> Grey:
    """Where print may be that a finger hides: from the first to the last print of each row, and of each column."""
    beyond, line = (max(1, round(mm / 25.4 * _MASK_DPI)) for mm in (_BEYOND_MM, _LINE_MM))
    tall, broad = (cv2.dilate(ink, np.ones(shape, np.uint8)) for shape in ((2 * line + 1, 1), (1, 2 * line + 1)))
    rows, columns = _between(np.asarray(tall, np.uint8), beyond), _between(np.asarray(broad.T, np.uint8), beyond).T
    return np.where(rows | columns, np.uint8(255), np.uint8(0))


def _between(ink: Grey, beyond: int) -> npt.NDArray[np.bool_]:
    """Of each row, all from the first to the last pixel of ink, and so many beyond."""
    seen = ink.astype(np.bool_)
    any_seen: npt.NDArray[np.bool_] = np.asarray(seen.any(axis=1), np.bool_)
    first, last = seen.argmax(axis=1) - beyond, seen.shape[1] - 1 - seen[:, ::-1].argmax(axis=1) + beyond
    across = np.arange(seen.shape[1])
    between = (across >= first[:, None]) & (across <= last[:, None])
    return np.asarray(between & any_seen[:, None], np.bool_)


def _skin(lab: Pixels, page: Grey) -> Grey:
    """What has the colour of skin and is as broad as a finger, the page's own colour left out."""
    skin = cv2.inRange(lab, np.array((24, 132, 132)), np.array((235, 160, 166)))
    own = cv2.mean(lab, page)
    if max(abs(own[1] - 128), abs(own[2] - 128)) > 3:  # coloured paper, or the lamp's own tint
        off = cv2.absdiff(lab, np.array((0.0, own[1], own[2], 0.0)))
        alike = cv2.inRange(off, np.array((0, 0, 0)), np.array((255, 5, 7)))
        skin = cv2.bitwise_and(skin, cv2.bitwise_not(alike))
    return np.asarray(cv2.morphologyEx(skin, cv2.MORPH_OPEN, np.ones((7, 7), np.uint8)), np.uint8)
