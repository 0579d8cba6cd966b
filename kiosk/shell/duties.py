"""What a worker does with each request: the narrow place where effects become calls of a device, and its values
results.

`Submit` is the one duty with an order that matters: a fresh key is written down before the first byte leaves, and
it is crossed out only when the fate is final. Whatever breaks in between leaves the key open, and the visit asks
for its fate.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from kiosk.effects import (
    AskRegistration,
    Authenticate,
    CheckNumbers,
    CorrectAddress,
    FetchTerms,
    InspectCard,
    LogIn,
    Pack,
    Photograph,
    ReadAttributes,
    ReadNumbers,
    Register,
    RequestChallenge,
    RereadCertificate,
    Resume,
    SendAttributes,
    SendMailAgain,
    Settle,
    Straighten,
    Submit,
    TurnPage,
    Wipe,
)
from kiosk.events import (
    AttributesAccepted,
    NumbersAccepted,
    Progressed,
    Result,
    Settled,
    Submitted,
    TermsGot,
    TracesCovered,
    Wiped,
)
from kiosk.failures import DriverError, Failure
from kiosk.ports import CardReader, Enclosure, Portal, Submission
from kiosk.shell.journal import Journal
from kiosk.shell.kept_times import KeptTimes
from kiosk.shell.ledger import Ledger
from kiosk.shell.scanning import Scanning
from kiosk.visit import Limits, Terms, Ticket

CardRequest = InspectCard | Authenticate | ReadAttributes | RereadCertificate
PaperRequest = Photograph | Straighten | TurnPage | ReadNumbers | Pack
PortalRequest = (
    FetchTerms
    | Register
    | SendMailAgain
    | CorrectAddress
    | Resume
    | RequestChallenge
    | LogIn
    | SendAttributes
    | CheckNumbers
    | Submit
    | Settle
    | Wipe
)
Progress = Callable[[Progressed], None]

NEWS_SECONDS = 10
"""Less than a line may be silent (`portal.read_seconds`), and than what stands between keeps an idle connection."""


@dataclass(frozen=True, slots=True)
class Caps:
    """What this house allows beneath what the portal takes. `aim_bytes` leaves room for the request around them."""

    limits: Limits
    aim_bytes: int
    mails: KeptTimes
    now: Callable[[], datetime]

    def admit_mail(self) -> None:
        """Count a mail that is about to be asked for; raises MAILS_EXHAUSTED where the hour has seen enough."""
        if self.mails.full():
            raise DriverError(Failure.MAILS_EXHAUSTED)
        self.mails.append(self.now())

    def narrow(self, terms: Terms) -> Terms:
        """The portal's terms with the smaller of both limits."""
        theirs, ours = terms.limits, self.limits
        limits = Limits(min(theirs.files, ours.files), min(theirs.total_bytes, ours.total_bytes), theirs.pdf)
        return replace(terms, limits=limits)


def do_card(reader: CardReader, request: CardRequest) -> Result:
    """A request to the card."""
    match request:
        case InspectCard():
            return reader.inspect()
        case Authenticate(entry=entry, challenge=challenge, last_try_consented=consented):
            return reader.authenticate(entry, challenge, consented)
        case ReadAttributes(entry=entry, last_try_consented=consented):
            return reader.read_attributes(entry, consented)
        case RereadCertificate():
            reader.reread_certificate()
            return TracesCovered()
        case _:
            assert_never(request)


def do_papers(scanning: Scanning, aim_bytes: int, tell: Progress, request: PaperRequest) -> Result:
    """A request to camera and documents."""
    match request:
        case Photograph(number=number):
            return scanning.photograph(number)
        case Straighten(framed=framed):
            return scanning.straighten(framed)
        case TurnPage(number=number):
            return scanning.turn(number)
        case ReadNumbers():
            return scanning.read_numbers()
        case Pack(ticket=ticket, leaves=leaves, total_bytes=total_bytes, pdf=pdf):
            return scanning.pack(leaves, min(total_bytes, aim_bytes), pdf, _telling(tell, ticket))
        case _:
            assert_never(request)


def do_mail(portal: Portal, _request: AskRegistration) -> Result:
    """Waiting for news of the mail. The portal keeps its answer back so long."""
    return portal.registration(NEWS_SECONDS)


class PortalDuty:
    """Requests to the portal, and the key of this visit's last submission. On the portal's worker only."""

    def __init__(
        self,
        portal: Portal,
        enclosures: Callable[[Sequence[int]], tuple[Enclosure, ...]],
        ledger: Ledger,
        new_key: Callable[[], str],
        caps: Caps,
        tell: Progress,
        journal: Journal,
    ) -> None:
        self._portal = portal
        self._enclosures = enclosures
        self._ledger = ledger
        self._new_key = new_key
        self._caps = caps
        self._tell = tell
        self._journal = journal
        self._open_key: str | None = None

    def __call__(self, request: PortalRequest) -> Result:
        """The result; raises DriverError."""
        portal = self._portal
        match request:
            case FetchTerms():
                return TermsGot(self._caps.narrow(portal.terms()))
            case Register(address=address, terms_version=version):
                self._caps.admit_mail()
                return portal.register(address, version)
            case SendMailAgain():
                self._caps.admit_mail()
                return portal.send_mail_again()
            case CorrectAddress(address=address):
                self._caps.admit_mail()
                return portal.correct_address(address)
            case Resume(code=code):
                return portal.resume(code)
            case RequestChallenge():
                return portal.challenge()
            case LogIn(certificate=certificate, signature=signature):
                return portal.log_in(certificate, signature)
            case SendAttributes(attributes=attributes):
                portal.send_attributes(attributes)
                return AttributesAccepted()
            case CheckNumbers(contract=contract, receipt=receipt):
                portal.check_numbers(contract, receipt)
                return NumbersAccepted()
            case Submit():
                return self._submit(request)
            case Settle():
                return self._settle()
            case Wipe():
                portal.close()
                return Wiped()
            case _:
                assert_never(request)

    def _submit(self, request: Submit) -> Submitted:
        if self._open_key is not None:  # the last one's fate comes first
            raise DriverError(Failure.SUBMISSION_UNCERTAIN)
        enclosures = self._enclosures(request.numbers)
        submission = Submission(request.contract, request.receipt, request.fields, enclosures)
        key = self._new_key()
        try:
            self._ledger.open(key)
        except OSError as error:
            self._journal.fault("ledger", error)
            raise DriverError(Failure.STATE_UNWRITABLE) from None
        self._open_key = key
        try:
            answer = self._portal.submit(submission, key, _telling(self._tell, request.ticket))
        except DriverError as error:
            if error.failure is not Failure.SUBMISSION_UNCERTAIN:  # nothing has left, or the portal has kept nothing
                self._close_key(key)
            raise
        except Exception as error:  # noqa: BLE001 - bytes may have left: only the portal knows now
            self._journal.fault("submit", error)
            raise DriverError(Failure.SUBMISSION_UNCERTAIN) from None
        self._close_key(key)
        return answer

    def _settle(self) -> Settled:
        key = self._open_key
        if key is None:
            raise DriverError(Failure.INTERNAL)
        fate = self._portal.settle(key)
        self._close_key(key)
        return fate

    def _close_key(self, key: str) -> None:
        self._open_key = None
        try:
            self._ledger.close(key)
        except OSError as error:  # settled once more in the background: the fate is the same
            self._journal.fault("ledger", error)


def _telling(tell: Progress, ticket: Ticket) -> Callable[[int, int], None]:
    def progress(done: int, whole: int) -> None:
        tell(Progressed(ticket, done, whole))

    return progress
