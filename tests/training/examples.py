"""What the network learns from: photographs with known corners, rendered scenes, and both mixed.

A folder of photographs holds a `corners.json`: a list of file, split, and four corners as fractions of width and
height. Of the split "train" every seventh picture is held out: the confidence is fitted on those, never the network.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from drivers.camera.simulator import read_picture
from kiosk.documents.quads import clockwise
from tests.training.scenes import Example, Stock

_KEPT = 448  # pixels each way of a photograph in memory
_PAGE = 320
_HELD_OUT = 7


@dataclass(frozen=True, slots=True)
class Photograph:
    """A file and its page's corners as fractions of width and height, clockwise from the upper left."""

    file: Path
    corners: npt.NDArray[np.float32] = field(repr=False)


def photographs(folder: Path, split: str) -> list[Photograph]:
    """Those of a split: "train" (learned from), "held out" (every seventh of them), any other."""
    named = "train" if split == "held out" else split
    entries = [entry for entry in json.loads((folder / "corners.json").read_text()) if entry.get("split", "") == named]
    if named == "train":
        entries = [entry for number, entry in enumerate(entries) if (number % _HELD_OUT == 0) == (split == "held out")]
    return [Photograph(folder / entry["file"], clockwise(np.array(entry["corners"], np.float32))) for entry in entries]


def squeezed(photograph: Photograph) -> Example:
    """As the network sees it, only larger."""
    pixels = cv2.resize(read_picture(photograph.file), (_KEPT, _KEPT), interpolation=cv2.INTER_AREA)
    return Example(np.asarray(pixels, np.uint8), photograph.corners * np.float32(_KEPT))


def _square(strip: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    return np.asarray(cv2.resize(strip, (_PAGE, _PAGE), interpolation=cv2.INTER_CUBIC), np.uint8)


def stock(examples: list[Example]) -> Stock:
    """The grounds beside the pages, and the pages themselves, of photographs."""
    grounds, pages = [], []
    for example in examples:
        if example.corners is None:
            continue
        left, top = np.clip(example.corners.min(axis=0), 0, _KEPT).astype(int)
        right, bottom = np.clip(example.corners.max(axis=0), 0, _KEPT).astype(int)
        strips = (example.pixels[:top], example.pixels[bottom:], example.pixels[:, :left], example.pixels[:, right:])
        grounds += [_square(strip) for strip in strips if min(strip.shape[:2]) > 0.16 * _KEPT]
        square = np.array([(0, 0), (_PAGE, 0), (_PAGE, _PAGE), (0, _PAGE)], np.float32)
        flat = cv2.getPerspectiveTransform(example.corners, square)
        pages.append(np.asarray(cv2.warpPerspective(example.pixels, flat, (_PAGE, _PAGE)), np.uint8))
    return Stock(grounds, pages)
