"""A Unix socket at which the bench serves: a thread a connection, so many at a time; `stop` hangs up on all of them."""

import socket
from collections.abc import Callable
from pathlib import Path
from threading import Event, Lock, Thread

MOST_CLIENTS = 16
_RETRY_SECONDS = 0.2
_LEAVE_SECONDS = 3.0  # for a client's thread that waits for what is not of the socket, such as a mail


class Door:
    """`serve` gets each connection on a thread of its own and returns when that is over; the socket is our user's only.

    One client too many is turned away with `full` as its only word.
    """

    def __init__(
        self, path: Path, serve: Callable[[socket.socket], None], most: int = MOST_CLIENTS, full: bytes = b""
    ) -> None:
        self._path = path
        self._serve = serve
        self._most = most
        self._full = full
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._lock = Lock()
        self._stopping = Event()
        self._inside: dict[socket.socket, Thread] = {}
        self._thread = Thread(target=self._accept, name=path.name, daemon=True)

    def start(self) -> None:
        """Return when the socket stands."""
        self._path.unlink(missing_ok=True)
        self._listener.bind(str(self._path))
        self._path.chmod(0o600)
        self._listener.listen(self._most)
        self._thread.start()

    def stop(self) -> None:
        """Take the socket away, hang up on everybody, wait for every thread."""
        self._path.unlink(missing_ok=True)
        with self._lock:
            self._stopping.set()
            threads = list(self._inside.values())
            for connection in self._inside:
                hang_up(connection)
        hang_up(self._listener)  # wakes the accepting thread up
        self._thread.join()
        self._listener.close()
        for thread in threads:
            thread.join(_LEAVE_SECONDS)

    def _accept(self) -> None:
        while not self._stopping.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:  # it is over, or for want of descriptors nobody can be let in now
                self._stopping.wait(_RETRY_SECONDS)
                continue
            if not self._welcomed(connection):
                _turn_away(connection, self._full)

    def _welcomed(self, connection: socket.socket) -> bool:
        with self._lock:
            if self._stopping.is_set() or len(self._inside) >= self._most:
                return False
            name = f"{self._path.name}-client"
            thread = Thread(target=self._attend, args=(connection,), name=name, daemon=True)
            try:
                thread.start()
            except RuntimeError:  # no room for a thread
                return False
            self._inside[connection] = thread
            return True

    def _attend(self, connection: socket.socket) -> None:
        try:
            self._serve(connection)
        finally:
            with self._lock:
                self._inside.pop(connection, None)
            connection.close()


def hang_up(connection: socket.socket) -> None:
    """End both directions; whoever waits on it wakes up."""
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it has ended already


def _turn_away(connection: socket.socket, word: bytes) -> None:
    with connection:
        try:
            connection.sendall(word)
        except OSError:
            return
