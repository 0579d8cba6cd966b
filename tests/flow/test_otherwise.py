"""The visit going otherwise than hoped in ways that once led astray: each story names what must stay true."""

import pytest

from kiosk import effects as do
from kiosk import events as on
from kiosk import states as at
from kiosk.events import Action, TimerKind
from kiosk.failures import Failure
from kiosk.flow.lamps import looking
from kiosk.flow.timeouts import timers
from kiosk.flow.views import view
from kiosk.states import Question
from kiosk.views import AwaitMailView, MailTroubleView
from kiosk.visit import CardPlace, Ending, Guidance, Health, PortalHealth, Sight
from tests.flow.chapters import identified, logged_in, numbers_known, photographed, registered, reviewed
from tests.flow.tale import Tale
from tests.flow.world import ADDRESS, ATTRIBUTES, DEADLINE, RECEIPT, TERMS

OTHER = "b@c.jp"


def mail_trouble() -> Tale:
    """The mail did not come."""
    return registered().answered(on.RegistrationSeen(confirmed=False)).happens(Action.MAIL_TROUBLE)


def corrected(tale: Tale) -> Tale:
    """Another address, typed twice."""
    tale.happens(Action.CORRECT_ADDRESS, Action.ERASE_ALL).typed(OTHER).happens(Action.NEXT)
    return tale.typed(OTHER).happens(Action.NEXT).stands(Question.CORRECT)


# --- the mail -------------------------------------------------------------------------------------


def test_the_address_on_the_glass_is_the_one_to_which_the_mail_was_sent() -> None:
    tale = corrected(mail_trouble()).answered(on.Failed(Failure.PORTAL_UNREACHABLE)).stands(at.Trouble)
    tale.happens(Action.BACK, Action.BACK).stands(at.MailTrouble)
    shown = view(tale.state).view
    assert isinstance(shown, MailTroubleView)
    assert shown.address == ADDRESS
    assert shown.mails_left == 2


def test_a_corrected_address_counts_once_the_portal_has_taken_it() -> None:
    tale = corrected(mail_trouble())
    assert tale.effects[-1] == do.CorrectAddress(tale.waits_for or pytest.fail("nothing is asked"), OTHER)
    tale.answered(on.Registered(DEADLINE)).happens(Action.CLOSE)
    shown = view(tale.state).view
    assert isinstance(shown, AwaitMailView)
    assert shown.address == OTHER


def test_a_corrected_address_that_is_refused_can_be_mended_where_it_was_typed() -> None:
    tale = corrected(mail_trouble()).answered(on.Failed(Failure.ADDRESS_REFUSED)).happens(Action.RETRY)
    assert tale.state.stage == at.AddressEntry(OTHER)


def test_who_may_send_no_more_mails_still_waits_for_the_one_that_was_sent() -> None:
    for tale in (mail_trouble().happens(Action.SEND_AGAIN), corrected(mail_trouble())):
        tale.answered(on.Failed(Failure.MAILS_EXHAUSTED)).stands(at.Trouble)
        tale.happens(Action.BACK).stands(at.MailTrouble).happens(Action.BACK).stands(at.AwaitingMail)


def test_an_expired_registration_from_home_is_made_anew_here() -> None:
    tale = Tale().happens(Action.START, Action.HAVE_CODE).answered(on.TermsGot(TERMS)).happens(Action.NEXT)
    tale.typed("ABCD2345").happens(Action.NEXT).answered(on.Resumed(DEADLINE, ADDRESS)).happens(on.CardLaid())
    tale.answered(on.Failed(Failure.LINK_EXPIRED)).stands(at.Trouble).happens(Action.RETRY).stands(at.AddressEntry)
    tale.happens(Action.NEXT).typed(ADDRESS).happens(Action.NEXT).stands(at.Consent)
    tale.happens(Action.AGREE, Action.NEXT).stands(Question.REGISTER)


def test_an_expired_link_does_not_bind_to_the_old_address() -> None:
    tale = registered().answered(on.Failed(Failure.LINK_EXPIRED)).happens(Action.RETRY).stands(at.Consent)
    tale.happens(Action.BACK, Action.ERASE_ALL).typed(OTHER).happens(Action.NEXT).typed(OTHER).happens(Action.NEXT)
    tale.stands(at.Consent).happens(Action.AGREE, Action.NEXT).stands(Question.REGISTER)


