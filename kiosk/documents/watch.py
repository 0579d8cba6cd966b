"""What the live view says to the visitor, as a fold over frames.

`Watcher` is a value: `see` takes a frame and the time and answers the next watcher and what is to be shown. A paper
that lay there before may be somebody else's, so nothing is said about it until the tray has been seen empty once; the
same holds after a page was kept (`need_empty`), so that one paper is not taken twice. A page is ready when the same
outline has lain still and good for a second.
"""

from dataclasses import dataclass, field, replace

import cv2
import numpy as np
import numpy.typing as npt

from kiosk.documents.find import DOUBTFUL, TrayView, view_tray
from kiosk.documents.guide import Way, way_in
from kiosk.documents.hand import find_hand
from kiosk.documents.judge import judge_outline
from kiosk.documents.measures import glare_share
from kiosk.documents.pixels import Corners, Pixels, as_grey, as_rgb
from kiosk.failures import Failure
from kiosk.visit import Guidance, Sight

STILL_SECONDS = 1.0
_STILL = 0.004  # of the frame's long side: a corner that moves less has not moved
_EMPTY = 0.012  # of the frame: less than this is dust
_UNLIT = 14  # nothing in the frame is lighter: no light at all
_GLARE = 0.02
_DARK = 70

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
class Watcher:
    """What is remembered from frame to frame."""

    seen_empty: bool = False
    corners: Corners | None = field(default=None, repr=False)
    still_since: float = 0.0

    def see(self, frame: npt.NDArray[np.generic], now: float, need_empty: bool = False) -> tuple["Watcher", Sight]:
        """Look at a frame (any array) at `now` (monotonic seconds). `need_empty`: forget that the tray was empty."""
        watcher = replace(self, seen_empty=False, corners=None) if need_empty else self
        picture = as_rgb(frame)
        view = view_tray(frame)
        if picture is None or view.brightest < _UNLIT:
            return replace(watcher, corners=None), Sight(Guidance.TOO_DARK)
        sure = view.outline is not None and view.outline.confidence >= DOUBTFUL
        if not sure and view.covered < _EMPTY:
            return Watcher(seen_empty=True), Sight(Guidance.LAY_A_PAPER)
        if not watcher.seen_empty:
            return replace(watcher, corners=None), Sight(Guidance.EMPTY_THE_TRAY)
        return _judged(watcher, picture, view, now)


def _judged(watcher: Watcher, picture: Pixels, view: TrayView, now: float) -> tuple[Watcher, Sight]:
    size = (picture.shape[1], picture.shape[0])
    outline = view.outline
    hand = None if outline is None else find_hand(picture, outline.corners)
    wrong = judge_outline(view, size, hand)
    if outline is None or outline.confidence < DOUBTFUL:
        way = way_in(picture, None) if wrong is Failure.PAGE_CUT_OFF else None
        return replace(watcher, corners=None), Sight(Guidance.NOT_FOUND if way is None else _WAYS[way])
    shown = tuple((float(x) / size[0], float(y) / size[1]) for x, y in outline.corners)
    wrong = wrong or (Failure.PAGE_FINGER if hand else judge_light(picture, outline.corners))
    if wrong is not None:
        way = way_in(picture, outline.corners) if wrong is Failure.PAGE_CUT_OFF else None
        return replace(watcher, corners=None), Sight(_GUIDANCE[wrong] if way is None else _WAYS[way], shown)
    still = watcher.corners is not None and _distance(watcher.corners, outline.corners) < _STILL * max(size)
    after = watcher if still else replace(watcher, corners=outline.corners, still_since=now)
    ready = still and now - after.still_since >= STILL_SECONDS
    return after, Sight(Guidance.READY if ready else Guidance.HOLD_STILL, shown)


def judge_light(picture: Pixels, corners: Corners) -> Failure | None:
    """Too dark, or a lamp mirrored, within the outline of a preview; a cheap look, the still is judged in earnest."""
    left, top = np.maximum(np.floor(corners.min(axis=0)).astype(int), 0)
    right, bottom = np.ceil(corners.max(axis=0)).astype(int)
    page = as_grey(np.ascontiguousarray(picture[top:bottom, left:right]))
    if page.size == 0:
        return Failure.PAGE_NOT_FOUND
    within = np.zeros(page.shape, np.uint8)
    cv2.fillConvexPoly(within, np.rint(corners - (left, top)).astype(np.int32), 255)
    values = page[::4, ::4][within[::4, ::4] > 0]
    if values.size == 0 or np.percentile(values, 90) < _DARK:
        return Failure.PAGE_DARK
    middle = np.where(within > 0, page, np.uint8(np.median(values)))
    return Failure.PAGE_GLARE if glare_share(middle) > _GLARE else None


def _distance(first: Corners, second: Corners) -> float:
    return float(np.abs(first - second).max())
