"""The sandbox as one object: started, looked into, made to fail, stopped."""

import re
import ssl
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

import requests

from drivers.portal.sandbox.certificates import Files, write_certificates
from drivers.portal.sandbox.desk import Desk, DeskHandler
from drivers.portal.sandbox.hand import Hand
from drivers.portal.sandbox.handlers import FORM_BYTES, TerminalHandler
from drivers.portal.sandbox.ledger import Ledger, Received, Void
from drivers.portal.sandbox.loopback import LoopbackServer
from drivers.portal.sandbox.mailbox import Mail, Mailbox
from drivers.portal.sandbox.mails import Post
from drivers.portal.sandbox.office import Office
from drivers.portal.sandbox.page import LinkPage, PhoneHandler
from drivers.portal.sandbox.rules import Rules
from drivers.portal.sandbox.shelf import Shelf


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Sandbox(Hand):
    """`with Sandbox(rules) as sandbox:`, or `start()` and `stop()`, once. `now` is the right time for the portal.

    Deadlines, the dates of login certificates and maintenance go by `now`; TLS and the dates of answers by the
    machine's own clock, the latter as wrong as the portal's. Submissions, void keys and registrations are kept in
    `store`, or in memory. The certificates lie in a private folder that is deleted by `stop`; `mailbox` and
    `submissions` can be looked into afterwards, too.
    """

    def __init__(self, rules: Rules, now: Callable[[], datetime] = _utc_now, store: Path | None = None) -> None:
        super().__init__(now)
        self._rules = rules
        self._ledger = Ledger(self.clock, store)
        self._shelf = Shelf(store)
        self._running = ExitStack()
        self.mailbox = Mailbox()
        self._files: Files
        self._phone_door: LoopbackServer
        self._desk_door: LoopbackServer

    def start(self) -> None:
        """Make certificates, open four ports of 127.0.0.1 and return when all of them listen."""
        with ExitStack() as undo:
            folder = undo.enter_context(TemporaryDirectory(prefix="portal-sandbox-"))
            self._files = write_certificates(Path(folder))
            self.mailbox.start()
            undo.callback(self.mailbox.stop)
            desk = Desk(self._ledger)
            self._desk_door = LoopbackServer(lambda *line: DeskHandler(desk, _names(self._desk_door), *line))
            self._phone_door = LoopbackServer(lambda *line: PhoneHandler(link_page, *line))
            post = Post(self.mailbox.port)
            self._office = Office(self._rules, self._ledger, self._shelf, post, self.page_url, self.clock)
            link_page = LinkPage(self._office.look, self._office.confirm)
            largest = self._rules.limits.total_bytes + FORM_BYTES
            handler = partial(TerminalHandler, self._office, self._faults, largest, self._dated)
            self._door = LoopbackServer(handler, _context(self._files))
            for door in (self._desk_door, self._phone_door, self._door):
                door.start()
                undo.callback(door.stop)
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
        return f"http://127.0.0.1:{self._phone_door.server_port}"

    @property
    def desk_url(self) -> str:
        """The operator's page."""
        return f"http://127.0.0.1:{self._desk_door.server_port}/"

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
        return self._ledger.received

    @property
    def numbers(self) -> tuple[str, ...]:
        """Their numbers alone."""
        return self._ledger.numbers

    @property
    def void_keys(self) -> tuple[Void, ...]:
        """What was settled as not received, in order."""
        return self._ledger.void

    def open_link(self, mail: Mail) -> str:
        """Open the mail's link and press the page's button, as a phone does; the code that the page then shows."""
        with requests.Session() as phone:
            phone.trust_env = False
            phone.get(mail.links[0], timeout=10).raise_for_status()
            page = phone.post(mail.links[0], timeout=10)
            page.raise_for_status()
        found = re.search(r'<output id="code".*?><span>([0-9A-Z]{4})</span><span>([0-9A-Z]{4})</span>', page.text)
        if found is None:
            raise ValueError("the page shows no code")
        return found[1] + found[2]

    def _dated(self) -> datetime:
        return _utc_now() + timedelta(seconds=self.clock_error)


def _names(door: LoopbackServer) -> tuple[str, ...]:
    """What a browser on this machine calls it."""
    return tuple(f"{name}:{door.server_port}" for name in ("127.0.0.1", "localhost"))


def _context(files: Files) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(files.server_certificate, files.server_key)
    context.load_verify_locations(cafile=files.ca)
    context.verify_mode = ssl.CERT_REQUIRED
    return context
