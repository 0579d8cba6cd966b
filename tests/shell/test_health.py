"""The background look, while nobody is served."""

import queue
from collections.abc import Iterator

import pytest

from kiosk.events import CameraLost, HealthTold, ReaderBack, ReaderLost
from kiosk.shell.health import Checks, HealthWatch
from kiosk.visit import Health, PortalHealth
from tests.shell.fakes import HandPortal, journal


class Ward:
    def __init__(self) -> None:
        self.portal = HandPortal()
        self.trusted = True
        self.told: queue.SimpleQueue[HealthTold] = queue.SimpleQueue()
        checks = Checks(self.portal, lambda: self.trusted, lambda: True)
        self.watch = HealthWatch(checks, self.told.put, journal()[0], Health())

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


def test_what_the_devices_told_is_kept(ward: Ward) -> None:
    ward.watch.hear(ReaderLost())
    ward.watch.hear(CameraLost())
    assert ward.attract() == Health(reader=False, camera=False)
    ward.watch.hear(ReaderBack())
    assert ward.attract() == Health(camera=False)
