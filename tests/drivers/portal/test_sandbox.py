"""The stand-in keeps to the contract when others do not, and leaves nothing behind."""

import select
import socket
import ssl
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.portal import wire
from drivers.portal.sandbox import Rules, Sandbox
from drivers.portal.sandbox.guesses import CODE_ALPHABET
from drivers.portal.sandbox.registrations import looks_like_address
from drivers.portal.sandbox.rules import looks_like_receipt
from drivers.portal.transport import Call
from drivers.portal.wire import Refusal
from kiosk.failures import Failure
from kiosk.ports import Submission
from tests.drivers.portal.world import (
    ATTRIBUTES,
    CONTRACT,
    KEY,
    NUMBERS,
    PAGE,
    RECEIPT,
    Authority,
    Clock,
    World,
    failure_of,
    nothing,
)

JSON = ("Content-Type", wire.JSON)


@pytest.mark.parametrize(
    ("call", "status"),
    [
        (Call("GET", "/nowhere"), 404),
        (Call("DELETE", "/terms"), 405),
        (Call("OPTIONS", "/terms"), 501),
        (Call("POST", "/registrations", (JSON,), b"{"), 400),
        (Call("POST", "/registrations", (("Content-Type", "text/plain"),), b"{}"), 400),
        (Call("POST", "/resumptions", (JSON,), b'{"code":"AAAAAAAA","more":1}'), 400),
        (Call("POST", "/resumptions", (JSON,), b" " * 70_000), 413),
        (Call("GET", "/registration"), 404),
        (Call("POST", "/submissions"), 401),
        (Call("POST", "/settlements", (JSON,), b'{"key":"short"}'), 400),
    ],
)  # fmt: skip
def test_what_is_outside_the_contract_is_refused_with_a_problem(world: World, call: Call, status: int) -> None:
    transport = world.transport()
    answer = transport.send(call)
    transport.close()
    assert (answer.status, answer.media_type) == (status, wire.PROBLEM_JSON)
    problem = wire.decode(answer.content, wire.Problem)
    assert problem is not None
    assert problem.refusal is not None
    assert problem.status == status


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--x--\r\n",
        b"--x\r\nno head--x--\r\n",
        b'--x\r\nContent-Disposition: form-data; name="y"\r\n\r\n\r\n--x--\r\n',
    ],
)
def test_a_body_that_is_no_submission(world: World, body: bytes) -> None:
    client = world.ready()
    session = client._session
    headers = (
        (wire.SESSION_HEADER, session),
        (wire.KEY_HEADER, KEY),
        ("Content-Type", "multipart/form-data; boundary=x"),
    )
    transport = world.transport()
    assert transport.send(Call("POST", "/submissions", headers, body)).status == 400
    transport.close()


def test_who_speaks_before_it_listens_hears_that_a_body_is_too_long(world: World) -> None:
    box = world.sandbox
    trust = ssl.create_default_context(cafile=str(box.ca_file))
    trust.load_cert_chain(str(box.terminal_certificate), str(box.terminal_key))
    place = urlsplit(box.url)
    with (
        socket.create_connection((str(place.hostname), int(place.port or 0)), timeout=40) as plain,
        trust.wrap_socket(plain, server_hostname=place.hostname) as line,
    ):
        line.sendall(b"POST /sessions HTTP/1.1\r\nHost: portal\r\nContent-Length: 900000\r\n\r\n")
        answer = b""
        while not answer.endswith(b"}"):  # it is refused now, and this one speaks on
            answer += line.recv(4096)
        assert not select.select([line], [], [], 0.5)[0], "hung up on while it speaks"
        for _ in range(9):
            line.sendall(bytes(100_000))
        while part := line.recv(4096):
            answer += part
    assert answer.startswith(b"HTTP/1.1 413 ")


def test_a_refusal_waits_for_a_request_that_it_fits(world: World) -> None:
    world.sandbox.refuse(Refusal.LOGIN_REFUSED)
    client = world.confirmed()
    challenge = client.challenge().challenge
    assert failure_of(client.log_in, world.card.der, world.card.sign(challenge)) is Failure.LOGIN_REFUSED
    client.log_in(world.card.der, world.card.sign(challenge))


def test_further_fields_are_asked_for_and_judged(authority: Authority) -> None:
    phone = wire.FieldAnswer("phone", "電話番号", "[0-9]{10,11}", required=True, longest=11)
    clock = Clock()
    rules = Rules(NUMBERS, authority.ca_certificate, lambda: authority.revocations(clock()), (phone,))
    with Sandbox(rules, clock) as sandbox:
        world = World(sandbox, clock, authority, authority.card())
        client = world.confirmed()
        assert client.log_in(world.card.der, world.card.sign(client.challenge().challenge)).fields[0].name == "phone"
        client.send_attributes(ATTRIBUTES)
        for fields in ((), (("phone", "12"),), (("fax", "0312345678"),)):
            submission = Submission(CONTRACT, RECEIPT, fields, (PAGE,))
            assert failure_of(client.submit, submission, KEY, nothing) is Failure.FIELD_REFUSED
        assert client.submit(Submission(CONTRACT, RECEIPT, (("phone", "0312345678"),), (PAGE,)), KEY, nothing).number
        client.close()


def test_it_leaves_nothing_behind_and_can_still_be_looked_into(world: World) -> None:
    client = world.ready()
    client.submit(Submission(CONTRACT, RECEIPT, (), (PAGE,)), KEY, nothing)
    folder: Path = world.sandbox.ca_file.parent
    assert folder.stat().st_mode & 0o077 == 0
    world.sandbox.stop()
    assert not folder.exists()
    assert len(world.sandbox.submissions) == 1
    assert len(world.sandbox.mailbox.mails()) == 2
    world.sandbox.stop()


def test_a_code_has_no_letters_that_look_alike() -> None:
    assert not set("01OILSBZU") & set(CODE_ALPHABET) - {"U"}
    assert len(set(CODE_ALPHABET)) == len(CODE_ALPHABET)


@given(st.datetimes(min_value=datetime(1000, 1, 1)), st.from_regex(r"[A-Z][0-9]{4}", fullmatch=True))  # noqa: DTZ001
def test_every_real_moment_makes_a_receipt_number(moment: datetime, procedure: str) -> None:
    assert looks_like_receipt(f"{procedure}-{moment:%Y%m%d%H%M%S}-00001")


@pytest.mark.parametrize(
    "receipt",
    [
        "S0101-20260230010203-12345",
        "S0101-20260101240000-12345",
        "s0101-20260101000000-12345",
        "S0101-20260101000000-1234５",
    ],
)
def test_no_unreal_moment_does(receipt: str) -> None:
    assert not looks_like_receipt(receipt)


@given(st.text(max_size=30))
def test_no_text_with_spaces_or_lines_is_an_address(text: str) -> None:
    if looks_like_address(text):
        assert text.isascii()
        assert text.isprintable()
        assert " " not in text
        assert "<" not in text


def test_a_name_in_letters_that_no_name_has_is_unknown_and_breaks_nothing(world: World) -> None:
    world.registered()
    transport = world.transport()
    asked = Call("GET", "/registration", ((wire.REGISTRATION_HEADER, "\u00e9" * 20),))
    answer = transport.send(asked)
    transport.close()
    problem = wire.decode(answer.content, wire.Problem)
    assert problem is not None
    assert problem.refusal is Refusal.REGISTRATION_UNKNOWN
