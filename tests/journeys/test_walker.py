"""The walker before a glass made by hand: it touches what is painted, and says where a story could not go on."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from kiosk.events import Action, Event, KeyTapped, Tapped
from kiosk.failures import Failure
from kiosk.ports import Closed, KeyPressed
from kiosk.states import Notice
from kiosk.views import AttractView, Chrome, NoticeView, PreparationView, Scene, TroubleView, View
from kiosk.visit import Ending, Preferences
from kiosk.walk.album import Album
from kiosk.walk.hands import hands
from kiosk.walk.story import Hand, Leg, Story, at, tap, type_text
from kiosk.walk.walker import STILL_SECONDS, Spot, Walk, WalkingGlass

ATTRACT, PREPARATION = AttractView((), None), PreparationView()
TROUBLE = TroubleView(Failure.PORTAL_SLOW, retry=True)
NOTICE = NoticeView(Notice("", "", "", ""), "1")
START = Tapped(Action.START)


class Lobby:
    """A glass whose spots are said by the test, with one pixel of picture."""

    def __init__(self, folder: Path, *legs: Leg) -> None:
        self.now = 0.0
        self.told: list[str] = []
        self.touched: list[object] = []
        self.painted: list[Spot] = []
        self.react: Callable[[Spot], Event | None] = lambda spot: spot.means  # type: ignore[assignment,return-value]
        self.walk = Walk(Story(legs, Ending.LEFT))
        self.legs = legs
        self.folder = folder
        self._happened: list[Event] = []

    def show(self, scene: Scene, preferences: Preferences, seconds_left: int | None) -> None: ...
    def close(self) -> None: ...
    def wake(self) -> None: ...

    def wait(self, seconds: float | None) -> Sequence[Event | KeyPressed | Closed]:
        if not self._happened:
            self.now += seconds or 0
        happened, self._happened = self._happened, []
        return happened

    def spots(self) -> Sequence[Spot]:
        return self.painted

    def touch(self, x: int, y: int) -> None:
        spot = next(spot for spot in self.painted if (spot.x, spot.y) == (x, y))
        self.touched.append(spot.means)
        event = self.react(spot)
        self._happened = [] if event is None else [event]

    def go(self, *views: View, waits: int = 3) -> Sequence[Event | KeyPressed | Closed]:
        """Show these, waiting a few times before each; what the last wait gave."""
        last: Sequence[Event | KeyPressed | Closed] = []
        with hands(lambda error: None) as pair:
            album = Album(self.folder, lambda: np.zeros((8, 8, 3), np.uint8), lambda: self.now)
            glass = WalkingGlass(self, self.walk, None, pair, album, self.told.append, lambda: self.now)  # type: ignore[arg-type]
            for view in views:
                glass.show(Scene(Chrome(), view), Preferences(), None)
                for _ in range(waits):
                    last = glass.wait(None)
        return last


def test_a_leg_waits_for_its_place_and_then_touches(tmp_path: Path) -> None:
    lobby = Lobby(tmp_path, Leg("begin", at(AttractView), (tap(Action.START),)), Leg("go on", at(PreparationView)))
    lobby.painted = [Spot(Tapped(Action.LANGUAGE), 1, 1), Spot(START, 2, 2)]
    last = lobby.go(ATTRACT, PREPARATION, waits=1)
    assert lobby.told == ["begin", "go on"]
    assert lobby.touched == [START]
    assert lobby.walk.over
    assert not lobby.walk.failure
    assert last == [Closed()]


def test_a_failure_that_the_story_does_not_name_ends_it_at_once(tmp_path: Path) -> None:
    lobby = Lobby(tmp_path, Leg("see the notice", at(NoticeView)))
    assert lobby.go(TROUBLE) == [Closed()]
    assert lobby.walk.failure == 'the glass shows "trouble-portal-slow" where the story wanted to see the notice'


def test_a_glass_that_stands_still_for_too_long_ends_it(tmp_path: Path) -> None:
    lobby = Lobby(tmp_path, Leg("see the notice", at(NoticeView)))
    lobby.go(PREPARATION)
    assert "for too long" in lobby.walk.failure
    assert lobby.now > STILL_SECONDS


def test_a_button_that_is_not_there_ends_it(tmp_path: Path) -> None:
    lobby = Lobby(tmp_path, Leg("begin", at(AttractView), (tap(Action.START),)))
    lobby.go(ATTRACT)
    assert lobby.walk.failure == "nothing on the glass means Tapped"


def test_what_is_not_painted_is_looked_for_where_the_glass_leads_on(tmp_path: Path) -> None:
    lobby = Lobby(tmp_path, Leg("type a sign", at(AttractView), type_text("#")))
    more, letters = Spot("more keys", 1, 1, leads_on=True), Spot("letters", 2, 2, leads_on=True)
    lobby.painted = [more, letters]

    def react(spot: Spot) -> Event | None:
        if spot is letters:
            lobby.painted = [more, letters, Spot(KeyTapped("#"), 3, 3)]
        return spot.means if isinstance(spot.means, KeyTapped) else None

    lobby.react = react
    lobby.go(ATTRACT, waits=6)
    assert lobby.touched == ["more keys", "letters", KeyTapped("#")]
    assert not lobby.walk.failure


def test_a_visit_that_is_over_too_early_ends_the_story(tmp_path: Path) -> None:
    lobby = Lobby(tmp_path, Leg("begin", at(AttractView), (tap(Action.START),)), Leg("see the notice", at(NoticeView)))
    lobby.painted = [Spot(START, 2, 2)]
    lobby.go(ATTRACT, PREPARATION, ATTRACT, waits=1)
    assert lobby.walk.failure == "the visit was over (attract) where the story wanted to see the notice"


def test_the_next_move_waits_for_the_hand(tmp_path: Path) -> None:
    order: list[str] = []
    moves = (Hand(lambda _bench: order.append("hand")), tap(Action.START))
    lobby = Lobby(tmp_path, Leg("begin", at(AttractView), moves))
    lobby.painted = [Spot(START, 2, 2)]

    def react(spot: Spot) -> Event | None:
        order.append("finger")
        return START

    lobby.react = react
    lobby.wake = lambda: None  # type: ignore[method-assign]
    for _ in range(50):
        if lobby.walk.over:
            break
        lobby.go(ATTRACT)
    assert order == ["hand", "finger"]


def test_a_failure_that_a_leg_has_dealt_with_may_stand_until_the_terminal_has_noticed(tmp_path: Path) -> None:
    tried = Leg("try again", at(TroubleView), (tap(Action.RETRY),))
    lobby = Lobby(tmp_path, tried, Leg("see the notice", at(NoticeView)))
    lobby.painted = [Spot(Tapped(Action.RETRY), 2, 2)]
    lobby.go(TROUBLE, NOTICE)
    assert lobby.walk.over
    assert not lobby.walk.failure
