"""Pixels of camera and pages as large as they are shown. Making a page small takes longer than painting all the rest,
so that it is done once, and kept for as long as the page itself.
"""

from dataclasses import dataclass, field

import numpy as np
import pygame

from kiosk.ports import Frame, Pictures
from kiosk.visit import Box
from screens.nodes import Photo
from screens.surfaces import PHOTOGRAPHED_BYTES, Surfaces

_Shown = tuple[int | None, bool, int, int]


class NoPictures:
    """Where there is neither camera nor page."""

    def frame(self) -> Frame | None:
        return None

    def page(self, number: int) -> Frame | None:  # noqa: ARG002
        return None

    def thumbnail(self, number: int) -> Frame | None:  # noqa: ARG002
        return None

    def still(self, number: int) -> Frame | None:  # noqa: ARG002
        return None

    def numbers(self) -> tuple[int, ...]:
        return ()


@dataclass(slots=True)
class Photographs:
    """What stands behind every `Photo`. A frame is told from the next one by which object it is."""

    pictures: Pictures = field(default_factory=NoPictures)
    _made: dict[_Shown, Frame] = field(default_factory=dict, repr=False)  # of what
    _kept: Surfaces[_Shown] = field(default_factory=lambda: Surfaces(PHOTOGRAPHED_BYTES), repr=False)

    def surface(self, photo: Photo) -> pygame.Surface | None:
        """As large as it fits into the photo's rectangle; None while there is nothing."""
        key = _shown(photo)
        frame = self._frame(*key)
        if frame is None:
            return None
        if photo.part is not None:
            return _scaled(_cut(frame, photo.part), photo.rect.w, photo.rect.h)  # it follows the finger
        kept = self._kept.find(key) if self._made.get(key) is frame else None
        if kept is None:
            self._made[key] = frame
            kept = self._kept.keep(key, _scaled(frame, photo.rect.w, photo.rect.h))
        return kept

    def changed(self, photo: Photo) -> bool:
        """Whether it shows another frame now than when it was painted."""
        key = _shown(photo)
        return photo.part is None and self._frame(*key) is not self._made.get(key)

    @property
    def kept(self) -> int:
        """Bytes of what was made small."""
        return self._kept.held

    def tidy(self) -> None:
        """What the visit has let go of is let go of here."""
        for key in [key for key, frame in self._made.items() if self._frame(*key) is not frame]:
            del self._made[key]
            self._kept.drop(key)

    def forget(self) -> None:
        """All of it."""
        self._made.clear()
        self._kept.forget()

    def _frame(self, page: int | None, still: bool, w: int, h: int) -> Frame | None:
        """A page is made smaller from its small picture where that is large enough: at a tenth of the cost."""
        if page is None:
            return self.pictures.frame()
        if still:
            return self.pictures.still(page)
        small = self.pictures.thumbnail(page)
        if small is not None and (w <= small.shape[1] or h <= small.shape[0]):
            return small
        return self.pictures.page(page)


def _shown(photo: Photo) -> _Shown:
    return photo.page, photo.still, photo.rect.w, photo.rect.h


def _cut(frame: Frame, part: Box) -> Frame:
    """A part of a frame, grey where it reaches beyond."""
    high, wide = frame.shape[:2]
    left, top = round(part.left * wide), round(part.top * high)
    right, bottom = max(left + 1, round(part.right * wide)), max(top + 1, round(part.bottom * high))
    cut = np.full((bottom - top, right - left, 3), 60, np.uint8)
    x0, y0, x1, y1 = max(0, left), max(0, top), min(wide, right), min(high, bottom)
    if x0 < x1 and y0 < y1:
        cut[y0 - top : y1 - top, x0 - left : x1 - left] = frame[y0:y1, x0:x1]
    return cut


def _scaled(frame: Frame, w: int, h: int) -> pygame.Surface:
    high, wide = frame.shape[:2]
    scale = min(w / wide, h / high)
    pixels = pygame.image.frombuffer(np.ascontiguousarray(frame).data, (wide, high), "RGB")
    ready = pygame.Surface((wide, high), 0, 32)  # as the glass's: shrunk in a third of the time, never converted
    ready.blit(pixels, (0, 0))
    return pygame.transform.smoothscale(ready, (max(1, int(wide * scale)), max(1, int(high * scale))))
