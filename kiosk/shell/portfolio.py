"""The pixels of this visit, in memory only: the newest preview and every page that was taken.

The worker writes, the glass reads, from different threads. Nothing is changed in place: each write swaps a whole
mapping for another, so a reader sees the old or the new one, never something between. Nothing here is ever a file,
and `wipe` forgets all of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import cv2
import numpy as np

from kiosk.documents.encode import Sheet
from kiosk.ports import Enclosure, Frame
from kiosk.visit import Page

_THUMBNAIL = 480  # long side in pixels


@dataclass(frozen=True, slots=True)
class KeptPage:
    """One page: straightened pixels, a small picture of them, the file to be sent (empty before packing)."""

    sheet: Sheet = field(repr=False)
    thumbnail: Frame = field(repr=False)
    jpeg: bytes = field(default=b"", repr=False)
    facts: Page | None = None


class Portfolio:
    """Holds pixels and files by page number; a `kiosk.ports.Pictures`."""

    def __init__(self) -> None:
        self._frame: Frame | None = None
        self._pages: Mapping[int, KeptPage] = MappingProxyType({})

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

    def numbers(self) -> Sequence[int]:
        """Numbers of the pages that are kept, rising."""
        return tuple(sorted(self._pages))

    # --- the portal's worker reads ---

    def enclosures(self, numbers: Sequence[int]) -> tuple[Enclosure, ...]:
        """The files of these pages, in this order. A page that was not packed raises `KeyError`."""
        files = []
        for place, number in enumerate(numbers, start=1):
            kept = self._pages[number]
            if not kept.jpeg:
                raise KeyError(number)
            files.append(Enclosure(f"page-{place}.jpg", "image/jpeg", kept.jpeg))
        return tuple(files)

    # --- the documents' worker writes ---

    def show(self, frame: Frame | None) -> None:
        """Swap the preview."""
        self._frame = frame

    def keep(self, page: Page, sheet: Sheet) -> None:
        """Keep a page under its number, in place of an earlier one."""
        self._swap({**self._pages, page.number: KeptPage(sheet, _thumbnail(sheet.pixels), b"", page)})

    def sheet(self, number: int) -> Sheet:
        """Pixels and resolution of a page; an unknown number raises `KeyError`."""
        return self._pages[number].sheet

    def enclose(self, page: Page, jpeg: bytes) -> None:
        """Keep the file of a page that was packed."""
        self._swap({**self._pages, page.number: replace(self._pages[page.number], jpeg=jpeg, facts=page)})

    def discard(self, number: int) -> None:
        """Forget a page."""
        self._swap({kept: page for kept, page in self._pages.items() if kept != number})

    def wipe(self) -> None:
        """Forget everything."""
        self._frame = None
        self._swap({})

    def _swap(self, pages: Mapping[int, KeptPage]) -> None:
        self._pages = MappingProxyType(dict(pages))


def _thumbnail(pixels: Frame) -> Frame:
    scale = min(1.0, _THUMBNAIL / max(pixels.shape[:2]))
    size = (max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale)))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
