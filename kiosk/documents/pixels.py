"""The arrays that the other files of this room take and give.

Frames come from drivers and files, so nothing is taken for granted: `as_rgb` makes any array into pixels that can be
worked on, or answers None where there is no picture in it.
"""

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]
"""RGB, shape (height, width, 3)."""
Grey = npt.NDArray[np.uint8]
"""Shape (height, width)."""
Floats = npt.NDArray[np.float32]
Corners = npt.NDArray[np.float32]
"""Shape (4, 2): x and y in pixels, clockwise from the paper's upper left as it lies in the picture."""

SMALLEST = 32
"""A picture that is narrower or lower than this shows no page."""


def as_rgb(picture: npt.NDArray[Any]) -> Pixels | None:
    """Grey, grey with alpha, RGB or RGBA of any number type as RGB; None for what is no picture or too small."""
    if picture.ndim == 2:
        picture = picture[:, :, None]
    if picture.ndim != 3 or min(picture.shape[:2]) < SMALLEST or picture.shape[2] not in {1, 2, 3, 4}:
        return None
    eight = _eight_bit(picture)
    if picture.shape[2] < 3:
        return np.repeat(eight[:, :, :1], 3, axis=2)
    return np.ascontiguousarray(eight[:, :, :3])


def as_grey(picture: Pixels) -> Grey:
    """Lightness of RGB pixels."""
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), np.uint8)


def resized(picture: Pixels, scale: float) -> Pixels:
    """The picture at `scale`, averaged where it shrinks; never smaller than one pixel."""
    if scale == 1:
        return picture
    tall, wide = picture.shape[:2]
    size = (max(1, round(wide * scale)), max(1, round(tall * scale)))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(picture, size, interpolation=how), np.uint8)


def _eight_bit(picture: npt.NDArray[Any]) -> npt.NDArray[np.uint8]:
    if picture.dtype == np.uint8:
        return picture
    if picture.dtype == np.bool_:
        return picture.astype(np.uint8) * np.uint8(255)
    if picture.dtype == np.uint16:
        return (picture >> 8).astype(np.uint8)
    if not (np.issubdtype(picture.dtype, np.floating) or np.issubdtype(picture.dtype, np.integer)):
        return np.zeros(picture.shape, np.uint8)
    finite = np.nan_to_num(picture.astype(np.float32), nan=0.0, posinf=255.0, neginf=0.0)
    return np.clip(finite, 0, 255).astype(np.uint8)
