"""What happens to readers and to their software heals by itself, through a real pcscd: nothing of the terminal is
restarted, and the right thing is told.
"""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from queue import Queue
from threading import Thread, get_native_id
from time import monotonic

import pytest

from drivers.card.pcsc import PcscSlot
from drivers.card.resource_manager import Context, ResourceError
from drivers.card.simulator import SimulatedReader
from drivers.card.slot import Sighting
from drivers.card.vpcd import VirtualReader
from kiosk.events import AttributesRead, CardInspected, CardLaid, CardTaken, ReaderBack, ReaderLost, Signed
from kiosk.failures import DriverError, Failure
from kiosk.ports import CardEvent
from kiosk.visit import Tries
from tests.drivers.card.desk import Desk, card, tries_on
from tests.drivers.card.pcscd import READER, Pcscd

LOOKED = CardInspected(Tries(3, 3))


@dataclass
class Counter:
    """A desk at a real pcscd, with a hand; `events` is what a watching desk tells."""

    pcscd: Pcscd
    reader: SimulatedReader = field(default_factory=SimulatedReader)
    events: Queue[CardEvent] = field(default_factory=Queue)
    desks: list[Desk] = field(default_factory=list)

    def desk(self) -> Desk:
        """Another visit."""
        self.desks.append(Desk(self.reader))
        return self.desks[-1]

    def watched(self) -> Desk:
        desk = self.desk()
        desk.card.watch(self.events.put)
        return desk

    def next(self) -> CardEvent:
        return self.events.get(timeout=5)

    def await_card(self) -> None:
        """Until pcscd sees one."""
        slot = PcscSlot()
        seen, until = slot.look(None, 0), monotonic() + 5
        while seen.laying is None and monotonic() < until:
            seen = slot.look(seen, 0.05)
        slot.close()
        assert seen.laying is not None


@pytest.fixture
def counter(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter]:
    monkeypatch.setattr("tests.drivers.card.desk.slot_over", lambda reader: PcscSlot())
    with Pcscd(round_ms=5) as pcscd:
        made = Counter(pcscd)
        shown = VirtualReader(made.reader, pcscd.address)
        shown.start()
        yield made
        for desk in made.desks:
            desk.card.close()
        shown.stop()


def test_pcscd_ends_and_comes_back_under_a_watching_desk(counter: Counter) -> None:
    desk = counter.watched()
    counter.reader.lay(card())
    assert counter.next() == CardLaid()
    assert desk.card.inspect() == LOOKED
    counter.pcscd.kill()
    assert counter.next() == ReaderLost()
    with pytest.raises(DriverError, match="READER_LOST"):
        desk.card.inspect()
    counter.pcscd.start()
    assert counter.next() == ReaderBack()
    assert counter.next() == CardLaid()
    assert desk.card.inspect() == LOOKED
    assert isinstance(desk.logs_in("1234"), Signed)
    assert isinstance(desk.reads("5678"), AttributesRead)


def test_pcscd_that_is_not_there_when_the_visit_begins_may_come_later(counter: Counter) -> None:
    counter.pcscd.kill()
    desk = counter.watched()
    assert counter.next() == ReaderLost()
    with pytest.raises(DriverError, match="READER_LOST"):
        desk.card.inspect()
    counter.pcscd.start()
    assert counter.next() == ReaderBack()
    counter.reader.lay(card())
    assert counter.next() == CardLaid()
    assert desk.card.inspect() == LOOKED


def test_a_reader_goes_and_comes_back(counter: Counter) -> None:
    desk = counter.watched()
    counter.pcscd.kill()
    counter.pcscd.start(with_reader=False)
    assert counter.next() == ReaderLost()
    with pytest.raises(DriverError, match="READER_LOST"):
        desk.card.inspect()
    counter.pcscd.kill()
    counter.pcscd.start()
    assert counter.next() == ReaderBack()
    counter.reader.lay(card())
    assert counter.next() == CardLaid()
    assert desk.card.inspect() == LOOKED


def test_a_card_that_lay_there_is_not_read_until_it_has_been_away(counter: Counter) -> None:
    chip = card()
    counter.reader.lay(chip)
    counter.await_card()
    desk = counter.watched()
    assert counter.events.get_nowait() == CardLaid(stale=True)
    with pytest.raises(DriverError, match="CARD_NOT_LAID"):
        desk.card.inspect()
    assert chip.log == []
    counter.reader.take()
    assert counter.next() == CardTaken()
    counter.reader.lay(chip)
    assert counter.next() == CardLaid()
    assert desk.card.inspect() == LOOKED


