"""When the portal is open: shut by hand, or by a maintenance that was announced and comes true at its hour."""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from math import ceil

from drivers.portal import wire

JAPAN = timezone(timedelta(hours=9), "JST")
"""Where the portal stands."""


@dataclass(frozen=True, slots=True)
class Opening:
    """`closes` and `reopens` are the announced maintenance (aware); without an end it lasts until told."""

    shut: bool = False
    closes: datetime | None = None
    reopens: datetime | None = None

    def is_shut(self, now: datetime) -> bool:
        """Whether every request but for health is refused."""
        began = self.closes is not None and self.closes <= now
        return self.shut or (began and (self.reopens is None or now < self.reopens))

    def health(self, now: datetime) -> wire.HealthAnswer:
        """What the health answer says of it: the next beginning, the end as far as is known."""
        closes = self.closes if self.closes is not None and now < self.closes else None
        reopens = self.reopens if self.reopens is not None and now < self.reopens else None
        return wire.HealthAnswer(wire.CONTRACT, self.is_shut(now), closes, reopens)

    def seconds_left(self, now: datetime) -> int:
        """Until it opens again; 0 where nobody knows."""
        return max(0, ceil((self.reopens - now).total_seconds())) if self.reopens is not None else 0
