"""A keeper over actors, as a process of its own: what it does is told on its standard output, line by line."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from kiosk.shell.journal import Journal
from kiosk.shell.keeper import Keeper, Staff
from kiosk.shell.keepers_courier import KeepersCourier
from kiosk.shell.open_keys import OpenKeys

ACTOR = Path(__file__).with_name("actor.py")


def start(_further: Sequence[str], descriptor: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, str(ACTOR), str(descriptor), str(os.getpid())], pass_fds=[descriptor])


def tell(line: str) -> None:
    os.write(1, f"{line}\n".encode())  # in one piece: the actors write to the same pipe


def send() -> subprocess.Popen[bytes]:
    """A courier that hangs until it is told what to do."""
    courier = subprocess.Popen(["/bin/sh", "-c", "read wish && exit $wish"], stdin=subprocess.PIPE)
    tell(f"{courier.pid} courier")
    return courier


keys, journal = OpenKeys(Path(sys.argv[1])), Journal(lambda _level, line: tell(line))
courier = KeepersCourier(send, keys.orphaned, time.monotonic, journal)
Keeper(Staff(start, keys.appeared, courier, tell, time.monotonic, journal)).keep()
