"""The visit as the manual tells it, and the ways in which it goes otherwise."""

from kiosk import effects as do
from kiosk import events as on
from kiosk import states as at
from kiosk.events import Action
from kiosk.failures import Failure
from kiosk.states import Question, Remark, Sheet
from kiosk.visit import CardPlace, Dossier, Ending, Guidance, Language, Page, Password, Sight, Tries
from tests.flow.chapters import (
    card_ready,
    identified,
    logged_in,
    numbers_known,
    photographed,
    registered,
    reviewed,
)
from tests.flow.tale import NOTICE, Tale
from tests.flow.world import ADDRESS, ATTRIBUTES, DEADLINE, RECEIPT, TERMS


def test_the_whole_visit_from_start_to_number() -> None:
    tale = Tale().stands(at.Attract)
    # 1 登録
    tale.happens(Action.START).stands(at.Preparation)
    tale.happens(Action.NEXT).stands(Question.TERMS).wants(do.FetchTerms)
    tale.answered(on.TermsGot(TERMS)).stands(at.NoticeShown)
    tale.happens(Action.NEXT).stands(at.AddressEntry)
    tale.typed(ADDRESS).happens(Action.NEXT).stands(at.AddressAgain)
    tale.typed(ADDRESS).happens(Action.NEXT).stands(at.Consent)
    tale.happens(on.ItemTapped(on.Item.DOCUMENT, 0)).stands(at.DocumentReading)
    tale.happens(Action.READ_THROUGH).stands(at.Consent)
    tale.happens(Action.AGREE, Action.NEXT).stands(Question.REGISTER).wants(do.Register)
    tale.answered(on.Registered(DEADLINE)).stands(at.MailExplained)
    tale.happens(Action.CLOSE).stands(at.AwaitingMail).wants(do.AskRegistration)
    tale.answered(on.RegistrationSeen(confirmed=False)).stands(at.AwaitingMail)
    tale.happens(on.Elapsed(on.TimerKind.POLL)).wants(do.AskRegistration)
    tale.answered(on.RegistrationSeen(confirmed=True)).stands(at.AwaitingCard)
    # 2 カード
    tale.happens(on.CardLaid()).stands(Question.INSPECT).wants(do.InspectCard)
    tale.answered(on.CardInspected(Tries(3, 3))).stands(at.CardReady)
    tale.happens(Action.NEXT).stands(at.PasswordEntry)
    tale.digits("1234").wants(do.StoreDigit, do.StoreDigit, do.StoreDigit, do.StoreDigit)
    tale.happens(Action.NEXT).stands(Question.CHALLENGE).wants(do.RequestChallenge)
    tale.answered(on.ChallengeGot(b"nonce")).stands(Question.AUTHENTICATE).wants(do.Authenticate)
    tale.answered(on.Signed(b"certificate", b"signature")).stands(Question.LOG_IN).wants(do.LogIn)
    tale.answered(on.LoggedIn()).stands(at.ReadOffer)
    tale.happens(Action.NEXT).stands(at.PasswordEntry)
    tale.digits("5678").happens(Action.NEXT).stands(Question.READ_ATTRIBUTES).forget()
    tale.answered(on.AttributesRead(ATTRIBUTES)).stands(Question.REREAD).wants(do.RereadCertificate)
    tale.answered(on.TracesCovered()).stands(at.TakingCard)
    tale.happens(on.CardTaken()).stands(at.Identity)
    # 3 確認
    tale.happens(Action.NEXT).stands(Question.SEND_ATTRIBUTES).wants(do.SendAttributes)
    tale.answered(on.AttributesAccepted()).stands(at.ApplicantChoice)
    # 4 書類
    tale.happens(Action.CONTRACTOR).stands(at.ContractEntry)
    tale.typed("901234507").happens(Action.NEXT).stands(at.ReceiptEntry)
    tale.typed(RECEIPT).happens(Action.NEXT).stands(Question.CHECK_NUMBERS).wants(do.CheckNumbers)
    tale.answered(on.NumbersAccepted()).stands(at.Scanning)
    tale.happens(on.TraySeen(Sight(Guidance.LAY_A_PAPER)), on.TraySeen(Sight(Guidance.HOLD_STILL)))
    tale.happens(on.TraySeen(Sight(Guidance.READY))).stands(Question.PHOTOGRAPH).wants(do.Photograph)
    tale.answered(on.Photographed(Page(1, 2480, 3508, 900_000))).stands(at.PageCheck).wants(do.ReadPage)
    tale.found()
    tale.happens(Action.KEEP).stands(at.Papers)
    tale.happens(Action.NEXT).stands(Question.PACK).wants(do.Pack)
    tale.answered(on.Packed((Page(1, 2480, 3508, 700_000),))).stands(at.Review)
    # 5 提出
    tale.happens(Action.SUBMIT).stands(at.Submitting).wants(do.Submit)
    tale.answered(on.Submitted("0101-2026-1122-00421")).stands(at.Wiping).wants(do.Wipe)
    tale.answered(on.Wiped()).stands(at.Done)
    tale.happens(Action.FINISH).stands(at.Ended).wants(do.EndVisit)


