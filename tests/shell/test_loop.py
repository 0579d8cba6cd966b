"""The loop as a story: what happens, what is shown, what is asked for, when."""

from dataclasses import replace

from kiosk.effects import FetchTerms, Photograph, Wipe
from kiosk.events import (
    Action,
    Answered,
    CardLaid,
    CardTaken,
    DigitTapped,
    Event,
    Failed,
    HealthTold,
    Tapped,
    Touched,
    TraySeen,
    Wiped,
)
from kiosk.failures import Failure
from kiosk.flow.step import Step
from kiosk.flow.transitions import step
from kiosk.ports import Closed, KeyPressed
from kiosk.shell.loop import SHUTTER_SECONDS, SOUND_SECONDS, run_visit
from kiosk.states import Farewell, Preparation, Scanning, State, Submitting
from kiosk.visit import CardPlace, Ending, Guidance, Health, Sight, Ticket, Tray
from tests.shell.fakes import Stand, StoryPanel, fresh

START, BACK, NEXT = Tapped(Action.START), Tapped(Action.BACK), Tapped(Action.NEXT)


def wiped(stand: Stand) -> None:
    """The workers have wiped."""
    [wipe] = [effect for effect in stand.effects if isinstance(effect, Wipe)]
    stand.inbox.put(Answered(wipe.ticket, Wiped()))


def test_a_visit_begins_before_the_attract_screen_and_ends_when_left() -> None:
    stand = Stand(START, BACK, lambda: wiped(stand))
    assert run_visit(fresh(), stand.around) is Ending.LEFT
    assert stand.glass.views == ["AttractView", "PreparationView", "WipingView"]


def test_a_picture_is_shown_only_when_it_differs() -> None:
    stand = Stand(Touched(), Touched(), CardLaid(), START, Touched())
    assert run_visit(fresh(), stand.around) == Closed()
    assert len(stand.glass.shown) == 2


def test_what_comes_from_other_threads_wakes_the_glass() -> None:
    stand = Stand(lambda: stand.inbox.put(HealthTold(Health(reader=False))))
    run_visit(fresh(), stand.around)
    assert stand.glass.wakes == 1
    assert stand.glass.views == ["AttractView", "OutOfServiceView"]


def test_a_request_goes_out_and_its_answer_comes_back_by_ticket() -> None:
    def answer() -> None:
        [fetch] = [effect for effect in stand.effects if isinstance(effect, FetchTerms)]
        stand.inbox.put(Answered(Ticket(7, 99), Failed(Failure.PORTAL_MALFORMED)))  # another visit's
        stand.inbox.put(Answered(fetch.ticket, Failed(Failure.PORTAL_UNREACHABLE)))

    stand = Stand(START, NEXT, answer)
    run_visit(fresh(), stand.around)
    assert stand.glass.views == ["AttractView", "PreparationView", "BusyView", "TroubleView"]


def test_patience_asks_counts_down_and_goes_home() -> None:
    stand = Stand(START, 1000.0, lambda: wiped(stand))
    assert run_visit(fresh(), stand.around) is Ending.TIMED_OUT
    asked = [shown for shown in stand.glass.shown if type(shown.scene.view).__name__ == "StillThereView"]
    assert [shown.seconds_left for shown in asked] == list(range(30, 0, -1))
    assert [shown.at for shown in asked] == [60.0 + second for second in range(30)]


def test_a_touch_anywhere_answers_the_question_and_patience_begins_anew() -> None:
    stand = Stand(START, 65.0, Touched(), 55.0, Touched(), 55.0)
    run_visit(fresh(), stand.around)
    assert stand.glass.views == ["AttractView", "PreparationView", "StillThereView", "PreparationView"]


def test_a_second_touch_meant_for_a_picture_that_is_gone_is_dropped() -> None:
    stand = Stand()
    batches: list[list[Event]] = [[START, START, BACK]]
    stand.glass.wait = lambda seconds: batches.pop() if batches else [Closed()]  # type: ignore[method-assign]
    run_visit(fresh(), stand.around)
    assert stand.glass.views == ["AttractView", "PreparationView"]


def test_lamps_are_all_written_at_the_start_and_then_on_change() -> None:
    stand = Stand(START, Touched(), Tapped(Action.STAFF))
    run_visit(fresh(), stand.around)
    assert stand.panel.lit == [(False, False, False), (False, False, True)]


