"""Pixels of camera and pages as large as they are shown. Making a page small takes longer than painting all the rest,
so that it is done once, and kept for as long as the page itself.
"""

from dataclasses import dataclass, field

import numpy as np
import pygame

from kiosk.ports import Frame, Pictures
from screens.nodes import Photo


class NoPictures:
    """Where there is neither camera nor page."""

    def frame(self) -> Frame | None:
        return None

    def page(self, number: int) -> Frame | None:  # noqa: ARG002
        return None

    def thumbnail(self, number: int) -> Frame | None:  # noqa: ARG002
        return None

    def numbers(self) -> tuple[int, ...]:
        return ()


@dataclass(slots=True)
class Photographs:
    """What stands behind every `Photo`. A frame is told from the next one by which object it is."""

    pictures: Pictures = field(default_factory=NoPictures)
    _made: dict[tuple[int | None, int, int], tuple[Frame, pygame.Surface]] = field(default_factory=dict, repr=False)

    def surface(self, photo: Photo) -> pygame.Surface | None:
        """As large as it fits into the photo's rectangle; None while there is nothing."""
        key = (photo.page, photo.rect.w, photo.rect.h)
        frame = self._frame(*key)
        if frame is None:
            return None
        made = self._made.get(key)
        if made is None or made[0] is not frame:
            made = self._made[key] = (frame, _scaled(frame, photo.rect.w, photo.rect.h))
        return made[1]

    def changed(self, photo: Photo) -> bool:
        """Whether it shows another frame now than when it was painted."""
        key = (photo.page, photo.rect.w, photo.rect.h)
        made = self._made.get(key)
        return self._frame(*key) is not (None if made is None else made[0])

    def tidy(self) -> None:
        """What the visit has let go of is let go of here."""
        self._made = {key: made for key, made in self._made.items() if self._frame(*key) is made[0]}

    def forget(self) -> None:
        """All of it."""
        self._made.clear()

    def _frame(self, page: int | None, w: int, h: int) -> Frame | None:
        """A page is made smaller from its small picture where that is large enough: at a tenth of the cost."""
        if page is None:
            return self.pictures.frame()
        small = self.pictures.thumbnail(page)
        if small is not None and (w <= small.shape[1] or h <= small.shape[0]):
            return small
        return self.pictures.page(page)


def _scaled(frame: Frame, w: int, h: int) -> pygame.Surface:
    high, wide = frame.shape[:2]
    scale = min(w / wide, h / high)
    pixels = pygame.image.frombuffer(np.ascontiguousarray(frame).data, (wide, high), "RGB")
    small = pygame.transform.smoothscale(pixels, (max(1, int(wide * scale)), max(1, int(high * scale))))
    ready = pygame.Surface(
        small.get_size(), 0, 32
    )  # as the glass's: put there many times, and every time converted else
    ready.blit(small, (0, 0))
    return ready
