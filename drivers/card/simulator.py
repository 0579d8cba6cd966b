"""The simulated reader, with two faces: a `Slot` for the driver, and hands that lay, take, pull and unplug.

The cards keep their counters; the reader keeps nothing but what lies on it. Hands may act from any thread, also while
the driver waits.
"""

from dataclasses import dataclass
from threading import Condition

from drivers.card.chip import Chip
from drivers.card.slot import Sighting
from kiosk.failures import DriverError, Failure


@dataclass(frozen=True, slots=True)
class _Pull:
    at: int  # commands from now, the first is 0
    heard: bool  # whether the card still hears the command whose answer is lost
    failure: Failure


class SimulatedReader:
    """A reader on which at most one card lies. `sent` counts the commands that were passed on, heard or not."""

    def __init__(self, name: str = "Simulated reader 00 00", card: Chip | None = None) -> None:
        self._name = name
        self._changed = Condition()
        self._plugged = True
        self._closings = 0
        self._card: Chip | None = None
        self._mute = False
        self._laying = 0
        self._connected: int | None = None
        self._pull: _Pull | None = None
        self.sent = 0
        if card is not None:
            self.lay(card)

    # --- the hand's face --------------------------------------------------------------------------------------------

    @property
    def card(self) -> Chip | None:
        """What lies there."""
        return self._card

    @property
    def answer_to_reset(self) -> bytes | None:
        """The ATR of the card that lies there; None where none comes."""
        card = self._card
        return card.atr if card is not None and self._plugged and not self._mute else None

    def lay(self, card: Chip, *, mute: bool = False) -> None:
        """Lay a card, instead of one that may lie there. A mute one lies upside down or off the mark."""
        with self._changed:
            card.reset()
            self._card, self._mute = card, mute
            self._laying += 1
            self._connected = None
            self._changed.notify_all()

    def take(self) -> Chip | None:
        """Take the card; None where there is none."""
        with self._changed:
            taken = self._remove()
            self._changed.notify_all()
            return taken

    def unplug(self) -> None:
        """Pull the reader's plug. What lies on it stays there without power."""
        with self._changed:
            self._plugged, self._connected = False, None
            if self._card is not None:
                self._card.reset()
            self._changed.notify_all()

    def plug(self) -> None:
        """Put the plug back."""
        with self._changed:
            if not self._plugged:
                self._plugged = True
                self._laying += 1 if self._card is not None else 0
            self._changed.notify_all()

    def pull_at(self, at: int, *, heard: bool, failure: Failure = Failure.CARD_PULLED) -> None:
        """Let the card be taken (READER_LOST: the reader be unplugged) at a coming command; `heard` loses only the
        answer.
        """
        with self._changed:
            self._pull = _Pull(at, heard, failure)

    # --- the driver's face ------------------------------------------------------------------------------------------

    def look(self, known: Sighting | None, timeout: float) -> Sighting:
        """See `Slot`."""
        with self._changed:
            closings = self._closings
            self._changed.wait_for(lambda: self._closings > closings or self._sighting() != known, timeout)
            return self._sighting()

    def connect(self) -> Sighting:
        """See `Slot`."""
        with self._changed:
            if not self._plugged:
                raise DriverError(Failure.READER_LOST)
            if self._card is None:
                raise DriverError(Failure.CARD_NOT_LAID)
            if self._mute:
                raise DriverError(Failure.CARD_UNREADABLE)
            self._card.reset()
            self._connected = self._laying
            return self._sighting()

    def transmit(self, command: bytearray) -> bytes:
        """See `Slot`."""
        with self._changed:
            card = self._card
            if not self._plugged:
                raise DriverError(Failure.READER_LOST)
            if card is None or self._connected != self._laying:
                raise DriverError(Failure.CARD_PULLED)
            self.sent += 1
            pull = self._pull
            if pull is None or pull.at > 0:
                self._pull = _Pull(pull.at - 1, pull.heard, pull.failure) if pull else None
                return card.answer(bytes(command))
            if pull.heard:
                card.answer(bytes(command))
            self._fail(pull.failure)
            raise DriverError(pull.failure)

    def disconnect(self) -> None:
        """See `Slot`."""
        with self._changed:
            if self._connected is not None and self._card is not None:
                self._card.reset()
            self._connected = None

    def close(self) -> None:
        """See `Slot`. The reader itself outlives the visit: the next driver may look at it again."""
        self.disconnect()
        with self._changed:
            self._closings += 1
            self._changed.notify_all()

    def _sighting(self) -> Sighting:
        if not self._plugged:
            return Sighting(None)
        return Sighting(self._name, self._laying if self._card is not None else None)

    def _remove(self) -> Chip | None:
        taken, self._card = self._card, None
        self._connected = None
        if taken is not None:
            taken.reset()
        return taken

    def _fail(self, failure: Failure) -> None:
        self._pull = None
        if failure is Failure.CARD_PULLED:
            self._remove()
        elif failure is Failure.READER_LOST:
            self._plugged = False
            self._connected = None
            if self._card is not None:
                self._card.reset()
        self._changed.notify_all()
