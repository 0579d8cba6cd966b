"""The contract's requests by method and path: what each needs and does, and which refusals it may answer."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from msgspec import Struct

from drivers.portal import wire
from drivers.portal.sandbox.loopback import Reply
from drivers.portal.sandbox.multipart import read_submission
from drivers.portal.sandbox.office import Office
from drivers.portal.sandbox.refusals import STATUS, RefusedError
from drivers.portal.wire import Refusal

KEY_LENGTHS = range(16, 65)
LONGEST_WAIT = 30  # seconds
ASKED_WITH_QUERY = {"/registration"}
ALWAYS_OPEN = {"/health"}


@dataclass(frozen=True, slots=True)
class Asked:
    """One request. `terminal` is the fingerprint of the client certificate; header names are in lower case."""

    method: str
    path: str
    query: str
    terminal: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)

    def header(self, name: str) -> str:
        """Empty where it is absent."""
        return self.headers.get(name.lower(), "")

    def content(self, kind: type[wire.Kind]) -> wire.Kind:
        """The JSON body. Refuses what is not as the contract says."""
        content = wire.decode(self.body, kind) if self.header("Content-Type") == wire.JSON else None
        if content is None:
            raise RefusedError(Refusal.REQUEST_INVALID)
        return content


@dataclass(frozen=True, slots=True)
class Route:
    """`act` answers with what to send (None: nothing)."""

    act: Callable[[Office, Asked], Struct | None]
    success: int
    refusals: frozenset[Refusal] = frozenset()


Headers = tuple[tuple[str, str], ...]


def reply_to(office: Office, asked: Asked, refuse: Refusal | None = None) -> tuple[Reply, Headers]:
    """One request's answer and its further headers. `refuse` makes it a refusal."""
    route = ROUTES.get((asked.method, asked.path))
    try:
        if route is None:
            return problem(Refusal.REQUEST_INVALID, 405 if asked.path in {path for _, path in ROUTES} else 404), ()
        with office.lock:
            _admit(office, asked, refuse)
            office.send_late_mails()
            content = route.act(office, asked)
            return _success(route.success, content), _later(_closed_for(office) if asked.path in ALWAYS_OPEN else 0)
    except RefusedError as error:
        return problem(error.refusal), _later(error.retry_after)


def _later(seconds: int) -> Headers:
    return (("Retry-After", str(seconds)),) if seconds else ()


def _closed_for(office: Office) -> int:
    """How long still, where it is closed and somebody knows."""
    now = office.now()
    return office.opening.seconds_left(now) if office.opening.is_shut(now) else 0


def _admit(office: Office, asked: Asked, refuse: Refusal | None) -> None:
    if asked.query and asked.path not in ASKED_WITH_QUERY:
        raise RefusedError(Refusal.REQUEST_INVALID)
    now = office.now()
    if office.opening.is_shut(now) and asked.path not in ALWAYS_OPEN:
        raise RefusedError(Refusal.MAINTENANCE, office.opening.seconds_left(now))
    if refuse is not None:
        raise RefusedError(refuse)


def problem(refusal: Refusal, status: int | None = None) -> Reply:
    """A refusal as a problem document."""
    status = status or STATUS[refusal]
    content = wire.Problem(refusal.uri, refusal.value.replace("-", " "), status)
    return Reply(status, wire.PROBLEM_JSON, wire.encode(content))


def _success(status: int, content: Struct | None) -> Reply:
    return Reply(204) if content is None else Reply(status, wire.JSON, wire.encode(content))


def _health(office: Office, _asked: Asked) -> Struct:
    return office.opening.health(office.now())


def _terms(office: Office, _asked: Asked) -> Struct:
    return office.terms()


def _register(office: Office, asked: Asked) -> Struct:
    return office.register(asked.content(wire.RegistrationRequest), asked.terminal)


def _state(office: Office, asked: Asked) -> Struct:
    found = re.fullmatch("(?:wait=([0-9]{1,2}))?", asked.query)
    seconds = int(found[1] or 0) if found is not None else LONGEST_WAIT + 1
    if seconds > LONGEST_WAIT:
        raise RefusedError(Refusal.REQUEST_INVALID)
    handle = asked.header(wire.REGISTRATION_HEADER)
    office.wait_for_news(handle, seconds)
    return office.state(office.registrations.by_handle(handle))


def _send_again(office: Office, asked: Asked) -> Struct:
    return office.send_again(office.registrations.by_handle(asked.header(wire.REGISTRATION_HEADER)))