def test_registering_is_dead_until_agreed_and_says_why() -> None:
    tale = Tale().happens(Action.START, Action.NEXT).answered(on.TermsGot(TERMS)).happens(Action.NEXT)
    tale.typed(ADDRESS).happens(Action.NEXT).typed(ADDRESS).happens(Action.NEXT).forget()
    tale.happens(Action.NEXT).stands(at.Consent).wants()
    assert isinstance(tale.state.stage, at.Consent)
    assert tale.state.stage.remark is Remark.AGREE_FIRST


def test_two_different_addresses_are_laid_side_by_side() -> None:
    tale = Tale().happens(Action.START, Action.NEXT).answered(on.TermsGot(TERMS)).happens(Action.NEXT)
    tale.typed("a@b.jp").happens(Action.NEXT).typed("a@d.jp").happens(Action.NEXT).stands(at.AddressDiffers)
    tale.happens(Action.RETRY).stands(at.AddressAgain).typed("a@b.jp").happens(Action.NEXT).stands(at.Consent)


def test_a_mail_that_does_not_come_is_sent_again_at_most_three_times_a_visit() -> None:
    tale = registered().answered(on.RegistrationSeen(confirmed=False)).happens(Action.MAIL_TROUBLE)
    for _ in range(2):
        tale.happens(Action.SEND_AGAIN).answered(on.Registered(DEADLINE)).happens(Action.CLOSE)
        tale.answered(on.RegistrationSeen(confirmed=False)).happens(Action.MAIL_TROUBLE).stands(at.MailTrouble)
    tale.forget().happens(Action.SEND_AGAIN).stands(at.Trouble).wants()
    tale.happens(Action.BACK).stands(at.MailTrouble)


def test_a_wrong_address_is_corrected_without_a_second_consent() -> None:
    tale = (
        registered().answered(on.RegistrationSeen(confirmed=False)).happens(Action.MAIL_TROUBLE, Action.CORRECT_ADDRESS)
    )
    tale.happens(Action.ERASE_ALL).typed("b@c.jp").happens(Action.NEXT).typed("b@c.jp").forget()
    tale.happens(Action.NEXT).stands(Question.CORRECT).wants(do.CorrectAddress)


def test_who_has_registered_at_home_comes_with_a_code() -> None:
    tale = Tale().happens(Action.START, Action.HAVE_CODE).answered(on.TermsGot(TERMS)).happens(Action.NEXT)
    tale.stands(at.CodeEntry).typed("ABCD2345").happens(Action.NEXT).stands(Question.RESUME)
    tale.answered(on.Resumed(DEADLINE, ADDRESS)).stands(at.AwaitingCard)


def test_a_card_that_lay_there_before_is_not_read_until_it_has_been_away() -> None:
    tale = Tale(card=CardPlace.STALE).happens(Action.START, Action.HAVE_CODE).answered(on.TermsGot(TERMS))
    tale.happens(Action.NEXT).typed("ABCD2345").happens(Action.NEXT).answered(on.Resumed(DEADLINE, ADDRESS))
    tale.forget().stands(at.AwaitingCard).wants()
    tale.happens(on.CardTaken()).stands(at.AwaitingCard).wants()
    tale.happens(on.CardLaid()).stands(Question.INSPECT).wants(do.InspectCard)


def test_a_wrong_password_is_told_and_typed_anew_under_another_entry() -> None:
    tale = card_ready().happens(Action.NEXT).digits("9999").happens(Action.NEXT).answered(on.ChallengeGot(b"nonce"))
    tale.forget().answered(on.PasswordRefused(2)).stands(at.PasswordEntry).wants(do.ClearEntry)
    assert isinstance(tale.state.stage, at.PasswordEntry)
    assert tale.state.stage.remark is Remark.WRONG_PASSWORD
    assert tale.state.dossier.tries == Tries(2, 3)


