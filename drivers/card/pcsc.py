"""A slot on a real reader, over PC/SC.

Looking and talking have a context each, because a context serves one call at a time. A context dies with pcscd and
never comes back, so on any error it is dropped and made anew at the next call: pcscd restarted, the reader unplugged
and plugged back, all heal without a restart of anything. The kind of card is never told from its ATR.

With a reader that goes, or with pcscd, the count of its layings dies as well, and another card may come to bear the
number of the one before. A look that lives through that has seen no reader in between; where cards are talked to, the
numbers then go on above all that may have been given.
"""

from collections.abc import Sequence
from threading import Event, Lock
from time import monotonic

from drivers.card.resource_manager import Connection, Context, ReaderState, ResourceError
from drivers.card.slot import Sighting
from kiosk.failures import DriverError, Failure

_CLOSING = 2.0  # seconds that closing waits for a call that is still under way
_RETRY = 1.0  # seconds between attempts to reach a resource manager that is not there
_CANCELLING = 0.02  # seconds between attempts to end a look that waits
_COUNTED = 1 << 16  # layings, the most that one resource manager can tell apart

# Numbers of the resource manager with a meaning of their own; the others mean what `connect` and `transmit` say.
_FAILURES = {
    0x80100009: Failure.READER_LOST,  # unknown reader
    0x8010000A: Failure.CARD_SLOW,
    0x8010000B: Failure.READER_LOST,  # another program holds it
    0x8010000C: Failure.CARD_NOT_LAID,
    0x80100013: Failure.READER_LOST,  # it went while it was asked
    0x80100017: Failure.READER_LOST,  # reader unavailable
    0x8010001D: Failure.READER_LOST,  # no resource manager
    0x8010001E: Failure.READER_LOST,  # it has stopped
    0x8010002E: Failure.READER_LOST,  # no readers
    0x80100066: Failure.CARD_UNREADABLE,  # mute
    0x80100067: Failure.CARD_UNREADABLE,  # without power
    0x80100068: Failure.CARD_UNREADABLE,  # reset by another program
    0x80100069: Failure.CARD_PULLED,
    0x8010006A: Failure.READER_LOST,  # not allowed to use it
}


def failure_of(code: int, otherwise: Failure) -> Failure:
    """What a visitor is told about one of the resource manager's numbers."""
    return _FAILURES.get(code, otherwise)


class PcscSlot:
    """The first reader whose name contains `wanted` (empty: any), one with a card before one without."""

    def __init__(self, wanted: str = "") -> None:
        self._wanted = wanted
        self._closed = Event()
        self._looking = Lock()
        self._talking = Lock()
        self._look_context: Context | None = None
        self._talk_context: Context | None = None
        self._connection: Connection | None = None
        self._laid_before = 0  # at most, before the count began anew

    def look(self, known: Sighting | None, timeout: float) -> Sighting:
        """See `Slot`. Without a resource manager it waits, too, so that nobody turns in a circle."""
        with self._looking:
            seen = self._look(known, timeout)
            if seen.reader is None:
                self._laid_before += _COUNTED
            return seen

    def connect(self) -> Sighting:
        """See `Slot`."""
        with self._talking:
            try:
                try:
                    return self._connect(self._talk_context or Context())
                except ResourceError:
                    if self._talk_context is None:
                        raise
                    self._drop_talk_context()  # it may have died long ago: once more with a new one
                    return self._connect(Context())
            except ResourceError as error:
                self._drop_talk_context()
                failure = failure_of(error.code, Failure.CARD_UNREADABLE)
                raise DriverError(Failure.CARD_NOT_LAID if failure is Failure.CARD_PULLED else failure) from None

    def transmit(self, command: bytearray) -> bytes:
        """See `Slot`. What is not known better counts as a card that was taken, also an answer without any bytes:
        so pcscd tells it where the card went while it was asked.
        """
        with self._talking:
            if self._connection is None:
                raise DriverError(Failure.CARD_PULLED)
            try:
                answer = self._connection.transmit(command)
            except ResourceError as error:
                raise DriverError(failure_of(error.code, Failure.CARD_PULLED)) from None
            if not answer:
                raise DriverError(Failure.CARD_PULLED)
            return answer

    def disconnect(self) -> None:
        """See `Slot`."""
        with self._talking:
            self._let_go()

    def close(self) -> None:
        """See `Slot`. A call that hangs is left to the end of the process, which resets the card as well."""
        self._closed.set()
        if self._end_look():
            self._drop_look_context()
            self._looking.release()
        if self._talking.acquire(timeout=_CLOSING):
            self._let_go()
            self._drop_talk_context()
            self._talking.release()

    def _end_look(self) -> bool:
        """Holds `_looking` where true. A look that is only about to wait does not hear of its end: so again."""
        until = monotonic() + _CLOSING
        while not self._looking.acquire(timeout=_CANCELLING):
            context = self._look_context
            if context is not None:
                context.cancel()
            if monotonic() > until:
                return False
        return True

    def _look(self, known: Sighting | None, timeout: float) -> Sighting:
        if self._closed.is_set():
            return Sighting(None)
        try:
            self._look_context = self._look_context or Context()
            return self._see(self._look_context, known, timeout)
        except ResourceError:
            self._drop_look_context()
            if known == Sighting(None):
                self._closed.wait(min(timeout, _RETRY))
            return Sighting(None)

    def _see(self, context: Context, known: Sighting | None, timeout: float) -> Sighting:
        names = context.readers()
        state = self._state(context, names)
        now = _sighting(state)
        if now == known and timeout > 0:
            context.wait([state] if state else [], len(names), int(timeout * 1000))
            now = _sighting(self._state(context, context.readers()))
        if known is not None and _restarted(known, now):
            return Sighting(None)
        return now

    def _state(self, context: Context, names: Sequence[str]) -> ReaderState | None:
        states = context.states([name for name in names if self._wanted in name])
        return next((state for state in states if state.present), states[0] if states else None)

    def _connect(self, context: Context) -> Sighting:
        self._talk_context = context
        self._let_go()
        state = self._state(context, context.readers())
        if state is None:
            raise DriverError(Failure.READER_LOST)
        if not state.present:
            raise DriverError(Failure.CARD_NOT_LAID)
        self._connection = context.connect(state.name)
        powered = context.states([state.name])
        place = _sighting(powered[0] if powered else None, self._laid_before)
        if place.laying is None:  # gone already, and a place without a laying would be like any other
            raise DriverError(Failure.CARD_NOT_LAID)
        return place

    def _let_go(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.disconnect()

    def _drop_look_context(self) -> None:
        context, self._look_context = self._look_context, None
        if context is not None:
            context.release()

    def _drop_talk_context(self) -> None:
        context, self._talk_context = self._talk_context, None
        if context is not None:
            context.release()
            self._laid_before += _COUNTED


def _sighting(state: ReaderState | None, laid_before: int = 0) -> Sighting:
    """A reader of which nothing is known yet is none: it must not look as if it had been seen empty."""
    if state is None or not (state.present or state.empty):
        return Sighting(None)
    return Sighting(state.name, laid_before + state.events if state.present else None)


def _restarted(known: Sighting, now: Sighting) -> bool:
    """A count that has fallen is a reader that was away meanwhile."""
    if known.laying is None or now.laying is None or known.reader != now.reader:
        return False
    return now.laying < known.laying
