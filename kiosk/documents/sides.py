"""How well the sides of a quadrilateral agree with the picture, and where they really run.

Along each side the colour a little inside is compared with the colour a little outside. Paper differs from what it
lies on along the whole side and always in the same way; a line that is printed on paper has paper on both of its
sides and finds no support. That one measure tells the outline of a page from tables, text blocks and patterns of the
ground.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from kiosk.documents.pixels import Corners, Floats, Pixels
from kiosk.documents.quads import NEXT, PREVIOUS

_LOOKED_AT = np.linspace(0.06, 0.94, 26, dtype=np.float32)  # along a side, while comparing
_NEAR = np.array((2.0, 3.5, 5.0), np.float32)  # how far inside and outside is looked, in pixels of the picture given
_SEEN = 9.0  # a difference in Lab that counts as an edge
_ACROSS = np.arange(-5, 26, dtype=np.float32)  # pixels from inside a side to outside: as far as paper is bowed
_AT_ONCE = 6  # pixels
_FINE_SAMPLES = 96  # along a side, while fitting
_GAIN = 0.05  # of them: so many more must agree with a bowed side than with a straight one
_STIFF = 0.3  # against bowing
_FAINTEST = 12.0  # step that is an edge, in grey levels

_Numbers = npt.NDArray[np.float64]
_ALONG = np.linspace(0.03, 0.97, _FINE_SAMPLES, dtype=np.float32)
_POWERS = np.stack([(2 * _ALONG.astype(np.float64) - 1) ** power for power in range(3)], axis=1)
_PRODUCTS = (_POWERS[:, :, None] * _POWERS[:, None, :]).reshape(_FINE_SAMPLES, 9)


@dataclass(frozen=True, slots=True)
class Support:
    """What was found along the sides of K quadrilaterals."""

    share: Floats  # (K, 4): part of the side where the paper differs from the ground
    contrast: Floats  # (K, 4): mean difference in Lab
    inside: Floats  # (K, 4, 3): mean colour along the inner edge
    outside: Floats  # (K, 4, 3)
    framed: Floats  # (K, 4): part of the side that runs along the frame's edge, where nothing can be seen


@dataclass(frozen=True, slots=True)
class _Sides:
    """Four sides as they were found: their ends, and the directions in which they run there; each (4, 2)."""

    start: Floats
    setting_out: Floats
    end: Floats
    leaving: Floats


def support(lab: Pixels, quads: Floats) -> Support:
    """Compare inside and outside along the sides of clockwise `quads` (K, 4, 2) in an 8-bit Lab picture."""
    return compared(lab, quads, quads[:, NEXT], outward_normals(quads))


def compared(lab: Pixels, start: Floats, end: Floats, outward: Floats) -> Support:
    """The same for any segments from `start` to `end` (K, 4, 2), whose outside is where `outward` points."""
    points = start[:, :, None] + (end - start)[:, :, None] * _LOOKED_AT[:, None]
    off = outward[:, :, None, None] * _NEAR[:, None]
    inner, _ = _colours(lab, points[:, :, :, None] - off)
    outer, beyond = _colours(lab, points[:, :, :, None] + off)
    difference = inner - outer
    within, without = inner.mean(axis=2), outer.mean(axis=2)
    direction = within - without
    length = np.einsum("ksac,ksac->ksa", difference, difference)
    same_way = np.einsum("ksac,ksc->ksa", difference, direction) > 0
    seen = ~beyond.any(axis=3)
    counted = np.maximum(seen.sum(axis=2), 1)
    share = ((length > _SEEN**2) & same_way & seen).sum(axis=2) / counted
    contrast = np.sqrt(np.einsum("ksc,ksc->ks", direction, direction))
    framed = 1 - seen.mean(axis=2)
    found = share, contrast, within, without, framed
    return Support(*(part.astype(np.float32) for part in found))


def fading(lab: Pixels, quad: Corners) -> float:
    """How slowly the light goes at the side where it goes most slowly: the share of its fall from the paper to the
    ground that does not lie within `_AT_ONCE` pixels, wherever across the side that is. Paper ends at once, also where
    it is bowed; the edge of a shadow on paper does not, and nothing but that tells the two apart where the shadow is as
    dark as the ground.
    """
    start, end = quad, quad[NEXT]
    base = start[:, None] + (end - start)[:, None] * _LOOKED_AT[:, None]
    points = base[:, :, None] + outward_normals(quad[None])[0][:, None, None] * _ACROSS[:, None]
    tall, wide = lab.shape[:2]
    x, y = np.rint(points[..., 0]).astype(np.int32), np.rint(points[..., 1]).astype(np.int32)
    light = lab[np.clip(y, 0, tall - 1), np.clip(x, 0, wide - 1), 0].astype(np.float32)
    sudden = (light[:, :, :-_AT_ONCE] - light[:, :, _AT_ONCE:]).max(axis=2)
    whole = np.maximum(light.max(axis=2) - light.min(axis=2), 8.0)
    return float(np.median(1 - sudden / whole, axis=1).max())


def refit(picture: Pixels, corners: Corners, reach: float, pitch: float) -> Corners:
    """Corners moved to where the sides really run, sought within `reach` pixels of each, in steps of `pitch`.

    A side may be bowed (paper curls, lenses bend): it is the directions in which two sides run into their corner that
    are made to cross. A side of which too little is seen stays where it was.
    """
    start, end = corners, corners[NEXT]
    offsets = np.arange(-reach, reach + pitch / 2, pitch, dtype=np.float32)
    if len(offsets) < 7:
        return corners
    outward = outward_normals(corners[None])[0]
    found, seen = _edges(picture, start, end, outward, offsets)
    height, slope, bow = (part[:, None] for part in _curves(found, seen, pitch).T)
    lines = _Sides(
        start + outward * (height - slope + bow),
        end - start + outward * 2 * (slope - 2 * bow),
        end + outward * (height + slope + bow),
        end - start + outward * 2 * (slope + 2 * bow),
    )
    moved = _meetings(lines, corners)
    too_far = np.linalg.norm(moved - corners, axis=1) > 3 * reach
    return np.where(too_far[:, None], corners, moved).astype(np.float32)


def outward_normals(quads: Floats) -> Floats:
    """Unit normals of clockwise quadrilaterals, pointing out, shape (K, 4, 2)."""
    run = quads[:, NEXT] - quads
    run = run / np.maximum(np.linalg.norm(run, axis=2, keepdims=True), 1e-6)
    return np.stack((run[:, :, 1], -run[:, :, 0]), axis=2).astype(np.float32)


def _colours(lab: Pixels, points: Floats) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Mean colours of groups of points (..., G, 2), and which of the points lie beyond the frame."""
    tall, wide = lab.shape[:2]
    x, y = (np.rint(points[..., axis]).astype(np.int32) for axis in (0, 1))
    inside_x, inside_y = np.clip(x, 0, wide - 1), np.clip(y, 0, tall - 1)
    colours = np.take(lab.reshape(-1, 3), inside_y * wide + inside_x, axis=0)
    groups = points.shape[-2]  # few: adding them one by one is five times as quick as `sum`
    mean = sum((colours[..., index, :] for index in range(1, groups)), colours[..., 0, :].astype(np.float32))
    return np.asarray(mean / np.float32(groups), np.float32), (x != inside_x) | (y != inside_y)


