"""SIGTERM and SIGINT as a call: a thread waits for them, so that they work while the loop blocks inside SDL."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_WANTED = {signal.SIGTERM, signal.SIGINT}


@contextmanager
def closing_on_signals(close: Callable[[], None]) -> Iterator[None]:
    """Within it, each of the two calls `close` on a thread of its own. Main thread only, before others start."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _WANTED)
    over = threading.Event()

    def wait() -> None:
        while True:
            signal.sigwait(_WANTED)
            if over.is_set():
                return
            close()

    thread = threading.Thread(target=wait, name="signals", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        assert thread.ident is not None
        signal.pthread_kill(thread.ident, signal.SIGTERM)
        thread.join()
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
