"""The glass: a window that shows scenes and returns what was touched. Meets `kiosk.ports.Glass`.

One thread, apart from `wake`. The picture is arranged anew on every change, and painted where it differs; while
something on it moves, or a button is held, `wait` repaints it by itself and does not return for that.
"""

import time
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import replace
from typing import assert_never

import pygame

from kiosk.events import Event, KeyTapped, Touched
from kiosk.ports import Closed, Frame, KeyPressed, Pictures
from kiosk.views import AttractView, BlankView, Chrome, PasswordView, Scene, TypingView, View
from kiosk.visit import Preferences
from screens import sdl
from screens.canvas import Canvas
from screens.fingers import IMPATIENCE_SECONDS, Fingers, Spot, spots
from screens.fonts import Fonts
from screens.geometry import Panel
from screens.keystrokes import Focused, ringed, stroke
from screens.layout import Kept, Touch
from screens.look import Look, load_theme
from screens.nodes import Act, LayerShown, Node, Scrolled, moves, scroller
from screens.paint import Painter
from screens.pointer import Motion, Pointer, Pointers, finger_event, read_key
from screens.registry import arrange
from screens.rehearsal import rehearsing
from screens.texts import load_catalogue

MOVING_SECONDS = 1 / 30
SLIP_MM = 4.0
RING_MM = 1.2
WAKE = pygame.USEREVENT + 7


