"""Promises about the end of a visit: what is said, what is wiped, what was left behind is called for."""

import pytest

from kiosk import effects as do
from kiosk import events as on
from kiosk import states as at
from kiosk.events import Action, TimerKind
from kiosk.failures import REMEDIES, Failure
from kiosk.flow.lamps import Looking, calling, lamps, looking
from kiosk.visit import Ending, Guidance, Sight
from tests.flow.chapters import identified, reviewed
from tests.flow.tale import Tale


@pytest.mark.parametrize(
    ("what", "erased"),
    [(on.Wiped(), True), (on.Failed(Failure.PORTAL_UNREACHABLE), False), (on.Elapsed(TimerKind.DEADLINE), False)],
)
def test_erased_is_said_only_after_the_wipe(what: on.Wiped | on.Failed | on.Elapsed, erased: bool) -> None:
    for tale in (identified().happens(Action.CANCEL, Action.YES), reviewed().happens(Action.SUBMIT)):
        if isinstance(tale.state.stage, at.Submitting):
            tale.answered(on.Submitted("0101"))
        _ = tale.happens(what) if isinstance(what, on.Elapsed) else tale.answered(what)
        assert isinstance(tale.state.stage, at.Farewell | at.Done)
        assert tale.state.stage.erased is erased


def test_a_failure_without_a_way_on_leads_home() -> None:
    for failure in (failure for failure in Failure if not REMEDIES[failure].retry):
        tale = identified().happens(Action.NEXT).answered(on.Failed(failure)).stands(at.Trouble)
        tale.happens(Action.RETRY).stands(at.Trouble).happens(Action.FINISH).stands(at.Wiping)
        assert tale.answered(on.Wiped()).state.stage == at.Farewell(Ending.STOPPED, erased=True)


def test_the_wipe_empties_what_this_process_remembers() -> None:
    for tale in (identified().happens(Action.CANCEL, Action.YES), reviewed().happens(on.Elapsed(TimerKind.PATIENCE))):
        tale.happens(on.Elapsed(TimerKind.QUESTION)).stands(at.Wiping)
        assert tale.state.dossier.address == ""
        assert tale.state.dossier.attributes is None


def test_an_empty_room_gets_no_farewell_but_a_card_left_there_does() -> None:
    away = (on.Elapsed(TimerKind.PATIENCE), on.Elapsed(TimerKind.QUESTION))
    identified().happens(*away).answered(on.Wiped()).stands(at.Ended)
    tale = identified().happens(on.CardLaid(), *away).answered(on.Wiped()).stands(at.Farewell)
    assert lamps(tale.state).reader
    tale.happens(on.Elapsed(TimerKind.LEAVE)).stands(at.Ended)


def left_with_a_paper() -> Tale:
    """The last paper was photographed and lies there still; nobody touches anything."""
    away = (on.Elapsed(TimerKind.PATIENCE), on.Elapsed(TimerKind.QUESTION))
    return reviewed().happens(*away).stands(at.Wiping)


def test_the_wipe_waits_for_nobody_to_take_card_or_paper() -> None:
    tale = reviewed().happens(on.CardLaid()).forget()
    tale.happens(on.Elapsed(TimerKind.PATIENCE), on.Elapsed(TimerKind.QUESTION)).stands(at.Wiping).wants(do.Wipe)
    assert tale.answered(on.Wiped()).state.stage == at.Farewell(Ending.TIMED_OUT, erased=True)
    assert calling(tale.state)


def test_a_paper_that_was_left_is_looked_for_lit_and_called_for_until_it_is_taken() -> None:
    tale = left_with_a_paper()
    assert lamps(tale.state).tray
    assert looking(tale.state) == Looking(tale.state.next_serial, need_empty=True, shown=False)
    tale.answered(on.Wiped()).stands(at.Farewell)
    assert not calling(tale.state)  # not before it has been seen
    tale.happens(on.TraySeen(Sight(Guidance.TOO_DARK)))
    assert not calling(tale.state)
    assert calling(tale.happens(on.TraySeen(Sight(Guidance.EMPTY_THE_TRAY))).state)
    tale.happens(on.TraySeen(Sight(Guidance.LAY_A_PAPER))).stands(at.Ended)


def test_an_empty_tray_is_not_called_for() -> None:
    left_with_a_paper().happens(on.TraySeen(Sight(Guidance.LAY_A_PAPER))).answered(on.Wiped()).stands(at.Ended)
    done = reviewed().happens(Action.SUBMIT).answered(on.Submitted(None)).answered(on.Wiped()).stands(at.Done)
    done.happens(on.TraySeen(Sight(Guidance.LAY_A_PAPER)))
    assert (looking(done.state), lamps(done.state).tray) == (None, False)
    done.happens(Action.FINISH).stands(at.Ended)


def test_who_goes_from_the_last_screen_without_the_paper_is_called_back() -> None:
    tale = reviewed().happens(Action.SUBMIT).answered(on.Submitted(None)).answered(on.Wiped()).stands(at.Done)
    tale.happens(on.TraySeen(Sight(Guidance.EMPTY_THE_TRAY))).stands(at.Done)
    assert lamps(tale.state).tray
    assert not calling(tale.state)  # there is a minute to take it first
    assert calling(tale.happens(Action.FINISH).stands(at.Farewell).state)
    tale.happens(on.Elapsed(TimerKind.LEAVE)).stands(at.Ended)


def test_who_has_left_on_purpose_reads_to_the_end_that_everything_is_erased() -> None:
    tale = reviewed().happens(Action.CANCEL, Action.YES).answered(on.Wiped()).stands(at.Farewell)
    tale.happens(on.TraySeen(Sight(Guidance.LAY_A_PAPER))).stands(at.Farewell)
