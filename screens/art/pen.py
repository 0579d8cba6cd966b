"""A pen that draws plain shapes on a canvas of 320 x 220 units, several times too large; the picture comes out smooth.

Every shape is a polygon whose points go through `plane` first. What lies on a table is drawn as seen from above, on a
plane that leans away from the visitor.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise

import pygame

from screens.fonts import FILES
from screens.look import Face, Theme, Tone

WIDTH, HEIGHT = 320.0, 220.0
OVERSAMPLED = 3

Point = tuple[float, float]
Plane = Callable[[Point], Point]


def flat(point: Point) -> Point:
    """Seen straight on."""
    return point


@dataclass(frozen=True, slots=True)
class Leaning:
    """A table top of `w` x `h` units from `top` to `bottom`, `near` and `far` times as wide at its two edges."""

    w: float
    h: float
    x: float
    top: float
    bottom: float
    near: float = 1.0
    far: float = 0.8

    def __call__(self, point: Point) -> Point:
        t = point[1] / self.h
        scale = self.far + (self.near - self.far) * t
        return self.x + (point[0] - self.w / 2) * scale, self.top + (self.bottom - self.top) * t


@dataclass(frozen=True, slots=True)
class Turned:
    """`under` seen by a plane whose contents are turned by `degrees` around `centre` and moved by `dx`, `dy` first."""

    under: Plane
    degrees: float
    centre: Point
    dx: float = 0
    dy: float = 0

    def __call__(self, point: Point) -> Point:
        angle = math.radians(self.degrees)
        x, y = point[0] - self.centre[0], point[1] - self.centre[1]
        turned_x = x * math.cos(angle) - y * math.sin(angle)
        turned_y = x * math.sin(angle) + y * math.cos(angle)
        return self.under((self.centre[0] + turned_x + self.dx, self.centre[1] + turned_y + self.dy))


def rounded(x: float, y: float, w: float, h: float, corner: float) -> list[Point]:
    """The outline of a box with round corners, clockwise."""
    corner = min(corner, w / 2, h / 2)
    found: list[Point] = []
    for turn, (cx, cy) in enumerate(
        (
            (x + w - corner, y + corner),
            (x + w - corner, y + h - corner),
            (x + corner, y + h - corner),
            (x + corner, y + corner),
        )
    ):
        found += [
            (cx + corner * math.sin(angle), cy - corner * math.cos(angle))
            for angle in (math.pi / 2 * (turn + step / 8) for step in range(9))
        ]
    return found


class Pen:
    """Draws on its own transparent surface; `finish` gives the picture in the wished size, as far as it reaches."""

    def __init__(self, w: int, h: int, theme: Theme) -> None:
        self._scale = OVERSAMPLED * min(w / WIDTH, h / HEIGHT)
        self._left = (OVERSAMPLED * w - WIDTH * self._scale) / 2
        self._top = (OVERSAMPLED * h - HEIGHT * self._scale) / 2
        # Room beside the picture is left out in pairs of whole pixels, at the very end, so that all else is rounded as
        # if it were there.
        beside, above = (max(0, int(room / OVERSAMPLED)) // 2 * 2 for room in (self._left, self._top))
        self._beside, self._above = OVERSAMPLED * beside, OVERSAMPLED * above
        self._size = (max(1, w - 2 * beside), max(1, h - 2 * above))
        # Never-painted pixels bear the ground's colour, so that smooth edges fade into it and not into black.
        self._nothing = (*theme[Tone.GROUND], 0)
        self._surface = pygame.Surface((OVERSAMPLED * self._size[0], OVERSAMPLED * self._size[1]), pygame.SRCALPHA, 32)
        self._surface.fill(self._nothing)
        self._theme = theme

    def finish(self) -> pygame.Surface:
        return pygame.transform.smoothscale(self._surface, self._size)

    @property
    def plain(self) -> bool:
        """Black and white alone: what is a colour elsewhere needs a frame."""
        return self._theme[Tone.PANEL] == self._theme[Tone.GROUND]

    def area(self, points: Iterable[Point], tone: Tone, plane: Plane = flat) -> None:
        """A filled polygon."""
        self._polygon([self._pixel(plane(p)) for p in points], tone)

    def outline(self, points: Sequence[Point], tone: Tone, width: float, plane: Plane = flat) -> None:
        """A closed line with round corners, as wide in every direction."""
        self.stroke([*points, points[0]], tone, width, plane)

    def stroke(self, points: Sequence[Point], tone: Tone, width: float, plane: Plane = flat) -> None:
        """An open line with round ends."""
        pixels = [self._pixel(plane(p)) for p in points]
        half = max(1.0, width * self._scale / 2)
        for start, end in pairwise(pixels):
            self._bar(start, end, half, tone)
        for x, y in pixels:
            pygame.draw.circle(self._surface, self._theme[tone], (x - self._beside, y - self._above), half)

    def box(
        self, x: float, y: float, w: float, h: float, fill: Tone, corner: float = 0, line: Tone | None = None,
        width: float = 3, plane: Plane = flat,
    ) -> None:  # fmt: skip
        """A filled box, framed where `line` is given."""
        points = rounded(x, y, w, h, corner) if corner else [(x, y), (x + w, y), (x + w, y + h), (x, y + h)]
        self.area(points, fill, plane)
        if line is not None:
            self.outline(points, line, width, plane)

    def frame(
        self, x: float, y: float, w: float, h: float, line: Tone, width: float, corner: float = 4, plane: Plane = flat
    ) -> None:
        """A box of which only the frame is drawn."""
        self.outline(rounded(x, y, w, h, corner), line, width, plane)

    def disc(self, x: float, y: float, radius: float, tone: Tone, plane: Plane = flat) -> None:
        self.area(self._round(x, y, radius, 0, 360), tone, plane)

    def arc(self, x: float, y: float, radius: float, start: float, end: float, tone: Tone, width: float) -> None:
        """Degrees clockwise from the top."""
        self.stroke(self._round(x, y, radius, start, end), tone, width)

    @contextmanager
    def within(self, x: float, y: float, w: float, h: float) -> Iterator[None]:
        """Nothing is drawn outside of this box."""
        left, top = self._pixel((x, y))
        clip = (round(left) - self._beside, round(top) - self._above, round(w * self._scale), round(h * self._scale))
        self._surface.set_clip(clip)
        yield
        self._surface.set_clip(None)

    @contextmanager
    def soft(self, reach: float) -> Iterator[None]:
        """What is drawn meanwhile fades at its edges, over so many units."""
        with self._apart():
            yield
            size, coarse = self._surface.get_size(), max(1.0, reach * self._scale)
            small = max(1, round(size[0] / coarse)), max(1, round(size[1] / coarse))
            less = pygame.transform.smoothscale(self._surface, small)
            self._surface = pygame.transform.smoothscale(less, size)

    @contextmanager
    def striped(self, apart: float = 9) -> Iterator[None]:
        """What is drawn meanwhile appears in slanting stripes: black and white have no shade between them."""
        with self._apart():
            yield
            wide, high = self._surface.get_size()
            step = max(2, round(apart * self._scale))
            for x in range(0, wide + high, step):
                pygame.draw.line(self._surface, self._nothing, (x, 0), (x - high, high), step * 2 // 3)

    @contextmanager
    def _apart(self) -> Iterator[None]:
        """On an empty surface, which is then laid over what was drawn before."""
        below, self._surface = self._surface, self._surface.copy()
        self._surface.fill(self._nothing)
        yield
        below.blit(self._surface, (0, 0))
        self._surface = below

    def arrow(self, start: Point, end: Point, tone: Tone = Tone.ACTION, width: float = 8) -> None:
        """A line with a head at `end`."""
        length = math.dist(start, end)
        ux, uy = (end[0] - start[0]) / length, (end[1] - start[1]) / length
        head = width * 2.4
        neck = (end[0] - ux * head * 0.8, end[1] - uy * head * 0.8)
        self.stroke([start, neck], tone, width)
        sides = [(end[0] - ux * head + s * uy * head * 0.8, end[1] - uy * head - s * ux * head * 0.8) for s in (1, -1)]
        self.area([end, *sides], tone)

    def words(
        self, text: str, x: float, y: float, capital: float, tone: Tone = Tone.INK, face: Face = Face.BOLD
    ) -> float:
        """Words with capitals `capital` units high, from `x` on, their middle at `y`; the width in units."""
        font = pygame.font.Font(FILES[face], max(4, round(capital / 0.74 * self._scale)))
        painted = font.render(text, True, self._theme[tone])
        left, middle = self._pixel((x, y))
        top = round(middle - painted.get_height() / 2)
        self._surface.blit(painted, (round(left) - self._beside, top - self._above))
        return painted.get_width() / self._scale

    def _pixel(self, point: Point) -> Point:
        return self._left + point[0] * self._scale, self._top + point[1] * self._scale

    def _bar(self, start: Point, end: Point, half: float, tone: Tone) -> None:
        length = math.dist(start, end)
        if length == 0:
            return
        dx, dy = (end[1] - start[1]) / length * half, (start[0] - end[0]) / length * half
        corners = [
            (start[0] + dx, start[1] + dy),
            (end[0] + dx, end[1] + dy),
            (end[0] - dx, end[1] - dy),
            (start[0] - dx, start[1] - dy),
        ]
        self._polygon(corners, tone)

    def _polygon(self, corners: Sequence[Point], tone: Tone) -> None:
        moved = [(x - self._beside, y - self._above) for x, y in corners]
        pygame.draw.polygon(self._surface, self._theme[tone], moved)

    @staticmethod
    def _round(x: float, y: float, radius: float, start: float, end: float) -> list[Point]:
        steps = max(8, round((end - start) / 5))
        angles = (math.radians(start + (end - start) * i / steps) for i in range(steps + 1))
        return [(x + radius * math.sin(a), y - radius * math.cos(a)) for a in angles]
