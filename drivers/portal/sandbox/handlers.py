"""HTTP on both doors of the sandbox: the terminal's (TLS, client certificates) and the phone's."""

import hashlib
import re
import ssl
from typing import Any

from drivers.portal.connection import hang_up
from drivers.portal.sandbox.faults import Faults
from drivers.portal.sandbox.loopback import QuietHandler
from drivers.portal.sandbox.office import Office
from drivers.portal.sandbox.page import LinkPage
from drivers.portal.sandbox.routes import ROUTES, Asked, problem, reply_to
from drivers.portal.wire import Refusal

LONGEST_JSON_BYTES = 65_536
FORM_BYTES = 65_536  # what a submission may weigh beyond its files
SUBMISSION = ("POST", "/submissions")


class TerminalHandler(QuietHandler):
    """The contract's requests."""

    def __init__(self, office: Office, faults: Faults, largest_upload: int, *connection: Any) -> None:
        self._office = office
        self._faults = faults
        self._largest_upload = largest_upload
        super().__init__(*connection)

    def serve(self) -> None:
        """Any request."""
        path, _, query = self.path.partition("?")
        submission = (self.command, path) == SUBMISSION
        body = self._body(submission)
        if body is None:
            return
        self._faults.delay()
        asked = Asked(
            self.command,
            path,
            query,
            self._terminal(),
            {name.lower(): value for name, value in self.headers.items()},
            body,
        )
        route = ROUTES.get((self.command, path))
        refusal = self._faults.take_refusal(route.refusals) if route is not None else None
        answer = reply_to(self._office, asked, maintenance=self._faults.maintenance, refuse=refusal)
        if submission and self._faults.take_lost_answer():
            self._hang_up()
        else:
            self.reply(answer, (("Cache-Control", "no-store"),))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002
        """What http.server itself refuses is refused in the contract's form, too (the signature is its own)."""
        self.close_connection = True
        self.reply(problem(Refusal.REQUEST_INVALID, code))

    def _body(self, submission: bool) -> bytes | None:
        """The request's body; None where there is no talking on."""
        most = self._largest_upload if submission else LONGEST_JSON_BYTES
        length = self.headers.get("Content-Length", "0")
        if "Transfer-Encoding" in self.headers or not re.fullmatch("[0-9]{1,12}", length) or int(length) > most:
            self.close_connection = True
            self.reply(problem(Refusal.SUBMISSION_REFUSED if submission else Refusal.REQUEST_INVALID, 413))
            return None
        cut = self._faults.take_cut() if submission else None
        body = self.rfile.read(int(length) if cut is None else min(cut, int(length)))
        if cut is not None or len(body) < int(length):
            self._hang_up()
            return None
        return body

    def _hang_up(self) -> None:
        self.close_connection = True
        hang_up(self.connection)

    def _terminal(self) -> str:
        assert isinstance(self.connection, ssl.SSLSocket)
        return hashlib.sha256(self.connection.getpeercert(binary_form=True) or b"").hexdigest()


class PhoneHandler(QuietHandler):
    """The page behind the mail's link."""

    def __init__(self, page: LinkPage, *connection: Any) -> None:
        self._page = page
        super().__init__(*connection)

    def serve(self) -> None:
        """Any request; a form without fields has no body worth reading."""
        self.close_connection = True
        self.reply(
            self._page.answer(self.command, self.path),
            (
                ("Cache-Control", "no-store"),
                ("Referrer-Policy", "no-referrer"),
                ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'"),
            ),
        )
