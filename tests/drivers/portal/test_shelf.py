"""Who has registered may come back within 24 hours, though the portal was started anew meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from drivers.portal.sandbox import Rules, Sandbox
from drivers.portal.sandbox.shelf import Registration, Shelf
from kiosk.failures import Failure
from tests.drivers.portal.world import ADDRESS, KEY, NUMBERS, Authority, Clock, World, a_submission, failure_of, nothing


@contextmanager
def started(authority: Authority, clock: Clock, store: Path | None) -> Iterator[World]:
    """The portal once more, with other certificates and ports."""
    with Sandbox(Rules(NUMBERS, authority.ca_certificate, lambda: authority.revocations(clock())), clock, store) as box:
        world = World(box, clock, authority, authority.card())
        yield world
        for client in world.clients:
            client.close()


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "portal.sqlite"


def a_code(world: World) -> str:
    world.registered()
    return world.sandbox.open_link(world.sandbox.mailbox.mails()[-1])


def test_a_code_serves_after_a_restart_and_leads_to_the_end(authority: Authority, store: Path) -> None:
    clock = Clock()
    with started(authority, clock, store) as before:
        code = a_code(before)
    clock.turn(hours=23)
    with started(authority, clock, store) as after:
        client = after.client()
        assert client.resume(code).address == ADDRESS
        assert client.registration().confirmed
        client.log_in(after.card.der, after.card.sign(client.challenge().challenge))
        assert failure_of(after.client().resume, code) is Failure.CODE_UNKNOWN  # once
    with started(authority, clock, store) as later:
        assert failure_of(later.client().resume, code) is Failure.CODE_UNKNOWN


def test_what_was_received_and_who_came_are_in_one_file(authority: Authority, store: Path) -> None:
    clock = Clock()
    with started(authority, clock, store) as before:
        client = before.ready()
        client.submit(a_submission(), KEY, nothing)
        code = a_code(before)
    assert store.stat().st_mode & 0o077 == 0
    with started(authority, clock, store) as after:
        assert [row.key for row in after.sandbox.submissions] == [KEY]
        assert after.client().settle(KEY).received
        assert after.client().resume(code).address == ADDRESS


def test_mails_count_over_a_restart_and_a_new_address_is_the_one_that_counts(authority: Authority, store: Path) -> None:
    clock = Clock()
    with started(authority, clock, store) as before:
        client = before.registered()
        client.send_mail_again()
        client.correct_address("hikaru@example.jp")
        code = before.sandbox.open_link(before.sandbox.mailbox.mails()[-1])
    with started(authority, clock, store) as after:
        back = after.client()
        assert back.resume(code).address == "hikaru@example.jp"
        assert failure_of(back.send_mail_again) is Failure.MAILS_EXHAUSTED


def test_what_is_dead_is_not_kept(authority: Authority, store: Path) -> None:
    clock = Clock()
    with started(authority, clock, store) as before:
        code = a_code(before)
    clock.turn(hours=24)
    with started(authority, clock, store) as after:
        assert failure_of(after.client().resume, code) is Failure.CODE_UNKNOWN
    assert Shelf(store).alive(datetime.min.replace(tzinfo=clock().tzinfo)) == []
    assert ADDRESS.encode() not in store.read_bytes()


def test_what_was_forgotten_stays_forgotten(authority: Authority, store: Path) -> None:
    clock = Clock()
    with started(authority, clock, store) as before:
        code = a_code(before)
        before.sandbox.forget_registrations()
    with started(authority, clock, store) as after:
        assert failure_of(after.client().resume, code) is Failure.CODE_UNKNOWN


def test_without_a_file_nothing_outlives_it(authority: Authority) -> None:
    clock = Clock()
    with started(authority, clock, None) as before:
        code = a_code(before)
    with started(authority, clock, None) as after:
        assert failure_of(after.client().resume, code) is Failure.CODE_UNKNOWN


def test_a_registration_comes_back_as_it_was(store: Path) -> None:
    clock = Clock()
    one = Registration("terminal", "handle", ADDRESS, "token", clock(), confirmed=True, code="ABCD2345", mails=2)
    clock.turn(seconds=-1)
    Shelf(store).keep(one)
    assert Shelf(store).alive(clock()) == [one]