def test_at_one_try_left_the_terminal_stops() -> None:
    card_ready(Tries(3, 1)).stands(at.PasswordStop)
    tale = card_ready(Tries(2, 3)).happens(Action.NEXT).digits("9999").happens(Action.NEXT)
    tale.answered(on.ChallengeGot(b"nonce")).answered(on.PasswordRefused(1)).stands(at.PasswordStop)
    assert tale.state.stage == at.PasswordStop(Failure.LAST_TRY_KEPT, Password.AUTHENTICATION)


def test_where_the_house_allows_it_the_last_try_needs_a_held_consent() -> None:
    tale = card_ready(Tries(1, 3), at.Rules(NOTICE, ask_last_try=True)).happens(Action.NEXT).stands(at.LastTryQuestion)
    tale.happens(Action.YES).stands(at.LastTryQuestion)
    tale.happens(on.Held(Action.YES)).stands(at.PasswordEntry)
    tale.digits("1234").happens(Action.NEXT).forget().answered(on.ChallengeGot(b"nonce"))
    (effect,) = tale.effects
    assert isinstance(effect, do.Authenticate)
    assert effect.last_try_consented


def test_a_card_pulled_while_typing_wipes_the_digits_and_asks_the_counters_again() -> None:
    tale = logged_in().happens(Action.NEXT).digits("56").forget()
    tale.happens(on.CardTaken()).stands(at.CardTrouble).wants(do.ClearEntry)
    tale.happens(on.CardLaid()).stands(Question.INSPECT).wants(do.InspectCard)
    tale.answered(on.CardInspected(Tries(3, 3))).happens(Action.NEXT).stands(at.PasswordEntry)
    assert isinstance(tale.state.stage, at.PasswordEntry)
    assert tale.state.stage.entry.password is Password.AUTHENTICATION


def test_an_applicant_leaves_the_contract_number_blank() -> None:
    tale = identified().happens(Action.NEXT).answered(on.AttributesAccepted()).happens(Action.APPLICANT)
    tale.stands(at.ReceiptEntry).typed(RECEIPT).forget().happens(Action.NEXT)
    (effect,) = tale.effects
    assert isinstance(effect, do.CheckNumbers)
    assert (effect.contract, effect.receipt) == ("", "S0101-20261102094512-10423")


def test_the_first_photograph_of_a_paper_waits_for_an_empty_tray() -> None:
    tale = numbers_known().happens(on.TraySeen(Sight(Guidance.READY)), Action.PHOTOGRAPH).stands(at.Scanning).wants()
    tale.happens(on.TraySeen(Sight(Guidance.LAY_A_PAPER)), on.TraySeen(Sight(Guidance.READY))).wants(do.Photograph)


def test_a_blurred_photograph_is_taken_again_without_lifting_the_paper() -> None:
    tale = numbers_known().happens(on.TraySeen(Sight(Guidance.LAY_A_PAPER)), on.TraySeen(Sight(Guidance.READY)))
    tale.answered(on.Failed(Failure.PAGE_BLURRED)).stands(at.PhotoRefused)
    tale.happens(Action.RETRY).stands(at.Scanning)
    tale.forget().happens(on.TraySeen(Sight(Guidance.READY))).wants(do.Photograph)


def test_no_more_papers_than_the_portal_takes() -> None:
    tale = photographed(numbers_known(), 1)
    for number in range(2, 6):
        photographed(tale.happens(Action.ADD), number)
    tale.happens(Action.ADD).stands(at.Papers)
    assert len(tale.state.dossier.pages) == 5


def test_papers_too_large_together_are_named() -> None:
    tale = photographed(numbers_known(), 1).happens(Action.NEXT).answered(on.TooLarge(0)).stands(at.Trouble)
    tale.happens(Action.RETRY).stands(at.Papers)


def test_every_value_can_be_changed_from_the_review() -> None:
    reviewed().happens(Action.CHANGE_CONTRACT).stands(at.ContractEntry)
    reviewed().happens(Action.CHANGE_RECEIPT).stands(at.ReceiptEntry)
    reviewed().happens(Action.CHANGE_PAPERS).stands(at.Papers)
    tale = reviewed().happens(Action.CHANGE_CONTRACT, Action.NEXT, Action.NEXT)
    tale.answered(on.NumbersAccepted()).stands(at.Review)


