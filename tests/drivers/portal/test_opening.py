"""When the portal is open, what it says of it, and what its clock says."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from drivers.portal import wire
from drivers.portal.client import PortalClient
from drivers.portal.line import Times
from drivers.portal.sandbox import Rules, Sandbox
from drivers.portal.transport import Answer, Call
from drivers.portal.wire import Refusal
from kiosk.failures import Failure
from kiosk.visit import PortalHealth
from tests.drivers.portal.world import (
    ADDRESS,
    KEY,
    NUMBERS,
    Authority,
    RightClock,
    World,
    a_submission,
    failure_of,
    nothing,
)

JSON = ("Content-Type", wire.JSON)
OPEN, SHUT = PortalHealth.OPEN, PortalHealth.MAINTENANCE
right_now = RightClock()


@pytest.fixture
def real(authority: Authority) -> Iterator[World]:
    """A portal and a terminal that both go by this machine's clock."""
    with Sandbox(Rules(NUMBERS, authority.ca_certificate, lambda: authority.revocations(right_now()))) as sandbox:
        world = World(sandbox, right_now, authority, authority.card())
        yield world
        for client in world.clients:
            client.close()


def answer_to(world: World, method: str, path: str, body: bytes = b"") -> Answer:
    transport = world.transport()
    answer = transport.send(Call(method, path, (JSON,), body))
    transport.close()
    return answer


@pytest.mark.parametrize(("minutes", "health"), [(35, OPEN), (21, OPEN), (19, SHUT), (1, SHUT), (-1, SHUT)])
def test_nobody_is_received_in_the_last_twenty_minutes(real: World, minutes: int, health: PortalHealth) -> None:
    real.sandbox.announce(right_now() + timedelta(minutes=minutes))
    assert real.client().health() is health
    refused = minutes < 0  # who is there already may finish before it
    assert (answer_to(real, "GET", "/terms").status == 503) == refused


def test_an_announced_maintenance_comes_and_goes_by_itself(real: World) -> None:
    closes, reopens = right_now() + timedelta(hours=2), right_now() + timedelta(hours=3)
    real.sandbox.announce(closes, reopens)
    for hours, shut, told in ((0, False, (closes, reopens)), (2.5, True, (None, reopens)), (3.5, False, (None, None))):
        real.sandbox.set_clock_wrong(hours * 3600)
        answer = answer_to(real, "GET", "/health")
        said = wire.decode(answer.content, wire.HealthAnswer)
        assert said is not None
        assert (said.maintenance, (said.closes, said.reopens)) == (shut, told)
        terms = answer_to(real, "GET", "/terms")
        assert terms.status == (503 if shut else 200)
        assert terms.retry_after == pytest.approx(1800 if shut else 0, abs=30)
        assert answer.retry_after == pytest.approx(terms.retry_after, abs=5)


def test_a_maintenance_without_an_end_names_none(world: World) -> None:
    world.sandbox.maintenance(on=True)
    answer = answer_to(world, "GET", "/terms")
    assert (answer.status, answer.retry_after) == (503, 0)
    assert failure_of(world.client().settle, KEY) is Failure.PORTAL_MAINTENANCE
    assert world.client().health() is SHUT
    world.sandbox.maintenance(on=False)
    assert answer_to(world, "GET", "/terms").status == 200


def test_who_is_busy_says_when_to_come_back(world: World) -> None:
    world.sandbox.refuse(Refusal.BUSY)
    answer = answer_to(world, "POST", "/settlements", b'{"key":"%b"}' % KEY.encode())
    assert (answer.status, answer.retry_after) == (429, 2)


def test_a_terminal_that_has_sent_its_mails_is_told_when_the_hour_is_over(world: World) -> None:
    client = world.client()
    version = client.terms().version
    client.register(ADDRESS, version)
    world.clock.turn(minutes=20)
    for _ in range(19):
        client.register(ADDRESS, version)
    request = wire.encode(wire.RegistrationRequest(ADDRESS, version, world.clock()))
    answer = answer_to(world, "POST", "/registrations", request)
    assert (answer.status, answer.retry_after) == (429, 40 * 60)


def test_three_mails_are_three_mails_however_long_one_waits(world: World) -> None:
    client = world.registered()
    client.send_mail_again()
    client.send_mail_again()
    transport = world.transport()
    answer = transport.send(Call("POST", "/registration/mails", ((wire.REGISTRATION_HEADER, client._handle),)))
    transport.close()
    assert (answer.status, answer.retry_after) == (429, 0)


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/health"), ("GET", "/nowhere"), ("DELETE", "/session"), ("OPTIONS", "/terms")]
)
def test_every_answer_is_dated(world: World, method: str, path: str) -> None:
    answer = answer_to(world, method, path)
    assert answer.date is not None
    assert abs(answer.date - right_now()) < timedelta(seconds=10)  # it is None where the answer may be kept


@pytest.mark.parametrize("wrong", [-7200, 900])
def test_a_wrong_clock_is_wrong_in_dates_and_deadlines_alike(real: World, wrong: int) -> None:
    client = PortalClient(real.transport(), Times())
    real.clients.append(client)
    real.sandbox.set_clock_wrong(wrong)
    assert client.health() is OPEN
    assert client.clock_skew == pytest.approx(wrong, abs=5)
    deadline = client.register(ADDRESS, client.terms().version).deadline
    assert abs(deadline - right_now() - timedelta(hours=24, seconds=wrong)) < timedelta(seconds=10)
    real.sandbox.set_clock_wrong(0)
    client.health()
    assert client.clock_skew == pytest.approx(0, abs=5)


def test_what_is_handed_in_before_the_door_closes_is_received(real: World) -> None:
    client = real.ready()
    real.sandbox.announce(right_now() + timedelta(minutes=5))
    assert client.submit(a_submission(), KEY, nothing).number
