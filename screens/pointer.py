"""From SDL's events to one pointer. Under X11 and Wayland a tap arrives as finger and as mouse: one is taken.

A finger reports fractions of the window, a mouse pixels; what leaves here is pixels. Keys of a desktop's keyboard are
read here, too.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

import pygame

from screens.geometry import Panel

_MOUSE_AFTER_FINGER = 1.0  # seconds in which a mouse event is a finger's echo
_MOUSE = -1


class Motion(Enum):
    """What the pointer did."""

    DOWN = auto()
    MOVE = auto()
    UP = auto()


@dataclass(frozen=True, slots=True)
class Pointer:
    """One thing that one finger (or the mouse) did, at a pixel."""

    motion: Motion
    finger: int
    x: int
    y: int


_FINGERS = {pygame.FINGERDOWN: Motion.DOWN, pygame.FINGERMOTION: Motion.MOVE, pygame.FINGERUP: Motion.UP}
_MICE = {pygame.MOUSEBUTTONDOWN: Motion.DOWN, pygame.MOUSEMOTION: Motion.MOVE, pygame.MOUSEBUTTONUP: Motion.UP}


class Pointers:
    """Reads events one after the other; remembers when a finger was last seen."""

    def __init__(self, panel: Panel, clock: Callable[[], float]) -> None:
        self._panel, self._clock = panel, clock
        self._last_finger = float("-inf")

    def read(self, event: pygame.event.Event) -> Pointer | None:
        """What this event tells about a pointer, None where it tells nothing or only echoes a finger."""
        if event.type in _FINGERS:
            self._last_finger = self._clock()
            x, y = int(event.x * self._panel.width_px), int(event.y * self._panel.height_px)
            return Pointer(_FINGERS[event.type], event.finger_id, x, y)
        if event.type not in _MICE or self._is_echo(event):
            return None
        return Pointer(_MICE[event.type], _MOUSE, *event.pos)

    def _is_echo(self, event: pygame.event.Event) -> bool:
        if getattr(event, "touch", False) or self._clock() - self._last_finger < _MOUSE_AFTER_FINGER:
            return True
        return event.type != pygame.MOUSEMOTION and event.button != pygame.BUTTON_LEFT


@dataclass(frozen=True, slots=True)
class Key:
    """A key that went down: SDL's name for it, the same with Shift where that matters, and the character it types."""

    name: str
    stroke: str
    character: str
    ctrl: bool


def read_key(event: pygame.event.Event) -> Key:
    """From SDL's event."""
    name, held = pygame.key.name(event.key), getattr(event, "mod", 0)
    shifted = name == "tab" and bool(held & pygame.KMOD_SHIFT)
    typed = getattr(event, "unicode", "")
    return Key(name, f"shift {name}" if shifted else name, typed, bool(held & pygame.KMOD_CTRL))


def finger_event(panel: Panel, x: int, y: int, *, down: bool) -> pygame.event.Event:
    """What SDL would report of a finger at this pixel."""
    kind = pygame.FINGERDOWN if down else pygame.FINGERUP
    place = {"x": x / panel.width_px, "y": y / panel.height_px}
    return pygame.event.Event(kind, {"touch_id": 1, "finger_id": 1, **place})
