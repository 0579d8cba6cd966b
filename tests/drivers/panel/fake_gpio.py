"""A board in memory, behind the RPi.GPIO interface: the library's face for the driver, wires for the test's hand.

It is as strict as the real libraries where a driver may be careless: pins must be set up before use, each edge
detection is added once, nothing works before `setmode`, and what fails raises a class that is merely an Exception.
"""

from collections.abc import Callable


class BoardError(Exception):
    """As `lgpio.error`: neither RuntimeError nor OSError."""


class FakeGpio:
    """Meets `drivers.panel.gpio_library.GpioLibrary`; `fake.library` is what the driver is given."""

    BCM, OUT, IN, LOW, HIGH, PUD_UP, PUD_DOWN, BOTH = 11, 0, 1, 0, 1, 22, 21, 33

    def __init__(self) -> None:
        self.broken = False
        self.imports = 0
        self.written: list[tuple[int, int]] = []
        self.levels: dict[int, int] = {}
        self._wires: dict[int, int] = {}
        self._mode: int | None = None
        self._directions: dict[int, int] = {}
        self._callbacks: dict[int, Callable[[int], None]] = {}

    def library(self) -> "FakeGpio":
        self.imports += 1
        return self

    # --- the library's face -----------------------------------------------------------------------------------------

    def setwarnings(self, flag: bool, /) -> None:
        pass

    def setmode(self, mode: int, /) -> None:
        self._may_break()
        self._mode = mode

    def setup(self, channel: int, direction: int, pull_up_down: int = 20, initial: int = 0) -> None:
        self._may_break()
        if self._mode != self.BCM:
            raise RuntimeError("setmode first")
        self._directions[channel] = direction
        pulled = self.HIGH if pull_up_down == self.PUD_UP else self.LOW
        self.levels[channel] = initial if direction == self.OUT else self._wires.get(channel, pulled)

    def output(self, channel: int, value: int, /) -> None:
        self._may_break()
        if self._directions.get(channel) != self.OUT:
            raise RuntimeError("not set up as an output")
        self.levels[channel] = value
        self.written.append((channel, value))

    def input(self, channel: int, /) -> int:
        self._may_break()
        if channel not in self._directions:
            raise RuntimeError("not set up")
        return self.levels[channel]

    def add_event_detect(self, channel: int, edge: int, callback: Callable[[int], None]) -> None:
        self._may_break()
        if self._directions.get(channel) != self.IN or channel in self._callbacks:
            raise RuntimeError("no input, or watched already")
        self._callbacks[channel] = callback

    def cleanup(self) -> None:
        self._directions.clear()
        self._callbacks.clear()
        self.levels.clear()
        self._mode = None

    def _may_break(self) -> None:
        if self.broken:
            raise BoardError("can not open gpiochip")

    # --- the hand's face --------------------------------------------------------------------------------------------

    @property
    def in_use(self) -> set[int]:
        return set(self._directions)

    def wire(self, channel: int, level: int) -> None:
        """Put the pin on this level, with an edge where it is watched and changes."""
        changed = self.levels.get(channel) != level
        self._wires[channel] = level
        if channel in self.levels:
            self.levels[channel] = level
        if changed and channel in self._callbacks:
            self._callbacks[channel](channel)

    def edge(self, channel: int) -> None:
        """A pulse too short to be sampled."""
        self._callbacks[channel](channel)
