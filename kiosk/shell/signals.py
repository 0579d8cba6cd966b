"""SIGTERM and SIGINT as a byte on a socket, or as a call on a thread of its own, so that they work while the main
thread blocks inside SDL.

The interpreter's handler runs on the main thread only between two of its instructions, which may be long from now. What
happens at once, on whichever thread the signal hits, is that its number is written to a socket, to be read there. As
long as that stands a signal does nothing else: the second one does not break the closing that the first one asked for.
"""

import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_WANTED = (signal.SIGTERM, signal.SIGINT)


@contextmanager
def signal_socket() -> Iterator[socket.socket]:
    """Within it, each of the two can be read from the socket, as its number in one byte. Main thread only."""
    ours, theirs = socket.socketpair()
    theirs.setblocking(False)
    before = {number: signal.signal(number, lambda _number, _frame: None) for number in _WANTED}
    file_before = signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
    try:
        yield ours
    finally:
        signal.set_wakeup_fd(file_before)
        for number, handler in before.items():
            signal.signal(number, handler)
        theirs.close()
        ours.close()


@contextmanager
def closing_on_signals(close: Callable[[], None]) -> Iterator[None]:
    """Within it, each of the two calls `close`. Main thread only."""
    with signal_socket() as numbers:

        def listen() -> None:
            while heard := numbers.recv(16):
                if set(heard) & set(_WANTED):
                    close()

        thread = threading.Thread(target=listen, name="signals", daemon=True)
        thread.start()
        try:
            yield
        finally:
            numbers.shutdown(socket.SHUT_RDWR)
            thread.join()
