"""A place that is kept, whatever stands in it."""

from dataclasses import dataclass

from screens.geometry import Rect
from screens.layout import Element, Kit
from screens.nodes import Group, Node


@dataclass(frozen=True, slots=True)
class Reserved:
    """`child`, or nothing, in a place as high as the highest of `possible`: what is beneath never moves, and where it
    scrolls the place is a part of what is shown, whether something stands there or not.

    `down`: how far from the top of the place, 0, to its bottom, 1.
    """

    child: Element | None
    possible: tuple[Element, ...]
    down: float = 0.0
    grows: bool = False

    def natural(self, kit: Kit) -> int:
        return max(element.natural(kit) for element in self.possible)

    def height(self, width: int, kit: Kit) -> int:
        return max(element.height(width, kit) for element in self.possible)

    def place(self, at: Rect, kit: Kit) -> Node:
        if self.child is None:
            return Group(at, (), kept=True)
        high = self.child.height(at.w, kit)
        placed = self.child.place(Rect(at.x, at.y + round((at.h - high) * self.down), at.w, high), kit)
        return Group(at, (placed,), kept=True)
