"""What one preview frame says for itself, whatever was seen before it: the sentence, and the outline that is drawn."""

from dataclasses import dataclass

import cv2
import numpy as np

from kiosk.documents.find import DOUBTFUL, TrayView
from kiosk.documents.guide import Way, way_in
from kiosk.documents.hand import find_hand
from kiosk.documents.judge import DARK, GLARE, judge_outline, judge_shadow
from kiosk.documents.measures import glare_share
from kiosk.documents.pixels import Corners, as_grey
from kiosk.documents.reduced import Reduced, averaged
from kiosk.failures import Failure
from kiosk.visit import Guidance, Sight

_EMPTY = 0.012  # of the frame: less than this is dust
_UNLIT = 14  # nothing in the frame is lighter: no light at all

_WAYS = {
    Way.UP: Guidance.SLIDE_UP,
    Way.DOWN: Guidance.SLIDE_DOWN,
    Way.LEFT: Guidance.SLIDE_LEFT,
    Way.RIGHT: Guidance.SLIDE_RIGHT,
}
_GUIDANCE = {
    Failure.PAGE_NOT_FOUND: Guidance.NOT_FOUND,
    Failure.PAGE_CUT_OFF: Guidance.CUT_OFF,
    Failure.TWO_SHEETS: Guidance.TWO_SHEETS,
    Failure.PAGE_DARK: Guidance.TOO_DARK,
    Failure.PAGE_GLARE: Guidance.GLARE,
    Failure.PAGE_FINGER: Guidance.HAND,
}


@dataclass(frozen=True, slots=True)
class Glance:
    """`sight` is HOLD_STILL where nothing is wrong."""

    sight: Sight
    bare: bool = False  # nothing lies there
    unlit: bool = False  # nothing can be seen at all
    doubted: bool = False  # it was so a moment ago, and a search has yet to tell what is now


UNLIT = Glance(Sight(Guidance.TOO_DARK), unlit=True)
"""Of a frame in which there is no picture, too."""


def judged(at: Reduced, view: TrayView) -> Glance:
    """The sentence for a frame and what lies in it."""
    if view.brightest < _UNLIT:
        return UNLIT
    outline = view.outline
    sure = outline is not None and outline.confidence >= DOUBTFUL
    if not sure and view.covered < _EMPTY:
        return Glance(Sight(Guidance.LAY_A_PAPER), bare=True)
    hand = None if outline is None else find_hand(at, outline.corners)
    wrong = judge_outline(view, at.size, hand) or judge_shadow(view)
    if outline is None or not sure:
        way = way_in(at, None) if wrong is Failure.PAGE_CUT_OFF else None
        return Glance(Sight(Guidance.NOT_FOUND if way is None else _WAYS[way]))
    shown = tuple((float(x) / at.size[0], float(y) / at.size[1]) for x, y in outline.corners)
    wrong = wrong or (Failure.PAGE_FINGER if hand else _light(at, outline.corners))
    if wrong is None:
        return Glance(Sight(Guidance.HOLD_STILL, shown))
    way = way_in(at, outline.corners) if wrong is Failure.PAGE_CUT_OFF else None
    return Glance(Sight(_GUIDANCE[wrong] if way is None else _WAYS[way], shown))


def _light(at: Reduced, corners: Corners) -> Failure | None:
    """Too dark, or a lamp mirrored, within the outline; a cheap look, the still is judged in earnest."""
    low = as_grey(averaged(at.small, 2))
    quad = (at.to_small(corners) + 0.5) / 2 - 0.5
    left, top = np.maximum(np.floor(quad.min(axis=0)).astype(int), 0)
    right, bottom = np.ceil(quad.max(axis=0)).astype(int)
    page = low[top : max(bottom, 0), left : max(right, 0)]
    if page.size == 0:
        return Failure.PAGE_NOT_FOUND
    within = np.zeros(page.shape, np.uint8)
    cv2.fillConvexPoly(within, np.rint(quad - (left, top)).astype(np.int32), 255)
    values = page[::2, ::2][within[::2, ::2] > 0]
    if values.size == 0 or np.percentile(values, 90) < DARK.refuse:
        return Failure.PAGE_DARK
    middle = np.where(within > 0, page, np.uint8(np.median(values)))
    return Failure.PAGE_GLARE if glare_share(middle) > -GLARE.refuse else None
