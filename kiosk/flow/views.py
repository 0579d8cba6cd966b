"""What the glass shows: a projection of the state. A sheet, where one lies over the stage, is the whole picture."""

from typing import assert_never

from kiosk import states as at
from kiosk import views as see
from kiosk.failures import REMEDIES
from kiosk.flow.binding import files, ordinals
from kiosk.flow.further import keyboard
from kiosk.flow.mail_address import is_address, parting
from kiosk.flow.paper_views import gathered, paper
from kiosk.flow.registration import CODE_CHARACTERS
from kiosk.flow.requests import limits
from kiosk.flow.sheets import cancellable, has_help
from kiosk.flow.trouble import may_go_back
from kiosk.numbers import RECEIPT_CHARACTERS, is_contract, is_receipt, write_receipt
from kiosk.states import Sheet, State
from kiosk.views import Chrome, Keyboard, Scene, Typing, TypingView, View
from kiosk.visit import CardPlace, Ending, Password, Tries

# Who stands there now may not be who has left; told is what the visitor of that visit has not read on its last screen.
_DUE = (Ending.TIMED_OUT, Ending.FATE_UNKNOWN, Ending.BROKEN_OFF)
_PLAIN_ORDER = (1, 2, 3, 4, 5, 6, 7, 8, 9, 0)


def view(state: State) -> Scene:
    """The picture that belongs to this state."""
    if state.sheet is not None:
        return Scene(Chrome(None, back=False, cancel=False), _sheet(state, state.sheet))
    shown = _stage(state)
    chrome = Chrome(step(state.stage), _back(state.stage), cancellable(state), has_help(state))
    return Scene(chrome, shown)


def step(stage: at.Stage) -> int | None:
    """Which of the five steps a stage belongs to."""
    match stage:
        case at.Attract() | at.OutOfService() | at.Wiping() | at.Farewell() | at.Ended():
            return None
        case at.Asking(origin=origin) | at.Trouble(origin=origin):
            return step(origin)
        case (
            at.AwaitingCard() | at.CardTrouble() | at.CardReady() | at.LastTryQuestion() | at.PasswordEntry()
            | at.PasswordStop() | at.ReadOffer() | at.TakingCard()
        ):  # fmt: skip
            return 2
        case at.Identity() | at.IdentityWrong():
            return 3
        case (
            at.ApplicantChoice() | at.ContractEntry() | at.ReceiptEntry() | at.FieldEntry() | at.LetterReading()
            | at.NumberOffer() | at.Scanning() | at.PhotoRefused() | at.CornersSet() | at.PageCheck() | at.Papers()
            | at.PageLook() | at.LookingOver() | at.CoverCheck() | at.Covering()
        ):  # fmt: skip
            return 4
        case at.Review() | at.Submitting() | at.Settling() | at.Done() | at.FateOpen():
            return 5
        case _:
            return 1


def _back(stage: at.Stage) -> bool:
    match stage:
        case at.Trouble():
            return may_go_back(stage)
        case (
            at.Preparation() | at.NoticeShown() | at.CodeEntry() | at.AddressEntry() | at.AddressAgain()
            | at.AddressDiffers() | at.Consent() | at.DocumentReading() | at.AwaitingMail() | at.MailTrouble()
            | at.Postponed() | at.PasswordEntry() | at.IdentityWrong() | at.ApplicantChoice() | at.ContractEntry()
            | at.ReceiptEntry() | at.FieldEntry() | at.LetterReading() | at.Scanning()
            | at.PhotoRefused() | at.Papers() | at.LookingOver() | at.CoverCheck() | at.Covering() | at.Review()
        ):  # fmt: skip
            return True
        case _:
            return False


