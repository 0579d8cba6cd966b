"""One thread that does what is due: the end of a sound, another look at a contact. It sleeps until the next is due."""

import threading
from collections.abc import Callable

_END_SECONDS = 1.0  # that an act under way gets to finish


class Later:
    """Acts by name, one at most for each. The thread begins with the first, and anew with the next after `close`."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._news = threading.Condition()
        self._due: dict[str, tuple[float, Callable[[], None]]] = {}
        self._thread: threading.Thread | None = None

    def at(self, name: str, moment: float, act: Callable[[], None]) -> None:
        """Do it at that moment (s), instead of what this name stood for. From any thread."""
        with self._news:
            self._due[name] = (moment, act)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="panel", daemon=True)
                self._thread.start()
            self._news.notify_all()

    def close(self) -> None:
        """Forget what is due and end the thread. Not from an act."""
        with self._news:
            thread, self._thread = self._thread, None
            self._due.clear()
            self._news.notify_all()
        if thread is not None:
            thread.join(_END_SECONDS)

    def _run(self) -> None:
        while (act := self._next()) is not None:
            act()

    def _next(self) -> Callable[[], None] | None:
        """Wait for what is due next; None where this thread is to end."""
        with self._news:
            while self._thread is threading.current_thread():
                name = min(self._due, key=lambda known: self._due[known][0], default=None)
                rest = None if name is None else self._due[name][0] - self._monotonic()
                if name is not None and rest is not None and rest <= 0:
                    return self._due.pop(name)[1]
                self._news.wait(rest)
        return None
