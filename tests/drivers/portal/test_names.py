"""A name server that does not answer costs a call its connect deadline, and the process a few threads at most."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any

import pytest

from drivers.portal.client import PortalClient
from drivers.portal.examination import Step, examine
from drivers.portal.hindrances import Hindrance
from drivers.portal.https import ClientCertificate, HttpsTransport, Patience, Way
from drivers.portal.line import Times
from drivers.portal.names import MOST_ASKING, connected, resolved
from drivers.portal.sandbox.certificates import write_certificates
from drivers.portal.transport import Call, Part, Upload
from kiosk.failures import Failure
from tests.drivers.bench.world import soon
from tests.drivers.portal.test_examination import TIMES, hindrances
from tests.drivers.portal.world import QUICK, World, failure_of, nothing

HURRIED = Patience(connect=0.2, still=1.0, request=1.0, upload=1.0)


class DeadNameServer:
    """Lets everybody wait until the test is over."""

    def __init__(self) -> None:
        self.over, self.asked = Event(), 0

    def __call__(self, *_asked: object, **_kinds: object) -> list[Any]:
        self.asked += 1
        self.over.wait(30)
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")


def asking() -> int:
    return sum(thread.name == "name server" for thread in threading.enumerate())


@pytest.fixture
def dead() -> Iterator[DeadNameServer]:
    server = DeadNameServer()
    yield server
    server.over.set()
    assert soon(lambda: not asking())


def test_every_call_ends_within_its_deadline_and_has_a_name(dead: DeadNameServer, tmp_path: Path) -> None:
    ca = write_certificates(tmp_path).ca
    transport = HttpsTransport("https://portal.invalid", ca, patience=HURRIED, resolve=dead)
    upload = Upload([Part("file", "image/jpeg", b"page")], nothing)
    for call in (Call("GET", "/health"), Call("POST", "/submissions", body=upload)):
        began = monotonic()
        assert failure_of(transport.send, call) is Failure.PORTAL_UNREACHABLE
        assert monotonic() - began < HURRIED.request
    assert not upload.begun
    assert dead.asked == 2


def test_however_often_it_is_asked_few_threads_wait(dead: DeadNameServer, tmp_path: Path) -> None:
    transport = HttpsTransport(
        "https://portal.invalid", write_certificates(tmp_path).ca, patience=HURRIED, resolve=dead
    )
    client = PortalClient(transport, Times(rest=lambda _: None))
    for _ in range(3):
        assert failure_of(client.terms) is Failure.PORTAL_UNREACHABLE
    assert dead.asked == asking() == MOST_ASKING
    dead.over.set()
    assert soon(lambda: not asking())
    assert resolved("127.0.0.1", 443, 1.0)[0]


def test_a_portal_whose_name_is_known_again_is_reached(world: World, dead: DeadNameServer) -> None:
    box = world.sandbox
    identity = ClientCertificate(box.terminal_certificate, box.terminal_key)
    known = Event()

    def resolve(*asked: Any, **kinds: Any) -> list[Any]:
        return socket.getaddrinfo(*asked, **kinds) if known.is_set() else dead()

    lame = HttpsTransport(box.url, box.ca_file, identity, HURRIED, resolve=resolve)
    assert failure_of(lame.send, Call("GET", "/health")) is Failure.PORTAL_UNREACHABLE
    known.set()
    assert lame.send(Call("GET", "/health")).status == 200
    lame.close()


def test_the_technician_is_told_where_it_hangs(world: World, dead: DeadNameServer) -> None:
    box = world.sandbox
    identity = ClientCertificate(box.terminal_certificate, box.terminal_key)
    seen = list(examine(Way("https://portal.invalid", box.ca_file, identity, HURRIED), TIMES, dead))
    assert hindrances(seen) == {Step.NAME: Hindrance.NAME_UNKNOWN}
    assert seen[-1].facts["reason"] == "no answer in time"


def test_a_dead_address_leaves_time_for_the_next() -> None:
    full = socket.socket()  # takes one call and answers no other
    full.bind(("127.0.0.1", 0))
    full.listen(0)
    waiting = [socket.socket() for _ in range(4)]
    for one in waiting:
        one.setblocking(False)
        one.connect_ex(full.getsockname())
    with socket.create_server(("127.0.0.1", 0)) as door:
        found = [
            (socket.AF_INET, socket.SOCK_STREAM, 0, "", place) for place in (full.getsockname(), door.getsockname())
        ]
        with connected(found, 1.0) as made:
            assert made.getpeername() == door.getsockname()
        with pytest.raises(TimeoutError):
            connected(found[:1], 0.2)
    for one in (*waiting, full):
        one.close()


@pytest.mark.parametrize("name", ["", "x" * 300, "a..b", "\udcff"])
def test_what_can_be_no_name_is_an_oserror(name: str) -> None:
    with pytest.raises(OSError, match=r".*"):
        connected(resolved(name, 1, QUICK.connect)[0], QUICK.connect)