def test_what_was_left_behind_is_called_for_by_a_sound_again_and_again_until_it_is_taken() -> None:
    stand = Stand(20.0, CardTaken(), 20.0)
    run_visit(replace(fresh(), stage=Farewell(Ending.LEFT, erased=True), card=CardPlace.PRESENT), stand.around)
    assert stand.panel.buzzed == [SOUND_SECONDS] * 3
    assert stand.panel.lit == [(True, False, False), (False, False, False)]


def test_a_panel_that_cannot_sound_is_no_dead_terminal() -> None:
    stand = Stand(3.0)
    stand.panel = StoryPanel(broken=True)
    farewell = replace(fresh(), stage=Farewell(Ending.LEFT, erased=True), tray=Tray.PAPER)
    assert run_visit(farewell, stand.around) == Closed()


def test_a_dark_panel_is_a_named_fault_and_no_dead_terminal() -> None:
    stand = Stand(START)
    stand.panel = StoryPanel(broken=True)
    assert run_visit(fresh(), stand.around) == Closed()
    assert stand.glass.views == ["AttractView", "PreparationView"]
    assert "failure panel PANEL_LOST" in stand.written


def test_the_camera_is_told_to_look_on_change_only() -> None:
    stand = Stand(Touched(), Touched())
    run_visit(replace(fresh(), stage=Scanning(need_empty=False)), stand.around)
    assert len(stand.looked) == 1
    assert stand.looked[0] is not None


def test_keys_of_a_desktop_play_hands_and_touch_nothing() -> None:
    stand = Stand(KeyPressed("1"), KeyPressed("q"))
    run_visit(fresh(), stand.around)
    assert stand.pressed == ["1", "q"]
    assert stand.glass.views == ["AttractView"]


def test_closing_ends_the_visit_at_once() -> None:
    stand = Stand(START, Closed(), NEXT)
    assert run_visit(fresh(), stand.around) == Closed()
    assert stand.effects == []


def test_a_fault_in_painting_ends_the_visit_and_tells_no_contents() -> None:
    def tear() -> None:
        stand.glass.broken = True

    stand = Stand(START, tear, NEXT)
    broke = list[bool]()
    around = replace(stand.around, broke=lambda: broke.append(True))
    assert run_visit(fresh(), around) is Ending.BROKEN_OFF
    assert broke == [True]
    [fault] = [line for line in stand.written if "fault" in line]
    assert fault.startswith("fault in loop: ZeroDivisionError at fakes.py:")
    assert "personal" not in "".join(stand.written)


def test_a_fault_in_step_ends_the_visit() -> None:
    def breaks(state: State, event: Event) -> Step:
        if isinstance(state.stage, Preparation):
            raise KeyError(event)
        return step(state, event)

    stand = Stand(START, NEXT)
    assert run_visit(fresh(), stand.around, breaks) is Ending.BROKEN_OFF


def test_a_fault_while_the_papers_are_on_their_way_leaves_the_fate_open() -> None:
    def breaks(state: State, event: Event) -> Step:
        raise KeyError(event)

    stand = Stand(Touched())
    submitting = replace(fresh(), stage=Submitting(Ticket(1, 1)))
    assert run_visit(submitting, stand.around, breaks) is Ending.FATE_UNKNOWN


def test_digits_are_not_written_down_at_all() -> None:
    stand = Stand(START, DigitTapped(7), NEXT)
    run_visit(fresh(), stand.around)
    assert not [line for line in stand.written if "Digit" in line or "7" in line]


def test_a_photograph_is_heard_once_and_so_is_the_next_one() -> None:
    taken = TraySeen(Sight(Guidance.READY))

    def refuse() -> None:
        asked = [effect for effect in stand.effects if isinstance(effect, Photograph)][-1]
        stand.inbox.put(Answered(asked.ticket, Failed(Failure.PAGE_BLURRED)))

    stand = Stand(taken, 3.0, refuse, Tapped(Action.RETRY), taken, 3.0)
    run_visit(replace(fresh(), stage=Scanning(need_empty=False)), stand.around)
    assert stand.panel.buzzed == [SHUTTER_SECONDS] * 2
