"""One submission: its key is written down before the first byte, crossed out when its fate is final, never sooner."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.effects import CorrectAddress, FetchTerms, Register, SendMailAgain, Settle, Submit, Wipe
from kiosk.events import (
    Progressed,
    Result,
    Settled,
    Submitted,
    TermsGot,
    Wiped,
)
from kiosk.failures import DriverError, Failure
from kiosk.shell.clock import Uptime
from kiosk.shell.duties import Caps, PortalDuty
from kiosk.shell.kept_times import KeptTimes
from kiosk.shell.ledger import Ledger
from kiosk.visit import Limits, Ticket
from tests.shell.fakes import NOON, HandPortal, journal

SUBMIT = Submit(Ticket(1, 1), numbers=(3,), contract="", receipt="")
SETTLE = Settle(Ticket(1, 2))
MAILS_AN_HOUR = 2


class Counter:
    """The portal's worker of one visit, and the folder of open keys."""

    def __init__(self, folder: Path) -> None:
        self.portal = HandPortal()
        self.folder = folder / "open"
        self.ledger = Ledger(self.folder)
        self.now = NOON
        self.told: list[Progressed] = []
        self.journal, self.lines = journal()
        mails = KeptTimes(
            folder / "mails", lambda: self.now, MAILS_AN_HOUR, self.lines.append,
            lambda: Uptime("b", (self.now - NOON).total_seconds()),
        )  # fmt: skip
        caps = Caps(Limits(), 9_500_000, mails, lambda: self.now)
        keys = iter(f"key-{number:020d}" for number in range(9))
        self.ask = PortalDuty(
            self.portal, lambda _numbers: (), self.ledger, lambda: next(keys), caps, self.told.append, self.journal
        )

    def failure(self, request: Submit | Settle | Register | SendMailAgain | CorrectAddress) -> Failure:
        with pytest.raises(DriverError) as raised:
            self.ask(request)
        return raised.value.failure

    @property
    def written(self) -> list[str]:
        return [file.name for file in self.folder.iterdir()]


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    made = Counter(tmp_path)
    yield made
    made.ledger.abandon()


def test_the_key_is_written_down_before_the_first_byte(counter: Counter) -> None:
    during: list[str] = []
    counter.portal.watch = lambda: during.extend(counter.written)
    result: Result = counter.ask(SUBMIT)
    assert result == Submitted("0101-1")
    assert during == counter.portal.keys
    assert counter.written == []
    assert counter.told == [Progressed(SUBMIT.ticket, 1, 2)]


def test_where_the_key_cannot_be_written_down_nothing_is_submitted_and_it_is_said(counter: Counter) -> None:
    counter.folder.rmdir()
    counter.folder.touch()
    assert counter.failure(SUBMIT) is Failure.STATE_UNWRITABLE
    assert counter.portal.keys == []
    counter.folder.unlink()
    counter.folder.mkdir()
    assert counter.ask(SUBMIT) == Submitted("0101-1")


@pytest.mark.parametrize("failure", [Failure.PORTAL_UNREACHABLE, Failure.SUBMISSION_REFUSED, Failure.SESSION_EXPIRED])
def test_a_refusal_is_final_and_the_next_submission_has_another_key(counter: Counter, failure: Failure) -> None:
    counter.portal.fate = DriverError(failure)
    assert counter.failure(SUBMIT) is failure
    assert counter.written == []
    counter.failure(SUBMIT)
    assert len(set(counter.portal.keys)) == 2


@pytest.mark.parametrize("broken", [DriverError(Failure.SUBMISSION_UNCERTAIN), ZeroDivisionError("personal words")])
def test_whatever_breaks_on_the_way_leaves_the_key_open_until_it_is_settled(
    counter: Counter, broken: Exception
) -> None:
    counter.portal.fate = broken
    assert counter.failure(SUBMIT) is Failure.SUBMISSION_UNCERTAIN
    assert counter.written == counter.portal.keys
    counter.portal.settled = Failure.PORTAL_UNREACHABLE
    assert counter.failure(SETTLE) is Failure.PORTAL_UNREACHABLE
    assert counter.written == counter.portal.keys
    counter.portal.settled = Settled(received=True, number="0101-2")
    assert counter.ask(SETTLE) == Settled(received=True, number="0101-2")
    assert counter.written == []
    assert "personal" not in "".join(counter.lines)


def test_nothing_is_submitted_while_the_last_fate_is_open(counter: Counter) -> None:
    counter.portal.fate = DriverError(Failure.SUBMISSION_UNCERTAIN)
    counter.failure(SUBMIT)
    assert counter.failure(SUBMIT) is Failure.SUBMISSION_UNCERTAIN
    assert len(counter.portal.keys) == 1


def test_there_is_nothing_to_settle_without_a_submission(counter: Counter) -> None:
    assert counter.failure(SETTLE) is Failure.INTERNAL


def test_the_hours_mails_are_counted_and_capped(counter: Counter) -> None:
    register, again = Register(Ticket(1, 1), "1", "a@example.jp"), SendMailAgain(Ticket(1, 2))
    correct = CorrectAddress(Ticket(1, 3), "b@example.jp")
    counter.ask(register)
    counter.ask(correct)
    for request in (register, again, correct):
        assert counter.failure(request) is Failure.MAILS_EXHAUSTED
    assert counter.portal.mails == MAILS_AN_HOUR
    counter.now += timedelta(hours=1)
    counter.ask(again)
    counter.ask(again)
    assert counter.failure(correct) is Failure.MAILS_EXHAUSTED


def test_a_wipe_ends_the_session(counter: Counter) -> None:
    assert counter.ask(Wipe(Ticket(1, 1))) == Wiped()
    assert counter.portal.closed == 1


def test_the_smaller_of_both_limits_holds(counter: Counter) -> None:
    answer = counter.ask(FetchTerms(Ticket(1, 1)))
    assert isinstance(answer, TermsGot)
    assert answer.terms.limits == Limits(files=5, total_bytes=10_000_000)
