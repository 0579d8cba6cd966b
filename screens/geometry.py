"""Rectangles in pixels, and the panel that turns millimetres into pixels.

Figures of the design are millimetres, because a finger and an eye are; a panel's resolution decides only how many
pixels that is.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rect:
    """Pixels, from the top left of the glass; right and bottom lie outside."""

    x: int
    y: int
    w: int
    h: int

    @property
    def right(self) -> int:
        return self.x + self.w

    @property
    def bottom(self) -> int:
        return self.y + self.h

    @property
    def middle(self) -> tuple[int, int]:
        return self.x + self.w // 2, self.y + self.h // 2

    def inset(self, dx: int, dy: int | None = None) -> "Rect":
        """Smaller on every side (larger where negative)."""
        dy = dx if dy is None else dy
        return Rect(self.x + dx, self.y + dy, max(0, self.w - 2 * dx), max(0, self.h - 2 * dy))

    def moved(self, dx: int, dy: int) -> "Rect":
        return Rect(self.x + dx, self.y + dy, self.w, self.h)

    def centred(self, w: int, h: int) -> "Rect":
        """A rectangle of this size around the same middle."""
        return Rect(self.x + (self.w - w) // 2, self.y + (self.h - h) // 2, w, h)

    def holds(self, x: int, y: int) -> bool:
        return self.x <= x < self.right and self.y <= y < self.bottom

    def contains(self, other: "Rect") -> bool:
        return self.x <= other.x and self.y <= other.y and other.right <= self.right and other.bottom <= self.bottom

    def overlaps(self, other: "Rect") -> bool:
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom

    def common(self, other: "Rect") -> "Rect":
        """What both cover; without area where they do not overlap."""
        x, y = max(self.x, other.x), max(self.y, other.y)
        return Rect(x, y, max(0, min(self.right, other.right) - x), max(0, min(self.bottom, other.bottom) - y))


@dataclass(frozen=True, slots=True)
class Panel:
    """A glass: the size of its picture in millimetres and in pixels, upright as the visitor sees it."""

    width_mm: float
    height_mm: float
    width_px: int
    height_px: int

    @property
    def upright(self) -> bool:
        """Higher than wide."""
        return self.height_mm > self.width_mm

    @property
    def glass(self) -> Rect:
        """The whole picture."""
        return Rect(0, 0, self.width_px, self.height_px)

    @property
    def pixels(self) -> float:
        """Of a millimetre, in the direction that has fewer."""
        return min(self.width_px / self.width_mm, self.height_px / self.height_mm)

    def px(self, mm: float) -> int:
        """At least so many millimetres in whole pixels, in both directions."""
        return round(mm * self.pixels + 0.49)

    def mm(self, px: int) -> float:
        """Pixels in millimetres."""
        return px * min(self.width_mm / self.width_px, self.height_mm / self.height_px)
