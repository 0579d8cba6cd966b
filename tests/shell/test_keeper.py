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
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


class Theatre:
    """A keeper's process, and the lines that it and its actors tell."""

    def __init__(self, folder: Path, *keys: str) -> None:
        self.keys = folder / "open"
        self.keys.mkdir()
        for key in keys:
            (self.keys / key).touch()
        self.lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.keeper = subprocess.Popen(
            [sys.executable, str(ROOT / "tests/shell/theatre.py"), str(self.keys)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        self.pids: set[int] = set()

    def hears(self, *ending: str) -> str:
        """The next line that ends so, whoever says it."""
        deadline = time.monotonic() + 20
        while True:
            line = self.lines.get(timeout=max(0.0, deadline - time.monotonic()))
            words = line.split()
            if words and words[0].isdigit():
                self.pids.add(int(words[0]))
            if line.endswith(ending):
                return line

    def opens(self) -> int:
        """Who opens next."""
        return int(self.hears(" opens").split()[0])

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


@pytest.fixture
def theatre(tmp_path: Path) -> Iterator[Theatre]:
    theatre = Theatre(tmp_path)
    try:
        yield theatre
    finally:
        theatre.close()
    for pid in theatre.pids:
        _gone(pid)


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


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
    waiting = int(theatre.hears(" ready").split()[0])
    os.kill(waiting, signal.SIGKILL)
    another = int(theatre.hears(" ready").split()[0])
    assert len({serving, waiting, another}) == 3
    os.kill(serving, signal.SIGUSR1)
    assert theatre.opens() == another


def test_a_killed_keeper_takes_all_along(theatre: Theatre) -> None:
    theatre.opens()
    theatre.hears(" ready")
    theatre.keeper.kill()
    theatre.keeper.wait()
    for pid in theatre.pids:
        _gone(pid)


def test_asked_to_end_it_ends_all(theatre: Theatre) -> None:
    theatre.opens()
    theatre.keeper.terminate()
    assert theatre.keeper.wait(20) == 0
    assert theatre.hears("STOPPING=1")


def _gone(pid: int) -> None:
    """Wait for the end of a process that is not our child."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    with os.fdopen(descriptor, "rb", closefd=True) as file:
        assert select.select([file], [], [], 10)[0]
