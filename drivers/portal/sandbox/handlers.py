"""HTTP at the terminal's door (TLS, client certificates), and the place where each fault happens to a request."""

import hashlib
import re
import ssl
from collections.abc import Callable
from datetime import datetime
from email.utils import format_datetime
from io import BytesIO
from typing import Any

from drivers.portal.connection import hang_up
from drivers.portal.sandbox.faults import (
    SUBMISSIONS,
    AnswerLate,
    AnswerTwice,
    CutAnswer,
    CutRequest,
    Faults,
    Gateway,
    RefuseEarly,
    StallReading,
    StallWriting,
)
from drivers.portal.sandbox.loopback import QuietHandler, Reply
from drivers.portal.sandbox.office import Office
from drivers.portal.sandbox.routes import ROUTES, Asked, Headers, problem, reply_to
from drivers.portal.wire import Refusal

LONGEST_JSON_BYTES = 65_536
_LINGER_BYTES, _LINGER_PART, _LINGER_SECONDS = 1_048_576, 65_536, 2.0
FORM_BYTES = 65_536  # what a submission may weigh beyond its files
_NEVER_STORED = ("Cache-Control", "no-store")
_GATEWAY_PAGE = b"<!doctype html><title>Bad Gateway</title><h1>Bad Gateway</h1>"


class TerminalHandler(QuietHandler):
    """The contract's requests. `dated` is what the answers' dates go by."""

    def __init__(
        self, office: Office, faults: Faults, largest_upload: int, dated: Callable[[], datetime], *connection: Any
    ) -> None:
        self._office = office
        self._faults = faults
        self._largest_upload = largest_upload
        self._dated = dated
        super().__init__(*connection)

    def serve(self) -> None:
        """Any request."""
        path, _, query = self.path.partition("?")
        body = self._body(path)
        if body is None:
            return
        late = self._faults.take(path, AnswerLate)
        if late is not None and not self._faults.rest(late.seconds):
            self._hang_up()
            return
        self._faults.delay()
        gateway = self._faults.take(path, Gateway)
        if gateway is None:
            self._send(path, *self._answer(path, query, body))
            return
        if gateway.after:
            self._answer(path, query, body)
        self._send(path, Reply(gateway.status, "text/html", _GATEWAY_PAGE), ())

    def reply(self, reply: Reply, headers: Headers = ()) -> None:
        """Nobody may keep any."""
        super().reply(reply, (*headers, _NEVER_STORED))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002
        """What http.server itself refuses is refused in the contract's form, too (the signature is its own)."""
        self.close_connection = True
        self.reply(problem(Refusal.REQUEST_INVALID, code))

    def date_time_string(self, timestamp: float | None = None) -> str:  # noqa: ARG002  the signature is http.server's
        """What `Date` says."""
        return format_datetime(self._dated(), usegmt=True)

    def _answer(self, path: str, query: str, body: bytes) -> tuple[Reply, Headers]:
        headers = {name.lower(): value for name, value in self.headers.items()}
        route = ROUTES.get((self.command, path))
        refusal = self._faults.take_refusal(route.refusals) if route is not None else None
        return reply_to(self._office, Asked(self.command, path, query, self._terminal(), headers, body), refusal)

    def _body(self, path: str) -> bytes | None:
        """The request's body; None where there is no talking on."""
        submission = (self.command, path) == ("POST", SUBMISSIONS)
        most = self._largest_upload if submission else LONGEST_JSON_BYTES
        said = self.headers.get("Content-Length", "0")
        if "Transfer-Encoding" in self.headers or not re.fullmatch("[0-9]{1,12}", said) or int(said) > most:
            self.close_connection = True
            self.reply(problem(Refusal.SUBMISSION_REFUSED if submission else Refusal.REQUEST_INVALID, 413))
            self._hear_out()
            return None
        length = int(said)
        early = self._faults.take(path, RefuseEarly)
        if early is not None:
            self.rfile.read(min(early.after_bytes, length))
            self.close_connection = True
            self.reply(problem(early.refusal))
            self._faults.rest(early.seconds)
            return None
        cut, stall = self._faults.take(path, CutRequest), self._faults.take(path, StallReading)
        body = self.rfile.read(length // 2 if stall is not None else min(cut.after_bytes if cut else length, length))
        if stall is not None and self._faults.rest(stall.seconds):
            body += self.rfile.read(length - len(body))
        if cut is not None or len(body) < length:
            self._hang_up()
            return None
        return body

    def _hear_out(self) -> None:
        """Let who speaks before it listens come to its end, within bounds: a line closed over what was not read is
        reset, and the answer is lost with it. Servers in front of real portals linger likewise.
        """
        self.connection.settimeout(_LINGER_SECONDS)
        heard = 0
        while heard < _LINGER_BYTES and (part := self.rfile.read1(_LINGER_PART)):
            heard += len(part)

    def _send(self, path: str, answer: Reply, headers: Headers) -> None:
        content = self._on_the_wire(answer, headers)
        cut, stall = self._faults.take(path, CutAnswer), self._faults.take(path, StallWriting)
        if cut is not None:
            self.wfile.write(content[: cut.after_bytes])
            self._hang_up()
        elif stall is not None:
            self.wfile.write(content[: len(content) // 2])
            if self._faults.rest(stall.seconds):
                self.wfile.write(content[len(content) // 2 :])
        else:
            self.wfile.write(content * (2 if self._faults.take(path, AnswerTwice) is not None else 1))

    def _on_the_wire(self, answer: Reply, headers: Headers) -> bytes:
        line, written = self.wfile, BytesIO()
        self.wfile = written
        self.reply(answer, headers)
        self.wfile = line
        return written.getvalue()

    def _hang_up(self) -> None:
        self.close_connection = True
        hang_up(self.connection)

    def _terminal(self) -> str:
        assert isinstance(self.connection, ssl.SSLSocket)
        return hashlib.sha256(self.connection.getpeercert(binary_form=True) or b"").hexdigest()
