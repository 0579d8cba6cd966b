"""From a name to a connection, within seconds that are given once for all of it.

Nothing ends `getaddrinfo` before it wants to end, and with a dead name server that is tens of seconds. So it is asked
on a thread that is left alone when the time is over; at most `MOST_ASKING` may be about at a time, and whoever comes
beyond that waits for one of them as long as for an answer.
"""

import socket
import time
from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue
from threading import BoundedSemaphore, Thread
from typing import Any

MOST_ASKING = 3

Resolve = Callable[..., list[Any]]
"""As `socket.getaddrinfo`."""

_free = BoundedSemaphore(MOST_ASKING)


def resolved(host: str, port: int, seconds: float, resolve: Resolve = socket.getaddrinfo) -> tuple[list[Any], float]:
    """What `resolve` finds, and how many seconds are left. Raises OSError (socket.gaierror, or TimeoutError)."""
    end = time.monotonic() + seconds
    said: SimpleQueue[list[Any] | Exception] = SimpleQueue()

    def ask() -> None:
        try:
            said.put(resolve(host, port, type=socket.SOCK_STREAM))
        except (OSError, ValueError) as error:  # ValueError: what can be no name
            said.put(error)
        finally:
            _free.release()

    if not _free.acquire(timeout=max(0.0, seconds)):
        raise TimeoutError
    Thread(target=ask, name="name server", daemon=True).start()
    try:
        found = said.get(timeout=max(0.0, end - time.monotonic()))
    except Empty:
        raise TimeoutError from None
    if isinstance(found, Exception):
        raise found if isinstance(found, OSError) else socket.gaierror(socket.EAI_NONAME, "no name and port")
    return found, max(0.0, end - time.monotonic())


def connected(found: Sequence[Any], seconds: float) -> socket.socket:
    """To the first of what was found that takes the call; each has its share of the time. Raises OSError."""
    end = time.monotonic() + seconds
    last: OSError = TimeoutError()
    for place, (family, kind, protocol, _, address) in enumerate(found):
        share = (end - time.monotonic()) / (len(found) - place)
        if share <= 0:
            raise TimeoutError
        made = socket.socket(family, kind, protocol)
        try:
            made.settimeout(share)
            made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            made.connect(address)
        except OSError as error:
            made.close()
            last = error
        else:
            made.settimeout(max(0.001, end - time.monotonic()))  # what follows, the handshake, is within it, too
            return made
    raise last
