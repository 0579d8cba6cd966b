"""A glass, a panel and a clock made by hand, so that a visit can be told as a story without a window or waiting."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from kiosk.effects import Effect
from kiosk.events import ChallengeGot, Event, LoggedIn, Registered, RegistrationSeen, Resumed, Settled, Submitted
from kiosk.failures import DriverError, Failure
from kiosk.flow.lamps import Looking
from kiosk.ports import Closed, KeyPressed, Submission, Switch
from kiosk.shell.inbox import VisitInbox
from kiosk.shell.journal import Journal
from kiosk.shell.loop import Surroundings
from kiosk.states import Notice, Rules, State
from kiosk.views import Scene
from kiosk.visit import Attributes, Limits, PortalHealth, Preferences, Terms

Happening = Event | KeyPressed | Closed
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
NOTICE = Notice("見本 機構", "見本 商工会議所", "見本 係", "見本")


class HandClock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Shown:
    scene: Scene
    seconds_left: int | None
    at: float


class StoryGlass:
    """Plays moves one `wait` after the other; a number lets seconds pass, and timers may end the wait."""

    def __init__(self, clock: HandClock, moves: Sequence[Happening | float | Callable[[], None]]) -> None:
        self._clock = clock
        self._moves = deque(moves)
        self.shown: list[Shown] = []
        self.broken = False
        self.wakes = 0

    def show(self, scene: Scene, preferences: Preferences, seconds_left: int | None) -> None:
        if self.broken:
            raise ZeroDivisionError("personal words of a visitor")
        self.shown.append(Shown(scene, seconds_left, self._clock.now))

    def wait(self, seconds: float | None) -> Sequence[Happening]:
        if not self._moves:
            return [Closed()]
        move = self._moves.popleft()
        if isinstance(move, int | float):
            passed = move if seconds is None else min(move, seconds)
            self._clock.now += passed
            if passed < move:
                self._moves.appendleft(move - passed)
            return []
        if callable(move):
            move()
            return []
        return [move]

    def wake(self) -> None:
        self.wakes += 1

    def close(self) -> None:
        pass

    @property
    def views(self) -> list[str]:
        """Names of the views, without repetitions in a row."""
        names = [type(shown.scene.view).__name__ for shown in self.shown]
        return [name for before, name in zip(["", *names], names, strict=False) if name != before]


class StoryPanel:
    def __init__(self, broken: bool = False) -> None:
        self.lit: list[tuple[bool, bool, bool]] = []
        self.buzzed: list[float] = []
        self.broken = broken

    def show(self, reader: bool, tray: bool, call: bool) -> None:
        if self.broken:
            raise DriverError(Failure.PANEL_LOST)
        self.lit.append((reader, tray, call))

    def buzz(self, seconds: float) -> None:
        if self.broken:
            raise DriverError(Failure.PANEL_LOST)
        self.buzzed.append(seconds)

    def watch(self, tell: Callable[[Switch, bool], None]) -> None:
        pass

    def close(self) -> None:
        pass


def journal() -> tuple[Journal, list[str]]:
    """A journal, and the lines that are written into it."""
    lines: list[str] = []
    return Journal(lambda _level, line: lines.append(line)), lines


class HandPortal:
    """A portal whose next word is said by the test. `watch` is called in the middle of a submission."""

    def __init__(self) -> None:
        self.fate: Submitted | Exception = Submitted("0101-1")
        self.settled: Settled | Failure = Settled(received=True)
        self.keys: list[str] = []
        self.mails = 0
        self.open = PortalHealth.OPEN
        self.closed = 0
        self.watch: Callable[[], None] = lambda: None

    def submit(self, submission: Submission, key: str, progress: Callable[[int, int], None]) -> Submitted:
        self.keys.append(key)
        progress(1, 2)
        self.watch()
        if isinstance(self.fate, Exception):
            raise self.fate
        return self.fate

    def settle(self, key: str) -> Settled:
        if isinstance(self.settled, Failure):
            raise DriverError(self.settled)
        return self.settled

    def health(self) -> PortalHealth:
        return self.open

    def terms(self) -> Terms:
        return Terms("1", (), Limits(files=9, total_bytes=20_000_000))

    def register(self, address: str, terms_version: str) -> Registered:
        self.mails += 1
        return Registered(NOON)

    def send_mail_again(self) -> Registered:
        self.mails += 1
        return Registered(NOON)

    def correct_address(self, address: str) -> Registered:
        self.mails += 1
        return Registered(NOON)

    clock_skew: float | None = None
    identity_ends: datetime | None = None

    def keep_alive(self) -> float | None:
        return None

    def hang_up(self) -> None:
        pass

    def registration(self, wait: int) -> RegistrationSeen: ...  # type: ignore[empty-body]
    def resume(self, code: str) -> Resumed: ...  # type: ignore[empty-body]
    def challenge(self) -> ChallengeGot: ...  # type: ignore[empty-body]
    def log_in(self, certificate: bytes, signature: bytes) -> LoggedIn: ...  # type: ignore[empty-body]
    def send_attributes(self, attributes: Attributes) -> None: ...
    def check_numbers(self, contract: str, receipt: str) -> None: ...
    def close(self) -> None:
        self.closed += 1


class Stand:
    """Everything around one visit's loop."""

    def __init__(self, *moves: Happening | float | Callable[[], None]) -> None:
        self.clock = HandClock()
        self.glass = StoryGlass(self.clock, moves)
        self.panel = StoryPanel()
        self.inbox = VisitInbox(self.glass.wake)
        self.journal, self.written = journal()
        self.effects: list[Effect] = []
        self.looked: list[Looking | None] = []
        self.pressed: list[str] = []
        self.states: list[State] = []

    @property
    def around(self) -> Surroundings:
        return Surroundings(
            glass=self.glass,
            panel=self.panel,
            inbox=self.inbox,
            dispatch=self.effects.append,
            look=self.looked.append,
            press=self.pressed.append,
            seen=self.states.append,
            journal=self.journal,
            monotonic=self.clock,
        )


def fresh(visit: int = 1) -> State:
    return State(visit=visit, rules=Rules(NOTICE))
