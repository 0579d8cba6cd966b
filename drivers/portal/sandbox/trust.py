"""Whose card it is that answers: the certificate's way to the authority, its dates, its purpose, its revocation, and
the signature over the portal's nonce.

Which algorithm is right follows from the certificate's key: RSA means PKCS#1 v1.5 with SHA-256 (today's cards),
elliptic curves mean ECDSA with SHA-384 (the next generation's). Cards are certified by the authority directly.

Revocation is looked up in the authority's own list (RFC 5280, section 5), whose signature and dates are checked each
time. Without a list that is sound and in date nobody can say whether a card is revoked: then nobody is let in, and
that is the portal's trouble (`busy`), not the card's.
"""

from collections.abc import Callable
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256, SHA384
from cryptography.x509.oid import ExtendedKeyUsageOID, ExtensionOID

from drivers.portal.sandbox.refusals import RefusedError
from drivers.portal.wire import Refusal

UNDERSTOOD = {
    ExtensionOID.BASIC_CONSTRAINTS,
    ExtensionOID.CERTIFICATE_POLICIES,
    ExtensionOID.EXTENDED_KEY_USAGE,
    ExtensionOID.KEY_USAGE,
}
"""A certificate with any other critical extension is not believed (RFC 5280, section 4.2)."""


class Trust:
    """`authority` certifies cards; `revocations` fetches its newest list (DER)."""

    def __init__(
        self, authority: x509.Certificate, revocations: Callable[[], bytes], now: Callable[[], datetime]
    ) -> None:
        self._authority = authority
        self._revocations = revocations
        self._now = now

    def serial(self, certificate: bytes, challenge: bytes, signature: bytes) -> int:
        """The serial number of a card that is to be believed; refuses every other."""
        try:
            card = x509.load_der_x509_certificate(certificate)
            card.verify_directly_issued_by(self._authority)
            _verify(card, challenge, signature)
            meant = self._in_date(card) and self._in_date(self._authority) and _is_for_login(card)
        except (ValueError, TypeError, InvalidSignature):
            meant = False
            card = self._authority
        if not meant or self._is_revoked(card.serial_number):
            raise RefusedError(Refusal.LOGIN_REFUSED)
        return card.serial_number

    def _in_date(self, certificate: x509.Certificate) -> bool:
        return certificate.not_valid_before_utc <= self._now() <= certificate.not_valid_after_utc

    def _is_revoked(self, serial: int) -> bool:
        try:
            revoked = x509.load_der_x509_crl(self._revocations())
            sound = self._is_sound(revoked)
        except (ValueError, TypeError):
            raise RefusedError(Refusal.BUSY) from None
        if not sound:
            raise RefusedError(Refusal.BUSY)
        return revoked.get_revoked_certificate_by_serial_number(serial) is not None

    def _is_sound(self, revoked: x509.CertificateRevocationList) -> bool:
        key = self._authority.public_key()
        assert isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey)
        next_update = revoked.next_update_utc
        return (
            revoked.issuer == self._authority.subject
            and revoked.is_signature_valid(key)
            and next_update is not None
            and revoked.last_update_utc <= self._now() < next_update
        )


def _is_for_login(card: x509.Certificate) -> bool:
    """A certificate of an end, for signatures of its owner as a client, as far as it says; nothing in it is strange."""
    for one in card.extensions:
        match one.value:
            case x509.BasicConstraints(ca=True):
                return False
            case x509.KeyUsage() as usage if not usage.digital_signature:
                return False
            case x509.ExtendedKeyUsage() as purposes if ExtendedKeyUsageOID.CLIENT_AUTH not in purposes:
                return False
            case _ if one.critical and one.oid not in UNDERSTOOD:
                return False
            case _:
                pass
    return True


def _verify(card: x509.Certificate, challenge: bytes, signature: bytes) -> None:
    key = card.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        key.verify(signature, challenge, padding.PKCS1v15(), SHA256())
    elif isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(signature, challenge, ec.ECDSA(SHA384()))
    else:
        raise TypeError("no key of such a card")
