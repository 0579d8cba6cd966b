"""What the terminal could never say to a card, even by a mistake elsewhere."""

from dataclasses import replace
from itertools import pairwise

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.card import apdu
from drivers.card.apdu import Command, Response
from drivers.card.profile import MY_NUMBER_CARD, EcdsaSha384, RsaSha256
from drivers.card.simulator import SimulatedReader
from drivers.card.tripwire import ForbiddenCommandError, Tripwire
from tests.drivers.card.commands import COUNTER, JPKI, TEXT, application, file, password, question, read, sign, wired
from tests.drivers.card.desk import card, credentials, tries_on


@pytest.mark.parametrize(
    ("before", "forbidden"),
    [
        ([application(TEXT)], file(0x0001)),  # the My Number
        ([application(TEXT)], file(0x0003)),  # its hash
        ([application(TEXT)], file(0x0014)),  # password A is the My Number
        ([application(TEXT)], file(0x0015)),  # password B
        ([application(TEXT)], read(0x81)),  # the My Number by its short identifier
        ([application(TEXT)], Command(0, apdu.READ_BINARY, 0x81, 0, expected=65536)),
        ([application(TEXT), file(0x0002)], read(0x81)),
        ([application(JPKI)], file(0x001A)),  # the signing key
        ([application(JPKI)], file(0x001B)),  # its password
        ([application(JPKI)], file(0x0001)),  # the signing certificate
        ([application(JPKI)], file(0x0002)),
        ([application(TEXT)], file(0x000A)),
        ([], file(0x000A)),
        ([], COUNTER),
        ([], Command(0, apdu.SELECT, 4, 0x0C, bytes.fromhex("D3921000310001010402"))),  # the card's face
        ([], Command(0, apdu.SELECT, 4, 0x0C, TEXT[:5])),
        ([], Command(0, apdu.SELECT, 0, 0x0C, b"\x3f\x00")),
        ([application(JPKI), file(0x0018)], password(b"1234")),  # nobody asked for the counter
        ([application(JPKI), file(0x0018), COUNTER], password(b"123")),
        ([application(JPKI), file(0x0018), COUNTER], password(b"12345")),
        ([application(JPKI), file(0x0018), COUNTER], password(b"12a4")),
        ([application(JPKI), file(0x0018), COUNTER, file(0x0018)], password(b"1234")),
        ([application(JPKI), file(0x0018)], Command(0, apdu.VERIFY, 0, 0x9B, b"1234")),
        ([application(JPKI), file(0x0018)], Command(0, apdu.VERIFY, 0, 0x80, expected=256)),
        ([application(JPKI), file(0x0017)], Command(0x80, 0x2A, 0, 0x80, b"\x00" * 51, 256)),
        ([application(JPKI), file(0x000A)], Command(0x80, 0x2A, 0, 0x80, RsaSha256.PREFIX + bytes(32), 256)),
        ([application(JPKI), file(0x000A)], Command(0, 0xD6, 0, 0, b"\x00")),  # write
        ([application(JPKI), file(0x0018)], Command(0, 0x24, 0, 0x80, b"12345678")),  # change a password
        ([application(JPKI), file(0x0018)], Command(0, 0x2C, 0, 0x80)),  # unblock one
        ([application(JPKI), file(0x0018)], Command(0, 0xDC, 0, 0, b"\x00")),
        ([application(JPKI)], Command(0, apdu.GET_RESPONSE, 0, 0, expected=16)),
        ([application(JPKI), file(0x0018)], read()),
        # short identifiers of what the profile does not name, or names in the other application
        *[([application(TEXT)], read(0x80 | short)) for short in range(32) if short != 0x02],
        *[([application(JPKI)], read(0x80 | short)) for short in range(32) if short not in {0x06, 0x0A}],
        *[([application(TEXT)], question(0x80 | short)) for short in range(1, 32) if short != 0x11],
        *[([application(JPKI)], question(0x80 | short)) for short in range(1, 32) if short != 0x18],
        ([application(TEXT)], read(0x82, p2=1)),  # with an offset
        ([application(TEXT)], read(0xA2)),
        ([application(TEXT)], read(0xC2, 65536)),
        ([application(TEXT)], Command(0, apdu.READ_BINARY, 0x82, 0, b"\x00")),
        ([application(TEXT)], Command(0, apdu.READ_BINARY, 0x82, 0)),
        ([application(TEXT)], Command(0, apdu.READ_BINARY, 0x82, 0, b"\x01\x02")),
        ([], read(0x8A)),
        ([], question(0x98)),
        ([application(JPKI)], question(0x18)),
        ([application(JPKI)], question(0xB8)),
        ([application(JPKI)], Command(0, apdu.VERIFY, 0x80, 0x98)),
        ([application(JPKI)], Command(0, apdu.VERIFY, 0, 0x98, expected=256)),
        ([application(JPKI)], password(b"1234", 0x98)),  # nobody asked for the counter
        ([application(JPKI), question(0x98), read(0x8A)], password(b"1234", 0x98)),  # not just now
        ([application(JPKI), file(0x0018), question(0x98)], password(b"1234")),  # another form than was asked
        ([application(JPKI), file(0x0018), COUNTER], password(b"1234", 0x98)),
        ([application(JPKI), question(0x98), application(TEXT)], password(b"1234", 0x91)),
        ([application(TEXT), question(0x91)], password(b"1234", 0x98)),
        ([application(JPKI), question(0x98)], read()),  # what is selected after it, nobody knows
        ([application(JPKI), read(0x8A), question(0x98)], read()),
        ([application(JPKI), read(0x8A), application(JPKI)], read()),
    ],
)
def test_it_is_not_sent(before: list[Command], forbidden: Command) -> None:
    wire, reader = wired(card())
    for command in before:
        wire.send(command)
    sent = reader.sent
    with pytest.raises(ForbiddenCommandError):
        wire.send(forbidden)
    assert reader.sent == sent


