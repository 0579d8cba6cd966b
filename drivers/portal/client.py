"""One visit's dialogue with the portal: the contract's requests over a `Transport`, every deviation as a named failure.

The registration's handle and the session live here and nowhere else. What an answer means stands in `answers.py`;
for a submission what is neither success nor one of the contract's refusals is never taken for one: once its first byte
has left, only the contract's own words say what became of it, and all else is SUBMISSION_UNCERTAIN.

One thread uses one client, but for `registration`, which waits for news of the mail: it may be asked on another thread
over a line of its own, so that the visitor can have the mail sent again meanwhile.
"""

import base64
import binascii
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from drivers.portal import wire
from drivers.portal.answers import FAILURES, content, refusal
from drivers.portal.line import Line, Times
from drivers.portal.transport import Answer, Call, Part, Transport, Upload
from kiosk.events import ChallengeGot, LoggedIn, Registered, RegistrationSeen, Resumed, Settled, Submitted
from kiosk.failures import DriverError, Failure
from kiosk.visit import Attributes, Document, FurtherField, Limits, PortalHealth, Terms

if TYPE_CHECKING:
    from kiosk.ports import Submission  # beside it stand pixels: a courier would carry numpy


PICTURES, DOCUMENTS = "image/jpeg", "application/pdf"
"""What this terminal makes of a paper."""

CLOSING = timedelta(minutes=20)
"""So long before an announced maintenance nobody is received any more: as long as a visit takes."""


ASIDE_SECONDS = 8.0
"""So long a request may take for which nobody waits, but others wait behind it: a visitor's, the end of a visit."""

_CONDITIONS = {
    Failure.PORTAL_MAINTENANCE: PortalHealth.MAINTENANCE,
    Failure.PORTAL_UNTRUSTED: PortalHealth.UNTRUSTED,
}


