"""What a technician may know of the way to the portal: step by step, each with what was seen and, where it is wrong,
what to do about it.

A step that fails ends the way, because the next stands on it. Nothing personal is sent and nothing at the portal
changes: two requests are made, those that every terminal makes while its attract screen stands. Whoever answers is
believed as in a visit, and no less strictly.
"""

import socket
import ssl
import statistics
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from cryptography import x509

from drivers.portal import wire
from drivers.portal.hindrances import Hindrance
from drivers.portal.https import HttpsTransport, Way, tls_context
from drivers.portal.line import Line, Times
from drivers.portal.names import Resolve, connected, resolved
from drivers.portal.transport import Call
from kiosk.failures import DriverError, Failure
from kiosk.ports import CERTIFICATE_NOTICE_DAYS, MOST_CLOCK_SKEW

ASKINGS = 5
CLOCK_WORTH_A_WORD = 5.0  # seconds

Facts = Mapping[str, str | int | float | None]


class Step(Enum):
    """In the order of the way."""

    TERMINAL_CERTIFICATE = "terminal certificate"
    NAME = "name"
    CONNECTION = "connection"
    TLS = "tls"
    PORTAL_CERTIFICATE = "portal certificate"
    CONTRACT = "contract"
    ROUND_TRIP = "round trip"
    CLOCK = "clock"
    DOOR = "door"
    TERMS = "terms"


@dataclass(frozen=True, slots=True)
class Seen:
    """`hindrance` None: in order."""

    step: Step
    facts: Facts
    hindrance: Hindrance | None = None

    @classmethod
    def of(cls, step: Step, hindrance: Hindrance | None = None, **facts: str | float | None) -> Self:
        """With the facts as words."""
        return cls(step, facts, hindrance)


def examine(way: Way, times: Times, resolve: Resolve = socket.getaddrinfo) -> Iterator[Seen]:
    """Walk it. Raises OSError where a file cannot be used."""
    yield _dates(Step.TERMINAL_CERTIFICATE, _read(way.identity.certificate), times.now())
    try:
        connection = yield from _connected(way, times, resolve)
        if connection is None:
            return
        with connection:
            certificate = yield from _shaken(way, connection)
        if certificate is not None:
            yield _dates(Step.PORTAL_CERTIFICATE, certificate, times.now())
            yield from _asked(way, times)
    except DriverError as error:
        step = Step.TERMS if error.failure is Failure.PORTAL_MAINTENANCE else Step.CONTRACT
        yield Seen(step, {}, _HINDRANCES.get(error.failure, Hindrance.NO_PORTAL))


_HINDRANCES = {
    Failure.PORTAL_UNTRUSTED: Hindrance.TURNED_AWAY,
    Failure.PORTAL_UNREACHABLE: Hindrance.HUNG_UP,
    Failure.PORTAL_SLOW: Hindrance.SILENT,
    Failure.PORTAL_MAINTENANCE: Hindrance.CLOSED,
}


def _connected(way: Way, times: Times, resolve: Resolve) -> Generator[Seen, None, socket.socket | None]:
    parts = urlsplit(way.url)
    host = parts.hostname or ""
    try:
        port = parts.port or 443
        found, _ = resolved(host, port, way.patience.connect, resolve)
    except (OSError, ValueError) as error:  # ValueError: what can be no port
        reason = error.strerror or "no answer in time" if isinstance(error, OSError) else "no name and port"
        yield Seen.of(Step.NAME, Hindrance.NAME_UNKNOWN, host=host, reason=reason)
        return None
    addresses = list(dict.fromkeys(str(one[4][0]) for one in found))
    yield Seen.of(Step.NAME, host=host, addresses=", ".join(addresses))
    begun = times.monotonic()
    try:
        connection = connected(found, way.patience.connect)
    except OSError as error:
        silent = isinstance(error, TimeoutError)
        hindrance = Hindrance.NOBODY_ANSWERS if silent else Hindrance.REFUSED
        yield Seen.of(Step.CONNECTION, hindrance, port=port, reason=error.strerror or "no answer in time")
        return None
    peer = str(connection.getpeername()[0])
    yield Seen.of(Step.CONNECTION, address=peer, port=port, milliseconds=_milliseconds(times, begun))
    return connection


