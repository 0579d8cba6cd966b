"""The journal's way out of a process: lines are taken at once and written by a thread of their own.

Who writes must never wait for who reads. A pipe that nobody empties, or a journal service that has stopped, would hold
up the glass in the middle of a visit, and the keeper with its watchdog. So many lines wait here; what comes beyond them
is dropped and counted, and the count is written when there is room again. The descriptor is written to without the
interpreter's own buffers, whose locks a thread that hangs would keep at the end of the process.
"""

import logging
import os
import select
from collections import deque
from contextlib import suppress
from threading import Condition, Thread

MOST_LINES = 2000
_CLOSING_SECONDS = 1.0  # for what waits still


class Spool(logging.Handler):
    """Writes to a descriptor, which stays its owner's; `close` gives up where nobody reads."""

    def __init__(self, descriptor: int = 2, most: int = MOST_LINES) -> None:
        super().__init__()
        self._descriptor = descriptor
        self._most = most
        self._news = Condition()
        self._lines: deque[bytes] = deque()
        self._dropped = 0
        self._over = False
        self._thread = Thread(target=self._run, name="journal", daemon=True)
        self._thread.start()

    def emit(self, record: logging.LogRecord) -> None:
        """Never waits."""
        line = self._encoded(record)
        with self._news:
            if len(self._lines) < self._most:
                self._lines.append(line)
                self._news.notify()
            else:
                self._dropped += 1

    def close(self) -> None:
        """Write what waits, if somebody reads; take nothing any more."""
        with self._news:
            self._over = True
            self._news.notify()
        self._thread.join(_CLOSING_SECONDS)
        super().close()

    def _run(self) -> None:
        while (line := self._next()) is not None:
            with suppress(OSError):  # the reader has gone for good
                self._write(line)

    def _next(self) -> bytes | None:
        """The line that has waited longest, or how many found no room; None at the end."""
        with self._news:
            self._news.wait_for(lambda: self._lines or self._dropped or self._over)
            if self._lines:
                return self._lines.popleft()
            dropped, self._dropped = self._dropped, 0
        return self._encoded(_told(dropped)) if dropped else None

    def _write(self, line: bytes) -> None:
        while line:
            try:
                line = line[os.write(self._descriptor, line) :]
            except BlockingIOError:
                waiting = select.poll()
                waiting.register(self._descriptor, select.POLLOUT)
                waiting.poll()

    def _encoded(self, record: logging.LogRecord) -> bytes:
        return f"{self.format(record)}\n".encode("utf-8", "backslashreplace")


def _told(dropped: int) -> logging.LogRecord:
    message = f"{dropped} lines dropped: nobody read the journal"
    return logging.LogRecord("kiosk", logging.WARNING, "", 0, message, None, None)
