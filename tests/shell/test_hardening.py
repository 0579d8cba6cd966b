"""What the kernel does not grant is not passed over in silence: each process says it in the journal."""

import os
import resource
import socket
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from kiosk.portal_opening import PortalDoor
from kiosk.shell.hardening import Hardening, journal_lacking
from tests.drivers.portal.conftest import authority, world
from tests.drivers.portal.world import World
from tests.shell.fakes import journal

__all__ = ["authority", "world"]

ROOT = Path(__file__).parents[2]
UNLOCKED = "import sys, kiosk.shell.hardening as h; h._locked = bool; from kiosk.__main__ import main; sys.exit(main())"


@pytest.mark.parametrize("command", ["visit", "settle"])
def test_visit_and_courier_say_which_of_it_they_lack(world: World, tmp_path: Path, command: str) -> None:
    box = world.sandbox
    door = PortalDoor(box.url, str(box.ca_file), str(box.terminal_certificate), str(box.terminal_key))
    (tmp_path / "portal.json").write_bytes(msgspec.json.encode(door))
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    words = ["--simulate", "--keeper", str(os.getpid()), "--state-dir", str(tmp_path), "--bench", str(tmp_path)]
    words += ["--fd", str(theirs.fileno())] if command == "visit" else []
    with ours, theirs:
        process = subprocess.Popen(
            [sys.executable, "-c", UNLOCKED, command, *words],
            pass_fds=[theirs.fileno()], stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT,
            env={**os.environ, "SDL_VIDEODRIVER": "dummy"},
        )  # fmt: skip
        theirs.close()
        if command == "visit":
            assert b"ready" in ours.recv(4096)
    with process:  # the keeper is gone
        assert process.communicate(timeout=30)[1].splitlines()[0].endswith(" WARNING not granted: the memory is locked")
        assert process.returncode == 0


def test_each_is_named_on_its_own(tmp_path: Path) -> None:
    written, lines = journal()
    journal_lacking(frozenset(Hardening), written)
    assert lines == [
        "not granted: no core is dumped",
        "not granted: nobody traces",
        "not granted: the memory is locked",
    ]
    journal_lacking(frozenset(), written)
    assert len(lines) == 3


def test_where_memory_is_not_to_be_had_it_is_said() -> None:
    """As somebody without rights, with a limit: the kernel would let a later allocation fail."""
    program = (
        "import os; from kiosk.shell.hardening import harden; os.geteuid() or os.setresuid(65534, 65534, 65534);"
        "print(sorted(one.name for one in harden()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_MEMLOCK, (1 << 16, 1 << 16)),
        capture_output=True, text=True, cwd=ROOT, check=True,
    )  # fmt: skip
    assert done.stdout == "['LOCKED']\n"
