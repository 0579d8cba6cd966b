"""From a still to the page that is kept: first everything that may refuse it, then what makes it beautiful.

What judges works on a page at 200 dpi, which is made in a third of the time of a full one. Only a page that passed is
straightened once more at the camera's own resolution, turned upright and made white.
"""

from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from kiosk.documents.find import TrayView, view_of
from kiosk.documents.hand import find_hand
from kiosk.documents.judge import JUDGED_DPI, Judgement, judge_outline, judge_page, judge_shadow
from kiosk.documents.orient import quarter_turns
from kiosk.documents.paper import whitened
from kiosk.documents.pixels import Corners, Pixels, as_rgb
from kiosk.documents.reduced import Reduced, reduced
from kiosk.documents.straighten import FlatPage, TrayGeometry, straighten, turned
from kiosk.failures import Failure


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found out about a still: the first reason to refuse it, or the turns that put its page upright."""

    failure: Failure | None
    corners: Corners | None = field(repr=False)
    turns: int = 0
    judgement: Judgement | None = None
    confidence: float = 1.0  # that the corners are right: a hand that has set them is believed


def examine(still: npt.NDArray[np.generic], geometry: TrayGeometry) -> Examined:
    """Find the page of a still and judge it. Any array may be given."""
    picture = as_rgb(still)
    if picture is None:
        return Examined(Failure.PAGE_NOT_FOUND, None)
    at = reduced(picture)
    view = view_of(at)
    if view.outline is None:
        wrong = judge_outline(view, at.size, find_hand(at, None))
        return Examined(wrong or Failure.PAGE_NOT_FOUND, None)
    corners, confidence = view.outline.corners, view.outline.confidence
    if judge_outline(view, at.size) is None and (shadow := judge_shadow(view)) is not None:
        return Examined(shadow, corners, confidence=confidence)
    return replace(examine_at(at, corners, geometry, view), confidence=confidence)


def examine_at(at: Reduced, corners: Corners, geometry: TrayGeometry, view: TrayView | None = None) -> Examined:
    """Judge the page at `corners`; how it lies is judged by the `view`, not where a hand has set the corners."""
    hand = find_hand(at, corners)
    wrong = judge_outline(view, at.size, hand) if view is not None else None
    if wrong is not None:
        return Examined(wrong, corners)
    page = straighten(at.picture, corners, geometry, JUDGED_DPI)
    judgement = judge_page(page.pixels, page.dpi, hand, corners)
    if judgement.failure is not None:
        return Examined(judgement.failure, corners, 0, judgement)
    return Examined(None, corners, quarter_turns(page.pixels, page.dpi), judgement)


def develop(still: Pixels, corners: Corners, geometry: TrayGeometry, turns: int) -> FlatPage:
    """The page to keep: at the still's own resolution, white and even, turned by `turns` quarters clockwise."""
    page = straighten(still, corners, geometry)
    return turned(replace(page, pixels=whitened(page.pixels, page.dpi)), turns)
