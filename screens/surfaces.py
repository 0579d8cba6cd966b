"""Painted pieces that may be needed again: rendered lines, drawings, photographs made small, corners.

Each kind has a store that never holds more than its bytes; what was not needed for the longest time goes. Whatever a
terminal is asked to show, in any language, size and theme, `KEPT_BYTES` is all that it keeps of what it has painted.
"""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import pygame

LINES_BYTES, DRAWN_BYTES, PHOTOGRAPHED_BYTES, CORNERS_BYTES = (n << 20 for n in (20, 24, 18, 2))
KEPT_BYTES = LINES_BYTES + DRAWN_BYTES + PHOTOGRAPHED_BYTES + CORNERS_BYTES

K = TypeVar("K", bound=Hashable)


@dataclass(slots=True)
class Surfaces(Generic[K]):
    """Surfaces by what they show, at most so many bytes of pixels."""

    most: int
    held: int = 0
    _kept: dict[K, pygame.Surface] = field(default_factory=dict, repr=False)

    def find(self, key: K) -> pygame.Surface | None:
        """It counts as needed now."""
        found = self._kept.pop(key, None)
        if found is not None:
            self._kept[key] = found
        return found

    def keep(self, key: K, surface: pygame.Surface) -> pygame.Surface:
        """In place of what was kept under this key. What is larger than the whole store is given back all the same."""
        self.drop(key)
        if (needed := size(surface)) <= self.most:
            while self.held + needed > self.most:
                self.drop(next(iter(self._kept)))
            self._kept[key] = surface
            self.held += needed
        return surface

    def drop(self, key: K) -> None:
        """Where it is kept."""
        gone = self._kept.pop(key, None)
        if gone is not None:
            self.held -= size(gone)

    def __iter__(self) -> Iterator[K]:
        """What is kept, beginning with what goes first."""
        return iter(tuple(self._kept))

    def forget(self) -> None:
        """All of it."""
        self._kept.clear()
        self.held = 0


def size(surface: pygame.Surface) -> int:
    """Bytes of its pixels."""
    return surface.get_pitch() * surface.get_height()
