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
    """An address in the fixed-width face, broken before its @ or anywhere, with the character at `marked` on amber and
    underlined.
    """

    text: str = field(repr=False)
    marked: int
    grows: bool = False

    def _letter(self, kit: Kit) -> tuple[int, int]:
        """Width and size of a letter in pixels."""
        size = kit.size(Role.BODY, Face.DIGITS)
        return max(1, kit.measure.width("0", Face.DIGITS, size)), size

    def _lines(self, width: int, kit: Kit) -> list[list[str]]:
        """At least one; the mark stands on one of them, or behind the last letter."""
        most, letters = max(1, width // self._letter(kit)[0]), clusters(self.text)
        letters += [""] * (self.marked + 1 - len(letters))
        before = letters.index("@") if "@" in letters else 0
        if len(letters) > most and 0 < before <= most and len(letters) - before <= most:
            return [letters[:before], letters[before:]]
        return [letters[i : i + most] for i in range(0, len(letters), most)]

    def natural(self, kit: Kit) -> int:
        return kit.measure.width(self.text, Face.DIGITS, kit.size(Role.BODY, Face.DIGITS))

    def height(self, width: int, kit: Kit) -> int:
        return len(self._lines(width, kit)) * (self._letter(kit)[1] * 13 // 10)

    def place(self, at: Rect, kit: Kit) -> Node:
        letter, size = self._letter(kit)
        step, begin, y = size * 13 // 10, 0, at.y
        parts: list[Node] = []
        for line in self._lines(at.w, kit):
            if begin <= self.marked < begin + len(line):
                mark = Rect(at.x + (self.marked - begin) * letter, y, letter, step)
                contrast = kit.look.preferences.high_contrast  # amber is black there
                under = Rect(mark.x, mark.bottom - 4, mark.w, 4)
                framed_in = (
                    Shape(mark.inset(-3, 0), Tone.GROUND, Tone.FRAME, 2) if contrast else Shape(mark, Tone.CAREFUL)
                )
                parts += [framed_in, Shape(under, Tone.INK if contrast else Tone.STOP)]
            text = "".join(line)
            if text:
                rect = Rect(at.x, y, kit.measure.width(text, Face.DIGITS, size), step)
                parts.append(Words(rect, text, Face.DIGITS, size, Tone.INK, Role.BODY))
            begin, y = begin + len(line), y + step
        return Group(at, tuple(parts))
