"""Every act of the hand does what its name says, and the terminal comes through it with a named failure or none."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import pairwise

import pytest

from drivers.portal import wire
from drivers.portal.client import PortalClient
from drivers.portal.https import ClientCertificate, HttpsTransport, Patience
from drivers.portal.line import Times
from drivers.portal.sandbox import (
    AnswerLate,
    AnswerTwice,
    CutAnswer,
    CutRequest,
    Fault,
    Gateway,
    StallReading,
    StallWriting,
)
from drivers.portal.transport import CHUNK_BYTES, Call
from kiosk.failures import Failure
from kiosk.visit import PortalHealth
from tests.drivers.bench.world import soon
from tests.drivers.portal.world import ADDRESS, KEY, World, a_page, a_submission, failure_of, nothing

NEXT_KEY = "fedcba9876543210fedcba9876543210"
HASTY = Patience(connect=2.0, still=0.4, request=0.8, upload=5.0, upload_still=0.4)


@contextmanager
def hasty(world: World, like: PortalClient) -> Iterator[PortalClient]:
    """The same visit's client with hardly any patience."""
    box = world.sandbox
    identity = ClientCertificate(box.terminal_certificate, box.terminal_key)
    client = PortalClient(HttpsTransport(box.url, box.ca_file, identity, HASTY), Times(now=world.clock))
    client._handle, client._session = like._handle, like._session
    yield client
    client._session = ""
    client.close()


def seconds_of(act: object, *args: object) -> float:
    began = time.monotonic()
    assert callable(act)
    act(*args)
    return time.monotonic() - began


@pytest.mark.parametrize("fault", [StallReading(2.0), StallWriting(2.0), AnswerLate(2.0)])
def test_a_stall_takes_its_time_and_loses_nothing(world: World, fault: Fault) -> None:
    client = world.ready()
    world.sandbox.plan(fault)
    assert seconds_of(client.submit, a_submission(), KEY, nothing) > 1.9
    assert [row.key for row in world.sandbox.submissions] == [KEY]
    assert seconds_of(client.submit, a_submission(), NEXT_KEY, nothing) < 1.9  # it happened once


def test_while_the_portal_stops_reading_no_byte_leaves(world: World) -> None:
    client = world.ready()
    world.sandbox.plan(StallReading(3.0))
    moves: list[tuple[float, int]] = []
    pages = [a_page(2_000_000)] * 5
    client.submit(a_submission(*pages), KEY, lambda done, _whole: moves.append((time.monotonic(), done)))
    moves.append((time.monotonic(), 0))  # what lies between them may hold all that was left
    longest, left = max((later - earlier, done) for (earlier, done), (later, _) in pairwise(moves))
    assert longest > 2.0  # all of it but what a busy machine takes to fill what is between them
    assert left >= 5_000_000 - CHUNK_BYTES  # half was read; the chunk that stands in the line is not told yet


@pytest.mark.parametrize("fault", [StallReading(30), StallWriting(30), AnswerLate(30)])
def test_who_has_no_patience_gives_up_and_a_stop_ends_every_stall(world: World, fault: Fault) -> None:
    client = world.ready()
    world.sandbox.plan(fault)
    with hasty(world, client) as other:
        page = a_page(8_000_000)
        assert failure_of(other.submit, a_submission(page), KEY, nothing) is Failure.SUBMISSION_UNCERTAIN
    assert seconds_of(world.sandbox.stop) < 3
    assert len(world.sandbox.submissions) == (1 if isinstance(fault, StallWriting) else 0)


@pytest.mark.parametrize("after", [0, 1, 17, 100, 160, 170, 195])
def test_a_cut_answer_is_settled_as_received(world: World, after: int) -> None:
    client = world.ready()
    world.sandbox.plan(CutAnswer(after))
    assert failure_of(client.submit, a_submission(), KEY, nothing) is Failure.SUBMISSION_UNCERTAIN
    assert client.settle(KEY).received
    assert len(world.sandbox.submissions) == 1


def test_a_cut_behind_the_answer_cuts_nothing(world: World) -> None:
    client = world.ready()
    world.sandbox.plan(CutAnswer(1_000_000))
    assert client.submit(a_submission(), KEY, nothing).number
    assert client.settle(KEY).received


@pytest.mark.parametrize("status", [500, 502, 503, 504])
@pytest.mark.parametrize("after", [False, True], ids=["never heard", "done"])
def test_a_gateway_s_word_is_not_the_portal_s(world: World, status: int, after: bool) -> None:
    client = world.ready()
    world.sandbox.plan(Gateway(status, after))
    assert failure_of(client.submit, a_submission(), KEY, nothing) is Failure.SUBMISSION_UNCERTAIN
    assert client.settle(KEY).received == after
    assert len(world.sandbox.submissions) == after


def test_a_gateway_is_asked_again_where_that_is_safe(world: World) -> None:
    world.sandbox.plan(Gateway(), "/terms")
    assert world.client().terms().version
    world.sandbox.plan(Gateway(), "/registrations")
    assert failure_of(world.client().register, ADDRESS, "1") is Failure.PORTAL_UNREACHABLE
    assert world.sandbox.mailbox.mails() == ()


