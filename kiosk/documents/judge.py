"""Is this photograph good enough to be sent?

Each gate is one measure on the straightened page, resampled to 200 dpi, with two bounds: beyond the first the page is
fine, beyond the second it is refused, between them it passes with a doubt. Bounds are first values, taken from trials
on other cameras and from rendered pages; they are ratios wherever that was possible, so that lamp and camera matter
little. Raw sharpness (the variance of a Laplacian) is not among them: it says more about how much is printed than
about how sharp it is.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from kiosk.documents.find import DOUBTFUL, TrayView
from kiosk.documents.pixels import Floats, Grey, Pixels, as_grey
from kiosk.failures import Failure

JUDGED_DPI = 200
_TILE = 64
_ONE_WAY = 0.002
_BESIDE = 0.005  # of the frame: a lighter thing beside the page is another paper
_AT_EDGE = 0.03  # of the frame's edge: lighter things go on beyond it
_SIDE = 0.6  # a side of which less is seen is none
_FILLED = 0.95  # of the outline: two sheets leave a corner free


@dataclass(frozen=True, slots=True)
class Measures:
    """What was measured on a page."""

    sharpness: float  # fine over coarse gradient energy, the worse of x and y
    steadiness: float  # the worse of x and y over the better: a smear makes them differ
    brightness: float  # 90th percentile of grey
    glare: float  # share of burnt-out patches
    evenness: float  # darkest over lightest part of the bare paper
    ink: float  # share of ink in the tiles with most of it


@dataclass(frozen=True, slots=True)
class Judgement:
    """The first reason to refuse the page, if there is one; doubts it passed with; the measures for the journal."""

    failure: Failure | None
    doubts: tuple[Failure, ...]
    measures: Measures


@dataclass(frozen=True, slots=True)
class _Gate:
    """Refused below `refuse`, doubtful below `fine`."""

    failure: Failure
    refuse: float
    fine: float


_DARK = _Gate(Failure.PAGE_DARK, 70.0, 120.0)
_UNEVEN = _Gate(Failure.PAGE_DARK, 0.35, 0.5)
_GLARE = _Gate(Failure.PAGE_GLARE, -0.02, -0.003)
_BLANK = _Gate(Failure.PAGE_BLANK, 0.004, 0.02)
_BLUR = _Gate(Failure.PAGE_BLURRED, 2.6, 5.0)
_SMEAR = _Gate(Failure.PAGE_BLURRED, 0.45, 0.6)


def judge_outline(view: TrayView, frame_size: tuple[int, int]) -> Failure | None:
    """What is wrong with how the paper lies, in a frame of (width, height) pixels."""
    outline = view.outline
    if view.at_edge > _AT_EDGE:
        return Failure.PAGE_CUT_OFF
    if outline is None or outline.confidence < DOUBTFUL:
        return Failure.PAGE_NOT_FOUND
    if outline.framed or touches_frame(outline.corners, frame_size):
        return Failure.PAGE_CUT_OFF
    if view.beside > _BESIDE:
        return Failure.TWO_SHEETS
    if min(outline.sides) < _SIDE:  # around more than one thing, or around something that is no page
        real_sides = sum(side > _SIDE for side in outline.sides)
        return Failure.TWO_SHEETS if real_sides >= 2 and view.filled < _FILLED else Failure.PAGE_NOT_FOUND
    return None


def touches_frame(corners: Floats, frame_size: tuple[int, int]) -> bool:
    """Whether a corner lies within half a percent of the frame's edge, or beyond."""
    size = np.array(frame_size, np.float32)
    return bool(((corners < 0.005 * size) | (corners > 0.995 * size)).any())


def judge_page(page: Pixels, dpi: int) -> Judgement:
    """What is wrong with the picture of a straightened page."""
    measures = measure(page, dpi)
    gates = (
        (_DARK, measures.brightness),
        (_GLARE, -measures.glare),
        (_UNEVEN, measures.evenness),
        (_BLANK, measures.ink),
        (_BLUR, measures.sharpness),
        (_SMEAR, measures.steadiness),
    )
    refused = [gate.failure for gate, value in gates if value < gate.refuse]
    doubts = tuple(gate.failure for gate, value in gates if gate.refuse <= value < gate.fine)
    return Judgement(refused[0] if refused else None, doubts, measures)


