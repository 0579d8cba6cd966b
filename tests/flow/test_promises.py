"""What the glass says and what the house does, sentence by sentence: promises that no other story here would miss."""

from dataclasses import replace

from kiosk import effects as do
from kiosk import events as on
from kiosk import states as at
from kiosk.events import Action, TimerKind
from kiosk.failures import Failure
from kiosk.flow.lamps import lamps, looking
from kiosk.flow.timeouts import timers
from kiosk.flow.views import view
from kiosk.states import Question, Remark, Rules, Sheet
from kiosk.views import PasswordView, ReviewView
from kiosk.visit import CardPlace, Entry, Guidance, Page, Password, Sight, Tries
from tests.flow.chapters import card_ready, identified, logged_in, numbers_known, photographed, registered, reviewed
from tests.flow.tale import NOTICE, ORDER, Tale
from tests.flow.world import ADDRESS, ATTRIBUTES, FIELD, RECEIPT

WHOLE_RECEIPT = "S0101-20261102094512-10423"


def refused(tale: Tale, left: int) -> Tale:
    """The first password typed wrongly."""
    tale.happens(Action.NEXT).digits("9999").happens(Action.NEXT).answered(on.ChallengeGot(b"nonce"))
    return tale.answered(on.PasswordRefused(left))


def seconds(tale: Tale) -> dict[TimerKind, float]:
    """What runs."""
    return {timer.kind: timer.seconds for timer in timers(tale.state)}


# --- the passwords --------------------------------------------------------------------------------


def test_two_refused_entries_a_visit_are_enough_whichever_card_lies_there() -> None:
    tale = refused(card_ready(), 2).happens(on.CardTaken(), on.CardLaid()).answered(on.CardInspected(Tries(3, 3)))
    refused(tale, 2)
    assert tale.state.stage == at.PasswordStop(Failure.REFUSED_TOO_OFTEN, Password.AUTHENTICATION)


def test_each_password_has_its_own_counter_on_the_glass() -> None:
    tale = logged_in().happens(Action.NEXT).digits("9999").happens(Action.NEXT).answered(on.PasswordRefused(2))
    shown = view(tale.state).view
    assert isinstance(shown, PasswordView)
    assert (shown.password, shown.tries, shown.remark) == (Password.ATTRIBUTES, 2, Remark.WRONG_PASSWORD)
    assert tale.state.dossier.tries == Tries(3, 2)


def test_a_failure_at_the_second_password_names_the_second_password() -> None:
    tale = logged_in().happens(Action.NEXT).digits("5678").happens(Action.NEXT)
    tale.answered(on.Failed(Failure.PASSWORD_LOCKED))
    assert tale.state.stage == at.PasswordStop(Failure.PASSWORD_LOCKED, Password.ATTRIBUTES)


def test_the_same_digits_again_cost_nothing_not_even_the_consent() -> None:
    tale = card_ready(Tries(1, 3), Rules(NOTICE, ask_last_try=True)).happens(Action.NEXT, on.Held(Action.YES))
    tale.digits("9999").happens(Action.NEXT).answered(on.ChallengeGot(b"nonce")).forget()
    tale.answered(on.SameDigitsAgain()).wants(do.ClearEntry)
    assert isinstance(tale.state.stage, at.PasswordEntry)
    assert (tale.state.stage.remark, tale.state.stage.last_try_consented) == (Remark.SAME_DIGITS, True)
    assert tale.state.dossier.tries == Tries(1, 3)


def test_digits_can_be_shuffled_and_only_digits_pass() -> None:
    tale = card_ready().happens(Action.NEXT)
    for order in ((1, 2, 3, 4, 5, 6, 7, 8, 9, 0), ORDER, (1, 2, 3, 4, 5, 6, 7, 8, 9, 0)):
        shown = view(tale.state).view
        assert isinstance(shown, PasswordView)
        assert shown.digits == order
        tale.happens(Action.SHUFFLE)
    tale.forget().happens(on.DigitTapped(10), on.DigitTapped(-1)).wants()


def test_nobody_leaves_while_the_card_compares() -> None:
    tale = card_ready().happens(Action.NEXT).digits("1234").happens(Action.NEXT).answered(on.ChallengeGot(b"nonce"))
    tale.happens(Action.CANCEL, Action.YES).stands(Question.AUTHENTICATE)
    assert tale.state.sheet is None
    waiting = registered().answered(on.RegistrationSeen(confirmed=True)).happens(Action.CANCEL)
    assert waiting.happens(on.CardLaid()).stands(Question.INSPECT).state.sheet is None


