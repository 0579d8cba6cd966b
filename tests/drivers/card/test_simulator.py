"""The simulated reader's own manners: habits, time, and faults by appointment."""

from collections.abc import Callable
from threading import Thread
from time import monotonic

import pytest

from drivers.card.chip import Chip
from drivers.card.faults import FAILURES, Fault
from drivers.card.habits import AT_ONCE, BEST, COMMON, Extended, Habits, Pace
from drivers.card.simulator import SimulatedReader
from kiosk.failures import DriverError
from tests.drivers.card.desk import card, tries_on

JPKI, SELECT_PASSWORD, COUNT = "00A4040C0AD392F000260100000001", "00A4020C020018", "00200080"
COUNT_SHORT, READ_SHORT, READ_WHOLE, WRONG = "00200098", "00B08A0000", "00B08A00000000", "00200080" + "0431313131"


def connected(
    habits: Habits = BEST, pace: Pace = AT_ONCE, wait: Callable[[float], None] | None = None
) -> SimulatedReader:
    reader = SimulatedReader(card=card(), habits=habits, pace=pace, wait=wait)
    reader.connect()
    return reader


def say(reader: SimulatedReader, *commands: str) -> str:
    answers = [reader.transmit(bytearray.fromhex(command)) for command in commands]
    return answers[-1].hex().upper()


@pytest.mark.parametrize("status", [0x6A86, 0x6A88, 0x6A82, 0x6B00])
def test_short_identifiers_are_refused_in_one_of_four_ways_and_nothing_else_is(status: int) -> None:
    reader = connected(habits=Habits(short_refused=status))
    assert say(reader, JPKI, COUNT_SHORT) == f"{status:04X}"
    assert say(reader, READ_SHORT) == f"{status:04X}"
    assert say(reader, SELECT_PASSWORD, COUNT) == "63C3"


@pytest.mark.parametrize(
    ("extended", "answer"),
    [(Extended.REFUSED, "6700"), (Extended.CORRECTED, "6C00"), (Extended.EMPTY, "9000")],
)
def test_extended_length_is_refused_with_a_status(extended: Extended, answer: str) -> None:
    reader = connected(habits=Habits(extended=extended))
    assert say(reader, JPKI, READ_WHOLE) == answer
    assert len(say(reader, READ_SHORT)) == 2 * (256 + 2)


def test_extended_length_is_cut_to_what_the_short_form_could_say() -> None:
    reader = connected(habits=Habits(extended=Extended.CUT))
    assert say(reader, JPKI, READ_WHOLE) == say(reader, READ_SHORT)


def test_a_connection_that_dies_over_extended_length_leaves_the_card_where_it_lies() -> None:
    reader = connected(habits=Habits(extended=Extended.LOST))
    lying = reader.look(None, 0)
    say(reader, JPKI)
    for _ in range(2):
        with pytest.raises(DriverError, match="CARD_PULLED"):
            say(reader, READ_WHOLE)
    assert reader.connect() == lying
    assert say(reader, JPKI, READ_SHORT)[-4:] == "9000"


def test_answers_are_handed_over_in_pieces() -> None:
    reader = connected(habits=Habits(pieces=100))
    said = say(reader, JPKI, READ_SHORT)
    assert said == "6164"  # 100 and more
    pieces = [say(reader, f"00C00000{int(said[-2:], 16):02X}")]
    while pieces[-1][-4:-2] == "61":
        pieces.append(say(reader, "00C00000" + pieces[-1][-2:]))
    whole = "".join(piece[:-4] for piece in pieces) + pieces[-1][-4:]
    assert whole == say(connected(), JPKI, READ_SHORT)
    assert [len(piece) // 2 - 2 for piece in pieces] == [100, 100, 56]


def test_time_is_modelled_and_given_to_who_waits() -> None:
    waited: list[float] = []
    reader = connected(pace=Pace(command=0.015, byte=0.001, signature=0.5), wait=waited.append)
    say(reader, JPKI)
    assert waited == [pytest.approx(0.015 + 0.001 * (15 + 2))]
    say(reader, SELECT_PASSWORD, "0020008004" + b"1234".hex(), "00A4020C020017")
    say(reader, "802A008033" + "3031300D060960864801650304020105000420" + "00" * 32 + "00")
    assert waited[-1] == pytest.approx(0.515 + 0.001 * (57 + 258))
    assert reader.modelled == pytest.approx(sum(waited))


def test_time_passes_where_nobody_else_waits_for_it() -> None:
    reader = connected(pace=Pace(command=0.05))
    begun = monotonic()
    say(reader, JPKI)
    assert monotonic() - begun >= 0.05


def test_a_card_can_be_taken_while_it_thinks_and_has_heard_all_the_same() -> None:
    chip = card()
    reader = SimulatedReader(card=chip, pace=Pace(command=30))
    reader.connect()
    for command in (JPKI, SELECT_PASSWORD):
        chip.answer(bytes.fromhex(command))
    hand = Thread(target=take_once_heard, args=(reader, chip))
    hand.start()
    with pytest.raises(DriverError, match="CARD_PULLED"):
        say(reader, WRONG)
    hand.join()
    assert tries_on(chip) == (2, 3)


def take_once_heard(reader: SimulatedReader, chip: Chip) -> None:
    until = monotonic() + 5
    while chip.verifies == 0:
        assert monotonic() < until
    reader.take()


@pytest.mark.parametrize("fault", Fault)
@pytest.mark.parametrize("heard", [True, False])
def test_what_goes_wrong_goes_wrong_once_at_its_command(fault: Fault, heard: bool) -> None:
    reader = connected()
    chip = reader.card
    assert chip is not None
    reader.fault_at(2, fault, heard=heard)
    say(reader, JPKI, SELECT_PASSWORD)
    if fault in FAILURES:
        with pytest.raises(DriverError, match=FAILURES[fault].name):
            say(reader, WRONG)
    else:
        assert say(reader, WRONG) not in {"63C2", "9000"}
    assert tries_on(chip) == ((2, 3) if heard else (3, 3))
    lies = reader.card is not None
    assert lies is (fault is not Fault.PULLED)
    reader.plug()
    reader.lay(chip)
    reader.connect()
    assert say(reader, JPKI, SELECT_PASSWORD, COUNT) == ("63C2" if heard else "63C3")
    assert reader.sent == 6


def test_a_card_whose_connection_died_lies_there_as_it_was_laid() -> None:
    for fault in (Fault.RESET, Fault.TIMED_OUT, Fault.LOST):
        reader = connected()
        lying = reader.look(None, 0)
        reader.fault_at(0, fault)
        with pytest.raises(DriverError):
            say(reader, JPKI)
        assert reader.look(None, 0) == lying
        assert reader.connect() == lying


def test_the_common_pace_is_what_other_clients_were_measured_with() -> None:
    assert COMMON.seconds(bytes(5), bytes(258)) == pytest.approx(0.015 + 263 / 20_000)
