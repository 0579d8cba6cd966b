"""The field that is being typed into."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from screens.filling import clusters
from screens.geometry import Rect
from screens.layout import Kit
from screens.look import SMALLEST, Face, Role, Tone
from screens.nodes import Group, Node, Shape, Words

RING_MM, SIDE_MM = 0.9, 3.0  # around it, and beside its letters


@dataclass(frozen=True, slots=True)
class Field:
    """`parts` are pieces between which a line may break, and within only one that is wider than a line. `ghost` stands
    behind them, quietly: what is still missing.

    The letters are as large as the box allows, at most as the role says. What does not even fit in the smallest letters
    shows its end.
    """

    parts: tuple[str, ...] = field(repr=False)
    ghost: tuple[str, ...] = ()
    high: float = 18.0
    caret: bool = True
    grows: bool = False

    def natural(self, kit: Kit) -> int:
        return kit.px(80.0)

    def height(self, width: int, kit: Kit) -> int:  # noqa: ARG002
        return kit.px(self.high)

    def least(self, width: int, kit: Kit) -> int:
        """Height in pixels in which all of it stands on one line, as large as the width allows."""
        ring = kit.px(RING_MM)
        room = Rect(0, 0, width - 2 * (ring + kit.px(SIDE_MM)), 0)
        capital = kit.look.capital(Role.NUMBER)
        size, lines = self._lines(room, kit, capital)
        while len(lines) > 1 and capital > SMALLEST:
            capital = max(SMALLEST, capital - 0.2)
            size, lines = self._lines(room, kit, capital)
        return round(size * 1.15) + 4 * ring

    def two_lines(self, kit: Kit) -> int:
        """Height in pixels in which two lines stand, in the smallest letters."""
        return 2 * round(kit.measure.size(kit.px(SMALLEST), Face.DIGITS) * 1.15) + 4 * kit.px(RING_MM)

    def place(self, at: Rect, kit: Kit) -> Node:
        ring = kit.px(RING_MM)
        corner = kit.px(kit.look.theme.key_corner)
        outer = Shape(at, Tone.FOCUS, radius=corner + ring)
        box = at.inset(ring)
        frame = Shape(box, Tone.GROUND, Tone.ACTION, kit.px(0.8), corner)
        room = box.inset(kit.px(SIDE_MM), ring)
        return Group(at, (outer, frame, *self._written(room, kit)))

    def _written(self, room: Rect, kit: Kit) -> list[Node]:
        capital = kit.look.capital(Role.NUMBER)
        size, lines = self._lines(room, kit, capital)
        while len(lines) * round(size * 1.15) > room.h and capital > SMALLEST:
            capital = max(SMALLEST, capital - 0.2)
            size, lines = self._lines(room, kit, capital)
        step = round(size * 1.15)
        most = max(1, room.h // step)
        if len(lines) > most:
            lines = lines[-most:]
            lines[0] = self._ending(lines[0], room.w - kit.px(1.0), size, kit)
        top = room.y + (room.h - step * len(lines)) // 2
        nodes: list[Node] = []
        caret = Rect(room.x, top, 0, 0)
        for i, line in enumerate(lines):
            x, y = room.x, top + i * step
            caret = Rect(x, y, 0, 0) if i == 0 else caret
            for typed in (True, False):
                text = "".join(part for part, own in line if own is typed)
                if not text:
                    continue
                w = kit.measure.width(text, Face.DIGITS, size)
                tone = Tone.INK if typed else Tone.QUIET_FRAME
                nodes.append(Words(Rect(x, y, w, step), text, Face.DIGITS, size, tone, Role.NUMBER))
                x += w
                caret = Rect(x, y, 0, 0) if typed else caret
        if self.caret:
            bar = Rect(min(caret.x + 1, room.right - 3), caret.y + step // 8, max(3, kit.px(0.5)), step * 3 // 4)
            nodes.append(Shape(bar, Tone.ACTION))
        return nodes

    def _ending(self, line: list[tuple[str, bool]], most: int, size: int, kit: Kit) -> list[tuple[str, bool]]:
        """A line before which others stand: dots, and as much of its end as has room behind them."""
        letters = clusters("".join(part for part, typed in line if typed))
        while letters and kit.measure.width("…" + "".join(letters), Face.DIGITS, size) > most:
            del letters[0]
        return [("…" + "".join(letters), True), *((part, typed) for part, typed in line if not typed)]

    def _lines(self, room: Rect, kit: Kit, capital: float) -> tuple[int, list[list[tuple[str, bool]]]]:
        """Pieces with whether they have been typed, line by line."""
        size = kit.measure.size(kit.px(capital), Face.DIGITS)
        lines: list[list[tuple[str, bool]]] = [[]]
        used = 0
        most = room.w - kit.px(1.0)
        typed = (part for whole in self.parts for part in self._narrow(whole, size, most, kit))
        for piece in (*((part, True) for part in typed), *((part, False) for part in self.ghost)):
            w = kit.measure.width(piece[0], Face.DIGITS, size)
            if lines[-1] and used + w > most:
                lines.append([])
                used = 0
            lines[-1].append(piece)
            used += w
        return size, lines

    def _narrow(self, part: str, size: int, most: int, kit: Kit) -> Sequence[str]:
        return (part,) if kit.measure.width(part, Face.DIGITS, size) <= most else clusters(part)
