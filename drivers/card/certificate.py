"""What the authentication certificate says. It holds no name; its hash tells one card from another in a visit."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm

from drivers.card.profile import Scheme, scheme_of
from kiosk.failures import DriverError, Failure

NOT_UNDERSTOOD = (
    ValueError,
    TypeError,
    UnsupportedAlgorithm,
    x509.InvalidVersion,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
)
"""All that the library says of what is no certificate, or one that it does not know how to read."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate that was read. `card` (SHA-256) names the card, in memory only; `not_after` is aware."""

    der: bytes = field(repr=False)
    card: bytes = field(repr=False)
    subject: str = field(repr=False)
    not_after: datetime
    scheme: Scheme = field(repr=False)

    @classmethod
    def parse(cls, content: bytes) -> "Certificate":
        """From DER without filling; what is no certificate, or has no key that we can use, is CARD_MALFORMED."""
        try:
            certificate = x509.load_der_x509_certificate(content)
            return cls(
                der=content,
                card=hashlib.sha256(content).digest(),
                subject=certificate.subject.rfc4514_string(),
                not_after=certificate.not_valid_after_utc,
                scheme=scheme_of(certificate.public_key()),
            )
        except NOT_UNDERSTOOD:
            raise DriverError(Failure.CARD_MALFORMED) from None

    def expired(self, now: datetime) -> bool:
        """Only the end is judged here: whether it is valid otherwise, the portal says."""
        return now > self.not_after
