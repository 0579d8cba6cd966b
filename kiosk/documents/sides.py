"""How well the sides of a quadrilateral agree with the picture, and where they really run.

Along each side the colour a little inside is compared with the colour a little outside. Paper differs from what it
lies on along the whole side and always in the same way; a line that is printed on paper has paper on both of its
sides and finds no support. That one measure tells the outline of a page from tables, text blocks and patterns of the
ground.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from kiosk.documents.pixels import Corners, Floats, Pixels

_SAMPLES = 28  # along a side, while comparing
_NEAR = np.array((2.0, 3.5, 5.0), np.float32)  # how far inside and outside is looked, in pixels of the picture given
_SEEN = 9.0  # a difference in Lab that counts as an edge
_FINE_SAMPLES = 96  # along a side, while fitting


@dataclass(frozen=True, slots=True)
class Support:
    """What was found along the sides of K quadrilaterals."""

    share: Floats  # (K, 4): part of the side where the paper differs from the ground
    contrast: Floats  # (K, 4): mean difference in Lab
    inside: Floats  # (K, 4, 3): mean colour along the inner edge
    outside: Floats  # (K, 4, 3)
    framed: Floats  # (K, 4): part of the side that runs along the frame's edge, where nothing can be seen


def support(lab: Pixels, quads: Floats) -> Support:
    """Compare inside and outside along the sides of clockwise `quads` (K, 4, 2) in an 8-bit Lab picture."""
    return compared(lab, quads, np.roll(quads, -1, axis=1), outward_normals(quads))


def compared(lab: Pixels, start: Floats, end: Floats, outward: Floats) -> Support:
    """The same for any segments from `start` to `end` (K, 4, 2), whose outside is where `outward` points."""
    along = np.linspace(0.06, 0.94, _SAMPLES, dtype=np.float32)[:, None]
    points = start[:, :, None] + (end - start)[:, :, None] * along
    outward = outward[:, :, None, None]
    steps = _NEAR[:, None]
    inner, _ = _colours(lab, points[:, :, :, None] - outward * steps)
    outer, beyond = _colours(lab, points[:, :, :, None] + outward * steps)
    difference = (inner - outer).mean(axis=3)
    inner_mean, outer_mean = inner.mean(axis=(2, 3)), outer.mean(axis=(2, 3))
    direction = difference.mean(axis=2, keepdims=True)
    length = np.linalg.norm(difference, axis=3)
    same_way = (difference * direction).sum(axis=3) > 0
    seen = ~beyond.any(axis=3)
    counted = np.maximum(seen.sum(axis=2), 1)
    share = ((length > _SEEN) & same_way & seen).sum(axis=2) / counted
    contrast = np.linalg.norm(direction[:, :, 0], axis=2)
    framed = 1 - seen.mean(axis=2)
    return Support(*(part.astype(np.float32) for part in (share, contrast, inner_mean, outer_mean, framed)))


def refit(picture: Pixels, corners: Corners, reach: float, pitch: float) -> Corners:
    """Corners moved to where the sides really run, sought within `reach` pixels of each, in steps of `pitch`."""
    lines = []
    for index in range(4):
        start, end = corners[index], corners[(index + 1) % 4]
        fitted = _fit_side(picture, start, end, outward_normals(corners[None])[0, index], reach, pitch)
        lines.append(fitted if fitted is not None else np.stack((start, end)))
    met = [_meeting(lines[index - 1], lines[index]) for index in range(4)]
    moved = np.array([old if new is None else new for old, new in zip(corners, met, strict=True)], np.float32)
    too_far = np.linalg.norm(moved - corners, axis=1) > 3 * reach
    return np.where(too_far[:, None], corners, moved).astype(np.float32)


def outward_normals(quads: Floats) -> Floats:
    """Unit normals of clockwise quadrilaterals, pointing out, shape (K, 4, 2)."""
    run = np.roll(quads, -1, axis=1) - quads
    run = run / np.maximum(np.linalg.norm(run, axis=2, keepdims=True), 1e-6)
    return np.stack((run[:, :, 1], -run[:, :, 0]), axis=2).astype(np.float32)


def _colours(lab: Pixels, points: Floats) -> tuple[Floats, np.ndarray[tuple[int, ...], np.dtype[np.bool_]]]:
    """Colours at points, and which of them lie beyond the frame."""
    tall, wide = lab.shape[:2]
    x, y = np.rint(points[..., 0]).astype(np.int32), np.rint(points[..., 1]).astype(np.int32)
    beyond = (x < 0) | (y < 0) | (x >= wide) | (y >= tall)
    return lab[np.clip(y, 0, tall - 1), np.clip(x, 0, wide - 1)].astype(np.float32), beyond


def _fit_side(
    picture: Pixels, start: Floats, end: Floats, outward: Floats, reach: float, pitch: float
) -> Floats | None:
    """Two points of the straight line that fits the edge near a side; None where no edge is to be seen."""
    along = np.linspace(0.03, 0.97, _FINE_SAMPLES, dtype=np.float32)
    offsets = np.arange(-reach, reach + pitch / 2, pitch, dtype=np.float32)
    if len(offsets) < 7:
        return None
    base = start + (end - start) * along[:, None]
    grid = base[:, None] + outward * offsets[:, None]
    profile = cv2.remap(
        picture,
        grid.astype(np.float32),
        None,
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,  # type: ignore[call-overload]
    ).astype(np.float32)
    profile = cv2.GaussianBlur(profile, (0, 0), sigmaX=1.0, sigmaY=1.2)
    step = profile[:, 4:] - profile[:, :-4]
    step = step @ _unit(step[:, step.shape[1] // 4 : -step.shape[1] // 4].reshape(-1, 3).mean(axis=0))
    closeness = 1 - 0.5 * np.abs(offsets[2:-2]) / reach
    best = np.argmax(step * closeness, axis=1)
    rows = np.arange(len(best))
    strength = step[rows, best]
    inner = (best > 0) & (best < step.shape[1] - 1) & (strength > max(12.0, 0.4 * float(np.median(strength))))
    if inner.sum() < _FINE_SAMPLES // 4:
        return None
    rows, best = rows[inner], best[inner]
    left, here, right = step[rows, best - 1], step[rows, best], step[rows, best + 1]
    bend = np.minimum(left - 2 * here + right, -1e-3)
    found = offsets[2 + best] + pitch * np.clip(0.5 * (left - right) / bend, -0.5, 0.5)
    slope, height = _robust_line(along[rows], found.astype(np.float32), pitch)
    ends = np.array((0.0, 1.0), np.float32)
    shift = height + slope * ends
    return np.stack((start, end)) + outward * shift[:, None]


def _robust_line(x: Floats, y: Floats, scale: float) -> tuple[float, float]:
    """Slope and height of the line through points of which some are wrong (Cauchy weights, six rounds)."""
    height, slope = float(np.median(y)), 0.0
    for round_ in range(6):
        width = scale * (6.0 if round_ < 2 else 2.0)
        weight = 1 / (1 + ((y - height - slope * x) / width) ** 2)
        total = weight.sum()
        mean_x, mean_y = (weight * x).sum() / total, (weight * y).sum() / total
        spread = (weight * (x - mean_x) ** 2).sum()
        slope = float((weight * (x - mean_x) * (y - mean_y)).sum() / max(spread, 1e-9))
        height = float(mean_y - slope * mean_x)
    return slope, height


def _meeting(first: Floats, second: Floats) -> Floats | None:
    """Where two lines, each given by two points, cross."""
    run, other = first[1] - first[0], second[1] - second[0]
    cross = float(run[0] * other[1] - run[1] * other[0])
    if abs(cross) < 1e-3 * float(np.linalg.norm(run) * np.linalg.norm(other)) + 1e-9:
        return None
    gap = second[0] - first[0]
    share = float(gap[0] * other[1] - gap[1] * other[0]) / cross
    return np.asarray(first[0] + run * share, np.float32)


def _unit(vector: Floats) -> Floats:
    length = float(np.linalg.norm(vector))
    return np.asarray(vector / length if length > 1e-6 else np.full(3, 0.577, np.float32), np.float32)
