"""What a small trained network says of a frame: where the page is, and where its corners are.

The weights (`outline.onnx`, beside this file) are made by `tests/training/train_outline.py` from rendered scenes and
from the training split of the photographs "document-segmentation-v2" (Roboflow Universe, CC BY 4.0), and run by
OpenCV's own dnn module. The network sees the whole frame squeezed into a square of 256 pixels, whatever its
proportions are. It knows roughly where the page is, also where no threshold and no line says so; it does not know to
the pixel where a side runs. That is `sides`' business.
"""

import itertools
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import cv2
import numpy as np

from kiosk.documents.pixels import Floats, Grey, Pixels
from kiosk.documents.quads import PREVIOUS, areas, around, clockwise
from kiosk.documents.sides import outward_normals, refit

_SEEN = 256  # pixels each way that the network takes
SIDE = 128
"""Places each way of the maps that it gives."""
_LEVELS = (128, 64)  # at which the page is cut out of its map
_LEAST = 0.01
_SWOLLEN = 0.7  # places: OpenCV draws polygons with soft edges so much too large
_PEAK = 40
_PEAKS = 6
_SEVEN = np.arange(7, dtype=np.float32)
_SNAP = 0.12  # of the page's size: how far a corner is moved to a peak


@dataclass(frozen=True, slots=True)
class Maps:
    """The page and its corners, as chances of 0 to 255, in `SIDE` by `SIDE` places over the whole frame."""

    page: Grey = field(repr=False)
    corner: Grey = field(repr=False)


@cache
def ready() -> None:
    """Reads the weights and runs them once, so that nobody waits for that later: a tenth of a second."""
    maps(np.zeros((_SEEN, _SEEN, 3), np.uint8))


def maps(small: Pixels) -> Maps:
    """What the network says of a reduced picture (RGB)."""
    return Maps(*_asked(_squeezed(small)))


def maps_from_all_sides(small: Pixels, straight: Maps) -> Maps:
    """The same, averaged with what it says of the picture mirrored and of the picture upside down: twice as dear."""
    square = _squeezed(small)
    views = [[straight.page, straight.corner]]
    for mirrored in (1, 0):
        turned = np.asarray(cv2.flip(square, mirrored), np.uint8)
        views.append([np.asarray(cv2.flip(each, mirrored), np.uint8) for each in _asked(turned)])
    page, corner = (np.mean(each, axis=0, dtype=np.float32) for each in zip(*views, strict=True))
    return Maps(np.rint(page).astype(np.uint8), np.rint(corner).astype(np.uint8))


def _squeezed(small: Pixels) -> Pixels:
    return np.asarray(cv2.resize(small, (_SEEN, _SEEN), interpolation=cv2.INTER_LINEAR), np.uint8)