def test_a_lost_answer_is_settled_and_never_sent_again() -> None:
    tale = reviewed().happens(Action.SUBMIT).wants(do.Submit)
    tale.answered(on.Failed(Failure.SUBMISSION_UNCERTAIN)).stands(at.Settling).wants(do.Settle)
    tale.answered(on.Failed(Failure.PORTAL_UNREACHABLE)).stands(at.Settling).wants()
    tale.happens(on.Elapsed(on.TimerKind.POLL)).wants(do.Settle)
    tale.answered(on.Settled(received=True, number="0101")).stands(at.Wiping)


def test_a_submission_of_which_nothing_was_kept_is_never_told_as_unknown() -> None:
    for failure in (Failure.PORTAL_UNREACHABLE, Failure.PORTAL_SLOW, Failure.PORTAL_MALFORMED, Failure.INTERNAL):
        tale = reviewed().happens(Action.SUBMIT).wants(do.Submit)
        tale.answered(on.Failed(failure)).stands(at.Trouble).wants()
        assert isinstance(tale.state.stage, at.Trouble)
        assert tale.state.stage.failure is failure


def test_settled_as_not_received_leads_back_to_the_review() -> None:
    tale = reviewed().happens(Action.SUBMIT).answered(on.Failed(Failure.SUBMISSION_UNCERTAIN))
    tale.answered(on.Settled(received=False)).stands(at.Trouble)
    tale.happens(Action.RETRY).stands(at.Review)


def test_two_minutes_without_news_tell_the_third_truth() -> None:
    tale = reviewed().happens(Action.SUBMIT).answered(on.Failed(Failure.SUBMISSION_UNCERTAIN))
    tale.happens(on.Elapsed(on.TimerKind.DEADLINE)).answered(on.Wiped()).stands(at.FateOpen)


def test_an_expired_session_begins_the_card_step_anew_and_keeps_the_papers() -> None:
    tale = reviewed().happens(Action.SUBMIT).answered(on.Failed(Failure.SESSION_EXPIRED)).stands(at.Trouble)
    tale.happens(Action.RETRY).stands(at.AwaitingCard)
    assert len(tale.state.dossier.pages) == 2


def test_leaving_is_asked_once_and_wipes() -> None:
    tale = identified().happens(Action.CANCEL)
    assert tale.state.sheet is Sheet.LEAVE
    tale.happens(Action.NO).stands(at.Identity)
    tale.happens(Action.CANCEL, Action.YES).stands(at.Wiping).wants(do.Wipe)
    tale.answered(on.Wiped()).stands(at.Farewell).happens(Action.FINISH).stands(at.Ended)
    assert tale.state.stage == at.Ended(Ending.LEFT)
    assert tale.state.dossier == Dossier()


def test_nobody_there_any_more() -> None:
    tale = identified().happens(on.Elapsed(on.TimerKind.PATIENCE))
    assert tale.state.sheet is Sheet.STILL_THERE
    tale.happens(on.Touched()).stands(at.Identity)
    tale.happens(on.Elapsed(on.TimerKind.PATIENCE), on.Elapsed(on.TimerKind.QUESTION)).stands(at.Wiping)
    tale.answered(on.Wiped()).stands(at.Ended)


def test_the_language_changes_at_any_moment_and_nothing_else() -> None:
    tale = reviewed().happens(Action.LANGUAGE, on.LanguageChosen(Language.EN)).stands(at.Review)
    assert tale.state.preferences.language is Language.EN
    assert tale.state.sheet is None


def test_a_card_left_behind_is_called_for() -> None:
    tale = reviewed().happens(on.CardLaid(), Action.SUBMIT).answered(on.Submitted(None)).answered(on.Wiped())
    tale.happens(Action.FINISH).stands(at.Farewell)


def test_a_camera_that_comes_back_goes_on_by_itself() -> None:
    tale = numbers_known().happens(on.CameraLost()).stands(at.Trouble).happens(on.CameraBack()).stands(at.Scanning)
    assert tale.state.health.camera


def test_out_of_service_opens_by_itself() -> None:
    tale = Tale().happens(on.ReaderLost()).stands(at.OutOfService).happens(on.ReaderBack()).stands(at.Attract)
    assert tale.state.health.reader
