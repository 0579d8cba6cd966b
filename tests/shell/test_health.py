"""The background look: while nobody is served, and what earlier visits left open."""

import queue
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.events import CameraLost, HealthTold, ReaderBack, ReaderLost, Settled
from kiosk.failures import Failure
from kiosk.shell.health import Checks, HealthWatch
from kiosk.shell.ledger import Ledger
from kiosk.visit import Health, PortalHealth
from tests.shell.fakes import HandPortal, journal

KEY = "key-of-an-earlier-visit"


class Ward:
    def __init__(self, folder: Path) -> None:
        self.portal = HandPortal()
        self.trusted = True
        self.told: queue.SimpleQueue[HealthTold] = queue.SimpleQueue()
        self.folder = folder
        self.journal, self.lines = journal()
        checks = Checks(self.portal, lambda: self.trusted, lambda: True)
        self.watch = HealthWatch(checks, Ledger(folder), self.told.put, self.journal, Health())

    def attract(self) -> Health:
        """The attract screen stands again: what is told."""
        self.watch.attend(False)
        self.watch.attend(True)
        return self.told.get(timeout=5).health


@pytest.fixture
def ward(tmp_path: Path) -> Iterator[Ward]:
    made = Ward(tmp_path)
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


def test_open_keys_of_earlier_visits_are_settled(ward: Ward) -> None:
    earlier = Ledger(ward.folder)
    earlier.open(KEY)
    ward.portal.settled = Failure.PORTAL_UNREACHABLE
    earlier.abandon()
    ward.attract()
    ward.attract()  # the look before this one has ended with its settling
    assert (ward.folder / KEY).exists()
    ward.portal.settled = Settled(received=True)
    ward.attract()
    ward.attract()
    assert not (ward.folder / KEY).exists()
    assert "settled received" in ward.lines
