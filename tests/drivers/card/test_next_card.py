"""The next generation of the card is to need nothing but a second `Profile`.

Everything particular to it in this file is invented, but for what is published: ECDSA over P-384 with SHA-384, and
applications joined into two. The invented application identifiers begin with F0, which is nobody's.
"""

from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed, decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.card import apdu
from drivers.card.certificate import Certificate
from drivers.card.chip import Chip, ChipApplication, File, Secret, SigningKey, Transparent
from drivers.card.profile import Application, EcdsaSha384, Profile, scheme_of
from drivers.card.reader import CardDesk
from drivers.card.samples import attribute_record
from drivers.card.simulator import SimulatedReader
from kiosk.events import AttributesRead, CardInspected, PasswordRefused, Signed
from kiosk.failures import DriverError
from kiosk.visit import Tries
from tests.drivers.card.desk import CHALLENGE, HOLDER, NOW, Desk, credentials

NEXT_CARD = Profile(
    authentication=Application(
        name="next-authentication",
        aid=bytes.fromhex("F04E45585401"),
        readable=frozenset({0x0003, 0x0104}),
        password=0x0012,
        key=0x0105,
    ),
    attributes=Application(
        name="next-attributes",
        aid=bytes.fromhex("F04E45585402"),
        readable=frozenset({0x0007}),
        password=0x0113,
    ),
    token_file=0x0003,
    token=b"SAMPLETOKEN3",
    certificate_file=0x0104,
    attributes_file=0x0007,
    longest_file=4096,
)
KEY = ec.generate_private_key(ec.SECP384R1())


def certificate_of(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> bytes:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "見本")])
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, NOW, NOW + timedelta(days=3650))
    return builder.sign(key, hashes.SHA384()).public_bytes(Encoding.DER)


def sign(digest: bytes, *, raw: bool) -> bytes:
    signature = KEY.sign(digest, ec.ECDSA(Prehashed(hashes.SHA384())))
    if not raw:
        return signature
    return b"".join(number.to_bytes(48, "big") for number in decode_dss_signature(signature))


class NextCardReader(SimulatedReader):
    """With the card of tomorrow on it; what the chip does not know, signing on a curve, is done here."""

    def __init__(self, *, raw: bool) -> None:
        authentication: dict[int, File] = {
            0x0003: Transparent(b"SAMPLETOKEN3".ljust(32)),
            0x0104: Transparent(certificate_of(KEY).ljust(1024, b"\xff")),
            0x0105: SigningKey(credentials().key, guard=0x0012),
            0x0012: Secret(b"1234"),
        }
        attributes: dict[int, File] = {
            0x0007: Transparent(attribute_record(HOLDER), guard=0x0113),
            0x0113: Secret(b"5678"),
        }
        super().__init__(
            card=Chip(
                {
                    NEXT_CARD.authentication.aid: ChipApplication("next-authentication", authentication),
                    NEXT_CARD.attributes.aid: ChipApplication("next-attributes", attributes),
                }
            )
        )
        self.raw = raw

    def transmit(self, command: bytearray) -> bytes:
        answer = super().transmit(command)
        if command[1] != apdu.PERFORM_SECURITY_OPERATION or answer[-2:] != b"\x90\x00":
            return answer
        assert command[4] == 48
        return sign(bytes(command[5:53]), raw=self.raw) + b"\x90\x00"


def desk_with(reader: SimulatedReader) -> Desk:
    desk = Desk(reader)
    desk.card = CardDesk(reader, desk.guard, desk.clock, NEXT_CARD)
    return desk


@pytest.mark.parametrize("raw", [True, False])
def test_a_second_profile_is_all_that_another_card_needs(raw: bool) -> None:
    reader = NextCardReader(raw=raw)
    desk = desk_with(reader)
    assert desk.card.inspect() == CardInspected(Tries(3, 3))
    assert desk.logs_in("9999") == PasswordRefused(2)
    signed = desk.logs_in("1234")
    assert isinstance(signed, Signed)
    KEY.public_key().verify(signed.signature, CHALLENGE, ec.ECDSA(hashes.SHA384()))  # in DER, as it is handed on
    read = desk.reads("5678")
    assert isinstance(read, AttributesRead)
    assert read.attributes.name == HOLDER.name
    assert reader.card is not None
    assert reader.card.verifies == 3


def test_the_cards_of_two_generations_are_told_apart() -> None:
    with pytest.raises(DriverError, match="CARD_WRONG_KIND"):
        Desk(NextCardReader(raw=True)).card.inspect()


@settings(max_examples=30)
@given(st.binary(max_size=120), st.booleans(), st.integers(0, 90), st.integers(1, 255), st.binary(max_size=120))
def test_only_a_signature_of_this_key_over_this_challenge_passes(
    challenge: bytes, raw: bool, place: int, damage: int, junk: bytes
) -> None:
    scheme = EcdsaSha384(KEY.public_key())
    signature = sign(scheme.to_sign(challenge), raw=raw)
    passed = scheme.checked(signature, challenge)
    assert passed is not None
    KEY.public_key().verify(passed, challenge, ec.ECDSA(hashes.SHA384()))
    assert scheme.checked(signature, challenge + b"?") is None
    damaged = bytearray(signature)
    damaged[place] ^= damage
    for wrong in (bytes(damaged), signature[:-1], junk, b"", bytes(96), b"\xff" * 96):
        assert scheme.checked(wrong, challenge) is None


def test_a_key_that_no_card_has_is_malformed() -> None:
    for key in (ec.generate_private_key(ec.SECP256R1()), rsa.generate_private_key(65537, 1024)):
        with pytest.raises(DriverError, match="CARD_MALFORMED"):
            scheme_of(key.public_key())
        with pytest.raises(DriverError, match="CARD_MALFORMED"):
            Certificate.parse(certificate_of(key))
