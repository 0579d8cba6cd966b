"""A photographed page in its own proportions, with a thin frame around the paper."""

from dataclasses import dataclass

from kiosk.visit import Page
from screens.geometry import Rect
from screens.layout import Kit
from screens.look import Tone
from screens.nodes import Group, Node, Photo, Shape


@dataclass(frozen=True, slots=True)
class Sheet:
    """As large as its place allows, at least `least` mm high."""

    page: Page
    least: float = 30.0
    grows: bool = True

    def natural(self, kit: Kit) -> int:
        return round(kit.px(self.least) * self._aspect)

    def height(self, width: int, kit: Kit) -> int:  # noqa: ARG002
        return kit.px(self.least)

    @property
    def _aspect(self) -> float:
        return self.page.width_px / max(1, self.page.height_px)

    def place(self, at: Rect, kit: Kit) -> Node:
        line = max(1, kit.px(0.2))
        w = min(at.w - 2 * line, round((at.h - 2 * line) * self._aspect))
        paper = at.centred(w, round(w / self._aspect))
        return Group(at, (Shape(paper.inset(-line), Tone.GROUND, Tone.FRAME, line), Photo(paper, self.page.number)))
