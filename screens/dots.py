"""Four boxes, a dot in each that has a digit; never the digit."""

from dataclasses import dataclass

from screens.geometry import Rect
from screens.layout import Kit
from screens.look import Tone
from screens.nodes import Group, Node, Shape

DIGITS = 4


@dataclass(frozen=True, slots=True)
class Dots:
    """`count` of four are filled; the next one has the thick blue frame."""

    count: int
    high: float
    grows: bool = False

    def natural(self, kit: Kit) -> int:
        return DIGITS * kit.px(self.high) + (DIGITS - 1) * kit.px(4.0)

    def height(self, width: int, kit: Kit) -> int:  # noqa: ARG002
        return kit.px(self.high)

    def place(self, at: Rect, kit: Kit) -> Node:
        side = kit.px(self.high)
        step = side + kit.px(4.0)
        boxes = [Rect(at.x + i * step, at.y, side, side) for i in range(DIGITS)]
        return Group(at, tuple(part for i, box in enumerate(boxes) for part in self._box(i, box, kit)))

    def _box(self, i: int, box: Rect, kit: Kit) -> tuple[Shape, ...]:
        waits = i == self.count
        line, mm = (Tone.ACTION, 0.9) if waits else (Tone.FRAME, 0.6)
        frame = Shape(box, Tone.GROUND, line, kit.px(mm), kit.px(kit.look.theme.key_corner))
        if i >= self.count:
            return (frame,)
        dot = kit.px(self.high * 0.5)
        return frame, Shape(box.centred(dot, dot), Tone.INK, radius=dot // 2)
