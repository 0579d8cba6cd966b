"""A placed tree becomes pixels. Where the picture before is known, only what differs from it is painted; rendered lines
are kept.
"""

from collections.abc import Iterator
from dataclasses import InitVar, dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import assert_never

import numpy as np
import pygame
import pygame.gfxdraw

from kiosk.ports import Pictures
from screens.art import Gallery, phases
from screens.changes import changes, extent, leaves, together
from screens.fonts import Fonts
from screens.geometry import Rect
from screens.look import ASCENT, Colour, Face, Theme, Tone
from screens.nodes import Drawing, Group, Leaf, Node, Pad, Photo, Scroller, Shape, Sign, SignKind, Target, Words, walk
from screens.photographs import NoPictures, Photographs

KEPT_LINES = 600
PHASE_SECONDS = 0.9


@dataclass(frozen=True, slots=True)
class Standing:
    """The picture that was painted last, on which surface, and which phase its moving parts were in."""

    surface: pygame.Surface
    tree: Node
    theme: Theme
    phase: int


@dataclass(slots=True)
class Painter:
    """Draws trees on a surface. `pictures` gives the pixels of camera and pages."""

    fonts: Fonts
    pictures: InitVar[Pictures | None] = None
    gallery: Gallery = field(default_factory=Gallery)
    _photographs: Photographs = field(init=False, repr=False)
    _standing: Standing | None = field(default=None, init=False, repr=False)
    _lines: dict[tuple[str, Face, int, Colour], pygame.Surface] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self, pictures: Pictures | None) -> None:
        self._photographs = Photographs(pictures or NoPictures())

    def paint(self, surface: pygame.Surface, tree: Node, theme: Theme, seconds: float = 0.0) -> None:
        """The whole picture."""
        self._standing = Standing(surface, tree, theme, int(seconds / PHASE_SECONDS))
        self._photographs.tidy()
        self._node(surface, tree, self._standing)

    def repaint(self, surface: pygame.Surface, tree: Node, theme: Theme, seconds: float = 0.0) -> list[Rect]:
        """What differs from the picture that this painter painted before, and where that is."""
        before = self._standing
        if before is None or before.surface is not surface or before.theme is not theme:
            self.paint(surface, tree, theme, seconds)
            return [tree.rect]
        now = Standing(surface, tree, theme, int(seconds / PHASE_SECONDS))
        self._standing = now
        marks = list(changes(before.tree, tree, tree.rect))
        special = list(leaves(tree, tree.rect, (Sign, Drawing, Photo)))
        marks += [at for leaf, at in special if self._moved(leaf, before, now)]
        # a smooth stroke that is cut by the clip would come out otherwise
        places = together(marks, [at for leaf, at in special if isinstance(leaf, Sign)])
        self._photographs.tidy()
        for place in places:
            surface.set_clip(_rect(place))
            self._node(surface, tree, now)
        surface.set_clip(None)
        return places

    def anew(self) -> None:
        """Whatever stands there, the next picture is painted whole."""
        self._standing = None

    def rehearse(self, tree: Node, theme: Theme) -> Iterator[None]:
        """Draw its pictures, to have them when they are painted; each is a step, of less than a tenth of a second."""
        for node in walk(tree):
            if isinstance(node, Drawing):
                for phase in range(phases(node.art) if node.moves else 1):
                    if self.gallery.rehearse(node.art, node.rect.w, node.rect.h, theme, phase):
                        yield

    def _moved(self, leaf: Leaf, before: Standing, now: Standing) -> bool:
        """Whether it looks otherwise although it is the same."""
        if isinstance(leaf, Photo):
            return self._photographs.changed(leaf)
        return isinstance(leaf, Drawing) and leaf.moves and before.phase != now.phase

    def forget(self) -> None:
        """Rendered lines and measures of this visit are dropped, its pages and its last picture."""
        self._lines.clear()
        self._photographs.forget()
        self.gallery.forget()
        self._standing = None
        self.fonts.forget()

    def _node(self, surface: pygame.Surface, node: Node, now: Standing) -> None:
        """As far as it can be seen: what lies beyond the surface's clip costs nothing."""
        match node:
            case Group(clip=True) | Scroller():
                before = surface.get_clip()
                seen = before.clip(_rect(node.rect))
                if seen.w and seen.h:
                    surface.set_clip(seen)
                    for part in node.parts:
                        self._node(surface, part, now)
                    surface.set_clip(before)
            case Group() | Target() | Pad():
                for part in node.parts:
                    self._node(surface, part, now)
            case _ if surface.get_clip().colliderect(_rect(extent(node))):
                self._leaf(surface, node, now)

    def _leaf(self, surface: pygame.Surface, node: Leaf, now: Standing) -> None:
        match node:
            case Words():
                self._words(surface, node, now.theme)
            case Shape():
                _shape(surface, node, now.theme)
            case Sign():
                _sign(surface, node, now.theme[node.tone])
            case Drawing():
                self._drawing(surface, node, now)
            case Photo():
                self._photo(surface, node, now.theme)
            case _:
                assert_never(node)

    def _drawing(self, surface: pygame.Surface, drawing: Drawing, now: Standing) -> None:
        at, phase = drawing.rect, now.phase if drawing.moves else 0
        surface.blit(self.gallery.draw(drawing.art, at.w, at.h, now.theme, phase), (at.x, at.y))

    def _words(self, surface: pygame.Surface, words: Words, theme: Theme) -> None:
        at, colour = words.letters, theme[words.tone]
        for x, text in words.runs or ((0, words.text),):
            line = self._line(text, words.face, words.size, colour)
            surface.blit(line, (at.x + x, at.y + (at.h - line.get_height()) // 2))
        for reading in words.readings:
            line = self._line(reading.text, Face.TEXT, reading.size, colour)
            surface.blit(line, (reading.rect.x, reading.rect.y + (reading.rect.h - line.get_height()) // 2))

    def _line(self, text: str, face: Face, size: int, colour: Colour) -> pygame.Surface:
        key = (text, face, size, colour)
        line = self._lines.pop(key, None) or self._rendered(text, face, size, colour)
        if len(self._lines) >= KEPT_LINES:  # the one that was not needed for the longest time
            del self._lines[next(iter(self._lines))]
        self._lines[key] = line
        return line

    def _rendered(self, text: str, face: Face, size: int, colour: Colour) -> pygame.Surface:
        """One line; runs of other faces stand on the same baseline."""
        drawn = []
        for run in self.fonts.runs(text, face):
            font = self.fonts.font(run.file, size)
            drawn.append((_underscored(font, run.text, colour), font.get_ascent()))
        if len(drawn) == 1:
            return drawn[0][0]
        height = round(size * 1.15)
        ascent = round(size * ASCENT) + (height - size) // 2  # where it is in a line of one face, which is `size` high
        line = pygame.Surface((sum(s.get_width() for s, _ in drawn) or 1, height), pygame.SRCALPHA)
        x = 0
        for part, above in drawn:
            line.blit(part, (x, ascent - above))
            x += part.get_width()
        return line

    def _photo(self, surface: pygame.Surface, photo: Photo, theme: Theme) -> None:
        at = photo.rect
        corner = max(4, at.h // 40) if photo.page is None else 0
        pygame.draw.rect(surface, theme[Tone.TRAY], _rect(at), border_radius=corner)
        if (pixels := self._photographs.surface(photo)) is None:
            return
        shown = at.centred(*pixels.get_size())
        surface.blit(pixels, (shown.x, shown.y))
        if len(photo.outline) == 4:
            corners = [(shown.x + x * shown.w, shown.y + y * shown.h) for x, y in photo.outline]
            colour = (77, 210, 126) if photo.good else theme[Tone.FOCUS]
            pygame.draw.lines(surface, colour, True, corners, max(4, at.h // 90))


def _underscored(font: pygame.font.Font, text: str, colour: Colour) -> pygame.Surface:
    """A rendered run. Its surface ends where these faces have their underscore, so that one is drawn by hand."""
    line = font.render(text, True, colour)
    thick = max(2, line.get_height() // 16)
    for i, character in enumerate(text):
        if character == "_":
            left, w = font.size(text[:i])[0], font.size("_")[0]
            pygame.draw.rect(line, colour, (left + 1, line.get_height() - thick, w - 2, thick))
    return line


def _rect(at: Rect) -> pygame.Rect:
    return pygame.Rect(at.x, at.y, at.w, at.h)


def _shape(surface: pygame.Surface, shape: Shape, theme: Theme) -> None:
    rect, radius = shape.rect, shape.radius
    if radius * 2 >= min(rect.w, rect.h) - 1 and rect.w == rect.h:
        _disc(surface, shape, theme)
        return
    if shape.line is not None and shape.line_px:
        _rounded(surface, rect, radius, theme[shape.line], hollow=shape.line_px <= radius)  # the rest is covered
        rect, radius = rect.inset(shape.line_px), max(0, radius - shape.line_px)
        _rounded(surface, rect, radius, theme[shape.fill or Tone.GROUND])
    elif shape.fill is not None:
        _rounded(surface, rect, radius, theme[shape.fill])


def _rounded(surface: pygame.Surface, at: Rect, radius: int, colour: Colour, *, hollow: bool = False) -> None:
    """A filled rectangle with smooth corners, no pixel of it twice. What a `hollow` one leaves out is further from the
    edges than its corners reach.
    """
    radius = min(radius, at.w // 2, at.h // 2)
    if radius <= 1:
        _filled(surface, _rect(at), colour)
        return
    disc = _round(2 * radius, colour)
    for x, left in ((at.x, 0), (at.right - radius, radius)):
        for y, top in ((at.y, 0), (at.bottom - radius, radius)):
            surface.blit(disc, (x, y), (left, top, radius, radius))
    for y in (at.y, at.bottom - radius):
        _filled(surface, pygame.Rect(at.x + radius, y, at.w - 2 * radius, radius), colour)
    high = at.h - 2 * radius
    if hollow:
        for x in (at.x, at.right - radius):
            _filled(surface, pygame.Rect(x, at.y + radius, radius, high), colour)
    else:
        _filled(surface, pygame.Rect(at.x, at.y + radius, at.w, high), colour)


def _filled(surface: pygame.Surface, rect: pygame.Rect, colour: Colour) -> None:
    """What of it is seen. `Surface.fill` alone would push down what begins above the surface, at its full height."""
    surface.fill(colour, rect.clip(surface.get_clip()))


def _disc(surface: pygame.Surface, shape: Shape, theme: Theme) -> None:
    at = shape.rect
    if shape.line is not None and shape.line_px:
        hole = 0 if shape.fill is not None else at.w - 2 * shape.line_px
        surface.blit(_round(at.w, theme[shape.line], hole), (at.x, at.y))
        at = at.inset(shape.line_px)
    if shape.fill is not None and at.w:
        surface.blit(_round(at.w, theme[shape.fill]), (at.x, at.y))


@lru_cache(maxsize=256)
def _round(diameter: int, colour: Colour, hole: int = 0) -> pygame.Surface:
    """A disc that fills its square to the last pixel and not beyond, each pixel as opaque as the disc covers it; a ring
    where there is a `hole`.
    """
    reach = np.arange(diameter) + 0.5 - diameter / 2
    away = np.hypot(reach[:, None], reach[None, :])
    covered = np.clip(diameter / 2 + 0.5 - away, 0.0, 1.0)
    if hole > 0:
        covered = np.minimum(covered, np.clip(away + 0.5 - hole / 2, 0.0, 1.0))
    disc = pygame.Surface((diameter, diameter), pygame.SRCALPHA)
    disc.fill(colour)
    pygame.surfarray.pixels_alpha(disc)[:] = np.rint(covered * 255).astype(np.uint8)
    return disc


SIGNS: dict[SignKind, tuple[tuple[tuple[float, float], ...], ...]] = {
    SignKind.CHECK: (((0.06, 0.54), (0.38, 0.86), (0.94, 0.16)),),
    SignKind.UP: (((0.1, 0.7), (0.5, 0.28), (0.9, 0.7)),),
    SignKind.DOWN: (((0.1, 0.3), (0.5, 0.72), (0.9, 0.3)),),
    SignKind.CROSS: (((0.15, 0.15), (0.85, 0.85)), ((0.85, 0.15), (0.15, 0.85))),
}


def _sign(surface: pygame.Surface, sign: Sign, colour: Colour) -> None:
    at = sign.rect
    thick = max(3, at.w // 8)
    for stroke in SIGNS[sign.kind]:
        points = [(at.x + x * at.w, at.y + y * at.h) for x, y in stroke]
        for begin, end in pairwise(points):
            thick_line(surface, begin, end, thick, colour)
        for x, y in points:
            surface.blit(_round(thick, colour), (round(x - thick / 2), round(y - thick / 2)))


def thick_line(
    surface: pygame.Surface, begin: tuple[float, float], end: tuple[float, float], thick: float, colour: Colour
) -> None:
    """A smooth straight stroke of any thickness."""
    (x1, y1), (x2, y2) = begin, end
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5 or 1.0
    dx, dy = (y2 - y1) / length * thick / 2, (x1 - x2) / length * thick / 2
    corners = [(x1 + dx, y1 + dy), (x2 + dx, y2 + dy), (x2 - dx, y2 - dy), (x1 - dx, y1 - dy)]
    pygame.gfxdraw.filled_polygon(surface, corners, colour)
    pygame.gfxdraw.aapolygon(surface, corners, colour)
