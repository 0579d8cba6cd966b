"""Filled and framed rectangles with smooth corners, discs, and drawn signs.

Only the corners of a shape are blended, and these are kept; all else is whole pixels of one colour, written through
numpy: SDL's own fill stores past the cache and stumbles over rows that begin or end within a cache line, which makes
a button ten times as expensive on a desktop's processor.
"""

from collections.abc import Iterator
from itertools import pairwise, product

import numpy as np
import pygame
import pygame.gfxdraw

from screens.geometry import Rect
from screens.look import Colour, Theme, Tone
from screens.nodes import Shape, Sign, SignKind
from screens.surfaces import CORNERS_BYTES, Surfaces

Band = tuple[int, int, int, int, Colour]

_CORNERS: Surfaces[tuple[int, int, Colour, Colour]] = Surfaces(CORNERS_BYTES // 2)
_ROUND: Surfaces[tuple[int, Colour, int]] = Surfaces(CORNERS_BYTES // 2)
"""Nobody's: measures and colours."""


def draw_shape(surface: pygame.Surface, shape: Shape, theme: Theme) -> None:
    """As far as it lies within the surface's clip."""
    at, radius = shape.rect, shape.radius
    if radius * 2 >= min(at.w, at.h) - 1 and at.w == at.h:
        _disc(surface, shape, theme)
    elif shape.line is not None and shape.line_px:
        _framed(surface, at, radius, shape.line_px, theme[shape.line], theme[shape.fill or Tone.GROUND], shape.dash)
    elif shape.fill is not None:
        _framed(surface, at, radius, 0, theme[shape.fill], theme[shape.fill])


def fill(surface: pygame.Surface, at: Rect, colour: Colour) -> None:
    """A plain rectangle."""
    _write(surface, at, [(at.x, at.y, at.w, at.h, colour)])


def round_off(surface: pygame.Surface, at: Rect, radius: int, ground: Colour) -> None:
    """What stands in the rectangle gets smooth corners; behind it lies `ground`."""
    disc = pygame.surfarray.pixels_alpha(_round(2 * radius, ground))
    corners = pygame.Surface((2 * radius, 2 * radius), pygame.SRCALPHA)
    corners.fill(ground)
    pygame.surfarray.pixels_alpha(corners)[:] = 255 - disc
    for right, low in product((False, True), repeat=2):
        x, y = at.right - radius if right else at.x, at.bottom - radius if low else at.y
        surface.blit(corners, (x, y), (radius * right, radius * low, radius, radius))


def _framed(
    surface: pygame.Surface, at: Rect, radius: int, thick: int, line: Colour, inner: Colour, dash: int = 0
) -> None:
    """No pixel of it twice."""
    if 2 * thick >= min(at.w, at.h):  # nothing but frame
        thick, inner = 0, line
    radius = min(radius, at.w // 2, at.h // 2)
    radius = radius if radius > 1 else 0
    if radius:
        corners = _corners(radius, thick, line, inner)
        right, bottom = at.right - radius, at.bottom - radius
        surface.blits(
            (
                (corners, (at.x, at.y), (0, 0, radius, radius)),
                (corners, (right, at.y), (radius, 0, radius, radius)),
                (corners, (at.x, bottom), (0, radius, radius, radius)),
                (corners, (right, bottom), (radius, radius, radius, radius)),
            ),
            doreturn=False,
        )
    _write(surface, at, _bands(at, radius, thick, line, inner, dash))


def _bands(at: Rect, radius: int, thick: int, line: Colour, inner: Colour, dash: int) -> Iterator[Band]:
    """What is between and beside the corners."""
    wide, high = at.w - 2 * radius, at.h - 2 * radius
    if thick:
        for begin, length, colour in _dashes(wide, line, inner, dash):
            yield at.x + radius + begin, at.y, length, thick, colour
            yield at.x + radius + begin, at.bottom - thick, length, thick, colour
        for begin, length, colour in _dashes(high, line, inner, dash):
            yield at.x, at.y + radius + begin, thick, length, colour
            yield at.right - thick, at.y + radius + begin, thick, length, colour
    deep = max(0, radius - thick)
    if deep:
        yield at.x + radius, at.y + thick, wide, deep, inner
        yield at.x + radius, at.bottom - radius, wide, deep, inner
    yield at.x + thick, at.y + thick + deep, at.w - 2 * thick, at.h - 2 * (thick + deep), inner


def _dashes(side: int, line: Colour, inner: Colour, dash: int) -> Iterator[tuple[int, int, Colour]]:
    """A side of a frame: where each piece begins, how long it is, its colour. In its middle stands a dash."""
    count = 4 * max(0, round((side / dash - 3) / 4)) + 3 if dash else 1
    edges = [side * i // count for i in range(count + 1)]
    for i, (begin, end) in enumerate(pairwise(edges)):
        yield begin, end - begin, line if i % 2 or not dash else inner


def _write(surface: pygame.Surface, around: Rect, bands: Iterator[Band] | list[Band]) -> None:
    """Their pixels within the clip; `around` holds all of them."""
    seen = surface.get_clip()
    whole = seen.contains(around.x, around.y, around.w, around.h)
    pixels = pygame.surfarray.pixels2d(surface)
    for x, y, w, h, colour in bands:
        left, top, wide, high = (x, y, w, h) if whole else seen.clip((x, y, w, h))
        if wide > 0 and high > 0:
            pixels[left : left + wide, top : top + high] = surface.map_rgb(colour)


def _corners(radius: int, thick: int, line: Colour, inner: Colour) -> pygame.Surface:
    """All four, as a disc of `line` with one of `inner` in it. Where the inner one ends smoothly, the outer one is
    opaque, so that what lies beneath both shows through the outer edge alone.
    """
    key = (radius, thick, line, inner)
    return _CORNERS.find(key) or _CORNERS.keep(key, _cornered(*key))


def _cornered(radius: int, thick: int, line: Colour, inner: Colour) -> pygame.Surface:
    whole = Rect(0, 0, 2 * radius, 2 * radius)
    opaque = pygame.Surface((whole.w, whole.h), 0, 32)
    opaque.fill(line)
    hole = whole.inset(thick)
    if radius - thick > 1:
        opaque.blit(_round(hole.w, inner), (hole.x, hole.y))
    elif thick < radius:
        opaque.fill(inner, (hole.x, hole.y, hole.w, hole.h))
    corners = _round(whole.w, line).copy()
    pygame.surfarray.pixels3d(corners)[:] = pygame.surfarray.pixels3d(opaque)
    return corners


def _disc(surface: pygame.Surface, shape: Shape, theme: Theme) -> None:
    at = shape.rect
    if shape.line is not None and shape.line_px:
        hole = 0 if shape.fill is not None else at.w - 2 * shape.line_px
        surface.blit(_round(at.w, theme[shape.line], hole), (at.x, at.y))
        at = at.inset(shape.line_px)
    if shape.fill is not None and at.w:
        surface.blit(_round(at.w, theme[shape.fill]), (at.x, at.y))


def _round(diameter: int, colour: Colour, hole: int = 0) -> pygame.Surface:
    """A disc that fills its square to the last pixel and not beyond, each pixel as opaque as the disc covers it; a ring
    where there is a `hole`.
    """
    key = (diameter, colour, hole)
    return _ROUND.find(key) or _ROUND.keep(key, _rounded(*key))


def _rounded(diameter: int, colour: Colour, hole: int) -> pygame.Surface:
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


def draw_sign(surface: pygame.Surface, sign: Sign, colour: Colour) -> None:
    """Its strokes, with round ends."""
    at = sign.rect
    thick = max(3, at.w // 8)
    for stroke in SIGNS[sign.kind]:
        points = [(at.x + x * at.w, at.y + y * at.h) for x, y in stroke]
        for begin, end in pairwise(points):
            _thick_line(surface, begin, end, thick, colour)
        for x, y in points:
            surface.blit(_round(thick, colour), (round(x - thick / 2), round(y - thick / 2)))


def _thick_line(
    surface: pygame.Surface, begin: tuple[float, float], end: tuple[float, float], thick: float, colour: Colour
) -> None:
    """A smooth straight stroke of any thickness."""
    (x1, y1), (x2, y2) = begin, end
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5 or 1.0
    dx, dy = (y2 - y1) / length * thick / 2, (x1 - x2) / length * thick / 2
    corners = [(x1 + dx, y1 + dy), (x2 + dx, y2 + dy), (x2 - dx, y2 - dy), (x1 - dx, y1 - dy)]
    pygame.gfxdraw.filled_polygon(surface, corners, colour)
    pygame.gfxdraw.aapolygon(surface, corners, colour)
