"""Step 1, 登録, up to [登録する]: what you need, the notice, the address twice, the two documents, 「同意します」.

A correction of the address walks the same way from `MailTrouble`, without a second consent.
"""

from dataclasses import replace

from kiosk.events import Action, Answered, CodeSeen, Event, Item, ItemTapped, KeyTapped, Resumed, Tapped, TermsGot
from kiosk.flow.card import enter_card
from kiosk.flow.mail_address import is_address, type_address
from kiosk.flow.requests import request
from kiosk.flow.step import Step, go, go_home, stay, with_dossier
from kiosk.states import (
    AddressAgain,
    AddressDiffers,
    AddressEntry,
    Asking,
    CodeEntry,
    Consent,
    DocumentReading,
    MailTrouble,
    NoticeShown,
    Preparation,
    Question,
    Remark,
    State,
)
from kiosk.visit import Ending

CODE_CHARACTERS = 8
_CODE_ALPHABET = frozenset("ABCDEFGHJKMNPQRSTUVWXYZ23456789")  # none that are taken for one another


def code_in(text: str) -> str | None:
    """The code that stands in a QR code, which is the code itself; None where something else stands there."""
    return text if len(text) == CODE_CHARACTERS and _CODE_ALPHABET.issuperset(text) else None


def at_preparation(state: State, stage: Preparation, event: Event) -> Step:
    """What you need; nothing has been entered, so 戻る simply ends the visit."""
    match event:
        case Tapped(Action.NEXT):
            return request(state, Question.TERMS, Preparation())
        case Tapped(Action.HAVE_CODE):
            return request(state, Question.TERMS, Preparation(with_code=True))
        case Tapped(Action.BACK):
            return go_home(state, Ending.LEFT)
        case _:
            return stay(state)


def terms_answered(state: State, stage: Asking, event: Answered) -> Step:
    """The notice names the terms' version, so it waits for them."""
    match event.result, stage.origin:
        case TermsGot(terms), Preparation(with_code=with_code):
            return go(with_dossier(state, terms=terms), NoticeShown(with_code))
        case _:
            return stay(state)


def at_notice(state: State, stage: NoticeShown, event: Event) -> Step:
    """Before anything is entered."""
    match event:
        case Tapped(Action.NEXT):
            return go(state, CodeEntry() if stage.with_code else AddressEntry(state.dossier.address))
        case Tapped(Action.BACK):
            return go(state, Preparation())
        case _:
            return stay(state)


def at_code_entry(state: State, stage: CodeEntry, event: Event) -> Step:
    """The code that the link's page shows."""
    match event:
        case KeyTapped(key) if key in _CODE_ALPHABET and len(stage.text) < CODE_CHARACTERS:
            return go(state, CodeEntry(stage.text + key))
        case CodeSeen(text) if (seen := code_in(text)) is not None:
            return go(state, CodeEntry(seen, Remark.READ_BY_CAMERA))
        case Tapped(Action.ERASE):
            return go(state, CodeEntry(stage.text[:-1]))
        case Tapped(Action.ERASE_ALL):
            return go(state, CodeEntry())
        case Tapped(Action.NEXT) if len(stage.text) == CODE_CHARACTERS:
            return request(state, Question.RESUME, stage)
        case Tapped(Action.NEXT):
            return go(state, replace(stage, remark=Remark.INCOMPLETE))
        case Tapped(Action.BACK):
            return go(state, NoticeShown(with_code=True))
        case _:
            return stay(state)


def resume_answered(state: State, stage: Asking, event: Answered) -> Step:
    """Registered and confirmed at home."""
    match event.result:
        case Resumed(deadline, address):
            return enter_card(with_dossier(state, address=address, registered=True, link_deadline=deadline))
        case _:
            return stay(state)


def at_address_entry(state: State, stage: AddressEntry, event: Event) -> Step:
    """メールアドレス."""
    match event:
        case KeyTapped(key):
            return go(state, AddressEntry(type_address(stage.text, key)))
        case Tapped(Action.ERASE):
            return go(state, AddressEntry(stage.text[:-1]))
        case Tapped(Action.ERASE_ALL):
            return go(state, AddressEntry())
        case Tapped(Action.NEXT) if is_address(stage.text):
            return go(state, AddressAgain(stage.text))
        case Tapped(Action.NEXT):
            return go(state, replace(stage, remark=Remark.MALFORMED if stage.text else Remark.INCOMPLETE))
        case Tapped(Action.BACK):
            return go(state, MailTrouble() if state.dossier.registered else NoticeShown(with_code=False))
        case _:
            return stay(state)


def at_address_again(state: State, stage: AddressAgain, event: Event) -> Step:
    """メールアドレス(確認用): typed, never copied."""
    match event:
        case KeyTapped(key):
            return go(state, AddressAgain(stage.first, type_address(stage.text, key)))
        case Tapped(Action.ERASE):
            return go(state, AddressAgain(stage.first, stage.text[:-1]))
        case Tapped(Action.ERASE_ALL):
            return go(state, AddressAgain(stage.first))
        case Tapped(Action.NEXT) if not stage.text:
            return go(state, replace(stage, remark=Remark.INCOMPLETE))
        case Tapped(Action.NEXT) if stage.text != stage.first:
            return go(state, AddressDiffers(stage.first, stage.text))
        case Tapped(Action.NEXT):
            return _address_given(state, stage)
        case Tapped(Action.BACK):
            return go(state, AddressEntry(stage.first))
        case _:
            return stay(state)


def at_address_differs(state: State, stage: AddressDiffers, event: Event) -> Step:
    """Which of the two was right? Either can be mended."""
    match event:
        case Tapped(Action.RETRY):
            return go(state, AddressAgain(stage.first))
        case Tapped(Action.BACK):
            return go(state, AddressEntry(stage.first))
        case _:
            return stay(state)


def at_consent(state: State, stage: Consent, event: Event) -> Step:
    """[登録する] acts only with 「同意します」 (the manual, ④)."""
    match event:
        case ItemTapped(Item.DOCUMENT, index) if 0 <= index < len(stage.read):
            return go(state, DocumentReading(index, replace(stage, remark=None)))
        case Tapped(Action.AGREE):
            return go(state, replace(stage, agreed=not stage.agreed, remark=None))
        case Tapped(Action.NEXT) if stage.agreed:
            return request(with_dossier(state, agreed=True), Question.REGISTER, stage)
        case Tapped(Action.NEXT):
            return go(state, replace(stage, remark=Remark.AGREE_FIRST))
        case Tapped(Action.BACK):
            return go(state, AddressEntry(state.dossier.address))
        case _:
            return stay(state)


def at_document(state: State, stage: DocumentReading, event: Event) -> Step:
    """Read to its end or closed before."""
    match event:
        case Tapped(Action.READ_THROUGH):
            read = tuple(was or index == stage.index for index, was in enumerate(stage.consent.read))
            return go(state, replace(stage.consent, read=read))
        case Tapped(Action.BACK | Action.CLOSE):
            return go(state, stage.consent)
        case _:
            return stay(state)


def _address_given(state: State, stage: AddressAgain) -> Step:
    if state.dossier.registered:  # the dossier keeps the address to which the mail went until the portal has changed it
        return request(state, Question.CORRECT, AddressEntry(stage.first))
    state = with_dossier(state, address=stage.first)
    documents = state.dossier.terms.documents if state.dossier.terms else ()
    return go(state, Consent(tuple(False for _ in documents)))
