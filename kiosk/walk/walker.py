"""Walks a story before the real window: waits for a place, touches what is painted there, plays the hands.

It stands between loop and window as a `Glass`: every picture passes through it (and is kept in the album before the
next one comes), and each time that the loop waits it makes the next move. A touch is a finger down and up at the
middle of a painted target, as SDL events; what the loop receives is what the window made of them. Nothing is ever
put into the inbox.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from kiosk.events import Event
from kiosk.ports import Closed, Glass, KeyPressed
from kiosk.states import Attract, State
from kiosk.views import AttractView, DoneView, Scene
from kiosk.visit import Ending, Preferences
from kiosk.walk.album import Album
from kiosk.walk.hands import HandThread
from kiosk.walk.naming import screen_name
from kiosk.walk.story import Hand, Hands, Leg, Story, Touch, is_failure

STILL_SECONDS = 60.0
"""How long the glass may show what the story does not wait for."""

_GLANCE = 0.5  # seconds after a touch that only the glass understands (another part of a text, other keys)


@dataclass(frozen=True, slots=True)
class Spot:
    """A painted target and where to touch it. `means` is an event of the visit, or something only the glass knows.

    `leads_on`: it shows the next part of a text, or other keys, among which the one that is looked for may be.
    """

    means: Hashable
    x: int
    y: int
    leads_on: bool = False
    repeats: bool = False  # leads on as often as it is there


class TouchableGlass(Glass, Protocol):
    """The window, as far as a finger and an eye need it."""

    def spots(self) -> Sequence[Spot]:
        """All targets of the picture that stands."""

    def touch(self, x: int, y: int) -> None:
        """Post a finger's down and up there, in pixels."""


@dataclass(slots=True)
class Walk:
    """How far a walk has come."""

    story: Story
    leg: int = 0
    move: int = 0
    begun: bool = False  # the leg's place was reached
    pending: Event | None = None  # touched, and not heard of yet
    playing: bool = False
    ended: Ending | None = None
    failure: str = ""

    @property
    def over(self) -> bool:
        """Whether there is nothing more to do."""
        return bool(self.failure) or self.leg == len(self.story.legs)


@dataclass(slots=True)
class WalkingGlass:
    """A window with somebody before it. `tell` gets a line for each leg."""

    window: TouchableGlass
    walk: Walk
    bench: Hands
    hands: HandThread
    album: Album
    tell: Callable[[str], None]
    monotonic: Callable[[], float]
    _scene: Scene | None = field(default=None, repr=False)
    _left: Scene | None = field(default=None, repr=False)
    number_shown: str | None = None  # the 申込番号 that the done screen showed
    _stage: str = "Attract"
    _moved: float = field(init=False)
    _tried: set[Hashable] = field(default_factory=set, repr=False)

    def __post_init__(self) -> None:
        self._moved = self.monotonic()

    def seen(self, state: State) -> None:
        """The loop's state, before it is shown."""
        self._stage = type(state.stage).__name__
        if isinstance(state.stage, Attract) and state.stage.last is not None:
            self.walk.ended = state.stage.last

    def show(self, scene: Scene, preferences: Preferences, seconds_left: int | None) -> None:
        """See `Glass`."""
        self.album.show(self._stage, screen_name(scene.view))
        self.window.show(scene, preferences, seconds_left)
        self._scene = scene
        if isinstance(scene.view, DoneView):
            self.number_shown = scene.view.number

    def wait(self, seconds: float | None) -> Sequence[Event | KeyPressed | Closed]:
        """See `Glass`."""
        self._go_on()
        if self.walk.over:
            return [Closed()]
        bound = _GLANCE if self.walk.pending is not None else STILL_SECONDS
        happened = self.window.wait(bound if seconds is None else min(bound, seconds))
        if self.walk.pending in happened:
            self._moved_on()
        self.walk.pending = None  # if it was not heard: look again where it stands now
        return happened

    def wake(self) -> None:
        """See `Glass`."""
        self.window.wake()

    def close(self) -> None:
        """See `Glass`."""
        self.window.close()

    def fail(self, reason: str) -> None:
        """The story cannot go on."""
        self.walk.failure = self.walk.failure or reason

    # --- one move ---------------------------------------------------------------------------------------------------

    def _go_on(self) -> None:
        walk = self.walk
        if walk.over or walk.playing or self._scene is None:
            return
        leg = walk.story.legs[walk.leg]
        if not walk.begun and not self._arrived(leg):
            return
        if walk.move == len(leg.moves):
            self._next_leg()
            return
        match leg.moves[walk.move]:
            case Touch(means=means):
                self._touch(means)
            case Hand(plays=plays):
                walk.playing = True
                self.hands.play(lambda: plays(self.bench), self._played)

    def _arrived(self, leg: Leg) -> bool:
        assert self._scene is not None
        view = self._scene.view
        if view in leg.where:
            self.tell(leg.says)
            self.walk.begun = True
            return True
        name = screen_name(view)
        news = self._scene != self._left  # else it is what the last leg has dealt with, still standing
        if news and isinstance(view, AttractView) and self.walk.leg > 0:
            self.fail(f"the visit was over ({name}) where the story wanted to {leg.says}")
        elif news and is_failure(view) and self._stage != "OutOfService":
            self.fail(f'the glass shows "{name}" where the story wanted to {leg.says}')
        elif self.monotonic() - self._moved > STILL_SECONDS:
            self.fail(f'the glass has shown "{name}" for too long; the story wanted to {leg.says}')
        return False

    def _touch(self, means: Event) -> None:
        spots = self.window.spots()
        spot = next((spot for spot in spots if spot.means == means), None)
        if spot is None:
            ways = [spot for spot in spots if spot.leads_on and (spot.repeats or spot.means not in self._tried)]
            spot = ways[0] if ways else None
            if spot is not None:
                self._tried.add(spot.means)
        if spot is None:
            self.fail(f"nothing on the glass means {type(means).__name__}")
        elif self.monotonic() - self._moved > STILL_SECONDS:
            self.fail(f"a touch was not heard: {type(means).__name__}")
        else:
            self.window.touch(spot.x, spot.y)
            self.walk.pending = means

    def _played(self) -> None:
        """On the hands' thread."""
        self._moved_on()
        self.walk.playing = False
        self.window.wake()

    def _moved_on(self) -> None:
        self.walk.move += 1
        self._moved = self.monotonic()
        self._tried.clear()

    def _next_leg(self) -> None:
        self.walk.leg, self.walk.move, self.walk.begun = self.walk.leg + 1, 0, False
        self._moved = self.monotonic()
        self._left = self._scene
        self._go_on()