def _stage(state: State) -> View:  # noqa: C901  # one case a stage
    stage, dossier, rules = state.stage, state.dossier, state.rules
    lies_there = state.card is not CardPlace.ABSENT
    match stage:
        case at.Attract(last=last):
            return see.AttractView(rules.languages, last if last in _DUE else None)
        case at.OutOfService(reason=reason):
            return see.OutOfServiceView(reason, rules.notice.contact, rules.languages)
        case at.Preparation():
            return see.PreparationView()
        case at.NoticeShown():
            return see.NoticeView(rules.notice, dossier.terms.version if dossier.terms else "")
        case at.CodeEntry() | at.AddressEntry() | at.AddressAgain() | at.ContractEntry() | at.ReceiptEntry():
            return _typing(stage)
        case at.FieldEntry(index=index, text=text, remark=remark):
            asked = dossier.fields[index]
            complete = bool(text) or not asked.required
            return TypingView(Typing.FURTHER, keyboard(asked), text, remark, complete, asked.label)
        case at.AddressDiffers(first=first, again=again):
            return see.AddressDiffersView(first, again, parting(first, again))
        case at.Consent(read=read, agreed=agreed, remark=remark):
            titles = tuple(document.title for document in dossier.terms.documents) if dossier.terms else ()
            return see.ConsentView(titles, read, agreed, remark)
        case at.DocumentReading(index=index):
            return see.DocumentView(dossier.terms.documents[index]) if dossier.terms else see.BlankView()
        case at.MailExplained():
            return see.MailExplainedView(dossier.address)
        case at.AwaitingMail(line_down=line_down):
            if dossier.link_deadline is None:
                return see.BlankView()
            return see.AwaitMailView(dossier.address, dossier.link_deadline, line_down)
        case at.MailTrouble():
            return see.MailTroubleView(dossier.address, max(0, rules.mails_per_visit - dossier.mails))
        case at.Postponed():
            return see.PostponedView(dossier.link_deadline)
        case at.AwaitingCard():
            return see.LayCardView(stale=state.card is CardPlace.STALE)
        case at.CardTrouble(failure=failure):
            return see.CardTroubleView(failure, lies_there)
        case at.CardReady():
            return see.CardReadyView(dossier.tries or Tries(None, None))
        case at.LastTryQuestion(password=password):
            return see.LastTryView(password)
        case at.PasswordEntry():
            return _password(state, stage)
        case at.PasswordStop(failure=failure, password=password):
            return see.PasswordStopView(failure, password, rules.stores, lies_there)
        case at.ReadOffer():
            return see.ReadOfferView()
        case at.TakingCard():
            return see.TakeCardView()
        case at.Identity():
            return see.IdentityView(dossier.attributes) if dossier.attributes else see.BlankView()
        case at.IdentityWrong():
            return see.IdentityWrongView(rules.notice.contact)
        case at.ApplicantChoice():
            return see.ApplicantChoiceView()
        case at.LetterReading(sight=sight):
            return see.LetterView(sight)
        case at.NumberOffer(contract=contract, receipt=receipt):
            return see.NumberOfferView(contract, write_receipt(receipt) if receipt else None)
        case (
            at.Scanning()
            | at.PhotoRefused()
            | at.CornersSet()
            | at.PageCheck()
            | at.Papers()
            | at.PageLook()
            | at.CoverCheck()
            | at.Covering()
        ):
            return paper(state, stage)
        case at.LookingOver():
            return see.LookingOverView()
        case at.Review():
            return _review(state)
        case at.Submitting(done=done, whole=whole, still=still):
            return see.SubmittingView(done, whole, settling=False, still=still)
        case at.Settling():
            return see.SubmittingView(0, 0, settling=True)
        case at.Done(number=number, erased=erased):
            return see.DoneView(number, lies_there, erased)
        case at.FateOpen(erased=erased):
            return see.FateOpenView(lies_there, erased)
        case at.Asking(question=question, done=done, whole=whole):
            return see.BusyView(question, done, whole)
        case at.Trouble(failure=failure, page=page):
            ordinal = None if page is None else ordinals(dossier.pages)[page][0]
            return see.TroubleView(failure, REMEDIES[failure].retry, ordinal)
        case at.Wiping():
            return see.WipingView()
        case at.Farewell(ending=ending, erased=erased):
            return see.FarewellView(ending, erased, lies_there)
        case at.Ended():
            return see.BlankView()
        case _:
            assert_never(stage)


def _typing(stage: at.CodeEntry | at.AddressEntry | at.AddressAgain | at.ContractEntry | at.ReceiptEntry) -> TypingView:
    text, remark = stage.text, stage.remark
    match stage:
        case at.CodeEntry():
            return TypingView(Typing.CODE, Keyboard.CODE, text, remark, len(text) == CODE_CHARACTERS)
        case at.AddressEntry():
            return TypingView(Typing.ADDRESS, Keyboard.MAIL, text, remark, is_address(text))
        case at.AddressAgain():
            return TypingView(Typing.ADDRESS_AGAIN, Keyboard.MAIL, text, remark, is_address(text))
        case at.ContractEntry():
            return TypingView(Typing.CONTRACT, Keyboard.DIGITS, text, remark, is_contract(text))
        case at.ReceiptEntry():
            keyboard = Keyboard.DIGITS if text else Keyboard.LETTERS
            complete = len(text) == RECEIPT_CHARACTERS and is_receipt(text)
            return TypingView(Typing.RECEIPT, keyboard, text, remark, complete)
        case _:
            assert_never(stage)


def _password(state: State, stage: at.PasswordEntry) -> see.PasswordView:
    tries = state.dossier.tries
    left = tries.of(stage.entry.password) if tries else None
    shuffled = state.preferences.shuffled_digits
    order = state.digit_order if shuffled else _PLAIN_ORDER
    return see.PasswordView(stage.entry.password, stage.count, left or 0, stage.remark, order, shuffled)


def _review(state: State) -> see.ReviewView:
    dossier = state.dossier
    fields = tuple(zip((asked.label for asked in dossier.fields), dossier.field_values, strict=True))
    return see.ReviewView(
        dossier.contract,
        write_receipt(dossier.receipt),
        fields,
        dossier.pages,
        len(files(dossier.pages)),
        gathered(dossier.pages, limits(state).total_bytes),
    )


def _sheet(state: State, sheet: Sheet) -> View:
    match sheet:
        case Sheet.LANGUAGE:
            return see.LanguageView(state.rules.languages, state.preferences.language)
        case Sheet.DISPLAY:
            return see.DisplayView(state.preferences, cancellable(state))
        case Sheet.STAFF:
            return see.StaffView(state.rules.notice.contact)
        case Sheet.HELP:
            return see.HelpView(_topic(state.stage))
        case Sheet.LEAVE:
            return see.LeaveView(state.card is not CardPlace.ABSENT)
        case Sheet.STILL_THERE:
            return see.StillThereView()
        case _:
            assert_never(sheet)


def _topic(stage: at.Stage) -> see.HelpTopic:
    match stage:
        case at.ContractEntry():
            return see.HelpTopic.CONTRACT_NUMBER
        case at.PasswordEntry(entry=entry) if entry.password is Password.AUTHENTICATION:
            return see.HelpTopic.AUTHENTICATION_PASSWORD
        case at.PasswordEntry():
            return see.HelpTopic.ATTRIBUTES_PASSWORD
        case _:
            return see.HelpTopic.RECEIPT_NUMBER
