"""`kiosk run`: the keeper with its children. Imports neither window nor devices."""

import json
import logging
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import sdnotify

from kiosk.command_line import Run
from kiosk.commands.journaling import journaling
from kiosk.settings import load
from kiosk.shell.hardening import harden
from kiosk.shell.keeper import Keeper, Staff
from kiosk.shell.open_keys import OpenKeys

_BENCH_SECONDS = 60


def keep(command: Run) -> int:
    """Until the terminal is asked to end."""
    settings = load(command.simulate, command.config)
    with ExitStack() as end:
        journal = end.enter_context(journaling(logging.StreamHandler()))
        if not harden():
            journal.note("the memory of the keeper is not locked")
        said = settings.terminal.state_dir
        state_dir = Path(said or end.enter_context(tempfile.TemporaryDirectory(prefix="kiosk-")))
        words = [*_common(command), "--state-dir", str(state_dir)]
        if command.simulate:
            bench = Path(end.enter_context(tempfile.TemporaryDirectory(prefix="kiosk-bench-")))
            end.callback(_end_bench, _start_bench(bench))
            words += ["--bench", str(bench)]

        def start(further: Sequence[str], descriptor: int) -> subprocess.Popen[bytes]:
            own = ["--fd", str(descriptor), "--keeper", str(os.getpid())]
            return subprocess.Popen(  # noqa: S603  # our own words
                [sys.executable, "-m", "kiosk", "visit", *own, *words, *further],
                pass_fds=[descriptor],
                stdin=subprocess.DEVNULL,
            )

        keys = OpenKeys(state_dir / "open")
        notify = sdnotify.SystemdNotifier().notify
        return Keeper(Staff(start, keys.appeared, notify, time.monotonic, journal)).keep()


def _common(command: Run) -> list[str]:
    simulate = ["--simulate"] if command.simulate else []
    return [*simulate, *(["--config", str(command.config.resolve())] if command.config else [])]


def _start_bench(folder: Path) -> subprocess.Popen[str]:
    """The bench, when all its devices stand."""
    bench = subprocess.Popen(  # noqa: S603  # our own words
        [sys.executable, "-m", "drivers.bench", "--socket", str(folder), "--page", "0"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert bench.stdout is not None
    if bench.stdout.readline().strip() != "ready":
        raise ChildProcessError("the bench did not start")
    page = json.loads((folder / "page.json").read_bytes())["url"]
    print(f"the hands, and the glass, on a page: {page}; in the window, h lists the keys that play them", flush=True)
    return bench


def _end_bench(bench: subprocess.Popen[str]) -> None:
    assert bench.stdin is not None
    assert bench.stdout is not None
    bench.stdin.close()
    try:
        bench.wait(_BENCH_SECONDS)
    except subprocess.TimeoutExpired:
        bench.kill()
        bench.wait()
    bench.stdout.close()
