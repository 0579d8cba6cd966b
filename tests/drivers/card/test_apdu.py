"""Commands and answers: how they are written, and that they tell nothing."""

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.card import apdu
from drivers.card.apdu import Command, Response, wipe
from drivers.card.chip import Request
from drivers.card.exchange import converse, exchange
from drivers.card.vault import Vault
from kiosk.failures import DriverError
from kiosk.visit import Entry, Password


@pytest.mark.parametrize(
    ("command", "encoded"),
    [
        (Command(0, apdu.VERIFY, 0, 0x80), "00200080"),
        (Command(0, apdu.READ_BINARY, 0, 0, expected=256), "00B0000000"),
        (Command(0, apdu.READ_BINARY, 1, 2, expected=7), "00B0010207"),
        (Command(0, apdu.SELECT, 2, 0x0C, b"\x00\x0a"), "00A4020C02000A"),
        (Command(0x80, 0x2A, 0, 0x80, b"\x01", 256), "802A0080010100"),
        (Command(0, apdu.READ_BINARY, 0x8A, 0, expected=65536), "00B08A00000000"),
        (Command(0, 1, 2, 3, b"\x05", 257), "000102030000010501" + "01"),
    ],
)
def test_a_command_is_written_as_the_standard_says(command: Command, encoded: str) -> None:
    assert command.encoded() == bytes.fromhex(encoded)


@given(st.binary(max_size=300), st.one_of(st.none(), st.integers(1, 65536)))
def test_what_the_terminal_writes_the_chip_takes_apart_again(data: bytes, expected: int | None) -> None:
    request = Request.parse(bytes(Command(0x80, 0x2A, 0, 0x80, data, expected).encoded()))
    assert request is not None
    assert (request.body, request.expected) == (data, expected)


def test_nothing_of_a_password_or_an_answer_is_ever_shown() -> None:
    vault = Vault()
    entry = Entry(1, Password.AUTHENTICATION)
    for position, digit in enumerate((7, 3, 9, 1)):
        vault.store(entry, position, digit)
    shown = repr(vault) + str(vault)
    digits = vault.take(entry)
    assert digits == bytearray(b"7391")
    shown += repr(Command(0, apdu.VERIFY, 0, 0x80, digits)) + repr(Response(0x9000, "例示 ひかる".encode()))
    for secret in ("7391", "37333931", "37 33 39 31", "ひかる", "b'", "e4be8b", "E4BE8B"):
        assert secret not in shown
    assert "Response(9000, 16 bytes)" in shown


def test_an_answer_without_a_status_word_is_malformed() -> None:
    for raw in (b"", b"\x90"):
        with pytest.raises(DriverError, match="CARD_MALFORMED"):
            Response.parse(raw)


def test_a_wrong_length_is_asked_again_once_and_the_rest_is_fetched() -> None:
    answers = [Response(0x6C20), Response(0x6110, b"A" * 16), Response(0x6104, b"B" * 16), Response(0x9000, b"C" * 4)]
    sent: list[Command] = []

    def send(command: Command) -> Response:
        sent.append(command)
        return answers.pop(0)

    whole = converse(exchange(Command(0, apdu.READ_BINARY, 0, 0, expected=256)), send)
    assert (whole.status, whole.data) == (0x9000, b"A" * 16 + b"B" * 16 + b"C" * 4)
    assert [(command.ins, command.expected) for command in sent] == [
        (apdu.READ_BINARY, 256),
        (apdu.READ_BINARY, 0x20),
        (apdu.GET_RESPONSE, 0x10),
        (apdu.GET_RESPONSE, 0x04),
    ]


def test_a_card_that_promises_more_for_ever_is_malformed() -> None:
    for promise in (Response(0x6110), Response(0x6110, b"x" * 16)):
        with pytest.raises(DriverError, match="CARD_MALFORMED"):
            converse(exchange(Command(0, apdu.READ_BINARY, 0, 0, expected=256)), partial(_always, promise))


def _always(answer: Response, command: Command) -> Response:
    return answer


def test_wiping_leaves_no_digit_and_no_second_buffer() -> None:
    buffer = bytearray(b"1234")
    view = memoryview(buffer)
    wipe(buffer)
    assert bytes(view) == bytes(4)
