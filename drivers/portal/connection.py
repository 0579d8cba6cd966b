"""A TLS connection of requests' that can be looked into: how much of what was written still lies in this machine, and
hung up from another thread.
"""

import array
import fcntl
import select
import socket
import ssl
import termios
from collections.abc import Callable
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPSConnection
from urllib3.connectionpool import HTTPSConnectionPool


class LookedInto(HTTPAdapter):
    """Uses the given TLS context and adds no authority to it (requests would add certifi's), repeats nothing, and tells
    `opened` about every socket, which may be silent for `still` seconds while something is written.
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
            self.sock.settimeout(still)  # urllib3 would write under the time that is meant for connecting
            opened(self.sock)

    class Pool(HTTPSConnectionPool):
        ConnectionCls = Connection

    return Pool


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
