"""Who is there: challenges that serve once, and the sessions that follow an answer that `trust.py` believes.

The terminal shows that the card is present by a signature over the portal's nonce.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from drivers.portal.sandbox.refusals import RefusedError
from drivers.portal.sandbox.shelf import Registration
from drivers.portal.sandbox.trust import Trust
from drivers.portal.wire import AttributesRequest, Refusal

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=2)  # as little as the contract allows


@dataclass(slots=True)
class Session:
    """One login: whose registration, which certificate, which attributes."""

    token: str = field(repr=False)
    registration: Registration
    serial: int = field(repr=False)
    until: datetime
    end: datetime
    attributes: AttributesRequest | None = field(default=None, repr=False)


class Logins:
    """A session ends when nothing was asked for `IDLE`, and after `LONGEST` in any case."""

    def __init__(self, trust: Trust, now: Callable[[], datetime]) -> None:
        self._trust = trust
        self._now = now
        self._sessions: dict[str, Session] = {}

    def challenge(self, registration: Registration) -> bytes:
        """A fresh nonce; an earlier one of this registration is worth nothing any more."""
        if not registration.confirmed:
            raise RefusedError(Refusal.MAIL_NOT_CONFIRMED)
        registration.challenge = secrets.token_bytes(32)
        return registration.challenge

    def log_in(self, registration: Registration, certificate: bytes, signature: bytes) -> Session:
        """Spend the challenge, whatever comes of it; refuse all that is not in order."""
        challenge, registration.challenge = registration.challenge, b""
        if not challenge:
            raise RefusedError(Refusal.CHALLENGE_SPENT)
        serial = self._trust.serial(certificate, challenge, signature)
        now = self._now()
        session = Session(secrets.token_urlsafe(24), registration, serial, now + IDLE, now + LONGEST)
        self._sessions[session.token] = session
        return session

    def session(self, token: str) -> Session:
        """The living session of this name, which so lives on."""
        session = self._sessions.get(token)
        if session is None or self._now() >= min(session.until, session.end):
            raise RefusedError(Refusal.SESSION_EXPIRED)
        session.until = self._now() + IDLE
        return session

    def close(self, token: str) -> None:
        """End a session; none is no failure."""
        self._sessions.pop(token, None)

    def forget_all(self) -> None:
        """Every session ends."""
        self._sessions.clear()
