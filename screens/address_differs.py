"""The two addresses are not the same: both, one under the other, with the first difference marked."""

from dataclasses import dataclass, field

from kiosk.events import Action
from kiosk.views import AddressDiffersView, Chrome
from screens.breaking import clusters
from screens.frame import framed, primary
from screens.geometry import Rect
from screens.layout import Column, Kit
from screens.look import Face, Role, Tone
from screens.nodes import Group, Node, Shape, Words
from screens.pieces import Boxed, Text


def arrange_address_differs(view: AddressDiffersView, chrome: Chrome, kit: Kit) -> Node:
    """RETRY types both again."""
    both = tuple(
        Column((Text(kit.say(f"address_differs.{name}"), Role.QUIET), MarkedAddress(text, view.parting)), 1.0)
        for name, text in (("first", view.first), ("again", view.again))
    )
    apart = Column(tuple(Boxed(one) for one in both))
    together = Boxed(Column(both, 1.0), padding=2.0)  # they are compared: both at once wherever that can be
    return framed(
        kit,
        chrome,
        title=kit.say("address_differs.title"),
        lead=kit.say("address_differs.lead"),
        body=(apart, together, apart),
        main=primary(kit.say("address_differs.retry"), Action.RETRY),
    )


@dataclass(frozen=True, slots=True)
class MarkedAddress:
    """An address in the fixed-width face, broken anywhere, with the character at `marked` on amber."""

    text: str = field(repr=False)
    marked: int
    grows: bool = False

    def _per_line(self, width: int, kit: Kit) -> tuple[int, int, int]:
        size = kit.size(Role.BODY, Face.DIGITS)
        letter = max(1, kit.measure.width("0", Face.DIGITS, size))
        return max(1, width // letter), letter, size

    def natural(self, kit: Kit) -> int:
        return kit.measure.width(self.text, Face.DIGITS, kit.size(Role.BODY, Face.DIGITS))

    def height(self, width: int, kit: Kit) -> int:
        most, _, size = self._per_line(width, kit)
        lines = max(1, -(-max(len(self.text), self.marked + 1) // most))
        return lines * size * 13 // 10

    def place(self, at: Rect, kit: Kit) -> Node:
        most, letter, size = self._per_line(at.w, kit)
        step = size * 13 // 10
        mark = Rect(at.x + self.marked % most * letter, at.y + self.marked // most * step, letter, step)
        parts: list[Node] = [Shape(mark, Tone.CAREFUL), Shape(Rect(mark.x, mark.bottom - 4, mark.w, 4), Tone.STOP)]
        letters = clusters(self.text)
        for i in range(0, len(letters), most):
            line = "".join(letters[i : i + most])
            rect = Rect(at.x, at.y + i // most * step, kit.measure.width(line, Face.DIGITS, size), step)
            parts.append(Words(rect, line, Face.DIGITS, size, Tone.INK, Role.BODY))
        return Group(at, tuple(parts))
