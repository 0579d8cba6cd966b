"""The whole terminal as its processes: a keeper that a test starts, its visits, its bench, and what it journals."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Condition, Thread

from drivers.bench.remote import RemoteBench
from kiosk.shell.succession import WAITING_WANTED
from tests.journeys.glass import Glass

PATIENCE = 60.0
"""Seconds that a test waits for what must come; no verdict hangs on it."""

_ENDING_SECONDS = 30.0
_GLANCE = 0.02


def until(holds: Callable[[], bool], what: str, seconds: float = PATIENCE) -> None:
    """Wait for it; a failed test where it does not come."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"it did not come: {what}"
        time.sleep(_GLANCE)


def parent_of(pid: int) -> int | None:
    """None where there is no such process, or it has ended."""
    try:
        state, parent = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[:2]
    except OSError:
        return None
    return None if state == "Z" else int(parent)


def living() -> list[int]:
    """Every process that has not ended."""
    pids = [int(folder.name) for folder in Path("/proc").iterdir() if folder.name.isdecimal()]
    return sorted(pid for pid in pids if parent_of(pid) is not None)


def words_of(pid: int) -> str:
    """Its command line; empty where it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
    except OSError:
        return ""


@dataclass
class Journal:
    """The lines that keeper and visits wrote, as they come."""

    lines: list[str]
    changed: Condition

    def read(self, pipe: Iterator[str]) -> None:
        """Until every process that writes is gone."""
        for line in pipe:
            with self.changed:
                self.lines.append(line.rstrip("\n"))
                self.changed.notify_all()

    def count(self, pattern: str) -> int:
        """Lines in which it is found."""
        with self.changed:
            return sum(re.search(pattern, line) is not None for line in self.lines)

    def last(self, pattern: str) -> str:
        """The first group of it in the last line in which it is found; empty where there is none."""
        with self.changed:
            found = (re.search(pattern, line) for line in reversed(self.lines))
            return next((match[1] for match in found if match), "")

    def await_line(self, pattern: str, count: int = 1, seconds: float = PATIENCE) -> bool:
        """Whether so many such lines have come in time."""
        with self.changed:
            return self.changed.wait_for(lambda: self.count(pattern) >= count, seconds)


class Terminal:
    """`kiosk run --simulate` before this glass; `folder` is where all its files lie, `words` are said to it besides."""

    def __init__(self, glass: Glass, folder: Path, *words: str) -> None:
        self.glass, self.folder = glass, folder
        self.journal = Journal([], Condition())
        environment = {name: value for name, value in os.environ.items() if not name.startswith("SDL_")}
        environment |= {"DISPLAY": glass.display, "SDL_VIDEODRIVER": "x11", "SDL_AUDIODRIVER": "dummy"}
        environment |= {"TMPDIR": str(folder)}
        self.started = time.monotonic()
        self.first_picture: float | None = None  # seconds after the start
        self.keeper = subprocess.Popen(
            [sys.executable, "-m", "kiosk", "run", "--simulate", *words],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.keeper.stderr is not None
        self._reader = Thread(target=self.journal.read, args=(self.keeper.stderr,), name="journal")
        self._reader.start()

    def children(self) -> list[int]:
        """The keeper's, living, the oldest first."""
        return [pid for pid in living() if parent_of(pid) == self.keeper.pid]

    def visits(self) -> list[int]:
        """The processes that receive visitors: on stage, then standing by."""
        found = [pid for pid in self.children() if "kiosk visit" in words_of(pid)]
        return sorted(found, key=_started)

    @property
    def bench(self) -> int:
        """The process of the bench."""
        return next(pid for pid in self.children() if "drivers.bench" in words_of(pid))

    @property
    def bench_folder(self) -> Path:
        """Where its sockets are."""
        return next(self.folder.glob("kiosk-bench-*"))

    def hands(self) -> RemoteBench:
        """A pair of them."""
        return RemoteBench(self.bench_folder)

    def visit_number(self) -> int:
        """The number of the visit that was begun last."""
        with self.journal.changed:
            found = [re.search(r" visit (\d+) begun", line) for line in self.journal.lines]
        return max((int(match[1]) for match in found if match), default=0)

    def await_visit(self, number: int) -> None:
        """Until this visit stands before its devices."""
        assert self.journal.await_line(rf" visit {number} begun$"), f"visit {number} was not begun"

    def waiting(self) -> int:
        """How many processes wait in the wings, as the keeper journals it."""
        last: dict[str, str] = {}
        with self.journal.changed:
            for line in self.journal.lines:
                said = re.search(r" process (\d+) (waits|takes|gone)", line)
                if said is not None:
                    last[said[1]] = said[2]
        return list(last.values()).count("waits")

    def await_wings(self, count: int = WAITING_WANTED) -> list[int]:
        """Until so many wait in the wings; the processes that stand by, in the order in which they will take over."""
        until(lambda: self.waiting() >= count, f"{count} in the wings")
        return self.visits()[1:]

    def await_stand_by(self) -> int:
        """Until one waits in the wings: it does nothing any more; its process."""
        return self.await_wings(1)[0]

    def close(self) -> None:
        """End it as systemd would, and wait until nothing of it is left."""
        if self.keeper.poll() is None:
            self.keeper.send_signal(signal.SIGTERM)
        self.keeper.wait(_ENDING_SECONDS)
        self._reader.join(_ENDING_SECONDS)
        assert self.keeper.stderr is not None
        self.keeper.stderr.close()


def processor_seconds(pid: int) -> float:
    """What a process has spent, both modes; 0 where it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _started(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[19])
    except OSError:
        return 0


@contextmanager
def running_terminal(glass: Glass, *words: str) -> Iterator[Terminal]:
    """One whose first visit has begun; `words` follow `kiosk run --simulate`.

    Its files lie in a short folder, for the sake of its sockets' names.
    """
    folder = Path(tempfile.mkdtemp(prefix="kt-"))
    terminal = Terminal(glass, folder, *words)
    try:
        until(lambda: not glass.is_blank(), "a first picture")
        terminal.first_picture = time.monotonic() - terminal.started
        terminal.await_visit(1)
        yield terminal
    finally:
        terminal.close()
        shutil.rmtree(folder)
