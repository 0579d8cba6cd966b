"""Readers that take less than the best: no short identifiers, no extended length, refused in every known way."""

from enum import Enum

from drivers.card import apdu
from drivers.card.chip import Chip
from drivers.card.simulator import SimulatedReader
from drivers.card.slot import Sighting
from kiosk.failures import DriverError, Failure


class Extended(Enum):
    """What becomes of a reading in extended length."""

    TAKEN = "taken"
    REFUSED = "refused"  # 6700
    CORRECTED = "corrected"  # 6C00: take 256
    CUT = "cut off"  # what the short form could have said
    EMPTY = "empty"  # 9000 and nothing
    LOST = "lost"  # the connection dies over it; the card lies there still


class LesserReader(SimulatedReader):
    """Counts what was said to the card by kind; `connections` counts them, too."""

    def __init__(self, chip: Chip, *, short: bool = True, extended: Extended = Extended.TAKEN) -> None:
        super().__init__(card=chip)
        self.short = short
        self.extended = extended
        self.connections = 0
        self.said: list[bytes] = []  # heads of four bytes

    def connect(self) -> Sighting:
        """See `Slot`."""
        self.connections += 1
        return super().connect()

    def transmit(self, command: bytearray) -> bytes:
        """See `Slot`."""
        raw = bytes(command)
        self.said.append(raw[:4])
        if raw[1] == apdu.READ_BINARY and len(raw) > 5 and self.extended is not Extended.TAKEN:
            self.sent += 1
            return self._answer_extended(raw)
        if not self.short and _short(raw):
            self.sent += 1
            return b"\x6a\x86"
        return super().transmit(command)

    def _answer_extended(self, raw: bytes) -> bytes:
        if self.extended is Extended.LOST:
            self._connected = None
            raise DriverError(Failure.CARD_PULLED)
        if self.extended is Extended.REFUSED:
            return b"\x67\x00"
        if not self.short and _short(raw):
            return b"\x6a\x86"
        if self.extended is Extended.CORRECTED:
            return b"\x6c\x00"
        if self.extended is Extended.EMPTY:
            return b"\x90\x00"
        assert self.card is not None
        return self.card.answer(raw[:4] + b"\x00")


def _short(raw: bytes) -> bool:
    return (raw[1] == apdu.READ_BINARY and raw[2] >= 0x80) or (raw[1] == apdu.VERIFY and raw[3] > 0x80)
