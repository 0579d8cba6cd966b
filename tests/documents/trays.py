"""Scenes for the tests of this room: rendered papers on a simulated tray whose truth is known."""

from functools import cache

import cv2
import numpy as np

from drivers.bench.papers import Kind, print_paper
from drivers.camera.tray import QUAD, TRAY_MM, Air, Corners, Frame, Lying, Scene, render
from kiosk.documents.straighten import TrayGeometry

GEOMETRY = TrayGeometry(*TRAY_MM, QUAD)
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
    one, other = cv2.convexHull(first.astype(np.float32)), cv2.convexHull(second.astype(np.float32))
    common, _ = cv2.intersectConvexConvex(one, other)
    return float(common / (cv2.contourArea(one) + cv2.contourArea(other) - common))
