"""When the keeper sends its courier, and when it recalls it: pure rules.

One courier at most is on its way. It is sent where a key is open that no living visit holds: that is looked for when
the keeper begins, whenever a visit's process has gone, and when a courier has come back. While keys stay open after
couriers have come back (the portal is away, the courier breaks), the next one goes after ever longer pauses. One that
stays away for too long hangs, and is recalled by force.
"""

from dataclasses import dataclass, replace
from enum import Enum, auto

LONGEST_SECONDS = 300.0
"""That an errand may take; the courier's own pauses and the portal's answers stay below it."""

PAUSES = (10.0, 30.0, 60.0, 120.0, 300.0, 600.0)
"""Seconds before the next courier is sent, by how many have come back in a row with keys left open."""


@dataclass(frozen=True, slots=True)
class Errands:
    """`look_at` is when to look for open keys (None: nothing tells that there are any), `sent_at` when the courier on
    its way was sent.
    """

    look_at: float | None = 0.0
    sent_at: float | None = None
    in_vain: int = 0


class Order(Enum):
    """What to do now."""

    SEND = auto()
    RECALL = auto()


def visit_gone(errands: Errands, now: float) -> Errands:
    """It may have left a key: look now, however long the pause would be; who is on the way is waited for."""
    return errands if errands.sent_at is not None else replace(errands, look_at=now)


def came_back(errands: Errands, open_: bool, now: float) -> Errands:
    """The courier has ended; `open_`: keys are left."""
    if not open_:
        return Errands(look_at=None)
    pause = PAUSES[min(errands.in_vain, len(PAUSES) - 1)]
    return Errands(look_at=now + pause, in_vain=errands.in_vain + 1)


def looked(errands: Errands, open_: bool, now: float) -> tuple[Errands, Order | None]:
    """It was `due`; `open_`: there are keys that no living visit holds."""
    if errands.sent_at is not None:
        return replace(errands, sent_at=now), Order.RECALL  # once more, should it not be gone by then
    if not open_:
        return Errands(look_at=None), None
    return replace(errands, look_at=None, sent_at=now), Order.SEND


def due(errands: Errands) -> float:
    """When `looked` has to be told at the latest."""
    if errands.sent_at is not None:
        return errands.sent_at + LONGEST_SECONDS
    return float("inf") if errands.look_at is None else errands.look_at
