"""A placed tree becomes pixels. Where the picture before is known, only what differs from it is painted; rendered lines
are kept.
"""

from collections.abc import Iterator
from dataclasses import InitVar, dataclass, field
from typing import assert_never

import pygame

from kiosk.ports import Pictures
from screens.art import Gallery, phases
from screens.changes import changes, extent, leaves, together
from screens.fonts import Fonts
from screens.geometry import Rect
from screens.lines import Lines
from screens.look import Face, Theme, Tone
from screens.nodes import Drawing, Group, Leaf, Node, Pad, Photo, Scroller, Shape, Sign, Target, Words, walk
from screens.photographs import NoPictures, Photographs
from screens.shapes import draw_shape, draw_sign, fill, round_off

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
    _lines: Lines = field(init=False, repr=False)

    def __post_init__(self, pictures: Pictures | None) -> None:
        self._photographs, self._lines = Photographs(pictures or NoPictures()), Lines(self.fonts)

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

    @property
    def kept(self) -> int:
        """Bytes of all that it keeps of what it has painted: lines, drawings and photographs."""
        return self._lines.kept + self.gallery.kept + self._photographs.kept

    def _moved(self, leaf: Leaf, before: Standing, now: Standing) -> bool:
        """Whether it looks otherwise although it is the same."""
        if isinstance(leaf, Photo):
            return self._photographs.changed(leaf)
        return isinstance(leaf, Drawing) and leaf.moves and before.phase != now.phase

    def forget(self) -> None:
        """Rendered lines and measures of this visit are dropped, its pages and its last picture."""
        self._lines.forget()
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
                draw_shape(surface, node, now.theme)
            case Sign():
                draw_sign(surface, node, now.theme[node.tone])
            case Drawing():
                self._drawing(surface, node, now)
            case Photo():
                self._photo(surface, node, now.theme)
            case _:
                assert_never(node)

    def _drawing(self, surface: pygame.Surface, drawing: Drawing, now: Standing) -> None:
        at, phase = drawing.rect, now.phase if drawing.moves else 0
        drawn = self.gallery.draw(drawing.art, at.w, at.h, now.theme, phase)
        shown = at.centred(*drawn.get_size())
        surface.blit(drawn, (shown.x, shown.y))

    def _words(self, surface: pygame.Surface, words: Words, theme: Theme) -> None:
        at, colour = words.letters, theme[words.tone]
        for x, text in words.runs or ((0, words.text),):
            line = self._lines.line(text, words.face, words.size, colour)
            surface.blit(line, (at.x + x, at.y + (at.h - line.get_height()) // 2))
        for reading in words.readings:
            line = self._lines.line(reading.text, Face.TEXT, reading.size, colour)
            surface.blit(line, (reading.rect.x, reading.rect.y + (reading.rect.h - line.get_height()) // 2))

    def _photo(self, surface: pygame.Surface, photo: Photo, theme: Theme) -> None:
        """Pages have the corners of paper; what the camera sees is a window with round ones."""
        at, pixels = photo.rect, self._photographs.surface(photo)
        if pixels is None or pixels.get_size() != (at.w, at.h):  # else it is covered
            fill(surface, at, theme[Tone.TRAY])
        shown = at.centred(*pixels.get_size()) if pixels is not None else at
        if pixels is not None:
            surface.blit(pixels, (shown.x, shown.y))
        if photo.page is None or photo.still:
            round_off(surface, at, max(4, at.h // 40), theme[Tone.GROUND])
        if pixels is None:
            return
        if len(photo.outline) == 4:
            corners = [(shown.x + x * shown.w, shown.y + y * shown.h) for x, y in photo.outline]
            thick = max(4, at.h // 90) if photo.good else max(2, at.h // 180)
            pygame.draw.lines(surface, theme[Tone.TRAY], True, corners, thick + 4)  # it is seen on white paper, too
            pygame.draw.lines(surface, theme[Tone.FOUND if photo.good else Tone.FOCUS], True, corners, thick)


def _rect(at: Rect) -> pygame.Rect:
    return pygame.Rect(at.x, at.y, at.w, at.h)
