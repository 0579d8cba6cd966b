"""What a visit is told about cards on the reader, from what the slot sees. Pure: sightings in, events out.

A card that lay there before the visit belongs to nobody that we know: it is stale until the reader has been seen
without a card, or with another laying while the reader stayed. A reader that comes back proves nothing about the card
on it.
"""

from drivers.card.slot import Sighting
from kiosk.events import CardLaid, CardTaken, ReaderBack, ReaderLost
from kiosk.ports import CardEvent


class Lookout:
    """Remembers the last sighting of one visit."""

    def __init__(self) -> None:
        self._last: Sighting | None = None
        self._been_away = False

    @property
    def stale(self) -> bool:
        """Whether the card that lies there now may not be read."""
        return not self._been_away and self._last is not None and self._last.laying is not None

    @property
    def last(self) -> Sighting | None:
        """The newest sighting; None before the first."""
        return self._last

    def see(self, now: Sighting) -> tuple[CardEvent, ...]:
        """What a sighting means after the last one."""
        last, self._last = self._last, now
        if now.reader is None:
            return () if last is not None and last.reader is None else (ReaderLost(),)
        reader_new = last is not None and last.reader is None
        if reader_new:
            return (ReaderBack(), *self._laid(now))
        if now.laying is None:
            self._been_away = True
            return (CardTaken(),) if last is not None and last.laying is not None else ()
        if last is None or last.laying is None:
            return self._laid(now)
        if now.laying == last.laying:
            return ()
        self._been_away = True
        return (CardTaken(), *self._laid(now))

    def _laid(self, now: Sighting) -> tuple[CardEvent, ...]:
        if now.laying is None:
            self._been_away = True
            return ()
        return (CardLaid(stale=not self._been_away),)
