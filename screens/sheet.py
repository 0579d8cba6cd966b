"""A photographed page in its own proportions, with a thin frame around the paper."""

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.visit import Box, Page
from screens.geometry import Rect
from screens.layout import Kit
from screens.look import Tone
from screens.nodes import Group, Node, Pad, Photo, Shape


@dataclass(frozen=True, slots=True)
class Sheet:
    """As large as its place allows, at least `least` mm high, with everything covered that is covered. Where a `label`
    is given a finger draws on it; `draft` is what it is drawing.
    """

    page: Page
    least: float = 30.0
    label: str = ""
    draft: Box | None = None
    grows: bool = True

    def natural(self, kit: Kit) -> int:
        frame = 2 * frame_px(kit)
        return round((kit.px(self.least) - frame) * self._aspect) + frame

    def height(self, width: int, kit: Kit) -> int:  # noqa: ARG002
        return kit.px(self.least)

    @property
    def _aspect(self) -> float:
        return self.page.width_px / max(1, self.page.height_px)

    def place(self, at: Rect, kit: Kit) -> Node:
        line = frame_px(kit)
        w = min(at.w - 2 * line, round((at.h - 2 * line) * self._aspect))
        paper = at.centred(w, round(w / self._aspect))
        frame = Shape(paper.inset(-line), Tone.GROUND, Tone.FRAME, line)
        parts: tuple[Node, ...] = (Photo(paper, self.page.number), *self._covers(paper, kit))
        return Group(at, (frame, *((Pad(paper, self.label, parts),) if self.label else parts)))

    def _covers(self, paper: Rect, kit: Kit) -> Iterator[Node]:
        """Plain where it is settled, with a bright frame around it where it is not."""
        for box in self.page.covers:
            yield Shape(_within(paper, box), Tone.COVER)
        for box in (*self.page.suspected, *((self.draft,) if self.draft else ())):
            cover = _within(paper, box)
            bright = max(1, min(kit.px(0.6), cover.h // 3))
            dark = max(1, bright // 2)  # tells what is bright from paper
            yield Shape(cover.inset(-bright - dark), Tone.FOCUS, Tone.COVER, dark)
            yield Shape(cover, Tone.COVER)


def frame_px(kit: Kit) -> int:
    """Pixels of the frame."""
    return max(1, kit.px(0.2))


def _within(paper: Rect, box: Box) -> Rect:
    """Where it is on the glass, never smaller than a pixel."""
    x, y = paper.x + int(box.left * paper.w), paper.y + int(box.top * paper.h)
    right, bottom = paper.x + round(box.right * paper.w), paper.y + round(box.bottom * paper.h)
    return Rect(x, y, max(1, right - x), max(1, bottom - y))
