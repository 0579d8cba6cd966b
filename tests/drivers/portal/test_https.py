"""The line itself: who is believed, what is not followed, what stays bounded."""

import socket
import ssl
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

from drivers.portal.client import PortalClient
from drivers.portal.https import LONGEST_ANSWER_BYTES, ClientCertificate, HttpsTransport, Patience
from drivers.portal.line import Times
from drivers.portal.sandbox.certificates import Files, write_certificates
from drivers.portal.transport import Call, Part, Upload
from kiosk.failures import Failure
from kiosk.visit import PortalHealth
from tests.drivers.portal.world import KEY, QUICK, World, a_submission, failure_of, nothing


@contextmanager
def answering(
    files: Files, *answers: bytes, version: ssl.TLSVersion = ssl.TLSVersion.TLSv1_3, heard: list[bytes] | None = None
) -> Iterator[str]:
    """A server that answers each connection's first request with given bytes, and hangs up."""
    heard = [] if heard is None else heard
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.maximum_version = version
    context.load_cert_chain(files.server_certificate, files.server_key)

    def serve() -> None:
        for answer in answers:
            try:
                with context.wrap_socket(listener.accept()[0], server_side=True) as connection:
                    heard.append(connection.recv(65_536))
                    connection.sendall(answer)
            except OSError:
                continue

    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(10)
        thread = Thread(target=serve)
        thread.start()
        yield f"https://127.0.0.1:{listener.getsockname()[1]}"
        thread.join()


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return write_certificates(tmp_path)


def response(status: str, content: bytes, *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(content)}", "Connection: close", *headers, "", ""]
    return "\r\n".join(lines).encode() + content


HEALTHY = response("200 OK", b'{"contract":"1","maintenance":false,"news":"later"}', "Content-Type: application/json")


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_what_a_newer_portal_adds_does_no_harm(files: Files, version: ssl.TLSVersion) -> None:
    with answering(files, HEALTHY, version=version) as url:
        assert PortalClient(HttpsTransport(url, files.ca, patience=QUICK)).health() is PortalHealth.OPEN


JSON, HTML = "Content-Type: application/json", "Content-Type: text/html"


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        (response("302 Found", b"", "Location: https://example.jp/"), Failure.PORTAL_MALFORMED),
        (response("200 OK", b"<html>log in to our free network</html>", HTML), Failure.PORTAL_MALFORMED),
        (response("200 OK", b"{}", JSON), Failure.PORTAL_MALFORMED),
        (response("200 OK", b"[" * 5_000, JSON), Failure.PORTAL_MALFORMED),
        (response("200 OK", b"\xff", JSON), Failure.PORTAL_MALFORMED),
        (response("200 OK", b"\x1f\x8b", JSON, "Content-Encoding: gzip"), Failure.PORTAL_MALFORMED),
        (response("200 OK", bytes(LONGEST_ANSWER_BYTES + 1), JSON), Failure.PORTAL_MALFORMED),
        (response("404 Not Found", b"gone", "Content-Type: text/plain"), Failure.PORTAL_MALFORMED),
        (response("502 Bad Gateway", b"<html>", HTML), Failure.PORTAL_UNREACHABLE),
        (response("200 OK", b'{"contr', JSON).replace(b": 7", b": 70"), Failure.PORTAL_UNREACHABLE),
        (b"SSH-2.0-OpenSSH_9.2\r\n", Failure.PORTAL_UNREACHABLE),
        (b"", Failure.PORTAL_UNREACHABLE),
    ],
    ids=["redirect", "captive", "empty", "deep", "binary", "gzip", "endless", "404", "502", "cut", "ssh", "silence"],
)
def test_an_answer_outside_the_contract_has_a_name(files: Files, answer: bytes, failure: Failure) -> None:
    askings = 3 if failure is Failure.PORTAL_UNREACHABLE else 1
    with answering(files, *[answer] * askings) as url:
        client = PortalClient(HttpsTransport(url, files.ca, patience=QUICK), Times(rest=lambda _: None))
        assert failure_of(client.terms) is failure


def test_a_portal_of_another_authority_is_not_spoken_to(world: World, files: Files) -> None:
    box = world.sandbox
    identity = ClientCertificate(box.terminal_certificate, box.terminal_key)
    stranger = PortalClient(HttpsTransport(box.url, files.ca, identity, QUICK))
    assert failure_of(stranger.terms) is Failure.PORTAL_UNTRUSTED
    assert stranger.health() is PortalHealth.UNTRUSTED
    stranger.close()