def test_an_answer_that_comes_twice_is_taken_once_and_for_no_other(world: World) -> None:
    client = world.ready()
    world.sandbox.plan(AnswerTwice(), "/session/numbers-check")
    world.sandbox.plan(AnswerTwice(), "/health")
    world.sandbox.plan(AnswerTwice())
    client.check_numbers("", "S0102-20260228235959-00001")
    assert client.health() is PortalHealth.OPEN
    assert client.terms().version
    first = client.submit(a_submission(), KEY, nothing)
    assert client.submit(a_submission(), KEY, nothing) == first
    assert not client.settle(NEXT_KEY).received
    assert len(world.sandbox.submissions) == 1


def test_a_submission_that_is_looked_at_too_late_is_refused(world: World) -> None:
    client = world.ready()
    world.sandbox.plan(AnswerLate(1.2))
    with hasty(world, client) as other:
        assert failure_of(other.submit, a_submission(), KEY, nothing) is Failure.SUBMISSION_UNCERTAIN
    assert not client.settle(KEY).received
    assert [(void.key, void.came_late) for void in world.sandbox.void_keys] == [(KEY, 0)]
    assert soon(lambda: world.sandbox.void_keys[0].came_late == 1)
    assert world.sandbox.submissions == ()
    assert not client.settle(KEY).received
    assert len(world.sandbox.mailbox.mails()) == 1


def test_a_submission_that_is_looked_at_before_anybody_asks_is_received(world: World) -> None:
    client = world.ready()
    world.sandbox.plan(AnswerLate(1.2))
    with hasty(world, client) as other:
        assert failure_of(other.submit, a_submission(), KEY, nothing) is Failure.SUBMISSION_UNCERTAIN
    assert soon(lambda: world.sandbox.numbers)
    assert client.settle(KEY).received


def test_what_was_forgotten_begins_anew(world: World) -> None:
    client = world.ready()
    world.sandbox.forget_registrations()
    assert failure_of(client.registration) is Failure.SESSION_EXPIRED
    world.sandbox.forget_sessions()
    assert failure_of(client.submit, a_submission(), KEY, nothing) is Failure.SESSION_EXPIRED
    assert world.ready().submit(a_submission(), KEY, nothing).number


def test_slow_is_slow_until_it_is_taken_back(world: World) -> None:
    client = world.client()
    world.sandbox.slow(0.4)
    assert seconds_of(client.terms) > 0.35
    assert seconds_of(client.terms) > 0.35
    world.sandbox.slow(30)
    with ThreadPoolExecutor(1) as thread:
        waits = thread.submit(client.terms)
        time.sleep(0.2)
        assert not waits.done()
        world.sandbox.slow(0)
        assert seconds_of(waits.result, 5) < 1


@pytest.mark.parametrize("told", [True, False], ids=["number at once", "number by mail"])
def test_a_mail_that_nobody_takes_takes_no_submission_back_and_comes_later(world: World, told: bool) -> None:
    client, box = world.ready(), world.sandbox
    box.give_number(told)
    box.refuse_mail()
    box.refuse_mail()
    submitted = client.submit(a_submission(), KEY, nothing)
    (row,) = box.submissions
    assert submitted.number == (row.number if told else None)
    assert client.submit(a_submission(), KEY, nothing) == submitted  # no answer was lost; the mail is refused once more
    assert client.settle(KEY).received
    assert row.number in box.mailbox.wait_for(2).text
    client.terms()
    assert len(box.mailbox.mails()) == 2


def test_without_the_first_mail_nobody_is_registered_and_the_sentence_says_later(world: World) -> None:
    client, box = world.client(), world.sandbox
    version = client.terms().version
    box.refuse_mail()
    assert failure_of(client.register, ADDRESS, version) is Failure.PORTAL_BUSY
    assert box.mailbox.mails() == ()
    client.register(ADDRESS, version)
    box.refuse_mail()
    assert failure_of(client.send_mail_again) is Failure.PORTAL_BUSY
    client.send_mail_again()
    client.send_mail_again()
    assert failure_of(client.send_mail_again) is Failure.MAILS_EXHAUSTED  # only what was taken counts
    assert len(box.mailbox.mails()) == 3


def test_acts_wait_in_line_each_for_its_own_path(world: World) -> None:
    client = world.ready()
    for _ in range(2):
        world.sandbox.plan(CutRequest(5_000))
    world.sandbox.plan(Gateway(504), "/settlements")
    for _ in range(2):
        assert failure_of(client.submit, a_submission(), KEY, nothing) is Failure.SUBMISSION_UNCERTAIN
    assert client.submit(a_submission(), KEY, nothing).number
    transport = world.transport()
    call = Call("POST", "/settlements", (("Content-Type", wire.JSON),), b'{"key":"%b"}' % KEY.encode())
    assert [transport.send(call).status for _ in range(2)] == [504, 200]
    transport.close()
