"""The two addresses are not the same: both, one under the other, with the first difference marked."""

from dataclasses import dataclass, field

from kiosk.events import Action
from kiosk.views import AddressDiffersView, Chrome
from screens.filling import clusters
from screens.frame import framed, primary
from screens.geometry import Rect
from screens.layout import Column, Element, Fixed, Kit, Row
from screens.look import Face, Role, Tone
from screens.naming import address_lines
from screens.nodes import Group, Node, Shape, Words
from screens.pieces import Boxed, Text


def arrange_address_differs(view: AddressDiffersView, chrome: Chrome, kit: Kit) -> Node:
    """RETRY types both again. The two are compared: they are seen together at every text size."""
    both = tuple(zip(NAMES, (view.first, view.again), strict=True))
    body, quiet = ([_written(kit, name, text, view.parting, role) for name, text in both] for role in ROLES)
    stacked = tuple(Column(one, 1.0) for one in body)
    return framed(
        kit,
        chrome,
        title=kit.say("address_differs.title"),
        lead=kit.say("address_differs.lead"),
        body=(
            Column(tuple(Boxed(one) for one in stacked)),
            Boxed(Column(stacked, 1.0), padding=2.0),
            *(
                Boxed(Column(tuple(Row(one, 4.0, (0, 1), centred=False) for one in role), 1.5), padding=2.0)
                for role in (body, quiet)
            ),
            _line_by_line(kit, view),
        ),
        main=primary(kit.say("address_differs.retry"), Action.RETRY),
    )


NAMES = ("first", "again")
ROLES = (Role.BODY, Role.QUIET)
AT_ONCE = 24
"""Letters of an address that is longer than the glass, on one line of a part."""


def _written(kit: Kit, name: str, text: str, parting: int, role: Role) -> tuple[Element, Element]:
    """Both labels are as wide as the wider one: the addresses begin one above the other."""
    label, other = (Text(kit.say(f"address_differs.{each}"), Role.QUIET) for each in (name, *{*NAMES} - {name}))
    wide = kit.look.mm(max(label.natural(kit), other.natural(kit)))
    return Fixed(label, wide), MarkedAddress(text, parting, role)


def _line_by_line(kit: Kit, view: AddressDiffersView) -> Element:
    """Longer than the glass: so many letters of the one above the same letters of the other."""
    pairs = []
    for begin in range(0, max(len(view.first), len(view.again)), AT_ONCE):
        marked = view.parting - begin
        both = (
            _written(kit, name, text[begin : begin + AT_ONCE], marked if marked < AT_ONCE else -1, Role.QUIET)
            for name, text in zip(NAMES, (view.first, view.again), strict=True)
        )
        pairs.append(Boxed(Column(tuple(Row(one, 4.0, (0, 1)) for one in both), 1.0), padding=2.0))
    return Column(tuple(pairs), 2.0)


@dataclass(frozen=True, slots=True)
class MarkedAddress:
    """An address in the fixed-width face, with the character at `marked` on amber and underlined."""

    text: str = field(repr=False)
    marked: int
    role: Role = Role.BODY
    grows: bool = False

    def _letter(self, kit: Kit) -> tuple[int, int]:
        """Width and size of a letter in pixels."""
        size = kit.size(self.role, Face.DIGITS)
        return max(1, kit.measure.width("0", Face.DIGITS, size)), size

    def _lines(self, width: int, kit: Kit) -> list[list[str]]:
        """At least one; the mark stands on one of them, or behind the last letter."""
        most = max(1, width // self._letter(kit)[0])
        lines = [clusters(line) for line in address_lines(self.text, most, len)]
        behind = self.marked == sum(map(len, lines))
        if behind and len(lines[-1]) == most:
            lines.append([])
        if behind:
            lines[-1].append("")
        return lines

    def natural(self, kit: Kit) -> int:
        return kit.measure.width(self.text, Face.DIGITS, kit.size(self.role, Face.DIGITS))

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
                parts.append(Words(rect, text, Face.DIGITS, size, Tone.INK, self.role))
            begin, y = begin + len(line), y + step
        return Group(at, tuple(parts))
