"""Who is there: challenges that serve once, certificates and signatures, and the sessions that follow.

The terminal shows that the card is present by a signature over the portal's nonce. Which algorithm is right follows
from the certificate's key: RSA means PKCS#1 v1.5 with SHA-256 (today's cards), elliptic curves mean ECDSA with
SHA-384 (the next generation's).
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256, SHA384

from drivers.portal.sandbox.refusals import RefusedError
from drivers.portal.sandbox.registrations import Registration
from drivers.portal.wire import AttributesRequest, Refusal

IDLE = timedelta(minutes=30)


@dataclass(slots=True)
class Session:
    """One login: whose registration, which certificate, which attributes."""

    token: str = field(repr=False)
    registration: Registration
    serial: int = field(repr=False)
    until: datetime
    attributes: AttributesRequest | None = field(default=None, repr=False)


class Logins:
    """Believes certificates of one CA that `is_revoked` (by serial number) does not name."""

    def __init__(
        self, ca_certificate: x509.Certificate, is_revoked: Callable[[int], bool], now: Callable[[], datetime]
    ) -> None:
        self._ca = ca_certificate
        self._is_revoked = is_revoked
        self._now = now
        self._sessions: dict[str, Session] = {}

    def challenge(self, registration: Registration) -> bytes:
        """A fresh nonce; an earlier one of this registration is worth nothing any more."""
        if not registration.code:
            raise RefusedError(Refusal.MAIL_NOT_CONFIRMED)
        registration.challenge = secrets.token_bytes(32)
        return registration.challenge

    def log_in(self, registration: Registration, certificate: bytes, signature: bytes) -> Session:
        """Spend the challenge, whatever comes of it; refuse all that is not in order."""
        challenge, registration.challenge = registration.challenge, b""
        if not challenge:
            raise RefusedError(Refusal.CHALLENGE_SPENT)
        serial = self._serial(certificate, challenge, signature)
        if serial is None:
            raise RefusedError(Refusal.LOGIN_REFUSED)
        session = Session(secrets.token_urlsafe(24), registration, serial, self._now() + IDLE)
        self._sessions[session.token] = session
        return session

    def session(self, token: str) -> Session:
        """The living session of this name, which so lives on."""
        session = self._sessions.get(token)
        if session is None or self._now() >= session.until:
            raise RefusedError(Refusal.SESSION_EXPIRED)
        session.until = self._now() + IDLE
        return session

    def close(self, token: str) -> None:
        """End a session; none is no failure."""
        self._sessions.pop(token, None)

    def forget_all(self) -> None:
        """Every session ends."""
        self._sessions.clear()

    def _serial(self, content: bytes, challenge: bytes, signature: bytes) -> int | None:
        try:
            certificate = x509.load_der_x509_certificate(content)
            certificate.verify_directly_issued_by(self._ca)
            in_date = certificate.not_valid_before_utc <= self._now() <= certificate.not_valid_after_utc
            _verify(certificate, challenge, signature)
        except (ValueError, TypeError, InvalidSignature):
            return None
        return certificate.serial_number if in_date and not self._is_revoked(certificate.serial_number) else None


def _verify(certificate: x509.Certificate, challenge: bytes, signature: bytes) -> None:
    key = certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        key.verify(signature, challenge, padding.PKCS1v15(), SHA256())
    elif isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(signature, challenge, ec.ECDSA(SHA384()))
    else:
        raise TypeError("no key of such a card")
