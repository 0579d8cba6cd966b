"""The keeper and its courier: one at most, and neither its crash nor its hanging holds up a visitor."""

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.shell.errands import LONGEST_SECONDS, PAUSES
from kiosk.shell.keepers_courier import KeepersCourier
from tests.shell.fakes import HandClock, journal
from tests.shell.test_keeper import Theatre, theatre

__all__ = ["theatre"]


class Station:
    """A courier that is a shell, whose errand ends when the test says so; keys are open while `open` says so."""

    def __init__(self) -> None:
        self.clock, self.open, self.sent = HandClock(), True, list["subprocess.Popen[bytes]"]()
        self.broken = False
        self.courier = KeepersCourier(self._start, lambda: self.open, self.clock, journal()[0])

    def _start(self) -> "subprocess.Popen[bytes]":
        if self.broken:
            raise OSError
        process = subprocess.Popen(["/bin/sh", "-c", "read wish && exit $wish"], stdin=subprocess.PIPE)
        self.sent.append(process)
        return process

    def later(self, seconds: float) -> None:
        self.clock.now += seconds
        self.courier.poll()

    def ends(self, code: int) -> None:
        """The last one comes back."""
        stdin = self.sent[-1].stdin
        assert stdin is not None
        stdin.write(b"%d\n" % code)
        stdin.flush()
        os.waitid(os.P_PID, self.sent[-1].pid, os.WEXITED | os.WNOWAIT)


@pytest.fixture
def station() -> Iterator[Station]:
    made = Station()
    yield made
    made.courier.end()
    assert all(process.returncode is not None for process in made.sent)


def test_one_is_sent_and_waited_for(station: Station) -> None:
    station.later(0)
    station.courier.visit_gone()
    station.later(100)
    assert len(station.sent) == 1
    station.open = False
    station.ends(0)
    station.later(1)
    station.later(1000)
    assert len(station.sent) == 1
    assert station.courier.due() == float("inf")


def test_one_that_broke_is_followed_after_a_pause(station: Station) -> None:
    station.later(0)
    station.ends(70)
    station.later(1)
    station.later(PAUSES[0] - 1)
    assert len(station.sent) == 1
    station.later(1.1)
    assert len(station.sent) == 2


def test_one_that_hangs_is_ended_and_followed(station: Station) -> None:
    station.later(0)
    station.later(LONGEST_SECONDS)
    os.waitid(os.P_PID, station.sent[0].pid, os.WEXITED | os.WNOWAIT)
    station.later(0)
    assert station.sent[0].returncode == -signal.SIGKILL
    station.later(PAUSES[0])
    assert len(station.sent) == 2


def test_one_that_cannot_be_started_is_tried_again_later(station: Station) -> None:
    station.broken = True
    station.later(0)
    assert station.courier.due() == PAUSES[0]
    station.broken = False
    station.later(PAUSES[0])
    assert len(station.sent) == 1


# --- within a keeper ----------------------------------------------------------------------------------------------


def sent(theatre: Theatre) -> int:
    return int(theatre.hears(" courier").split()[0])


def test_a_visit_that_left_a_key_is_followed_by_a_courier_and_the_next_visit_alike(theatre: Theatre) -> None:
    serving = theatre.opens()
    (theatre.keys / "a-key-that-was-written-down").touch()
    os.kill(serving, signal.SIGKILL)
    courier = sent(theatre)
    serving = theatre.opens()
    os.kill(courier, signal.SIGKILL)  # its crash is nobody's business
    os.kill(serving, signal.SIGUSR1)
    theatre.hears(" after completed")
    assert sent(theatre) != courier  # a visit has gone: it does not wait for the pause
    theatre.hears("WATCHDOG=1")


def test_a_courier_that_hangs_holds_up_no_visit_and_ends_with_the_keeper(theatre: Theatre) -> None:
    serving = theatre.opens()
    (theatre.keys / "a-key-that-was-written-down").touch()
    os.kill(serving, signal.SIGKILL)
    sent(theatre)
    for visit in (3, 4):
        os.kill(theatre.opens(), signal.SIGUSR1)
        theatre.hears(f" takes {visit} after completed")
    theatre.keeper.terminate()
    assert theatre.keeper.wait(20) == 0


def test_what_an_earlier_keeper_left_is_settled_without_any_visit(tmp_path: Path) -> None:
    hall = Theatre(tmp_path, "a-key-that-was-written-down")
    try:
        sent(hall)
    finally:
        hall.close()
