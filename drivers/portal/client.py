"""One visit's dialogue with the portal: the contract's requests over a `Transport`, every deviation as a named failure.

The registration's handle and the session live here and nowhere else. An answer is one of three: what the contract
says for success; a problem document of the contract's closed list (its failure); or something else, which is
PORTAL_MALFORMED, or PORTAL_UNREACHABLE where a server before the portal says that the portal is not there (5xx). For
a submission "something else" is never taken for a refusal: once its first byte has left, only the contract's own
words say what became of it, and all else is SUBMISSION_UNCERTAIN.

Failures are raised outside of `except` clauses, so that no exception carries another one that holds a request. One
thread uses one client.
"""

import base64
import binascii
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from drivers.portal import wire
from drivers.portal.transport import Answer, Call, Part, Transport, Upload
from kiosk.events import ChallengeGot, LoggedIn, Registered, RegistrationSeen, Resumed, Settled, Submitted
from kiosk.failures import DriverError, Failure
from kiosk.visit import Attributes, Document, FurtherField, Limits, PortalHealth, Terms

if TYPE_CHECKING:
    from kiosk.ports import Submission  # beside it stand pixels: a courier would carry numpy


def _utc_now() -> datetime:
    return datetime.now(UTC)


class PortalClient:
    """Meets `kiosk.ports.Portal`. `now` dates the agreement to the terms."""

    def __init__(self, transport: Transport, now: Callable[[], datetime] = _utc_now) -> None:
        self._transport = transport
        self._now = now
        self._handle = ""
        self._session = ""

    def health(self) -> PortalHealth:
        """A harmless request. Never raises."""
        try:
            answer = self._ask("GET", "/health", wire.HealthAnswer)
        except DriverError as error:
            closed = error.failure is Failure.PORTAL_MAINTENANCE
            return PortalHealth.MAINTENANCE if closed else PortalHealth.UNREACHABLE
        return PortalHealth.MAINTENANCE if answer.maintenance else PortalHealth.OPEN

    def terms(self) -> Terms:
        """Documents to agree to, and limits."""
        answer = self._ask("GET", "/terms", wire.TermsAnswer)
        documents = tuple(Document(document.title, document.body) for document in answer.documents)
        return Terms(answer.version, documents, Limits(answer.limits.files, answer.limits.total_bytes))

    def register(self, address: str, terms_version: str) -> Registered:
        """Begin a registration; the portal sends the mail."""
        request = _checked(wire.RegistrationRequest(address, terms_version, self._now()), Failure.ADDRESS_REFUSED)
        answer = self._ask("POST", "/registrations", wire.RegistrationAnswer, request)
        self._handle, self._session = answer.handle, ""
        return Registered(answer.deadline)

    def send_mail_again(self) -> Registered:
        """The same mail to the same address."""
        return Registered(self._ask("POST", "/registration/mails", wire.MailAnswer, who=self._registered()).deadline)

    def correct_address(self, address: str) -> Registered:
        """Another address for this registration; the link of the earlier mail dies."""
        request = _checked(wire.AddressRequest(address), Failure.ADDRESS_REFUSED)
        answer = self._ask("PUT", "/registration/address", wire.MailAnswer, request, self._registered())
        return Registered(answer.deadline)

    def registration(self) -> RegistrationSeen:
        """Has the link's button been pressed?"""
        answer = self._ask("GET", "/registration", wire.RegistrationState, who=self._registered())
        return RegistrationSeen(answer.confirmed)

    def resume(self, code: str) -> Resumed:
        """Take up an earlier registration. Spaces, hyphens and small letters in the code do not matter."""
        request = _checked(wire.ResumptionRequest(re.sub(r"[\s-]", "", code).upper()), Failure.CODE_UNKNOWN)
        answer = self._ask("POST", "/resumptions", wire.ResumptionAnswer, request)
        self._handle, self._session = answer.handle, ""
        return Resumed(answer.deadline, answer.address)

    def challenge(self) -> ChallengeGot:
        """A nonce for one login."""
        answer = self._ask("POST", "/challenges", wire.ChallengeAnswer, who=self._registered())
        challenge = _from_base64(answer.challenge)
        if not 16 <= len(challenge) <= 64:
            raise DriverError(Failure.PORTAL_MALFORMED)
        return ChallengeGot(challenge)

    def log_in(self, certificate: bytes, signature: bytes) -> LoggedIn:
        """Answer the challenge with the certificate (DER) and the signature over the challenge."""
        request = wire.LoginRequest(base64.b64encode(certificate).decode(), base64.b64encode(signature).decode())
        request = _checked(request, Failure.LOGIN_REFUSED)
        answer = self._ask("POST", "/sessions", wire.SessionAnswer, request, self._registered())
        if not all(_compiles(field.pattern) for field in answer.fields):
            raise DriverError(Failure.PORTAL_MALFORMED)
        self._session = answer.session
        return LoggedIn(
            tuple(FurtherField(one.name, one.label, one.pattern, one.required, one.longest) for one in answer.fields)
        )

    def send_attributes(self, attributes: Attributes) -> None:
        """Bind the four attributes to this login."""
        birth = attributes.birth
        date = f"{birth.year or 0:04}{birth.month or 0:02}{birth.day or 0:02}"
        request = wire.AttributesRequest(attributes.name, attributes.address, date, attributes.sex.value)
        self._tell("PUT", "/session/attributes", _checked(request, Failure.CARD_MALFORMED), self._logged_in())

    def check_numbers(self, contract: str, receipt: str) -> None:
        """Raise CONTRACT_UNKNOWN or RECEIPT_UNKNOWN."""
        request = _checked(wire.NumbersRequest(contract or None, receipt), Failure.RECEIPT_UNKNOWN)
        self._tell("POST", "/session/numbers-check", request, self._logged_in())

    def submit(self, submission: "Submission", key: str, progress: Callable[[int, int], None]) -> Submitted:
        """Hand in everything in one request, sent once. SUBMISSION_UNCERTAIN: only `settle(key)` knows."""
        form = wire.FormPart(submission.contract or None, submission.receipt, dict(submission.fields))
        parts = [Part("form", wire.JSON, wire.encode(_checked(form, Failure.SUBMISSION_REFUSED)))]
        for number, enclosure in enumerate(submission.enclosures, 1):
            parts.append(Part("file", enclosure.media_type, enclosure.content, f"page-{number}"))
        upload = Upload(parts, progress)
        headers = (*self._logged_in(), (wire.KEY_HEADER, key), ("Content-Type", upload.media_type))
        answer = self._attempt(Call("POST", "/submissions", headers, upload))
        if answer is None:
            raise DriverError(Failure.SUBMISSION_UNCERTAIN if upload.begun else Failure.PORTAL_UNREACHABLE)
        refusal = _refusal(answer)
        if refusal is not None:
            raise DriverError(wire.FAILURES[refusal])
        received = _content(answer, wire.SubmissionAnswer)
        if received is None:
            raise DriverError(Failure.SUBMISSION_UNCERTAIN)
        return Submitted(received.number)

    def settle(self, key: str) -> Settled:
        """The final fate of a key, asked with the terminal's identity alone."""
        request = _checked(wire.SettlementRequest(key), Failure.INTERNAL)
        answer = self._ask("POST", "/settlements", wire.SettlementAnswer, request)
        return Settled(answer.received, answer.number if answer.received else None)

    def close(self) -> None:
        """End the session at the portal, forget it here in any case. Never raises."""
        if self._session:
            self._attempt(Call("DELETE", "/session", self._logged_in()))
        self._handle = self._session = ""
        self._transport.close()

    def _registered(self) -> tuple[tuple[str, str], ...]:
        return _named(wire.REGISTRATION_HEADER, self._handle)

    def _logged_in(self) -> tuple[tuple[str, str], ...]:
        return _named(wire.SESSION_HEADER, self._session)

    def _attempt(self, call: Call) -> Answer | None:
        """The answer, or None where there is none."""
        try:
            return self._transport.send(call)
        except DriverError:
            return None

    def _ask(
        self,
        method: str,
        path: str,
        kind: type[wire.Kind],
        request: Struct | None = None,
        who: tuple[tuple[str, str], ...] = (),
    ) -> wire.Kind:
        answer = self._transport.send(_call(method, path, request, who))
        content = _content(answer, kind)
        if content is None:
            raise DriverError(_failure(answer))
        return content

    def _tell(self, method: str, path: str, request: Struct, who: tuple[tuple[str, str], ...]) -> None:
        answer = self._transport.send(_call(method, path, request, who))
        if answer.status != 204:
            raise DriverError(_failure(answer))


