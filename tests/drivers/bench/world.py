"""A bench that really stands in a process of its own, for the stories of this folder."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from drivers.bench.remote import RemoteBench
from tests.house.tree import ROOT

PATIENCE = 20.0


@dataclass(frozen=True)
class Standing:
    """The process, its folder, and a pair of hands."""

    process: "subprocess.Popen[bytes]"
    folder: Path
    hands: RemoteBench

    @property
    def page(self) -> str:
        """The bench page's address."""
        url: str = json.loads((self.folder / "page.json").read_text())["url"]
        return url


def start(folder: Path, *, page: bool = False) -> "subprocess.Popen[bytes]":
    """Return when it says that it is ready."""
    command = [sys.executable, "-m", "drivers.bench", "--socket", str(folder), *(["--page", "0"] if page else [])]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT)
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    return process


def end(process: "subprocess.Popen[bytes]") -> int:
    """Leave it; its exit code."""
    with process:
        assert process.stdin is not None
        process.stdin.close()
        return process.wait(PATIENCE)


@contextmanager
def standing(folder: Path, *, page: bool = False) -> Iterator[Standing]:
    """A bench for a while."""
    process = start(folder, page=page)
    try:
        with RemoteBench(folder) as hands:
            yield Standing(process, folder, hands)
    finally:
        end(process)


def soon(true: Callable[[], object]) -> bool:
    """Whether it becomes true before we lose patience."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if true():
            return True
        time.sleep(0.01)
    return False
