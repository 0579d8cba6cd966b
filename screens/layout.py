"""How things are put beside and under one another.

An `Element` is something not yet placed: it knows how wide it would like to be, how high it becomes at a given width,
and how to make placed nodes of itself. Elements are frozen values; everything they need (millimetres, words, the
fonts' measure, what is pressed) is in the `Kit`. Gaps are in millimetres, rectangles in pixels.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Protocol

from screens.geometry import Rect
from screens.look import Face, Look, Role
from screens.nodes import Act, Group, Node
from screens.ruby import LEAST_MM, RATIO, TUCKED, Line, has_readings

KEPT_PLACES, KEPT_TREES = 8000, 64


class Measure(Protocol):
    """The painter's own fonts, as far as placing needs them."""

    def size(self, capital_px: int, face: Face = Face.TEXT) -> int: ...

    def width(self, text: str, face: Face, size: int) -> int: ...

    def line(self, text: str, face: Face, size: int, reading: int) -> Line: ...

    def missing(self, text: str) -> bool: ...

    def lines(
        self, text: str, face: Face, size: int, reading: int, width: int, *, verbatim: bool
    ) -> tuple[str, ...]: ...

    def torn(self, text: str, lines: tuple[str, ...]) -> bool: ...


@dataclass(frozen=True, slots=True)
class Touch:
    """What the window itself knows: the pressed target, how far a long text is moved, which layer of keys is shown."""

    pressed: Act | None = None
    scroll: int = 0
    layer: str = ""
    seconds_left: int | None = None
    held: float = 0.0


class Kept:
    """What was placed before. Most of a picture is the same after a touch: words, keys, the header."""

    def __init__(self) -> None:
        self._look: Look | None = None
        self.nodes: dict[Hashable, Node] = {}
        self.heights: dict[Hashable, int] = {}
        self._trees: dict[Hashable, Node] = {}

    def standing_for(self, look: Look) -> "Kept":
        """Without what was placed with another look, or has become too much."""
        if look is not self._look or len(self.nodes) + len(self.heights) >= KEPT_PLACES:
            self.forget()
            self._look = look
        return self

    def forget(self) -> None:
        """Drop everything: it holds the visitor's words."""
        self._look = None
        self.nodes.clear()
        self.heights.clear()
        self._trees.clear()

    def tree(self, scene: Hashable, touch: Touch, place: Callable[[], Node]) -> Node:
        """A whole picture: who closes what lay over it, or turns a page back, sees it again."""
        key = (scene, touch)
        found = self._trees.pop(key, None) or place()
        if len(self._trees) >= KEPT_TREES:  # the one that was not needed for the longest time
            del self._trees[next(iter(self._trees))]
        self._trees[key] = found
        return found


@dataclass(frozen=True, slots=True)
class Kit:
    """Everything that placing needs."""

    look: Look
    measure: Measure
    touch: Touch = Touch()
    kept: Kept = field(default_factory=Kept, repr=False)

    def px(self, mm: float) -> int:
        return self.look.px(mm)

    def say(self, key: str, **values: object) -> str:
        return self.look.say(key, **values)

    def size(self, role: Role, face: Face = Face.TEXT) -> int:
        """Size of a face in pixels for this role at the visitor's text size."""
        return self.measure.size(self.px(self.look.capital(role)), face)

    def reading(self, size: int) -> int:
        """Size in pixels of the furigana over letters of this size."""
        return max(round(size * RATIO), self.measure.size(self.px(LEAST_MM)))

    def above(self, size: int) -> int:
        """Height in pixels that these furigana need above the letters."""
        return self.reading(size) - round(size * TUCKED)

    def line(self, text: str, face: Face, size: int) -> Line:
        """One line, with its furigana."""
        return self.measure.line(text, face, size, self.reading(size) if has_readings(text) else 0)

    def lines(self, text: str, face: Face, size: int, width: int) -> tuple[str, ...]:
        """Sentences broken to the width in pixels."""
        reading = self.reading(size) if has_readings(text) else 0
        return self.measure.lines(text, face, size, reading, max(1, width), verbatim=False)

    def name(self, text: str, face: Face, size: int, width: int) -> tuple[str, ...]:
        """The same for a name or an address, which is nobody's sentence."""
        return self.measure.lines(text, face, size, 0, max(1, width), verbatim=True)

    def once(self, element: "Element", at: Rect, place: Callable[[Rect, "Kit"], Node], *state: Hashable) -> Node:
        """The same element at the same place in the same `state` is the same node, as long as the look is the same."""
        key, nodes = (element, at, *state), self.kept.nodes
        found = nodes.get(key)
        if found is None:
            found = nodes[key] = place(at, self)
        return found

    def height(self, element: "Element", width: int, measure: Callable[[int, "Kit"], int]) -> int:
        """Of the same element at the same width."""
        key, heights = (element, width), self.kept.heights
        found = heights.get(key)
        if found is None:
            found = heights[key] = measure(width, self)
        return found


class Element(Hashable, Protocol):
    """Something to be placed. One that `grows` takes what height is left over in a column."""

    @property
    def grows(self) -> bool: ...

    def natural(self, kit: Kit) -> int:
        """Width in pixels that it would like."""

    def height(self, width: int, kit: Kit) -> int:
        """Height in pixels at this width."""

    def place(self, at: Rect, kit: Kit) -> Node: ...


