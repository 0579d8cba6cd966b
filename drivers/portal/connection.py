"""A TLS connection of requests' that can be looked into: how much of what was written still lies in this machine, and
hung up from another thread. It is made within its deadline, name server included.
"""

import array
import fcntl
import socket
import ssl
import termios
from collections.abc import Callable
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPSConnection
from urllib3.connectionpool import HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from drivers.portal.names import Resolve, connected, resolved
from drivers.portal.tls import Attentive

LONGEST_QUEUE_BYTES = 32_768
"""So much may wait in this machine to be sent. Without a bound the kernel takes megabytes and wants a third of them
gone before it takes more (1 MB of 3, seen on Linux 6.18): on a line of 128 kbit/s that is a minute in which nothing
seems to move, and what was refused early would go on being sent.
"""


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

    def __init__(
        self, context: ssl.SSLContext, opened: Callable[[Attentive], None], still: float, resolve: Resolve
    ) -> None:
        self._context = context
        self._pool = _pool(opened, still, resolve)
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, ssl_context=self._context, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"https": self._pool}

    def cert_verify(self, conn: Any, url: Any, verify: Any, cert: Any) -> None:  # noqa: ARG002  the signature is requests'
        conn.cert_reqs = "CERT_REQUIRED"


def _pool(opened: Callable[[Attentive], None], still: float, resolve: Resolve) -> type[HTTPSConnectionPool]:
    class Connection(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            seconds = float(self.timeout or 0.0)  # requests gives a number
            try:
                found, left = resolved(self._dns_host, self.port, seconds, resolve)
                made = connected(found, left)
            except TimeoutError:
                raise ConnectTimeoutError(self, "no connection in time") from None
            except OSError as error:
                raise NewConnectionError(self, "no connection") from error
            made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, LONGEST_QUEUE_BYTES)
            return made

        def connect(self) -> None:
            super().connect()
            assert isinstance(self.sock, Attentive)  # the context makes no other
            opened(self.sock)

        def request(self, *args: Any, **kwargs: Any) -> None:
            self.timeout = still  # urllib3 would write under the time that is meant for connecting
            super().request(*args, **kwargs)

        @property
        def is_connected(self) -> bool:
            # Whoever has answered more than was asked may have left it within TLS, where no poll sees it.
            return super().is_connected and not (isinstance(self.sock, Attentive) and self.sock.unread)

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


def hang_up(connection: socket.socket) -> None:
    """End both directions below TLS; whoever waits on it wakes up."""
    try:
        socket.socket.shutdown(connection, socket.SHUT_RDWR)
    except OSError:
        return  # it has ended already
