"""How soon what happens at the reader is told: a card is laid, the reader is lost, the reader is back.

Through a real pcscd, at the desk and at the glass. That pcscd looks for a card every 400 ms is its own affair and told
apart. Figures, not verdicts.
"""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from queue import Queue
from threading import Thread

import pytest

from drivers.card.chip import Chip
from drivers.card.habits import COMMON
from drivers.card.pcsc import PcscSlot
from drivers.card.resource_manager import Context
from drivers.card.simulator import SimulatedReader
from kiosk.commands.bench_process import bench_process
from kiosk.events import CardInspected, CardLaid, ReaderBack, ReaderLost
from kiosk.portal_opening import at_door, door_at
from kiosk.ports import CardEvent, Closed
from kiosk.settings import load
from kiosk.shell.clock import SystemClock
from kiosk.shell.current_pictures import CurrentPictures
from kiosk.shell.switchboard import Switchboard
from kiosk.shell.terminal import Onlookers, Terminal
from kiosk.views import Scene
from kiosk.visit import Preferences
from kiosk.walk.walking import serve_in_turn
from kiosk.wiring import at_bench, furnish
from tests.drivers.card.desk import card
from tests.drivers.card.pcscd import Pcscd
from tests.figures.places import Place, shown
from tests.figures.tables import columns, table
from tests.shell.fakes import journal
from tests.shell.test_terminal import LightGlass

pytestmark = pytest.mark.bench

LAYINGS = 9
RESTARTS = 5


class Reported(Thread):
    """Hears from pcscd itself, as early as anybody can, that a card lies there."""

    def __init__(self) -> None:
        super().__init__(name="pcscd-report")
        self.at = 0.0
        self._context = Context()
        self._names = self._context.readers()
        self.start()

    def run(self) -> None:
        while not self.at:
            states = self._context.states(self._names)
            if any(state.present for state in states):
                self.at = time.monotonic()
            else:
                self._context.wait(states, len(self._names), 5000)
        self._context.release()


def laid(pcscd: Pcscd, chip: Chip) -> tuple[float, float, float]:
    """Milliseconds until pcscd's report, from there to the counters, and what of that is not the card's own time."""
    reader = SimulatedReader(pace=COMMON)
    with shown(pcscd, reader):
        events: Queue[CardEvent] = Queue()
        place = Place()
        place.desk.watch(events.put)
        report = Reported()
        time.sleep(0.5)  # all who wait do wait
        began = time.monotonic()
        reader.lay(chip)
        assert events.get(timeout=10) == CardLaid()
        of_card = reader.modelled
        assert isinstance(place.desk.inspect(), CardInspected)
        over, of_card = time.monotonic(), reader.modelled - of_card
        report.join()
        place.desk.close()
    return (report.at - began) * 1000, (over - report.at) * 1000, (over - report.at - of_card) * 1000


def test_a_card_that_is_laid(pcscd: Pcscd) -> None:
    found = [laid(pcscd, card()) for _ in range(LAYINGS)]
    names = ("pcscd's own report", "from there to both counters", "of that beyond the card's own time")
    rows = [(name, f"{figure} ms") for name, figure in zip(names, columns(found), strict=True)]
    table(f"a card is laid: medians of {LAYINGS} (least to most); goal: under 100 ms beyond", rows)


def lost_and_back(pcscd: Pcscd) -> tuple[float, float]:
    """Seconds from pcscd's end to the event, and from its start to both counters of the card that lies there."""
    reader = SimulatedReader()
    with shown(pcscd, reader):
        events: Queue[CardEvent] = Queue()
        place = Place()
        place.desk.watch(events.put)
        reader.lay(card())
        assert events.get(timeout=10) == CardLaid()
        began = time.monotonic()
        pcscd.kill()
        assert events.get(timeout=10) == ReaderLost()
        lost = time.monotonic() - began
        began = time.monotonic()
        pcscd.start()
        assert events.get(timeout=10) == ReaderBack()
        while not isinstance(events.get(timeout=10), CardLaid):
            continue
        assert isinstance(place.desk.inspect(), CardInspected)
        back = time.monotonic() - began
        place.desk.close()
    return lost, back


@dataclass
class TimedGlass(LightGlass):
    """Notes when each view was first given to it after the one before."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.times: list[float] = []

    def show(self, scene: Scene, preferences: Preferences, seconds_left: int | None) -> None:
        before = self.views[-1:]
        super().show(scene, preferences, seconds_left)
        if self.views[-1:] != before:
            self.times.append(time.monotonic())


def through_the_terminal(pcscd: Pcscd, bench: Path, state_dir: Path) -> tuple[float, float]:
    """The same at the attract screen: the sentence is given to the glass, and the attract screen again."""
    settings = at_door(load(simulate=True, etc_dir=state_dir), door_at(bench))
    devices = replace(at_bench(bench), slot=PcscSlot)
    house = furnish(settings, devices, SystemClock("always"), journal()[0], state_dir)
    moments: list[float] = []

    def do(act: Callable[[], None]) -> Callable[[], None]:
        def timed() -> None:
            moments.append(time.monotonic())
            act()

        return timed

    rows = [("Attract", [do(pcscd.kill)]), ("OutOfService", [do(pcscd.start)]), ("Attract", [Closed()])]
    glass = TimedGlass(deque(rows))  # type: ignore[arg-type]
    with shown(pcscd, SimulatedReader()):
        serve_in_turn(Terminal(house, glass, CurrentPictures(), Switchboard(), Onlookers()))
    assert [view for view, before in zip(glass.views, [None, *glass.views], strict=False) if view != before] == [
        "Attract",
        "OutOfService",
        "Attract",
    ]
    return glass.times[1] - moments[0], glass.times[2] - moments[1]


def test_a_reader_that_is_lost(pcscd: Pcscd, tmp_path: Path) -> None:
    found = [lost_and_back(pcscd) for _ in range(RESTARTS)]
    lost, back = columns(found)
    with bench_process() as bench:
        seen, open_again = columns([through_the_terminal(pcscd, bench, tmp_path / "state") for _ in range(RESTARTS)])
    rows = [
        ("pcscd's end to the event", f"{lost} s", "goal: under 1 s"),
        ("its start to both counters of a card", f"{back} s", "goal: under 3 s"),
        ("its end to the sentence on the glass", f"{seen} s", "goal: under 1 s"),
        ("its start to the attract screen", f"{open_again} s", "goal: under 3 s"),
    ]
    table(f"the reader is lost and comes back: medians of {RESTARTS} (least to most)", rows)
