"""Looks in the background whether a visit could be made: the portal, the clock, the hour's refusals, the disk, and what
reader and camera last told.

It looks at the start of a visit and every half minute while the attract screen stands, never during a visit.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from kiosk.events import CameraBack, CameraLost, HealthTold, ReaderBack, ReaderLost
from kiosk.failures import Failure
from kiosk.ports import CERTIFICATE_NOTICE_DAYS, MOST_CLOCK_SKEW, CameraEvent, CardEvent, Portal
from kiosk.shell.journal import Journal
from kiosk.visit import Health

PERIOD = 30.0
"""Seconds between looks."""


@dataclass(frozen=True, slots=True)
class Checks:
    """What can be asked without a visitor. `portal` is a client of its own, with the terminal's identity only."""

    portal: Portal
    now: Callable[[], datetime]
    clock_trusted: Callable[[], bool]
    card_step_open: Callable[[], bool]
    state_writable: Callable[[], bool]


class HealthWatch:
    """One thread for the whole run of the terminal. `tell` puts into the inbox of the visit that stands."""

    def __init__(self, checks: Checks, tell: Callable[[HealthTold], None], journal: Journal, health: Health) -> None:
        self._checks = checks
        self._tell = tell
        self._journal = journal
        self._news = threading.Condition()
        self._health = health
        self._noted_days: int | None = None
        self._waiting = False  # the attract screen stands
        self._look_now = False
        self._over = False
        self._thread = threading.Thread(target=self._run, name="health", daemon=True)
        self._thread.start()

    @property
    def health(self) -> Health:
        """What was found last."""
        with self._news:
            return self._health

    def attend(self, waiting: bool) -> None:
        """Whether nobody is being served now."""
        with self._news:
            if waiting and not self._waiting:
                self._look_now = True
                self._news.notify_all()
            self._waiting = waiting

    def hear(self, event: CardEvent | CameraEvent) -> None:
        """Reader or camera have told something."""
        with self._news:
            match event:
                case ReaderLost() | ReaderBack():
                    self._health = replace(self._health, reader=isinstance(event, ReaderBack))
                case CameraLost() | CameraBack():
                    self._health = replace(self._health, camera=isinstance(event, CameraBack))
                case _:
                    pass

    def close(self, seconds: float) -> bool:
        """End; False where the thread is wedged."""
        with self._news:
            self._over = True
            self._news.notify_all()
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while self._rested():
            try:
                if self._waiting:
                    self._look()
            except Exception as error:  # noqa: BLE001 - whatever breaks in one look, the next is due in half a minute
                self._journal.fault("health", error)
        self._checks.portal.close()

    def _rested(self) -> bool:
        with self._news:
            self._news.wait_for(lambda: self._over or self._look_now, PERIOD)
            self._look_now = False
            return not self._over

    def _note_certificate(self) -> None:
        """Once a process, from a month before the end on: who reads journals can send another one in time."""
        ends = self._checks.portal.identity_ends
        left = None if ends is None else (ends - self._checks.now()).days
        if left is not None and left < CERTIFICATE_NOTICE_DAYS and left != self._noted_days:
            self._noted_days = left
            self._journal.note(f"this terminal's certificate at the portal ends in {left} days")

    def _look(self) -> None:
        """The machine itself first: a portal may take its time, and somebody may touch meanwhile."""
        state, card_step = self._checks.state_writable(), self._checks.card_step_open()
        if not state and self.health.state_writable:
            self._journal.failure("state", Failure.STATE_UNWRITABLE)
        if self._finds(lambda health: replace(health, state_writable=state, card_step_open=card_step)):
            self._tell(HealthTold(self.health))
        self._note_certificate()
        portal = self._checks.portal.health()
        skew = self._checks.portal.clock_skew
        clock = self._checks.clock_trusted() and abs(skew or 0.0) <= MOST_CLOCK_SKEW
        self._finds(lambda health: replace(health, portal=portal, clock=clock))
        self._tell(HealthTold(self.health))

    def _finds(self, found: Callable[[Health], Health]) -> bool:
        """Whether that is something else than before."""
        with self._news:
            before, self._health = self._health, found(self._health)
            return self._health != before
