"""Where a card lies: what hands do there, and what is to be seen of it.

The cards keep their counters; the place keeps nothing but what lies on it. Hands may act from any thread, also while a
driver waits.
"""

from threading import Condition

from drivers.card.chip import Chip
from drivers.card.slot import Sighting


class CardPlace:
    """A place for one card on a reader with a plug, as hands know it."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._changed = Condition()
        self._plugged = True
        self._card: Chip | None = None
        self._mute = False
        self._laying = 0
        self._connected: int | None = None  # the laying of the card that is powered for a driver

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
