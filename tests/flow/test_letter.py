"""Numbers read from the letter, and the code read from a telephone: offered, never filled in silently."""

import pytest

from kiosk import effects as do
from kiosk import events as on
from kiosk import states as at
from kiosk import views as see
from kiosk.events import Action
from kiosk.failures import Failure
from kiosk.flow.lamps import Looking, lamps, looking
from kiosk.flow.views import view
from kiosk.states import Question, Remark
from kiosk.visit import Guidance, Sight
from tests.flow.chapters import identified
from tests.flow.tale import Tale
from tests.flow.world import RECEIPT, TERMS

CONTRACT = "901234507"


def at_contract() -> Tale:
    tale = identified().happens(Action.NEXT).answered(on.AttributesAccepted()).happens(Action.CONTRACTOR)
    return tale.stands(at.ContractEntry).forget()


def read(tale: Tale) -> Tale:
    """The letter lies still and good."""
    tale.happens(Action.READ_LETTER).stands(at.LetterReading)
    tale.happens(on.TraySeen(Sight(Guidance.LAY_A_PAPER)), on.TraySeen(Sight(Guidance.HOLD_STILL)))
    return tale.happens(on.TraySeen(Sight(Guidance.READY))).stands(Question.READ_NUMBERS).wants(do.ReadNumbers)


def test_a_number_is_offered_and_filled_in_only_when_it_is_confirmed() -> None:
    tale = read(at_contract()).answered(on.NumbersRead(CONTRACT, None)).stands(at.NumberOffer)
    assert tale.state.dossier.contract == ""
    tale.happens(Action.YES).stands(at.ContractEntry)
    assert tale.state.stage == at.ContractEntry(CONTRACT, Remark.READ_BY_CAMERA)
    tale.happens(Action.NEXT).stands(at.ReceiptEntry)


def test_both_numbers_of_a_letter_are_offered_at_once() -> None:
    tale = read(at_contract()).answered(on.NumbersRead(CONTRACT, RECEIPT))
    assert view(tale.state).view == see.NumberOfferView(CONTRACT, "S0101-20261102094512-10423")
    tale.happens(Action.YES, Action.NEXT)
    assert tale.state.stage == at.ReceiptEntry(RECEIPT)


def test_a_number_that_is_not_right_is_typed() -> None:
    tale = read(at_contract().typed("9012")).answered(on.NumbersRead(CONTRACT, None)).happens(Action.NO)
    assert tale.state.stage == at.ContractEntry("9012")
    assert tale.state.dossier.contract == ""


@pytest.mark.parametrize("unsure", [
    on.NumbersRead(None, None), on.NumbersRead("12345", None), on.NumbersRead(None, "S010120260230000000-00001"),
    on.Failed(Failure.INTERNAL), on.Failed(Failure.PAGE_NOT_FOUND),
])  # fmt: skip
def test_what_is_not_sure_is_not_offered(unsure: on.Result) -> None:
    tale = read(at_contract().typed("9012")).answered(unsure)
    assert tale.state.stage == at.ContractEntry("9012", Remark.NOT_READ)


def test_an_applicant_is_offered_no_contract_number() -> None:
    tale = identified().happens(Action.NEXT).answered(on.AttributesAccepted()).happens(Action.APPLICANT).forget()
    read(tale).answered(on.NumbersRead(CONTRACT, None)).stands(at.ReceiptEntry)
    assert tale.state.dossier.contract == ""


def test_a_letter_that_lay_there_before_is_not_read() -> None:
    tale = at_contract().happens(Action.READ_LETTER, on.TraySeen(Sight(Guidance.READY)), Action.PHOTOGRAPH)
    tale.stands(at.LetterReading).wants()


def test_the_camera_is_lost_over_the_letter_and_the_visitor_types() -> None:
    tale = at_contract().happens(Action.READ_LETTER, on.CameraLost()).stands(at.Trouble)
    tale.happens(Action.BACK).stands(at.ContractEntry)


def test_light_and_camera_serve_the_letter() -> None:
    tale = at_contract().happens(Action.READ_LETTER)
    assert lamps(tale.state).tray
    assert looking(tale.state) is not None
    assert view(tale.state).view == see.LetterView(Sight(Guidance.LOOKING))


def test_the_code_of_the_links_page_is_read_from_the_telephone_and_shown_before_it_counts() -> None:
    tale = Tale().happens(Action.START, Action.HAVE_CODE).answered(on.TermsGot(TERMS)).happens(Action.NEXT)
    assert looking(tale.state) == Looking(0, need_empty=False, shown=False, code=True)
    tale.forget().happens(on.CodeSeen("https://example.jp/"), on.CodeSeen("ABCD234O")).typed("AB")
    assert tale.state.stage == at.CodeEntry("AB")
    tale.happens(on.CodeSeen("WXYZ2345")).stands(at.CodeEntry).wants()
    assert tale.state.stage == at.CodeEntry("WXYZ2345", Remark.READ_BY_CAMERA)
    tale.happens(Action.NEXT).stands(Question.RESUME)
