"""From a failure to the stage that tells it and leads on.

Where what the visitor gave was refused, the way on is to change it; where the line failed, it is to ask the same again.
"""

from collections.abc import Callable

from kiosk.events import Action, CameraBack, Event, Tapped
from kiosk.failures import REMEDIES, Failure
from kiosk.flow.requests import request
from kiosk.flow.step import Step, go, go_home, stay, with_dossier
from kiosk.states import (
    AddressEntry,
    AwaitingCard,
    AwaitingMail,
    CodeEntry,
    Consent,
    ContractEntry,
    FieldEntry,
    LetterReading,
    MailTrouble,
    Papers,
    Question,
    ReceiptEntry,
    Scanning,
    Stage,
    State,
    Trouble,
)
from kiosk.visit import Ending

Reenter = Callable[[State, Stage], Step]

_REASKED = frozenset(Question) - {
    Question.CHALLENGE,
    Question.AUTHENTICATE,
    Question.LOG_IN,
    Question.READ_ATTRIBUTES,
    Question.PHOTOGRAPH,
    Question.STRAIGHTEN,
    Question.READ_NUMBERS,
}


def trouble(
    state: State, failure: Failure, origin: Stage, question: Question | None = None, page: int | None = None
) -> Step:
    """Tell a failure of `question`, which was made at `origin`."""
    changed = _where_to_change(state, failure, origin)
    if changed is not None:
        origin, question = changed, None
    if failure is Failure.LINK_EXPIRED:
        state = with_dossier(state, registered=False)
    return go(state, Trouble(failure, origin, question if question in _REASKED else None, page))


def may_go_back(stage: Trouble) -> bool:
    """Whether 戻る leads to where the visitor came from; where nothing can be mended here, only home is left."""
    return REMEDIES[stage.failure].retry or isinstance(stage.origin, MailTrouble)


def at_trouble(reenter: Reenter) -> Callable[[State, Trouble, Event], Step]:
    """The handler of `Trouble`; `reenter` opens a stage anew."""

    def handle(state: State, stage: Trouble, event: Event) -> Step:
        match event:
            case Tapped(Action.RETRY) if REMEDIES[stage.failure].retry:
                return request(state, stage.question, stage.origin) if stage.question else reenter(state, stage.origin)
            case Tapped(Action.BACK) if isinstance(stage.origin, Scanning) and may_go_back(stage):
                return go(state, before_scanning(state))  # to the live view leads RETRY, once the camera is there
            case Tapped(Action.BACK) if isinstance(stage.origin, LetterReading) and may_go_back(stage):
                return go(state, stage.origin.entry)
            case Tapped(Action.BACK) if may_go_back(stage):
                return reenter(state, stage.origin)
            case CameraBack() if stage.failure is Failure.CAMERA_LOST:
                return reenter(state, stage.origin)
            case Tapped(Action.FINISH) if not REMEDIES[stage.failure].retry:
                return go_home(state, Ending.STOPPED)
            case _:
                return stay(state)

    return handle


def before_scanning(state: State) -> Stage:
    """Where 戻る leads from the live view."""
    return Papers() if state.dossier.pages else ReceiptEntry(state.dossier.receipt)


def _where_to_change(state: State, failure: Failure, origin: Stage) -> Stage | None:
    dossier = state.dossier
    match failure:
        case Failure.ADDRESS_REFUSED:
            return origin if isinstance(origin, AddressEntry) else AddressEntry(dossier.address)
        case Failure.LINK_EXPIRED if dossier.terms is not None and dossier.agreed:
            return Consent(tuple(True for _ in dossier.terms.documents), agreed=True)
        case Failure.LINK_EXPIRED:
            return AddressEntry(dossier.address)
        case Failure.MAILS_EXHAUSTED if dossier.registered:
            return MailTrouble()
        case Failure.CODE_UNKNOWN:
            return CodeEntry()
        case Failure.MAIL_NOT_CONFIRMED:
            return AwaitingMail(None)
        case Failure.SESSION_EXPIRED:
            return AwaitingCard()
        case Failure.CONTRACT_UNKNOWN:
            return ContractEntry(dossier.contract)
        case Failure.RECEIPT_UNKNOWN:
            return ReceiptEntry(dossier.receipt)
        case Failure.FIELD_REFUSED if dossier.fields:
            return FieldEntry(0, dossier.field_values[0] if dossier.field_values else "")
        case Failure.BUDGET_EXCEEDED:
            return Papers()
        case _:
            return None
