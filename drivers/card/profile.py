"""What is particular to a generation of the card, in one place: applications, files, parameters, algorithms.

Facts from public sources only. The next generation (ECDSA P-384, two applications) is to be a second `Profile` and a
second case of `scheme_of`: the algorithm follows the key of the card's own certificate. What is not named here is not
asked for: the tripwire is made from the same values. In particular the My Number (file 0001 of the attributes
application), its hash (0003), the passwords A and B (0014, 0015) and the signing key with its password (001A, 001B of
the other application) appear nowhere.
"""

import hashlib
from dataclasses import dataclass
from enum import Enum

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes

from kiosk.failures import DriverError, Failure


@dataclass(frozen=True, slots=True)
class Application:
    """An application and what of it may be touched. `key` is the file of a private key that may be used."""

    name: str
    aid: bytes
    readable: frozenset[int]
    password: int
    key: int | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """A generation of the card. The last five bits of a file's identifier are its short identifier."""

    authentication: Application
    attributes: Application
    token_file: int
    token: bytes
    certificate_file: int
    attributes_file: int
    longest_file: int  # bytes; what claims to be longer is malformed

    @property
    def applications(self) -> tuple[Application, ...]:
        """All that may be selected."""
        return (self.authentication, self.attributes)


MY_NUMBER_CARD = Profile(
    authentication=Application(
        name="jpki",
        aid=bytes.fromhex("D392F000260100000001"),
        readable=frozenset({0x0006, 0x000A}),
        password=0x0018,
        key=0x0017,
    ),
    attributes=Application(
        name="text",
        aid=bytes.fromhex("D3921000310001010408"),
        readable=frozenset({0x0002}),
        password=0x0011,
    ),
    token_file=0x0006,
    token=b"JPKIAPICCTOKEN2",
    certificate_file=0x000A,
    attributes_file=0x0002,
    longest_file=4096,
)

TOKEN_LENGTH = 32
SELECT_BY_AID, SELECT_BY_FILE, SELECT_WITHOUT_ANSWER = 0x04, 0x02, 0x0C
VERIFY_SELECTED = 0x80  # the password file that is selected now
SIGN_CLA, SIGN_P1, SIGN_P2 = 0x80, 0x00, 0x80


class CardKind(Enum):
    """What lies there, by the token information of its authentication application."""

    MY_NUMBER = "my_number"
    RESIDENT = "resident"  # the older resident-register card
    PHONE = "phone"  # a phone's secure element
    OTHER = "other"


_KINDS = {b"JPKIAPICCTOKEN": CardKind.RESIDENT, b"JPKIAPGPSETOKEN": CardKind.PHONE}


def kind_of(token: bytes, profile: Profile) -> CardKind:
    """`token` as read, padded with spaces (seen) or zeros (conceivable)."""
    name = token.rstrip(b" \0")
    return CardKind.MY_NUMBER if name == profile.token else _KINDS.get(name, CardKind.OTHER)


@dataclass(frozen=True, slots=True)
class RsaSha256:
    """RSA with PKCS #1 v1.5 padding over SHA-256; the card itself only pads and exponentiates."""

    key: rsa.RSAPublicKey

    # The NULL parameter (05 00) is mandatory: without it cards sign and everybody refuses the signature.
    DIGEST_INFO = bytes.fromhex("3031300D060960864801650304020105000420")

    @property
    def signature_length(self) -> int:
        """In bytes."""
        return self.key.key_size // 8

    def to_sign(self, challenge: bytes) -> bytes:
        """The DigestInfo that the card is given."""
        return self.DIGEST_INFO + hashlib.sha256(challenge).digest()

    def fits(self, signature: bytes, challenge: bytes) -> bool:
        """Whether the key of the certificate really made this signature."""
        try:
            self.key.verify(signature, challenge, padding.PKCS1v15(), hashes.SHA256())
        except InvalidSignature:
            return False
        return True


def scheme_of(key: CertificatePublicKeyTypes) -> RsaSha256:
    """The signature algorithm that belongs to a certificate's key."""
    if isinstance(key, rsa.RSAPublicKey) and key.key_size == 2048:
        return RsaSha256(key)
    raise DriverError(Failure.CARD_MALFORMED)
