"""A TLS connection of requests' that can be looked into: how much of what was written still lies in this machine, and
hung up from another thread.
"""

import array
import fcntl
import select
import socket
import ssl
import termios
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPSConnection
from urllib3.connectionpool import HTTPSConnectionPool


class Straight(requests.Session):
    """Sees no redirect. Where none is to be followed requests still prepares the next request, reads the whole body for
    that, unbounded and unpacked, and stumbles over an address that is none.
    """

    def get_redirect_target(self, resp: Any) -> None:  # noqa: ARG002  the signature is requests'
        return None


class LookedInto(HTTPAdapter):
    """Uses the given TLS context and adds no authority to it (requests would add certifi's), repeats nothing, and tells
    `opened` about every socket, which may stand still for so many seconds while something is written.
    """

    def __init__(self, context: ssl.SSLContext, opened: Callable[[socket.socket], None], still: float) -> None:
        self._context = context
        self._pool = _pool(opened, still)
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, ssl_context=self._context, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"https": self._pool}

    def cert_verify(self, conn: Any, url: Any, verify: Any, cert: Any) -> None:  # noqa: ARG002  the signature is requests'
        conn.cert_reqs = "CERT_REQUIRED"


def _pool(opened: Callable[[socket.socket], None], still: float) -> type[HTTPSConnectionPool]:
    class Connection(HTTPSConnection):
        def connect(self) -> None:
            super().connect()
            assert self.sock is not None
            opened(self.sock)

        def request(self, *args: Any, **kwargs: Any) -> None:
            self.timeout = still  # urllib3 would write under the time that is meant for connecting
            super().request(*args, **kwargs)

        @property
        def is_connected(self) -> bool:
            # Whoever has answered more than was asked may have left it within TLS, where no poll sees it.
            return super().is_connected and not (isinstance(self.sock, ssl.SSLSocket) and self.sock.pending())

    class Pool(HTTPSConnectionPool):
        ConnectionCls = Connection

    return Pool


def punctual(left: Callable[[], float]) -> type[ssl.SSLSocket]:
    """TLS whose every movement ends when no seconds are `left`, however many small ones came before: http.client would
    read interim answers, headers and trailers for as long as somebody sends them.
    """

    class Punctual(ssl.SSLSocket):
        def recv_into(self, *args: Any, **kwargs: Any) -> int:
            with self._in_time():
                return super().recv_into(*args, **kwargs)

        def send(self, *args: Any, **kwargs: Any) -> int:
            with self._in_time():
                return super().send(*args, **kwargs)

        @contextmanager
        def _in_time(self) -> Iterator[None]:
            wanted, most = self.gettimeout(), left()
            if most <= 0:
                raise TimeoutError
            self.settimeout(most if wanted is None else min(wanted, most))
            try:
                yield
            finally:
                self.settimeout(wanted)

    return Punctual


def unacknowledged(connection: socket.socket) -> int:
    """Bytes that were written and that the other side has not acknowledged (tcp(7), SIOCOUTQ); 0 once it is closed."""
    waiting = array.array("i", [0])
    try:
        fcntl.ioctl(connection.fileno(), termios.TIOCOUTQ, waiting)
    except (OSError, ValueError):  # closed: ValueError where the descriptor has become -1
        return 0
    return waiting[0]


def ends_within(connection: socket.socket, seconds: float) -> bool:
    """Whether the other side ends the connection so soon; True where it is closed already. That something can be read
    says nothing: TLS 1.3 sends tickets right after the handshake.
    """
    poll = select.poll()
    try:
        poll.register(connection, select.POLLRDHUP)
    except ValueError:
        return True
    return bool(poll.poll(seconds * 1000))


def hang_up(connection: socket.socket) -> None:
    """End both directions below TLS; whoever waits on it wakes up."""
    try:
        socket.socket.shutdown(connection, socket.SHUT_RDWR)
    except OSError:
        return  # it has ended already