class Window:
    """An SDL window of the panel's size. For `impatience` seconds a finger counts as too fast for a new picture."""

    def __init__(
        self,
        panel: Panel,
        pictures: Pictures | None = None,
        *,
        fullscreen: bool = False,
        hidden: bool = False,
        impatience: float = IMPATIENCE_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._canvas = Canvas(panel, fullscreen=fullscreen, hidden=hidden)
        self._panel, self._clock, self._pointers = panel, clock, Pointers(panel, clock)
        self._fonts = Fonts()
        self._painter = Painter(self._fonts, pictures)
        self._fingers = Fingers(panel.px(SLIP_MM), self._scroll_to, impatience)
        self._scene = Scene(Chrome(None, back=False, cancel=False), BlankView())
        self._look, self._touch, self._stale = _look(panel, Preferences()), Touch(), False
        self._focus: Act | None = None  # of a desktop's keyboard
        self._kept = Kept()
        self._tree: Node = self._arranged(self._touch)

    def show(self, scene: Scene, preferences: Preferences, seconds_left: int | None) -> None:
        """Paint the whole picture. What the visitor before left in the caches of words goes with the attract screen."""
        if _place(scene.view) != _place(self._scene.view):
            self._touch, self._focus = Touch(), None
            self._fingers.new_picture(self._clock())
            if isinstance(scene.view, AttractView | BlankView):
                self._painter.forget()
                self._kept.forget()
        if preferences != self._look.preferences:
            self._look = _look(self._panel, preferences)
        self._scene = scene
        self._touch = replace(self._touch, seconds_left=seconds_left)
        self._paint()

    def wait(self, seconds: float | None) -> Sequence[Event | KeyPressed | Closed]:
        """Block until something was touched, `wake` was called or `seconds` have passed."""
        deadline = None if seconds is None else self._clock() + seconds
        if self._stale:  # what was touched has changed nothing
            self._paint()
        while True:
            now = self._clock()
            left = None if deadline is None else max(0.0, deadline - now)
            busy = moves(self._tree) or self._fingers.held(now) > 0
            sdl.wait(min(MOVING_SECONDS, MOVING_SECONDS if left is None else left) if busy else left)
            happened, woken = self._take(pygame.event.get())
            if (consent := self._fingers.hold_done(self._clock())) is not None:
                happened.append(consent)
            if busy and _stands(happened):
                self._paint()
            elif busy:
                self._stale = True
            if happened or woken or (deadline is not None and self._clock() >= deadline):
                return happened

    def rehearse(self, scenes: Iterable[Scene], preferences: Preferences) -> Generator[None, None, None]:
        """Step by step, what these scenes would cost later: before there is a visitor, and nothing of it is seen."""
        return rehearsing(scenes, _look(self._panel, preferences), self._fonts, self._painter)

    def wake(self) -> None:
        """End `wait` from any thread."""
        if pygame.display.get_init():
            pygame.event.post(pygame.event.Event(WAKE))

    def reveal(self) -> None:
        """Map a window that was opened `hidden`, with the picture that it has been given."""
        self._canvas.reveal()

    def close(self) -> None:
        """The window goes."""
        pygame.display.quit()

    def targets(self) -> list[Spot]:
        """What can be touched on the picture that stands, in reading order."""
        return spots(self._tree)

    def post_finger(self, x: int, y: int, *, down: bool) -> None:
        """A finger as SDL would report it, at this pixel."""
        pygame.event.post(finger_event(self._panel, x, y, down=down))

    def pixels(self) -> Frame:
        """The picture that stands."""
        return self._canvas.pixels()

    def _arranged(self, touch: Touch) -> Node:
        return arrange(self._scene, self._look, self._fonts, touch, self._kept)

    def _paint(self) -> None:
        now = self._clock()
        touch = replace(self._touch, pressed=self._fingers.lit, held=self._fingers.held(now))
        self._tree = self._arranged(touch)
        if self._focus is not None:
            self._tree = ringed(self._tree, self._focus, self._look.px(RING_MM))
        if self._painter.repaint(self._canvas.surface, self._tree, self._look.theme, now):
            self._canvas.flip()
        self._stale = False

    def _scroll_to(self, offset: int) -> None:
        self._touch = replace(self._touch, scroll=offset)

    def _take(self, events: Sequence[pygame.event.Event]) -> tuple[list[Event | KeyPressed | Closed], bool]:
        """What happened for the visit, and whether `wait` is to return anyhow."""
        happened: list[Event | KeyPressed | Closed] = []
        woken = False
        for event in events:
            if event.type == WAKE:
                woken = True
            elif event.type == pygame.QUIT:
                happened.append(Closed())
            elif event.type == pygame.KEYDOWN:
                happened.append(self._key(event))
            elif (pointer := self._pointers.read(event)) is not None:
                if (act := self._finger(pointer)) is not None and (done := self._own(act)) is not None:
                    happened.append(done)
            elif event.type in {pygame.VIDEOEXPOSE, pygame.WINDOWEXPOSED, pygame.WINDOWSIZECHANGED}:
                self._painter.anew()
                self._stale = True
        if self._stale and _stands(happened):
            self._paint()
        return happened, woken

    def _key(self, event: pygame.event.Event) -> Event | KeyPressed:
        """A key of a desktop's keyboard: for what is on the glass, or for the hands."""
        key = read_key(event)
        meant = None if key.ctrl else stroke(self._tree, self._scene.view, self._focus, key.stroke, key.character)
        match meant:
            case None:
                return KeyPressed(key.name)
            case Focused(act=act):
                self._focus, self._stale = act, True
                return Touched()
            case _:
                return self._own(meant) or Touched()

    def _finger(self, pointer: Pointer) -> Act | None:
        fingers, before = self._fingers, self._fingers.press
        act = _felt(fingers, self._tree, pointer, self._clock())
        if fingers.press is not before or (fingers.press is not None and fingers.press.dragged):
            self._stale = True
        return act

    def _own(self, act: Act) -> Event | None:
        """What the glass does itself; the rest is the visit's."""
        self._touch, event = _moved(self._touch, self._tree, act)
        if isinstance(event, Touched):
            self._paint()
        return event


def _stands(happened: Sequence[Event | KeyPressed | Closed]) -> bool:
    """Whether the picture does: after anything but a mere touch another one follows at once."""
    return all(isinstance(each, Touched) for each in happened)


def _felt(fingers: Fingers, tree: Node, pointer: Pointer, now: float) -> Act | None:
    match pointer.motion:
        case Motion.DOWN:
            return fingers.down(tree, pointer.x, pointer.y, now, pointer.finger)
        case Motion.MOVE:
            return fingers.move(tree, pointer.x, pointer.y, pointer.finger)
        case Motion.UP:
            return fingers.up(tree, pointer.x, pointer.y, now, pointer.finger)
        case _:
            assert_never(pointer.motion)


def _moved(touch: Touch, tree: Node, act: Act) -> tuple[Touch, Event | None]:
    """Where the glass itself stands after an act, and what of it is the visit's (`Touched`: only that somebody did)."""
    match act:
        case Scrolled(by=by):
            moving = scroller(tree)
            return (touch if moving is None else replace(touch, scroll=moving.beside(by))), Touched()
        case LayerShown(name=name):
            return replace(touch, layer=name, scroll=0), Touched()
        case KeyTapped(text=text) if len(text) > 1:
            return replace(touch, layer=""), act
        case _:
            return touch, act


def _look(panel: Panel, wanted: Preferences) -> Look:
    return Look(panel, load_theme(wanted.high_contrast), load_catalogue(wanted.language), wanted)


def _place(view: View) -> tuple[object, ...]:
    """Two views of the same place are one picture that changes; of another place, another picture."""
    match view:
        case TypingView():
            return (TypingView, view.typing, view.keyboard)
        case PasswordView():
            return (PasswordView, view.password)
        case _:
            return (type(view),)
