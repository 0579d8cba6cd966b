"""What the form of a certificate and of an attribute record settles about such cards, without what is in them."""

from collections.abc import Iterator
from contextlib import suppress

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from drivers.card import tlv
from drivers.card.attributes import ADDRESS, BIRTH, NAME, OFFSETS, RECORD, SEX, parse
from drivers.card.certificate import NOT_UNDERSTOOD
from drivers.card.findings import Finding
from kiosk.failures import DriverError

_LETTERS = "YYYYMMDD"


def of_certificate(content: bytes) -> Iterator[Finding]:
    """From the certificate's file; nothing where it holds none."""
    try:
        der = content[: tlv.whole_length(content)]
        certificate = x509.load_der_x509_certificate(der)
        key = certificate.public_key()
        extensions = {extension.oid: extension.value for extension in certificate.extensions}
        parts = {part.oid for part in certificate.subject}
    except (DriverError, *NOT_UNDERSTOOD):
        return
    yield Finding("certificate: bytes", "4", len(der))
    yield Finding("certificate: signed over", "4", _signed_over(certificate))
    if isinstance(key, rsa.RSAPublicKey):
        yield Finding("certificate: key", "4", f"RSA-{key.key_size}")
    elif isinstance(key, ec.EllipticCurvePublicKey):
        yield Finding("certificate: key", "4", f"EC {key.curve.name}")
    issuer = extensions.get(x509.AuthorityKeyIdentifier.oid)
    if isinstance(issuer, x509.AuthorityKeyIdentifier) and issuer.key_identifier is not None:
        yield Finding("certificate: its issuer's key (AKI)", "4", issuer.key_identifier.hex().upper())
    plain = parts <= {x509.NameOID.COUNTRY_NAME, x509.NameOID.COMMON_NAME}
    yield Finding("certificate: subject is country and common name only", "4", plain)
    yield Finding("certificate: days from issue to end", "4", _days(certificate))


def of_record(content: bytes) -> Iterator[Finding]:
    """From the attributes' file; nothing where it holds no such record."""
    try:
        length = tlv.whole_length(content)
        tag, at, inside = tlv.head(content, 0)
        elements = dict(tlv.elements(content[at : at + inside]))
        parse(content)
    except DriverError:
        return
    if tag != RECORD:
        return
    yield Finding("attributes: bytes of the record", "5", length)
    yield Finding("attributes: bytes of the file", "5", len(content))
    forms = " and ".join(
        sorted({_form(content, 0), *(_form(content, place) for place in _places(content, at, length))})
    )
    yield Finding("attributes: forms of the lengths", "5", forms)
    offsets = elements.get(OFFSETS)
    yield Finding("attributes: offsets (DF21) are there", "5", offsets is not None)
    if offsets is not None:
        places = {tlv.head(content, place)[0]: place for place in _places(content, at, length)}
        there = b"".join(places[tag].to_bytes(2, "big") for tag in (NAME, ADDRESS, BIRTH, SEX))
        yield Finding("attributes: offsets point from the file's beginning to the four", "5", offsets == there)
    if _unknown_parts(elements[BIRTH]):
        yield Finding("attributes: how an unknown part of a birth date is written", "5", _masked(elements[BIRTH]))


def _signed_over(certificate: x509.Certificate) -> str:
    """The hash; the whole algorithm's number where it has none, or none that is known."""
    with suppress(UnsupportedAlgorithm):
        if certificate.signature_hash_algorithm is not None:
            return certificate.signature_hash_algorithm.name
    return certificate.signature_algorithm_oid.dotted_string


def _days(certificate: x509.Certificate) -> int:
    return (certificate.not_valid_after_utc - certificate.not_valid_before_utc).days


def _places(content: bytes, at: int, end: int) -> Iterator[int]:
    """Where the elements of the record begin."""
    while at < end:
        yield at
        _, value, length = tlv.head(content, at)
        at = value + length


def _form(content: bytes, at: int) -> str:
    """How the length of an element is written."""
    tag, _, _ = tlv.head(content, at)
    first = content[at + max(1, (tag.bit_length() + 7) // 8)]
    return "one byte" if first < 0x80 else f"{first:02X}"


def _parts(birth: bytes) -> tuple[bytes, bytes, bytes]:
    return birth[:4], birth[4:6], birth[6:]


def _unknown_parts(birth: bytes) -> bool:
    return any(not part.isdigit() or int(part) == 0 for part in _parts(birth))


def _masked(birth: bytes) -> str:
    """Letters for what is known, the rest as it stands; what is no plain letter as hexadecimal."""
    letters = iter(_LETTERS)
    masked = ""
    for part in _parts(birth):
        names = "".join(next(letters) for _ in part)
        known = part.isdigit() and int(part) > 0
        plain = part.decode("ascii") if part.isascii() and part.decode("ascii").isprintable() else part.hex().upper()
        masked += names if known else plain
    return masked
