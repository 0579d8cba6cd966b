"""A frame made smaller once, for all that look at it as a whole: outline, hand, light, other papers.

Averaging twelve million pixels costs more than most of what is then done with the small picture, so nobody makes one
of his own. What has changed at all can be told before colours and masks are made (`shrunk`, then `toned`).
"""

from typing import NamedTuple

import cv2
import numpy as np

from kiosk.documents.pixels import Corners, Grey, Pixels
from kiosk.documents.thresholds import light_and_covering

_WORK = 580  # about the long side of the small picture


class Shrunk(NamedTuple):
    """A frame whole, and smaller by a whole factor."""

    picture: Pixels
    factor: int
    small: Pixels


class Reduced(NamedTuple):
    """The same, with the small picture in Lab; what is light; what is unlike the ground."""

    picture: Pixels
    factor: int
    small: Pixels
    lab: Pixels
    light: Grey
    covering: Grey

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the whole frame."""
        return self.picture.shape[1], self.picture.shape[0]

    def to_small(self, corners: Corners) -> Corners:
        """Points of the whole frame, in pixels of the small picture."""
        return ((corners + 0.5) / self.factor - 0.5).astype(np.float32)

    def to_whole(self, corners: Corners) -> Corners:
        """The way back."""
        return ((corners + 0.5) * self.factor - 0.5).astype(np.float32)


def reduced(picture: Pixels) -> Reduced:
    """The frame as it is looked at."""
    return toned(shrunk(picture))


def shrunk(picture: Pixels) -> Shrunk:
    """The frame and its small picture."""
    factor = max(1, min(round(max(picture.shape[:2]) / _WORK), min(picture.shape[:2]) // 8))
    return Shrunk(picture, factor, averaged(picture, factor))


def toned(frame: Shrunk) -> Reduced:
    """Colours and masks for a small picture."""
    lab = np.asarray(cv2.cvtColor(cv2.blur(frame.small, (3, 3)), cv2.COLOR_RGB2LAB), np.uint8)
    return Reduced(*frame, lab, *light_and_covering(lab))


def averaged(picture: Pixels, factor: int) -> Pixels:
    """The picture smaller by a whole factor (what is left over at the right and below is dropped): the quick way."""
    tall, wide = picture.shape[0] // factor, picture.shape[1] // factor
    whole = picture[: tall * factor, : wide * factor]
    return np.asarray(cv2.resize(whole, (wide, tall), interpolation=cv2.INTER_AREA), np.uint8)
