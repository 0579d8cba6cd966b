"""What may be told of a visit whose process is lost, wherever it stands."""

from kiosk import events as on
from kiosk.events import Action
from kiosk.failures import Failure
from kiosk.flow.loss import lost
from kiosk.states import Attract
from kiosk.visit import Ending, Health
from tests.flow.chapters import reviewed
from tests.flow.tale import Tale


def test_at_the_attract_screen_nobodys_visit_is_cut_short() -> None:
    tale = Tale()
    assert lost(tale.state) is None
    tale.state = tale.happens(on.HealthTold(Health(reader=False))).state
    assert lost(tale.state) is None
    assert lost(Tale().happens(Action.START).state) is Ending.BROKEN_OFF


def test_what_the_attract_screen_tells_stays_to_be_told() -> None:
    tale = Tale()
    tale.state = type(tale.state)(2, tale.rules, Attract(Ending.FATE_UNKNOWN))
    assert lost(tale.state) is Ending.FATE_UNKNOWN


def test_on_its_way_the_fate_is_open_and_what_was_received_is_never_denied() -> None:
    tale = reviewed()
    assert lost(tale.state) is Ending.BROKEN_OFF
    assert lost(tale.happens(Action.SUBMIT).state) is Ending.FATE_UNKNOWN
    assert lost(tale.answered(on.Submitted("1")).state) is Ending.COMPLETED
    assert lost(tale.answered(on.Wiped()).state) is Ending.COMPLETED
    assert lost(tale.happens(Action.FINISH).state) is Ending.COMPLETED


def test_a_refusal_leaves_nothing_submitted_and_a_lost_answer_an_open_fate() -> None:
    refused = reviewed().happens(Action.SUBMIT).answered(on.Failed(Failure.PORTAL_UNREACHABLE))
    assert lost(refused.state) is Ending.BROKEN_OFF
    unsettled = reviewed().happens(Action.SUBMIT).answered(on.Failed(Failure.SUBMISSION_UNCERTAIN))
    assert lost(unsettled.state) is Ending.FATE_UNKNOWN
    unsettled.happens(on.Elapsed(on.TimerKind.DEADLINE))
    assert lost(unsettled.state) is Ending.FATE_UNKNOWN
    assert lost(unsettled.answered(on.Wiped()).state) is Ending.FATE_UNKNOWN
