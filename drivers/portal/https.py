"""The real transport: HTTPS by requests, to one portal, believing one CA.

TLS 1.2 at least, verified against the configured CA alone (what the system or certifi trusts does not count), no
fall-back; proxies and CA bundles named in the environment are ignored; redirects are not followed, cookies not kept,
nothing is repeated. Times are bounded thrice: to connect, between two movements, and in all; the last is looked at
between pieces, so it may be late by one movement. A connection that has lain idle (while papers were photographed) may
be dead without knowing it: after 20 s it is not used again, and an upload always takes one of its own.

Exceptions of requests hold the request. They are turned into a failure and dropped before anything is raised.
"""

import ssl
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path
from typing import Any

import requests
import urllib3
from requests.adapters import HTTPAdapter

from drivers.portal.transport import Answer, Call, Upload
from kiosk.failures import DriverError, Failure

LONGEST_ANSWER_BYTES = 2_000_000
LONGEST_IDLE_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds: to connect, without movement, for a request, for an upload (10 MB at 128 kbit/s take 11 minutes)."""

    connect: float = 5.0
    still: float = 15.0
    request: float = 30.0
    upload: float = 900.0


@dataclass(frozen=True, slots=True)
class ClientCertificate:
    """The terminal's identity: two PEM files, the key without a password. Both are read when the transport is made."""

    certificate: Path
    key: Path


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
    ) -> None:
        if not url.startswith("https://"):
            raise ValueError("the portal's address must begin with https://")
        self._url = url.rstrip("/")
        self._context = _context(ca, identity)
        self._patience = patience or Patience()
        self._clock = clock
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
            outcome = self._outcome(self._session, call, self._clock() + self._patience.request)
            self._last_answer = self._clock()  # of this connection: an upload's own says nothing about it
        if isinstance(outcome, Failure):
            raise DriverError(outcome)
        return outcome

    def close(self) -> None:
        """Close idle connections."""
        self._session.close()

    def _outcome(self, session: requests.Session, call: Call, deadline: float) -> Answer | Failure:
        body: Any = call.body  # requests takes any iterable with a length; its types do not say so
        if isinstance(body, Upload):
            body = _Timely(body, deadline, self._clock)
        try:
            with session.request(
                call.method,
                self._url + call.path,
                headers=dict(call.headers),
                data=body,
                timeout=(self._patience.connect, self._patience.still),
                allow_redirects=False,
                stream=True,
            ) as response:
                return self._read(response, deadline)
        except (requests.ConnectTimeout, requests.exceptions.SSLError):
            return Failure.PORTAL_UNREACHABLE
        except (requests.Timeout, urllib3.exceptions.TimeoutError, _DeadlinePassedError):
            return Failure.PORTAL_SLOW
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError):
            return Failure.PORTAL_UNREACHABLE

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
        media_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        return Answer(response.status_code, media_type, bytes(content))

    def _open(self) -> requests.Session:
        session = requests.Session()
        session.trust_env = False
        session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        session.headers.clear()
        session.headers.update({"Accept": "application/json, application/problem+json", "Accept-Encoding": "identity"})
        session.adapters.clear()
        session.mount("https://", _OneAuthority(self._context))
        return session


class _DeadlinePassedError(Exception):
    """The whole upload took too long."""


class _Timely:
    """An upload that gives up at the deadline. Its length makes requests announce it instead of sending it chunked."""

    def __init__(self, upload: Upload, deadline: float, clock: Callable[[], float]) -> None:
        self._upload = upload
        self._deadline = deadline
        self._clock = clock

    def __len__(self) -> int:
        return len(self._upload)

    def __iter__(self) -> Iterator[memoryview]:
        for piece in self._upload:
            if self._clock() > self._deadline:
                raise _DeadlinePassedError
            yield piece


class _OneAuthority(HTTPAdapter):
    """Uses the given TLS context and adds no authority to it (requests would add certifi's)."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, ssl_context=self._context, **kwargs)

    def cert_verify(self, conn: Any, url: Any, verify: Any, cert: Any) -> None:  # noqa: ARG002  the signature is requests'
        conn.cert_reqs = "CERT_REQUIRED"


def _context(ca: Path | str, identity: ClientCertificate | None) -> ssl.SSLContext:
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
