"""Pages as files that fit the portal's limit together.

All pages share one resolution and one quality, so that no page pays for another: the highest quality between 55 and
92 at 300 dpi, else at 250, else at 200, never below: smaller print would no longer be legible. Most visits fit at the
best quality and are encoded once. Where they do not, how fast bytes fall with quality is much the same for all
pictures, so two or three tries come within a few percent of the limit, which holds to the byte. What room to leave
below the portal's limit is for the caller to say, once.

A file of one page is a JPEG file, one of several a PDF whose pages are these JPEG files, byte by byte. The files carry
pixels only: no date, no camera, no place, no program's name.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import islice

import cv2
import img2pdf
import numpy as np

from kiosk.documents.pixels import Pixels, resized

STEPS_DPI = (300, 250, 200)
BEST_QUALITY = 92
LEAST_QUALITY = 55
JPEG, PDF = "image/jpeg", "application/pdf"

_NEAR = 0.97  # of the limit: not worth another try
_FALL = 0.62  # bytes fall with this power of the quantisation's scale, until two tries have told better
_PDF_BYTES, _PDF_PAGE_BYTES = 700, 700  # what a PDF adds at most


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
class EncodedFile:
    """What is sent: a JPEG file, or a PDF of several pages."""

    media_type: str
    content: bytes = field(repr=False)
    pages: tuple[EncodedPage, ...]


@dataclass(frozen=True, slots=True)
class EncodedFiles:
    """All files, in their order; see `EncodedPages`."""

    files: tuple[EncodedFile, ...]
    dpi: int
    quality: int


@dataclass(frozen=True, slots=True)
class NoFit:
    """Even the smallest legible form is too large; the page at `largest`, counted over all files, costs most."""

    largest: int


@dataclass(frozen=True, slots=True)
class Weight:
    """What a page costs in bytes: at its best, and at the least that is still legible."""

    best: int
    least: int


def _silent(_done: int, _whole: int) -> None:
    pass


def encode_files(
    files: Sequence[Sequence[Sheet]], total_bytes: int, pdf: bool, progress: Callable[[int, int], None] = _silent
) -> EncodedFiles | NoFit:
    """Encode within `total_bytes` together; where no `pdf` is taken, each page becomes a file of its own."""
    parts = [len(file) for file in files if file] if pdf else [1] * sum(map(len, files))
    beside = sum(_PDF_BYTES + _PDF_PAGE_BYTES * part for part in parts if part > 1)
    encoded = encode_pages([sheet for file in files for sheet in file], total_bytes - beside, progress)
    if isinstance(encoded, NoFit):
        return encoded
    pages = iter(encoded.pages)
    bound = tuple(_bound(tuple(islice(pages, part)), encoded.dpi) for part in parts)
    return EncodedFiles(bound, encoded.dpi, encoded.quality)


def encode_pages(
    sheets: Sequence[Sheet], total_bytes: int, progress: Callable[[int, int], None] = _silent
) -> EncodedPages | NoFit:
    """Encode as JPEG within `total_bytes` together. `progress` hears (done, whole) in steps of the work, rising."""
    if not sheets:
        return EncodedPages((), STEPS_DPI[0], BEST_QUALITY)
    steps = _Steps(len(sheets), progress)
    largest = 0
    for dpi in STEPS_DPI:
        if dpi > STEPS_DPI[-1] and dpi > max(sheet.dpi for sheet in sheets) + 49:
            continue  # no page has so much: the next step gives the same pixels
        scaled = [scaled_to(sheet, dpi) for sheet in sheets]
        search = _Search(scaled, total_bytes, steps)
        quality = search.best_quality()
        if quality is not None:
            pages = tuple(
                EncodedPage(file, picture.shape[1], picture.shape[0])
                for file, picture in zip(search.files, scaled, strict=True)
            )
            steps.finished()
            return EncodedPages(pages, dpi, quality)
        largest = max(range(len(sheets)), key=lambda index: len(search.files[index]))
    steps.finished()
    return NoFit(largest)


def encode_jpeg(picture: Pixels, quality: int) -> bytes:
    """One JPEG file without any metadata."""
    bgr = cv2.cvtColor(picture, cv2.COLOR_RGB2BGR)
    fine, file = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not fine:
        raise ValueError("a picture of this size cannot be a JPEG file")
    return bytes(np.asarray(file, np.uint8))


def weigh(sheet: Sheet) -> Weight:
    """What the page alone costs."""
    least = scaled_to(sheet, STEPS_DPI[-1])
    return Weight(len(encode_jpeg(sheet.pixels, BEST_QUALITY)), len(encode_jpeg(least, LEAST_QUALITY)))


def scaled_to(sheet: Sheet, dpi: int) -> Pixels:
    """The page at that resolution, or at its own where that is less."""
    return resized(sheet.pixels, min(1.0, dpi / sheet.dpi))


def _bound(pages: tuple[EncodedPage, ...], dpi: int) -> EncodedFile:
    """One file of these pages."""
    if len(pages) == 1:
        return EncodedFile(JPEG, pages[0].jpeg, pages)
    content = img2pdf.convert(
        [page.jpeg for page in pages],
        engine=img2pdf.Engine.internal,
        layout_fun=img2pdf.get_fixed_dpi_layout_fun((dpi, dpi)),
        producer="",
        nodate=True,
    )
    return EncodedFile(PDF, bytes(content), pages)


class _Search:
    """The highest quality at one resolution that keeps the limit."""

    def __init__(self, scaled: list[Pixels], limit: int, steps: "_Steps") -> None:
        self._scaled = scaled
        self._limit = limit
        self._steps = steps
        self.files: list[bytes] = []

    def best_quality(self) -> int | None:
        """None where even the least is too large; `files` are then those of the least."""
        high, above = BEST_QUALITY, self._tried(BEST_QUALITY)
        if above <= self._limit:
            return high
        low, below, kept = LEAST_QUALITY - 1, 0, self.files
        fall = _FALL
        while high - low > 1:
            guess = self._guess(high, above, fall)
            quality = min(high - 1, max(low + 1, guess))
            total = self._tried(quality)
            if total > self._limit:
                fall = _fall(high, above, quality, total)
                high, above = quality, total
                if quality == LEAST_QUALITY:
                    return None
                continue
            low, below, kept = quality, total, self.files
            if below >= _NEAR * self._limit:
                break
            fall = _fall(high, above, quality, total)
        self.files = kept
        return low

    def _guess(self, quality: int, total: int, fall: float) -> int:
        """The quality that should just fit, going by one that does not."""
        wanted: float = _scale(quality) * (total / max(1.0, 0.985 * self._limit)) ** (1 / fall)
        return round(100 - wanted / 2)

    def _tried(self, quality: int) -> int:
        files = []
        for picture in self._scaled:
            files.append(encode_jpeg(picture, quality))
            self._steps.one_more()
        self.files = files
        return sum(map(len, files))


def _scale(quality: int) -> float:
    """How coarse a quality of at least 50 is, in percent of the standard tables."""
    return 200.0 - 2 * quality


def _fall(one: int, its: int, other: int, total: int) -> float:
    """The power by which bytes fell between two qualities."""
    power = math.log(max(1, its) / max(1, total)) / math.log(_scale(other) / _scale(one))
    return min(2.0, max(0.2, power))


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
