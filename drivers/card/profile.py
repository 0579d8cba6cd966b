"""What is particular to a generation of the card, in one place: applications, files, parameters, algorithms.

Facts from public sources only. The next generation (ECDSA P-384, applications joined) is to be a second `Profile`: the
algorithm follows the key of the card's own certificate. How that generation's signing command is written is not
published: that it is given the bare digest, and answers with both numbers side by side or as DER, is a guess which the
first such card will confirm or mend here.

What is not named here is not asked for: the tripwire is made from the same values. In particular the My Number (file
0001 of the attributes application), its hash (0003), the passwords A and B (0014, 0015) and the signing key with its
password (001A, 001B of the other application) appear nowhere.
"""

import hashlib
from dataclasses import dataclass
from enum import Enum
from typing import ClassVar, TypeAlias

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from kiosk.failures import DriverError, Failure
from kiosk.visit import Password


@dataclass(frozen=True, slots=True)
class Application:
    """An application and what of it may be touched. `key` is the file of a private key that may be used."""

    name: str
    aid: bytes
    readable: frozenset[int]
    password: int
    key: int | None = None

    @property
    def usable(self) -> frozenset[int]:
        """All files that may be selected."""
        return self.readable | {self.password} | (frozenset() if self.key is None else {self.key})


@dataclass(frozen=True, slots=True)
class Profile:
    """A generation of the card."""

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

    def application_of(self, password: Password) -> Application:
        """The application that a password opens."""
        return self.authentication if password is Password.AUTHENTICATION else self.attributes


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
SHORT = 0x80  # with a short identifier: the file that it names
SIGN_CLA, SIGN_P1, SIGN_P2 = 0x80, 0x00, 0x80
SIGNATURE_LENGTH = 256  # bytes, the most that a signature can have; in the short form
_P384_NUMBER = 48  # bytes of each of the two numbers of a signature


def short_identifier(file: int) -> int | None:
    """The short identifier of a file, None where it has none.

    The last five bits name a file; only a file whose identifier is nothing but these bits is asked for so: 0021 would
    share its short identifier with 0001.
    """
    return file if 0 < file < 0x1F else None


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
    """RSA-2048 with PKCS #1 v1.5 padding over SHA-256; the card itself only pads and exponentiates."""

    key: rsa.RSAPublicKey

    # The NULL parameter (05 00) is mandatory: without it cards sign and everybody refuses the signature.
    PREFIX: ClassVar[bytes] = bytes.fromhex("3031300D060960864801650304020105000420")
    DIGEST_LENGTH: ClassVar[int] = 32

    def to_sign(self, challenge: bytes) -> bytes:
        """The DigestInfo that the card is given."""
        return self.PREFIX + hashlib.sha256(challenge).digest()

    def checked(self, signature: bytes, challenge: bytes) -> bytes | None:
        """The signature as it is handed on; None where the key of the certificate did not make it."""
        try:
            self.key.verify(signature, challenge, padding.PKCS1v15(), hashes.SHA256())
        except InvalidSignature:
            return None
        return signature


@dataclass(frozen=True, slots=True)
class EcdsaSha384:
    """ECDSA over P-384 and SHA-384."""

    key: ec.EllipticCurvePublicKey

    PREFIX: ClassVar[bytes] = b""
    DIGEST_LENGTH: ClassVar[int] = 48

    def to_sign(self, challenge: bytes) -> bytes:
        """The bare digest."""
        return hashlib.sha384(challenge).digest()

    def checked(self, signature: bytes, challenge: bytes) -> bytes | None:
        """The signature in DER, whichever form the card gave it; None where the key did not make it."""
        for form in self._forms(signature):
            try:
                self.key.verify(form, challenge, ec.ECDSA(hashes.SHA384()))
            except InvalidSignature:
                continue
            return form
        return None

    @staticmethod
    def _forms(signature: bytes) -> tuple[bytes, ...]:
        """As DER; two numbers side by side first where the length allows that reading, too."""
        if len(signature) != 2 * _P384_NUMBER:
            return (signature,)
        r, s = (int.from_bytes(half, "big") for half in (signature[:_P384_NUMBER], signature[_P384_NUMBER:]))
        return encode_dss_signature(r, s), signature


Scheme: TypeAlias = RsaSha256 | EcdsaSha384


def scheme_of(key: CertificatePublicKeyTypes) -> Scheme:
    """The signature algorithm that belongs to a certificate's key; CARD_MALFORMED where there is none."""
    match key:
        case rsa.RSAPublicKey(key_size=2048):
            return RsaSha256(key)
        case ec.EllipticCurvePublicKey(curve=ec.SECP384R1()):
            return EcdsaSha384(key)
        case _:
            raise DriverError(Failure.CARD_MALFORMED)
