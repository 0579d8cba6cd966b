"""Who holds a device that only one at a time may use."""

from threading import Condition

from kiosk.failures import DriverError, Failure

_WAIT_SECONDS = 2.0  # of two visits that overlap for a moment


class Holder:
    """`busy` is raised where another holds on to it, `not_held` to who does not hold it."""

    def __init__(self, busy: Failure, not_held: Failure) -> None:
        self._busy = busy
        self._not_held = not_held
        self._changed = Condition()
        self._who: object | None = None

    def take(self, who: object) -> None:
        """It is his now, or was already; waits a moment for who is just leaving. Raises DriverError."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._who is None or self._who is who, _WAIT_SECONDS):
                raise DriverError(self._busy)
            self._who = who

    def demand(self, who: object) -> None:
        """Raise DriverError unless it is his."""
        if not self.is_held_by(who):
            raise DriverError(self._not_held)

    def is_held_by(self, who: object) -> bool:
        """Whether it is his."""
        with self._changed:
            return self._who is who

    def let_go(self, who: object) -> None:
        """Give it back, if it was his."""
        with self._changed:
            if self._who is who:
                self._who = None
                self._changed.notify_all()
