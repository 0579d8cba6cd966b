"""The terminal's own cap: more than six refused passwords in an hour close the card step for an hour."""

from datetime import timedelta

import pytest

from drivers.card import apdu
from drivers.card.refusals import RefusalTimesInMemory, card_step_open
from drivers.card.simulator import SimulatedReader
from kiosk.events import PasswordRefused
from kiosk.failures import DriverError
from tests.drivers.card.desk import NOW, Desk, card, tries_on

MINUTE = timedelta(minutes=1)


def test_six_in_an_hour_are_borne_and_seven_are_not() -> None:
    assert card_step_open([NOW - MINUTE * past for past in (1, 2, 3, 4, 5, 6)], NOW, 6)
    assert not card_step_open([NOW - MINUTE * past for past in (1, 2, 3, 4, 5, 6, 59)], NOW, 6)


def test_seven_that_are_spread_over_more_than_an_hour_are_borne() -> None:
    assert card_step_open([NOW - MINUTE * past for past in (0, 10, 20, 30, 40, 50, 61)], NOW, 6)


def test_it_stays_closed_for_an_hour_after_the_last_and_not_longer() -> None:
    times = [NOW - MINUTE * past for past in (0, 10, 20, 30, 40, 50, 59)]
    assert not card_step_open(times, NOW + 59 * MINUTE, 6)
    assert card_step_open(times, NOW + 60 * MINUTE, 6)


def test_times_that_lie_ahead_count_as_now() -> None:
    assert card_step_open([NOW + MINUTE * ahead for ahead in range(1, 7)], NOW, 6)
    assert not card_step_open([NOW + MINUTE * ahead for ahead in range(1, 8)], NOW, 6)


def test_visitors_together_close_the_card_step_and_the_next_one_loses_no_try() -> None:
    times = RefusalTimesInMemory()
    for visit in range(7):
        desk = Desk(times=times)
        desk.reader.lay(card(serial=1 + visit % 2))
        assert desk.logs_in("1111") == PasswordRefused(2)
    chip = card()
    desk = Desk(times=times)
    desk.reader.lay(chip)
    with pytest.raises(DriverError, match="CARD_STEP_CLOSED"):
        desk.logs_in("1234")
    assert (chip.verifies, tries_on(chip)) == (0, (3, 3))
    desk.clock.now = NOW + timedelta(hours=2)
    desk.logs_in("1234")
    assert chip.verifies == 1


def test_only_times_are_kept() -> None:
    desk = Desk.with_card(card())
    desk.logs_in("1111")
    desk.logs_in("1234")
    assert desk.times.load() == (NOW,)


@pytest.mark.parametrize("answer", [b"", b"\x90", b"\x6f\x00", b"\x63\x00", b"\x69\x85"])
def test_an_answer_that_makes_no_sense_counts_as_well(answer: bytes) -> None:
    class Mumbling(SimulatedReader):
        def transmit(self, command: bytearray) -> bytes:
            return answer if command[1] == apdu.VERIFY and len(command) > 4 else super().transmit(command)

    desk = Desk(Mumbling(card=card()))
    for _ in range(2):
        with pytest.raises(DriverError, match="CARD_MALFORMED"):
            desk.logs_in("1234")
    with pytest.raises(DriverError, match="REFUSED_TOO_OFTEN"):
        desk.logs_in("1234")
    assert len(desk.times.load()) == 2
