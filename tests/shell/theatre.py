"""A keeper over actors, as a process of its own: what it does is told on its standard output, line by line."""

import errno
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from kiosk.shell.journal import Journal
from kiosk.shell.keeper import UNUSABLE, Keeper, Staff
from kiosk.shell.keepers_courier import KeepersCourier
from kiosk.shell.open_keys import OpenKeys
from kiosk.shell.signals import signal_socket

ACTOR = Path(__file__).with_name("actor.py")
NO_ROOM, BAD_SETTINGS = "no-room", "bad-settings"  # files that a test lays into the folder


def start(_further: Sequence[str], descriptor: int) -> subprocess.Popen[bytes]:
    if (folder / NO_ROOM).exists():
        raise BlockingIOError(errno.EAGAIN, "no room for a process")
    if (folder / BAD_SETTINGS).exists():
        return subprocess.Popen([sys.executable, "-c", f"raise SystemExit({UNUSABLE})"], pass_fds=[descriptor])
    return subprocess.Popen([sys.executable, str(ACTOR), str(descriptor), str(os.getpid())], pass_fds=[descriptor])


def tell(line: str) -> None:
    os.write(1, f"{line}\n".encode())  # in one piece: the actors write to the same pipe


def send() -> subprocess.Popen[bytes]:
    """A courier that hangs until it is told what to do."""
    courier = subprocess.Popen(["/bin/sh", "-c", "read wish && exit $wish"], stdin=subprocess.PIPE)
    tell(f"{courier.pid} courier")
    return courier


folder = Path(sys.argv[1])
keys, journal = OpenKeys(folder), Journal(lambda _level, line: tell(line))
courier = KeepersCourier(send, keys.orphaned, time.monotonic, journal)
bench = subprocess.Popen(["/bin/cat"], stdin=subprocess.PIPE, text=True)
tell(f"{bench.pid} bench")
try:
    with signal_socket() as wake:
        code = Keeper(Staff(start, keys.appeared, courier, tell, time.monotonic, journal, wake, bench)).keep()
finally:
    bench.communicate()
sys.exit(code)
