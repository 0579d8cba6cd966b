"""Pages as JPEG files that fit the portal's limit together.

All pages share one resolution and one quality, so that no page pays for another: the highest quality between 55 and
92 at 300 dpi, else at 250, else at 200, never below: smaller print would no longer be legible. What is aimed at is 95
% of the limit; at the very last step the limit itself is good enough, and it holds to the byte. The files carry
pixels only: no date, no camera, no place.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np

from kiosk.documents.pixels import Pixels, resized

STEPS_DPI = (300, 250, 200)
BEST_QUALITY = 92
LEAST_QUALITY = 55
_AIM = 0.95


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page to be encoded and the resolution that it has."""

    pixels: Pixels = field(repr=False)
    dpi: int


@dataclass(frozen=True, slots=True)
class EncodedPage:
    """One JPEG file."""

    jpeg: bytes = field(repr=False)
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True)
class EncodedPages:
    """All pages, in their order, at one resolution (or their own, where that is less) and one quality."""

    pages: tuple[EncodedPage, ...]
    dpi: int
    quality: int


@dataclass(frozen=True, slots=True)
class NoFit:
    """Even the smallest legible form is too large; the page at `largest` costs most."""

    largest: int


def encode_pages(
    sheets: Sequence[Sheet], total_bytes: int, progress: Callable[[int, int], None] = lambda _done, _whole: None
) -> EncodedPages | NoFit:
    """Encode within `total_bytes` together. `progress` hears (done, whole) in steps of the work, rising."""
    if not sheets:
        return EncodedPages((), STEPS_DPI[0], BEST_QUALITY)
    steps = _Steps(len(sheets), progress)
    aim = int(total_bytes * _AIM)
    least: list[bytes] = []
    for dpi in STEPS_DPI:
        if dpi > STEPS_DPI[-1] and dpi > max(sheet.dpi for sheet in sheets) + 49:
            continue  # no page has so much: the next step gives the same pixels
        scaled = [resized(sheet.pixels, min(1.0, dpi / sheet.dpi)) for sheet in sheets]
        least = _encoded(scaled, LEAST_QUALITY, steps)
        if _total(least) > (total_bytes if dpi == STEPS_DPI[-1] else aim):
            continue
        quality, files = _best_quality(scaled, least, aim, steps)
        pages = tuple(
            EncodedPage(file, picture.shape[1], picture.shape[0]) for file, picture in zip(files, scaled, strict=True)
        )
        steps.finished()
        return EncodedPages(pages, dpi, quality)
    steps.finished()
    return NoFit(max(range(len(least)), key=lambda index: len(least[index])))


def encode_jpeg(picture: Pixels, quality: int) -> bytes:
    """One JPEG file without any metadata."""
    bgr = cv2.cvtColor(picture, cv2.COLOR_RGB2BGR)
    fine, file = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not fine:
        raise ValueError("a picture of this size cannot be a JPEG file")
    return bytes(np.asarray(file, np.uint8))


def _best_quality(scaled: list[Pixels], least: list[bytes], aim: int, steps: "_Steps") -> tuple[int, list[bytes]]:
    """The highest quality that keeps to the aim, and its files; `least` are those of the lowest."""
    files = _encoded(scaled, BEST_QUALITY, steps)
    if _total(files) <= aim:
        return BEST_QUALITY, files
    low, high, kept = LEAST_QUALITY, BEST_QUALITY, least
    while high - low > 1:
        middle = (low + high) // 2
        files = _encoded(scaled, middle, steps)
        if _total(files) <= aim:
            low, kept = middle, files
        else:
            high = middle
    return low, kept


def _encoded(scaled: list[Pixels], quality: int, steps: "_Steps") -> list[bytes]:
    files = []
    for picture in scaled:
        files.append(encode_jpeg(picture, quality))
        steps.one_more()
    return files


def _total(files: list[bytes]) -> int:
    return sum(map(len, files))


class _Steps:
    """Tells how far the work is: the longest search is the whole, a shorter one jumps to the end."""

    def __init__(self, pages: int, tell: Callable[[int, int], None]) -> None:
        self._whole = pages * 10
        self._done = 0
        self._tell = tell

    def one_more(self) -> None:
        """A page was encoded once more."""
        self._done = min(self._done + 1, self._whole - 1)
        self._tell(self._done, self._whole)

    def finished(self) -> None:
        """Nothing is left to do."""
        self._tell(self._whole, self._whole)
