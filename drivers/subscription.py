"""Hears what a device in another process tells by itself, on a thread of its own; finds it again when it is back."""

from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

from drivers.line import FAILED, Line, LineBrokenError, call

_RETRY_SECONDS = 1.0


class Subscription:
    """Says `ask` once on each new line; `hear` gets the body of whatever comes, None each time that nobody is there.

    Nothing is heard after `close` has returned. A process that ends need not call it.
    """

    def __init__(self, path: Path, ask: int, hear: Callable[[bytes | None], None], name: str) -> None:
        self._path = path
        self._ask = ask
        self._hear = hear
        self._over = Event()
        self._line: Line | None = None
        self._thread = Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """From any thread but the one that hears."""
        self._over.set()
        line = self._line
        if line is not None:
            line.hang_up()
        self._thread.join()

    def _run(self) -> None:
        while not self._over.is_set():
            told = self._next()
            if not self._over.is_set():
                self._hear(told)
            if told is None:
                self._over.wait(_RETRY_SECONDS)
        self._give_back()  # closed between a message and the next: nothing has broken this line

    def _next(self) -> bytes | None:
        try:
            if self._line is None:
                self._line = call(self._path)
                self._line.send(self._ask)
            if self._over.is_set():  # since we looked: then nobody hangs up on this line
                self._line.hang_up()
            message = self._line.receive()
        except LineBrokenError:
            message = None
        if message is not None and message.kind != FAILED:
            return message.body
        self._give_back()
        return None

    def _give_back(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.close()
