"""Step 4, 書類: the numbers read from the letter by the camera, offered for confirmation, never filled in silently."""

from dataclasses import replace

from kiosk.events import Action, Answered, Event, Failed, NumbersRead, Tapped
from kiosk.failures import Failure
from kiosk.flow.live_view import at_live_view, open_live_view
from kiosk.flow.step import Step, go, stay, with_dossier
from kiosk.flow.trouble import trouble
from kiosk.numbers import is_contract, is_receipt
from kiosk.states import Asking, ContractEntry, LetterReading, NumberOffer, Question, ReceiptEntry, Remark, State

Entry = ContractEntry | ReceiptEntry


def read_letter(state: State, entry: Entry) -> Step:
    """Open the live view for the letter."""
    return open_live_view(state, LetterReading(replace(entry, remark=None), need_empty=True))


def at_letter_reading(state: State, stage: LetterReading, event: Event) -> Step:
    """Read it."""
    return at_live_view(state, stage, event, Question.READ_NUMBERS, before=stage.entry)


def numbers_read(state: State, stage: Asking, event: Answered) -> Step:
    """What is sure is offered; else the visitor types."""
    if not isinstance(stage.origin, LetterReading):
        return stay(state)
    entry = stage.origin.entry
    match event.result:
        case NumbersRead(contract, receipt):
            contract = contract if contract and is_contract(contract) and not state.dossier.applicant else None
            receipt = receipt if receipt and is_receipt(receipt) else None
            if contract or receipt:
                return go(state, NumberOffer(entry, contract, receipt))
            return go(state, replace(entry, remark=Remark.NOT_READ))
        case Failed(Failure.CAMERA_LOST):
            return trouble(state, Failure.CAMERA_LOST, stage.origin)
        case Failed():
            return go(state, replace(entry, remark=Remark.NOT_READ))
        case _:
            return stay(state)


def at_number_offer(state: State, stage: NumberOffer, event: Event) -> Step:
    """はい fills in what was confirmed; [次へ] is still the visitor's."""
    match event:
        case Tapped(Action.YES):
            return _filled(state, stage)
        case Tapped(Action.NO | Action.BACK):
            return go(state, stage.entry)
        case _:
            return stay(state)


def _filled(state: State, stage: NumberOffer) -> Step:
    dossier = state.dossier
    state = with_dossier(state, contract=stage.contract or dossier.contract, receipt=stage.receipt or dossier.receipt)
    found = stage.contract if isinstance(stage.entry, ContractEntry) else stage.receipt
    remark = Remark.READ_BY_CAMERA if found else Remark.NOT_READ
    return go(state, replace(stage.entry, text=found or stage.entry.text, remark=remark))
