"""Cards to lay on the simulated reader: a My Number Card in its real layout, and what people lay there instead of one.

All contents are invented. File 0001 of the attributes application holds an invented number with a correct check digit,
like a real card's, so that a test can show that nobody ever asks for it.
"""

from dataclasses import dataclass, field

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding

from drivers.card.chip import Chip, ChipApplication, File, Secret, SigningKey, Transparent
from drivers.card.profile import MY_NUMBER_CARD, TOKEN_LENGTH

_INVENTED_MY_NUMBER = b"123456789018"
_CERTIFICATE_FILE_LENGTH = 2048


@dataclass(frozen=True, slots=True)
class Holder:
    """What a card says about its (invented) holder, as text that goes onto the chip without change."""

    name: str
    address: str
    birth: str  # eight characters, YYYYMMDD
    sex: str  # one character


@dataclass(frozen=True, slots=True)
class Credentials:
    """Key and certificate of a card, and the certificate of who issued it."""

    key: RSAPrivateKey = field(repr=False)
    certificate: x509.Certificate | None = field(repr=False)
    issuer: x509.Certificate | None = field(default=None, repr=False)


def my_number_card(
    holder: Holder,
    credentials: Credentials,
    authentication: Secret | None,
    attributes: Secret | None,
    *,
    strict_length: bool = False,
) -> Chip:
    """A My Number Card. A password that is None is not on the card, nor is a certificate that is None.

    What the terminal never touches is there as well, because other programs ask for it: the key for signing documents,
    which here is the same one, with its certificate behind its password SAMPLE1, and both issuers.
    """
    jpki: dict[int, File | None] = {
        0x0001: _certificate_file(credentials.certificate, guard=0x001B),
        0x0002: _certificate_file(credentials.issuer),
        MY_NUMBER_CARD.token_file: Transparent(_token(b"JPKIAPICCTOKEN2")),
        MY_NUMBER_CARD.certificate_file: _certificate_file(credentials.certificate),
        0x000B: _certificate_file(credentials.issuer),
        0x0017: SigningKey(credentials.key, guard=0x0018),
        0x0018: authentication,
        0x001A: SigningKey(credentials.key, guard=0x001B),
        0x001B: Secret(b"SAMPLE1", most=5, left=5),
    }
    text: dict[int, File | None] = {
        0x0001: Transparent(b"\x10\x0c" + _INVENTED_MY_NUMBER, guard=0x0011),
        MY_NUMBER_CARD.attributes_file: Transparent(attribute_record(holder), guard=0x0011),
        0x0003: Transparent(bytes(336), guard=0x0011),
        0x0011: attributes,
        0x0014: Secret(_INVENTED_MY_NUMBER, most=10, left=10),
        0x0015: Secret(b"50010120301234", most=10, left=10),
    }
    applications = {
        MY_NUMBER_CARD.authentication.aid: _application("jpki", jpki),
        MY_NUMBER_CARD.attributes.aid: _application("text", text),
    }
    return Chip(applications, strict_length=strict_length)


def resident_card() -> Chip:
    """The older resident-register card: the same authentication application, another token, no attributes."""
    jpki = ChipApplication("jpki", {MY_NUMBER_CARD.token_file: Transparent(_token(b"JPKIAPICCTOKEN"))})
    return Chip({MY_NUMBER_CARD.authentication.aid: jpki})


def phone_token(credentials: Credentials) -> Chip:
    """A phone's secure element: its own token, and even the certificate wants the password."""
    files: dict[int, File] = {
        MY_NUMBER_CARD.token_file: Transparent(_token(b"JPKIAPGPSETOKEN")),
        0x0018: Secret(b"1234"),
        MY_NUMBER_CARD.certificate_file: Transparent(_der(credentials.certificate), guard=0x0018),
    }
    return Chip({MY_NUMBER_CARD.authentication.aid: ChipApplication("jpki", files)})


def passport() -> Chip:
    """Any other chip: it answers, and knows none of the applications."""
    return Chip({bytes.fromhex("A0000002471001"): ChipApplication("travel", {})})


def attribute_record(holder: Holder) -> bytes:
    """`FF20 L { DF21 offsets | DF22 name | DF23 address | DF24 birth | DF25 sex }` with lengths as the card writes
    them.
    """
    values = [holder.name, holder.address, holder.birth, holder.sex]
    inner = [_element(0xDF22 + index, value.encode("utf-8")) for index, value in enumerate(values)]
    offsets_length = 2 + 1 + 8
    head = len(_element(0xFF20, bytes(offsets_length + sum(map(len, inner))))) - sum(map(len, inner)) - offsets_length
    starts = [head + offsets_length + sum(map(len, inner[:index])) for index in range(4)]
    offsets = _element(0xDF21, b"".join(start.to_bytes(2, "big") for start in starts))
    return _element(0xFF20, offsets + b"".join(inner))


def _element(tag: int, value: bytes) -> bytes:
    """From 128 bytes on the length takes the form 82, even where 81 would do: so the card writes it."""
    length = bytes([len(value)]) if len(value) < 0x80 else b"\x82" + len(value).to_bytes(2, "big")
    return tag.to_bytes(2, "big") + length + value


def _token(name: bytes) -> bytes:
    return name.ljust(TOKEN_LENGTH, b" ")


def _der(certificate: x509.Certificate | None) -> bytes:
    return certificate.public_bytes(Encoding.DER) if certificate else b""


def _certificate_file(certificate: x509.Certificate | None, guard: int | None = None) -> Transparent | None:
    """The file is bigger than the certificate in it."""
    return Transparent(_der(certificate).ljust(_CERTIFICATE_FILE_LENGTH, b"\xff"), guard) if certificate else None


def _application(name: str, files: dict[int, File | None]) -> ChipApplication:
    return ChipApplication(name, {identifier: file for identifier, file in files.items() if file is not None})
