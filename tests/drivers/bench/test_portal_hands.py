"""What a hand does to the portal, in the words of the bench, and what the portal then does."""

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from importlib import resources
from pathlib import Path

import pytest
from cryptography import x509

from drivers.bench.bench import Bench
from drivers.bench.hands import VERBS, obey
from drivers.bench.portal_hands import PORTAL_VERBS, REFUSALS
from drivers.portal import wire
from drivers.portal.https import ClientCertificate, HttpsTransport, Patience
from drivers.portal.transport import Answer, Call
from kiosk.failures import DriverError, Failure
from tests.drivers.bench.world import end
from tests.house.tree import ROOT

JSON = ("Content-Type", wire.JSON)
KEY = b'{"key":"0123456789abcdef"}'


@pytest.fixture
def bench() -> Iterator[Bench]:
    with Bench() as bench:
        yield bench


def settle(bench: Bench) -> Answer | Failure:
    return ask(bench, Call("POST", "/settlements", (JSON,), KEY))


def ask(bench: Bench, call: Call, still: float = 5.0) -> Answer | Failure:
    box = bench.portal
    identity = ClientCertificate(box.terminal_certificate, box.terminal_key)
    transport = HttpsTransport(box.url, box.ca_file, identity, Patience(still=still))
    try:
        return transport.send(call)
    except DriverError as error:
        return error.failure
    finally:
        transport.close()


def status(answer: Answer | Failure) -> int:
    assert isinstance(answer, Answer)
    return answer.status


@pytest.mark.parametrize(
    ("said", "comes"),
    [
        ("cut-request 3 /settlements", Failure.PORTAL_UNREACHABLE),
        ("cut-answer 0 /settlements", Failure.PORTAL_UNREACHABLE),
        ("stall 30 reading /settlements", Failure.PORTAL_SLOW),
        ("stall 30 writing /settlements", Failure.PORTAL_SLOW),
        ("answer-late 30 /Settlements", Failure.PORTAL_SLOW),
        ("gateway 503 before /settlements", 503),
        ("gateway 500 after /settlements", 500),
        ("answer-twice /settlements", 200),
        ("refuse busy", 429),
        ("refuse-early 3 0 busy /settlements", 429),
    ],
)
def test_it_happens_once_to_the_request_that_was_named(bench: Bench, said: str, comes: int | Failure) -> None:
    assert obey(bench, said) == "ok"
    answer = ask(bench, Call("POST", "/settlements", (JSON,), KEY), still=0.4)
    assert (answer if isinstance(answer, Failure) else answer.status) == comes
    assert status(settle(bench)) == 200


def test_maintenance_begins_now_or_at_its_hour(bench: Bench) -> None:
    assert obey(bench, "maintenance on") == "ok"
    assert status(settle(bench)) == 503
    assert obey(bench, "maintenance off") == "ok"
    assert status(settle(bench)) == 200
    assert obey(bench, "maintenance 30 60") == "ok"
    answer = ask(bench, Call("GET", "/health"))
    assert isinstance(answer, Answer)
    said = wire.decode(answer.content, wire.HealthAnswer)
    assert said is not None
    assert said.closes is not None
    assert said.reopens is not None
    assert not said.maintenance
    assert timedelta(minutes=29) < said.closes - bench.portal.clock() <= timedelta(minutes=30)
    assert said.reopens - said.closes == timedelta(hours=1)
    assert obey(bench, "maintenance 0") == "ok"
    assert status(settle(bench)) == 503


def test_who_comes_is_told_how_many_bytes_the_portal_takes(bench: Bench) -> None:
    assert obey(bench, "take-bytes 900000") == "ok"
    answer = ask(bench, Call("GET", "/terms"))
    assert isinstance(answer, Answer)
    said = wire.decode(answer.content, wire.TermsAnswer)
    assert said is not None
    assert said.limits.total_bytes == 900_000


def test_the_portal_s_clock_is_set_wrong_and_right(bench: Bench) -> None:
    for said, ahead in (("portal-clock 900", 900), ("portal-clock -60", -60), ("portal-clock 0", 0)):
        assert obey(bench, said) == "ok"
        answer = settle(bench)
        assert isinstance(answer, Answer)
        assert answer.date is not None
        right = bench.portal.clock() - timedelta(seconds=ahead)
        assert (answer.date - right).total_seconds() == pytest.approx(ahead, abs=3)


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("cut-request many", "how many bytes is a number from 0 to"),
        ("cut-answer 5 /nowhere", "there is no path"),
        ("stall 5", "say `stall SECONDS reading|writing [PATH]`"),
        ("stall 5 sideways", "there is no stall"),
        ("gateway 404 before", "there is no status"),
        ("refuse me", "there is no refusal"),
        ("refuse maintenance", "there is no refusal"),
        ("forget everything", "there is no memory"),
        ("maintenance soon", 'say "on" or "off"'),
        ("maintenance on 5", "say after how many minutes it closes"),
        ("take-bytes 5", "how many bytes all files may have is a number from 100000 to"),
        ("portal-clock noon", "how many seconds ahead is a number"),
    ],
)
def test_who_says_it_wrong_is_told_how(said: str, answered: str) -> None:
    answer = obey(Bench(), said)
    assert answer.startswith("error ")
    assert answered in answer


def test_every_word_about_the_portal_is_a_word_of_the_hands() -> None:
    assert all(VERBS[verb.usage.split()[0]] is verb for verb in PORTAL_VERBS)
    assert "submission-refused" in REFUSALS


def test_what_can_be_chosen_on_the_page_can_be_done(bench: Bench) -> None:
    page = resources.files("drivers.bench").joinpath("page.html").read_text("utf-8")
    choices = re.findall(r'<option value="([a-z][^"]*)">', page)
    assert len(choices) > 12
    assert [obey(bench, choice) for choice in choices] == ["ok"] * len(choices)


def test_what_the_portal_receives_is_kept_where_one_wishes(tmp_path: Path) -> None:
    file = tmp_path / "ledger"
    command = [sys.executable, "-m", "drivers.bench", "--socket", str(tmp_path / "bench"), "--store", str(file)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        assert end(process) == 0
    for _ in range(2):
        with Bench(store=file) as bench:
            assert status(settle(bench)) == 200
            assert [void.key for void in bench.portal.void_keys] == ["0123456789abcdef"]


def test_a_forgotten_registration_is_unknown(bench: Bench) -> None:
    request = wire.RegistrationRequest("taro@example.jp", "見本-2026-04", bench.portal.clock())
    answer = ask(bench, Call("POST", "/registrations", (JSON,), wire.encode(request)))
    assert isinstance(answer, Answer)
    registered = wire.decode(answer.content, wire.RegistrationAnswer)
    assert registered is not None
    state = Call("GET", "/registration", ((wire.REGISTRATION_HEADER, registered.handle),))
    assert status(ask(bench, state)) == 200
    assert obey(bench, "forget registrations") == "ok"
    assert status(ask(bench, state)) == 404
    assert obey(bench, "forget sessions") == "ok"


def test_a_card_that_was_reported_as_lost_is_revoked_and_the_visitor_s_other_is_not() -> None:
    bench = Bench()
    for said, revoked in (("lay-card 2", []), ("lay-card 2 revoked", [51_002]), ("lay-card 2", [51_002])):
        assert obey(bench, said) == "ok"
        published = x509.load_der_x509_crl(bench.authority.revocations(bench.portal.clock()))
        assert [one.serial_number for one in published] == revoked
