"""The simulated reader, with two faces: a `Slot` for the driver, and the hands of `place.py` that lay, take and unplug.

A command that takes its time (`Pace`) can be pulled in the middle.
"""

from collections.abc import Callable

from drivers.card.chip import Chip
from drivers.card.faults import FAILURES, Appointment, Fault
from drivers.card.habits import AT_ONCE, BEST, Habits, Pace
from drivers.card.passage import Passage
from drivers.card.place import CardPlace
from drivers.card.slot import Sighting
from kiosk.failures import DriverError, Failure


class SimulatedReader(CardPlace):
    """A reader on which at most one card lies. `wait` is given the seconds that `pace` has commands take, where they
    are not to pass in real time.
    """

    def __init__(
        self,
        name: str = "Simulated reader 00 00",
        card: Chip | None = None,
        habits: Habits = BEST,
        pace: Pace = AT_ONCE,
        wait: Callable[[float], None] | None = None,
    ) -> None:
        super().__init__(name)
        self._wait = wait
        self._passage = Passage(habits, pace)
        self._closings = 0
        if card is not None:
            self.lay(card)

    # --- what goes on between driver and card -----------------------------------------------------------------------

    def fault_at(self, at: int, fault: Fault, *, heard: bool = True) -> None:
        """Let something go wrong at a coming command, 0 is the next one; `heard`: the card still hears it."""
        with self._changed:
            self._passage.appoint(Appointment(at, fault, heard))

    def become(self, habits: Habits) -> None:
        """Another reader, or another card's manners, from the next command on."""
        with self._changed:
            self._passage.mouth.habits = habits

    @property
    def sent(self) -> int:
        """How many commands were passed on, heard or not."""
        return self._passage.sent

    @property
    def modelled(self) -> float:
        """The seconds that they take, whether they have passed or not."""
        return self._passage.modelled

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
            self._passage.renew()
            self._connected = self._laying
            return self._sighting()

    def transmit(self, command: bytearray) -> bytes:
        """See `Slot`."""
        with self._changed:
            if not self._plugged:
                raise DriverError(Failure.READER_LOST)
            if self._card is None or self._connected != self._laying:
                raise DriverError(Failure.CARD_PULLED)
            carried = self._passage.carry(self._card, bytes(command))
            if carried.fault is not None:
                self._go_wrong(carried.fault)
                raise DriverError(FAILURES[carried.fault])
            self._take_time(carried.seconds)
            return carried.answer

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

    def _go_wrong(self, fault: Fault) -> None:
        if fault is Fault.PULLED:
            self._remove()
        elif self._card is not None:
            self._card.reset()
        self._plugged = self._plugged and fault is not Fault.UNPLUGGED
        self._connected = None
        self._changed.notify_all()

    def _take_time(self, seconds: float) -> None:
        """Of a card that is taken meanwhile no answer comes any more, though it has heard."""
        laying = self._connected
        if seconds > 0 and self._wait is not None:
            self._wait(seconds)
        elif seconds > 0:
            self._changed.wait_for(lambda: self._connected != laying, seconds)
        if self._connected != laying:
            raise DriverError(Failure.CARD_PULLED if self._plugged else Failure.READER_LOST)