def test_looking_for_the_mail_may_take_ten_minutes_wherever_one_stands() -> None:
    explained = registered().happens(Action.BACK).stands(at.MailExplained)
    for tale in (explained, registered(), mail_trouble()):
        assert {timer.seconds for timer in timers(tale.state) if timer.kind is TimerKind.PATIENCE} == {600}


# --- the card -------------------------------------------------------------------------------------


def test_the_identity_does_not_open_because_the_reader_is_lost() -> None:
    tale = logged_in().happens(Action.NEXT).digits("5678").happens(Action.NEXT)
    tale.answered(on.AttributesRead(ATTRIBUTES)).stands(Question.REREAD)
    tale.happens(on.ReaderLost()).stands(at.CardTrouble)


def test_a_card_is_asked_for_although_its_traces_could_not_be_covered() -> None:
    tale = logged_in().happens(Action.NEXT).digits("5678").happens(Action.NEXT)
    tale.answered(on.AttributesRead(ATTRIBUTES)).answered(on.Failed(Failure.CARD_SLOW)).stands(at.TakingCard)


# --- the papers -----------------------------------------------------------------------------------


def test_a_paper_of_the_last_visitor_waits_although_the_camera_was_away() -> None:
    tale = numbers_known().happens(on.CameraLost(), on.CameraBack()).stands(at.Scanning)
    seen = looking(tale.state)
    assert seen is not None
    assert seen.need_empty
    tale.forget().happens(on.TraySeen(Sight(Guidance.READY))).stands(at.Scanning).wants()


def test_who_has_lost_the_camera_goes_on_with_the_papers_that_are_there() -> None:
    numbers_known().happens(on.CameraLost(), Action.BACK).stands(at.ReceiptEntry)
    tale = photographed(numbers_known(), 1).happens(Action.ADD, on.CameraLost()).stands(at.Trouble)
    assert {timer.seconds for timer in timers(tale.state)} == {120}
    tale.happens(Action.RETRY).stands(at.Trouble).happens(Action.BACK).stands(at.Papers)
    tale.happens(Action.NEXT).stands(Question.PACK)


def test_what_was_typed_of_a_number_is_there_again_after_a_look_back() -> None:
    tale = identified().happens(Action.NEXT).answered(on.AttributesAccepted()).happens(Action.CONTRACTOR)
    tale.typed("901234507").happens(Action.NEXT).typed(RECEIPT[:7]).happens(Action.BACK).stands(at.ContractEntry)
    tale.happens(Action.NEXT)
    assert tale.state.stage == at.ReceiptEntry(RECEIPT[:7])
    tale.happens(Action.NEXT).stands(at.ReceiptEntry)


# --- the end --------------------------------------------------------------------------------------


def test_a_card_is_called_for_also_where_the_fate_is_open() -> None:
    tale = reviewed().happens(on.CardLaid(), Action.SUBMIT).answered(on.Failed(Failure.SUBMISSION_UNCERTAIN))
    tale.happens(on.Elapsed(TimerKind.DEADLINE)).answered(on.Wiped()).stands(at.FateOpen)
    tale.happens(Action.FINISH).stands(at.Farewell).forget()
    tale.happens(on.CardTaken(), Action.FINISH).stands(at.Ended)
    assert tale.effects == [do.EndVisit(Ending.FATE_UNKNOWN)]


def test_how_the_last_visit_ended_is_told_also_after_a_time_out_of_service() -> None:
    tale = Tale()
    down, up = Health(portal=PortalHealth.UNREACHABLE), Health()
    tale.state = at.State(2, tale.rules, at.Attract(Ending.FATE_UNKNOWN), card=CardPlace.ABSENT)
    tale.happens(on.HealthTold(down)).stands(at.OutOfService).happens(on.HealthTold(Health(camera=False)))
    tale.happens(on.HealthTold(up))
    assert tale.state.stage == at.Attract(Ending.FATE_UNKNOWN)