def test_the_lamp_burns_until_the_card_has_been_taken() -> None:
    tale = logged_in().happens(Action.NEXT).digits("5678").happens(Action.NEXT)
    tale.answered(on.AttributesRead(ATTRIBUTES)).answered(on.TracesCovered()).stands(at.TakingCard)
    assert lamps(tale.state).reader
    assert not lamps(tale.happens(on.CardTaken()).state).reader


def test_the_lamp_burns_wherever_the_glass_asks_to_take_the_card() -> None:
    assert lamps(card_ready(Tries(3, 1)).stands(at.PasswordStop).state).reader
    done = reviewed().happens(on.CardLaid(), Action.SUBMIT).answered(on.Submitted(None)).answered(on.Wiped())
    assert lamps(done.stands(at.Done).state).reader
    assert not lamps(done.happens(on.CardTaken()).stands(at.Done).state).reader


def test_a_session_that_has_expired_is_no_login() -> None:
    tale = reviewed().happens(Action.SUBMIT).answered(on.Failed(Failure.SESSION_EXPIRED)).happens(Action.RETRY)
    tale.happens(on.CardLaid()).answered(on.CardInspected(Tries(3, 3))).happens(Action.NEXT).stands(at.PasswordEntry)
    assert tale.state.stage == at.PasswordEntry(Entry(tale.state.next_serial - 1, Password.AUTHENTICATION))


def test_back_from_a_password_wipes_its_digits_and_shows_the_tries_again() -> None:
    tale = card_ready().happens(Action.NEXT).digits("12").forget()
    tale.happens(Action.BACK).stands(at.CardReady).wants(do.ClearEntry)
    tale = logged_in().happens(Action.NEXT).digits("56").forget()
    tale.happens(Action.BACK).stands(at.ReadOffer).wants(do.ClearEntry)


def test_what_was_packed_is_packed_anew_after_any_change() -> None:
    fewer = reviewed().happens(Action.CHANGE_PAPERS, on.ItemTapped(on.Item.LOOK, 0), on.ItemTapped(on.Item.REMOVE, 0))
    more = photographed(reviewed().happens(Action.CHANGE_PAPERS, Action.ADD), 3)
    for tale in (fewer, more):
        tale.happens(Action.BACK, Action.NEXT).answered(on.NumbersAccepted()).stands(at.Papers)
        tale.forget().happens(Action.NEXT).wants(do.Pack)


def test_the_pixels_of_a_paper_that_is_not_kept_are_forgotten() -> None:
    tale = numbers_known().happens(on.TraySeen(Sight(Guidance.LAY_A_PAPER)), on.TraySeen(Sight(Guidance.READY)))
    tale.answered(on.Photographed(Page(1, 2480, 3508, 900_000))).forget().happens(Action.RETAKE)
    assert tale.effects == [do.DiscardPage(1)]
    tale = reviewed().happens(Action.CHANGE_PAPERS, on.ItemTapped(on.Item.LOOK, 1), on.ItemTapped(on.Item.REMOVE, 1))
    assert tale.effects == [do.DiscardPage(2)]


def test_every_further_paper_waits_for_an_empty_tray() -> None:
    tale = photographed(numbers_known(), 1).happens(Action.ADD).stands(at.Scanning)
    seen = looking(tale.state)
    assert seen is not None
    assert seen.need_empty
    tale.forget().happens(on.TraySeen(Sight(Guidance.READY))).wants()


def test_a_photograph_that_took_too_long_is_not_waited_for_twice() -> None:
    tale = numbers_known().happens(on.TraySeen(Sight(Guidance.LAY_A_PAPER)), on.TraySeen(Sight(Guidance.READY)))
    tale.happens(on.Elapsed(TimerKind.DEADLINE)).stands(at.Trouble).happens(Action.RETRY).stands(at.Scanning)


# --- the submission -------------------------------------------------------------------------------


def test_what_is_submitted_is_what_the_review_shows() -> None:
    tale = logged_in()
    tale.state = at.State(1, tale.rules, at.Review(), dossier=reviewed().state.dossier)
    shown = view(tale.state).view
    assert isinstance(shown, ReviewView)
    assert (shown.contract, shown.receipt, len(shown.pages)) == ("901234507", WHOLE_RECEIPT, 2)
    tale.happens(Action.SUBMIT)
    (effect,) = tale.effects
    assert isinstance(effect, do.Submit)
    assert (effect.numbers, effect.contract, effect.receipt) == ((1, 2), "901234507", WHOLE_RECEIPT)


