"""The keeper over real processes: whoever ends, is killed or hangs, somebody comes; nobody is left over."""

import os
import queue
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.journeys.terminal import until

ROOT = Path(__file__).parents[2]


class Theatre:
    """A keeper's process, and the lines that it and its actors tell."""

    def __init__(self, folder: Path, *keys: str, **environment: str) -> None:
        self.keys = folder / "open"
        self.keys.mkdir()
        for key in keys:
            (self.keys / key).touch()
        self.lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.keeper = subprocess.Popen(
            [sys.executable, str(ROOT / "tests/shell/theatre.py"), str(self.keys)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, **environment, "PYTHONPATH": str(ROOT)},
        )
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        self.pids: set[int] = set()

    def hears(self, *ending: str, of: str = "") -> str:
        """The next line that ends so and has `of` in it, whoever says it."""
        deadline = time.monotonic() + 20
        while True:
            line = self.lines.get(timeout=max(0.0, deadline - time.monotonic()))
            words = line.split()
            if words and words[0].isdigit():
                self.pids.add(int(words[0]))
            if of in line and line.endswith(ending or ("",)):
                return line

    def who(self, *ending: str) -> int:
        """Whose is the next line that ends so."""
        return int(self.hears(*ending).split()[0])

    def opens(self) -> int:
        """Who opens next."""
        return self.who(" opens")

    def close(self) -> None:
        if self.keeper.poll() is None:
            self.keeper.kill()
        self.keeper.wait()
        self._reader.join()
        assert self.keeper.stdout is not None
        self.keeper.stdout.close()

    def _read(self) -> None:
        assert self.keeper.stdout is not None
        for line in self.keeper.stdout:
            self.lines.put(line.strip())


@contextmanager
def playing(folder: Path, **environment: str) -> Iterator[Theatre]:
    theatre = Theatre(folder, **environment)
    try:
        yield theatre
    finally:
        theatre.close()
    for pid in theatre.pids:
        _gone(pid)


@pytest.fixture
def theatre(tmp_path: Path) -> Iterator[Theatre]:
    with playing(tmp_path) as theatre:
        yield theatre


def _lives(pid: int) -> bool:
    return _state(pid) not in {"", "Z"}


