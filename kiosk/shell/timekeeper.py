"""Keeps the times of the timers that stand (`kiosk.flow.timeouts`), by value.

A timer is noted when it first stands; one that stands no longer is forgotten with its time. Nothing is armed or
cancelled: after every step the loop says which timers stand now, and asks what has run out and how long it may
sleep.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kiosk.events import TimerKind
from kiosk.flow.timeouts import Timer


@dataclass(slots=True)
class _Standing:
    since: float
    told: bool = False


class Timekeeper:
    """All in seconds of the injected monotonic clock."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._standing: dict[Timer, _Standing] = {}

    def follow(self, timers: Iterable[Timer]) -> None:
        """These timers stand now, and no others."""
        now = self._monotonic()
        self._standing = {timer: self._standing.get(timer) or _Standing(now) for timer in timers}

    def touched(self) -> None:
        """The glass was touched: patience begins anew."""
        now = self._monotonic()
        for timer, standing in self._standing.items():
            if timer.restarts_on_touch:
                standing.since, standing.told = now, False

    def elapsed(self) -> list[TimerKind]:
        """What has run out and was not told yet, the longest overdue first."""
        now = self._monotonic()
        due = [(timer, standing) for timer, standing in self._waiting() if standing.since + timer.seconds <= now]
        due.sort(key=lambda pair: pair[1].since + pair[0].seconds)
        for _, standing in due:
            standing.told = True
        return [timer.kind for timer, _ in due]

    def countdown(self) -> int | None:
        """Whole seconds left of the question that stands, rounded up; None without a question."""
        left = self._question()
        return None if left is None else max(0, math.ceil(left))

    def sleep(self) -> float | None:
        """How long nothing has to be done: until the next timer, or the countdown's next figure. None: for ever."""
        now = self._monotonic()
        waits = [standing.since + timer.seconds - now for timer, standing in self._waiting()]
        left = self._question()
        if left is not None and left > 0:
            waits.append(left - math.ceil(left) + 1)
        return max(0.0, min(waits)) if waits else None

    def _waiting(self) -> list[tuple[Timer, _Standing]]:
        return [(timer, standing) for timer, standing in self._standing.items() if not standing.told]

    def _question(self) -> float | None:
        now = self._monotonic()
        for timer, standing in self._standing.items():
            if timer.kind is TimerKind.QUESTION:
                return standing.since + timer.seconds - now
        return None
