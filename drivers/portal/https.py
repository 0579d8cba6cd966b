"""The real transport: HTTPS by requests, to one portal, believing one CA.

TLS 1.2 at least, verified against the configured CA alone (what the system or certifi trusts does not count), no
fall-back; proxies and CA bundles named in the environment are ignored; redirects are not followed, cookies not kept,
nothing is repeated. Times are bounded thrice: to connect (asking the name server included), between two movements, and
in all. An upload is counted as gone when the other side has acknowledged it, and only then the wait for its answer
begins: on a slow line half of it may lie in the kernel's buffer; an answer that comes earlier ends it. A connection
that has lain idle (while papers were photographed) may be dead without knowing it: after 20 s it is not used again, and
an upload always takes one of its own.

Exceptions of requests hold the request. They are turned into a failure and dropped before anything is raised.
"""

import socket
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path
from typing import Any

import requests
import urllib3
from cryptography import x509

from drivers.portal.connection import LookedInto, Straight, hang_up
from drivers.portal.names import Resolve
from drivers.portal.timely import DeadlinePassedError, Timely
from drivers.portal.tls import Attentive, punctual
from drivers.portal.transport import Answer, Call, Upload
from kiosk.failures import DriverError, Failure

LONGEST_ANSWER_BYTES = 2_000_000
LONGEST_IDLE_SECONDS = 20.0
LONGEST_RETRY_AFTER = 3_600.0


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds: to connect, without movement, for a request, for an upload (10 MB at 128 kbit/s take 11 minutes), and
    without movement in an upload: a line that comes back within a minute loses nothing.
    """

    connect: float = 5.0
    still: float = 15.0
    request: float = 30.0
    upload: float = 900.0
    upload_still: float = 60.0


@dataclass(frozen=True, slots=True)
class ClientCertificate:
    """The terminal's identity: two PEM files, the key without a password. Both are read when the transport is made."""

    certificate: Path
    key: Path


@dataclass(frozen=True, slots=True)
class Way:
    """Where the portal is, as the settings say, and how long to wait there."""

    url: str
    ca: Path
    identity: ClientCertificate
    patience: Patience


_ALWAYS = {
    "Accept": "application/json, application/problem+json",
    "Accept-Encoding": "identity",
    "Cache-Control": "no-store, no-cache",  # neither keep it nor answer from what was kept
}


class HttpsTransport:
    """Carries calls to the portal at `url` (`https://host[:port]/...`).

    `ca` is a PEM file, or the PEM text itself. Raises ValueError where the address is not HTTPS, OSError
    (ssl.SSLError among them) where a file cannot be used.
    """

    def __init__(
        self,
        url: str,
        ca: Path | str,
        identity: ClientCertificate | None = None,
        patience: Patience | None = None,
        clock: Callable[[], float] = time.monotonic,
        resolve: Resolve = socket.getaddrinfo,
    ) -> None:
        if not url.startswith("https://"):
            raise ValueError("the portal's address must begin with https://")
        self._url = url.rstrip("/")
        self._ends = None if identity is None else _end_of(identity.certificate)
        self._context = tls_context(ca, identity)
        self._context.sslsocket_class = punctual(lambda: self._deadline - clock())
        self._deadline = float("inf")  # of what is being sent
        self._patience = patience or Patience()
        self._clock = clock
        self._resolve = resolve
        self._over = False
        self._newest: Attentive | None = None
        self._session = self._open()
        self._last_answer = clock()

    def send(self, call: Call) -> Answer:
        """See `Transport.send`."""
        if isinstance(call.body, Upload):
            with self._open() as fresh:
                outcome = self._outcome(fresh, call, self._clock() + self._patience.upload)
        else:
            if self._clock() - self._last_answer > LONGEST_IDLE_SECONDS:
                self._session.close()
            seconds = min(call.seconds or self._patience.request, self._patience.request)
            outcome = self._outcome(self._session, call, self._clock() + seconds)
            self._last_answer = self._clock()  # of this connection: an upload's own says nothing about it
        if isinstance(outcome, Failure):
            raise DriverError(outcome)
        return outcome

    @property
    def identity_ends(self) -> datetime | None:
        """See `Transport.identity_ends`."""
        return self._ends

    def hang_up(self) -> None:
        """See `Transport.hang_up`."""
        self._over = True
        if self._newest is not None:
            hang_up(self._newest)

    def close(self) -> None:
        """Close idle connections."""
        self._session.close()

    def _outcome(self, session: requests.Session, call: Call, deadline: float) -> Answer | Failure:
        if self._over:
            return Failure.PORTAL_UNREACHABLE
        self._deadline = deadline
        body: Any = call.body  # requests takes any iterable with a length; its types do not say so
        if isinstance(body, Upload):
            body = Timely(body, deadline, self._clock, self._patience.upload_still, lambda: self._newest)
        left = max(0.1, deadline - self._clock())
        try:
            with session.request(
                call.method,
                self._url + call.path,
                headers=dict(call.headers),
                data=body,
                timeout=(min(self._patience.connect, left), min(self._patience.still, left)),
                allow_redirects=False,
                stream=True,
            ) as response:
                return self._read(response, deadline)
        except requests.ConnectTimeout:
            return Failure.PORTAL_UNREACHABLE
        except (requests.Timeout, urllib3.exceptions.TimeoutError, TimeoutError, DeadlinePassedError):
            return Failure.PORTAL_SLOW
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            return _broken(error)

    def _read(self, response: requests.Response, deadline: float) -> Answer | Failure:
        if response.headers.get("Content-Encoding", "identity") != "identity":
            return Failure.PORTAL_MALFORMED
        content = bytearray()
        while piece := response.raw.read1(65_536):
            content += piece
            if len(content) > LONGEST_ANSWER_BYTES:
                return Failure.PORTAL_MALFORMED
            if self._clock() > deadline:
                return Failure.PORTAL_SLOW
        said = response.headers
        media_type = said.get("Content-Type", "").partition(";")[0].strip().lower()
        date = _date(said.get("Date", "")) if _is_fresh(said) else None
        pause = _seconds(said.get("Retry-After", ""))
        return Answer(response.status_code, media_type, bytes(content), date, pause)

    def _open(self) -> requests.Session:
        session = Straight()
        session.trust_env = False
        session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        session.headers.clear()
        session.headers.update(_ALWAYS)
        session.adapters.clear()
        session.mount("https://", LookedInto(self._context, self._opened, self._patience.upload_still, self._resolve))
        return session

    def _opened(self, connection: Attentive) -> None:
        self._newest = connection
        if self._over:
            hang_up(connection)


