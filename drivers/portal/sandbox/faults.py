"""What the hand can make go wrong: standing wishes until taken back, one-shot ones for the next request they fit."""

from threading import Condition

from drivers.portal.wire import Refusal


class Faults:
    """Set from any thread, looked at by the connections' threads."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._stopped = False
        self._slow_seconds = 0.0
        self._cut_after: int | None = None
        self._lose_answer = False
        self._refusal: Refusal | None = None
        self.maintenance = False

    def slow(self, seconds: float) -> None:
        """Every answer comes so much later; 0 ends it, also for those who wait now."""
        with self._changed:
            self._slow_seconds = seconds
            self._changed.notify_all()

    def cut_after(self, body_bytes: int) -> None:
        """The next submission's line breaks when so many bytes of its body have come."""
        with self._changed:
            self._cut_after = body_bytes

    def lose_answer(self) -> None:
        """The next submission is received, its answer is not."""
        with self._changed:
            self._lose_answer = True

    def refuse(self, refusal: Refusal) -> None:
        """The next request that may be refused so, is."""
        with self._changed:
            self._refusal = refusal

    def stop(self) -> None:
        """Nobody waits any more."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()

    def delay(self) -> None:
        """Wait as slow as wished."""
        with self._changed:
            if self._slow_seconds:
                self._changed.wait_for(lambda: self._stopped or not self._slow_seconds, self._slow_seconds)

    def take_cut(self) -> int | None:
        """Spend `cut_after`."""
        with self._changed:
            cut, self._cut_after = self._cut_after, None
            return cut

    def take_lost_answer(self) -> bool:
        """Spend `lose_answer`."""
        with self._changed:
            lost, self._lose_answer = self._lose_answer, False
            return lost

    def take_refusal(self, possible: frozenset[Refusal]) -> Refusal | None:
        """Spend `refuse`, if it is possible here."""
        with self._changed:
            if self._refusal not in possible:
                return None
            refusal, self._refusal = self._refusal, None
            return refusal
