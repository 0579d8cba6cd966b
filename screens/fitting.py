"""Whether something has room."""

from dataclasses import dataclass

from screens.frame import areas
from screens.geometry import Rect
from screens.layout import Element, Kit
from screens.nodes import Node


def fits(element: Element, kit: Kit, width_mm: float | None = None) -> bool:
    """In the body's height, at its whole width or at `width_mm`."""
    body = areas(kit).body
    return element.height(body.w if width_mm is None else kit.px(width_mm), kit) <= body.h


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The first of the choices that is not wider than its place; the last where none is."""

    choices: tuple[Element, ...]
    grows: bool = False

    def _chosen(self, width: int, kit: Kit) -> Element:
        return next((choice for choice in self.choices if choice.natural(kit) <= width), self.choices[-1])

    def natural(self, kit: Kit) -> int:
        return self.choices[0].natural(kit)

    def height(self, width: int, kit: Kit) -> int:
        return self._chosen(width, kit).height(width, kit)

    def place(self, at: Rect, kit: Kit) -> Node:
        return self._chosen(at.w, kit).place(at, kit)
