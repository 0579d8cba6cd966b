"""Lines of the journal with their time, and faults of any thread without their messages, which may hold anything."""

import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType

from kiosk.shell.journal import Journal


@contextmanager
def journaling(handler: logging.Handler) -> Iterator[Journal]:
    """A journal that writes to `handler`, and hears of whatever breaks in this process."""
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger = logging.getLogger("kiosk")
    logger.setLevel(logging.INFO)
    logger.propagate = False
    logger.addHandler(handler)
    journal = Journal(logger.log)
    before = sys.excepthook, threading.excepthook

    def broken(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        journal.fault("main", error)

    def thread_broken(hook: threading.ExceptHookArgs) -> None:
        if hook.exc_value is not None:
            journal.fault(hook.thread.name if hook.thread else "a thread", hook.exc_value)

    sys.excepthook, threading.excepthook = broken, thread_broken
    try:
        yield journal
    finally:
        sys.excepthook, threading.excepthook = before
        logger.removeHandler(handler)
        handler.close()
