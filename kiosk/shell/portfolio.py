"""The pixels of this visit, in memory only: the newest preview, every page that was taken, and the files made of them.

The workers write, the glass reads, from different threads. Nothing is changed in place: each write swaps a whole
mapping for another, so a reader sees the old or the new one, never something between. Nothing here is ever a file,
and `wipe` forgets all of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock
from types import MappingProxyType

import cv2
import numpy as np

from kiosk.documents.encode import Sheet
from kiosk.ports import Enclosure, Frame

_THUMBNAIL = 480  # long side in pixels


@dataclass(frozen=True, slots=True)
class KeptPage:
    """One page: straightened pixels, a small picture of them, and how many quarters the visitor has turned it."""

    sheet: Sheet = field(repr=False)
    size_mm: tuple[float, float]
    thumbnail: Frame = field(repr=False)
    turns: int = 0


class Portfolio:
    """Holds pixels by page number, and what was packed last; a `kiosk.ports.Pictures`."""

    def __init__(self) -> None:
        self._write = Lock()  # workers are several
        self._frame: Frame | None = None
        self._still: tuple[int, Frame] | None = None
        self._pages: Mapping[int, KeptPage] = MappingProxyType({})
        self._packed: tuple[tuple[int, ...], tuple[Enclosure, ...]] = ((), ())

    # --- the glass reads ---

    def frame(self) -> Frame | None:
        """The newest preview frame."""
        return self._frame

    def page(self, number: int) -> Frame | None:
        """The straightened pixels of a page, at full size."""
        kept = self._pages.get(number)
        return None if kept is None else kept.sheet.pixels

    def thumbnail(self, number: int) -> Frame | None:
        """The same, small."""
        kept = self._pages.get(number)
        return None if kept is None else kept.thumbnail

    def still(self, number: int) -> Frame | None:
        """The still in which this page was found, as long as it is the last one that was taken."""
        last = self._still
        return last[1] if last is not None and last[0] == number else None

    def numbers(self) -> Sequence[int]:
        """Numbers of the pages that are kept, rising."""
        return tuple(sorted(self._pages))

    # --- the other workers read ---

    def enclosures(self, numbers: Sequence[int]) -> tuple[Enclosure, ...]:
        """The files that hold exactly these pages, in this order. Where others were packed last: `KeyError`."""
        packed, files = self._packed
        if packed != tuple(numbers) or not files:
            raise KeyError(tuple(numbers))
        return files

    def kept(self, number: int) -> KeptPage:
        """All that is held of a page; an unknown number raises `KeyError`."""
        return self._pages[number]

    # --- the documents' worker writes ---

    def show(self, frame: Frame | None) -> None:
        """Swap the preview."""
        self._frame = frame

    def hold(self, number: int, still: Frame | None) -> None:
        """Keep the still of page `number`, in place of any other."""
        self._still = None if still is None else (number, still)

    def keep(self, number: int, sheet: Sheet, size_mm: tuple[float, float]) -> None:
        """Keep a page under its number, in place of an earlier one."""
        self._put(number, KeptPage(sheet, size_mm, _thumbnail(sheet.pixels)))

    def turn(self, number: int) -> KeptPage:
        """Turn a page by a quarter, clockwise; an unknown number raises `KeyError`."""
        kept = self._pages[number]
        pixels, small = (np.ascontiguousarray(np.rot90(each, -1)) for each in (kept.sheet.pixels, kept.thumbnail))
        across = (kept.size_mm[1], kept.size_mm[0])
        turned = KeptPage(replace(kept.sheet, pixels=pixels), across, small, (kept.turns + 1) % 4)
        self._put(number, turned)
        return turned

    def enclose(self, numbers: Sequence[int], files: Sequence[Enclosure]) -> None:
        """Keep the files in which these pages were packed, in place of those before."""
        self._packed = (tuple(numbers), tuple(files))

    def discard(self, number: int) -> None:
        """Forget a page, its still, and what was packed with it."""
        with self._write:
            self._pages = MappingProxyType({kept: page for kept, page in self._pages.items() if kept != number})
        if self.still(number) is not None:
            self._still = None
        if number in self._packed[0]:
            self._packed = ((), ())

    def wipe(self) -> None:
        """Forget everything."""
        self._frame, self._still, self._packed = None, None, ((), ())
        with self._write:
            self._pages = MappingProxyType({})

    def _put(self, number: int, page: KeptPage) -> None:
        with self._write:
            self._pages = MappingProxyType({**self._pages, number: page})


def _thumbnail(pixels: Frame) -> Frame:
    scale = min(1.0, _THUMBNAIL / max(pixels.shape[:2]))
    size = (max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale)))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
