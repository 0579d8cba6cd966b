"""What is asked again and what is not, how long it may take, what the portal's date says about our clock."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from threading import Event, Thread
from time import monotonic

import pytest

from drivers.portal import wire
from drivers.portal.client import PortalClient
from drivers.portal.line import LONGEST_PEACE, PAUSES, Times
from drivers.portal.transport import Answer, Call
from drivers.portal.wire import Refusal
from kiosk.failures import DriverError, Failure
from kiosk.visit import PortalHealth
from tests.drivers.portal.test_client import CHALLENGE, REGISTERED, SESSION, Script, refused
from tests.drivers.portal.world import (
    ADDRESS,
    ATTRIBUTES,
    CONTRACT,
    KEY,
    RECEIPT,
    World,
    a_submission,
    failure_of,
    nothing,
)

NOON = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
DONE = Answer(204, "", b"")
SETTLED = Answer(200, wire.JSON, b'{"received":true}')
BROKEN = (Failure.PORTAL_UNREACHABLE, Failure.PORTAL_SLOW, Answer(502, "text/html", b""), refused(Refusal.BUSY, 429))
FINAL = (Failure.PORTAL_UNTRUSTED, Failure.PORTAL_MALFORMED, refused(Refusal.MAINTENANCE, 503), Answer(404, "", b""))


@dataclass
class Hours:
    """Time that passes by resting only, and by so many seconds with each call."""

    now: float = 0.0
    rests: list[float] = field(default_factory=list)

    def rest(self, seconds: float) -> None:
        self.rests.append(seconds)
        self.now += seconds

    def times(self, luck: float = 0.5) -> Times:
        return Times(lambda: NOON + timedelta(seconds=self.now), lambda: self.now, self.rest, lambda: luck, 30.0)


def client(*answers: Answer | Failure, hours: Hours | None = None) -> tuple[PortalClient, Script]:
    script = Script([REGISTERED, SESSION, *answers])
    made = PortalClient(script, (hours or Hours()).times())
    made.register(ADDRESS, "1")
    made.log_in(b"certificate", b"signature")
    script.calls.clear()
    return made, script


HARMLESS: dict[str, tuple[Callable[[PortalClient], object], Answer]] = {
    "settle": (lambda portal: portal.settle(KEY), SETTLED),
    "challenge": (lambda portal: portal.challenge(), CHALLENGE),
    "attributes": (lambda portal: portal.send_attributes(ATTRIBUTES), DONE),
    "numbers": (lambda portal: portal.check_numbers(CONTRACT, RECEIPT), DONE),
}
SPENDING: dict[str, Callable[[PortalClient], object]] = {
    "register": lambda portal: portal.register(ADDRESS, "1"),
    "send again": lambda portal: portal.send_mail_again(),
    "correct": lambda portal: portal.correct_address(ADDRESS),
    "resume": lambda portal: portal.resume("ABCD2345"),
    "log in": lambda portal: portal.log_in(b"", b""),
    "submit": lambda portal: portal.submit(a_submission(), KEY, nothing),
}


@pytest.mark.parametrize("what", HARMLESS)
@pytest.mark.parametrize("trouble", BROKEN)
def test_what_has_no_second_effect_is_asked_again(what: str, trouble: Answer | Failure) -> None:
    ask, answer = HARMLESS[what]
    hours = Hours()
    portal, script = client(trouble, trouble, answer, hours=hours)
    ask(portal)
    assert len(script.calls) == 3
    assert hours.rests == list(PAUSES)


@pytest.mark.parametrize("what", HARMLESS)
@pytest.mark.parametrize("trouble", FINAL)
def test_what_another_asking_cannot_mend_is_asked_once(what: str, trouble: Answer | Failure) -> None:
    portal, script = client(trouble)
    with pytest.raises(DriverError):
        HARMLESS[what][0](portal)
    assert len(script.calls) == 1


@pytest.mark.parametrize("what", SPENDING)
@pytest.mark.parametrize("trouble", BROKEN)
def test_what_spends_something_is_never_repeated(what: str, trouble: Answer | Failure) -> None:
    portal, script = client(trouble)
    with pytest.raises(DriverError):
        SPENDING[what](portal)
    assert len(script.calls) == 1


def test_the_third_failure_is_told() -> None:
    portal, script = client(Failure.PORTAL_SLOW, Failure.PORTAL_SLOW, Failure.PORTAL_UNREACHABLE)
    assert failure_of(portal.settle, KEY) is Failure.PORTAL_UNREACHABLE
    assert len(script.calls) == 3


@pytest.mark.parametrize(("luck", "least"), [(0.0, 0.5), (1.0, 1.5)])
def test_pauses_hold_some_chance(luck: float, least: float) -> None:
    hours = Hours()
    script = Script([Failure.PORTAL_UNREACHABLE])
    assert PortalClient(script, hours.times(luck)).health() is PortalHealth.UNREACHABLE
    assert hours.rests == [pause * least for pause in PAUSES]


def test_a_portal_that_says_when_is_asked_then_or_not_at_all() -> None:
    for wanted, calls in ((7.0, 2), (40.0, 1)):
        hours = Hours()
        busy = Answer(429, wire.PROBLEM_JSON, wire.encode(wire.Problem(Refusal.BUSY.uri)), retry_after=wanted)
        portal, script = client(busy, SETTLED, hours=hours)
        if calls == 2:
            assert portal.settle(KEY).received
            assert hours.rests == [7.0]
        else:
            assert failure_of(portal.settle, KEY) is Failure.PORTAL_BUSY
        assert len(script.calls) == calls


CLOSED = Answer(503, wire.PROBLEM_JSON, wire.encode(wire.Problem(Refusal.MAINTENANCE.uri)), retry_after=120)
SHUT = Answer(200, wire.JSON, b'{"contract":"1","maintenance":true}', retry_after=120)
POLLS: dict[str, tuple[Callable[[PortalClient], object], Answer]] = {
    "health": (lambda portal: portal.health(), CLOSED),
    "health that answers": (lambda portal: portal.health(), SHUT),
    "settle": (lambda portal: portal.settle(KEY), CLOSED),
    "registration": (lambda portal: portal.registration(0), CLOSED),
}


@pytest.mark.parametrize("what", POLLS)
@pytest.mark.parametrize(("said", "meant"), [(0, 0), (120, 120), (3600, LONGEST_PEACE)])
def test_a_closed_portal_is_let_in_peace_as_long_as_it_says(what: str, said: float, meant: float) -> None:
    poll, answer = POLLS[what]
    hours = Hours()
    portal, script = client(replace(answer, retry_after=said), hours=hours)

    def asked() -> int:
        before = len(script.calls)
        if what.startswith("health"):  # what is told is the same, asked or not
            assert poll(portal) is PortalHealth.MAINTENANCE
        else:
            assert failure_of(poll, portal) is Failure.PORTAL_MAINTENANCE
        return len(script.calls) - before

    assert asked() == 1
    for _ in range(5):
        hours.now += meant / 6
        assert asked() == (meant == 0)
    hours.now += meant / 6 + 1
    assert asked() == 1


def test_a_person_is_not_put_off_and_a_portal_that_answers_again_is_open() -> None:
    hours = Hours()
    portal, script = client(CLOSED, CLOSED, DONE, SETTLED, hours=hours)
    assert failure_of(portal.settle, KEY) is Failure.PORTAL_MAINTENANCE
    assert failure_of(portal.check_numbers, CONTRACT, RECEIPT) is Failure.PORTAL_MAINTENANCE
    portal.check_numbers(CONTRACT, RECEIPT)
    assert portal.settle(KEY).received
    assert len(script.calls) == 4


def test_who_is_only_busy_or_before_the_portal_closes_nothing() -> None:
    for answer in (refused(Refusal.BUSY, 429), Answer(503, "text/html", b"")):
        portal, script = client(replace(answer, retry_after=20.0), hours=Hours())
        for _ in range(2):
            with pytest.raises(DriverError):
                portal.registration(0)
        assert len(script.calls) == 2


def test_all_askings_together_take_no_longer_than_one_may() -> None:
    hours = Hours()

    class Slow(Script):
        def send(self, call: Call) -> Answer:
            assert 0 < call.seconds <= 30.0 - hours.now
            hours.now += min(20.0, call.seconds)
            return super().send(call)

    portal = PortalClient(Slow([Failure.PORTAL_SLOW]), hours.times())
    assert failure_of(portal.settle, KEY) is Failure.PORTAL_SLOW
    assert hours.now <= 30.0


def test_a_session_is_kept_alive_while_nothing_is_asked() -> None:
    hours = Hours()
    portal, script = client(DONE, hours=hours)
    assert portal.keep_alive() == 200  # a third of 600 s
    hours.now += 150
    assert portal.keep_alive() == 50
    portal.check_numbers(CONTRACT, RECEIPT)
    hours.now += 150
    assert portal.keep_alive() == 50
    assert [call.path for call in script.calls] == ["/session/numbers-check"]
    hours.now += 50
    assert portal.keep_alive() == 200
    assert script.calls[-1].path == "/session/keep-alive"
    assert portal.keep_alive() == 200


def test_keeping_alive_never_raises_and_needs_a_session() -> None:
    hours = Hours()
    portal, script = client(Failure.PORTAL_UNREACHABLE, hours=hours)
    hours.now += 1000
    assert portal.keep_alive() == 200
    assert len(script.calls) == 1
    assert PortalClient(Script([DONE]), hours.times()).keep_alive() is None


@pytest.mark.parametrize("seconds", [-3600, 0, 42])
def test_a_dated_answer_tells_how_far_off_our_clock_is(seconds: float) -> None:
    healthy = b'{"contract":"1","maintenance":false}'
    portal = PortalClient(Script([Answer(200, wire.JSON, healthy, NOON + timedelta(seconds=seconds))]), Hours().times())
    assert portal.clock_skew is None
    portal.health()
    assert portal.clock_skew == seconds + 0.5


@pytest.mark.parametrize(("minutes", "found"), [(19, PortalHealth.MAINTENANCE), (21, PortalHealth.OPEN)])
def test_nobody_is_received_shortly_before_the_portal_closes_by_its_own_clock(
    minutes: int, found: PortalHealth
) -> None:
    there = NOON + timedelta(hours=5)  # our clock is five hours slow
    health = wire.HealthAnswer(wire.CONTRACT, maintenance=False, closes=there + timedelta(minutes=minutes))
    portal = PortalClient(Script([Answer(200, wire.JSON, wire.encode(health), there)]), Hours().times())
    assert portal.health() is found


@contextmanager
def waiting(portal: PortalClient, seconds: int) -> Iterator[list[object]]:
    """The mail's worker, which has just asked; what it has heard at the end."""
    heard: list[object] = []
    asking = Event()

    def ask() -> None:
        asking.set()
        try:
            heard.append(portal.registration(seconds).confirmed)
        except DriverError as error:
            heard.append(error.failure)

    thread = Thread(target=ask)
    thread.start()
    assert asking.wait(5)
    yield heard
    thread.join()


def test_the_mail_can_be_sent_again_while_news_of_it_is_waited_for(world: World) -> None:
    portal = world.registered()
    with waiting(portal, 10) as heard:
        portal.send_mail_again()
        world.sandbox.open_link(world.sandbox.mailbox.mails()[-1])
    assert heard == [True]


def test_a_visit_that_ends_hangs_up_on_the_news(world: World) -> None:
    portal = world.registered()
    begun = monotonic()
    with waiting(portal, 10) as heard:
        portal.hang_up()
    assert heard == [Failure.PORTAL_UNREACHABLE]
    assert monotonic() - begun < 8