def _named(header: str, secret: str) -> tuple[tuple[str, str], ...]:
    """Whose request it is. Without a registration or a session nothing is asked."""
    if not secret:
        raise DriverError(Failure.SESSION_EXPIRED)
    return ((header, secret),)


def _call(method: str, path: str, request: Struct | None, who: tuple[tuple[str, str], ...]) -> Call:
    if request is None:
        return Call(method, path, who)
    return Call(method, path, (*who, ("Content-Type", wire.JSON)), wire.encode(request))


def _content(answer: Answer, kind: type[wire.Kind]) -> wire.Kind | None:
    """What a success says; None where it is none."""
    if answer.status not in {200, 201} or answer.media_type != wire.JSON:
        return None
    return wire.decode(answer.content, kind)


def _refusal(answer: Answer) -> wire.Refusal | None:
    """The contract's refusal, where the answer is one."""
    if answer.status < 400 or answer.media_type != wire.PROBLEM_JSON:
        return None
    problem = wire.decode(answer.content, wire.Problem)
    return None if problem is None else problem.refusal


def _failure(answer: Answer) -> Failure:
    refusal = _refusal(answer)
    if refusal is not None:
        return wire.FAILURES[refusal]
    return Failure.PORTAL_UNREACHABLE if answer.status >= 500 else Failure.PORTAL_MALFORMED


def _checked(request: wire.Kind, failure: Failure) -> wire.Kind:
    """The request, if it is within the contract's bounds: what the portal would have to refuse is not sent."""
    if wire.decode(wire.encode(request), type(request)) is None:
        raise DriverError(failure)
    return request


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
