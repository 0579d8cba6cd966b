"""The real slot, as far as a machine without a reader (and perhaps without pcscd) can tell."""

import pytest

from drivers.card.pcsc import PcscSlot, failure_of
from drivers.card.slot import Sighting
from kiosk.failures import DriverError, Failure


def test_without_a_resource_manager_there_is_no_reader() -> None:
    slot = PcscSlot()
    assert slot.look(None, 0) == Sighting(None)
    assert slot.look(Sighting(None), 0.01) == Sighting(None)
    with pytest.raises(DriverError, match="READER_LOST"):
        slot.connect()
    slot.disconnect()
    slot.close()
    assert slot.look(None, 10) == Sighting(None)  # closed: it does not wait any more


def test_nothing_can_be_sent_before_a_card_is_connected() -> None:
    slot = PcscSlot()
    with pytest.raises(DriverError, match="CARD_PULLED"):
        slot.transmit(bytearray(5))
    slot.close()


def test_every_number_of_the_resource_manager_has_a_name() -> None:
    assert failure_of(0x8010001D, Failure.CARD_PULLED) is Failure.READER_LOST
    assert failure_of(0x80100069, Failure.CARD_UNREADABLE) is Failure.CARD_PULLED
    assert failure_of(0x80100066, Failure.CARD_PULLED) is Failure.CARD_UNREADABLE
    assert failure_of(0x80100016, Failure.CARD_PULLED) is Failure.CARD_PULLED
    assert failure_of(0, Failure.CARD_PULLED) is Failure.CARD_PULLED  # an answer that was none