def test_one_question_lets_one_password_through() -> None:
    chip = card()
    wire, _ = wired(chip)
    for command in (application(JPKI), file(0x0018), COUNTER):
        wire.send(command)
    assert wire.send(password(b"1111")).tries_left == 2
    with pytest.raises(ForbiddenCommandError):
        wire.send(password(b"1234"))
    assert tries_on(chip) == (2, 3)


@pytest.mark.parametrize("when_blocked", [0x63C0, 0x6983, 0x6984])
def test_no_password_follows_an_answer_that_counts_no_tries(when_blocked: int) -> None:
    chip = card(authentication=0, when_blocked=when_blocked)
    wire, _ = wired(chip)
    for command in (application(JPKI), file(0x0018), COUNTER):
        wire.send(command)
    with pytest.raises(ForbiddenCommandError):
        wire.send(password(b"1234"))
    assert chip.verifies == 0


def test_what_the_profile_names_may_be_asked_for_in_every_form() -> None:
    chip = card()
    wire, _ = wired(chip)
    for command in (application(JPKI), read(0x86, 32), read(0x8A, 65536), read(expected=65536), read(0x8A), read(1)):
        assert wire.send(command).status == apdu.OK
    assert wire.send(question(0x98)).tries_left == 3
    assert wire.send(password(b"1234", 0x98)).status == apdu.OK
    for command in (application(TEXT), question(0x91), password(b"5678", 0x91), read(0x82, 65536)):
        assert wire.send(command).status in {apdu.OK, 0x63C3}
    assert chip.verifies == 2


