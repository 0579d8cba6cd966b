"""The placed tree: what stands where on the glass, in pixels. It serves the eye (paint), the finger (targets), the
voice and the checks.

The order of the tree is the reading order. Nodes carry meanings of colours (`Tone`), not colours.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from kiosk.events import Event
from kiosk.visit import Box
from screens.art import Art
from screens.geometry import Rect
from screens.look import Face, Role, Tone


@dataclass(frozen=True, slots=True)
class Scrolled:
    """Not for the visit: show the next (1) or the previous (-1) part of what is longer than the glass."""

    by: int


@dataclass(frozen=True, slots=True)
class LayerShown:
    """Not for the visit: show another set of keys of the same keyboard."""

    name: str


Act = Event | Scrolled | LayerShown
"""What a target does: an event for the visit, or something that only the glass knows."""


class SignKind(Enum):
    """Signs that are drawn, because a font may not have them."""

    CHECK = "check"
    UP = "up"
    DOWN = "down"
    CROSS = "cross"


@dataclass(frozen=True, slots=True)
class Reading:
    """Furigana of a part of a line, with its face's size in pixels."""

    rect: Rect
    text: str = field(repr=False)
    size: int


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text, its readings included. `size` is the face's size in pixels.

    The letters stand in the middle of what is left of the height below the `above` pixels that readings need. `runs`
    tells where they are set apart for long readings: pixels from the left, and the letters that begin there.
    """

    rect: Rect
    text: str = field(repr=False)
    face: Face
    size: int
    tone: Tone
    role: Role
    above: int = 0
    runs: tuple[tuple[int, str], ...] = field(default=(), repr=False)
    readings: tuple[Reading, ...] = ()

    @property
    def letters(self) -> Rect:
        """The rectangle without the room for readings."""
        return Rect(self.rect.x, self.rect.y + self.above, self.rect.w, self.rect.h - self.above)


@dataclass(frozen=True, slots=True)
class Shape:
    """A filled or framed rectangle with round corners; `radius` half of its height makes a disc. Where there is a
    `dash`, the frame is made of pieces about so long.
    """

    rect: Rect
    fill: Tone | None = None
    line: Tone | None = None
    line_px: int = 0
    radius: int = 0
    dash: int = 0


@dataclass(frozen=True, slots=True)
class Sign:
    """A drawn sign."""

    rect: Rect
    kind: SignKind
    tone: Tone


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture of `screens.art`. One that moves is painted again while the glass waits."""

    rect: Rect
    art: Art
    moves: bool = False


@dataclass(frozen=True, slots=True)
class Photo:
    """Pixels that never pass through the visit: a page by number (or the `still` in which it was found), or the live
    view (None); with the outline. Of a page a `part` may be shown, which may reach beyond it.
    """

    rect: Rect
    page: int | None
    outline: tuple[tuple[float, float], ...] = ()
    good: bool = False
    still: bool = False
    part: Box | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Parts in reading order; where `clip`, nothing of them is drawn or touched outside of the rectangle.

    What is `kept` is shown whole where it scrolls, although nothing may stand there yet.
    """

    rect: Rect
    parts: tuple["Node", ...]
    clip: bool = False
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Scroller:
    """Parts longer than their place, moved by `offset` already; `pages` are the offsets at which a part begins.

    `rect` is what is seen of them, `place` where a finger takes them along.
    """

    rect: Rect
    parts: tuple["Node", ...]
    offset: int
    pages: tuple[int, ...]
    place: Rect

    @property
    def at_end(self) -> bool:
        return self.offset >= self.pages[-1]

    def beside(self, by: int) -> int:
        """The offset of the next (1) or the previous (-1) part."""
        others = [page for page in self.pages if (page > self.offset if by > 0 else page < self.offset)]
        return (others[0] if by > 0 else others[-1]) if others else self.offset


@dataclass(frozen=True, slots=True)
class Target:
    """What can be touched. `label` is what the voice says; `lights`: a touch shows; `held`: two seconds are meant.

    A `key` may be touched twice in quick succession; a `dim` target cannot act yet and says so.
    """

    rect: Rect
    act: Act
    label: str = field(repr=False)
    parts: tuple["Node", ...] = ()
    lights: bool = True
    held: bool = False
    primary: bool = False
    key: bool = False
    dim: bool = False


@dataclass(frozen=True, slots=True)
class Pad:
    """Where a finger draws: all that it does there is the visit's, as fractions of the rectangle."""

    rect: Rect
    label: str = field(repr=False)
    parts: tuple["Node", ...] = ()


Leaf = Words | Shape | Sign | Drawing | Photo
Parted = Group | Scroller | Target | Pad
Node = Leaf | Parted


def walk(node: Node) -> Iterator[Node]:
    """The node and everything in it, in reading order."""
    waiting = [node]
    while waiting:
        found = waiting.pop()
        yield found
        if isinstance(found, Parted):
            waiting.extend(reversed(found.parts))


def targets(node: Node, seen: Rect | None = None) -> Iterator[tuple[Target, Rect]]:
    """Targets in reading order, each with the part of it that can be touched."""
    seen = seen or node.rect
    match node:
        case Target():
            within = node.rect.common(seen)
            if within.w and within.h:
                yield node, within
        case Group(clip=True) | Scroller():
            for part in node.parts:
                yield from targets(part, seen.common(node.rect))
        case Group() | Pad():
            for part in node.parts:
                yield from targets(part, seen)
        case _:
            pass


def touchable(node: Node, within: Rect) -> bool:
    """Whether something in it can be touched there."""
    return any(isinstance(part, Target) and part.rect.overlaps(within) for part in walk(node))


def scroller(node: Node) -> Scroller | None:
    """What scrolls on this picture; at most one."""
    return next((n for n in walk(node) if isinstance(n, Scroller)), None)


def pad(node: Node) -> Pad | None:
    """Where a finger draws on this picture; at most one place."""
    return next((n for n in walk(node) if isinstance(n, Pad)), None)


def moves(node: Node) -> bool:
    """Whether the picture changes by itself."""
    return any((isinstance(n, Drawing) and n.moves) or (isinstance(n, Photo) and n.page is None) for n in walk(node))


def spoken(node: Node) -> tuple[str, ...]:
    """What is read aloud, in order: lines, and the labels of targets in place of what stands on them."""
    if isinstance(node, Target | Pad):
        return (node.label,)
    if isinstance(node, Words):
        return (node.text,)
    return tuple(line for part in getattr(node, "parts", ()) for line in spoken(part))
