"""Quadrilaterals: four corners in pixels, y pointing down."""

import math
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from kiosk.documents.pixels import Corners, Floats

NEXT, PREVIOUS = np.array((1, 2, 3, 0)), np.array((3, 0, 1, 2))
"""Of each corner, the one after it and the one before it (ten times as quick as `np.roll`)."""
LEAST = 0.015
"""Of the frame: a smaller thing is no page."""
_MOST = 0.97


def clockwise(quads: Floats) -> Corners:
    """The same corners, clockwise, beginning with the one nearest the upper left: of one (4, 2) or of many
    (K, 4, 2).
    """
    off = quads - quads.mean(axis=-2, keepdims=True)
    turn = np.argsort(np.arctan2(off[..., 1], off[..., 0]), axis=-1)
    around_it = np.take_along_axis(quads, turn[..., None], axis=-2)
    order = (np.argmin(around_it.sum(axis=-1), axis=-1)[..., None] + np.arange(4)) % 4
    return np.take_along_axis(around_it, order[..., None], axis=-2).astype(np.float32)


def areas(quads: Floats) -> Floats:
    """Areas of clockwise quadrilaterals (K, 4, 2)."""
    x, y = quads[:, :, 0], quads[:, :, 1]
    return np.asarray(0.5 * np.abs((x * y[:, NEXT] - y * x[:, NEXT]).sum(axis=1)), np.float32)


def around(contour: npt.NDArray[np.integer[Any] | np.floating[Any]]) -> Floats | None:
    """The smallest quadrilateral around a contour, or none."""
    hull = cv2.convexHull(contour)
    if len(hull) < 4:
        return None
    quad = np.asarray(cv2.approxPolyN(hull, 4, epsilon_percentage=-1, ensure_convex=True), np.float32).reshape(-1, 2)
    return quad if len(quad) == 4 else None


def plausible(quads: Floats, wide: int, tall: int) -> npt.NDArray[np.bool_]:
    """Convex, large enough, angles between 45 and 135 degrees, not far beyond the frame."""
    run = quads[:, NEXT] - quads
    back = run[:, PREVIOUS]
    cross = back[:, :, 0] * run[:, :, 1] - back[:, :, 1] * run[:, :, 0]
    length = np.linalg.norm(run, axis=2)
    sine = cross / np.maximum(length * length[:, PREVIOUS], 1e-6)
    area = areas(quads) / (wide * tall)
    room = np.array((wide, tall), np.float32)
    within = ((quads > -0.06 * room) & (quads < 1.06 * room)).all(axis=(1, 2))
    right = (sine > math.sin(math.radians(40))).all(axis=1)
    return np.asarray(right & within & (area > LEAST) & (area < _MOST) & (length.min(axis=1) > 12), np.bool_)