def _shaken(way: Way, connection: socket.socket) -> Generator[Seen, None, x509.Certificate | None]:
    host = urlsplit(way.url).hostname
    try:
        connection.settimeout(way.patience.still)
        with tls_context(way.ca, way.identity).wrap_socket(connection, server_hostname=host) as shaken:
            content, cipher = shaken.getpeercert(binary_form=True), shaken.cipher()
            yield Seen.of(Step.TLS, version=shaken.version(), cipher=cipher[0] if cipher else None)
    except ssl.SSLCertVerificationError as error:
        yield Seen.of(Step.TLS, Hindrance.STRANGER, reason=error.verify_message)
        return None
    except (ssl.SSLError, OSError) as error:
        yield Seen.of(Step.TLS, Hindrance.NO_TLS, reason=getattr(error, "reason", None) or str(error.strerror))
        return None
    assert content is not None  # verified, so it was shown
    return x509.load_der_x509_certificate(content)


def _asked(way: Way, times: Times) -> Iterator[Seen]:
    line = Line(HttpsTransport(way.url, way.ca, way.identity, way.patience), times)
    try:
        health, _ = _asked_once(line, times)  # it connects first
        took = [_asked_once(line, times)[1] for _ in range(ASKINGS)]
        spoken = Hindrance.OTHER_CONTRACT if health.contract != wire.CONTRACT else None
        yield Seen.of(Step.CONTRACT, spoken, theirs=health.contract, ours=wire.CONTRACT)
        yield Seen.of(Step.ROUND_TRIP, median_milliseconds=statistics.median(took), most_milliseconds=max(took))
        yield _clock(line.skew)
        closes, reopens = health.closes, health.reopens
        door = partial(Seen.of, Step.DOOR, closes=_written(closes), reopens=_written(reopens))
        yield door(Hindrance.CLOSED) if health.maintenance else door(stands="open")
        if not health.maintenance:
            terms = line.ask(Call("GET", "/terms"), wire.TermsAnswer)
            limits = terms.limits
            takes = "image/jpeg" in limits.media_types
            yield Seen.of(
                Step.TERMS,
                None if takes else Hindrance.NO_PICTURES,
                version=terms.version,
                files=limits.files,
                total_bytes=limits.total_bytes,
                media_types=", ".join(limits.media_types),
            )
    finally:
        line.close()


def _asked_once(line: Line, times: Times) -> tuple[wire.HealthAnswer, float]:
    begun = times.monotonic()
    return line.ask(Call("GET", "/health"), wire.HealthAnswer), _milliseconds(times, begun)


def _clock(skew: float | None) -> Seen:
    if skew is None:
        return Seen(Step.CLOCK, {}, Hindrance.UNDATED)
    hindrance = None
    if abs(skew) > MOST_CLOCK_SKEW:
        hindrance = Hindrance.CLOCK_WRONG
    elif abs(skew) > CLOCK_WORTH_A_WORD:
        hindrance = Hindrance.CLOCK_OFF
    return Seen.of(Step.CLOCK, hindrance, seconds_behind=round(skew, 1))


def _dates(step: Step, certificate: x509.Certificate, now: datetime) -> Seen:
    """Who it names, who signed it, how long it lasts."""
    begins, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    seen = Seen.of(
        step,
        subject=certificate.subject.rfc4514_string(),
        issuer=certificate.issuer.rfc4514_string(),
        begins=_written(begins),
        ends=_written(ends),
        days_left=(ends - now).days,
    )
    ours = step is Step.TERMINAL_CERTIFICATE
    if now > ends:
        return replace(seen, hindrance=Hindrance.OURS_ENDED if ours else Hindrance.THEIRS_ENDED)
    if now < begins:
        return replace(seen, hindrance=Hindrance.NOT_BEGUN)
    if (ends - now).days < CERTIFICATE_NOTICE_DAYS:
        return replace(seen, hindrance=Hindrance.OURS_ENDS_SOON if ours else Hindrance.THEIRS_ENDS_SOON)
    return seen


def _read(file: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(file.read_bytes())


def _written(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


def _milliseconds(times: Times, begun: float) -> float:
    return round((times.monotonic() - begun) * 1000, 1)
