"""The loop of a visit: what happens goes into `step`, what the state says goes to glass and panel, what it wants goes
to the workers.

One thread, the one of the glass. It blocks in `glass.wait` until something was touched, something was put into the
inbox, or a timer is due; it has no clock tick of its own, except once a second while a question counts down.
Everything that stands (the picture, the lamps, what the camera looks for, the timers) is projected anew from the
state after every step and compared with what stood before, so nothing is switched off by hand.

A fault in `step` or in painting ends the visit, never the terminal: it is journaled as type, file and line, and the
caller wipes.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kiosk.effects import Effect
from kiosk.events import (
    DigitTapped,
    Elapsed,
    Event,
    Held,
    ItemTapped,
    KeyTapped,
    LanguageChosen,
    Pointed,
    Tapped,
    TextSizeChosen,
    Touched,
)
from kiosk.failures import DriverError
from kiosk.flow import lamps as front
from kiosk.flow.loss import lost
from kiosk.flow.step import Step
from kiosk.flow.timeouts import timers
from kiosk.flow.transitions import step
from kiosk.flow.views import view
from kiosk.ports import Closed, Glass, KeyPressed, Panel
from kiosk.shell.inbox import Happening, VisitInbox
from kiosk.shell.journal import Journal
from kiosk.shell.timekeeper import Timekeeper
from kiosk.states import Ended, State
from kiosk.views import Scene
from kiosk.visit import Ending, Preferences

BEAT_SECONDS = 2.0
"""How often the loop tells that it turns."""

CALL_SECONDS, SOUND_SECONDS = 8.0, 0.3
"""How often what was left behind is called for, and how long a call sounds."""

SHUTTER_SECONDS = 0.08
"""How long it sounds when a photograph is taken."""

Finger = Tapped | ItemTapped | Held | Pointed | KeyTapped | DigitTapped | Touched | LanguageChosen | TextSizeChosen


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a visit's loop. `press` plays a simulated hand, `seen` is told every new state, before it is
    shown; `beat` is called while the loop turns, `broke` where a fault ends the visit.
    """

    glass: Glass
    panel: Panel
    inbox: VisitInbox
    dispatch: Callable[[Effect], None]
    look: Callable[[front.Looking | None], None]
    press: Callable[[str], None]
    seen: Callable[[State], None]
    journal: Journal
    monotonic: Callable[[], float]
    beat: Callable[[], None] = lambda: None
    broke: Callable[[], None] = lambda: None


def run_visit(state: State, around: Surroundings, advance: Callable[[State, Event], Step] = step) -> Ending | Closed:
    """From the attract screen until the visit has ended (how), or until the terminal is to close. Never raises."""
    loop = _Loop(state, around, advance)
    try:
        return loop.run()
    except Exception as error:  # noqa: BLE001 - whatever broke ends this visit alone, and its message may hold anything
        around.journal.fault("loop", error)
        around.broke()
        return loop.broken_off()


class _Loop:
    """The state, and what stands now."""

    def __init__(self, state: State, around: Surroundings, advance: Callable[[State, Event], Step]) -> None:
        self._state = state
        self._around = around
        self._advance = advance
        self._time = Timekeeper(around.monotonic)
        self._shown: tuple[Scene, Preferences, int | None] | None = None
        self._lit: front.Lamps | None = None
        self._looking: front.Looking | None = None
        self._taking = False
        self._next_beat = float("-inf")
        self._next_call = float("-inf")

    def run(self) -> Ending | Closed:
        self._stand()
        while True:
            touches = self._around.glass.wait(self._pulse())
            if self._take(touches) or self._take(self._around.inbox.drain()):
                return Closed()
            for kind in self._time.elapsed():
                self._happen(Elapsed(kind))
            if isinstance(self._state.stage, Ended):
                return self._state.stage.ending
            self._stand()

    def _pulse(self) -> float:
        """Beat if it is time to; how long the loop may sleep until the next timer or beat."""
        now = self._around.monotonic()
        if now >= self._next_beat:
            self._around.beat()
            self._next_beat = now + BEAT_SECONDS
        sleep = self._time.sleep()
        beat = max(0.0, self._next_beat - now)
        return beat if sleep is None else min(sleep, beat)

    def broken_off(self) -> Ending:
        """How a visit ended whose loop broke."""
        return lost(self._state) or Ending.BROKEN_OFF

    def _take(self, happenings: Sequence[Happening | KeyPressed]) -> bool:
        """Let these happen; True where the terminal is to close."""
        picture = type(view(self._state).view)
        for happening in happenings:
            match happening:
                case Closed():
                    return True
                case KeyPressed(name=name):
                    self._around.press(name)
                case _ if isinstance(happening, Finger):
                    self._time.touched()
                    if type(view(self._state).view) is picture:  # else it was meant for a picture that is gone
                        self._happen(happening)
                case _:
                    self._happen(happening)
        return False

    def _happen(self, event: Event) -> None:
        around = self._around
        around.journal.event(event)
        before = self._state
        answer = self._advance(before, event)
        self._state = answer.state
        if type(answer.state.stage) is not type(before.stage):
            around.journal.stage(answer.state.stage)
        for effect in answer.effects:
            around.journal.effect(effect)
            around.dispatch(effect)
        self._time.follow(timers(self._state))

    def _stand(self) -> None:
        """Show what stands now, where it differs from what stood."""
        around, state = self._around, self._state
        self._time.follow(timers(state))
        around.seen(state)
        picture = (view(state), state.preferences, self._time.countdown())
        if picture != self._shown:
            around.glass.show(*picture)
            self._shown = picture
        self._light(front.lamps(state))
        self._call(state)
        self._click(state)
        looking = front.looking(state)
        if looking != self._looking:
            around.look(looking)
            self._looking = looking

    def _call(self, state: State) -> None:
        """At once, and again and again; the beat wakes the loop often enough."""
        now = self._around.monotonic()
        if not front.calling(state) or now < self._next_call:
            return
        self._next_call = now + CALL_SECONDS
        self._sound(SOUND_SECONDS)

    def _click(self, state: State) -> None:
        """Once for each photograph."""
        before, self._taking = self._taking, front.shutter(state)
        if self._taking and not before:
            self._sound(SHUTTER_SECONDS)

    def _sound(self, seconds: float) -> None:
        try:
            self._around.panel.buzz(seconds)
        except DriverError as error:  # as a dark lamp
            self._around.journal.failure("panel", error.failure)

    def _light(self, lamps: front.Lamps) -> None:
        if lamps == self._lit:
            return
        try:
            self._around.panel.show(lamps.reader, lamps.tray, lamps.call)
        except DriverError as error:  # a dark lamp is a named fault, not a dead terminal
            self._around.journal.failure("panel", error.failure)
        self._lit = lamps
