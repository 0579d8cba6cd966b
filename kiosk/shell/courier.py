"""What the keeper's courier does: ask the portal for the fate of every key that a visit has left open.

It knows keys only. A key that a living visit holds is not seen (`Ledger.orphans`): to settle it would make void what is
just being handed in. Where the portal does not answer it asks again after growing pauses, and gives up in the end: the
keeper sends another one later (`kiosk.shell.errands`).
"""

from collections.abc import Callable

from kiosk.events import Settled
from kiosk.failures import DriverError
from kiosk.shell.journal import Journal
from kiosk.shell.ledger import Ledger

PAUSES = (2.0, 5.0, 15.0, 30.0)
"""Seconds between one round over the open keys and the next."""


def settle_all(
    ledger: Ledger, settle: Callable[[str], Settled], journal: Journal, rest: Callable[[float], bool]
) -> bool:
    """Whether all is settled. `settle` raises DriverError; `rest` waits so many seconds, False: the keeper is gone."""
    for pause in PAUSES:
        if _round(ledger, settle, journal):
            return True
        if not rest(pause):
            return False
    return _round(ledger, settle, journal)


def _round(ledger: Ledger, settle: Callable[[str], Settled], journal: Journal) -> bool:
    """Each key once: one that the portal stumbles over must not keep the others waiting."""
    settled = True
    try:
        for key in ledger.orphans():
            settled = _one(ledger, key, settle, journal) and settled
    except OSError as error:  # the folder does not let itself be read, or a key be held
        journal.fault("ledger", error)
        return False
    return settled


def _one(ledger: Ledger, key: str, settle: Callable[[str], Settled], journal: Journal) -> bool:
    try:
        fate = settle(key)
    except DriverError as error:
        journal.failure("settling", error.failure)
        return False
    journal.settled(fate.received)
    try:
        ledger.close(key)
    except OSError as error:  # asked for once more in the next round: the fate is the same
        journal.fault("ledger", error)
        return False
    return True
