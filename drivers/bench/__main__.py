"""`python -m drivers.bench --socket DIR [--page PORT] [--store FILE]`: the bench as a process of its own.

It says `ready` when everything stands, and ends, leaving nothing behind, when its standard input ends, when it is told
to (SIGTERM, SIGINT), or when its parent dies.
"""

import argparse
import ctypes
import os
import resource
import select
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from drivers.bench.bench import Bench
from drivers.bench.standing import standing
from drivers.camera.simulator import FRAMES_PER_SECOND

_PR_SET_PDEATHSIG = 1


def main(arguments: list[str] | None = None) -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(prog="python -m drivers.bench", description="Every simulated device, and hands.")
    parser.add_argument("--socket", type=Path, required=True, metavar="DIR", help="folder for sockets and addresses")
    parser.add_argument("--page", type=int, metavar="PORT", help="show the bench page there; 0: any port that is free")
    parser.add_argument(
        "--store",
        type=Path,
        metavar="FILE",
        help="keep there what the portal receives, and who has registered (SQLite)",
    )
    parser.add_argument(
        "--frames-per-second",
        type=int,
        choices=range(1, 61),
        default=round(FRAMES_PER_SECOND),
        metavar="N",
        help="previews of the camera, 1 to 60; every one of them is looked at",
    )
    said = parser.parse_args(arguments)
    folder: Path = said.socket.absolute()
    _die_with_the_parent()
    os.umask(0o077)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    tempfile.tempdir = str(folder)  # the portal's keys lie where everything lies
    with (
        _told_to_end() as told,
        Bench(store=said.store, frames_per_second=said.frames_per_second) as bench,
        standing(bench, folder, said.page),
    ):
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        _wait(told)
    return 0


def _wait(told: int) -> None:
    """Until standard input ends, or a signal has been written to `told`."""
    while True:
        ready = select.select([0, told], [], [])[0]
        if told in ready or not os.read(0, 4096):
            return


@contextmanager
def _told_to_end() -> Iterator[int]:
    """A handler runs between two instructions of the main thread alone, and that may already wait for ever: a signal is
    written by the interpreter itself, at once, on whichever thread it hits.
    """
    reading, writing = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: None)
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    yield reading


def _die_with_the_parent() -> None:
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(main())
