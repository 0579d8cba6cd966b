"""Step 3, 確認, and step 4, 書類, up to the papers: who, which contract, which earlier procedure.

The numbers are checked by the portal before a paper is laid down, so that nobody scans in vain.
"""

from dataclasses import replace

from kiosk.events import Action, Answered, AttributesAccepted, Event, KeyTapped, NumbersAccepted, Tapped
from kiosk.flow.further import written
from kiosk.flow.letter import read_letter
from kiosk.flow.papers import enter_papers
from kiosk.flow.requests import request
from kiosk.flow.step import Step, go, go_home, stay, with_dossier
from kiosk.numbers import is_contract, is_receipt, receipt_date_possible, type_contract, type_receipt
from kiosk.states import (
    ApplicantChoice,
    Asking,
    ContractEntry,
    FieldEntry,
    Identity,
    IdentityWrong,
    Question,
    ReceiptEntry,
    Remark,
    State,
)
from kiosk.visit import Ending


def at_identity(state: State, stage: Identity, event: Event) -> Step:
    """The portal is told what the visitor has confirmed, not before."""
    match event:
        case Tapped(Action.NEXT):
            return request(state, Question.SEND_ATTRIBUTES, stage)
        case Tapped(Action.SOMETHING_WRONG):
            return go(state, IdentityWrong())
        case _:
            return stay(state)


def at_identity_wrong(state: State, stage: IdentityWrong, event: Event) -> Step:
    """The card's contents are changed elsewhere."""
    match event:
        case Tapped(Action.BACK):
            return go(state, Identity())
        case Tapped(Action.FINISH):
            return go_home(state, Ending.STOPPED)
        case _:
            return stay(state)


def attributes_accepted(state: State, stage: Asking, event: Answered) -> Step:
    """On to step 4."""
    match event.result:
        case AttributesAccepted():
            return go(state, ApplicantChoice())
        case _:
            return stay(state)


def at_applicant_choice(state: State, stage: ApplicantChoice, event: Event) -> Step:
    """加入申込の方は入力は不要です."""
    match event:
        case Tapped(Action.CONTRACTOR):
            return go(with_dossier(state, applicant=False), ContractEntry(state.dossier.contract))
        case Tapped(Action.APPLICANT):
            return go(with_dossier(state, applicant=True, contract=""), ReceiptEntry(state.dossier.receipt))
        case Tapped(Action.BACK):
            return go(state, Identity())
        case _:
            return stay(state)


def at_contract_entry(state: State, stage: ContractEntry, event: Event) -> Step:
    """Nine digits."""
    match event:
        case KeyTapped(key):
            return go(state, ContractEntry(type_contract(stage.text, key)))
        case Tapped(Action.ERASE):
            return go(state, ContractEntry(stage.text[:-1]))
        case Tapped(Action.ERASE_ALL):
            return go(state, ContractEntry())
        case Tapped(Action.READ_LETTER):
            return read_letter(state, stage)
        case Tapped(Action.NEXT) if is_contract(stage.text):
            return go(with_dossier(state, applicant=False, contract=stage.text), ReceiptEntry(state.dossier.receipt))
        case Tapped(Action.NEXT):
            return go(state, replace(stage, remark=Remark.INCOMPLETE))
        case Tapped(Action.BACK):
            return go(state, ApplicantChoice())
        case _:
            return stay(state)


def at_receipt_entry(state: State, stage: ReceiptEntry, event: Event) -> Step:
    """Checked as it is typed: a date that cannot be any more is told at the digit that makes it so."""
    match event:
        case KeyTapped(key):
            return go(state, _receipt_typed(type_receipt(stage.text, key)))
        case Tapped(Action.ERASE):
            return go(state, _receipt_typed(stage.text[:-1]))
        case Tapped(Action.ERASE_ALL):
            return go(state, ReceiptEntry())
        case Tapped(Action.READ_LETTER):
            return read_letter(state, stage)
        case Tapped(Action.NEXT) if is_receipt(stage.text):
            return request(with_dossier(state, receipt=stage.text), Question.CHECK_NUMBERS, stage)
        case Tapped(Action.NEXT):
            return go(state, replace(stage, remark=stage.remark or Remark.INCOMPLETE))
        case Tapped(Action.BACK):
            before = ApplicantChoice() if state.dossier.applicant else ContractEntry(state.dossier.contract)
            return go(with_dossier(state, receipt=stage.text), before)  # whole or not: [次へ] here alone leads on
        case _:
            return stay(state)


def numbers_accepted(state: State, stage: Asking, event: Answered) -> Step:
    """Further fields, if the portal named any, then the papers."""
    match event.result:
        case NumbersAccepted():
            missing = next((i for i, value in enumerate(state.dossier.field_values) if not value), None)
            return enter_papers(state) if missing is None else go(state, FieldEntry(missing))
        case _:
            return stay(state)


def at_field_entry(state: State, stage: FieldEntry, event: Event) -> Step:
    """A field of the portal's; only the portal judges its contents."""
    asked = state.dossier.fields[stage.index]
    match event:
        case KeyTapped(key):
            return go(state, FieldEntry(stage.index, written(asked, stage.text, key)))
        case Tapped(Action.ERASE):
            return go(state, FieldEntry(stage.index, stage.text[:-1]))
        case Tapped(Action.ERASE_ALL):
            return go(state, FieldEntry(stage.index))
        case Tapped(Action.NEXT) if stage.text or not asked.required:
            return _field_given(state, stage)
        case Tapped(Action.NEXT):
            return go(state, replace(stage, remark=Remark.INCOMPLETE))
        case Tapped(Action.BACK) if stage.index > 0:
            return go(state, FieldEntry(stage.index - 1, state.dossier.field_values[stage.index - 1]))
        case Tapped(Action.BACK):
            return go(state, ReceiptEntry(state.dossier.receipt))
        case _:
            return stay(state)


def _field_given(state: State, stage: FieldEntry) -> Step:
    values = state.dossier.field_values
    state = with_dossier(state, field_values=(*values[: stage.index], stage.text, *values[stage.index + 1 :]))
    following = stage.index + 1
    if following < len(values):
        return go(state, FieldEntry(following, values[following]))
    return enter_papers(state)


def _receipt_typed(text: str) -> ReceiptEntry:
    return ReceiptEntry(text, None if receipt_date_possible(text) else Remark.IMPOSSIBLE_DATE)
