"""QR codes on a picture: a paper on the tray, or a phone's screen held under the camera.

A still is searched at half its size first, which also calms grain and the moire of a screen; only where nothing is
found there, as it is. Light on dark, turned and slanted codes are found alike.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import zxingcpp

from kiosk.documents.pixels import Grey, as_grey, as_rgb
from kiosk.visit import Box

MOST_CODES = 8
_MOST_LETTERS = 2000
_LARGE = 1_600  # the long side from which a picture is searched at half its size first
_MOST_PIXELS = 50_000_000


@dataclass(frozen=True, slots=True)
class Code:
    """What a code says, and its corners (x, y) in shares of the picture, from its own upper left clockwise."""

    text: str = field(repr=False)
    corners: tuple[tuple[float, float], ...]

    @property
    def box(self) -> Box:
        """The upright rectangle around it."""
        xs, ys = zip(*self.corners, strict=True)
        return Box(min(xs), min(ys), max(xs), max(ys))


def read_codes(picture: npt.NDArray[Any]) -> tuple[Code, ...]:
    """The QR codes on any picture, at most `MOST_CODES`; none for what is no picture. Bounded work."""
    rgb = as_rgb(picture)
    if rgb is None or rgb.shape[0] * rgb.shape[1] > _MOST_PIXELS:
        return ()
    grey = as_grey(rgb)
    for once in _ways(grey):
        found = zxingcpp.read_barcodes(
            once,
            formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode),  # kept ones are complained of at the end
            text_mode=zxingcpp.TextMode.Plain,
        )
        codes = tuple(_code(each, once) for each in found[:MOST_CODES] if 0 < len(each.text) <= _MOST_LETTERS)
        if codes:
            return codes
    return ()


def _ways(grey: Grey) -> Iterator[Grey]:
    """The picture as it is to be searched, the quickest way first."""
    if max(grey.shape) > _LARGE:
        yield np.asarray(cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)
    yield grey
    yield np.asarray(cv2.GaussianBlur(grey, (0, 0), 1.6), np.uint8)  # the grid of a screen


def _code(found: zxingcpp.Barcode, picture: Grey) -> Code:
    tall, wide = picture.shape
    at = found.position
    corners = (at.top_left, at.top_right, at.bottom_right, at.bottom_left)
    return Code(found.text, tuple((point.x / wide, point.y / tall) for point in corners))
