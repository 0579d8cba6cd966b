"""Buttons that belong together: letters of one size on all of them, and no hole where one is left over."""

from dataclasses import dataclass, replace

from screens.geometry import Rect
from screens.layout import Column, Kit, Row
from screens.look import Role
from screens.nodes import Act, Group, Node, Target, Words, walk
from screens.pieces import Fitted
from screens.touchables import Button


@dataclass(frozen=True, slots=True)
class Alike:
    """So many columns; what stands in the last row has all of its width. Letters are as large as the longest label
    allows; `apart` stands in a row of its own below.
    """

    buttons: tuple[Button, ...]
    columns: int
    apart: Button | None = None
    grows: bool = False

    def _rows(self) -> Column:
        buttons = [replace(button, role=Role.QUIET) for button in self.buttons]
        rows = [Row(tuple(buttons[i : i + self.columns])) for i in range(0, len(buttons), self.columns)]
        if self.apart is not None:
            rows.append(Row((replace(self.apart, role=Role.QUIET),)))
        return Column(tuple(rows))

    def natural(self, kit: Kit) -> int:
        return self._rows().natural(kit)

    def height(self, width: int, kit: Kit) -> int:
        return self._rows().height(width, kit)

    def place(self, at: Rect, kit: Kit) -> Node:
        placed = self._rows().place(at, kit)
        sizes = {node.size for node in walk(placed) if isinstance(node, Words)}
        labels = {button.act: button.label for button in (*self.buttons, *((self.apart,) if self.apart else ()))}
        return _lettered(placed, min(sizes), labels, kit) if len(sizes) > 1 else placed


def _lettered(node: Node, size: int, labels: dict[Act, str], kit: Kit) -> Node:
    """With all labels of this size."""
    if isinstance(node, Target):
        *ground, label = node.parts
        line = next(part for part in walk(label) if isinstance(part, Words))
        words = Fitted(labels[node.act], Role.QUIET, line.face, line.tone, at_most=size)
        return replace(node, parts=(*ground, words.place(label.rect, kit)))
    if isinstance(node, Group):
        return replace(node, parts=tuple(_lettered(part, size, labels, kit) for part in node.parts))
    return node