def _state(pid: int) -> str:
    """As the kernel writes it; empty where there is no such process."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return ""


def test_one_visit_after_the_other_each_in_its_own_process(theatre: Theatre) -> None:
    seen = set()
    for visit in range(1, 6):
        serving = theatre.opens()
        seen.add(serving)
        os.kill(serving, signal.SIGUSR1)
        assert f" takes {visit + 1} after completed" in theatre.hears("completed")
    assert len(seen) == 5


def test_systemd_is_told_when_the_first_serves_and_is_fed_while_somebody_does(theatre: Theatre) -> None:
    theatre.hears("READY=1")
    theatre.hears("WATCHDOG=1")


def test_a_killed_visit_is_replaced_and_the_next_hears_that_it_broke_off(theatre: Theatre) -> None:
    os.kill(theatre.opens(), signal.SIGKILL)
    theatre.hears("takes 2 after broken_off")
    theatre.opens()


def test_a_visit_killed_while_it_submitted_leaves_its_fate_open(theatre: Theatre) -> None:
    serving = theatre.opens()
    (theatre.keys / "a-key-that-was-written-down").touch()
    os.kill(serving, signal.SIGKILL)
    theatre.hears("takes 2 after fate_unknown")
    os.kill(theatre.opens(), signal.SIGKILL)
    theatre.hears("takes 3 after broken_off")


def test_a_visit_that_hangs_is_ended(theatre: Theatre) -> None:
    serving = theatre.opens()
    os.kill(serving, signal.SIGUSR2)
    theatre.hears("after broken_off")
    assert theatre.opens() != serving
    assert not _lives(serving)


def test_a_killed_stand_by_is_replaced(theatre: Theatre) -> None:
    serving = theatre.opens()
    waiting, second = theatre.who(" ready"), theatre.who(" ready")
    os.kill(waiting, signal.SIGKILL)
    third = theatre.who(" ready")
    assert len({serving, waiting, second, third}) == 4
    os.kill(serving, signal.SIGUSR1)
    assert theatre.opens() == second


def test_who_is_killed_right_after_taking_the_stage_is_followed_by_the_second_who_waits(theatre: Theatre) -> None:
    serving = theatre.opens()
    first, second = theatre.who(" ready"), theatre.who(" ready")
    os.kill(serving, signal.SIGKILL)
    assert theatre.who("takes 2 after broken_off") == first
    os.kill(first, signal.SIGKILL)
    assert theatre.who("takes 3 after broken_off") == second
    assert theatre.opens() == second


def test_when_all_are_killed_at_once_another_comes_and_the_wings_are_filled_again(theatre: Theatre) -> None:
    everybody = [theatre.opens(), theatre.who(" ready"), theatre.who(" ready")]
    for pid in everybody:
        os.kill(pid, signal.SIGKILL)
    serving = theatre.opens()
    assert len({*everybody, serving, theatre.who(" ready"), theatre.who(" ready")}) == 6


def test_a_process_that_cannot_be_started_costs_nobody_their_visit(theatre: Theatre) -> None:
    serving = theatre.opens()
    waiting, second = theatre.who(" ready"), theatre.who(" ready")
    (theatre.keys / "no-room").touch()
    os.kill(waiting, signal.SIGKILL)
    theatre.hears(of="fault in start: BlockingIOError")
    (theatre.keys / "no-room").unlink()
    theatre.who(" ready")
    os.kill(serving, signal.SIGUSR1)
    theatre.hears("takes 2 after completed")
    assert theatre.opens() == second


def test_settings_that_have_become_unusable_end_the_terminal_only_when_nobody_is_left(theatre: Theatre) -> None:
    serving = theatre.opens()
    waiting, second = theatre.who(" ready"), theatre.who(" ready")
    (theatre.keys / "bad-settings").touch()
    os.kill(waiting, signal.SIGKILL)
    theatre.hears("gone, 2")
    os.kill(serving, signal.SIGUSR1)
    theatre.hears("takes 2 after completed")
    assert theatre.opens() == second
    os.kill(second, signal.SIGKILL)
    assert theatre.keeper.wait(20) == 2


def test_a_visit_that_hangs_while_it_submits_leaves_its_fate_open(theatre: Theatre) -> None:
    serving = theatre.opens()
    (theatre.keys / "a-key-that-was-written-down").touch()
    os.kill(serving, signal.SIGUSR2)
    theatre.hears("takes 2 after fate_unknown")
    assert theatre.opens() != serving


def test_a_visit_killed_after_its_end_was_good_does_not_break_off(theatre: Theatre) -> None:
    serving = theatre.opens()
    theatre.who(" ready")
    os.kill(serving, signal.SIGHUP)
    theatre.hears(" got it")
    os.kill(serving, signal.SIGKILL)
    theatre.hears("takes 2 after completed")


def test_a_killed_keeper_takes_all_along(theatre: Theatre) -> None:
    theatre.opens()
    theatre.hears(" ready")
    theatre.hears(" ready")
    theatre.keeper.kill()
    theatre.keeper.wait()
    for pid in theatre.pids:
        _gone(pid)


def test_a_process_that_is_being_started_when_the_keeper_is_killed_is_no_orphan(tmp_path: Path) -> None:
    """It has not asked the kernel yet to die with the keeper, and finds it gone."""
    with playing(tmp_path, ACTOR_STOPS="yes") as theatre:
        starting = theatre.who(" born")
        until(lambda: _state(starting) == "T", "its stop")  # it says so before
        theatre.keeper.kill()
        theatre.keeper.wait()
        assert _lives(starting)
        os.kill(starting, signal.SIGCONT)
        _gone(starting)
    said = [theatre.lines.get() for _ in range(theatre.lines.qsize())]
    assert not [line for line in said if line.endswith(" ready")], "it went on"


def test_asked_to_end_it_ends_all(theatre: Theatre) -> None:
    theatre.opens()
    theatre.keeper.terminate()
    assert theatre.keeper.wait(20) == 0
    assert theatre.hears("STOPPING=1")


def test_who_asks_twice_does_not_break_the_closing(tmp_path: Path) -> None:
    with playing(tmp_path, ACTOR_TIDIES="yes") as theatre:
        theatre.opens()
        theatre.keeper.send_signal(signal.SIGINT)
        theatre.hears(" tidies")
        for wanted in (signal.SIGINT, signal.SIGTERM):
            theatre.keeper.send_signal(wanted)
        assert theatre.keeper.wait(20) == 0


def test_visits_that_break_as_soon_as_they_serve_are_held_back_and_the_journal_says_so(theatre: Theatre) -> None:
    os.kill(theatre.opens(), signal.SIGKILL)
    theatre.hears("visits that broke soon: 1; the next may open in 0 s")
    os.kill(theatre.opens(), signal.SIGKILL)
    theatre.hears("visits that broke soon: 2; the next may open in 2 s")
    began = time.monotonic()
    theatre.hears("takes 3 after broken_off")
    shown = time.monotonic() - began
    theatre.opens()
    assert shown < 1 < time.monotonic() - began


def test_the_end_of_the_bench_is_noticed_at_once_and_leaves_no_zombie(theatre: Theatre) -> None:
    bench = theatre.who(" bench")
    serving = theatre.opens()
    os.kill(bench, signal.SIGKILL)
    theatre.hears("bench gone, -9")
    assert _state(bench) == ""
    os.kill(serving, signal.SIGUSR1)
    theatre.opens()


def _gone(pid: int) -> None:
    """Wait for the end of a process that is not our child."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    with os.fdopen(descriptor, "rb", closefd=True) as file:
        assert select.select([file], [], [], 10)[0]
