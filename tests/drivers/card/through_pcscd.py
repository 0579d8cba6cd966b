"""A simulated reader as a real terminal would see it: through vpcd, pcscd, libpcsclite and pyscard.

The hands stay the simulated reader's own. What they do reaches pcscd a moment later; a story that goes on at once means
what it has just done, so before a card is looked for or connected, pcscd is given the time to see what lies there.
"""

from time import monotonic

from drivers.card.pcsc import PcscSlot
from drivers.card.simulator import SimulatedReader
from drivers.card.slot import Sighting
from drivers.card.vpcd import VirtualReader
from tests.drivers.card.pcscd import Pcscd

_PATIENCE = 10.0  # seconds until pcscd must have seen what lies there
_GLANCE = 0.02  # seconds


class ThroughPcscd:
    """Lays one simulated reader's card at a time on a private pcscd; `slot_over` gives a slot on it."""

    def __init__(self, pcscd: Pcscd) -> None:
        self._pcscd = pcscd
        self._shown: tuple[SimulatedReader, VirtualReader] | None = None
        self._eyes = PcscSlot()
        self._slots = [self._eyes]

    def slot_over(self, reader: SimulatedReader) -> "SettledSlot":
        """The real slot over what lies on `reader`; of another reader that was shown before, nothing is seen more."""
        if self._shown is None or self._shown[0] is not reader:
            self._hide()
            shown = VirtualReader(reader, self._pcscd.address, self._plug)
            shown.start()
            self._shown = reader, shown
        slot = PcscSlot()
        self._slots.append(slot)
        return SettledSlot(slot, self._eyes, *self._shown)

    def close(self) -> None:
        """Give everything back but the pcscd."""
        for slot in self._slots:
            slot.close()
        self._hide()

    def _hide(self) -> None:
        shown, self._shown = self._shown, None
        if shown is not None:
            shown[1].stop()

    def _plug(self, plugged: bool) -> None:
        """A reader without a plug is a pcscd that has ended, and come back without it."""
        self._pcscd.kill()
        self._pcscd.start(with_reader=plugged)


class SettledSlot:
    """A `Slot` that waits until pcscd has seen what the hands have done, before it looks anew or connects.

    `eyes` look at that, because `slot` itself may be in the middle of a look that waits.
    """

    def __init__(self, slot: PcscSlot, eyes: PcscSlot, hands: SimulatedReader, shown: VirtualReader) -> None:
        self._slot = slot
        self._eyes = eyes
        self._hands = hands
        self._shown = shown

    def look(self, known: Sighting | None, timeout: float) -> Sighting:
        if known is None:
            self._settle()
        return self._slot.look(known, timeout)

    def connect(self) -> Sighting:
        self._settle()
        return self._slot.connect()

    def transmit(self, command: bytearray) -> bytes:
        return self._slot.transmit(command)

    def disconnect(self) -> None:
        self._slot.disconnect()

    def close(self) -> None:
        self._slot.close()

    def _settle(self) -> None:
        until = monotonic() + _PATIENCE
        while not self._settled(seen := self._eyes.look(None, 0)):
            assert monotonic() < until, f"pcscd sees {seen}, and {self._hands.look(None, 0)} is there"
            self._eyes.look(seen, _GLANCE)

    def _settled(self, seen: Sighting) -> bool:
        hands = self._hands.look(None, 0)
        if hands.reader is None or seen.reader is None:
            return hands.reader is seen.reader
        return hands.laying == self._shown.seen.laying and (hands.laying is None) == (seen.laying is None)
