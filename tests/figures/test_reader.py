"""How soon the terminal knows what happens at a reader, through a real pcscd that looks for cards every 400 ms."""

import statistics
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import Queue
from threading import Event, Thread
from time import monotonic

import pytest

from drivers.card.habits import COMMON
from drivers.card.pcsc import PcscSlot
from drivers.card.simulator import SimulatedReader
from drivers.card.slot import Sighting
from drivers.card.vpcd import VirtualReader
from kiosk.events import CardLaid, CardTaken, ReaderBack, ReaderLost
from kiosk.ports import CardEvent
from tests.drivers.card.desk import Desk, card
from tests.drivers.card.pcscd import Pcscd

pytestmark = pytest.mark.bench

RUNS = 20


class Watched:
    """A watching desk; what it tells, and when."""

    def __init__(self, reader: SimulatedReader) -> None:
        self.desk = Desk(reader)
        self.told: Queue[tuple[CardEvent, float]] = Queue()
        self.desk.card.watch(lambda event: self.told.put((event, monotonic())))

    def hears(self, wanted: CardEvent) -> float:
        """When."""
        event, when = self.told.get(timeout=10)
        assert event == wanted
        return when


@contextmanager
def reported(act: Callable[[], object], *, there: bool) -> Iterator[list[float]]:
    """When pcscd itself reports that a card came or went, as another program sees it."""
    slot, found, looking = PcscSlot(), list[float](), Event()

    def look() -> None:
        seen = slot.look(None, 0)
        looking.set()
        while (seen.laying is not None) != there:
            seen = slot.look(seen, 5)
        found.append(monotonic())

    thread = Thread(target=look)
    thread.start()
    looking.wait()
    act()
    yield found
    thread.join()
    slot.close()


@pytest.fixture
def pcscd(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pcscd]:
    monkeypatch.setattr("tests.drivers.card.desk.slot_over", lambda reader: PcscSlot())
    with Pcscd() as running:
        yield running


def line(what: str, seconds: list[float]) -> None:
    print(
        f"{what}: median {statistics.median(seconds) * 1000:.0f} ms, most {max(seconds) * 1000:.0f} ms ({len(seconds)})"
    )


def test_card_laid_to_counters_known(pcscd: Pcscd) -> None:
    reader = SimulatedReader(pace=COMMON)
    shown = VirtualReader(reader, pcscd.address)
    shown.start()
    watched = Watched(reader)
    chip = card()
    own, polled, whole = [], [], []
    for _ in range(RUNS):
        begun, modelled = monotonic(), reader.modelled
        with reported(lambda: reader.lay(chip), there=True) as when:
            watched.hears(CardLaid())
            watched.desk.card.inspect()
            known = monotonic()
        own.append(known - when[0] - (reader.modelled - modelled))
        polled.append(when[0] - begun)
        whole.append(known - begun)
        reader.take()
        watched.hears(CardTaken())
    watched.desk.card.close()
    shown.stop()
    print()
    line("card laid -> pcscd says so", polled)
    line("card laid -> counters known, 15 ms a command and 20 kB/s", whole)
    line("of it the terminal's own", own)


def test_reader_lost_and_back(pcscd: Pcscd) -> None:
    reader = SimulatedReader(card=card())
    shown = VirtualReader(reader, pcscd.address)
    shown.start()
    watched = Watched(reader)
    lost, back = [], []
    while not isinstance(watched.told.get(timeout=10)[0], CardLaid):
        continue
    for _ in range(RUNS):
        begun = monotonic()
        pcscd.kill()
        lost.append(watched.hears(ReaderLost()) - begun)
        begun = monotonic()
        pcscd.start()
        watched.hears(ReaderBack())
        watched.told.get(timeout=10)
        watched.desk.card.inspect()
        back.append(monotonic() - begun)
    watched.desk.card.close()
    shown.stop()
    print()
    line("pcscd ends -> reader lost told", lost)
    line("pcscd starts -> the card that lies there is read", back)


def test_idling(pcscd: Pcscd) -> None:
    watched = Watched(SimulatedReader())
    assert watched.told.empty()
    slot = PcscSlot()
    begun = monotonic()
    looks = 0
    while monotonic() - begun < 10:
        assert slot.look(Sighting("Simulated reader 00 00"), 5).laying is None
        looks += 1
    slot.close()
    watched.desk.card.close()
    print(f"\nten seconds of looking at an empty reader: {looks} looks")
