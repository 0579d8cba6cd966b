"""What is measured on a straightened page, resampled to 200 dpi.

Sharpness is how much of the gradients' energy at a coarse scale is still there at a fine one, in the tiles with most
print: a ratio, so that neither how much is printed nor how dark it is matters much. Raw sharpness (the variance of a
Laplacian) says more about how much is printed than about how sharp it is. Both energies are kept as tensors (xx, xy,
yy), so the direction in which least is left, and the one in which most is, need not be tried: they are the
generalised eigenvectors of the pair. A lens out of focus takes away the same in all directions, a smear takes from
one. Small print keeps more of one direction than of another when it is only blurred, but then its fine energy is much
the same in all; ruled paper has its fine energy in one, but keeps the same share of each. Only a smear makes both
differ, and steadiness is the larger of the two ratios. Noise has gradients, too, those between the letters: they are
taken off, or a smeared page would pass for a sharp one.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from kiosk.documents.pixels import Floats, Grey, Pixels, as_grey

JUDGED_DPI = 200
_TILE = 128
_MOST_TILES = 40
_LITTLE = 8
_LOW = 4  # what needs no fine detail is measured at a quarter of the size
_RIM = 6  # of those, 3 mm
_ONE_WAY = 0.004  # ruled in one direction only: the other says nothing
_INKED = 0.86  # of the paper's level: what is darker is ink


@dataclass(frozen=True, slots=True)
class Measures:
    """What was measured on a page."""

    sharpness: float  # fine over coarse gradient energy, in the direction where it is least
    steadiness: float  # least over most of all directions: a smear makes them differ
    brightness: float  # 90th percentile of grey
    contrast: float  # share of the paper's light that the ink takes away
    glare: float  # share of burnt-out patches
    evenness: float  # darkest over lightest part of the bare paper
    ink: float  # share of ink in the tiles with most of it


def measure(page: Pixels, dpi: int) -> Measures:
    """All measures of a page (RGB, at least 32 px each way)."""
    grey = _judged(as_grey(page), dpi)
    size = (max(8, grey.shape[1] // _LOW), max(8, grey.shape[0] // _LOW))
    low = np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.uint8)
    paper = np.asarray(cv2.morphologyEx(low, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8)), np.uint8)
    sharpness, steadiness, contrast = _sharpness(grey, np.asarray(cv2.subtract(paper, low), np.uint8))
    return Measures(
        sharpness,
        steadiness,
        _percentile(low, 90),
        contrast / max(1.0, float(np.median(paper))),
        glare_share(low),
        _evenness(paper),
        _ink(low, paper),
    )


def _judged(grey: Grey, dpi: int) -> Grey:
    scale = JUDGED_DPI / max(1, dpi)
    if abs(scale - 1) <= 0.02:
        return grey
    size = (max(64, round(grey.shape[1] * scale)), max(64, round(grey.shape[0] * scale)))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(grey, size, interpolation=how), np.uint8)


def _sharpness(grey: Grey, dark: npt.NDArray[np.uint8]) -> tuple[float, float, float]:
    """Sharpness, steadiness, and by how many grey levels the ink stands out (95th percentile).

    All without the page's rim: what is dark there may be the tray beside a curled side, which is as soft as a shadow.
    """
    side, rim = _TILE // _LOW, min(_RIM, min(dark.shape) // 4)
    inside = np.zeros_like(dark)
    inside[rim : dark.shape[0] - rim, rim : dark.shape[1] - rim] = 255
    dark = np.asarray(cv2.bitwise_and(dark, inside), np.uint8)
    tiles = (max(1, dark.shape[1] // side), max(1, dark.shape[0] // side))
    share = np.asarray(cv2.resize(dark, tiles, interpolation=cv2.INTER_AREA), np.float32)
    order = np.argsort(-share.ravel(), kind="stable")
    inked = order[: max(1, min(_MOST_TILES, len(order) // 3))]
    pieces = [_piece(grey, index, tiles[0], rim * _LOW) for index in inked]
    (fine, noise), (coarse, _) = _energy(pieces, 0.6), _energy(pieces, 2.4)
    fine[::2] = np.maximum(0, fine[::2] - noise)  # it has no direction; the mixed term may well be negative
    least, most = _spread(fine, coarse)
    steadiness = max(least / max(most, 1e-3), _evenly(fine))
    return least, steadiness, float(np.percentile(dark[::2, ::2], 97))


def _piece(grey: Grey, index: int, a_row: int, rim: int) -> Grey:
    """A tile, as far as it does not reach into the rim."""
    row, column = divmod(int(index), a_row)
    low, right = min((row + 1) * _TILE, grey.shape[0] - rim), min((column + 1) * _TILE, grey.shape[1] - rim)
    return grey[max(row * _TILE, rim) : low, max(column * _TILE, rim) : right]


def _energy(pieces: list[Grey], sigma: float) -> tuple[Floats, float]:
    """Mean energy of the gradients (xx, xy, yy) in pieces of the picture, blurred by `sigma`; and of noise.

    Noise is what is left between letters and lines: the tenth of all little squares with the least.
    """
    found, noise = np.zeros(3, np.float64), 0.0
    for piece in pieces:
        if not piece.size:
            continue
        blurred = cv2.GaussianBlur(piece, (0, 0), sigma).astype(np.float32)
        across, down = np.diff(blurred, axis=1)[:-1], np.diff(blurred, axis=0)[:, :-1]
        if across.size:
            both = across * across + down * down
            found += (float((across * across).mean()), float((across * down).mean()), float((down * down).mean()))
            size = (max(1, both.shape[1] // _LITTLE), max(1, both.shape[0] // _LITTLE))
            noise += float(np.percentile(cv2.resize(both, size, interpolation=cv2.INTER_AREA), 10)) / 2
    return np.asarray(found / max(1, len(pieces)), np.float32), noise / max(1, len(pieces))


def _spread(fine: Floats, coarse: Floats) -> tuple[float, float]:
    """Least and most of fine over coarse energy, over all directions."""
    (fxx, fxy, fyy), (cxx, cxy, cyy) = fine.astype(np.float64), coarse.astype(np.float64)
    whole = cxx + cyy + 1e-6
    if min(cxx, cyy) < _ONE_WAY * whole:
        ratio = (fxx + fyy) / whole
        return ratio, ratio
    below = np.linalg.inv(np.linalg.cholesky(np.array([(cxx, cxy), (cxy, cyy)]) + 1e-3 * whole * np.eye(2)))
    least, most = np.linalg.eigvalsh(below @ np.array([(fxx, fxy), (fxy, fyy)]) @ below.T)
    return max(0.0, float(least)), float(most)


def _evenly(energy: Floats) -> float:
    """Its least over its most, over all directions: three quarters or more in Japanese print."""
    xx, xy, yy = energy.astype(np.float64)
    least, most = np.linalg.eigvalsh(np.array([(xx, xy), (xy, yy)]))
    return max(0.0, float(least)) / max(float(most), 1e-6)


def glare_share(low: Grey) -> float:
    """Share of flat burnt-out patches in a small grey picture of paper."""
    level = _percentile(low, 60)
    bright = (low >= min(250, max(235, level + 12))).astype(np.uint8)
    blobs = cv2.morphologyEx(bright, cv2.MORPH_OPEN, np.ones((7, 7), np.uint8))
    return 0.0 if level >= 244 else float(blobs.mean())  # the paper itself is that bright: no mirror of a lamp


def _evenness(paper: Grey) -> float:
    """5th over 95th percentile of the paper's level in 8 by 10 fields."""
    fields = np.asarray(cv2.resize(paper, (8, 10), interpolation=cv2.INTER_AREA), np.uint8)
    return _percentile(fields, 5) / max(_percentile(fields, 95), 1.0)


def _ink(low: Grey, paper: Grey) -> float:
    """Mean darkness of the fifth of tiles with most ink, as a share of their paper's level."""
    dark = cv2.compare(low, cv2.convertScaleAbs(paper, alpha=0.93), cv2.CMP_LT)
    tiles = (max(5, low.shape[1] // 16), max(5, low.shape[0] // 16))
    share = cv2.resize(dark, tiles, interpolation=cv2.INTER_AREA)
    strongest = np.sort(share.ravel())[-max(1, share.size // 5) :]
    return float(strongest.mean()) / 255


def _percentile(values: npt.NDArray[np.uint8], share: float) -> float:
    return float(np.percentile(values[:: max(1, values.shape[0] // 400), :: max(1, values.shape[1] // 400)], share))
