"""How long reader and card take for each command: a slot in front of another one, with a clock."""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from drivers.card import apdu
from drivers.card.slot import Sighting, Slot
from drivers.card.trace import Exchanged


@dataclass(frozen=True, slots=True)
class Timed:
    """One command and its answer without contents, and when it began and ended, in seconds of the same clock."""

    said: Exchanged
    began: float
    ended: float

    @property
    def seconds(self) -> float:
        """From the command's leaving to the answer's coming."""
        return self.ended - self.began

    @property
    def asks_for_tries(self) -> bool:
        """Whether it was a VERIFY without a body."""
        return self.said.header[1] == apdu.VERIFY and not self.said.with_password

    @property
    def signs(self) -> bool:
        """Whether the card was given something to sign."""
        return self.said.header[1] == apdu.PERFORM_SECURITY_OPERATION


class Stopwatch:
    """A `Slot`; its `hear` belongs to whoever talks through it, and `timed` holds all that it was told, in order."""

    def __init__(self, slot: Slot, clock: Callable[[], float] = monotonic) -> None:
        self._slot = slot
        self._clock = clock
        self._last = (0.0, 0.0)
        self.timed: list[Timed] = []

    def hear(self, said: Exchanged) -> None:
        """About the command that has just been sent."""
        self.timed.append(Timed(said, *self._last))

    def look(self, known: Sighting | None, timeout: float) -> Sighting:
        """See `Slot`."""
        return self._slot.look(known, timeout)

    def connect(self) -> Sighting:
        """See `Slot`."""
        return self._slot.connect()

    def transmit(self, command: bytearray) -> bytes:
        """See `Slot`."""
        began = self._clock()
        try:
            return self._slot.transmit(command)
        finally:
            self._last = began, self._clock()

    def disconnect(self) -> None:
        """See `Slot`."""
        self._slot.disconnect()

    def close(self) -> None:
        """See `Slot`."""
        self._slot.close()
