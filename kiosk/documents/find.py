"""Find the page in a frame.

On the terminal's tray the ground is matt and dark and almost any paper stands out from it, so candidates come from
masks first: what is lighter than the ground, what has another colour, what is paper-like (light and pale). Only where
no such candidate convinces are straight lines (LSD) paired into quadrilaterals as well: white on white, a crooked
frame, a page under another. All candidates are ranked by the same measure (`sides.support`), the best is fitted to
the full frame, and the measure after the fit is the confidence.
"""

import math
from dataclasses import dataclass, field
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from kiosk.documents.lines import quads_from_lines
from kiosk.documents.pixels import Corners, Floats, Grey, Pixels, as_rgb
from kiosk.documents.rank import confidence
from kiosk.documents.sides import Support, refit, support

SURE = 0.9
"""From this confidence on the outline is used as it is."""
DOUBTFUL = 0.5
"""Below this confidence the outline is a guess, good for handles to be moved and for nothing else."""

_WORK = 580  # about the long side of the picture in which candidates are sought
_LEAST = 0.015  # of the frame: a smaller thing is no page
_MOST = 0.97
_GUESS = 0.1  # below this nothing is answered
_CLOSER = 40  # candidates that are ranked by all measures


@dataclass(frozen=True, slots=True)
class Outline:
    """A page in a frame: corners in pixels, clockwise from upper left as it lies; `sides` seen, as shares."""

    corners: Corners = field(repr=False)
    confidence: float
    sides: tuple[float, float, float, float]
    framed: bool = False  # a side runs along the frame's edge: the page goes on beyond


@dataclass(frozen=True, slots=True)
class TrayView:
    """What lies in a frame. Light things are taken for paper: on our tray everything else is darker."""

    outline: Outline | None
    covered: float  # share of the frame that is not ground
    beside: float  # share of the frame that the largest light thing beside the page covers
    filled: float  # share of the outline that is light
    at_edge: float  # share of the frame's edge that is light
    brightest: int  # lightness that a hundredth of the frame exceeds


_NOTHING = TrayView(None, 0.0, 0.0, 0.0, 0.0, 0)


def find_outline(frame: npt.NDArray[np.generic]) -> Outline | None:
    """The page's outline, or None. Any array may be given."""
    return view_tray(frame).outline


def view_tray(frame: npt.NDArray[np.generic]) -> TrayView:
    """Page, covering and other papers of a frame (any array)."""
    picture = as_rgb(frame)
    if picture is None:
        return _NOTHING
    factor, small, lab = _reduced(picture)
    masks = _masks(lab)
    best = _best(lab, _quads(masks))
    if best is None or best.confidence < SURE:
        best = _better(best, _best(lab, quads_from_lines(small)))
    covered = cv2.countNonZero(masks[1]) / masks[1].size
    brightest = int(np.percentile(lab[::4, ::4, 0], 99))
    light = masks[0]
    edge = np.concatenate([light[1], light[-2], light[:, 1], light[:, -2]])
    at_edge = float((edge > 0).mean())
    if best is None:
        return TrayView(None, covered, 0.0, 0.0, at_edge, brightest)
    beside, filled = _beside(light, best.corners)
    return TrayView(_fitted(picture, lab, best, 1 / factor), covered, beside, filled, at_edge, brightest)


def candidates(picture: Pixels) -> tuple[int, Pixels, Floats]:
    """For those who fit the ranking: the whole factor of reduction, the reduced Lab picture, all candidates in it."""
    factor, small, lab = _reduced(picture)
    quads = np.concatenate([_quads(_masks(lab)), quads_from_lines(small)])
    return factor, lab, quads[_plausible(quads, lab.shape[1], lab.shape[0])]


def _reduced(picture: Pixels) -> tuple[int, Pixels, Pixels]:
    """Factor, RGB and Lab of the picture in which candidates are sought."""
    factor = max(1, round(max(picture.shape[:2]) / _WORK))
    small = _averaged(picture, factor)
    return factor, small, np.asarray(cv2.cvtColor(cv2.blur(small, (3, 3)), cv2.COLOR_RGB2LAB), np.uint8)


def _averaged(picture: Pixels, factor: int) -> Pixels:
    """The picture smaller by a whole factor (what is left over at the right and below is dropped): the quick way."""
    tall, wide = picture.shape[0] // factor, picture.shape[1] // factor
    whole = picture[: tall * factor, : wide * factor]
    return np.asarray(cv2.resize(whole, (wide, tall), interpolation=cv2.INTER_AREA), np.uint8)


def _masks(lab: Pixels) -> list[Grey]:
    """Light; unlike the ground; paper-like; each closed over print."""
    rim = np.concatenate([part.reshape(-1, 3) for part in (lab[:6], lab[-6:], lab[:, :6], lab[:, -6:])]).astype(
        np.float32
    )
    ground = np.median(rim, axis=0)
    unlike = cv2.transform(cv2.absdiff(lab, np.array((*ground, 0.0))), np.array([(0.8, 0.8, 0.8)], np.float32))
    colour = cv2.absdiff(lab, np.array((0.0, 128.0, 128.0, 0.0)))
    pale = cv2.transform(colour, np.array([(1.0, -1.2, -1.2)], np.float32))
    noise = float(np.median(np.abs(rim - ground))) * 6 + 14
    masks = []
    for eight, floor in ((lab[:, :, 0], float(ground[0]) * 0.5 + 20), (unlike, noise), (pale, 30.0)):
        cut, _ = cv2.threshold(eight, 0, 255, cv2.THRESH_OTSU)
        _, mask = cv2.threshold(eight, min(254.0, max(cut, floor)), 255, cv2.THRESH_BINARY)
        closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))
        masks.append(np.asarray(cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8)), np.uint8))
    return masks


