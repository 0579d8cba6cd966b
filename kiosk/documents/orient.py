"""Which way round the print runs.

Lines of print make the sums along rows rise and fall sharply and those along columns hardly at all. The ratio of both
energies is about 7 for an upright page and a seventh for one that lies on its side. Top and bottom look alike to this
measure: a page that lies upside down stays so, and one on its side is turned so that its left edge comes to the top.
Telling them apart needs reading.
"""

import cv2
import numpy as np

from kiosk.documents.pixels import Floats, Pixels, as_grey

_UPRIGHT = 2.0
_ON_ITS_SIDE = 0.5
_WORK = 900  # long side while measuring


def upright_ratio(page: Pixels) -> float:
    """Energy of the rows' sums over that of the columns'; 1 where nothing is printed."""
    scale = min(1.0, _WORK / max(page.shape[:2]))
    size = (max(8, round(page.shape[1] * scale)), max(8, round(page.shape[0] * scale)))
    grey = as_grey(np.asarray(cv2.resize(page, size, interpolation=cv2.INTER_AREA), np.uint8))
    margin_x, margin_y = size[0] // 20, size[1] // 20
    paper = cv2.morphologyEx(grey, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    ink = cv2.subtract(paper, grey)[margin_y : size[1] - margin_y, margin_x : size[0] - margin_x].astype(np.float32)
    ink[ink < 24] = 0
    rows, columns = _energy(ink.mean(axis=1)), _energy(ink.mean(axis=0))
    return (rows + 1e-3) / (columns + 1e-3)


def quarter_turns(page: Pixels) -> int:
    """How many quarters clockwise put the page's print level: 0 or 1. 0 where it cannot be told."""
    return 1 if upright_ratio(page) < _ON_ITS_SIDE else 0


def is_decided(ratio: float) -> bool:
    """Whether the ratio tells anything."""
    return not _ON_ITS_SIDE <= ratio <= _UPRIGHT


def _energy(sums: Floats) -> float:
    return float(np.mean(np.diff(sums) ** 2)) if len(sums) > 1 else 0.0
