"""An ear for what a panel tells, from whatever thread."""

import threading

from kiosk.ports import Switch

_PATIENCE = 5.0


class Listener:
    """Passed to `watch`."""

    def __init__(self) -> None:
        self.told: list[tuple[Switch, bool]] = []
        self._news = threading.Condition()

    def __call__(self, switch: Switch, closed: bool) -> None:
        with self._news:
            self.told.append((switch, closed))
            self._news.notify_all()

    def wait_for(self, what: tuple[Switch, bool], times: int = 1) -> bool:
        """Whether it is told so often before patience ends."""
        with self._news:
            return self._news.wait_for(lambda: self.told.count(what) >= times, _PATIENCE)