def _broken(error: Exception) -> Failure:
    """Whether the line broke, or whoever is there does not want us or is not who we want."""
    cause: BaseException | None = error
    seen: set[int] = set()
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        if isinstance(cause, ssl.SSLCertVerificationError):
            return Failure.PORTAL_UNTRUSTED
        if isinstance(cause, TimeoutError) and cause.errno is None:  # ours; with a number it is the system's
            return Failure.PORTAL_SLOW
        reason = cause.reason or "" if isinstance(cause, ssl.SSLError) else ""
        if reason.partition("_")[0] in _STRANGERS and reason not in _NO_STRANGERS:
            return Failure.PORTAL_UNTRUSTED
        cause = _within(cause)
    return Failure.PORTAL_UNREACHABLE


_STRANGERS = {"TLSV1", "TLSV13", "SSLV3", "WRONG", "HTTP", "UNSUPPORTED"}
"""How OpenSSL's reasons begin for an alert of the other side (it does not want our certificate, or none of our
versions), and for who speaks no TLS, or an old one.
"""


_NO_STRANGERS = {"TLSV1_ALERT_INTERNAL_ERROR", "SSLV3_ALERT_BAD_RECORD_MAC"}
"""Alerts that say that something broke: the other side, or the line in between."""


def _within(error: BaseException) -> BaseException | None:
    """What an exception of requests or urllib3 was made from."""
    reason = getattr(error, "reason", None)
    inner = [one for one in (reason, *error.args, error.__cause__, error.__context__) if isinstance(one, BaseException)]
    return inner[0] if inner else None


def _end_of(certificate: Path) -> datetime | None:
    """None where OpenSSL may take it and its dates cannot be read."""
    try:
        return x509.load_pem_x509_certificate(certificate.read_bytes()).not_valid_after_utc
    except ValueError:
        return None


def _is_fresh(headers: Mapping[str, str]) -> bool:
    """Whether the answer was made for this request: nobody may keep it, and nobody says that it was kept (RFC 9111,
    sections 5.1 and 5.2.2.5). The date of a kept one is old, and would put a terminal out of service.
    """
    directives = {one.strip().lower() for one in headers.get("Cache-Control", "").split(",")}
    return "no-store" in directives and "Age" not in headers


def _date(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _seconds(text: str) -> float:
    """Retry-After as seconds; the form with a date is not in the contract."""
    return min(float(text), LONGEST_RETRY_AFTER) if text.isascii() and text.isdigit() and len(text) < 10 else 0.0


def tls_context(ca: Path | str, identity: ClientCertificate | None) -> ssl.SSLContext:
    """What both sides must show: TLS 1.2 at least, a portal of this CA, this terminal's certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if isinstance(ca, Path):
        context.load_verify_locations(cafile=ca)
    else:
        context.load_verify_locations(cadata=ca)
    if identity is not None:
        # With a password, and be it none, a key that wants one is refused; else OpenSSL would ask whoever sits there.
        context.load_cert_chain(identity.certificate, identity.key, password="")
    return context
