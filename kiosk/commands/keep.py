"""`kiosk run`: the keeper with its children. Imports neither window nor devices."""

import json
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
from kiosk.commands.bench_process import started_bench
from kiosk.commands.journaling import journaling
from kiosk.settings import load
from kiosk.shell.hardening import harden, journal_lacking
from kiosk.shell.keeper import Keeper, Staff
from kiosk.shell.keepers_courier import KeepersCourier
from kiosk.shell.open_keys import OpenKeys
from kiosk.shell.signals import signal_socket
from kiosk.shell.spool import Spool


def keep(command: Run) -> int:
    """Until the terminal is asked to end."""
    settings = load(command.simulate, command.config)
    with ExitStack() as end:
        wake = end.enter_context(signal_socket())  # first in and last out: another signal does not break the closing
        journal = end.enter_context(journaling(Spool()))
        journal_lacking(harden(), journal)
        said = settings.terminal.state_dir
        state_dir = Path(said or end.enter_context(tempfile.TemporaryDirectory(prefix="kiosk-")))
        words = [*_common(command), "--keeper", str(os.getpid()), "--state-dir", str(state_dir)]
        bench = None
        if command.simulate:
            folder, bench = end.enter_context(started_bench(page=True))
            _tell_page(folder)
            words += ["--bench", str(folder)]

        def start(further: Sequence[str], descriptor: int) -> subprocess.Popen[bytes]:
            return subprocess.Popen(  # noqa: S603  # our own words
                [sys.executable, "-m", "kiosk", "visit", "--fd", str(descriptor), *words, *further],
                pass_fds=[descriptor],
                stdin=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C at a prompt is for the keeper, who ends them in their order
            )

        def send() -> subprocess.Popen[bytes]:
            return subprocess.Popen(  # noqa: S603  # our own words
                [sys.executable, "-m", "kiosk", "settle", *words],
                stdin=subprocess.PIPE,
                start_new_session=True,
            )

        keys = OpenKeys(state_dir / "open")
        courier = KeepersCourier(send, keys.orphaned, time.monotonic, journal)
        notify = sdnotify.SystemdNotifier().notify
        return Keeper(Staff(start, keys.appeared, courier, notify, time.monotonic, journal, wake, bench)).keep()


def _common(command: Run) -> list[str]:
    simulate = ["--simulate"] if command.simulate else []
    return [*simulate, *(["--config", str(command.config.resolve())] if command.config else [])]


def _tell_page(bench: Path) -> None:
    page = json.loads((bench / "page.json").read_bytes())["url"]
    print(f"the hands, and the glass, on a page: {page}; in the window, h lists the keys that play them", flush=True)
