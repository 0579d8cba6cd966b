"""The sandbox as one object: started, looked into, made to fail, stopped."""

import re
import ssl
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

import requests

from drivers.portal.sandbox.certificates import Files, write_certificates
from drivers.portal.sandbox.faults import Faults
from drivers.portal.sandbox.handlers import FORM_BYTES, PhoneHandler, TerminalHandler
from drivers.portal.sandbox.ledger import Received
from drivers.portal.sandbox.loopback import LoopbackServer
from drivers.portal.sandbox.mailbox import Mail, Mailbox
from drivers.portal.sandbox.mails import Post
from drivers.portal.sandbox.office import Office
from drivers.portal.sandbox.page import LinkPage
from drivers.portal.sandbox.rules import Rules
from drivers.portal.wire import Refusal


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Sandbox:
    """`with Sandbox(rules) as sandbox:`, or `start()` and `stop()`, once. `now` is the portal's clock (aware).

    TLS goes by the machine's own clock; all deadlines and the dates of login certificates go by `now`. The
    certificates lie in a private folder that is deleted by `stop`; `mailbox` and `submissions` can be looked into
    afterwards, too.
    """

    def __init__(self, rules: Rules, now: Callable[[], datetime] = _utc_now) -> None:
        self._rules = rules
        self._now = now
        self._faults = Faults()
        self._running = ExitStack()
        self.mailbox = Mailbox()
        self._office: Office
        self._files: Files
        self._door: LoopbackServer
        self._page: LoopbackServer

    def start(self) -> None:
        """Make certificates, open three ports of 127.0.0.1 and return when all of them listen."""
        with ExitStack() as undo:
            folder = undo.enter_context(TemporaryDirectory(prefix="portal-sandbox-"))
            self._files = write_certificates(Path(folder))
            self.mailbox.start()
            undo.callback(self.mailbox.stop)
            self._page = LoopbackServer(lambda *connection: PhoneHandler(self._link_page, *connection))
            self._office = Office(self._rules, Post(self.mailbox.port), self.page_url, self._now)
            self._link_page = LinkPage(self._office.look, self._office.confirm)
            self._page.start()
            undo.callback(self._page.stop)
            largest = self._rules.limits.total_bytes + FORM_BYTES
            handler = partial(TerminalHandler, self._office, self._faults, largest)
            self._door = LoopbackServer(handler, _context(self._files))
            self._door.start()
            undo.callback(self._door.stop)
            undo.callback(self._faults.stop)
            undo.callback(self._office.close)
            undo.callback(self.go_down)  # first: who waits learns nothing from an end
            self._running = undo.pop_all()

    def stop(self) -> None:
        """Wake up and join every thread, close every socket, delete the certificates."""
        self._running.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    # --- what the terminal is configured with -------------------------------------------------------------------------

    @property
    def url(self) -> str:
        """Where the contract is served."""
        return f"https://127.0.0.1:{self._door.server_port}"

    @property
    def page_url(self) -> str:
        """Where the mails' links lead."""
        return f"http://127.0.0.1:{self._page.server_port}"

    @property
    def ca_file(self) -> Path:
        """The CA to verify the portal against (PEM)."""
        return self._files.ca

    @property
    def terminal_certificate(self) -> Path:
        """The terminal's identity (PEM)."""
        return self._files.terminal_certificate

    @property
    def terminal_key(self) -> Path:
        """Its private key (PEM)."""
        return self._files.terminal_key

    # --- what came of it ----------------------------------------------------------------------------------------------

    @property
    def submissions(self) -> tuple[Received, ...]:
        """What was received, in order."""
        with self._office.lock:
            return self._office.ledger.received

    # --- the hand -----------------------------------------------------------------------------------------------------

    def open_link(self, mail: Mail) -> str:
        """Open the mail's link and press the page's button, as a phone does; the code that the page then shows."""
        with requests.Session() as phone:
            phone.trust_env = False
            phone.get(mail.links[0], timeout=10).raise_for_status()
            page = phone.post(mail.links[0], timeout=10)
            page.raise_for_status()
        found = re.search(r'<output id="code">([0-9A-Z]{8})</output>', page.text)
        if found is None:
            raise ValueError("the page shows no code")
        return found[1]

    def go_down(self) -> None:
        """Every connection breaks, and no other is served."""
        self._door.cut_off = True
        self._door.drop_connections()

    def come_up(self) -> None:
        """Serve again."""
        self._door.cut_off = False

    def maintenance(self, on: bool) -> None:
        """Refuse everything and say why."""
        self._faults.maintenance = on

    def slow(self, seconds: float) -> None:
        """Answer so much later; 0 ends it."""
        self._faults.slow(seconds)

    def cut_after(self, body_bytes: int) -> None:
        """Break the next submission's line when so many bytes of its body have come."""
        self._faults.cut_after(body_bytes)

    def lose_answer(self) -> None:
        """Receive the next submission and break the line before the answer."""
        self._faults.lose_answer()

    def refuse(self, refusal: Refusal) -> None:
        """Refuse the next request that the contract allows to be refused so."""
        self._faults.refuse(refusal)

    def forget_sessions(self) -> None:
        """Every login is over."""
        with self._office.lock:
            self._office.logins.forget_all()

    def give_number(self, on: bool) -> None:
        """Whether the 申込番号 stands in the answer; it always stands in the mail."""
        with self._office.lock:
            self._office.gives_number = on


def _context(files: Files) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(files.server_certificate, files.server_key)
    context.load_verify_locations(cafile=files.ca)
    context.verify_mode = ssl.CERT_REQUIRED
    return context
