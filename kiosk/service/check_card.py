"""`kiosk check card`: what a technician may know of reader and card. Without passwords it consumes nothing.

With both passwords it does the whole job of a visit. Before the first password is used both counters decide, as for a
visitor; then each VERIFY passes the same guard as a visitor's. Afterwards the counters are asked again, because what a
lost answer has cost only the card knows.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from secrets import token_bytes
from typing import Protocol

from kiosk.failures import DriverError, Failure
from kiosk.service.card_report import CardReport, Examined, Found, Performed
from kiosk.visit import Entry, Password, Tries

_CHALLENGE = 32  # bytes, fresh for every call
_LAST_TRY = 1


class Examiner(Protocol):
    """A card reader that can examine what lies on it. Raises `DriverError`."""

    def examine(self) -> Examined: ...


class Inspector(Examiner, Protocol):
    """A technician's hands on the reader; only `examine` raises."""

    def perform(self, challenge: bytes, enter: Callable[[Password], Entry]) -> Performed: ...

    def settle(self) -> Sequence[Found]: ...

    def answer_to_reset(self, reader: str) -> Sequence[Found]: ...

    def cover_traces(self) -> None: ...


def check_card(technician: Inspector, enter: Callable[[Password], Entry] | None = None) -> CardReport:
    """Examine what lies on the reader now; with `enter`, which types a password, do the whole job."""
    try:
        found = technician.examine()
    except DriverError as error:
        return CardReport(None, error.failure)
    report = CardReport(found, found.failure or _locked(found.tries), found.tries)
    try:
        if enter is not None:
            report = _performed(technician, enter, report)
        findings = tuple(technician.answer_to_reset(found.reader))
        if found.failure is not Failure.CARD_WRONG_KIND:
            findings = (*technician.settle(), *findings)
    finally:
        technician.cover_traces()
    return replace(report, findings=findings)


def _performed(technician: Inspector, enter: Callable[[Password], Entry], report: CardReport) -> CardReport:
    failure = report.failure or _last_try(report.tries)
    if failure is not None:
        return replace(report, failure=failure)
    done = technician.perform(token_bytes(_CHALLENGE), enter)
    tries = _asked_again(technician) if done.sent_password else report.tries
    failure = done.failure
    if failure is Failure.REFUSED_TOO_OFTEN:
        failure = _locked(tries) or failure
    return replace(report, performed=done, tries=tries, failure=failure)


def _asked_again(technician: Inspector) -> Tries | None:
    try:
        return technician.examine().tries
    except DriverError:
        return None


def _locked(tries: Tries | None) -> Failure | None:
    """A card whose password is locked, or not there, is sound, but no visit can go on with it."""
    if tries is None:
        return None
    counts = (tries.authentication, tries.attributes)
    if None in counts:
        return Failure.PASSWORD_ABSENT
    return Failure.PASSWORD_LOCKED if 0 in counts else None


def _last_try(tries: Tries | None) -> Failure | None:
    """The last try of either password is kept: there is nobody here who could consent to spending it."""
    if tries is None:
        return Failure.TRIES_UNKNOWN
    return Failure.LAST_TRY_KEPT if _LAST_TRY in {tries.authentication, tries.attributes} else None
