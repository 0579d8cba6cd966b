"""The lowest seam: a place where a card can lie, seen through a reader. Real ones and simulated ones are used alike.

A slot may be looked at on one thread while another talks to the card; keeping these two apart is the slot's own
matter. Its calls raise `DriverError` with the card's or the reader's failures only.
"""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Sighting:
    """What is there: the reader's name (None: no reader), and which laying of a card (None: no card).

    Each time that a card is laid the number grows: the same card taken and put back is another laying. A slot that
    lost sight of the reader, however shortly, shows one sighting without it.
    """

    reader: str | None
    laying: int | None = None


class Slot(Protocol):
    """A reader's place for one card."""

    def look(self, known: Sighting | None, timeout: float) -> Sighting:
        """What is there, as soon as it differs from `known`, or after `timeout` seconds. Never raises."""

    def connect(self) -> Sighting:
        """Power the card up, for us alone; what lies where. Raises CARD_NOT_LAID, CARD_UNREADABLE, READER_LOST."""

    def transmit(self, command: bytearray) -> bytes:
        """One APDU each way. Raises CARD_PULLED, CARD_SLOW, CARD_UNREADABLE, READER_LOST; then only disconnect."""

    def disconnect(self) -> None:
        """Let go and reset the card: nothing that a password opened stays open. Never raises; may be called twice."""

    def close(self) -> None:
        """Let go, give everything back, end a `look` that waits. Never raises, never hangs."""