def test_the_key_signs_only_a_digest_in_the_form_of_the_certificate_s_own_algorithm() -> None:
    elliptic = EcdsaSha384(ec.generate_private_key(ec.SECP384R1()).public_key())
    of_rsa, of_elliptic = RsaSha256.PREFIX + bytes(32), bytes(48)
    for scheme, right in ((RsaSha256(credentials().key.public_key()), of_rsa), (elliptic, of_elliptic), (None, None)):
        wire, reader = wired(card())
        for command in (application(JPKI), question(0x98), password(b"1234", 0x98), file(0x0017)):
            wire.send(command)
        if scheme is not None:
            wire.admit(scheme)
        for tried in (of_rsa, of_elliptic, of_rsa[:-1], of_rsa + b"0", bytes(47), bytes(49), bytes(51), b"0"):
            sent = reader.sent
            if tried == right:
                wire.send(sign(tried))
            else:
                with pytest.raises(ForbiddenCommandError):
                    wire.send(sign(tried))
            assert reader.sent - sent == (tried == right)
        with pytest.raises(ForbiddenCommandError):
            wire.send(Command(0x80, 0x2A, 0, 0x80, of_rsa))


def test_a_sent_password_is_wiped_from_its_encoded_form() -> None:
    heard: list[bytearray] = []

    class Ear(SimulatedReader):
        def transmit(self, command: bytearray) -> bytes:
            heard.append(command)
            return super().transmit(command)

    reader = Ear(card=card())
    reader.connect()
    wire = Tripwire(reader, MY_NUMBER_CARD, lambda _: None)
    for command in (application(JPKI), file(0x0018), COUNTER, password(b"1234")):
        wire.send(command)
    assert heard[-1] == bytearray(9)


commands = st.builds(
    Command,
    st.sampled_from([0x00, 0x80, 0x90]),
    st.one_of(st.sampled_from([0xA4, 0xB0, 0x20, 0x2A, 0xC0, 0x24, 0x2C, 0xD6, 0xDC]), st.integers(0, 255)),
    st.one_of(st.sampled_from([0, 2, 4, 0x81, 0x82, 0x83, 0x86, 0x8A]), st.integers(0, 255)),
    st.one_of(st.sampled_from([0, 0x0C, 0x80, 0x98, 0x91, 0x94, 0x95, 0x9B]), st.integers(0, 255)),
    st.one_of(
        st.sampled_from([b"", JPKI, TEXT, b"1234", b"5678", b"0000"]),
        st.integers(0, 0x20).map(lambda number: number.to_bytes(2, "big")),
        st.binary(max_size=20),
    ),
    st.one_of(st.none(), st.sampled_from([16, 256, 65536])),
)
likely = st.one_of(
    commands,
    st.sampled_from([application(JPKI), application(TEXT), COUNTER, password(b"1234"), password(b"5678"), read()]),
    st.integers(0, 0x20).map(file),
    st.integers(0x80, 0xFF).map(question),
    st.builds(read, st.integers(0x80, 0xFF), st.sampled_from([16, 256, 65536])),
    st.builds(password, st.sampled_from([b"1234", b"5678"]), st.sampled_from([0x80, 0x98, 0x91])),
)


@settings(max_examples=150)
@given(st.lists(likely, max_size=40))
def test_whatever_is_tried_the_forbidden_files_are_never_asked_for(tried: list[Command]) -> None:
    chip = card(authentication=15, attributes=15)
    wire, _ = wired(chip)
    for command in tried:
        try:
            answer: Response | None = wire.send(replace(command, data=bytes(command.data)))
        except ForbiddenCommandError:
            answer = None
        assert answer is None or answer.status not in {0x6D00, 0x6E00}
    touched = {(heard.application, heard.file) for heard in chip.log if heard.file is not None}
    assert touched <= {("jpki", 0x06), ("jpki", 0x0A), ("jpki", 0x17), ("jpki", 0x18), ("text", 0x02), ("text", 0x11)}
    asked = [heard for heard in chip.log if heard.ins == apdu.VERIFY]
    assert all(not before.with_body for before, after in pairwise(asked) if after.with_body)
