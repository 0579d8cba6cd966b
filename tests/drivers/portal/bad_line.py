"""A bad line to the portal: a loopback proxy that is narrow, late, stands still and breaks where the test says.

What the proxy has taken is acknowledged, so its own buffer is as small as the kernel allows: what is unacknowledged at
the terminal has really not arrived.
"""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from queue import SimpleQueue
from threading import Event, Thread

from drivers.portal.connection import hang_up

PIECE, WIDE = 1024, 65_536
NARROW_BYTES = 4096


class Way(Enum):
    UP = "from the terminal"
    DOWN = "from the portal"


class BadLine:
    """`rate` bytes a second each way (0: as fast as it goes), `delay` seconds each way, `halt(way, passed)` seconds to
    stand still when so many bytes have passed. `cut` breaks a connection when so many bytes of it have passed that way;
    bytes of TLS count. `passed` is over all connections.
    """

    def __init__(self, target: int) -> None:
        self._target = target
        self._listener = socket.socket()
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, NARROW_BYTES)  # inherited by what is accepted
        self._listener.bind(("127.0.0.1", 0))
        self._listener.listen()
        self._over = Event()
        self._sockets: list[socket.socket] = []
        self._threads: list[Thread] = []
        self.rate = self.delay = 0.0
        self.halt: Callable[[Way, int], float] = lambda _way, _passed: 0.0
        self.cut: dict[Way, int] = {}
        self.passed = dict.fromkeys(Way, 0)
        self.url = f"https://127.0.0.1:{self._listener.getsockname()[1]}"
        self._start(self._accept)

    def close(self) -> None:
        """Every connection breaks, every thread ends."""
        self._over.set()
        hang_up(self._listener)
        while self._threads:
            for one in (self._listener, *self._sockets):
                hang_up(one)
            self._threads.pop().join()
        for one in (self._listener, *self._sockets):
            one.close()

    def _start(self, work: Callable[[], None]) -> None:
        self._threads.append(Thread(target=work, name="bad line"))
        self._threads[-1].start()

    def _accept(self) -> None:
        while not self._over.is_set():
            try:
                here, _ = self._listener.accept()
            except OSError:
                return
            try:
                there = socket.create_connection(("127.0.0.1", self._target))
            except OSError:
                here.close()
                continue
            self._sockets += (here, there)
            for way, source, sink in ((Way.UP, here, there), (Way.DOWN, there, here)):
                under_way: SimpleQueue[tuple[float, bytes]] = SimpleQueue()
                self._start(lambda w=way, s=source, o=sink, q=under_way: self._take(w, s, o, q))  # type: ignore[misc]
                self._start(lambda o=sink, q=under_way: self._give(o, q))  # type: ignore[misc]

    def _take(
        self, way: Way, source: socket.socket, sink: socket.socket, under_way: "SimpleQueue[tuple[float, bytes]]"
    ) -> None:
        count = 0
        with suppress(OSError):
            while piece := source.recv(PIECE if self.rate else WIDE):
                left = self.cut.get(way, count + len(piece) + 1) - count
                if left <= len(piece):
                    self._send(sink, piece[: max(0, left)], way)
                    hang_up(source)
                    hang_up(sink)
                    break
                count += len(piece)
                self.passed[way] += len(piece)
                pause = (len(piece) / self.rate if self.rate else 0.0) + self.halt(way, self.passed[way])
                if pause and self._over.wait(pause):
                    break
                under_way.put((time.monotonic() + self.delay, piece))
        under_way.put((time.monotonic() + self.delay, b""))

    def _send(self, sink: socket.socket, piece: bytes, way: Way) -> None:
        self.passed[way] += len(piece)
        sink.sendall(piece)

    def _give(self, sink: socket.socket, under_way: "SimpleQueue[tuple[float, bytes]]") -> None:
        with suppress(OSError):
            while True:
                due, piece = under_way.get()
                if self._over.wait(max(0.0, due - time.monotonic())) or not piece:
                    break
                sink.sendall(piece)
            sink.shutdown(socket.SHUT_WR)


@contextmanager
def bad_line(target: int) -> Iterator[BadLine]:
    """A line to the port `target` of this machine."""
    line = BadLine(target)
    try:
        yield line
    finally:
        line.close()
