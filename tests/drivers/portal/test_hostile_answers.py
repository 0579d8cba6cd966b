"""Whoever answers with all the time of the world, more than was asked, or what requests itself stumbles over."""

import ssl
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path
from socket import create_server
from threading import Event, Thread

import pytest

from drivers.portal import wire
from drivers.portal.client import PortalClient
from drivers.portal.https import HttpsTransport, Patience
from drivers.portal.sandbox import AnswerTwice
from drivers.portal.sandbox.certificates import Files, write_certificates
from drivers.portal.transport import Answer, Call, Part, Upload
from kiosk.failures import Failure
from kiosk.visit import PortalHealth
from tests.drivers.portal.test_client import AT_ONCE, Script, client_with_session
from tests.drivers.portal.world import ADDRESS, KEY, QUICK, World, a_submission, failure_of, nothing

HURRIED = Patience(connect=1.0, still=1.0, request=1.0, upload=20.0, upload_still=4.0)
LONG = 100_000_000


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return write_certificates(tmp_path)


@contextmanager
def dripping(files: Files, *pieces: bytes, pause: float = 0.25, host: str = "127.0.0.1") -> Iterator[str]:
    """A server that says these pieces to whoever comes, each a moment after the one before, and reads no more than one
    record meanwhile.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(files.server_certificate, files.server_key)
    over = Event()

    def serve() -> None:
        try:
            with context.wrap_socket(listener.accept()[0], server_side=True) as connection:
                connection.recv(65_536)
                for piece in pieces:
                    connection.sendall(piece)
                    if over.wait(pause):
                        return
        except OSError:
            return

    with create_server((host, 0)) as listener:
        listener.settimeout(10)
        thread = Thread(target=serve)
        thread.start()
        try:
            yield f"https://{host}:{listener.getsockname()[1]}"
        finally:
            over.set()
            thread.join()


INTERIM = [b"HTTP/1.1 100 Continue\r\n\r\n"] * 20
HEADER = [b"HTTP/1.1 200 OK\r\n", *[b"X"] * 20]
TRAILER = [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", *[b"a: b\r\n"] * 20]


@pytest.mark.parametrize("pieces", [INTERIM, HEADER, TRAILER], ids=["interim answers", "header", "trailer"])
def test_what_drips_outside_the_content_ends_in_time_too(files: Files, pieces: Sequence[bytes]) -> None:
    with dripping(files, *pieces) as url:
        transport = HttpsTransport(url, files.ca, patience=HURRIED)
        began = time.monotonic()
        assert failure_of(transport.send, Call("GET", "/terms")) is Failure.PORTAL_SLOW
        assert time.monotonic() - began < 2
        transport.close()


@pytest.mark.parametrize("there", [b"\xff\xfe", b"http://[", b"https://example.jp/"])
def test_a_redirect_is_not_even_looked_at(files: Files, there: bytes) -> None:
    with dripping(files, b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + there + b"\r\n\r\n") as url:
        transport = HttpsTransport(url, files.ca, patience=QUICK)
        assert transport.send(Call("GET", "/terms")).status == 302
        transport.close()


def test_the_content_of_a_redirect_is_bounded_as_any(files: Files) -> None:
    head = f"HTTP/1.1 302 Found\r\nContent-Length: {LONG}\r\nLocation: https://example.jp/\r\n\r\n".encode()
    with dripping(files, head, bytes(4_000_000), b"") as url:
        transport = HttpsTransport(url, files.ca, patience=QUICK)
        assert failure_of(transport.send, Call("GET", "/terms")) is Failure.PORTAL_MALFORMED
        transport.close()


def test_a_right_certificate_under_a_wrong_name_is_not_spoken_to(files: Files) -> None:
    with dripping(files, b"", host="127.0.0.2") as url:
        transport = HttpsTransport(url, files.ca, patience=QUICK)
        assert failure_of(transport.send, Call("GET", "/health")) is Failure.PORTAL_UNTRUSTED
        transport.close()


@pytest.mark.parametrize(
    ("alert", "failure"),
    [(80, Failure.PORTAL_UNREACHABLE), (20, Failure.PORTAL_UNREACHABLE), (40, Failure.PORTAL_UNTRUSTED)],
    ids=["internal error", "bad record", "handshake failure"],
)
def test_a_portal_that_stumbles_is_no_stranger(files: Files, alert: int, failure: Failure) -> None:
    def serve() -> None:
        with listener.accept()[0] as connection:
            connection.recv(65_536)
            connection.sendall(bytes((21, 3, 3, 0, 2, 2, alert)))

    with create_server(("127.0.0.1", 0)) as listener:
        thread = Thread(target=serve)
        thread.start()
        transport = HttpsTransport(f"https://127.0.0.1:{listener.getsockname()[1]}", files.ca, patience=QUICK)
        assert failure_of(transport.send, Call("GET", "/health")) is failure
        thread.join()


def test_an_upload_may_stand_still_longer_than_a_connection_may_take(files: Files) -> None:
    with dripping(files, b"", pause=10) as url:
        transport = HttpsTransport(url, files.ca, patience=HURRIED)
        upload = Upload([Part("file", "image/jpeg", bytes(9_000_000))], nothing)
        call = Call("POST", "/submissions", (("Content-Type", upload.media_type),), upload)
        began = time.monotonic()
        assert failure_of(transport.send, call) is Failure.PORTAL_SLOW
        assert HURRIED.upload_still <= time.monotonic() - began < HURRIED.upload_still + 2
        assert upload.begun
        assert not upload.gone


def test_a_second_answer_is_not_taken_for_that_to_the_next_request(world: World) -> None:
    client = world.client()
    world.sandbox.plan(AnswerTwice(), "/terms")
    client.register(ADDRESS, client.terms().version)
    assert client.registration().confirmed is False


MOMENTS = ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00+23:59"]
DATES = [
    datetime(9999, 12, 31, 23, 59, 59, tzinfo=timezone(-timedelta(hours=23))),
    datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=23))),
]


@pytest.mark.parametrize("closes", MOMENTS)
@pytest.mark.parametrize("date", [None, *DATES])
def test_no_date_is_too_strange_for_health(closes: str, date: datetime | None) -> None:
    content = b'{"contract":"1","maintenance":false,"closes":"%b"}' % closes.encode()
    found = PortalClient(Script([Answer(200, wire.JSON, content, date)]), AT_ONCE).health()
    assert found is (PortalHealth.OPEN if date is DATES[1] and closes is MOMENTS[0] else PortalHealth.MAINTENANCE)


def test_a_portal_of_another_contract_receives_nobody() -> None:
    other = Answer(200, wire.JSON, b'{"contract":"2","maintenance":false}')
    assert PortalClient(Script([other]), AT_ONCE).health() is PortalHealth.UNREACHABLE


@pytest.mark.parametrize("handle", ["あ" * 20, "a\\nb" * 8, "0123456789abcdef\\n", " " * 16])
def test_a_name_that_fits_in_no_header_is_none(handle: str) -> None:
    content = f'{{"handle":"{handle}","deadline":"2026-11-24T00:00:00Z"}}'.encode()
    client = PortalClient(Script([Answer(201, wire.JSON, content)]), AT_ONCE)
    assert failure_of(client.register, ADDRESS, "1") is Failure.PORTAL_MALFORMED


def test_a_document_without_a_number_is_a_receipt_only_where_something_was_created() -> None:
    client, _ = client_with_session(Answer(200, wire.JSON, b'{"message":"come back later"}'))
    assert failure_of(client.submit, a_submission(), KEY, nothing) is Failure.SUBMISSION_UNCERTAIN
    client, _ = client_with_session(Answer(201, wire.JSON, b"{}"))
    assert client.submit(a_submission(), KEY, nothing).number is None


def test_who_closes_beside_somebody_who_closes_waits_for_nobody(world: World) -> None:
    client = world.ready()
    world.sandbox.slow(5)
    first = Thread(target=client.close)
    first.start()
    while client._session:
        time.sleep(0.01)
    began = time.monotonic()
    client.close()
    assert time.monotonic() - began < 1
    world.sandbox.slow(0)
    first.join()
