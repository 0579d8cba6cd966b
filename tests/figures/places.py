"""A desk on a private pcscd, for figures: the sample card on a virtual reader, a visitor's digits, a stopwatch."""

from collections.abc import Iterator
from contextlib import contextmanager

from drivers.card.pcsc import PcscSlot
from drivers.card.pin_guard import PinGuard, Rules
from drivers.card.reader import CardDesk
from drivers.card.refusals import RefusalTimesInMemory
from drivers.card.simulator import SimulatedReader
from drivers.card.stopwatch import Stopwatch
from drivers.card.vault import Vault
from drivers.card.vpcd import VirtualReader
from kiosk.visit import Entry, Password
from tests.drivers.card.desk import NOW
from tests.drivers.card.pcscd import Pcscd
from tests.journeys.terminal import until

_DIGITS = {Password.AUTHENTICATION: "1234", Password.ATTRIBUTES: "5678"}


@contextmanager
def shown(pcscd: Pcscd, reader: SimulatedReader) -> Iterator[None]:
    """What lies on the reader, until pcscd has seen it (where something does) and for as long as the block."""
    virtual = VirtualReader(reader, pcscd.address)
    virtual.start()
    try:
        eyes = PcscSlot()
        until(
            lambda: (eyes.look(None, 0).laying is not None) == (reader.card is not None), "pcscd sees what lies there"
        )
        eyes.close()
        yield
    finally:
        virtual.stop()


class Place:
    """A desk on pcscd with fresh digits for every entry."""

    def __init__(self) -> None:
        self.vault = Vault()
        guard = PinGuard(self.vault, RefusalTimesInMemory(), lambda: NOW, Rules())
        self.stopwatch = Stopwatch(PcscSlot())
        self.desk = CardDesk(self.stopwatch, guard, lambda: NOW, hear=self.stopwatch.hear)
        self._entries = 0

    def enter(self, password: Password) -> Entry:
        self._entries += 1
        entry = Entry(self._entries, password)
        for position, digit in enumerate(_DIGITS[password]):
            self.vault.store(entry, position, int(digit))
        return entry