def _quads(masks: list[Grey]) -> Floats:
    """Four corners around each large part of each mask, shape (K, 4, 2)."""
    quads = []
    for mask in masks:
        least = _LEAST * mask.size
        contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        for contour in sorted(contours, key=cv2.contourArea, reverse=True)[:3]:
            if cv2.contourArea(contour) < least:
                break
            quads.append(_around(contour))
            quads.append(np.asarray(cv2.boxPoints(cv2.minAreaRect(contour)), np.float32))
    return np.array([clockwise(quad) for quad in quads if quad is not None], np.float32).reshape(-1, 4, 2)


def _around(contour: npt.NDArray[np.integer[Any] | np.floating[Any]]) -> Floats | None:
    hull = cv2.convexHull(contour)
    if len(hull) < 4:
        return None
    quad = np.asarray(cv2.approxPolyN(hull, 4, epsilon_percentage=-1, ensure_convex=True), np.float32).reshape(-1, 2)
    return quad if len(quad) == 4 else None


def clockwise(quad: Floats) -> Corners:
    """The same corners, clockwise, beginning with the one nearest the upper left."""
    middle = quad.mean(axis=0)
    order = np.argsort(np.arctan2(quad[:, 1] - middle[1], quad[:, 0] - middle[0]))
    around = quad[order]
    return np.roll(around, -int(np.argmin(around.sum(axis=1))), axis=0).astype(np.float32)


def _best(lab: Pixels, quads: Floats) -> Outline | None:
    """The candidate with the highest confidence."""
    quads = quads[_plausible(quads, lab.shape[1], lab.shape[0])]
    if not len(quads):
        return None
    quads = quads[_promising(quads, support(lab, quads), lab.shape[1], lab.shape[0])]
    seen = support(lab, quads)
    sure = confidence(lab, quads, seen)
    index = int(np.argmax(sure))
    sides = tuple(float(share) for share in seen.share[index])
    framed = bool((seen.framed[index] > 0.5).any())
    return Outline(quads[index], float(sure[index]), sides, framed)  # type: ignore[arg-type]


def _better(first: Outline | None, second: Outline | None) -> Outline | None:
    if first is None or second is None:
        return first or second
    return second if second.confidence > first.confidence + 0.03 else first


def _plausible(quads: Floats, wide: int, tall: int) -> npt.NDArray[np.bool_]:
    """Convex, large enough, angles between 45 and 135 degrees, not far beyond the frame."""
    run = np.roll(quads, -1, axis=1) - quads
    back = np.roll(run, 1, axis=1)
    cross = back[:, :, 0] * run[:, :, 1] - back[:, :, 1] * run[:, :, 0]
    length = np.linalg.norm(run, axis=2)
    sine = cross / np.maximum(length * np.roll(length, 1, axis=1), 1e-6)
    area = areas(quads) / (wide * tall)
    room = np.array((wide, tall), np.float32)
    within = ((quads > -0.06 * room) & (quads < 1.06 * room)).all(axis=(1, 2))
    right = (sine > math.sin(math.radians(45))).all(axis=1)
    return np.asarray(right & within & (area > _LEAST) & (area < _MOST) & (length.min(axis=1) > 12), np.bool_)


def areas(quads: Floats) -> Floats:
    """Areas of clockwise quadrilaterals (K, 4, 2)."""
    x, y = quads[:, :, 0], quads[:, :, 1]
    return np.asarray(0.5 * np.abs((x * np.roll(y, -1, axis=1) - y * np.roll(x, -1, axis=1)).sum(axis=1)), np.float32)


def _promising(quads: Floats, seen: Support, wide: int, tall: int) -> npt.NDArray[np.intp]:
    """The few dozen candidates that are worth a closer look."""
    area = areas(quads) / (wide * tall)
    order = np.argsort(-(5 * seen.share.mean(axis=1) + 5.5 * np.sqrt(area) + 3 * area))
    return order[:_CLOSER]


def _fitted(picture: Pixels, lab: Pixels, rough: Outline, scale: float) -> Outline | None:
    """The outline at full size, fitted twice; None where it is too doubtful to show."""
    full = max(picture.shape[:2])
    corners = (rough.corners + 0.5) / scale - 0.5
    unit = max(1.0, full / 1800)
    corners = refit(picture, corners.astype(np.float32), max(8.0, full * 0.008), unit)
    corners = refit(picture, corners, max(4.0, full * 0.0025), max(0.5, unit / 2))
    outline = _best(lab, ((corners[None] + 0.5) * scale - 0.5).astype(np.float32))
    sure = max(rough.confidence, outline.confidence) if outline else rough.confidence
    if sure < _GUESS:
        return None
    kept = outline if outline is not None and outline.confidence >= rough.confidence - 0.05 else None
    final = corners if kept else (rough.corners + 0.5) / scale - 0.5
    sides = kept.sides if kept else rough.sides
    return Outline(clockwise(final.astype(np.float32)), sure, sides, rough.framed)


def _beside(light: Grey, corners: Corners) -> tuple[float, float]:
    """Share of the frame that the largest light thing beside the page covers, and share of the page that is light."""
    page = np.zeros_like(light)
    cv2.fillConvexPoly(page, np.rint(corners).astype(np.int32), 255)
    filled = cv2.countNonZero(cv2.bitwise_and(page, light)) / max(1, cv2.countNonZero(page))
    middle = corners.mean(axis=0)
    rest = light.copy()
    cv2.fillConvexPoly(rest, np.rint(middle + (corners - middle) * 1.04).astype(np.int32), 0)
    count, _, stats, _ = cv2.connectedComponentsWithStats(rest)
    return (float(stats[1:, cv2.CC_STAT_AREA].max() / light.size) if count > 1 else 0.0), filled