def test_only_the_configured_authority_is_believed(files: Files) -> None:
    with answering(files, HEALTHY) as url:
        transport = HttpsTransport(url, files.ca.read_text(encoding="ascii"), patience=QUICK)
        assert PortalClient(transport).health() is PortalHealth.OPEN
        assert len(transport._context.get_ca_certs()) == 1


def test_a_terminal_without_certificate_is_not_served(world: World) -> None:
    nobody = PortalClient(HttpsTransport(world.sandbox.url, world.sandbox.ca_file, patience=QUICK))
    # What the portal says at the end of TLS 1.3's handshake may be lost where it hangs up at the same moment.
    assert failure_of(nobody.terms) in {Failure.PORTAL_UNTRUSTED, Failure.PORTAL_UNREACHABLE}
    nobody.close()


def test_the_environment_does_not_lead_astray(world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "none.pem"))
    assert world.client().health() is PortalHealth.OPEN


def test_plain_http_is_refused_before_anything_is_tried(files: Files) -> None:
    with pytest.raises(ValueError, match="https"):
        HttpsTransport("http://127.0.0.1", files.ca)


def test_a_key_that_wants_a_password_is_refused_without_asking_for_one(files: Files, tmp_path: Path) -> None:
    key = load_pem_private_key(files.terminal_key.read_bytes(), None)
    locked = tmp_path / "locked.key"
    locked.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"secret")))
    program = (
        "from pathlib import Path\nfrom drivers.portal.https import ClientCertificate, HttpsTransport\n"
        f"HttpsTransport('https://localhost', Path({str(files.ca)!r}),"
        f" ClientCertificate(Path({str(files.terminal_certificate)!r}), Path({str(locked)!r})))"
    )
    command = [sys.executable, "-c", program]  # without a terminal OpenSSL would ask its standard input
    asked = subprocess.run(command, input=b"secret\n", capture_output=True, start_new_session=True, check=False)
    assert asked.returncode != 0
    assert b"ssl.SSLError" in asked.stderr


def test_health_tells_open_closed_and_gone(world: World) -> None:
    client = world.client()
    assert client.health() is PortalHealth.OPEN
    world.sandbox.maintenance(on=True)
    assert client.health() is PortalHealth.MAINTENANCE
    assert failure_of(client.terms) is Failure.PORTAL_MAINTENANCE
    world.sandbox.go_down()
    assert client.health() is PortalHealth.UNREACHABLE
    world.sandbox.come_up()
    world.sandbox.maintenance(on=False)
    assert client.health() is PortalHealth.OPEN


def test_a_portal_that_does_not_answer_is_slow(world: World) -> None:
    box = world.sandbox
    identity = ClientCertificate(box.terminal_certificate, box.terminal_key)
    hasty = PortalClient(HttpsTransport(box.url, box.ca_file, identity, Patience(2.0, 0.2, 1.0, 1.0)))
    box.slow(60)
    assert failure_of(hasty.terms) is Failure.PORTAL_SLOW
    hasty.close()


