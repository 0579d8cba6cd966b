"""Dirt on the camera's glass and on the tray: small spots that stay where they are from frame to frame.

Noise is averaged away over several frames. What stands out from its surroundings on the empty tray lies on the tray or
on the glass; what still stands out there when a white sheet covers the tray lies on the glass.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from kiosk.documents.pixels import Floats, Pixels, as_grey

_AROUND = 21  # pixels of a preview that count as surroundings
_LEAST = 9.0  # grey levels by which a spot stands out at least
_TIMES_GRAIN = 7.0
_SMALLEST, _LARGEST = 4, 4000  # pixels: less is grain, more is no speck
_EVEN = 9.0  # spread in grey levels of what counts as a bare surface
_DARKER = 0.05


@dataclass(frozen=True, slots=True)
class Speck:
    """A spot at (x, y) as fractions of the frame, `across` of its width."""

    x: float
    y: float
    across: float


def averaged(frames: Sequence[Pixels]) -> Floats:
    """The grey picture behind some frames of the same thing."""
    return np.asarray(np.mean([as_grey(frame).astype(np.float32) for frame in frames], axis=0), np.float32)


def find_specks(frames: Sequence[Pixels]) -> tuple[Speck, ...]:
    """Spots that stand out on an empty tray."""
    grey = averaged(frames)
    off = np.abs(grey - cv2.medianBlur(np.asarray(np.clip(grey, 0, 255), np.uint8), _AROUND).astype(np.float32))
    grain = float(np.median(off))
    spots = (off > max(_LEAST, _TIMES_GRAIN * grain)).astype(np.uint8)
    joined = cv2.morphologyEx(spots, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    count, _, stats, centres = cv2.connectedComponentsWithStats(joined)
    tall, wide = grey.shape
    return tuple(
        Speck(float(centres[n][0]) / wide, float(centres[n][1]) / tall, float(stats[n, cv2.CC_STAT_WIDTH]) / wide)
        for n in range(1, count)
        if _SMALLEST <= stats[n, cv2.CC_STAT_AREA] <= _LARGEST
    )


def on_glass(specks: Sequence[Speck], frames: Sequence[Pixels]) -> tuple[Speck, ...]:
    """Those that are seen upon a sheet as well that now lies there; where the sheet is printed nothing is said."""
    grey = averaged(frames)
    return tuple(speck for speck in specks if _stands_out(grey, speck))


def _stands_out(grey: Floats, speck: Speck) -> bool:
    tall, wide = grey.shape
    x, y, reach = round(speck.x * wide), round(speck.y * tall), max(2, round(speck.across * wide / 2))
    around = grey[max(0, y - 3 * reach) : y + 3 * reach + 1, max(0, x - 3 * reach) : x + 3 * reach + 1]
    here = grey[max(0, y - reach // 2) : y + reach // 2 + 1, max(0, x - reach // 2) : x + reach // 2 + 1]
    rim = np.concatenate([around[0], around[-1], around[:, 0], around[:, -1]])
    return bool(np.ptp(rim) < _EVEN and abs(here.mean() - rim.mean()) > _DARKER * rim.mean())