def test_another_program_that_holds_the_card_keeps_us_away_only_as_long(counter: Counter) -> None:
    chip = card()
    counter.reader.lay(chip)
    counter.await_card()
    desk = counter.desk()
    other = Context()
    held = other.connect(READER)
    with pytest.raises(DriverError, match="READER_LOST"):
        desk.card.inspect()
    held.transmit(bytearray.fromhex("00A4040C0AD3921000310001010408"))
    held.disconnect()
    assert desk.card.inspect() == LOOKED
    other.release()


def test_no_other_program_gets_at_the_card_while_we_hold_it(counter: Counter) -> None:
    counter.reader.lay(card())
    counter.await_card()
    slot, other = PcscSlot(), Context()
    slot.connect()
    with pytest.raises(ResourceError, match="8010000B"):
        other.connect(READER)
    slot.disconnect()
    other.connect(READER).disconnect()
    other.release()
    slot.close()


VISIT = """
import sys
from drivers.card.pcsc import PcscSlot
slot = PcscSlot()
slot.connect()
for command in sys.argv[1:]:
    slot.transmit(bytearray.fromhex(command))
print("opened", flush=True)
sys.stdin.read()
"""


def test_a_visit_that_is_killed_leaves_nothing_open_on_the_card(counter: Counter) -> None:
    chip = card()
    counter.reader.lay(chip)
    counter.await_card()
    opening = ["00A4040C0AD3921000310001010408", "0020009104" + b"5678".hex(), "00B0820003"]
    visit = subprocess.Popen(
        [sys.executable, "-c", VISIT, *opening],
        cwd=Path(__file__).parents[3],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with visit:
        assert visit.stdout is not None
        assert visit.stdout.readline() == b"opened\n"
        assert tries_on(chip) == (3, 3)
        assert chip.answer(bytes.fromhex("00B0000003"))[:2] == b"\xff\x20"  # open now
        visit.kill()
    desk = counter.desk()
    slot = PcscSlot()
    until = monotonic() + 5
    while not _connects(slot):
        assert monotonic() < until
    assert slot.transmit(bytearray.fromhex("00B0000003")) == b"\x69\x86"  # nothing is even selected
    slot.close()
    assert isinstance(desk.logs_in("1234"), Signed)


def _connects(slot: PcscSlot) -> bool:
    """Once pcscd has noticed that the last holder is gone."""
    try:
        slot.connect()
    except DriverError as error:
        assert error.failure is Failure.READER_LOST  # noqa: PT017
        return False
    return True


def test_a_waiting_look_sleeps(counter: Counter) -> None:
    slot = PcscSlot()
    empty = slot.look(None, 0)
    assert empty == Sighting(READER)
    slept: list[int] = []

    def look() -> None:
        task = Path(f"/proc/self/task/{get_native_id()}/status")
        before = _sleeps(task)
        assert slot.look(empty, 1.5) == empty
        slept.append(_sleeps(task) - before)

    thread = Thread(target=look)
    thread.start()
    thread.join()
    slot.close()
    assert slept[0] <= 12  # the questions before and after, and the one waiting between


def _sleeps(task: Path) -> int:
    found = re.search(r"^voluntary_ctxt_switches:\s+(\d+)", task.read_text("ascii"), re.MULTILINE)
    assert found is not None
    return int(found[1])


@pytest.mark.parametrize("after", [0.0, 0.0002, 0.001, 0.005, 0.1])
def test_closing_ends_a_look_at_once(counter: Counter, after: float) -> None:
    slot = PcscSlot()
    seen = slot.look(None, 0)
    thread = Thread(target=slot.look, args=(seen, 30))
    thread.start()
    thread.join(after)
    begun = monotonic()
    slot.close()
    thread.join()
    assert monotonic() - begun < 0.5


def test_a_pcscd_that_hangs_holds_no_visit_up(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("drivers.card.watching._FIRST_LOOK", 0.1)
    monkeypatch.setattr("drivers.card.watching._LEAVE", 0.1)
    monkeypatch.setattr("drivers.card.pcsc._CLOSING", 0.1)
    assert counter.pcscd.process is not None
    counter.pcscd.process.send_signal(signal.SIGSTOP)
    begun = monotonic()
    counter.watched().card.close()
    assert monotonic() - begun < 1.5
    counter.pcscd.process.send_signal(signal.SIGCONT)
    counter.watched()
    counter.reader.lay(card())
    assert counter.next() == CardLaid()
    counter.reader.take()
    assert counter.next() == CardTaken()
