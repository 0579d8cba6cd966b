"""Header, sheets, fields and failures in detail: what a finger changes, what it cannot, and which way leads on."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from kiosk import effects as do
from kiosk import events as on
from kiosk import states as at
from kiosk.events import Action, TimerKind
from kiosk.failures import Failure
from kiosk.flow.lamps import lamps
from kiosk.flow.paper_views import gathered
from kiosk.flow.timeouts import timers
from kiosk.flow.views import view
from kiosk.states import Question, Remark, Sheet
from kiosk.views import Keyboard, SubmittingView, TroubleView, TypingView
from kiosk.visit import CardPlace, Dossier, Guidance, Page, Sight, TextSize
from tests.flow.chapters import card_ready, identified, logged_in, numbers_known, photographed, registered, reviewed
from tests.flow.tale import Tale
from tests.flow.world import FIELD, TERMS


def typing(tale: Tale) -> TypingView:
    """The field on the glass."""
    shown = view(tale.state).view
    assert isinstance(shown, TypingView)
    return shown


def noticed(first: Action = Action.NEXT) -> Tale:
    """Past the notice."""
    return Tale().happens(Action.START, first).answered(on.TermsGot(TERMS)).happens(Action.NEXT)


# --- header and sheets ----------------------------------------------------------------------------


def test_a_call_for_staff_can_be_taken_back() -> None:
    tale = identified().happens(Action.STAFF)
    assert lamps(tale.state).call
    assert not lamps(tale.happens(Action.NO).state).call


def test_the_display_sheet_changes_what_it_says_and_back() -> None:
    tale = identified().happens(Action.DISPLAY, on.TextSizeChosen(TextSize.LARGEST), Action.HIGH_CONTRAST)
    assert (tale.state.preferences.text_size, tale.state.preferences.high_contrast) == (TextSize.LARGEST, True)
    for action in (Action.HIGH_CONTRAST, Action.REDUCED_MOTION, Action.REDUCED_MOTION, Action.CONTROLS_LOW):
        tale.happens(action)
    preferences = tale.state.preferences
    assert (preferences.high_contrast, preferences.reduced_motion, preferences.controls_low) == (False, False, True)
    tale.happens(Action.CANCEL)
    assert tale.state.sheet is Sheet.LEAVE
    assert identified().happens(on.TextSizeChosen(TextSize.LARGEST)).state.preferences.text_size is TextSize.NORMAL


def test_help_opens_only_where_there_is_some() -> None:
    assert identified().happens(Action.HELP).state.sheet is None
    assert card_ready().happens(Action.NEXT, Action.HELP).state.sheet is Sheet.HELP


# --- devices --------------------------------------------------------------------------------------


def test_a_lost_reader_holds_no_card_and_an_old_card_stays_old() -> None:
    assert card_ready().happens(on.ReaderLost()).state.card is CardPlace.ABSENT
    tale = registered().answered(on.RegistrationSeen(confirmed=True)).happens(on.CardLaid(stale=True))
    tale.forget().stands(at.AwaitingCard).wants()
    assert tale.state.card is CardPlace.STALE


def test_a_card_that_is_told_anew_was_away_unnoticed() -> None:
    card_ready().happens(on.CardLaid()).stands(at.CardTrouble)


# --- registration ---------------------------------------------------------------------------------


def test_a_code_takes_only_its_own_letters() -> None:
    tale = noticed(Action.HAVE_CODE)
    tale.happens(*(on.KeyTapped(key) for key in ("A", "0", "I", "あ", "AB", "2"))).happens(Action.NEXT)
    assert typing(tale).text == "A2"
    assert typing(tale).remark is Remark.INCOMPLETE


def test_a_malformed_address_goes_no_further_and_says_so() -> None:
    tale = noticed().typed("taro@").happens(Action.NEXT).stands(at.AddressEntry)
    assert typing(tale).remark is Remark.MALFORMED


def code() -> Tale:
    return noticed(Action.HAVE_CODE).typed("A2")


def address() -> Tale:
    return noticed().typed("taro")


def again() -> Tale:
    return noticed().typed("a@b.jp").happens(Action.NEXT)  # what is begun is laid beside the first


def consent() -> Tale:
    return noticed().typed("a@b.jp").happens(Action.NEXT).typed("a@b.jp").happens(Action.NEXT)


def contract() -> Tale:
    tale = identified().happens(Action.NEXT).answered(on.AttributesAccepted())
    return tale.happens(Action.CONTRACTOR).typed("90123")


def receipt() -> Tale:
    return contract().typed("4507").happens(Action.NEXT).typed("S0101")


def further() -> Tale:
    tale = logged_in()
    tale.state = replace(tale.state, stage=at.FieldEntry(0), dossier=Dossier(fields=(FIELD,), field_values=("",)))
    return tale


def password() -> Tale:
    return card_ready().happens(Action.NEXT).digits("12")


@pytest.mark.parametrize("place", [code, address, again, consent, contract, receipt, further, password])
def test_a_button_that_cannot_act_yet_says_what_is_missing(place: Callable[[], Tale]) -> None:
    tale = place()
    before = type(tale.state.stage)
    assert getattr(view(tale.state).view, "remark") is None  # noqa: B009  # of several views
    tale.forget().happens(Action.NEXT).wants()
    assert type(tale.state.stage) is before
    assert getattr(view(tale.state).view, "remark") is not None  # noqa: B009


def test_reading_one_document_does_not_unread_the_other() -> None:
    tale = noticed().typed("a@b.jp").happens(Action.NEXT).typed("a@b.jp").happens(Action.NEXT)
    for index in (0, 1):
        tale.happens(on.ItemTapped(on.Item.DOCUMENT, index), Action.READ_THROUGH)
    assert isinstance(tale.state.stage, at.Consent)
    assert tale.state.stage.read == (True, True)


def test_a_line_that_is_down_is_told_beside_the_waiting_until_it_is_up() -> None:
    tale = registered().answered(on.Failed(Failure.PORTAL_UNREACHABLE))
    assert tale.state.stage == at.AwaitingMail(None, line_down=True)
    tale.happens(on.Elapsed(TimerKind.POLL), on.Elapsed(TimerKind.DEADLINE))
    assert tale.state.stage == at.AwaitingMail(None, line_down=True)
    tale.happens(on.Elapsed(TimerKind.POLL))
    assert isinstance(tale.state.stage, at.AwaitingMail)
    assert tale.state.stage.line_down
    tale.answered(on.RegistrationSeen(confirmed=False))
    assert tale.state.stage == at.AwaitingMail(None, line_down=False)


# --- identity and numbers -------------------------------------------------------------------------


def test_who_finds_something_wrong_is_told_where_to_have_it_changed() -> None:
    identified().happens(Action.SOMETHING_WRONG).stands(at.IdentityWrong).happens(Action.BACK).stands(at.Identity)


def test_a_receipt_number_is_typed_with_letters_first_and_its_date_is_judged() -> None:
    tale = identified().happens(Action.NEXT).answered(on.AttributesAccepted()).happens(Action.APPLICANT)
    assert typing(tale).keyboard is Keyboard.LETTERS
    assert typing(tale.typed("S")).keyboard is Keyboard.DIGITS
    assert typing(tale.typed("01012026023")).remark is Remark.IMPOSSIBLE_DATE
    assert typing(tale.happens(Action.ERASE)).remark is None


@pytest.mark.parametrize(
    ("failure", "place"), [(Failure.CONTRACT_UNKNOWN, at.ContractEntry), (Failure.RECEIPT_UNKNOWN, at.ReceiptEntry)]
)
def test_an_unknown_number_leads_to_its_own_field(failure: Failure, place: type[at.Stage]) -> None:
    reviewed().happens(Action.SUBMIT).answered(on.Failed(failure)).happens(Action.RETRY).stands(place)


def test_a_field_of_the_portals_is_no_longer_than_the_portal_says() -> None:
    tale = logged_in()
    dossier = Dossier(fields=(FIELD,), field_values=("",))
    tale.state = replace(tale.state, stage=at.FieldEntry(0), dossier=dossier)
    assert typing(tale.typed("1" * 20)).text == "1" * FIELD.longest


def test_what_was_given_to_the_portals_fields_outlives_a_second_login() -> None:
    tale = card_ready()
    dossier = replace(tale.state.dossier, fields=(FIELD,), field_values=("0312345678",))
    tale.state = replace(tale.state, dossier=dossier)
    tale.happens(Action.NEXT).digits("1234").happens(Action.NEXT).answered(on.ChallengeGot(b"nonce"))
    tale.answered(on.Signed(b"", b"")).answered(on.LoggedIn((FIELD,))).stands(at.ReadOffer)
    assert tale.state.dossier.field_values == ("0312345678",)


# --- papers and progress --------------------------------------------------------------------------


def test_a_submission_that_stands_still_says_why_until_it_moves_again() -> None:
    tale = reviewed().happens(Action.SUBMIT)
    ticket = tale.state.stage.ticket if isinstance(tale.state.stage, at.Submitting) else None
    assert ticket is not None

    def still() -> bool:
        seen = view(tale.state).view
        assert isinstance(seen, SubmittingView)
        return seen.still

    def kinds() -> list[TimerKind]:
        return [timer.kind for timer in timers(tale.state)]

    assert (still(), kinds()) == (False, [TimerKind.DEADLINE, TimerKind.STILL])
    assert next(timer.seconds for timer in timers(tale.state) if timer.kind is TimerKind.STILL) < 3
    tale.happens(on.Elapsed(TimerKind.STILL))
    assert (still(), kinds()) == (True, [TimerKind.DEADLINE])
    tale.happens(on.Progressed(ticket, 10, 900))
    assert (still(), kinds()) == (False, [TimerKind.DEADLINE, TimerKind.STILL])
    tale.happens(on.Progressed(ticket, 900, 900), on.Elapsed(TimerKind.STILL))
    assert (still(), tale.state.stage) == (True, at.Submitting(ticket, 900, 900, still=True))


def test_the_button_photographs_only_what_lies_there() -> None:
    tale = numbers_known().happens(on.TraySeen(Sight(Guidance.LAY_A_PAPER))).forget().happens(Action.PHOTOGRAPH).wants()
    tale.happens(on.TraySeen(Sight(Guidance.HOLD_STILL)), Action.PHOTOGRAPH).wants(do.Photograph)


def test_two_sheets_are_told_where_the_paper_is_looked_at() -> None:
    tale = numbers_known().happens(on.TraySeen(Sight(Guidance.LAY_A_PAPER)), on.TraySeen(Sight(Guidance.READY)))
    tale.answered(on.Failed(Failure.TWO_SHEETS)).stands(at.PhotoRefused)


def test_a_slow_camera_is_not_blamed_on_the_portal() -> None:
    tale = photographed(numbers_known(), 1).happens(Action.NEXT).stands(Question.PACK)
    before = timers(tale.state)
    assert tale.waits_for is not None
    tale.happens(on.Progressed(tale.waits_for, 1, 2))
    assert timers(tale.state) != before
    tale.happens(on.Elapsed(TimerKind.DEADLINE))
    assert isinstance(tale.state.stage, at.Trouble)
    assert tale.state.stage.failure is Failure.PHOTO_SLOW


def test_the_largest_paper_is_named_as_it_is_called_on_the_glass() -> None:
    shown = view(photographed(numbers_known(), 1).happens(Action.NEXT).answered(on.TooLarge(0)).state).view
    assert isinstance(shown, TroubleView)
    assert shown.page == 1


@pytest.mark.parametrize(
    ("limit", "told"),
    [(10_000, 900), (900, 900), (700, 700), (300, 300), (200, 300)],
    ids=["with room", "just", "at less quality", "at the least", "not at all"],
)
def test_what_is_told_of_all_papers_is_what_will_be_sent(limit: int, told: int) -> None:
    pages = (Page(1, 9, 9, 500, least_bytes=200), Page(2, 9, 9, 400, least_bytes=100))
    assert gathered(pages, limit) == told
    assert gathered((), limit) == 0


def test_progress_counts_forward_and_only_for_the_request_that_waits() -> None:
    tale = reviewed().happens(Action.SUBMIT)
    assert tale.waits_for is not None
    ticket = tale.waits_for
    tale.happens(on.Progressed(ticket, 500, 900), on.Progressed(ticket, 400, 900))
    tale.happens(on.Progressed(replace(ticket, serial=ticket.serial - 1), 800, 900))
    assert tale.state.stage == at.Submitting(ticket, 500, 900)