def measure(page: Pixels, dpi: int) -> Measures:
    """All measures of a page (RGB, at least 32 px each way)."""
    grey = as_grey(page)
    scale = JUDGED_DPI / max(1, dpi)
    if abs(scale - 1) > 0.02:
        size = (max(_TILE, round(grey.shape[1] * scale)), max(_TILE, round(grey.shape[0] * scale)))
        how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
        grey = np.asarray(cv2.resize(grey, size, interpolation=how), np.uint8)
    paper = _paper(grey)
    across, down = _sharpness(grey)
    sharpness, best = min(across, down), max(across, down, 1e-3)
    return Measures(
        sharpness, sharpness / best, _percentile(grey, 90), _glare(grey), _evenness(paper), _ink(grey, paper)
    )


def glare_share(grey: Grey) -> float:
    """Share of flat burnt-out patches in any grey picture of paper."""
    return _glare(grey)


def _sharpness(grey: Grey) -> tuple[float, float]:
    """Across and down: gradient energy at sigma 0.6 over that at sigma 2.4, in the quarter of tiles with most print.

    Noise has gradients too, those of the bare paper: they are taken off, or a smeared page would pass for a sharp one.
    """
    fine_x, fine_y = _gradients(grey, 0.6)
    coarse_x, coarse_y = _gradients(grey, 2.4)
    weight = coarse_x + coarse_y
    strong = weight >= np.percentile(weight, 75)
    across, down = (
        float((fine[strong] - np.percentile(fine, 10)).mean() / max(coarse[strong].mean(), 1e-3))
        for fine, coarse in ((fine_x, coarse_x), (fine_y, coarse_y))
    )
    lean = float(coarse_x[strong].mean() + 1e-6) / float(coarse_y[strong].mean() + 1e-6)
    if lean < _ONE_WAY:  # ruled in one direction only: the other says nothing
        across = down
    elif lean > 1 / _ONE_WAY:
        down = across
    return across, down


def _gradients(grey: Grey, sigma: float) -> tuple[Floats, Floats]:
    """Energy of the gradients across and down, by tiles, of the picture blurred by `sigma`."""
    blurred = cv2.GaussianBlur(grey, (0, 0), sigma).astype(np.float32)
    return _tiled(np.diff(blurred, axis=1)[1:]), _tiled(np.diff(blurred, axis=0)[:, 1:])


def _tiled(values: Floats) -> Floats:
    """Mean square in each tile."""
    size = (max(1, (values.shape[1] + 1) // _TILE), max(1, (values.shape[0] + 1) // _TILE))
    return np.asarray(cv2.resize(values * values, size, interpolation=cv2.INTER_AREA), np.float32)


def _paper(grey: Grey) -> Grey:
    """Level of the bare paper, print taken away, at a quarter of the size."""
    low = cv2.resize(grey, (max(8, grey.shape[1] // 4), max(8, grey.shape[0] // 4)), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.morphologyEx(low, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8)), np.uint8)


def _glare(grey: Grey) -> float:
    level = _percentile(grey, 60)
    low = cv2.resize(grey, (max(8, grey.shape[1] // 4), max(8, grey.shape[0] // 4)), interpolation=cv2.INTER_AREA)
    bright = (low >= min(250, max(235, level + 12))).astype(np.uint8)
    blobs = cv2.morphologyEx(bright, cv2.MORPH_OPEN, np.ones((7, 7), np.uint8))
    share = float(blobs.mean())
    return 0.0 if level >= 244 else share  # the paper itself is that bright: no mirror of a lamp


def _evenness(paper: Grey) -> float:
    """5th over 95th percentile of the paper's level in 8 by 10 fields."""
    fields = np.asarray(cv2.resize(paper, (8, 10), interpolation=cv2.INTER_AREA), np.uint8)
    return _percentile(fields, 5) / max(_percentile(fields, 95), 1.0)


def _ink(grey: Grey, paper: Grey) -> float:
    """Mean share of inked pixels in the fifth of tiles with most ink; ink is a seventh darker than its paper."""
    level = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    dark = cv2.compare(cv2.GaussianBlur(grey, (3, 3), 0), cv2.convertScaleAbs(level, alpha=0.86), cv2.CMP_LT)
    tiles = (max(5, grey.shape[1] // _TILE), max(5, grey.shape[0] // _TILE))
    share = cv2.resize(dark, tiles, interpolation=cv2.INTER_AREA)
    strongest = np.sort(share.ravel())[-max(1, share.size // 5) :]
    return float(strongest.mean()) / 255


def _percentile(values: npt.NDArray[np.uint8], share: float) -> float:
    return float(np.percentile(values[:: max(1, values.shape[0] // 800), :: max(1, values.shape[1] // 800)], share))