@dataclass(frozen=True, slots=True)
class Column:
    """One under the other. Leftover height goes to children that grow; without any it stays below."""

    children: tuple[Element, ...]
    gap: float = 3.0
    grows: bool = False

    def natural(self, kit: Kit) -> int:
        return max((child.natural(kit) for child in self.children), default=0)

    def height(self, width: int, kit: Kit) -> int:
        gaps = kit.px(self.gap) * max(0, len(self.children) - 1)
        return sum(child.height(width, kit) for child in self.children) + gaps

    def place(self, at: Rect, kit: Kit) -> Node:
        spare = max(0, at.h - self.height(at.w, kit))
        growing = sum(child.grows for child in self.children)
        y, parts = at.y, []
        for child in self.children:
            h = child.height(at.w, kit)
            if child.grows:
                h += spare // growing
            parts.append(child.place(Rect(at.x, y, at.w, h), kit))
            y += h + kit.px(self.gap)
        return Group(at, tuple(parts))


@dataclass(frozen=True, slots=True)
class Row:
    """Side by side. `shares` divides the width (same for all when empty; 0 means as wide as it likes)."""

    children: tuple[Element, ...]
    gap: float = 3.0
    shares: tuple[float, ...] = ()
    grows: bool = False
    centred: bool = True

    def natural(self, kit: Kit) -> int:
        return sum(child.natural(kit) for child in self.children) + kit.px(self.gap) * max(0, len(self.children) - 1)

    def widths(self, width: int, kit: Kit) -> list[int]:
        """Of the children, in pixels."""
        shares = self.shares or (1.0,) * len(self.children)
        free = width - kit.px(self.gap) * (len(self.children) - 1)
        fixed = [0 if share else child.natural(kit) for child, share in zip(self.children, shares, strict=True)]
        free -= sum(fixed)
        whole = sum(shares) or 1
        return [own or int(free * share / whole) for own, share in zip(fixed, shares, strict=True)]

    def height(self, width: int, kit: Kit) -> int:
        return max((c.height(w, kit) for c, w in zip(self.children, self.widths(width, kit), strict=True)), default=0)

    def place(self, at: Rect, kit: Kit) -> Node:
        x, parts = at.x, []
        for child, w in zip(self.children, self.widths(at.w, kit), strict=True):
            h = at.h if child.grows else child.height(w, kit)
            y = at.y + (at.h - h) // 2 if self.centred else at.y
            parts.append(child.place(Rect(x, y, w, h), kit))
            x += w + kit.px(self.gap)
        return Group(at, tuple(parts))


@dataclass(frozen=True, slots=True)
class Beside:
    """Left and right on a wide panel (`right_mm` wide on the smallest one), one under the other on an upright one.
    Where `right_first`, the right one is said before what can be touched at its left.
    """

    left: Element
    right: Element
    right_mm: float
    gap: float = 6.0
    grows: bool = False
    right_first: bool = False

    def _split(self, kit: Kit) -> Row | Column:
        if kit.look.upright:
            return Column((self.left, self.right), self.gap, self.grows)
        return Row(
            (self.left, Fixed(self.right, self.right_mm * kit.look.ampleness)),
            self.gap,
            (1, 0),
            self.grows,
            centred=False,
        )

    def natural(self, kit: Kit) -> int:
        return self._split(kit).natural(kit)

    def height(self, width: int, kit: Kit) -> int:
        return self._split(kit).height(width, kit)

    def place(self, at: Rect, kit: Kit) -> Node:
        placed = self._split(kit).place(at, kit)
        first = self.right_first and not kit.look.upright
        return Group(at, placed.parts[::-1]) if first and isinstance(placed, Group) else placed


@dataclass(frozen=True, slots=True)
class Fixed:
    """An element of a fixed width in millimetres."""

    child: Element
    width_mm: float

    @property
    def grows(self) -> bool:
        return self.child.grows

    def natural(self, kit: Kit) -> int:
        return kit.px(self.width_mm)

    def height(self, width: int, kit: Kit) -> int:
        return self.child.height(width, kit)

    def place(self, at: Rect, kit: Kit) -> Node:
        return self.child.place(at, kit)


@dataclass(frozen=True, slots=True)
class Space:
    """Nothing, at least `mm` high, and all that is left over."""

    mm: float = 0.0
    grows: bool = True

    def natural(self, kit: Kit) -> int:  # noqa: ARG002
        return 0

    def height(self, width: int, kit: Kit) -> int:  # noqa: ARG002
        return kit.px(self.mm) if self.mm else 0

    def place(self, at: Rect, kit: Kit) -> Node:  # noqa: ARG002
        return Group(at, ())


def grid(children: tuple[Element, ...], columns: int, gap: float = 3.0) -> Column:
    """Rows of so many equal columns; the last row is filled up with nothing."""
    rows = [children[i : i + columns] for i in range(0, len(children), columns)]
    return Column(tuple(Row((*row, *(Space(),) * (columns - len(row))), gap) for row in rows), gap)
