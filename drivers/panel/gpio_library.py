"""The calls of the RPi.GPIO interface that the panel uses, and where they come from.

Two libraries offer the same module `RPi.GPIO`: the one of that name, for boards up to the Raspberry Pi 4, and
rpi-lgpio, which goes through the kernel's gpiochip and so runs on newer boards too, and on any gpiochip where
RPI_LGPIO_REVISION and RPI_LGPIO_CHIP say what it is to take for a board. They agree in what they do, not in what they
raise: rpi-lgpio lets `lgpio.error` through, which is an Exception and nothing more.

A gpiochip lends each pin to one process at a time: the panel of the last visit must be closed, or its process be gone,
before the next opens.
"""

from collections.abc import Callable
from contextlib import chdir
from tempfile import TemporaryDirectory
from typing import Protocol, cast


class GpioLibrary(Protocol):
    """`RPi.GPIO`, as far as it is used. Pins are BCM numbers."""

    BCM: int
    OUT: int
    IN: int
    LOW: int
    HIGH: int
    PUD_UP: int
    PUD_DOWN: int
    BOTH: int

    def setwarnings(self, flag: bool, /) -> None: ...

    def setmode(self, mode: int, /) -> None: ...

    def setup(self, channel: int, direction: int, pull_up_down: int = ..., initial: int = ...) -> None: ...

    def output(self, channel: int, value: int, /) -> None: ...

    def input(self, channel: int, /) -> int: ...

    def add_event_detect(self, channel: int, edge: int, callback: Callable[[int], None]) -> None:
        """`callback` gets the channel, on a thread of the library, at each edge."""

    def cleanup(self) -> None:
        """Give back every pin that this process has set up."""


def raspberry_library() -> GpioLibrary:
    """The library that is installed. Raises ImportError without one, and whatever it raises off a board."""
    # lgpio makes a pipe in the working directory as it is imported, and needs its name no longer
    with TemporaryDirectory() as folder, chdir(folder):
        from RPi import GPIO
    return cast(GpioLibrary, GPIO)
