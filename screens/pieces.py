"""The things that stand on a screen: text, panels, patches, pictures."""

import re
from dataclasses import dataclass, field
from enum import Enum

from screens.art import Art
from screens.geometry import Rect
from screens.layout import Element, Kit
from screens.lettering import Style, line_of_words, moved
from screens.look import ASCENT, LABEL_WITH_READINGS, LEADING, SMALLEST, WITH_READINGS, Face, Role, Tone
from screens.nodes import Drawing, Group, Node, Photo, Shape
from screens.ruby import has_readings, plain

WORD = re.compile("[!-~]{2,}")


class Align(Enum):
    """Where a line begins."""

    LEFT = "left"
    MIDDLE = "middle"


@dataclass(frozen=True, slots=True)
class Text:
    """Sentences, broken to the width."""

    text: str = field(repr=False)
    role: Role = Role.BODY
    face: Face | None = None  # bold for titles, else the text face
    tone: Tone = Tone.INK
    align: Align = Align.LEFT
    verbatim: bool = False  # names and addresses: a line may end after any character
    grows: bool = False

    def drawn_with(self) -> Face:
        return self.face or (Face.BOLD if self.role is Role.TITLE else Face.TEXT)

    def _lines(self, width: int, kit: Kit) -> tuple[tuple[str, ...], int]:
        face = self.drawn_with()
        size = kit.size(self.role, face)
        if self.verbatim:
            return kit.name(self.text, face, size, width), size
        return kit.lines(self.text, face, size, width), size

    def _step(self, size: int, kit: Kit) -> tuple[int, int]:
        """From line to line, and how much of that is for readings: the same for all lines where one has any."""
        if not has_readings(self.text):
            return round(size * LEADING.get(self.role, 1.2)), 0
        return round(size * WITH_READINGS) + kit.above(size), kit.above(size)

    def baseline(self, kit: Kit) -> int:
        """Pixels from the top to the line on which the first letters stand."""
        size = kit.size(self.role, self.drawn_with())
        step, above = self._step(size, kit)
        return above + (step - above - size) // 2 + round(size * ASCENT)

    def natural(self, kit: Kit) -> int:
        face = self.drawn_with()
        return max(kit.line(line, face, kit.size(self.role, face)).width for line in self.text.split("\n"))

    def height(self, width: int, kit: Kit) -> int:
        return kit.height(self, width, self._high)

    def _high(self, width: int, kit: Kit) -> int:
        lines, size = self._lines(width, kit)
        return self._step(size, kit)[0] * len(lines)

    def place(self, at: Rect, kit: Kit) -> Node:
        return kit.once(self, at, self._placed)

    def _placed(self, at: Rect, kit: Kit) -> Node:
        lines, size = self._lines(at.w, kit)
        step, above = self._step(size, kit)
        style = Style(self.drawn_with(), size, self.tone, self.role)
        places = (Rect(at.x, at.y + i * step, at.w, step) for i in range(len(lines)))
        placed = (line_of_words(kit, line, place, style, above) for line, place in zip(lines, places, strict=True))
        if self.align is Align.LEFT:
            return Group(at, tuple(placed))
        return Group(at, tuple(moved(words, (at.w - words.rect.w) // 2) for words in placed))


@dataclass(frozen=True, slots=True)
class Fitted:
    """A label within a given rectangle: in up to `most` lines, smaller where it must be, never under 3.5 mm. `at_most`:
    no larger than so many pixels, the size of the labels beside it.
    """

    text: str = field(repr=False)
    role: Role
    face: Face = Face.TEXT
    tone: Tone = Tone.INK
    most: int = 2
    align: Align = Align.MIDDLE
    grows: bool = False
    at_most: int | None = None

    def natural(self, kit: Kit) -> int:
        size = kit.size(self.role, self.face)
        return max(kit.line(line, self.face, size).width for line in self.text.split("\n"))

    def height(self, width: int, kit: Kit) -> int:
        size = kit.size(self.role, self.face)
        lines = kit.lines(self.text, self.face, size, width)
        return sum(_high(line, size, kit) for line in lines[: self.most])

    def place(self, at: Rect, kit: Kit) -> Node:
        return kit.once(self, at, self._placed)

    def _placed(self, at: Rect, kit: Kit) -> Node:
        capital = kit.look.capital(self.role)
        while True:
            size = kit.measure.size(kit.px(capital), self.face)
            size = size if self.at_most is None else min(size, self.at_most)
            lines = kit.lines(self.text, self.face, size, at.w)
            high = sum(_high(line, size, kit) for line in lines)
            slack = 0 if has_readings(self.text) or len(lines) > 1 else size // 5  # air above and below the letters
            fits = len(lines) <= self.most and high <= at.h + slack and all(line in self.text for line in lines)
            if capital <= SMALLEST or (fits and not _torn(self.text, lines, kit)):
                break
            capital = max(SMALLEST, capital - 0.25)
        style = Style(self.face, size, self.tone, self.role)
        y = at.y + (at.h - high) // 2
        if len(lines) == 1 and has_readings(lines[0]):  # the letters stand as high as those of labels without readings
            y = max(at.y, y - kit.above(size) // 2)
        placed = []
        for line in lines:
            place = Rect(at.x, y, at.w, _high(line, size, kit))
            words = line_of_words(kit, line, place, style, kit.above(size) if has_readings(line) else 0)
            placed.append(moved(words, (at.w - words.rect.w) // 2) if self.align is Align.MIDDLE else words)
            y += place.h
        return Group(at, tuple(placed))


def _high(line: str, size: int, kit: Kit) -> int:
    """Of a label's line: only one with readings has room for them."""
    return round(size * LABEL_WITH_READINGS) + kit.above(size) if has_readings(line) else round(size * 1.2)


def _torn(text: str, lines: tuple[str, ...], kit: Kit) -> bool:
    """Whether a word is broken in two, or a short label has one lonely character on a line."""
    if len(lines) > 1 and any(len(plain(line).strip()) == 1 for line in lines):
        return True
    return kit.measure.torn(text, lines) or any(not any(word in line for line in lines) for word in WORD.findall(text))


@dataclass(frozen=True, slots=True)
class Whole:
    """What is not parted where it is longer than the glass: it scrolls as one."""

    child: Element
    grows: bool = False

    def natural(self, kit: Kit) -> int:
        return self.child.natural(kit)

    def height(self, width: int, kit: Kit) -> int:
        return self.child.height(width, kit)

    def place(self, at: Rect, kit: Kit) -> Node:
        return Group(at, (Shape(at), self.child.place(at, kit)))


class PatchKind(Enum):
    """Colour that says something, always with words."""

    FINE = "fine"
    CAREFUL = "careful"
    STOP = "stop"


PATCHES = {
    PatchKind.FINE: (Tone.FINE, Tone.INK),
    PatchKind.CAREFUL: (Tone.CAREFUL, Tone.INK),
    PatchKind.STOP: (Tone.STOP, Tone.ON_STOP),
}


@dataclass(frozen=True, slots=True)
class Boxed:
    """Something on a quiet panel, or on the colour `fill`. In black and white, where that cannot be seen, a rule stands
    at its left, for frames are what can be touched: a thick one at what asks for care.
    """

    child: Element
    fill: Tone = Tone.PANEL
    padding: float = 4.0
    grows: bool = False
    centred: bool = False  # what is lower than its panel stands in the middle of its height
    sides: float = 0.0  # left and right, where that is more than the padding

    def natural(self, kit: Kit) -> int:
        return self.child.natural(kit) + 2 * self._side(kit)

    def _side(self, kit: Kit) -> int:
        return kit.px(max(self.padding, self.sides))

    def height(self, width: int, kit: Kit) -> int:
        return self.child.height(width - 2 * self._side(kit), kit) + round(1.6 * kit.px(self.padding))

    def place(self, at: Rect, kit: Kit) -> Node:
        ground = Shape(at, self.fill, radius=kit.px(kit.look.theme.panel_corner))
        inner = at.inset(self._side(kit), round(0.8 * kit.px(self.padding)))
        if self.centred:
            inner = inner.centred(inner.w, min(inner.h, self.child.height(inner.w, kit)))
        return Group(at, (ground, *self._rule(at, kit), self.child.place(inner, kit)))

    def _rule(self, at: Rect, kit: Kit) -> tuple[Shape, ...]:
        if not kit.look.preferences.high_contrast or self.fill is Tone.GROUND:
            return ()
        thick = kit.px(1.4 if self.fill in {Tone.CAREFUL, Tone.STOP} else 0.5)
        return (Shape(Rect(at.x, at.y, thick, at.h), Tone.FRAME),)


@dataclass(frozen=True, slots=True)
class Patch:
    """A short sentence on green, amber or red, as wide as it needs."""

    text: str = field(repr=False)
    kind: PatchKind
    role: Role = Role.BODY
    grows: bool = False
    face: Face = Face.BOLD
    padding: float = 3.0
    sides: float = 0.0

    def _boxed(self) -> Boxed:
        fill, ink = PATCHES[self.kind]
        return Boxed(Text(self.text, self.role, self.face, ink), fill, self.padding, sides=self.sides)

    def natural(self, kit: Kit) -> int:
        return self._boxed().natural(kit)

    def height(self, width: int, kit: Kit) -> int:
        return self._boxed().height(min(width, self.natural(kit)), kit)

    def place(self, at: Rect, kit: Kit) -> Node:
        return self._boxed().place(Rect(at.x, at.y, min(at.w, self.natural(kit)), at.h), kit)


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing of `screens.art`, at least and at most so high; it takes what is left over."""

    art: Art
    least: float = 25.0
    most: float = 200.0
    moves: bool = False
    grows: bool = True

    def natural(self, kit: Kit) -> int:
        return kit.px(self.least)

    def height(self, width: int, kit: Kit) -> int:  # noqa: ARG002
        return kit.px(self.least)

    def place(self, at: Rect, kit: Kit) -> Node:
        shown = at.centred(at.w, min(at.h, kit.px(self.most * kit.look.ampleness)))
        return Drawing(shown, self.art, self.moves and not kit.look.preferences.reduced_motion)


@dataclass(frozen=True, slots=True)
class Photograph:
    """A page by its number, or the live view (None) with the outline of the paper; in its frame as large as fits."""

    page: int | None
    outline: tuple[tuple[float, float], ...] = ()
    good: bool = False
    least: float = 30.0
    grows: bool = True

    def natural(self, kit: Kit) -> int:
        return kit.px(self.least)

    def height(self, width: int, kit: Kit) -> int:  # noqa: ARG002
        return kit.px(self.least)

    def place(self, at: Rect, kit: Kit) -> Node:  # noqa: ARG002
        return Photo(at, self.page, self.outline, self.good)
