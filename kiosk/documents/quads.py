"""Quadrilaterals: four corners in pixels, y pointing down."""

import math
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from kiosk.documents.pixels import Corners, Floats

LEAST = 0.015
"""Of the frame: a smaller thing is no page."""
_MOST = 0.97


def clockwise(quad: Floats) -> Corners:
    """The same corners, clockwise, beginning with the one nearest the upper left."""
    middle = quad.mean(axis=0)
    order = np.argsort(np.arctan2(quad[:, 1] - middle[1], quad[:, 0] - middle[0]))
    around_it = quad[order]
    return np.roll(around_it, -int(np.argmin(around_it.sum(axis=1))), axis=0).astype(np.float32)


def areas(quads: Floats) -> Floats:
    """Areas of clockwise quadrilaterals (K, 4, 2)."""
    x, y = quads[:, :, 0], quads[:, :, 1]
    return np.asarray(0.5 * np.abs((x * np.roll(y, -1, axis=1) - y * np.roll(x, -1, axis=1)).sum(axis=1)), np.float32)


def around(contour: npt.NDArray[np.integer[Any] | np.floating[Any]]) -> Floats | None:
    """The smallest quadrilateral around a contour, or none."""
    hull = cv2.convexHull(contour)
    if len(hull) < 4:
        return None
    quad = np.asarray(cv2.approxPolyN(hull, 4, epsilon_percentage=-1, ensure_convex=True), np.float32).reshape(-1, 2)
    return quad if len(quad) == 4 else None


def plausible(quads: Floats, wide: int, tall: int) -> npt.NDArray[np.bool_]:
    """Convex, large enough, angles between 45 and 135 degrees, not far beyond the frame."""
    run = np.roll(quads, -1, axis=1) - quads
    back = np.roll(run, 1, axis=1)
    cross = back[:, :, 0] * run[:, :, 1] - back[:, :, 1] * run[:, :, 0]
    length = np.linalg.norm(run, axis=2)
    sine = cross / np.maximum(length * np.roll(length, 1, axis=1), 1e-6)
    area = areas(quads) / (wide * tall)
    room = np.array((wide, tall), np.float32)
    within = ((quads > -0.06 * room) & (quads < 1.06 * room)).all(axis=(1, 2))
    right = (sine > math.sin(math.radians(40))).all(axis=1)
    return np.asarray(right & within & (area > LEAST) & (area < _MOST) & (length.min(axis=1) > 12), np.bool_)
