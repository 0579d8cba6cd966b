"""Whatever goes wrong at any command of the whole job costs a card no more than its owner's own wrong entries, and the
next visit works. In memory at every command; through pcscd at a sample.

Lost at this seam are alike: a reader that went, and a reader software that ended under it. What is particular to the
second, with a real pcscd, is shown in test_pcscd_killed.py.
"""

from functools import partial

import pytest

from drivers.card import apdu
from drivers.card.faults import FAILURES, Fault
from drivers.card.habits import Habits
from drivers.card.simulator import SimulatedReader
from kiosk.failures import Failure
from kiosk.visit import Tries
from tests.drivers.card.desk import Desk, card, tries_on
from tests.drivers.card.jobs import (
    ALLOWED,
    PAIRS,
    Job,
    Owner,
    failure_of,
    nothing_open,
    straight,
    straight_with_a_mistake,
    visit,
    visit_to_its_end,
    visit_with_mistakes,
)
from tests.drivers.card.ways import Way

JOBS = [visit_to_its_end, visit_with_mistakes, straight, straight_with_a_mistake]
SAMPLED = 21  # of the commands, one in so many goes through pcscd, beginning elsewhere for each pair and each fault

pytestmark = pytest.mark.usefixtures("quick_signatures")


def length_of(job: Job, habits: Habits) -> int:
    """In commands."""
    chip = card()
    desk = Desk(SimulatedReader(card=chip, habits=habits))
    job(Owner(desk, chip))
    return desk.reader.sent


def go_through(job: Job, habits: Habits, fault: Fault, at: int, *, heard: bool) -> Failure | None:
    """The job with a fault at a command; then the same visit looks anew, and another one does the whole job."""
    chip = card()
    desk = Desk(SimulatedReader(card=chip, habits=habits))
    owner = Owner(desk, chip)
    desk.reader.fault_at(at, fault, heard=heard)
    failure = failure_of(partial(job, owner))
    assert tries_on(chip) == owner.owed
    assert chip.verifies <= desk.entries
    assert nothing_open(chip) or desk.slot is not desk.reader  # pcscd resets a card that is back, not one that is gone
    desk.reader.plug()
    if desk.reader.card is None:
        desk.reader.lay(chip)
    assert desk.card.inspect().tries == Tries(*owner.owed)
    next_visit = Desk(desk.reader, times=desk.times)
    visit(Owner(next_visit, chip))
    assert tries_on(chip) == (3, 3)
    assert {(said.application, said.file) for said in chip.log} <= ALLOWED
    assert {said.ins for said in chip.log} <= {
        apdu.SELECT, apdu.READ_BINARY, apdu.VERIFY, apdu.PERFORM_SECURITY_OPERATION
    }  # fmt: skip
    return failure


@pytest.mark.parametrize("heard", [False, True], ids=["unheard", "heard"])
@pytest.mark.parametrize("fault", Fault)
def test_whatever_goes_wrong_at_any_command_costs_only_wrong_entries(fault: Fault, heard: bool, way: Way) -> None:
    named = {FAILURES.get(fault), None} | ({Failure.CARD_PULLED} if way.words_are_few else set())
    begin = 3 * list(Fault).index(fault) + heard
    for nth, (pair, habits) in enumerate(PAIRS.items()):
        for job in JOBS if way is Way.IN_MEMORY else [visit_with_mistakes]:
            commands = range(length_of(job, habits))
            for at in commands if way is Way.IN_MEMORY else commands[(begin + 5 * nth) % SAMPLED :: SAMPLED]:
                failure = go_through(job, habits, fault, at, heard=heard)
                expected = failure in named if fault in FAILURES else failure is not Failure.INTERNAL
                assert expected, (pair, job.__name__, at, failure)
