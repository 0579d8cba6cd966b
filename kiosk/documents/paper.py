"""The paper white and even, whatever light fell on it, and everything on it as it was.

A map of the bare paper is made at low resolution: a morphological closing fills whatever is darker than its
surroundings and narrower than 24 mm (print, stamps, lines, photographs of faces) and keeps the slopes and edges of
light and shadow. Each pixel is then multiplied by what brings its paper to one level, all three colours by the same
factor: a red seal stays red, coloured paper coloured, pencil as faint against its paper as it was.

The factor makes the sensor's noise larger, and noise is what a JPEG file spends its bytes on. So where nothing but
bare paper lies within some pixels, the picture is averaged; what stands out from the noise is never touched.
"""

import cv2
import numpy as np

from kiosk.documents.pixels import Floats, Grey, Pixels, as_grey

WHITE = 246.0
"""The level that bare paper gets."""

_MAP_DPI = 25
_FILLED_MM = 24.0
_SMOOTH_MM = 5.0
_MOST = 2.5  # a darker shadow than this is not light that can be given back
_LEAST = 0.9


def whitened(page: Pixels, dpi: int) -> Pixels:
    """The page (RGB) with its paper even and white; `dpi` is its resolution."""
    if min(page.shape[:2]) < 8:
        return page
    level = paper_level(as_grey(page), dpi)
    size = (page.shape[1], page.shape[0])
    gain = cv2.resize(np.clip(WHITE / np.maximum(level, 1.0), _LEAST, _MOST), size, interpolation=cv2.INTER_LINEAR)
    even = np.asarray(cv2.multiply(page, cv2.merge([gain] * 3), dtype=cv2.CV_8U), np.uint8)
    return _quiet(even)


def paper_level(grey: Grey, dpi: int) -> Floats:
    """Grey level of the bare paper, at about 25 dpi."""
    scale = min(1.0, _MAP_DPI / max(1, dpi))
    size = (max(4, round(grey.shape[1] * scale)), max(4, round(grey.shape[0] * scale)))
    low = cv2.medianBlur(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), 3)
    across = max(3, 2 * round(_FILLED_MM / 25.4 * dpi * scale / 2) + 1)
    kernel = np.ones((min(across, size[1] | 1), min(across, size[0] | 1)), np.uint8)
    closed = cv2.morphologyEx(low, cv2.MORPH_CLOSE, kernel).astype(np.float32)
    sigma = max(0.5, _SMOOTH_MM / 25.4 * dpi * scale / 2)
    return np.asarray(cv2.GaussianBlur(closed, (0, 0), sigma, borderType=cv2.BORDER_REPLICATE), np.float32)


def _quiet(page: Pixels) -> Pixels:
    """The page with its bare paper averaged."""
    grey = as_grey(page)
    bare = cv2.inRange(cv2.erode(grey, np.ones((5, 5), np.uint8)), np.array(WHITE - _reach(grey)), np.array(255.0))
    calm = cv2.blur(page, (5, 5))
    return np.asarray(cv2.copyTo(calm, bare, page.copy()), np.uint8)


def _reach(grey: Grey) -> float:
    """How far below its level bare paper falls by noise alone: five deviations of neighbours, within reason."""
    sample = grey[:: max(1, grey.shape[0] // 300)].astype(np.int16)
    light = sample[:, 1:] > WHITE - 30
    steps = np.abs(np.diff(sample, axis=1))[light]
    deviation = float(np.median(steps)) if steps.size else 0.0  # of a difference: 0.95 of one pixel's
    return float(np.clip(5 * deviation, 4.0, 16.0))
