"""What a contact means that bounces: a fold over samples of its level. Pure.

A mechanical contact opens and closes several times within milliseconds before it rests. The level counts that has been
seen for `SETTLE` seconds without the other in between; the very first sample counts at once, because there is nothing
to compare it with. Whoever samples looks again at `due`: no edge comes from a contact that rests.
"""

from dataclasses import dataclass

SETTLE = 0.03
"""Seconds; keys and switches bounce for 10 ms at most, and nobody turns a key in 30."""


@dataclass(frozen=True, slots=True)
class Debounce:
    """`steady` is the level that counts (None before the first sample), `since` when the other was first seen (s)."""

    steady: bool | None = None
    since: float | None = None

    @property
    def due(self) -> float | None:
        """When to sample again, on the samples' clock; None while nothing is open."""
        return None if self.since is None else self.since + SETTLE

    def feed(self, level: bool, now: float) -> "Debounce":
        """After a sample at `now`, in seconds of a clock that is never set back."""
        if self.steady is None or level == self.steady:
            return Debounce(level)
        if self.due is None:
            return Debounce(self.steady, now)
        return Debounce(level) if now >= self.due else self
