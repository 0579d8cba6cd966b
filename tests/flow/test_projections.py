"""What stands as long as a state stands: lamps, timers, the picture; and what no `repr` tells."""

from dataclasses import replace

from kiosk import events as on
from kiosk import states as at
from kiosk.events import Action, TimerKind
from kiosk.failures import REMEDIES, Failure
from kiosk.flow.attract import begin
from kiosk.flow.diagram import diagram, nodes_of_steps
from kiosk.flow.lamps import Lamps, lamps, looking, shutter
from kiosk.flow.timeouts import timers
from kiosk.flow.transitions import ANSWERS, MAP, step
from kiosk.flow.views import view
from kiosk.states import Question, Rules, Stage, State
from kiosk.views import AttractView
from kiosk.visit import CardPlace, Ending, Guidance, Health, Language, Preferences, Sight
from tests.flow.chapters import identified, logged_in, numbers_known, photographed, registered, reviewed
from tests.flow.tale import NOTICE, ORDER, Tale
from tests.flow.world import ADDRESS, ATTRIBUTES, RECEIPT


def test_every_stage_and_every_question_has_its_row() -> None:
    assert set(MAP) == set(Stage.__args__)
    assert set(ANSWERS) == set(Question)
    assert set(REMEDIES) == set(Failure)


def test_the_diagram_shows_every_stage() -> None:
    assert nodes_of_steps() == {stage.__name__ for stage in MAP} - {"Asking", "Trouble"}
    assert "Review --> Submitting" in diagram()


def test_the_lamp_at_the_reader_burns_while_a_card_is_wanted() -> None:
    tale = registered()
    assert lamps(tale.state) == Lamps()
    tale.answered(on.RegistrationSeen(confirmed=True))
    assert lamps(tale.state) == Lamps(reader=True)


def test_the_camera_looks_only_while_papers_are_scanned() -> None:
    assert looking(identified().state) is None
    tale = numbers_known()
    first = looking(tale.state)
    assert first is not None
    assert first.need_empty
    assert lamps(tale.state).tray
    photographed(tale, 1).happens(Action.ADD)
    second = looking(tale.state)
    assert second is not None
    assert second.key != first.key


def test_staff_is_called_by_a_touch_and_by_what_only_staff_can_mend() -> None:
    assert lamps(registered().happens(Action.STAFF).state).call
    assert lamps(Tale().happens(on.ReaderLost()).state).call


def test_patience_is_longer_for_who_takes_their_time() -> None:
    tale = identified()
    (patience,) = timers(tale.state)
    assert (patience.kind, patience.seconds, patience.restarts_on_touch) == (TimerKind.PATIENCE, 60, True)
    tale.happens(Action.DISPLAY, Action.TAKE_YOUR_TIME, Action.CLOSE)
    assert timers(tale.state)[0].seconds == 180


def test_frames_do_not_renew_patience() -> None:
    tale = numbers_known().happens(on.TraySeen(Sight(Guidance.LAY_A_PAPER)))
    before = timers(tale.state)
    tale.happens(on.TraySeen(Sight(Guidance.NOT_FOUND)), on.TraySeen(Sight(Guidance.HOLD_STILL)))
    assert timers(tale.state) == before


def test_every_byte_that_moves_renews_the_deadline_of_a_submission() -> None:
    tale = reviewed().happens(Action.SUBMIT)
    before = timers(tale.state)
    assert tale.waits_for is not None
    tale.happens(on.Progressed(tale.waits_for, 4096, 1_300_000))
    assert timers(tale.state) != before


def test_polling_for_the_mail_does_not_renew_patience() -> None:
    def patience(tale: Tale) -> object:
        return next(timer for timer in timers(tale.state) if timer.kind is TimerKind.PATIENCE)

    tale = registered()
    before = patience(tale)
    tale.answered(on.RegistrationSeen(confirmed=False)).happens(on.Elapsed(TimerKind.POLL))
    assert patience(tale) == before


def test_a_language_chosen_on_the_attract_screen_is_forgotten_after_a_while() -> None:
    tale = Tale().happens(on.LanguageChosen(Language.EN))
    assert timers(tale.state)
    tale.happens(on.Elapsed(TimerKind.RESET))
    assert tale.state.preferences == Preferences()


def test_how_the_last_visit_ended_is_told_where_nobody_has_read_it_and_not_for_ever() -> None:
    def attract(last: Ending) -> State:
        return begin(2, Rules(NOTICE), Health(), CardPlace.ABSENT, ORDER, last)

    told = {last for last in Ending if view(attract(last)).view == AttractView(Rules(NOTICE).languages, last)}
    assert told == {Ending.TIMED_OUT, Ending.FATE_UNKNOWN, Ending.BROKEN_OFF}
    assert step(attract(Ending.BROKEN_OFF), on.Elapsed(TimerKind.RESET)).state.stage == at.Attract()


def test_the_same_picture_for_the_same_state() -> None:
    state = reviewed().state
    assert view(state) == view(replace(state))


def test_no_repr_holds_what_the_visitor_gave() -> None:
    secrets = ("1234", ADDRESS, RECEIPT, "S0101-20261102094512-10423", "901234507", ATTRIBUTES.name, ATTRIBUTES.address)
    for tale in (registered(), logged_in(), identified(), numbers_known(), reviewed()):
        tale.happens(Action.SUBMIT)
        shown = repr((tale.state, tale.effects, view(tale.state)))
        assert [secret for secret in secrets if secret in shown] == []


def test_events_and_typing_stages_hide_what_is_typed() -> None:
    shown = repr((
        on.KeyTapped("S"), on.DigitTapped(7), at.AddressEntry("a@b.jp"), at.ReceiptEntry("S0101"),
        at.ContractEntry("9012"), at.CodeEntry("ABCD"), on.AttributesRead(ATTRIBUTES), on.Submitted("0101-2026"),
    ))  # fmt: skip
    assert [
        secret for secret in ("'S'", "7", "a@b", "S0101", "9012", "ABCD", "1926", "0101-2026") if secret in shown
    ] == []


def test_a_photograph_is_heard_while_it_is_taken_and_nothing_else_is() -> None:
    tale = numbers_known().happens(on.TraySeen(Sight(Guidance.LAY_A_PAPER)), on.TraySeen(Sight(Guidance.HOLD_STILL)))
    assert not shutter(tale.state)
    assert shutter(tale.happens(on.TraySeen(Sight(Guidance.READY))).state)
    assert not shutter(tale.answered(on.Failed(Failure.PAGE_BLURRED)).state)
