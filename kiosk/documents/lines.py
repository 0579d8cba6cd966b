"""Quadrilaterals from straight lines, for pages that no threshold separates from their ground."""

import itertools
from typing import Any

import cv2
import numpy as np

from kiosk.documents.pixels import Floats, Pixels, as_grey
from kiosk.documents.quads import clockwise

_KEPT = 16  # lines that are paired
_SHORTEST = 0.06  # of the frame's long side


def quads_from_lines(small: Pixels) -> Floats:
    """Candidates (K, 4, 2), clockwise, from pairs of pairs of lines in a picture of about 600 px."""
    lines = _merged(_segments(small))
    if len(lines) < 4:
        return np.zeros((0, 4, 2), np.float32)
    angle = np.arctan2(lines[:, 3] - lines[:, 1], lines[:, 2] - lines[:, 0])
    pairs = [
        (i, j)
        for i, j in itertools.combinations(range(len(lines)), 2)
        if _between(float(angle[i]), float(angle[j])) < np.deg2rad(32)
    ]
    if len(pairs) < 2:
        return np.zeros((0, 4, 2), np.float32)
    index = np.array(pairs)
    towards = np.arctan2(np.sin(2 * angle[index]).sum(axis=1), np.cos(2 * angle[index]).sum(axis=1)) / 2
    first, second = np.triu_indices(len(pairs), 1)
    turned = np.abs(np.sin(towards[first] - towards[second])) > np.sin(np.deg2rad(55))
    first, second = index[first[turned]], index[second[turned]]
    met = [_meet(lines[first[:, a]], lines[second[:, b]]) for a, b in ((0, 0), (0, 1), (1, 1), (1, 0))]
    return clockwise(np.stack(met, axis=1))


def _segments(small: Pixels) -> Floats:
    """Segments (x0, y0, x1, y1) of the lightness and of the colours, longest first."""
    lab = cv2.cvtColor(small, cv2.COLOR_RGB2LAB)
    found = [_lsd(as_grey(small), 1.0)]
    half = cv2.resize(lab, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    found += [_lsd(np.ascontiguousarray(half[:, :, channel]), 2.0) for channel in (1, 2)]
    segments = np.concatenate(found)
    length = np.hypot(segments[:, 2] - segments[:, 0], segments[:, 3] - segments[:, 1])
    long = length > _SHORTEST * max(small.shape[:2])
    order = np.argsort(-length[long])
    return np.asarray(segments[long][order][:120], np.float32)


def _lsd(grey: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], scale: float) -> Floats:
    lines: Any = cv2.createLineSegmentDetector().detect(grey)[0]
    return np.zeros((0, 4), np.float32) if lines is None else (lines.reshape(-1, 4) * scale).astype(np.float32)


def _merged(segments: Floats) -> Floats:
    """Segments of one straight line put together; the lines with most length in them first."""
    left = list(range(len(segments)))
    merged: list[tuple[float, Floats]] = []
    while left:
        head = segments[left[0]]
        run = head[2:] - head[:2]
        size = float(np.hypot(*run))
        run = run / size
        others = segments[left]
        ends = others.reshape(-1, 2, 2) - head[:2]
        off = np.abs(ends[:, :, 0] * run[1] - ends[:, :, 1] * run[0]).max(axis=1)
        along = ends @ run
        direction = others[:, 2:] - others[:, :2]
        lengths = np.hypot(direction[:, 0], direction[:, 1])
        turned = np.abs(direction[:, 0] * run[1] - direction[:, 1] * run[0]) / lengths
        same = (off < 4 + 0.01 * np.abs(along).max(axis=1)) & (turned < 0.05)
        same[0] = True
        low, high = float(along[same].min()), float(along[same].max())
        line = np.concatenate((head[:2] + run * low, head[:2] + run * high)).astype(np.float32)
        merged.append((float(lengths[same].sum()), line))
        left = [number for number, taken in zip(left, same, strict=True) if not taken]
    merged.sort(key=lambda entry: -entry[0])
    return np.array([line for _, line in merged[:_KEPT]], np.float32).reshape(-1, 4)


def _between(first: float, second: float) -> float:
    """Angle between two undirected lines."""
    turn = abs(first - second) % np.pi
    return float(min(turn, np.pi - turn))


def _meet(first: Floats, second: Floats) -> Floats:
    """Crossings of lines (K, 4) with lines (K, 4); far away where they are parallel."""
    run, other = first[:, 2:] - first[:, :2], second[:, 2:] - second[:, :2]
    cross = run[:, 0] * other[:, 1] - run[:, 1] * other[:, 0]
    gap = second[:, :2] - first[:, :2]
    share = (gap[:, 0] * other[:, 1] - gap[:, 1] * other[:, 0]) / np.where(np.abs(cross) < 1e-6, 1e-6, cross)
    return np.asarray(first[:, :2] + run * share[:, None], np.float32)