class PortalClient:
    """Meets `kiosk.ports.Portal`. `listening` is a transport of its own for `registration`, where there is one."""

    def __init__(self, transport: Transport, times: Times | None = None, listening: Transport | None = None) -> None:
        self._times = times or Times()
        self._line = Line(transport, self._times)
        self._listening = Line(listening, self._times) if listening else self._line
        self._handle = ""
        self._session = ""
        self._idle_seconds = self._used = 0.0

    def health(self) -> PortalHealth:
        """A harmless request, where this terminal's certificate is still good for one. Never raises."""
        if self.identity_ends is not None and self.identity_ends <= self._times.now():
            return PortalHealth.UNTRUSTED
        try:
            answer = self._line.ask(_call("GET", "/health"), wire.HealthAnswer, again=True, poll=True)
        except DriverError as error:
            return _CONDITIONS.get(error.failure, PortalHealth.UNREACHABLE)
        return _condition(answer, self._times.now(), self._line.skew or 0.0)

    @property
    def identity_ends(self) -> datetime | None:
        """When this terminal's certificate ends; None where it has none."""
        return self._line.identity_ends

    @property
    def clock_skew(self) -> float | None:
        """The portal's clock minus the terminal's in seconds; None before any answer."""
        return self._line.skew

    def terms(self) -> Terms:
        """Documents to agree to, and limits."""
        return _terms(self._line.ask(_call("GET", "/terms"), wire.TermsAnswer, again=True))

    def register(self, address: str, terms_version: str) -> Registered:
        """Begin a registration; the portal sends the mail."""
        request = _checked(wire.RegistrationRequest(address, terms_version, self._times.now()), Failure.ADDRESS_REFUSED)
        answer = self._line.ask(_call("POST", "/registrations", request), wire.RegistrationAnswer)
        self._handle, self._session = answer.handle, ""
        return Registered(answer.deadline)

    def send_mail_again(self) -> Registered:
        """The same mail to the same address."""
        call = _call("POST", "/registration/mails", who=self._registered())
        return Registered(self._line.ask(call, wire.MailAnswer).deadline)

    def correct_address(self, address: str) -> Registered:
        """Another address for this registration; the link of the earlier mail dies."""
        request = _checked(wire.AddressRequest(address), Failure.ADDRESS_REFUSED)
        call = _call("PUT", "/registration/address", request, self._registered())
        return Registered(self._line.ask(call, wire.MailAnswer).deadline)

    def registration(self, wait: int = 0) -> RegistrationSeen:
        """Has the link's button been pressed? Answers when it is, at the latest after `wait` seconds."""
        call = _call("GET", f"/registration?wait={wait}", who=self._registered())
        return RegistrationSeen(self._listening.ask(call, wire.RegistrationState, poll=True).confirmed)

    def hang_up(self) -> None:
        """Nobody waits for `registration` any more. From any thread; never raises."""
        self._listening.hang_up()

    def resume(self, code: str) -> Resumed:
        """Take up an earlier registration. Spaces, hyphens and small letters in the code do not matter."""
        request = _checked(wire.ResumptionRequest(re.sub(r"[\s-]", "", code).upper()), Failure.CODE_UNKNOWN)
        answer = self._line.ask(_call("POST", "/resumptions", request), wire.ResumptionAnswer)
        self._handle, self._session = answer.handle, ""
        return Resumed(answer.deadline, answer.address)

    def challenge(self) -> ChallengeGot:
        """A nonce for one login."""
        answer = self._line.ask(_call("POST", "/challenges", who=self._registered()), wire.ChallengeAnswer, again=True)
        challenge = _from_base64(answer.challenge)
        if not 16 <= len(challenge) <= 64:
            raise DriverError(Failure.PORTAL_MALFORMED)
        return ChallengeGot(challenge)

    def log_in(self, certificate: bytes, signature: bytes) -> LoggedIn:
        """Answer the challenge with the certificate (DER) and the signature over the challenge."""
        request = wire.LoginRequest(base64.b64encode(certificate).decode(), base64.b64encode(signature).decode())
        request = _checked(request, Failure.LOGIN_REFUSED)
        answer = self._line.ask(_call("POST", "/sessions", request, self._registered()), wire.SessionAnswer)
        if not all(_compiles(field.pattern) for field in answer.fields):
            raise DriverError(Failure.PORTAL_MALFORMED)
        self._session, self._idle_seconds, self._used = answer.session, answer.idle_seconds, self._times.monotonic()
        return LoggedIn(
            tuple(FurtherField(one.name, one.label, one.pattern, one.required, one.longest) for one in answer.fields)
        )

    def send_attributes(self, attributes: Attributes) -> None:
        """Bind the four attributes to this login."""
        request = _checked(_written(attributes), Failure.CARD_MALFORMED)
        self._line.tell(_call("PUT", "/session/attributes", request, self._logged_in()), again=True)

    def check_numbers(self, contract: str, receipt: str) -> None:
        """Raise CONTRACT_UNKNOWN or RECEIPT_UNKNOWN."""
        request = _checked(wire.NumbersRequest(contract or None, receipt), Failure.RECEIPT_UNKNOWN)
        self._line.tell(_call("POST", "/session/numbers-check", request, self._logged_in()), again=True)

    def keep_alive(self) -> float | None:
        """Keep the session from ending while the visitor is busy with papers. Never raises; in how many seconds again,
        None where nobody is logged in. Whether the session still lives is told by the next request that needs it.
        """
        if not self._session:
            return None
        pause = self._idle_seconds / 3
        left = self._used + pause - self._times.monotonic()
        if left > 0:
            return left
        self._line.attempt(Call("POST", "/session/keep-alive", self._logged_in(), seconds=ASIDE_SECONDS))
        return pause

    def submit(self, submission: "Submission", key: str, progress: Callable[[int, int], None]) -> Submitted:
        """Hand in everything in one request, sent once. SUBMISSION_UNCERTAIN: only `settle(key)` knows."""
        upload = Upload(_parts(submission), progress)
        headers = (*self._logged_in(), (wire.KEY_HEADER, key), ("Content-Type", upload.media_type))
        answer = self._line.attempt(Call("POST", "/submissions", headers, upload))
        if answer is None:
            raise DriverError(Failure.SUBMISSION_UNCERTAIN if upload.begun else Failure.PORTAL_UNREACHABLE)
        return _received(answer, upload)

    def settle(self, key: str) -> Settled:
        """The final fate of a key, asked with the terminal's identity alone."""
        request = _checked(wire.SettlementRequest(key), Failure.INTERNAL)
        call = _call("POST", "/settlements", request)
        answer = self._line.ask(call, wire.SettlementAnswer, again=True, poll=True)
        return Settled(answer.received, answer.number if answer.received else None)

    def close(self) -> None:
        """Forget the session, and end it at the portal, if that listens. Never raises. Where another thread is still
        at it nothing is asked twice.
        """
        session, self._handle, self._session = self._session, "", ""
        if session:
            who = _named(wire.SESSION_HEADER, session)
            self._line.attempt(Call("DELETE", "/session", who, seconds=ASIDE_SECONDS))
        self._listening.close()
        self._line.close()

    def _registered(self) -> tuple[tuple[str, str], ...]:
        return _named(wire.REGISTRATION_HEADER, self._handle)

    def _logged_in(self) -> tuple[tuple[str, str], ...]:
        self._used = self._times.monotonic()
        return _named(wire.SESSION_HEADER, self._session)


