"""A label and its value side by side, their first lines on one line of writing, whatever stands above the letters."""

from dataclasses import dataclass

from screens.geometry import Rect
from screens.layout import Kit
from screens.nodes import Group, Node
from screens.pieces import Text


@dataclass(frozen=True, slots=True)
class Labelled:
    """The label is `wide` mm, or `share` of the width, or as wide as it likes; the value has the rest."""

    label: Text
    value: Text
    wide: float | None = None
    share: float | None = None
    gap: float = 4.0
    grows: bool = False

    def _left(self, width: int, kit: Kit) -> int:
        if self.wide is not None:
            return kit.px(self.wide)
        return self.label.natural(kit) if self.share is None else int((width - kit.px(self.gap)) * self.share)

    def _drops(self, kit: Kit) -> tuple[int, int]:
        """How much lower than the top the label and the value begin."""
        label, value = self.label.baseline(kit), self.value.baseline(kit)
        return max(0, value - label), max(0, label - value)

    def natural(self, kit: Kit) -> int:
        return self.label.natural(kit) + kit.px(self.gap) + self.value.natural(kit)

    def height(self, width: int, kit: Kit) -> int:
        left, (label, value) = self._left(width, kit), self._drops(kit)
        right = width - left - kit.px(self.gap)
        return max(label + self.label.height(left, kit), value + self.value.height(right, kit))

    def place(self, at: Rect, kit: Kit) -> Node:
        left, (label, value) = self._left(at.w, kit), self._drops(kit)
        x = at.x + left + kit.px(self.gap)
        first = self.label.place(Rect(at.x, at.y + label, left, at.h - label), kit)
        return Group(at, (first, self.value.place(Rect(x, at.y + value, at.right - x, at.h - value), kit)))