def _asked(square: Pixels) -> list[Grey]:
    """Page and corners."""
    network = _network()
    network.setInput(cv2.dnn.blobFromImage(square, 1 / 255))
    logits = np.asarray(network.forward(), np.float32)[0]
    finer = logits.reshape(2, 2, 2, SIDE // 2, SIDE // 2).transpose(0, 3, 1, 4, 2).reshape(2, SIDE, SIDE)
    chances = 255 / (1 + np.exp(-np.clip(finer, -30, 30)))
    return [np.ascontiguousarray(each) for each in np.rint(chances).astype(np.uint8)]


def proposals(seen: Maps) -> Floats:
    """Quadrilaterals that the maps suggest, as fractions of the frame, shape (K, 4, 2)."""
    peaks = _peaks(seen.corner)
    quads: list[Floats] = []
    page = np.asarray(cv2.merge([seen.page] * 3), np.uint8)
    for level in _LEVELS:
        _, mask = cv2.threshold(seen.page, level - 1, 255, cv2.THRESH_BINARY)
        contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        contours = [each for each in contours if cv2.contourArea(each) > _LEAST * SIDE * SIDE]
        for contour in sorted(contours, key=cv2.contourArea, reverse=True)[:2]:
            quad = around(contour)
            if quad is None:
                continue
            quad = clockwise(quad)
            fitted = _drawn_in(refit(page, quad, 6.0, 0.5) if not quads else quad)
            quads += [
                fitted,
                _snapped(fitted, peaks),
                np.asarray(cv2.boxPoints(cv2.minAreaRect(contour)), np.float32),
            ]
    quads += [peaks[list(four)] for four in itertools.combinations(range(len(peaks)), 4)]
    return np.asarray((clockwise(np.array(quads, np.float32).reshape(-1, 4, 2)) + 0.5) / SIDE, np.float32)


def agreement(seen: Maps, quads: Floats) -> Floats:
    """Of each quadrilateral (fractions of the frame): common over joint area with the page, least and mean chance of
    its corners, shape (K, 3).
    """
    scaled = quads * SIDE - 0.5
    whole = float(seen.page.sum(dtype=np.int64)) / 255
    common, own = [], []
    for quad in np.rint(scaled * 16).astype(np.int32):
        within = np.zeros_like(seen.page)
        cv2.fillConvexPoly(within, quad, 1, cv2.LINE_8, 4)
        own.append(cv2.countNonZero(within))
        common.append(cv2.mean(seen.page, within)[0] / 255 * own[-1])
    joint = whole + np.array(own, np.float32) - np.array(common, np.float32)
    spot = np.clip(np.rint(scaled), 0, SIDE - 1).astype(np.intp)
    wide = cv2.dilate(seen.corner, np.ones((5, 5), np.uint8))
    chance = wide[spot[:, :, 1], spot[:, :, 0]].astype(np.float32) / 255
    shared = np.array(common, np.float32) / np.maximum(joint, 1)
    return np.stack((shared, chance.min(axis=1), chance.mean(axis=1)), axis=1).astype(np.float32)


@cache
def _network() -> Any:
    """Read once a process. It holds what it calculates: one thread looks at a time."""
    weights = files(__package__).joinpath("outline.onnx").read_bytes()
    return cv2.dnn.readNetFromONNX(np.frombuffer(weights, np.uint8))


def _peaks(corner: Grey) -> Floats:
    """The most likely corners, to fractions of a place, shape (K, 2)."""
    highest = cv2.dilate(corner, np.ones((9, 9), np.uint8))
    y, x = np.nonzero((corner == highest) & (corner >= _PEAK))
    order = np.argsort(-corner[y, x].astype(np.int32), kind="stable")[:_PEAKS]
    padded = cv2.copyMakeBorder(corner, 3, 3, 3, 3, cv2.BORDER_CONSTANT).astype(np.float32) ** 2
    found = []
    for down, across in zip(y[order], x[order], strict=True):
        part = padded[down : down + 7, across : across + 7]
        whole = float(part.sum())
        found.append(
            (across - 3 + float(part.sum(axis=0) @ _SEVEN) / whole, down - 3 + float(part.sum(axis=1) @ _SEVEN) / whole)
        )
    return np.array(found, np.float32).reshape(-1, 2)


def _drawn_in(quad: Floats) -> Floats:
    """The quadrilateral smaller by as much as the pages that the network learned from were drawn too large."""
    outward = outward_normals(quad[None])[0]
    before = outward[PREVIOUS]
    both = 1 + (outward * before).sum(axis=1, keepdims=True)
    return np.asarray(quad - _SWOLLEN * (outward + before) / np.maximum(both, 0.2), np.float32)


def _snapped(quad: Floats, peaks: Floats) -> Floats:
    """The quadrilateral with its corners on the peaks near them."""
    if not len(peaks):
        return quad
    apart = np.linalg.norm(quad[:, None] - peaks, axis=2)
    near = apart.min(axis=1) < _SNAP * float(areas(quad[None])[0]) ** 0.5
    return np.where(near[:, None], peaks[apart.argmin(axis=1)], quad).astype(np.float32)