def _correct_address(office: Office, asked: Asked) -> Struct:
    registration = office.registrations.by_handle(asked.header(wire.REGISTRATION_HEADER))
    return office.correct_address(registration, asked.content(wire.AddressRequest))


def _resume(office: Office, asked: Asked) -> Struct:
    return office.resume(asked.content(wire.ResumptionRequest), asked.terminal)


def _challenge(office: Office, asked: Asked) -> Struct:
    return office.challenge(office.registrations.by_handle(asked.header(wire.REGISTRATION_HEADER)))


def _log_in(office: Office, asked: Asked) -> Struct:
    registration = office.registrations.by_handle(asked.header(wire.REGISTRATION_HEADER))
    return office.log_in(registration, asked.content(wire.LoginRequest))


def _keep_alive(office: Office, asked: Asked) -> None:
    office.logins.session(asked.header(wire.SESSION_HEADER))


def _attributes(office: Office, asked: Asked) -> None:
    session = office.logins.session(asked.header(wire.SESSION_HEADER))
    office.bind_attributes(session, asked.content(wire.AttributesRequest))


def _numbers(office: Office, asked: Asked) -> None:
    office.logins.session(asked.header(wire.SESSION_HEADER))
    office.check_numbers(asked.content(wire.NumbersRequest))


def _submit(office: Office, asked: Asked) -> Struct:
    session = office.logins.session(asked.header(wire.SESSION_HEADER))
    key = asked.header(wire.KEY_HEADER)
    if len(key) not in KEY_LENGTHS:
        raise RefusedError(Refusal.REQUEST_INVALID)
    return office.submit(session, key, *read_submission(asked.header("Content-Type"), asked.body))


def _settle(office: Office, asked: Asked) -> Struct:
    return office.settle(asked.content(wire.SettlementRequest))


def _close(office: Office, asked: Asked) -> None:
    office.logins.close(asked.header(wire.SESSION_HEADER))


def _may(*refusals: Refusal) -> frozenset[Refusal]:
    return frozenset((*refusals, Refusal.BUSY))


_REGISTERED = (Refusal.REGISTRATION_UNKNOWN, Refusal.LINK_EXPIRED)
_MAILS = (Refusal.ADDRESS_REFUSED, Refusal.MAILS_EXHAUSTED)
_NUMBERS = (Refusal.SESSION_EXPIRED, Refusal.CONTRACT_UNKNOWN, Refusal.RECEIPT_UNKNOWN)

ROUTES: dict[tuple[str, str], Route] = {
    ("GET", "/health"): Route(_health, 200),
    ("GET", "/terms"): Route(_terms, 200),
    ("POST", "/registrations"): Route(_register, 201, _may(Refusal.TERMS_OUTDATED, *_MAILS)),
    ("GET", "/registration"): Route(_state, 200, frozenset(_REGISTERED)),
    ("POST", "/registration/mails"): Route(_send_again, 201, _may(Refusal.MAILS_EXHAUSTED, *_REGISTERED)),
    ("PUT", "/registration/address"): Route(_correct_address, 200, _may(*_MAILS, *_REGISTERED)),
    ("POST", "/resumptions"): Route(_resume, 201, _may(Refusal.CODE_UNKNOWN, Refusal.LINK_EXPIRED)),
    ("POST", "/challenges"): Route(_challenge, 201, _may(Refusal.MAIL_NOT_CONFIRMED, *_REGISTERED)),
    ("POST", "/sessions"): Route(_log_in, 201, _may(Refusal.CHALLENGE_SPENT, Refusal.LOGIN_REFUSED, *_REGISTERED)),
    ("POST", "/session/keep-alive"): Route(_keep_alive, 204, _may(Refusal.SESSION_EXPIRED)),
    ("PUT", "/session/attributes"): Route(_attributes, 204, _may(Refusal.SESSION_EXPIRED, Refusal.ATTRIBUTES_FIXED)),
    ("POST", "/session/numbers-check"): Route(_numbers, 204, _may(*_NUMBERS)),
    ("POST", "/submissions"): Route(
        _submit, 201, _may(Refusal.FIELD_REFUSED, Refusal.SUBMISSION_REFUSED, Refusal.KEY_VOIDED, *_NUMBERS)
    ),
    ("POST", "/settlements"): Route(_settle, 200, _may()),
    ("DELETE", "/session"): Route(_close, 204),
}