def _condition(answer: wire.HealthAnswer, now: datetime, skew: float) -> PortalHealth:
    """Whether a visit that begins now, by the portal's clock, will find an open door to its end."""
    if answer.contract != wire.CONTRACT:
        return PortalHealth.UNREACHABLE
    ahead = timedelta(seconds=skew)  # taken from the difference: the portal's now may be no date
    closing = answer.closes is not None and answer.closes - now - ahead <= CLOSING
    return PortalHealth.MAINTENANCE if answer.maintenance or closing else PortalHealth.OPEN


def _received(answer: Answer, upload: Upload) -> Submitted:
    """What the contract's own words say of a submission; anything else says nothing about it. A refusal may come before
    all of it has left, a receipt may not.
    """
    refused = refusal(answer)
    if refused is not None:
        raise DriverError(FAILURES[refused])
    received = content(answer, wire.SubmissionAnswer)
    created = answer.status == 201 and upload.whole  # anybody's 200 may carry a document without a number
    if received is None or not created:
        raise DriverError(Failure.SUBMISSION_UNCERTAIN)
    return Submitted(received.number)


def _terms(answer: wire.TermsAnswer) -> Terms:
    if PICTURES not in answer.limits.media_types:
        raise DriverError(Failure.PORTAL_MALFORMED)
    limits = Limits(answer.limits.files, answer.limits.total_bytes, DOCUMENTS in answer.limits.media_types)
    documents = tuple(Document(document.title, document.body) for document in answer.documents)
    return Terms(answer.version, documents, limits)


def _named(header: str, secret: str) -> tuple[tuple[str, str], ...]:
    """Whose request it is. Without a registration or a session nothing is asked."""
    if not secret:
        raise DriverError(Failure.SESSION_EXPIRED)
    return ((header, secret),)


def _call(method: str, path: str, request: Struct | None = None, who: tuple[tuple[str, str], ...] = ()) -> Call:
    if request is None:
        return Call(method, path, who)
    return Call(method, path, (*who, ("Content-Type", wire.JSON)), wire.encode(request))


def _checked(request: wire.Kind, failure: Failure) -> wire.Kind:
    """The request, if it is within the contract's bounds: what the portal would have to refuse is not sent."""
    if wire.decode(wire.encode(request), type(request)) is None:
        raise DriverError(failure)
    return request


def _written(attributes: Attributes) -> wire.AttributesRequest:
    birth = attributes.birth
    date = f"{birth.year or 0:04}{birth.month or 0:02}{birth.day or 0:02}"
    return wire.AttributesRequest(attributes.name, attributes.address, date, attributes.sex.value)


def _parts(submission: "Submission") -> list[Part]:
    form = wire.FormPart(submission.contract or None, submission.receipt, dict(submission.fields))
    files = enumerate(submission.enclosures, 1)
    return [
        Part("form", wire.JSON, wire.encode(_checked(form, Failure.SUBMISSION_REFUSED))),
        *(Part("file", file.media_type, file.content, f"page-{number}") for number, file in files),
    ]


def _from_base64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError):
        return False
    return True