def test_the_portals_own_fields_are_asked_shown_and_sent() -> None:
    tale = card_ready().happens(Action.NEXT).digits("1234").happens(Action.NEXT).answered(on.ChallengeGot(b""))
    tale.answered(on.Signed(b"", b"")).answered(on.LoggedIn((FIELD,))).happens(Action.NEXT).digits("5678")
    tale.happens(Action.NEXT).answered(on.AttributesRead(ATTRIBUTES)).answered(on.TracesCovered())
    tale.happens(on.CardTaken(), Action.NEXT).answered(on.AttributesAccepted()).happens(Action.APPLICANT)
    tale.typed(RECEIPT).happens(Action.NEXT).answered(on.NumbersAccepted()).stands(at.FieldEntry)
    tale.happens(Action.NEXT).stands(at.FieldEntry).typed("0312345678").happens(Action.NEXT).stands(at.Scanning)
    photographed(tale, 1).happens(Action.NEXT).answered(on.Packed(tale.state.dossier.pages)).stands(at.Review)
    tale.forget().happens(Action.SUBMIT)
    (effect,) = tale.effects
    assert isinstance(effect, do.Submit)
    assert (effect.contract, effect.fields) == ("", (("phone", "0312345678"),))


def test_who_turns_out_to_be_an_applicant_sends_no_contract_number() -> None:
    tale = reviewed().happens(Action.CHANGE_CONTRACT, Action.BACK, Action.APPLICANT, Action.NEXT)
    tale.answered(on.NumbersAccepted()).stands(at.Review).forget().happens(Action.SUBMIT)
    (effect,) = tale.effects
    assert isinstance(effect, do.Submit)
    assert effect.contract == ""
    reviewed_applicant = tale.answered(on.Failed(Failure.SUBMISSION_REFUSED)).happens(Action.RETRY)
    reviewed_applicant.happens(Action.CHANGE_CONTRACT).stands(at.ApplicantChoice)


def test_silence_while_sending_is_no_refusal() -> None:
    tale = reviewed().happens(Action.SUBMIT, on.Elapsed(TimerKind.DEADLINE)).answered(on.Wiped()).stands(at.FateOpen)
    assert not tale.happens(Action.SUBMIT).effects[3:]


def test_asking_again_does_not_put_off_the_third_truth() -> None:
    tale = reviewed().happens(Action.SUBMIT)
    before = timers(tale.state)[0]
    tale.answered(on.Failed(Failure.SUBMISSION_UNCERTAIN)).stands(at.Settling)
    assert timers(tale.state)[0] == before  # two minutes since the last byte moved, not since the line was given up
    tale.answered(on.Failed(Failure.PORTAL_SLOW)).happens(on.Elapsed(TimerKind.POLL)).stands(at.Settling)
    assert timers(tale.state)[0] == before
    assert (before.kind, before.seconds) == (TimerKind.DEADLINE, 120)


# --- waiting --------------------------------------------------------------------------------------


def test_the_touch_that_answers_the_question_does_nothing_else() -> None:
    for finger in (
        on.Touched(),
        on.Tapped(Action.SUBMIT),
        on.DigitTapped(1),
        on.ItemTapped(on.Item.LOOK, 0),
        on.ItemTapped(on.Item.REMOVE, 0),
    ):
        tale = reviewed().happens(on.Elapsed(TimerKind.PATIENCE))
        asked = tale.state
        assert asked.sheet is Sheet.STILL_THERE
        tale.happens(finger).stands(at.Review).wants()
        assert tale.state == replace(asked, sheet=None)


def test_how_long_each_place_waits() -> None:
    assert seconds(identified()) == {TimerKind.PATIENCE: 60}
    assert seconds(card_ready().happens(on.CardTaken())) == {TimerKind.PATIENCE: 120}
    assert seconds(numbers_known()) == {TimerKind.PATIENCE: 120}
    waiting = registered()
    assert seconds(waiting)[TimerKind.PATIENCE] == 600
    assert seconds(waiting.answered(on.RegistrationSeen(confirmed=False)))[TimerKind.PATIENCE] == 600
    assert seconds(identified().happens(on.Elapsed(TimerKind.PATIENCE))) == {TimerKind.QUESTION: 30}
    done = reviewed().happens(Action.SUBMIT).answered(on.Submitted(None)).answered(on.Wiped()).stands(at.Done)
    assert seconds(done) == {TimerKind.LEAVE: 60}


def test_who_takes_their_time_has_three_times_as_long_for_everything() -> None:
    tale = identified().happens(Action.DISPLAY, Action.TAKE_YOUR_TIME, Action.CLOSE)
    assert seconds(tale.happens(on.Elapsed(TimerKind.PATIENCE))) == {TimerKind.QUESTION: 90}


def test_a_card_that_lay_there_before_is_no_card_of_this_visit() -> None:
    tale = Tale(card=CardPlace.STALE).happens(Action.START, Action.BACK).answered(on.Wiped()).stands(at.Ended)
    assert ADDRESS not in repr(tale.state)
