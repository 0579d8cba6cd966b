"""How long a finger waits for the glass, by the clock on the wall and from outside of every process of the terminal.

An X server presses and releases its pointer (XTEST); meanwhile somebody looks at the server's frame buffer as fast as
they can. Two times are taken of each touch: until the target looks pressed (a key of a password never does), and, from
the moment that the finger leaves, until anything but the target has changed: the next picture, or what was typed. The
peer is a bare window that fills the touched place and shows itself. Figures, not verdicts.
"""

import random
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kiosk.events import DigitTapped, KeyTapped, Tapped
from screens.fingers import Spot
from screens.geometry import Rect
from screens.nodes import moves
from tests.figures.tables import table
from tests.journeys.glass import SIZE, Pixels, x_server
from tests.journeys.outside import XPlace, standing_before
from tests.journeys.sighted import SightedVisitor
from tests.journeys.terminal import until
from tests.journeys.whole_visit import make_visit
from tests.journeys.x_pointer import XPointer

pytestmark = pytest.mark.bench

PEER_TOUCHES = 60
LONGEST = 20.0  # seconds that a touch may show nothing
STAY = 0.08  # seconds that a finger stays, and that it is away, at least
STEP = 3  # every third row is enough to see a letter come

BARE_WINDOW = """
import pygame
pygame.display.init()
window = pygame.display.set_mode((1280, 800), pygame.NOFRAME)
window.fill("white")
pygame.display.flip()
while True:
    event = pygame.event.wait()
    if event.type in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
        colour = "black" if event.type == pygame.MOUSEBUTTONDOWN else "white"
        window.fill(colour, (event.pos[0] - 60, event.pos[1] - 40, 120, 80))
        pygame.display.flip()
"""


@dataclass
class Stopwatch:
    """Milliseconds by what was touched, and how often somebody looked in how many seconds."""

    taken: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    looks: int = 0
    seconds: float = 0.0

    def take(self, name: str, act: Callable[[], None], parts: Sequence[Pixels]) -> None:
        """From `act` to the first change in any part of the glass."""
        before = [part.copy() for part in parts]
        began = now = time.perf_counter()
        act()
        while all(map(np.array_equal, parts, before)) and now - began < LONGEST:
            now = time.perf_counter()
            self.looks += 1
        now = time.perf_counter()
        assert now - began < LONGEST, f"{name}: nothing came"
        self.seconds += now - began
        self.taken[name].append((now - began) * 1000)

    def row(self, name: str) -> tuple[str, ...]:
        """How often, median, the highest of a hundred and of all: of what is called so, or ends so."""
        found = sorted(ms for taken, all_ms in self.taken.items() if taken.endswith(name) for ms in all_ms)
        p99 = found[int(0.99 * (len(found) - 1))]
        return name, str(len(found)), *(f"{ms:.1f} ms" for ms in (statistics.median(found), p99, found[-1]))

    def median(self, end: str) -> float:
        """Of all touches, at this end of them."""
        return statistics.median(ms for taken, all_ms in self.taken.items() if taken.endswith(end) for ms in all_ms)


def around(at: Rect, pixels: Pixels) -> list[Pixels]:
    """Everything but this."""
    rows = slice(at.y, at.bottom)
    slabs = (pixels[: at.y], pixels[at.bottom :], pixels[rows, : at.x], pixels[rows, at.right :])
    return [slab[::STEP] for slab in slabs]


def kind(spot: Spot) -> str:
    """What is touched."""
    match spot.act:
        case DigitTapped():
            return "digit of a password"
        case KeyTapped(text=text) if text.isdecimal():
            return "digit of a number"
        case KeyTapped():
            return "letter of the mail keyboard"
        case Tapped():
            return "button"
        case _:
            return "other keys, or part of a text"


class TimedVisitor(SightedVisitor):
    """Touches with a stopwatch."""

    def __init__(self, watch: Stopwatch, *said: Any, **more: Any) -> None:
        self._watch = watch
        super().__init__(*said, **more)

    def _finger(self, spot: Spot, felt: str = "") -> None:
        place, at, name = self.place, spot.rect, kind(spot)
        assert isinstance(place, XPlace)
        assert not moves(self._window._tree), "what changes by itself tells nothing about a touch"
        pixels = place.glass.pixels
        if isinstance(spot.act, DigitTapped):
            place.press(*at.middle)
        else:
            pressed = pixels[at.y : at.bottom, at.x : at.right]
            self._watch.take(f"{name}: pressed", lambda: place.press(*at.middle), [pressed])
        time.sleep(STAY)
        self._watch.take(f"{name}: let go", lambda: place.release(*at.middle), around(at, pixels))
        time.sleep(STAY)


def peer(folder: Path, watch: Stopwatch) -> None:
    """The same with a bare window."""
    dice = random.Random(5)
    environment = {"SDL_VIDEODRIVER": "x11", "SDL_AUDIODRIVER": "dummy", "SDL_FRAMEBUFFER_ACCELERATION": "0"}
    environment |= {"SDL_VIDEO_WINDOW_POS": "0,0", "PYGAME_HIDE_SUPPORT_PROMPT": "1"}
    with x_server(folder) as glass, closing(XPointer(glass.display)) as pointer:
        command = [sys.executable, "-c", BARE_WINDOW]
        with subprocess.Popen(command, env=environment | {"DISPLAY": glass.display}) as process:
            try:
                until(lambda: bool((glass.pixels & 0xFFFFFF == 0xFFFFFF).all()), "a bare window")
                for _ in range(PEER_TOUCHES):
                    at = Rect(dice.randrange(60, SIZE[0] - 180), dice.randrange(60, SIZE[1] - 140), 120, 80)
                    place = glass.pixels[at.y : at.bottom, at.x : at.right]
                    watch.take("peer: pressed", lambda at=at: pointer.press(*at.middle), [place])  # type: ignore[misc]
                    time.sleep(STAY)
                    watch.take("peer: let go", pointer.release, [place])
                    time.sleep(STAY)
            finally:
                process.kill()


def test_touch_to_changed_pixels(tmp_path: Path) -> None:
    watch, bare = Stopwatch(), Stopwatch()
    for name in ("terminal", "peer"):
        (tmp_path / name).mkdir()
    with standing_before("10.1-landscape", tmp_path / "terminal", visits=partial(TimedVisitor, watch)) as there:
        make_visit(there.visitor, there.hands)
    peer(tmp_path / "peer", bare)
    rows = [("", "touches", "median", "p99", "most"), *map(watch.row, sorted(watch.taken))]
    for end in ("pressed", "let go"):
        rows += [watch.row(end), bare.row(f"peer: {end}")]
        rows += [(f"{end}, against the peer", "", f"{watch.median(end) / bare.median(end):.2f}", "", "")]
    table("an outside touch to changed pixels under Xvfb, 1280 x 800", rows)
    print(f"  looks a second: {watch.looks / watch.seconds:.0f}, at the peer {bare.looks / bare.seconds:.0f}")
