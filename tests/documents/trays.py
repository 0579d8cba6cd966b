"""Scenes for the tests of this room: rendered papers on a simulated tray whose truth is known."""

from functools import cache

import cv2
import numpy as np
import numpy.typing as npt

from drivers.bench.papers import Kind, print_paper
from drivers.camera.tray import QUAD, TRAY_MM, Air, Corners, Frame, Lying, Scene, render
from kiosk.documents.straighten import TrayGeometry

GEOMETRY = TrayGeometry(*TRAY_MM, QUAD)
Numbers = npt.NDArray[np.float64]
MIDDLE = (210.0, 157.5)


@cache
def sheet(kind: Kind) -> Frame:
    return print_paper(kind)


def lying(kind: Kind, centre: tuple[float, float] = MIDDLE, degrees: float = 0.7, scale: float = 1.0) -> Lying:
    """The sample paper on the tray, at its real size or reduced."""
    pixels = sheet(kind)
    size = (pixels.shape[1] / 300 * 25.4 * scale, pixels.shape[0] / 300 * 25.4 * scale)
    return Lying(pixels, size, centre, degrees)


def photograph(*papers: Lying, air: Air | None = None) -> Frame:
    return render(Scene(papers, air or Air()))


def jaccard(first: Corners, second: Corners) -> float:
    """Common area over joint area of two convex quadrilaterals."""
    one, other = (cv2.convexHull(each.astype(np.float32))[:, 0].astype(np.float64) for each in (first, second))
    common = one
    for start, end in zip(other, np.roll(other, -1, axis=0), strict=True):
        common = _on_one_side(common, start, end)
    area = _area(common)
    return area / max(_area(one) + _area(other) - area, 1e-12)


def _on_one_side(polygon: Numbers, start: Numbers, end: Numbers) -> Numbers:
    """What lies of a polygon on the inner side of a line (cv2.intersectConvexConvex errs now and then)."""
    run = end - start
    side = run[0] * (polygon[:, 1] - start[1]) - run[1] * (polygon[:, 0] - start[0])
    kept = []
    for here, there, beyond, next_beyond in zip(
        polygon, np.roll(polygon, -1, axis=0), side, np.roll(side, -1), strict=True
    ):
        if beyond >= 0:
            kept.append(here)
        if (beyond >= 0) != (next_beyond >= 0):
            kept.append(here + (there - here) * beyond / (beyond - next_beyond))
    return np.array(kept, np.float64).reshape(-1, 2)


def _area(polygon: Numbers) -> float:
    x, y = polygon.T
    return abs(float((x * np.roll(y, -1) - y * np.roll(x, -1)).sum())) / 2
