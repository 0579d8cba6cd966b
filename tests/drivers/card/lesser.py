"""Readers that take less than the best: no short identifiers, no extended length, refused in every known way."""

from drivers.card.chip import Chip
from drivers.card.habits import Extended, Habits
from drivers.card.simulator import SimulatedReader
from drivers.card.slot import Sighting


class LesserReader(SimulatedReader):
    """Counts what was said to the card by kind; `connections` counts them, too."""

    def __init__(self, chip: Chip, *, short: bool = True, extended: Extended = Extended.TAKEN) -> None:
        super().__init__(card=chip, habits=Habits(None if short else 0x6A86, extended))
        self.connections = 0
        self.said: list[bytes] = []  # heads of four bytes

    def connect(self) -> Sighting:
        """See `Slot`."""
        self.connections += 1
        return super().connect()

    def transmit(self, command: bytearray) -> bytes:
        """See `Slot`."""
        self.said.append(bytes(command[:4]))
        return super().transmit(command)
