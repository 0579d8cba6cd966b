"""Which way a paper that is cut off should be slid: a look at a preview that costs little.

It trusts the tray, which is darker than any paper. Up, down, left and right are those of the picture on the glass.
"""

from enum import Enum

import cv2
import numpy as np
import numpy.typing as npt

from kiosk.documents.pixels import Corners, as_grey
from kiosk.documents.reduced import Reduced, averaged

_CUT = 0.05  # of a side of the frame: so much of it is light where a paper goes on beyond
_NEAR = 0.006  # of the frame: a corner so near to the edge, or beyond, is cut off
_LIGHT = 60  # a paper is at least so light where it is to be read


class Way(Enum):
    """Where to slide the paper, as (right, down)."""

    UP = (0, -1)
    DOWN = (0, 1)
    LEFT = (-1, 0)
    RIGHT = (1, 0)


def way_in(at: Reduced, corners: Corners | None) -> Way | None:
    """Where a paper that is cut off has to go to be seen whole; None where no one way leads there."""
    shares = _light_at_edges(at)
    if corners is not None:
        shares = np.maximum(shares, _beyond(corners, at.size))
    cut = shares > _CUT
    away = (Way.DOWN, Way.LEFT, Way.UP, Way.RIGHT)  # from above, right, below, left
    ways = [(float(share), away[side]) for side, share in enumerate(shares) if cut[side] and not cut[(side + 2) % 4]]
    return max(ways, key=lambda one: one[0])[1] if ways else None


def _light_at_edges(at: Reduced) -> npt.NDArray[np.float64]:
    """Which share of the frame's upper, right, lower and left side is light."""
    low = averaged(at.small, 2)
    grey = cv2.GaussianBlur(as_grey(low), (3, 3), 0)
    cut, _ = cv2.threshold(grey, 0, 255, cv2.THRESH_OTSU)
    light = grey > max(cut, _LIGHT)
    return np.array([light[1].mean(), light[:, -2].mean(), light[-2].mean(), light[:, 1].mean()])


def _beyond(corners: Corners, size: tuple[int, int]) -> npt.NDArray[np.float64]:
    """1 for each side of the frame (upper, right, lower, left) at which a corner is lost."""
    x, y = corners[:, 0] / size[0], corners[:, 1] / size[1]
    lost = (y.min() < _NEAR, x.max() > 1 - _NEAR, y.max() > 1 - _NEAR, x.min() < _NEAR)
    return np.array(lost, np.float64)
