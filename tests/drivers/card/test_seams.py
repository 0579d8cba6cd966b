"""Real and simulated parts fit the same seams: the type checker is the judge here."""

from drivers.card.pcsc import PcscSlot
from drivers.card.refusals import RefusalTimes, RefusalTimesInMemory
from drivers.card.simulator import SimulatedReader
from drivers.card.slot import Slot
from drivers.card.vault import Vault
from kiosk.ports import CardReader, PasswordVault
from kiosk.service.check_card import Examiner
from tests.drivers.card.desk import Desk


def test_the_parts_fit() -> None:
    slots: list[Slot] = [PcscSlot(), SimulatedReader()]
    reader: CardReader = Desk().card
    examiner: Examiner = Desk().card
    vault: PasswordVault = Vault()
    times: RefusalTimes = RefusalTimesInMemory()
    assert all((slots, reader, examiner, vault, times))
