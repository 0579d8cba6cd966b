"""A pcscd of a test's own, with a virtual reader on which a simulated card can be laid.

It has its own socket, its own settings and its own loopback address, knows no reader of this machine, does not run as
root, and ends with the test. Where .ci/setup could not unpack the virtual reader, tests are skipped.

A process knows one socket of a resource manager, from its first call on and for ever. So this one gets its own as soon
as this is imported, and somebody listens there only while a test runs its pcscd: no test ever reaches the reader of the
machine that it runs on.
"""

import atexit
import fcntl
import os
import shutil
import socket
import subprocess
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest

_FOLDER = Path(tempfile.mkdtemp(prefix="pcsc-"))
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)
os.environ["PCSCLITE_CSOCK_NAME"] = str(_FOLDER / "pcscd.comm")

_PARTS = Path(__file__).parents[3] / ".venv" / "vpcd"
_PROGRAM = "/usr/sbin/pcscd"
_START = 'export LISTEN_PID=$$; exec "$0" "$@" 3<&0 0</dev/null'  # the socket comes as descriptor 3, as from systemd
_NOBODY = 65534
_PORT = 20816  # on an address that belongs to this process alone; the next one is the reader's second place
_READER = """FRIENDLYNAME "Simulated reader"
DEVICENAME /dev/null:{port}
LIBPATH {driver}
CHANNELID {port}
"""

READER = "Simulated reader 00 00"


class Pcscd:
    """One, or none while it is ended. `with` it, it runs.

    `round_ms` is how often it looks for a card, where it would do so every 400 ms: stories need not wait for that.
    """

    def __init__(self, round_ms: int | None = None) -> None:
        if not (Path(_PROGRAM).exists() and (_PARTS / "loopback.so").exists()):
            pytest.skip("there is no pcscd or no virtual reader (.venv/vpcd): .ci/setup test says why")
        self.socket = _FOLDER / "pcscd.comm"
        self._folder = _FOLDER / "pcscd"
        pid = os.getpid()
        self.address = f"127.{64 + (pid >> 16)}.{pid >> 8 & 255}.{pid & 255}", _PORT
        self._round = {} if round_ms is None else {"VPCD_ROUND": str(round_ms)}
        self.process: subprocess.Popen[bytes] | None = None
        self._life = _pipe()  # whatever becomes of this process, its pcscd ends with it

    def __enter__(self) -> Self:
        (self._folder / "conf").mkdir(parents=True)
        for name in ("libifdvpcd.so", "loopback.so"):
            shutil.copy(_PARTS / name, self._folder)  # where nobody may read them
        _FOLDER.chmod(0o755)
        try:
            self.start()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.kill()
        for end in self._life:
            os.close(end)
        shutil.rmtree(self._folder)

    def start(self, *, with_reader: bool = True) -> None:
        """Begin, with the virtual reader or without any."""
        driver = self._folder / "libifdvpcd.so"
        reader = _READER.format(port=_PORT, driver=driver) if with_reader else ""
        (self._folder / "conf" / "reader").write_text(reader, encoding="ascii")
        with socket.socket(socket.AF_UNIX) as door:
            door.bind(str(self.socket))
            door.listen()
            self.socket.chmod(0o666)
            options = ["--foreground", "--critical", "--config", str(self._folder / "conf"), *_without_polkit()]
            nobody = _NOBODY if os.geteuid() == 0 else None
            if nobody is not None:
                Path("/run/pcscd").mkdir(exist_ok=True)  # pcscd wants it, and only root can make it
            self.process = subprocess.Popen(
                ["sh", "-c", _START, _PROGRAM, *options],
                stdin=door.fileno(),
                stdout=subprocess.DEVNULL,
                pass_fds=self._life[:1],
                env={
                    "PATH": "/usr/bin:/bin",
                    "LISTEN_FDS": "1",
                    "LD_PRELOAD": str(self._folder / "loopback.so"),
                    "VPCD_HOST": self.address[0],
                    "VPCD_LIFE": str(self._life[0]),
                    **self._round,
                },
                user=nobody,
                group=nobody,
                extra_groups=None if nobody is None else [],
            )

    def kill(self) -> None:
        """End it without a farewell, as a crash does."""
        process, self.process = self.process, None
        if process is not None:
            process.kill()
            process.wait()
        with suppress(FileNotFoundError):
            self.socket.unlink()

    @property
    def pid(self) -> int:
        """Of the one that runs."""
        assert self.process is not None
        return self.process.pid


def _pipe() -> tuple[int, int]:
    """Neither end is a descriptor that pcscd gets for something else (its socket is 3)."""
    low = os.pipe()
    reading, writing = (fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in low)
    for end in low:
        os.close(end)
    return reading, writing


@cache
def _without_polkit() -> tuple[str, ...]:
    """From version 2 on it would ask who may use cards on this machine."""
    said = subprocess.run([_PROGRAM, "--help"], capture_output=True, text=True, check=False)
    return ("--disable-polkit",) if "--disable-polkit" in said.stdout + said.stderr else ()
