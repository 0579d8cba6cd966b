"""Waiting for SDL without polling.

`pygame.event.wait` looks a thousand times a second whether something has come; `SDL_WaitEventTimeout` sleeps in the
kernel. It is called through ctypes on the very library that pygame has loaded, and leaves the event in the queue for
pygame to fetch.
"""

import ctypes
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pygame

MAPS = Path("/proc/self/maps")


def wait(seconds: float | None) -> None:
    """Until an event is in the queue, or so many seconds have passed (None: for ever)."""
    milliseconds = -1 if seconds is None else max(0, round(seconds * 1000))
    sleep = _sleeper()
    if sleep is not None:
        sleep(None, milliseconds)
        return
    event = pygame.event.wait() if milliseconds < 0 else pygame.event.wait(max(1, milliseconds))
    if event.type != pygame.NOEVENT:
        pygame.event.post(event)


@cache
def _sleeper() -> Callable[[None, int], int] | None:
    """SDL's own function, where the library that pygame uses can be found."""
    try:
        paths = {line.split()[-1] for line in MAPS.read_text(encoding="utf-8").splitlines() if "/libSDL2-2" in line}
        if len(paths) != 1:
            return None
        function = ctypes.CDLL(paths.pop()).SDL_WaitEventTimeout
    except (OSError, AttributeError):
        return None
    function.argtypes = [ctypes.c_void_p, ctypes.c_int]
    function.restype = ctypes.c_int
    return function
