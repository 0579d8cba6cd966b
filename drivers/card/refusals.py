"""How many wrong passwords one terminal takes in an hour: only the times are kept, nothing about cards or people.

They outlive a visit and a restart, so where they are kept is somebody else's matter: `RefusalTimes` is what the guard
needs of it.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Protocol

HOUR = timedelta(hours=1)


class RefusalTimes(Protocol):
    """When cards refused passwords here. What is older than two hours may be dropped. No call may raise."""

    def load(self) -> Sequence[datetime]:
        """All times that are still known, aware, in any order."""

    def append(self, when: datetime) -> None:
        """Keep one more, before returning."""

    def withdraw(self, when: datetime) -> None:
        """Forget one that was kept, before returning: it was no refusal."""


class RefusalTimesInMemory:
    """Times that last as long as the process: for simulation and for tests."""

    def __init__(self, times: Iterable[datetime] = ()) -> None:
        self._times = list(times)

    def load(self) -> Sequence[datetime]:
        """All times, oldest first."""
        return tuple(self._times)

    def append(self, when: datetime) -> None:
        """Keep one more."""
        self._times.append(when)

    def withdraw(self, when: datetime) -> None:
        """Forget one."""
        self._times.remove(when)


def card_step_open(times: Iterable[datetime], now: datetime, most: int) -> bool:
    """False for an hour after more than `most` refusals within an hour. A time that lies ahead counts as now: a clock
    that was set back gives nobody fresh tries.
    """
    known = sorted(min(when, now) for when in times if now - 2 * HOUR < when)
    return not any(last - first < HOUR and now - last < HOUR for first, last in zip(known, known[most:], strict=False))
