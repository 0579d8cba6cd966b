"""What was handed in, exactly once: a key is open, received or void, and the last two are final.

A submission and a settlement of the same key may arrive in any order and at any time. Whoever comes first decides: a
received submission stays received, a settled key takes no submission any more.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from drivers.portal.sandbox.refusals import RefusedError
from drivers.portal.wire import AttributesRequest, Refusal
from kiosk.ports import Enclosure

JAPAN = timezone(timedelta(hours=9), "JST")


@dataclass(frozen=True, slots=True)
class Handed:
    """What one request hands in, after it was found in order."""

    contract: str = field(repr=False)
    receipt: str = field(repr=False)
    fields: tuple[tuple[str, str], ...] = field(repr=False)
    files: tuple[Enclosure, ...]
    address: str = field(repr=False)
    attributes: AttributesRequest = field(repr=False)
    certificate_serial: int = field(repr=False)


@dataclass(frozen=True, slots=True)
class Received:
    """One row of the ledger."""

    key: str
    number: str
    handed: Handed


class Ledger:
    """Rows by key; None stands for a void one."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._fates: dict[str, Received | None] = {}

    @property
    def received(self) -> tuple[Received, ...]:
        """In the order of arrival."""
        return tuple(fate for fate in self._fates.values() if fate is not None)

    def fate(self, key: str) -> Received | None:
        """The row of a key; None where it is open. Refuses a void key."""
        if key in self._fates and self._fates[key] is None:
            raise RefusedError(Refusal.KEY_VOIDED)
        return self._fates.get(key)

    def receive(self, key: str, handed: Handed) -> Received:
        """Write down a submission under a key that is open."""
        today = self._now().astimezone(JAPAN)
        number = f"{handed.receipt[1:5]}-{today:%Y-%m%d}-{len(self.received) + 1:05}"
        row = Received(key, number, handed)
        self._fates[key] = row
        return row

    def settle(self, key: str) -> Received | None:
        """The final fate: the row, or None, and then for ever."""
        return self._fates.setdefault(key, None)
