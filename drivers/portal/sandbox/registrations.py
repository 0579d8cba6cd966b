"""Mail addresses on their way to being confirmed.

A registration has a handle (the terminal's), a link (the mail's) and, once the button of the link's page was pressed,
a code (the visitor's, to come back with). All die 24 hours after the last mail. A code serves once; the button of the
link's page then makes another. Sending again keeps the link, because the first mail may only be late; another address
gets another link, because the first one may be in a stranger's mailbox.
"""

import re
import secrets
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from math import ceil

from drivers.portal.sandbox.guesses import Guesses, new_code
from drivers.portal.sandbox.refusals import RefusedError
from drivers.portal.sandbox.shelf import Registration, Shelf
from drivers.portal.wire import Refusal

LIFE = timedelta(hours=24)
MAILS_PER_REGISTRATION = 3
MAILS_PER_HOUR = 20
_HOUR = timedelta(hours=1)

# Old addresses of mobile carriers have dots side by side and before the @: RFC 5321's form would refuse their owners.
_LOCAL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}", re.ASCII)
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?", re.ASCII)


def looks_like_address(address: str) -> bool:
    """Whether a mail could be sent there at all."""
    local, at, domain = address.rpartition("@")
    labels = domain.split(".")
    return bool(
        at
        and len(address) <= 254
        and len(labels) >= 2
        and _LOCAL.fullmatch(local)
        and all(map(_LABEL.fullmatch, labels))
    )


class Registrations:
    """All of them. `send(address, token)` puts the mail with the link on its way, or refuses."""

    def __init__(self, now: Callable[[], datetime], send: Callable[[str, str], None], shelf: Shelf) -> None:
        self._now = now
        self._send = send
        self._shelf = shelf
        self._all = shelf.alive(now())
        self._sent: dict[str, deque[datetime]] = {}
        self._guesses = Guesses(now)

    def begin(self, terminal: str, address: str) -> Registration:
        """Register an address and send its mail."""
        registration = Registration(terminal, secrets.token_urlsafe(24), address, _token(), self._now())
        self._mail(registration, address, registration.token)
        self._all.append(registration)
        self._shelf.keep(registration)
        return registration

    def send_again(self, registration: Registration) -> None:
        """The same link once more, with a new day."""
        self._mail(registration, registration.address, registration.token)
        self._shelf.keep(registration)

    def correct(self, registration: Registration, address: str) -> None:
        """Another address, another link; what was confirmed is confirmed no more."""
        token = _token()
        self._mail(registration, address, token)
        registration.address, registration.token = address, token
        registration.confirmed, registration.code = False, ""
        self._shelf.keep(registration)

    def by_handle(self, handle: str) -> Registration:
        """The terminal's view; refuses what is unknown or dead."""
        return self._alive(self._find(lambda one: _same(one.handle, handle)), Refusal.REGISTRATION_UNKNOWN)

    def resume(self, terminal: str, code: str) -> Registration:
        """Spend a code; refuses what is unknown (or spent) or dead, and a terminal that has said too many such."""
        self._guesses.check(terminal)
        found = self._find(lambda one: bool(one.code) and _same(one.code, code))
        if found is None:
            self._guesses.count(terminal)
        registration = self._alive(found, Refusal.CODE_UNKNOWN)
        registration.code = ""
        self._shelf.keep(registration)
        return registration

    def by_token(self, token: str) -> Registration | None:
        """The link's page; None where the link is unknown or dead."""
        found = self._find(lambda one: _same(one.token, token))
        return found if found is not None and self._now() < found.deadline else None

    def confirm(self, registration: Registration) -> None:
        """The button of the link's page was pressed; once more changes nothing while a code waits to be used."""
        registration.confirmed = True
        registration.code = registration.code or new_code()
        self._shelf.keep(registration)

    def forget_all(self) -> None:
        """Nobody was ever here."""
        self._all.clear()
        self._shelf.clear()

    def _find(self, fits: Callable[[Registration], bool]) -> Registration | None:
        return next((one for one in self._all if fits(one)), None)

    def _alive(self, found: Registration | None, unknown: Refusal) -> Registration:
        if found is None:
            raise RefusedError(unknown)
        if self._now() >= found.deadline:
            raise RefusedError(Refusal.LINK_EXPIRED)
        return found

    def _mail(self, registration: Registration, address: str, token: str) -> None:
        if not looks_like_address(address):
            raise RefusedError(Refusal.ADDRESS_REFUSED)
        now = self._now()
        sent = self._sent.setdefault(registration.terminal, deque())
        while sent and now - sent[0] >= _HOUR:
            sent.popleft()
        if registration.mails >= MAILS_PER_REGISTRATION:
            raise RefusedError(Refusal.MAILS_EXHAUSTED)
        if len(sent) >= MAILS_PER_HOUR:
            raise RefusedError(Refusal.MAILS_EXHAUSTED, ceil((sent[0] + _HOUR - now).total_seconds()))
        self._send(address, token)
        sent.append(now)
        registration.mails += 1
        registration.deadline = now + LIFE


def _same(secret: str, said: str) -> bool:
    """In a time that tells nothing; what is said may be any text."""
    return secrets.compare_digest(secret.encode(), said.encode())


def _token() -> str:
    return secrets.token_urlsafe(32)
