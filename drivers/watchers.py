"""Those who want to be told: lines to clients, all of them told in the same order, and none of them waited for."""

from collections.abc import Callable
from threading import Lock

from drivers.line import DONE, Line, LineBrokenError


class Watchers:
    """`news` gives the body that tells how things stand now; it may raise what `add` then raises."""

    def __init__(self, news: Callable[[], bytes]) -> None:
        self._news = news
        self._lock = Lock()
        self._told: dict[Line, bytes] = {}

    def add(self, line: Line) -> None:
        """Tell it how things stand, and from now on every change. Raises LineBrokenError."""
        with self._lock:
            now = self._news()
            self._told[line] = now
            line.send(DONE, now, wait=False)

    def remove(self, line: Line) -> None:
        """Tell it no more; whether it was told before does not matter."""
        with self._lock:
            self._told.pop(line, None)

    def tell(self) -> None:
        """Something may have changed: tell it to whom does not know. A line that is broken ends on its own thread."""
        with self._lock:
            now = self._news() if self._told else b""
            for line, last in list(self._told.items()):
                if last != now:
                    self._told[line] = now
                    _send(line, now)


def _send(line: Line, body: bytes) -> None:
    try:
        line.send(DONE, body, wait=False)
    except LineBrokenError:
        line.hang_up()