def test_a_connection_that_lay_idle_is_not_used_again(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    time = [0.0]
    box = world.sandbox
    identity = ClientCertificate(box.terminal_certificate, box.terminal_key)
    client = PortalClient(HttpsTransport(box.url, box.ca_file, identity, QUICK, lambda: time[0]))
    for seconds, connections in ((0, 1), (19, 1), (21, 2), (1, 2)):
        time[0] += seconds
        client.terms()
        assert caplog.text.count("new HTTPS connection") == connections
    client.close()


def test_an_upload_does_not_keep_the_other_connection_young(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    time = [0.0]
    box = world.sandbox
    identity = ClientCertificate(box.terminal_certificate, box.terminal_key)
    transport = HttpsTransport(box.url, box.ca_file, identity, QUICK, lambda: time[0])
    transport.send(Call("GET", "/health"))
    time[0] = 15
    upload = Upload([Part("file", "image/jpeg", b"page")], nothing)
    assert transport.send(Call("POST", "/submissions", (("Content-Type", upload.media_type),), upload)).status >= 400
    time[0] = 25
    transport.send(Call("GET", "/health"))
    assert caplog.text.count("new HTTPS connection") == 3
    transport.close()


def test_an_answer_that_is_too_long_is_not_read_to_its_good_end(files: Files) -> None:
    long = b" " * LONGEST_ANSWER_BYTES + b'{"contract":"1","maintenance":false}'
    with answering(files, response("200 OK", long, JSON)) as url:
        transport = HttpsTransport(url, files.ca, patience=QUICK)
        assert failure_of(transport.send, Call("GET", "/health")) is Failure.PORTAL_MALFORMED
        transport.close()


def test_an_answer_that_drips_ends_at_its_deadline(files: Files) -> None:
    ticks = iter(range(10_000))
    with answering(files, response("200 OK", bytes(LONGEST_ANSWER_BYTES - 1), JSON)) as url:
        hasty = Patience(2.0, 2.0, 3.0, 3.0)
        transport = HttpsTransport(url, files.ca, patience=hasty, clock=lambda: float(next(ticks)))
        assert failure_of(transport.send, Call("GET", "/terms")) is Failure.PORTAL_SLOW
        transport.close()


OLD = "Date: Sun, 01 Nov 2026 00:00:00 GMT"


@pytest.mark.parametrize(
    ("headers", "believed"),
    [
        (("Cache-Control: no-store",), True),
        (("cache-control: private, No-Store",), True),
        (("Cache-Control: no-store", "Age: 0"), False),
        (("Cache-Control: no-store", "age: 86400"), False),
        (("Cache-Control: no-cache",), False),
        (("Cache-Control: max-age=60",), False),
        ((), False),
    ],
)
def test_the_date_of_what_may_have_been_kept_says_nothing_about_our_clock(
    files: Files, headers: tuple[str, ...], believed: bool
) -> None:
    healthy = response("200 OK", b'{"contract":"1","maintenance":false}', JSON, OLD, *headers)
    heard: list[bytes] = []
    with answering(files, healthy, heard=heard) as url:
        client = PortalClient(HttpsTransport(url, files.ca, patience=QUICK))
        assert client.health() is PortalHealth.OPEN
    assert (client.clock_skew is not None) == believed
    assert b"cache-control: no-store, no-cache\r\n" in heard[0].lower()


def test_no_cookie_is_kept(files: Files) -> None:
    heard: list[bytes] = []
    sticky = response("200 OK", b'{"contract":"1","maintenance":false}', JSON, "Set-Cookie: who=you; Path=/")
    with answering(files, sticky, HEALTHY, heard=heard) as url:
        client = PortalClient(HttpsTransport(url, files.ca, patience=QUICK))
        assert [client.health(), client.health()] == [PortalHealth.OPEN] * 2
    assert len(heard) == 2
    assert b"cookie" not in heard[1].lower()


def test_an_upload_takes_a_connection_of_its_own(world: World, caplog: pytest.LogCaptureFixture) -> None:
    client = world.ready()
    caplog.set_level("DEBUG")
    assert client.submit(a_submission(), KEY, nothing).number
    assert caplog.text.count("new HTTPS connection") == 1
    client.terms()
    assert caplog.text.count("new HTTPS connection") == 1  # the other one still stands


def test_an_upload_ends_at_its_deadline(world: World) -> None:
    ticks = iter(range(0, 10_000, 1))
    clock: Callable[[], float] = lambda: float(next(ticks))  # noqa: E731
    box = world.sandbox
    identity = ClientCertificate(box.terminal_certificate, box.terminal_key)
    transport = HttpsTransport(box.url, box.ca_file, identity, Patience(2.0, 2.0, 2.0, 3.0), clock)
    upload = Upload([Part("file", "image/jpeg", bytes(1_000_000))], nothing)
    call = Call("POST", "/submissions", (("Content-Type", upload.media_type),), upload)
    assert failure_of(transport.send, call) is Failure.PORTAL_SLOW
    assert upload.begun
    transport.close()


def test_a_sandbox_that_stops_wakes_who_waits(world: World) -> None:
    client = world.ready()
    world.sandbox.slow(600)
    ended: list[Failure] = []
    sent = Event()

    def progress(done: int, whole: int) -> None:
        if done == whole:
            sent.set()

    thread = Thread(target=lambda: ended.append(failure_of(client.submit, a_submission(), KEY, progress)))
    thread.start()
    assert sent.wait(10)
    world.sandbox.stop()
    thread.join()
    assert ended == [Failure.SUBMISSION_UNCERTAIN]
    assert not world.sandbox.ca_file.exists()
