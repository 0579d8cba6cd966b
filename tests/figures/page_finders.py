"""Other ways to find a page, written down here after what is publicly known of them, to be measured beside ours."""

import time
from collections.abc import Callable
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from kiosk.documents.quads import clockwise

Frame = npt.NDArray[np.uint8]
Corners = npt.NDArray[np.float32]

_LONG = 500


class Found(NamedTuple):
    """A finder's answer to one picture; the milliseconds are the processor's."""

    corners: Corners | None
    confidence: float
    milliseconds: float


Finder = Callable[[Frame], Found]


def sure_of(finder: Callable[[Frame], Corners | None]) -> Finder:
    """A finder that knows no doubt."""

    def find(frame: Frame) -> Found:
        begun = time.process_time()
        corners = finder(frame)
        return Found(corners, float(corners is not None), (time.process_time() - begun) * 1000)

    return find


def four_cornered_contour(frame: Frame) -> Corners | None:
    """As most tutorials do it: Canny, and the largest contour that approxPolyDP makes four-cornered."""
    scale, grey = _reduced(frame)
    edges = cv2.dilate(cv2.Canny(cv2.GaussianBlur(grey, (5, 5), 0), 75, 200), np.ones((3, 3), np.uint8))
    contours, _ = cv2.findContours(edges, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    for contour in sorted(contours, key=cv2.contourArea, reverse=True)[:8]:
        four = cv2.approxPolyDP(contour, 0.02 * cv2.arcLength(contour, True), True)
        if len(four) == 4 and cv2.isContourConvex(four) and cv2.contourArea(four) > 0.02 * grey.size:
            return clockwise(four.reshape(4, 2).astype(np.float32) / scale)
    return None


def largest_light_thing(frame: Frame) -> Corners | None:
    """As scanners in web pages do it: Otsu's threshold, the largest contour, its outermost point in each quarter."""
    scale, grey = _reduced(frame)
    _, light = cv2.threshold(cv2.GaussianBlur(grey, (5, 5), 0), 0, 255, cv2.THRESH_OTSU)
    contours, _ = cv2.findContours(light, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not contours:
        return None
    points = max(contours, key=cv2.contourArea).reshape(-1, 2).astype(np.float32)
    box = cv2.minAreaRect(points)
    off = points - np.array(box[0], np.float32)
    corners = []
    for across, down in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        quarter = points[(off[:, 0] * across >= 0) & (off[:, 1] * down >= 0)]
        if not len(quarter):
            return None
        corners.append(quarter[np.argmax(np.linalg.norm(quarter - np.array(box[0], np.float32), axis=1))])
    return np.array(corners, np.float32) / np.float32(scale)


def _reduced(frame: Frame) -> tuple[float, Frame]:
    scale = min(1.0, _LONG / max(frame.shape[:2]))
    small = cv2.resize(frame, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return scale, np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), np.uint8)
