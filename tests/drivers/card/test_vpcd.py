"""The virtual reader's side of vpcd's protocol, before a driver played by hand."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from drivers.card.faults import Fault
from drivers.card.simulator import SimulatedReader
from drivers.card.vpcd import Signal, VirtualReader
from tests.drivers.card.desk import card

JPKI = bytes.fromhex("00A4040C0AD392F000260100000001")


@dataclass
class Driver:
    """Listens as vpcd does, on loopback."""

    door: socket.socket
    reader: SimulatedReader

    def accepts(self) -> socket.socket:
        line, _ = self.door.accept()
        line.settimeout(5)
        return line

    def sees_nothing(self) -> None:
        """As often as it is shown."""
        for _ in range(3):
            with self.accepts() as line:
                assert ask(line, bytes([Signal.ATR])) is None


def ask(line: socket.socket, body: bytes, *, answered: bool = True) -> bytes | None:
    """Length and body by themselves, as vpcd sends them; None where the connection has ended."""
    line.sendall(len(body).to_bytes(2, "big"))
    line.sendall(body)
    if not answered:
        return None
    length = line.recv(2, socket.MSG_WAITALL)
    return line.recv(int.from_bytes(length, "big"), socket.MSG_WAITALL) if length else None


@pytest.fixture
def driver() -> Iterator[Driver]:
    with socket.create_server(("127.0.0.1", 0)) as door:
        door.settimeout(5)
        reader = SimulatedReader()
        shown = VirtualReader(reader, door.getsockname())
        shown.start()
        yield Driver(door, reader)
        door.close()
        shown.stop()


def test_a_card_that_is_laid_calls_and_answers(driver: Driver) -> None:
    chip = card()
    driver.reader.lay(chip)
    with driver.accepts() as line:
        assert ask(line, bytes([Signal.ATR])) == chip.atr
        ask(line, bytes([Signal.ON]), answered=False)
        assert ask(line, JPKI) == b"\x90\x00"
        assert ask(line, bytes.fromhex("00A4020C020018")) == b"\x90\x00"
        assert ask(line, bytes.fromhex("00200080")) == b"\x63\xc3"
        whole = ask(line, bytes.fromhex("00B08A00000000"))
        assert whole is not None
        assert len(whole) == 2048 + 2


def test_power_and_reset_close_what_was_open(driver: Driver) -> None:
    driver.reader.lay(card())
    with driver.accepts() as line:
        for signal in (Signal.RESET, Signal.ON):
            ask(line, bytes([Signal.ON]), answered=False)
            assert ask(line, JPKI) == b"\x90\x00"
            ask(line, bytes([signal]), answered=False)
            assert ask(line, bytes.fromhex("00A4020C020018")) == b"\x6a\x82"
        ask(line, bytes([Signal.OFF]), answered=False)
        assert ask(line, JPKI) is None  # without power it is as if no card were there


def test_a_card_that_is_taken_hangs_up_and_the_next_one_waits_until_nothing_was_seen(driver: Driver) -> None:
    first, second = card(serial=1), card(serial=2)
    driver.reader.lay(first)
    with driver.accepts() as line:
        assert ask(line, bytes([Signal.ATR]))
        driver.reader.take()
        assert line.recv(1) == b""
    driver.reader.lay(second)
    driver.sees_nothing()
    with driver.accepts() as line:
        ask(line, bytes([Signal.ON]), answered=False)
        assert ask(line, JPKI) == b"\x90\x00"
    assert (len(first.log), len(second.log)) == (0, 1)


def test_a_card_that_is_pulled_hangs_up_in_the_middle(driver: Driver) -> None:
    driver.reader.lay(card())
    with driver.accepts() as line:
        ask(line, bytes([Signal.ON]), answered=False)
        driver.reader.fault_at(0, Fault.PULLED)
        assert ask(line, JPKI) is None


def test_a_mute_card_is_there_and_has_no_answer_to_reset(driver: Driver) -> None:
    driver.reader.lay(card(), mute=True)
    with driver.accepts() as line:
        answer = ask(line, bytes([Signal.ATR]))
        assert answer is not None
        assert len(answer) > 33  # longer than any: no driver takes it for one


def test_a_plug_that_is_pulled_is_told_before_anything_is_seen_of_it() -> None:
    told: list[tuple[bool, bool]] = []
    with socket.create_server(("127.0.0.1", 0)) as door:
        door.settimeout(5)
        reader = SimulatedReader(card=card())
        shown = VirtualReader(reader, door.getsockname(), lambda plugged: told.append((plugged, _open(line))))
        shown.start()
        line, _ = door.accept()
        line.settimeout(5)
        with line:
            ask(line, bytes([Signal.ON]), answered=False)
            reader.fault_at(0, Fault.UNPLUGGED)
            assert ask(line, JPKI) is None
        assert told == [(False, True)]
        door.close()
        shown.stop()


def _open(line: socket.socket) -> bool:
    line.setblocking(False)
    try:
        return line.recv(1, socket.MSG_PEEK) != b""
    except BlockingIOError:
        return True
    finally:
        line.settimeout(5)


def test_it_ends_with_a_card_on_it_and_with_nobody_listening() -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        address = door.getsockname()
    shown = VirtualReader(SimulatedReader(card=card()), address)
    shown.start()
    shown.stop()
    assert shown.seen.laying is None
