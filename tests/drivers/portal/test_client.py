"""The client above a scripted transport: whatever comes back, there is a name for it."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from drivers.portal import wire
from drivers.portal.answers import FAILURES
from drivers.portal.client import PortalClient
from drivers.portal.line import Times
from drivers.portal.transport import Answer, Call, Part, Upload
from drivers.portal.wire import Refusal
from kiosk.failures import DriverError, Failure
from kiosk.ports import Portal
from kiosk.visit import PortalHealth
from tests.drivers.portal.world import ADDRESS, ATTRIBUTES, CONTRACT, KEY, RECEIPT, a_submission, failure_of, nothing

REGISTERED = Answer(201, wire.JSON, b'{"handle":"0123456789abcdef","deadline":"2026-11-23T10:00:00+09:00"}')
CHALLENGE = Answer(201, wire.JSON, b'{"challenge":"AAAAAAAAAAAAAAAAAAAAAA=="}')
SESSION = Answer(201, wire.JSON, b'{"session":"0123456789abcdef","idle_seconds":600}')


@dataclass
class Script:
    """Answers in order; a failure in the list is raised. Before that it takes so many pieces of the body."""

    answers: list[Answer | Failure]
    calls: list[Call] = field(default_factory=list)
    takes: int = 1_000_000
    identity_ends: datetime | None = None

    def send(self, call: Call) -> Answer:
        """The last answer stays."""
        self.calls.append(call)
        if isinstance(call.body, Upload):
            for _, _piece in zip(range(self.takes), call.body, strict=False):
                pass
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Failure):
            raise DriverError(answer)
        return answer

    def hang_up(self) -> None:
        pass

    def close(self) -> None:
        pass


AT_ONCE = Times(rest=lambda _: None)


def client_with_session(*answers: Answer | Failure, takes: int = 1_000_000) -> tuple[PortalClient, Script]:
    script = Script([REGISTERED, SESSION, *answers], takes=takes)
    client = PortalClient(script, AT_ONCE)
    client.register(ADDRESS, "1")
    client.log_in(b"certificate", b"signature")
    return client, script


def refused(refusal: Refusal, status: int = 400) -> Answer:
    return Answer(status, wire.PROBLEM_JSON, wire.encode(wire.Problem(refusal.uri)))


def test_nothing_that_travels_shows_what_it_holds() -> None:
    travelling = [kind for kind in vars(wire).values() if isinstance(kind, type) and issubclass(kind, Struct)]
    assert all(issubclass(kind, wire.Quiet) for kind in travelling if kind is not Struct)
    assert repr(wire.AddressRequest(ADDRESS)) == "AddressRequest(...)"


def test_what_was_not_received_has_no_number() -> None:
    for received, number in ((b"true", "0101"), (b"false", None)):
        answer = Answer(200, wire.JSON, b'{"received":%b,"number":"0101"}' % received)
        settled = PortalClient(Script([answer]), AT_ONCE).settle(KEY)
        assert (settled.received, settled.number) == (received == b"true", number)


def test_it_is_the_portal_that_the_terminal_needs() -> None:
    portal: Portal = PortalClient(Script([]), AT_ONCE)
    portal.close()


@pytest.mark.parametrize("refusal", Refusal)
def test_every_refusal_has_its_failure(refusal: Refusal) -> None:
    assert failure_of(PortalClient(Script([refused(refusal)]), AT_ONCE).terms) is FAILURES[refusal]


def test_a_problem_beyond_the_contract() -> None:
    strange = Answer(409, wire.PROBLEM_JSON, b'{"type":"about:blank"}')
    assert failure_of(PortalClient(Script([strange]), AT_ONCE).terms) is Failure.PORTAL_MALFORMED
    broken = Answer(500, wire.PROBLEM_JSON, b'{"type":"about:blank"}')
    assert failure_of(PortalClient(Script([broken]), AT_ONCE).terms) is Failure.PORTAL_UNREACHABLE


@pytest.mark.parametrize("status", [200, 201, 202, 204, 302, 400, 413, 500, 502])
@pytest.mark.parametrize("content", [b"", b"<html>", b'{"number":5}', b'[{"type":"about:blank"}]'])
@pytest.mark.parametrize("media_type", ["", "text/html", wire.JSON, wire.PROBLEM_JSON])
def test_after_the_first_byte_only_the_contracts_words_count(status: int, content: bytes, media_type: str) -> None:
    client, _ = client_with_session(Answer(status, media_type, content))
    assert failure_of(client.submit, a_submission(), KEY, nothing) is Failure.SUBMISSION_UNCERTAIN


@pytest.mark.parametrize("raised", [Failure.PORTAL_UNREACHABLE, Failure.PORTAL_SLOW, Failure.PORTAL_MALFORMED])
def test_what_a_broken_line_means_depends_on_the_first_byte(raised: Failure) -> None:
    client, _ = client_with_session(raised, takes=0)
    assert failure_of(client.submit, a_submission(), KEY, nothing) is Failure.PORTAL_UNREACHABLE
    client, _ = client_with_session(raised)
    assert failure_of(client.submit, a_submission(), KEY, nothing) is Failure.SUBMISSION_UNCERTAIN


def test_settling_raises_what_it_does_not_know() -> None:
    for failure in (Failure.PORTAL_UNREACHABLE, Failure.PORTAL_SLOW):
        assert failure_of(PortalClient(Script([failure]), AT_ONCE).settle, KEY) is failure


def test_a_challenge_must_be_random_bytes() -> None:
    for text in (b"!" * 24, b"A" * 25):
        bad = Answer(201, wire.JSON, b'{"challenge":"' + text + b'"}')
        client = PortalClient(Script([REGISTERED, bad]), AT_ONCE)
        client.register(ADDRESS, "1")
        assert failure_of(client.challenge) is Failure.PORTAL_MALFORMED


def test_a_pattern_must_be_one() -> None:
    fields = b'{"session":"0123456789abcdef","idle_seconds":600,"fields":[{"name":"a","label":"A","pattern":"("}]}'
    client = PortalClient(Script([REGISTERED, Answer(201, wire.JSON, fields)]), AT_ONCE)
    client.register(ADDRESS, "1")
    assert failure_of(client.log_in, b"", b"") is Failure.PORTAL_MALFORMED


def test_a_portal_may_ask_for_more() -> None:
    fields = b'[{"name":"phone","label":"\xe9\x9b\xbb\xe8\xa9\xb1","pattern":"[0-9]+","required":true,"longest":11}]'
    content = b'{"session":"0123456789abcdef","idle_seconds":600,"fields":' + fields + b"}"
    client = PortalClient(Script([REGISTERED, Answer(201, wire.JSON, content)]), AT_ONCE)
    client.register(ADDRESS, "1")
    (asked,) = client.log_in(b"", b"").fields
    assert (asked.name, asked.label, asked.pattern, asked.required, asked.longest) == (
        "phone",
        "電話",
        "[0-9]+",
        True,
        11,
    )


def test_a_terminal_whose_certificate_has_ended_does_not_even_ask() -> None:
    healthy = Answer(200, wire.JSON, b'{"contract":"1","maintenance":false}')
    for days, found, calls in ((1, PortalHealth.OPEN, 1), (-1, PortalHealth.UNTRUSTED, 0)):
        script = Script([healthy], identity_ends=datetime.now(UTC) + timedelta(days=days))
        assert PortalClient(script, AT_ONCE).health() is found
        assert len(script.calls) == calls


def test_a_portal_that_takes_no_pictures_is_not_for_this_terminal() -> None:
    terms = b'{"version":"1","documents":[{"title":"a","body":"b"}],"limits":{"media_types":["application/pdf"]}}'
    assert failure_of(PortalClient(Script([Answer(200, wire.JSON, terms)]), AT_ONCE).terms) is Failure.PORTAL_MALFORMED


def test_closing_never_raises_and_forgets() -> None:
    client, script = client_with_session(Failure.PORTAL_UNREACHABLE)
    client.close()
    assert (script.calls[-1].method, script.calls[-1].path) == ("DELETE", "/session")
    assert failure_of(client.registration) is Failure.SESSION_EXPIRED
    client.close()
    assert len(script.calls) == 3


def test_nothing_personal_stands_in_a_path_or_a_repr() -> None:
    done = Answer(204, "", b"")
    client, script = client_with_session(done, done, Answer(201, wire.JSON, b"{}"))
    client.send_attributes(ATTRIBUTES)
    client.check_numbers(CONTRACT, RECEIPT)
    client.submit(a_submission(), KEY, nothing)
    told = repr(script.calls) + repr(client)
    for secret in (ADDRESS, CONTRACT, RECEIPT, ATTRIBUTES.name, ATTRIBUTES.address, "0123456789abcdef"):
        assert secret not in told


@given(
    st.integers(100, 599),
    st.sampled_from(["", "text/html", wire.JSON, wire.PROBLEM_JSON]),
    st.binary(max_size=40)
    | st.sampled_from([b"{}", b"null", b'{"type":"urn:kyosai-terminal:problem:busy"}', b'{"number":"1"}']),
)
def test_no_answer_ends_in_anything_unnamed(status: int, media_type: str, content: bytes) -> None:
    answer = Answer(status, media_type, content)
    client, _ = client_with_session(answer, answer, answer, answer)
    assert client.health() in PortalHealth
    for act, args in ((client.terms, ()), (client.settle, (KEY,)), (client.submit, (a_submission(), KEY, nothing))):
        with suppress(DriverError):
            act(*args)


@given(st.lists(st.binary(max_size=50_000), max_size=4))
def test_an_upload_is_as_long_as_it_says_and_counts_every_byte(contents: list[bytes]) -> None:
    moves: list[tuple[int, int]] = []
    upload = Upload([Part("file", "image/jpeg", one, "p") for one in contents], lambda *move: moves.append(move))
    body = b"".join(upload)
    assert upload.begun
    assert len(body) == len(upload)
    assert moves[0] == (0, len(body))
    assert moves[-1] == (len(body), len(body))
    assert moves == sorted(moves)