def _edges(
    picture: Pixels, start: Floats, end: Floats, outward: Floats, offsets: Floats
) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """How far out the strongest edge lies at each of the samples along four sides, and where one is seen at all."""
    base = start[:, None] + (end - start)[:, None] * _ALONG[:, None]
    grid = (base[:, :, None] + outward[:, None, None] * offsets[:, None]).astype(np.float32)
    pitch, reach = float(offsets[1] - offsets[0]), float(offsets[-1])
    flat = grid.reshape(-1, len(offsets), 2)
    border = cv2.BORDER_REPLICATE
    profiles = cv2.remap(picture, flat, None, cv2.INTER_LINEAR, borderMode=border).astype(np.float32)  # type: ignore[call-overload]
    closeness = 1 - 0.5 * np.abs(offsets[2:-2]) / reach
    sides = profiles.reshape(4, _FINE_SAMPLES, len(offsets), -1)
    smooth = np.stack([cv2.GaussianBlur(side, (0, 0), sigmaX=1.0, sigmaY=1.2) for side in sides])
    step = smooth[:, :, 4:] - smooth[:, :, :-4]
    middle = step[:, :, step.shape[2] // 4 : -step.shape[2] // 4]
    towards = np.stack([_unit(direction) for direction in middle.mean(axis=(1, 2))])
    along = np.matmul(step, towards[:, None, :, None])[..., 0]
    best = np.argmax(along * closeness, axis=2)
    inner = np.clip(best, 1, along.shape[2] - 2)
    left, here, right = (_at(along, inner + by) for by in (-1, 0, 1))
    bend = np.minimum(left - 2 * here + right, -1e-3)
    found = offsets[2 + inner] + pitch * np.clip(0.5 * (left - right) / bend, -0.5, 0.5)
    strength = _at(along, best)
    typical = np.sort(strength, axis=1)[:, _FINE_SAMPLES // 2]
    seen = (best == inner) & (strength > np.maximum(_FAINTEST, 0.4 * typical)[:, None])
    return found.astype(np.float32), seen


def _at(values: Floats, index: npt.NDArray[np.intp]) -> Floats:
    """Of each row of the last axis, the value at its index."""
    return np.asarray(np.take_along_axis(values, index[..., None], axis=-1)[..., 0], np.float32)


def _curves(found: Floats, seen: npt.NDArray[np.bool_], scale: float) -> _Numbers:
    """Height, slope and bow (in t from -1 to 1 along the side) through the edges of each side, some of which are
    wrong, shape (4, 3). No bow where few more agree with it, nothing at all where too few are seen.
    """
    y = np.concatenate((found, found)).astype(np.float64)
    counted = np.concatenate((seen, seen))
    stiff = np.zeros((8, 3, 3))
    stiff[:, (0, 1), (0, 1)] = 1e-6
    stiff[:4, 2, 2], stiff[4:, 2, 2] = 1e9, _STIFF
    fitted: _Numbers = np.zeros((8, 3))
    fitted[:, 0] = _medians(y, counted)
    weight: _Numbers = counted.astype(np.float64)
    for round_ in range(8):
        width = scale * (6.0 if round_ < 3 else 2.0)
        weight = counted / (1 + ((y - fitted @ _POWERS.T) / width) ** 2)
        if round_ < 7:
            normal = (weight @ _PRODUCTS).reshape(8, 3, 3) + stiff
            fitted = np.asarray(np.linalg.solve(normal, ((weight * y) @ _POWERS)[:, :, None])[:, :, 0], np.float64)
    agreed = weight.sum(axis=1)
    bowed = agreed[4:] > agreed[:4] + _GAIN * _FINE_SAMPLES
    chosen = np.where(bowed[:, None], fitted[4:], fitted[:4])
    return np.where((seen.sum(axis=1) >= _FINE_SAMPLES // 4)[:, None], chosen, 0.0)


def _medians(rows: _Numbers, counted: npt.NDArray[np.bool_]) -> _Numbers:
    """Of each row, the median of what is counted; 0 where nothing is."""
    ordered = np.sort(np.where(counted, rows, np.inf), axis=1)
    number = counted.sum(axis=1)
    lower, upper = (ordered[np.arange(len(rows)), np.maximum(number + by, 0) // 2] for by in (-1, 0))
    return np.asarray(np.where(number > 0, (lower + upper) / 2, 0.0), np.float64)


def _meetings(sides: _Sides, corners: Corners) -> Corners:
    """Where each side, leaving, crosses the next one, setting out; the corner itself where they do not."""
    first, run = sides.end[PREVIOUS], sides.leaving[PREVIOUS]
    cross = run[:, 0] * sides.setting_out[:, 1] - run[:, 1] * sides.setting_out[:, 0]
    lengths = np.linalg.norm(run, axis=1) * np.linalg.norm(sides.setting_out, axis=1)
    gap = sides.start - first
    crossing = np.abs(cross) > 1e-3 * lengths + 1e-9
    share = (gap[:, 0] * sides.setting_out[:, 1] - gap[:, 1] * sides.setting_out[:, 0]) / np.where(crossing, cross, 1.0)
    return np.where(crossing[:, None], first + run * share[:, None], corners).astype(np.float32)


def _unit(vector: Floats) -> Floats:
    length = float(np.linalg.norm(vector))
    return np.asarray(vector / length if length > 1e-6 else np.full(3, 0.577, np.float32), np.float32)
