"""Whoever refuses an upload may say so before all of it has come: it is heard at once, and nothing else is."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from urllib.parse import urlsplit

import pytest

from drivers.portal import wire
from drivers.portal.answers import FAILURES
from drivers.portal.client import PortalClient
from drivers.portal.https import ClientCertificate, HttpsTransport, Patience
from drivers.portal.sandbox import RefuseEarly
from drivers.portal.sandbox.certificates import Files, write_certificates
from drivers.portal.tls import Attentive
from drivers.portal.transport import Call, Part, Upload
from drivers.portal.wire import Refusal
from kiosk.failures import DriverError, Failure
from kiosk.ports import Enclosure
from tests.drivers.portal.bad_line import bad_line
from tests.drivers.portal.test_client import AT_ONCE
from tests.drivers.portal.world import KEY, QUICK, World, a_submission, failure_of, nothing

NEVER = 600.0  # seconds; longer than anybody waits here
LARGE = 8_000_000  # more than the buffers on the way hold
NEXT_KEY = "fedcba9876543210fedcba9876543210"


def large(size: int) -> Enclosure:
    """Nobody looks at what is in it."""
    return Enclosure("page-1.jpg", "image/jpeg", bytes(size))


@pytest.mark.parametrize("closes", [True, False], ids=["closes", "stands and reads no more"])
@pytest.mark.parametrize("after", [0, 100_000])
@pytest.mark.parametrize(
    "refusal", [Refusal.SUBMISSION_REFUSED, Refusal.SESSION_EXPIRED, Refusal.MAINTENANCE, Refusal.BUSY]
)
def test_a_refusal_in_the_middle_of_an_upload_has_its_name(
    world: World, refusal: Refusal, after: int, closes: bool
) -> None:
    client = world.ready()
    world.sandbox.plan(RefuseEarly(after, refusal, 0 if closes else NEVER))
    submission = a_submission(large(LARGE))
    assert failure_of(client.submit, submission, KEY, nothing) is FAILURES[refusal]
    assert world.sandbox.submissions == ()
    assert client.submit(a_submission(), NEXT_KEY, nothing).number  # and nothing is left of it


def test_more_than_the_portal_takes_is_refused_before_it_has_come(world: World) -> None:
    client = world.ready()
    assert failure_of(client.submit, a_submission(large(12_000_000)), KEY, nothing) is Failure.SUBMISSION_REFUSED
    assert world.sandbox.submissions == ()


def test_on_a_narrow_line_a_refusal_is_not_waited_for_until_all_is_sent(world: World) -> None:
    client, box, moves = world.ready(), world.sandbox, list[int]()
    with bad_line(urlsplit(box.url).port or 0) as line:
        line.rate, line.delay = 64_000, 0.1
        identity = ClientCertificate(box.terminal_certificate, box.terminal_key)
        behind = PortalClient(HttpsTransport(line.url, box.ca_file, identity, QUICK), AT_ONCE)
        behind._session = client._session
        box.plan(RefuseEarly(5_000, Refusal.SUBMISSION_REFUSED, NEVER))
        submission = a_submission(large(200_000))
        failure = failure_of(behind.submit, submission, KEY, lambda done, _whole: moves.append(done))
    assert failure is Failure.SUBMISSION_REFUSED
    assert moves[-1] < 150_000


# --- what only looks like an answer -------------------------------------------------------------------------------


@contextmanager
def reading(files: Files, early: bytes, last: bytes, whole: bool = True) -> Iterator[str]:
    """A server that says the first thing when a body has begun, and the last when it is `whole`, or never."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(files.server_certificate, files.server_key)
    over = Event()

    def serve() -> None:
        try:
            with context.wrap_socket(listener.accept()[0], server_side=True) as connection:
                came = connection.recv(65_536)
                connection.sendall(early)
                while whole and not came.endswith(b"--\r\n"):
                    came = came[-8:] + connection.recv(65_536)
                connection.sendall(last)
                over.wait(10)
        except OSError:
            return

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = Thread(target=serve)
        thread.start()
        try:
            yield f"https://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            over.set()
            thread.join()


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return write_certificates(tmp_path)


def answer(status: str, content: bytes, media_type: str = wire.JSON) -> bytes:
    return (
        f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {len(content)}\r\n\r\n".encode() + content
    )


def submitted(url: str, files: Files) -> str | Failure | None:
    client = PortalClient(HttpsTransport(url, files.ca, patience=Patience(2.0, 3.0, 5.0, 10.0, 3.0)), AT_ONCE)
    client._session = "0123456789abcdef"
    try:
        return client.submit(a_submission(large(LARGE)), KEY, nothing).number
    except DriverError as error:
        return error.failure
    finally:
        client._session = ""
        client.close()


RECEIPT = answer("201 Created", b'{"number":"0101"}')


@pytest.mark.parametrize(
    "early",
    [
        b"",
        b"HTTP/1.1 100 Continue\r\n\r\n",
        b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n",
    ],
)
def test_an_interim_answer_ends_no_upload(files: Files, early: bytes) -> None:
    with reading(files, early, RECEIPT) as url:
        assert submitted(url, files) == "0101"


@pytest.mark.parametrize(
    "early",
    [
        RECEIPT,  # of what it cannot have
        answer("413 Content Too Large", b"<html>", "text/html"),
        answer("503 Service Unavailable", b"{}", wire.PROBLEM_JSON),
        b"HTTP/1.1 422 Unprocessable\r\nContent-Type: application/problem+json\r\nContent-Length: 99\r\n\r\n{",
        b"HTTP/1.1 4",
    ],
    ids=["receipt", "page", "no word of the contract", "cut", "begun"],
)
def test_an_early_answer_that_is_no_refusal_leaves_the_fate_open(files: Files, early: bytes) -> None:
    with reading(files, early, b"", whole=False) as url:
        assert submitted(url, files) is Failure.SUBMISSION_UNCERTAIN


def test_what_was_looked_into_is_read_as_it_came(files: Files) -> None:
    said = answer("422 Unprocessable", b'{"type":"' + b"x" * 40_000 + b'"}', wire.PROBLEM_JSON)
    with reading(files, said, b"", whole=False) as url:
        transport = HttpsTransport(url, files.ca, patience=QUICK)
        upload = Upload([Part("file", "image/jpeg", bytes(LARGE))], nothing)
        found = transport.send(Call("POST", "/submissions", (("Content-Type", upload.media_type),), upload))
        transport.close()
    assert (found.status, len(found.content)) == (422, 40_011)
    assert not upload.whole
    assert isinstance(transport._newest, Attentive)
