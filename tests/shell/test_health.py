"""The background look, while nobody is served."""

import queue
from collections.abc import Iterator
from datetime import timedelta

import pytest

from kiosk.events import CameraLost, HealthTold, ReaderBack, ReaderLost
from kiosk.shell.health import Checks, HealthWatch
from kiosk.visit import Health, PortalHealth
from tests.shell.fakes import NOON, HandPortal, journal


class Ward:
    def __init__(self) -> None:
        self.portal = HandPortal()
        self.trusted = self.writable = True
        self.told: queue.SimpleQueue[HealthTold] = queue.SimpleQueue()
        checks = Checks(self.portal, lambda: NOON, lambda: self.trusted, lambda: True, lambda: self.writable)
        written, self.lines = journal()
        self.watch = HealthWatch(checks, self.told.put, written, Health())

    def attract(self) -> Health:
        """The attract screen stands again: what is told."""
        self.watch.attend(False)
        self.watch.attend(True)
        return self.told.get(timeout=5).health


@pytest.fixture
def ward() -> Iterator[Ward]:
    made = Ward()
    yield made
    assert made.watch.close(5)
    assert made.portal.closed == 1


def test_the_attract_screen_is_told_what_works(ward: Ward) -> None:
    assert ward.attract() == Health()
    ward.portal.open, ward.trusted = PortalHealth.MAINTENANCE, False
    assert ward.attract() == Health(portal=PortalHealth.MAINTENANCE, clock=False)


def test_a_disk_that_takes_nothing_is_told_before_the_portal_is_even_asked_and_told_again_when_it_heals(
    ward: Ward,
) -> None:
    assert ward.attract() == Health()
    ward.writable, ward.portal.open = False, PortalHealth.MAINTENANCE
    assert ward.attract() == Health(state_writable=False)
    assert ward.told.get(timeout=5).health == Health(portal=PortalHealth.MAINTENANCE, state_writable=False)
    assert ward.attract().state_writable is False
    assert ward.lines == ["failure state STATE_UNWRITABLE"]
    ward.writable, ward.portal.open = True, PortalHealth.OPEN
    assert ward.attract().state_writable
    assert ward.told.get(timeout=5).health == Health()


@pytest.mark.parametrize(("skew", "trusted"), [(None, True), (-299.0, True), (301.0, False), (-301.0, False)])
def test_a_clock_far_from_the_portals_is_not_trusted(ward: Ward, skew: float | None, trusted: bool) -> None:
    ward.portal.clock_skew = skew
    assert ward.attract().clock is trusted


@pytest.mark.parametrize(("days", "lines"), [(31, []), (29, [29]), (0, [0])])
def test_a_certificate_that_ends_soon_is_noted_once(ward: Ward, days: int, lines: list[int]) -> None:
    ward.portal.identity_ends = NOON + timedelta(days=days, hours=1)
    ward.attract()
    ward.attract()
    assert ward.lines == [f"this terminal's certificate at the portal ends in {left} days" for left in lines]


def test_what_the_devices_told_is_kept(ward: Ward) -> None:
    ward.watch.hear(ReaderLost())
    ward.watch.hear(CameraLost())
    assert ward.attract() == Health(reader=False, camera=False)
    ward.watch.hear(ReaderBack())
    assert ward.attract() == Health(camera=False)
