"""The way to the portal as a technician walks it: each thing that can stand in the way, named, with what to do."""

import json
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest

from drivers.portal.examination import Seen, Step, examine
from drivers.portal.hindrances import Hindrance
from drivers.portal.https import ClientCertificate, Way
from drivers.portal.line import Times, utc_now
from drivers.portal.sandbox.certificates import write_certificates
from kiosk.failures import Failure
from kiosk.service.check_portal import PortalReport
from tests.drivers.portal.test_https import answering, response
from tests.drivers.portal.world import QUICK, World

TIMES = Times(rest=lambda _: None)


def way(world: World, url: str = "", ca: Path | None = None, identity: ClientCertificate | None = None) -> Way:
    box = world.sandbox
    ours = ClientCertificate(box.terminal_certificate, box.terminal_key)
    return Way(url or box.url, ca or box.ca_file, identity or ours, QUICK)


def walked(where: Way, times: Times = TIMES) -> list[Seen]:
    return list(examine(where, times))


def hindrances(seen: list[Seen]) -> dict[Step, Hindrance]:
    return {one.step: one.hindrance for one in seen if one.hindrance is not None}


def at(days: float) -> Times:
    return Times(now=lambda: utc_now() + timedelta(days=days), rest=lambda _: None)


def test_an_open_way_is_seen_step_by_step_to_its_end(world: World) -> None:
    seen = walked(way(world), at(-0.5))
    facts = {one.step: one.facts for one in seen}
    assert [one.step for one in seen] == list(Step)
    assert facts[Step.NAME]["addresses"] == "127.0.0.1"
    assert facts[Step.TLS]["version"] == "TLSv1.3"
    assert "sandbox portal CA" in str(facts[Step.PORTAL_CERTIFICATE]["issuer"])
    assert facts[Step.TERMINAL_CERTIFICATE]["days_left"] == 90
    assert facts[Step.TERMS] == {
        "version": "見本-2026-04", "files": 5, "total_bytes": 10_000_000, "media_types": "image/jpeg",
    }  # fmt: skip


def test_the_report_says_what_to_do_and_hands_the_same_to_programs(world: World) -> None:
    world.sandbox.maintenance(on=True)
    report = PortalReport(walked(way(world)))
    assert report.failure is Failure.PORTAL_MAINTENANCE
    assert report.exit_code == 1
    assert report.lines()[-1].split() == ["result", "PORTAL_MAINTENANCE"]
    assert any("closed for maintenance" in line for line in report.lines())
    document = json.loads(json.dumps(report.document()))
    assert [step["step"] for step in document["steps"]] == [step.value for step in Step if step is not Step.TERMS]
    assert document["steps"][-1]["hindrance"] == "CLOSED"


def test_a_name_that_nobody_knows(world: World) -> None:
    def unknown(*_asked: object, **_kinds: object) -> list[object]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    seen = list(examine(way(world, "https://portal.invalid"), TIMES, unknown))
    assert hindrances(seen) == {Step.NAME: Hindrance.NAME_UNKNOWN}


def test_a_port_that_nobody_serves(world: World) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    assert hindrances(walked(way(world, f"https://127.0.0.1:{port}"))) == {Step.CONNECTION: Hindrance.REFUSED}


def test_a_portal_of_another_authority(world: World, tmp_path: Path) -> None:
    seen = walked(way(world, ca=write_certificates(tmp_path).ca))
    assert hindrances(seen) == {Step.TLS: Hindrance.STRANGER}
    assert "self-signed" in str(seen[-1].facts["reason"]) or "issuer" in str(seen[-1].facts["reason"])


@contextmanager
def saying(words: bytes) -> Iterator[str]:
    """A machine that answers a connection with these words, and hangs up."""

    def serve() -> None:
        connection = listener.accept()[0]
        with connection:
            connection.recv(4096)
            connection.sendall(words)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(10)
        thread = Thread(target=serve)
        thread.start()
        yield f"https://127.0.0.1:{listener.getsockname()[1]}"
        thread.join()


LOGIN_PAGE = b"HTTP/1.1 302 Found\r\nLocation: http://login.example.jp/\r\n\r\n"


@pytest.mark.parametrize("words", [LOGIN_PAGE, b"SSH-2.0-x\r\n", b""], ids=["http", "ssh", "nothing"])
def test_a_network_with_a_login_page(world: World, words: bytes) -> None:
    with saying(words) as url:
        assert hindrances(walked(way(world, url))) == {Step.TLS: Hindrance.NO_TLS}


def test_a_terminal_that_the_portal_does_not_know(world: World, tmp_path: Path) -> None:
    other = write_certificates(tmp_path)
    identity = ClientCertificate(other.terminal_certificate, other.terminal_key)
    found = hindrances(walked(way(world, identity=identity)))
    assert set(found) == {Step.CONTRACT}
    assert found[Step.CONTRACT] in {Hindrance.TURNED_AWAY, Hindrance.HUNG_UP}  # the last words may be lost


def test_something_else_behind_the_portals_certificate(world: World, tmp_path: Path) -> None:
    files = write_certificates(tmp_path)
    page = response("200 OK", b"<html>", "Content-Type: text/html")
    identity = ClientCertificate(files.terminal_certificate, files.terminal_key)
    with answering(files, b"", page) as url:
        assert hindrances(walked(way(world, url, files.ca, identity))) == {Step.CONTRACT: Hindrance.NO_PORTAL}


@pytest.mark.parametrize(
    ("days", "ours", "theirs"),
    [
        (-2, Hindrance.NOT_BEGUN, Hindrance.NOT_BEGUN),
        (65, Hindrance.OURS_ENDS_SOON, Hindrance.THEIRS_ENDS_SOON),
        (91, Hindrance.OURS_ENDED, Hindrance.THEIRS_ENDED),
    ],
)
def test_certificates_by_their_dates_and_a_clock_that_is_off(
    world: World, days: float, ours: Hindrance, theirs: Hindrance
) -> None:
    found = {Step.TERMINAL_CERTIFICATE: ours, Step.PORTAL_CERTIFICATE: theirs, Step.CLOCK: Hindrance.CLOCK_WRONG}
    assert hindrances(walked(way(world), at(days))) == found


def test_a_clock_that_is_a_little_off_is_worth_a_word(world: World) -> None:
    seen = walked(way(world), Times(now=lambda: utc_now() - timedelta(seconds=20), rest=lambda _: None))
    assert hindrances(seen)[Step.CLOCK] is Hindrance.CLOCK_OFF
    assert PortalReport(seen).failure is None


def test_every_hindrance_says_what_to_do_in_words_of_the_settings() -> None:
    for hindrance in Hindrance:
        assert len(hindrance.advice) > 30
        assert ssl.__name__ not in hindrance.advice.split()


@pytest.mark.parametrize("url", ["https://portal..jp", "https://localhost:99999"])
def test_what_can_be_neither_a_name_nor_a_port(world: World, url: str) -> None:
    assert hindrances(walked(way(world, url))) == {Step.NAME: Hindrance.NAME_UNKNOWN}
