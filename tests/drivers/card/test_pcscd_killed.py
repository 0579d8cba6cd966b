"""pcscd is killed in the middle of the whole job, and started again: no try is lost, the same visit goes on, and so
does the next. At a sample of commands: every third of the best pair's, every eleventh of the least one's.
"""

from functools import partial

import pytest

from drivers.card.habits import Habits
from drivers.card.simulator import SimulatedReader
from kiosk.failures import DriverError, Failure
from kiosk.visit import Tries
from tests.drivers.card.desk import Desk, card, tries_on
from tests.drivers.card.jobs import PAIRS, Owner, failure_of, visit, visit_to_its_end, visit_with_mistakes
from tests.drivers.card.pcscd import Pcscd
from tests.drivers.card.through_pcscd import ThroughPcscd

pytestmark = pytest.mark.usefixtures("quick_signatures")


class Outlived(SimulatedReader):
    """Under whose driver pcscd is killed, once: at the command `at`, before the card or after it has heard it."""

    def __init__(self, pcscd: Pcscd, habits: Habits, at: int | None, *, heard: bool) -> None:
        super().__init__(card=card(), habits=habits)
        self._pcscd = pcscd
        self._at = at
        self._heard = heard

    def transmit(self, command: bytearray) -> bytes:
        """See `Slot`. As the card's: pcscd waits for the answer."""
        if self.sent != self._at:
            return super().transmit(command)
        if self._heard:
            super().transmit(command)
        self._at = None
        self._pcscd.kill()
        self._pcscd.start()
        raise DriverError(Failure.CARD_UNREADABLE)


@pytest.mark.parametrize("heard", [False, True], ids=["unheard", "heard"])
@pytest.mark.parametrize(("pair", "every"), [("best", 3), ("neither", 11)])
def test_a_pcscd_that_is_killed_costs_only_wrong_entries(
    pair: str, every: int, heard: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for job in (visit_with_mistakes, visit_to_its_end):
        with Pcscd(round_ms=5) as pcscd:
            through = ThroughPcscd(pcscd)
            monkeypatch.setattr("tests.drivers.card.desk.slot_over", through.slot_over)
            whole = Outlived(pcscd, PAIRS[pair], None, heard=heard)
            assert whole.card is not None
            job(Owner(Desk(whole), whole.card))
            for at in range(heard, whole.sent, every):
                reader = Outlived(pcscd, PAIRS[pair], at, heard=heard)
                chip = reader.card
                assert chip is not None
                owner = Owner(Desk(reader), chip)
                assert failure_of(partial(job, owner)) in {Failure.READER_LOST, None}, at
                assert tries_on(chip) == owner.owed
                assert owner.desk.card.inspect().tries == Tries(*owner.owed)
                visit(Owner(Desk(reader, times=owner.desk.times), chip))
                assert tries_on(chip) == (3, 3)
            through.close()


@pytest.mark.parametrize("laid_before", [1, 2])
def test_a_card_that_was_changed_while_there_was_no_pcscd_is_another_card(
    laid_before: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its counting of cards begins anew: the new card may well bear the number of the one that was looked at."""
    seen, unseen = card(serial=1), card(serial=2)
    with Pcscd(round_ms=5) as pcscd:
        through = ThroughPcscd(pcscd)
        monkeypatch.setattr("tests.drivers.card.desk.slot_over", through.slot_over)
        desk = Desk()
        for _ in range(laid_before):
            desk.reader.lay(seen)
            desk.card.inspect()
        pcscd.kill()
        desk.reader.lay(unseen)
        pcscd.start()
        assert failure_of(partial(desk.logs_in, "1111")) is Failure.CARD_PULLED
        assert (unseen.verifies, tries_on(unseen)) == (0, (3, 3))
        through.close()
