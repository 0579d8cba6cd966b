"""The reader across a process: the same dialogues, counters that outlive a client, and a card that is let go by the
dead.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from threading import Thread

import pytest

from drivers.bench.cases import CardCase
from drivers.card.pin_guard import PinGuard, Rules
from drivers.card.reader import CardDesk
from drivers.card.refusals import RefusalTimesInMemory
from drivers.card.remote import RemoteSlot
from drivers.card.slot import Sighting, Slot
from drivers.card.vault import Vault
from kiosk.events import AttributesRead, CardLaid, CardTaken, PasswordRefused, ReaderBack, ReaderLost, Signed
from kiosk.failures import DriverError, Failure
from kiosk.ports import CardEvent
from kiosk.shell.clock import SystemClock
from kiosk.visit import Entry, Password
from tests.drivers.bench.world import Standing, end, soon, start
from tests.house.tree import ROOT

SELECT = bytes.fromhex("00A4040C0A") + bytes.fromhex("D392F000260100000001")


@pytest.fixture
def slot(bench: Standing) -> Iterator[RemoteSlot]:
    slot = RemoteSlot(bench.folder / "reader.sock")
    yield slot
    slot.close()


def desk_at(slot: Slot) -> tuple[CardDesk, Vault]:
    vault = Vault()
    clock = SystemClock("always").now
    return CardDesk(slot, PinGuard(vault, RefusalTimesInMemory(), clock, Rules()), clock), vault


def typed(vault: Vault, digits: str, password: Password, number: int = 1) -> Entry:
    entry = Entry(number, password)
    for position, digit in enumerate(digits):
        vault.store(entry, position, int(digit))
    return entry


def ends_with(heard: list[CardEvent], told: CardEvent) -> bool:
    return heard[-1:] == [told]


def failure(act: object) -> Failure:
    assert callable(act)
    with pytest.raises(DriverError) as caught:
        act()
    return caught.value.failure


def test_a_visit_logs_in_and_reads_across_the_socket(bench: Standing, slot: RemoteSlot) -> None:
    desk, vault = desk_at(slot)
    bench.hands.lay_card(4)
    desk.inspect()
    signed = desk.authenticate(typed(vault, "1234", Password.AUTHENTICATION), bytes(32), False)
    read = desk.read_attributes(typed(vault, "5678", Password.ATTRIBUTES, 2), False)
    desk.close()
    assert isinstance(signed, Signed)
    assert isinstance(read, AttributesRead)
    assert read.attributes.name == "見本 ツル"
    assert bench.hands.state()["card"]["verifies"] == 2


def test_a_spent_try_stays_spent_for_the_next_client(bench: Standing) -> None:
    bench.hands.lay_card(1)
    for left in (2, 1):
        slot = RemoteSlot(bench.folder / "reader.sock")
        desk, vault = desk_at(slot)
        refused = desk.authenticate(typed(vault, "9999", Password.AUTHENTICATION), bytes(32), False)
        desk.close()
        assert isinstance(refused, PasswordRefused)
        assert bench.hands.state()["card"]["tries"] == {"authentication": left, "attributes": 3}


def test_what_the_hands_do_is_told_in_order(bench: Standing, slot: RemoteSlot) -> None:
    heard: list[CardEvent] = []
    desk, _ = desk_at(slot)
    desk.watch(heard.append)
    story: list[tuple[Callable[[], None], CardEvent]] = [
        (lambda: bench.hands.lay_card(1), CardLaid(stale=False)),
        (bench.hands.take_card, CardTaken()),
        (lambda: bench.hands.unplug("reader"), ReaderLost()),
        (lambda: bench.hands.plug("reader"), ReaderBack()),
    ]
    for act, told in story:
        act()
        assert soon(partial(ends_with, heard, told))
    desk.close()
    assert heard == [told for _, told in story]


def test_a_card_that_lay_there_before_is_stale_at_once(bench: Standing, slot: RemoteSlot) -> None:
    bench.hands.lay_card(2)
    heard: list[CardEvent] = []
    desk, _ = desk_at(slot)
    desk.watch(heard.append)
    assert heard == [CardLaid(stale=True)]
    desk.close()


def test_failures_keep_their_names(bench: Standing, slot: RemoteSlot) -> None:
    assert failure(slot.connect) is Failure.CARD_NOT_LAID
    assert failure(lambda: slot.transmit(bytearray(SELECT))) is Failure.CARD_PULLED
    bench.hands.lay_card(1, CardCase.LOCKED)
    slot.connect()
    assert slot.transmit(bytearray(SELECT)) == b"\x90\x00"
    bench.hands.take_card()
    assert failure(lambda: slot.transmit(bytearray(SELECT))) is Failure.CARD_PULLED
    bench.hands.unplug("reader")
    assert failure(slot.connect) is Failure.READER_LOST


def test_one_holds_the_card_and_others_wait_until_it_is_let_go(bench: Standing, slot: RemoteSlot) -> None:
    bench.hands.lay_card(1)
    other = RemoteSlot(bench.folder / "reader.sock")
    slot.connect()
    letting_go = Thread(target=slot.disconnect)
    letting_go.start()
    assert other.connect().laying == 1
    letting_go.join()
    assert failure(slot.connect) is Failure.CARD_UNREADABLE
    other.close()
    assert slot.connect().laying == 1


HOLDER = """
import sys
from pathlib import Path
from drivers.card.remote import RemoteSlot
slot = RemoteSlot(Path(sys.argv[1]))
slot.connect()
slot.transmit(bytearray.fromhex("00A4040C0AD392F000260100000001"))
print(slot.transmit(bytearray.fromhex("00200098" + "0431323334")).hex(), flush=True)
sys.stdin.read()
"""


def test_a_killed_client_frees_the_reader_and_what_its_password_opened_is_shut(
    bench: Standing, slot: RemoteSlot
) -> None:
    bench.hands.lay_card(1)
    command = [sys.executable, "-c", HOLDER, str(bench.folder / "reader.sock")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT) as client:
        assert client.stdout is not None
        assert client.stdout.readline() == b"9000\n"
        client.kill()
    slot.connect()
    slot.transmit(bytearray(SELECT))
    sign = bytearray.fromhex("802A008001AA00")
    slot.transmit(bytearray.fromhex("00A4020C020017"))
    assert slot.transmit(sign) == b"\x69\x82"


def test_a_bench_that_dies_is_a_lost_reader_and_heals(tmp_path: Path) -> None:
    folder = tmp_path / "bench"
    process = start(folder)
    slot = RemoteSlot(folder / "reader.sock")
    assert slot.look(None, 0) == Sighting("Simulated reader 00 00")
    assert failure(slot.connect) is Failure.CARD_NOT_LAID
    process.kill()
    end(process)
    assert slot.look(Sighting("Simulated reader 00 00"), 5) == Sighting(None)
    assert failure(slot.connect) is Failure.READER_LOST
    assert slot.look(Sighting(None), 0.01) == Sighting(None)
    process = start(folder)
    assert slot.look(Sighting(None), 5) == Sighting("Simulated reader 00 00")
    assert failure(slot.connect) is Failure.CARD_NOT_LAID
    slot.close()
    end(process)


def test_closing_ends_a_look_that_waits(slot: RemoteSlot) -> None:
    known = slot.look(None, 0)
    looking = Thread(target=slot.look, args=(known, 60.0))
    looking.start()
    slot.close()
    looking.join(5)
    assert not looking.is_alive()
    assert slot.look(None, 60) == Sighting(None)
