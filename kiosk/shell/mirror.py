"""The glass for the bench page: shows there what stands here, and takes the touches that are made there.

It exists only where the terminal simulates. The bench listens at a socket and asks for a picture (`W`) when somebody
looks; a picture goes out (`P`, width, height, RGB pixels) once per question, and only when it is another than the last
one. `T`, x, y, down is a finger on the page's picture. Numbers are two bytes, big-endian, down is one. Nobody looking
costs nothing but keeping the last picture, and a bench that is gone or slow never holds up the glass.
"""

import select
import socket
import struct
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Event, Lock, Thread

import numpy as np

from kiosk.ports import Frame

_PICTURE = struct.Struct(">cHH")
_TOUCH = struct.Struct(">HHB")
_RETRY_SECONDS = 2.0
_SEND_SECONDS = 5.0


class Mirror:
    """`post_touch(x, y, down)` gets pixels of the picture and is called from the mirror's own thread."""

    def __init__(self, path: Path, post_touch: Callable[[int, int, bool], None]) -> None:
        self._path = path
        self._post_touch = post_touch
        self._lock = Lock()
        self._picture: Frame | None = None
        self._wanted = False
        self._news, self._wake = socket.socketpair()
        self._over = Event()
        self._thread = Thread(target=self._run, name="mirror", daemon=True)
        self._thread.start()

    @property
    def wanted(self) -> bool:
        """Whether the next picture goes out at once; while not, who repaints a motion may leave out its pictures."""
        with self._lock:
            return self._wanted

    def show(self, pixels: Frame) -> None:
        """From the glass's thread: this is what stands now, RGB; it must not be written to afterwards. Never waits."""
        with self._lock:
            self._picture = pixels
            wanted = self._wanted
        if wanted:
            self._nudge()

    def close(self) -> None:
        """End the thread; the bench sees that the glass is gone."""
        self._over.set()
        self._nudge()
        self._thread.join()
        self._news.close()
        self._wake.close()

    def _nudge(self) -> None:
        with suppress(OSError):
            self._wake.send(b"\0", socket.MSG_DONTWAIT)  # a full one wakes as well

    def _run(self) -> None:
        while not self._over.is_set():
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as bench, suppress(OSError, EOFError):
                bench.settimeout(_SEND_SECONDS)
                bench.connect(str(self._path))
                self._serve(bench)
            with self._lock:
                self._wanted = False
            self._over.wait(_RETRY_SECONDS)

    def _serve(self, bench: socket.socket) -> None:
        sent: Frame | None = None
        while not self._over.is_set():
            ready = select.select([bench, self._news], [], [])[0]
            if self._news in ready:
                self._news.recv(4096)
            if bench in ready:
                self._heed(bench)
            with self._lock:
                picture = self._picture if self._wanted else None
            if picture is not None and not _same(picture, sent):
                with self._lock:
                    self._wanted = False
                _send(bench, picture)
                sent = picture

    def _heed(self, bench: socket.socket) -> None:
        """One word of the bench. Raises EOFError at its end."""
        match _exactly(bench, 1):
            case b"W":
                with self._lock:
                    self._wanted = True
            case b"T":
                x, y, down = _TOUCH.unpack(_exactly(bench, _TOUCH.size))
                self._post_touch(x, y, bool(down))
            case _:
                raise EOFError


def _same(picture: Frame, sent: Frame | None) -> bool:
    return sent is not None and (picture is sent or np.array_equal(picture, sent))


def _send(bench: socket.socket, picture: Frame) -> None:
    tall, wide = picture.shape[:2]
    bench.sendall(_PICTURE.pack(b"P", wide, tall))
    bench.sendall(np.ascontiguousarray(picture).data.cast("B"))


def _exactly(bench: socket.socket, length: int) -> bytes:
    got = b""
    while len(got) < length:
        more = bench.recv(length - len(got))
        if not more:
            raise EOFError
        got += more
    return got
