"""The terminal waits for the button of the link's page: the news comes at once, and nobody waits longer than agreed."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta

import pytest

from drivers.portal import wire
from drivers.portal.client import PortalClient
from drivers.portal.sandbox import Rules, Sandbox
from drivers.portal.transport import Call
from kiosk.failures import Failure
from tests.drivers.portal.world import ATTRIBUTES, NUMBERS, Authority, RightClock, World, failure_of

HANDLE = "Portal-Registration"


def waiting(client: PortalClient, seconds: int = 30) -> tuple[ThreadPoolExecutor, "Future[bool]"]:
    """Somebody who waits on a thread of their own, and surely does by now."""
    thread = ThreadPoolExecutor(1)
    news = thread.submit(lambda: client.registration(seconds).confirmed)
    time.sleep(0.3)
    assert not news.done()
    return thread, news


def seconds_until(act: Callable[[], object], news: "Future[bool]") -> float:
    began = time.monotonic()
    act()
    news.exception(10)
    return time.monotonic() - began


def test_the_button_is_heard_at_once(world: World) -> None:
    client = world.registered()
    mail = world.sandbox.mailbox.wait_for(1)
    thread, news = waiting(client)
    with thread:
        late = seconds_until(lambda: world.sandbox.open_link(mail), news)
    assert news.result()
    assert late < 1, f"{late:.2f} s"
    began = time.monotonic()
    assert client.registration(30).confirmed  # nobody waits for what is known
    assert time.monotonic() - began < 1


def test_opening_the_page_is_no_news_and_the_wait_ends(world: World) -> None:
    client = world.registered()
    began = time.monotonic()
    assert not client.registration(1).confirmed
    assert 0.9 < time.monotonic() - began < 3
    began = time.monotonic()
    assert not client.registration().confirmed
    assert time.monotonic() - began < 0.9


def test_others_are_served_while_somebody_waits(world: World) -> None:
    client = world.registered()
    thread, news = waiting(client)
    with thread:
        other = world.registered()
        other.send_mail_again()
        assert not news.done()
        world.sandbox.open_link(world.sandbox.mailbox.wait_for(1))
        assert news.result(5)


def test_who_waits_is_told_that_nobody_serves_any_more(world: World) -> None:
    thread, news = waiting(world.registered())
    with thread:
        assert seconds_until(world.sandbox.stop, news) < 2
        assert news.exception() is not None


def test_a_line_that_breaks_meanwhile_loses_no_news(world: World) -> None:
    client = world.registered()
    thread, news = waiting(client)
    with thread:
        seconds_until(world.sandbox.go_down, news)
        world.sandbox.open_link(world.sandbox.mailbox.wait_for(1))
        world.sandbox.come_up()
        assert client.registration(30).confirmed


def test_a_registration_that_dies_is_told_at_once(authority: Authority) -> None:
    with Sandbox(Rules(NUMBERS, authority.ca_certificate, lambda: b"")) as sandbox:
        world = World(sandbox, RightClock(), authority, authority.card())
        client = world.registered()
        sandbox.set_clock_wrong(timedelta(hours=24).total_seconds() - 1.5)
        thread, news = waiting(client)
        with thread:
            assert seconds_until(lambda: None, news) < 3
            assert "LINK_EXPIRED" in str(news.exception())
        sandbox.set_clock_wrong(0)
        thread, news = waiting(client)
        with thread:
            assert seconds_until(sandbox.forget_registrations, news) < 1
            assert "SESSION_EXPIRED" in str(news.exception())
        for one in world.clients:
            one.close()


def test_another_address_is_waited_for_by_whoever_waits(world: World) -> None:
    client = world.registered()
    thread, news = waiting(client)
    with thread:
        client.correct_address("hikaru@example.jp")
        assert not news.done()
        world.sandbox.open_link(world.sandbox.mailbox.wait_for(2))
        assert news.result(5)


@pytest.mark.parametrize(
    "path",
    [
        "/registration?wait=31",
        "/registration?wait=-1",
        "/registration?wait=1.5",
        "/registration?wait=",
        "/registration?wait=1&wait=2",
        "/registration?until=5",
        "/terms?wait=1",
        "/health?wait=1",
    ],
)
def test_a_wait_out_of_bounds_is_refused_and_so_is_one_elsewhere(world: World, path: str) -> None:
    client = world.registered()
    transport = world.transport()
    began = time.monotonic()
    answer = transport.send(Call("GET", path, ((HANDLE, client._handle),)))
    transport.close()
    problem = wire.decode(answer.content, wire.Problem)
    assert (answer.status, problem and problem.refusal) == (400, wire.Refusal.REQUEST_INVALID)
    assert time.monotonic() - began < 2


def test_a_session_is_kept_alive_and_ends_all_the_same_one_day(world: World) -> None:
    client = world.logged_in()
    named = ((wire.SESSION_HEADER, client._session),)
    transport = world.transport()
    for _ in range(4):
        world.clock.turn(minutes=29)
        assert transport.send(Call("POST", "/session/keep-alive", named)).status == 204
    client.send_attributes(ATTRIBUTES)
    world.clock.turn(minutes=4)
    assert transport.send(Call("POST", "/session/keep-alive", named)).status == 401
    transport.close()
    assert failure_of(client.send_attributes, ATTRIBUTES) is Failure.SESSION_EXPIRED
