"""Whether there is a display, asked of SDL itself, and how to do without one."""

import os
import sys
from pathlib import Path

import pygame

_NONE = {"dummy", "offscreen", "evdev"}  # drivers of SDL that show nothing


_NAMED = ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER")
CARDS = Path("/dev/dri")


def has_display() -> bool:
    """Whether SDL would open a window that somebody can see: on a desktop, or on the bare screen of a console."""
    if not any(os.environ.get(name) for name in _NAMED) and not CARDS.exists():
        return False  # without asking, because SDL complains aloud about what it misses
    pygame.display.init()
    try:
        return pygame.display.get_driver() not in _NONE
    finally:
        pygame.display.quit()


def do_without_display() -> None:
    """Windows that are opened from now on are painted in memory only."""
    os.environ["SDL_VIDEODRIVER"] = "dummy"
    os.environ["SDL_AUDIODRIVER"] = "dummy"


if __name__ == "__main__":
    sys.exit(0 if has_display() else 1)
