"""What the terminal's processes cost: start, hand-over, memory, and an attract screen at which nobody stands.

Figures, not verdicts; each is the median of several runs. Beside start and memory stands what every program of this
kind pays: a bare interpreter that opens the same window, and one that imports the same libraries.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np
import pytest

from tests.figures.tables import columns, table
from tests.journeys.counts import Spent, pss_kilobytes, spent
from tests.journeys.glass import Glass, Pixels, x_server
from tests.journeys.guest import Guest
from tests.journeys.terminal import PATIENCE, Terminal, running_terminal, until

pytestmark = pytest.mark.bench

RUNS = 5
IDLE_RUNS = 3
IDLE_SECONDS = 60.0
ALIKE = 0.97  # of the pixels: something on the picture may move
SETTLING_SECONDS = 5.0  # after which a terminal that has just begun has nothing left to begin

BARE_WINDOW = """
import sys, pygame
pygame.init()
window = pygame.display.set_mode((1280, 800))
window.fill("white", (0, 0, 640, 800))
pygame.display.flip()
sys.stdin.read()
"""
BARE_LIBRARIES = """
import sys, cv2, numpy, pygame, requests, smartcard.scard, cryptography.x509
print(flush=True)
sys.stdin.read()
"""


def family(terminal: Terminal) -> dict[str, int]:
    """Every process by its role; those who wait in the wings in the order in which they will take over."""
    on_stage, *waiting = terminal.visits()
    wings = {f"stand-by {number}": pid for number, pid in enumerate(waiting, 1)}
    return {"keeper": terminal.keeper.pid, "on stage": on_stage, **wings, "bench": terminal.bench}


@contextmanager
def bare(program: str, glass: Glass) -> Iterator["subprocess.Popen[str]"]:
    """An interpreter that does this and waits."""
    environment = {"DISPLAY": glass.display, "SDL_VIDEODRIVER": "x11", "SDL_AUDIODRIVER": "dummy"}
    environment["PYGAME_HIDE_SUPPORT_PROMPT"] = "1"
    command = [sys.executable, "-c", program]
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def cold_start(folder: Path) -> tuple[float, float, float]:
    """Seconds to the first picture, to the attract screen with its devices open, and to a bare window's picture."""
    with x_server(folder) as glass:
        began = time.monotonic()
        with bare(BARE_WINDOW, glass):
            until(lambda: not glass.is_blank(), "a bare window's picture")
            peer = time.monotonic() - began
    with x_server(folder) as glass:
        began = time.monotonic()
        with running_terminal(glass) as terminal:
            begun = time.monotonic() - began
            assert terminal.first_picture is not None
            return terminal.first_picture, begun, peer


def test_start(tmp_path: Path) -> None:
    found = []
    for run in range(RUNS):
        folder = tmp_path / str(run)
        folder.mkdir()
        found.append(cold_start(folder))
    first, begun, peer = columns(found)
    ratio = statistics.median(one / other for one, _, other in found)
    rows = [
        ("first picture", f"{first} s"),
        ("first visit begun, devices open", f"{begun} s"),
        ("peer: a bare window's picture", f"{peer} s"),
        ("first picture against the peer's", f"{ratio:.2f}"),
    ]
    table(f"start, cold: medians of {RUNS} (least to most)", rows)


def test_hand_over(terminal: Terminal) -> None:
    hand_over(terminal, None)  # after which we know the picture that is waited for
    time.sleep(0.5)
    picture = terminal.glass.pixels.copy()
    found = [hand_over(terminal, picture) for _ in range(RUNS)]
    shown_ms, begun_ms = columns(found)
    rows = [("first picture", f"{shown_ms} ms"), ("next visit begun, devices open", f"{begun_ms} ms")]
    table(f"hand-over, after the visit has ended: medians of {RUNS} (least to most)", rows)


def hand_over(terminal: Terminal, picture: Pixels | None) -> tuple[float, float]:
    """Milliseconds from the end of a visit to the picture of the next, seen from outside, and to its beginning."""
    terminal.await_wings()
    visit = terminal.visit_number()
    with terminal.hands() as hands, closing(Guest(terminal, hands)) as guest:
        guest.begin()
        guest.turn_back()
        over = time.monotonic()
        while picture is not None and float(np.mean(terminal.glass.pixels == picture)) < ALIKE:
            assert time.monotonic() < over + PATIENCE, "the next one's picture did not come"
        shown = time.monotonic() - over
        assert terminal.journal.await_line(rf" visit {visit + 1} begun$")
        return shown * 1000, (time.monotonic() - over) * 1000


def test_memory(terminal: Terminal) -> None:
    terminal.await_wings()
    found: list[dict[str, float]] = []
    for _ in range(RUNS):
        time.sleep(1)
        found.append({role: pss_kilobytes(pid) / 1024 for role, pid in family(terminal).items()})
    with bare(BARE_LIBRARIES, terminal.glass) as peer:
        assert peer.stdout is not None
        peer.stdout.readline()
        alone = pss_kilobytes(peer.pid) / 1024
    medians = {role: statistics.median(one[role] for one in found) for role in found[0]}
    terminals_own = sum(medians.values()) - medians["bench"]
    rows = [(role, f"{size:.0f} MB") for role, size in medians.items()]
    rows += [("together, without bench", f"{terminals_own:.0f} MB")]
    rows += [("peer: libraries alone, beside these", f"{alone:.0f} MB")]
    rows += [("on stage against the peer", f"{medians['on stage'] / alone:.2f}")]
    table(f"memory (PSS): medians of {RUNS}", rows)


def test_idle(terminal: Terminal) -> None:
    terminal.await_wings()
    found: list[dict[str, Spent]] = []
    for _ in range(IDLE_RUNS):
        time.sleep(SETTLING_SECONDS)
        before = {role: spent(pid) for role, pid in family(terminal).items()}
        time.sleep(IDLE_SECONDS)
        found.append({role: spent(pid).since(before[role]) for role, pid in family(terminal).items()})

    def figures(share: Callable[[str], bool]) -> tuple[str, str]:
        """Of all roles that have their share, together."""
        seconds = (sum(one.seconds for role, one in run.items() if share(role)) for run in found)
        wakings = (sum(one.woken for role, one in run.items() if share(role)) for run in found)
        cost, woken = statistics.median(seconds) / IDLE_SECONDS, statistics.median(wakings) / IDLE_SECONDS
        return f"{cost:.3%}", f"{woken:.2f}"

    rows = [("", "of a core", "wakings a second")]
    rows += [(role, *figures(lambda other, role=role: other == role)) for role in found[0]]  # type: ignore[misc]
    rows += [("together, without bench", *figures(lambda role: role != "bench"))]
    rows += [("together, with bench", *figures(lambda _role: True))]
    table(f"idle attract screen over {IDLE_SECONDS:.0f} s: medians of {IDLE_RUNS}", rows)
