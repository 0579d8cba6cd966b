"""The whole map of a visit on one page, and `step`, the one function that moves on it.

Each row of `MAP` names a stage, the handler that says what happens there, and where it may lead; a `Question` stands
for `Asking` it, and `ANSWERS` holds the rows of those. Two moves are common to nearly all stages and not repeated in
the rows: 中止 and the unanswered question "are you still there?" lead to `Wiping`. A random walk checks that the rows
say neither less nor more than the truth, and `kiosk.flow.diagram` prints them.
"""

from collections.abc import Callable, Mapping
from typing import Any

from kiosk import states as at
from kiosk.events import Elapsed, Event
from kiosk.flow import attract, card, form, letter, mail, pages, papers, passwords, registration, scanning, submission
from kiosk.flow.asking import Answer, at_asking
from kiosk.flow.reading import told
from kiosk.flow.sheets import everywhere, note, tidy
from kiosk.flow.step import Step, go, stay
from kiosk.flow.timeouts import timers
from kiosk.flow.trouble import at_trouble
from kiosk.states import Question, Stage, State

Node = type[Stage] | Question
Handler = Callable[[State, Any, Event], Step]

_CARD_ANEW = (at.AwaitingCard, at.CardTrouble, Question.INSPECT)
_LINE = (at.Trouble,)
_CARD = (at.CardTrouble, at.PasswordStop, at.Trouble)
_PULLED = (at.CardTrouble,)
_ASKED = (Question.CHALLENGE, Question.READ_ATTRIBUTES)
_TYPED = (at.PasswordEntry, at.LastTryQuestion)
_PASSWORD = (*_TYPED, at.PasswordStop)
_NUMBERS = (at.ContractEntry, at.ReceiptEntry)
_LETTER = (at.LetterReading, at.Trouble)
_PAPERS = (at.Scanning, at.Papers, at.Review, at.Trouble)


def reenter(state: State, stage: Stage) -> Step:
    """Open a stage anew; where standing there needs something done, do it."""
    match stage:
        case at.Scanning():
            return scanning.scan(state, stage)
        case at.LetterReading(entry=entry):
            return letter.read_letter(state, entry)
        case at.AwaitingCard():
            return card.enter_card(state)
        case at.AwaitingMail():
            return mail.await_mail(state)
        case _:
            return go(state, stage)


ANSWERS: Mapping[Question, tuple[Answer, tuple[Node, ...]]] = {
    Question.TERMS: (registration.terms_answered, (at.NoticeShown, *_LINE)),
    Question.RESUME: (registration.resume_answered, (*_CARD_ANEW, *_LINE)),
    Question.REGISTER: (mail.mail_sent, (at.MailExplained, *_LINE)),
    Question.SEND_AGAIN: (mail.mail_sent, (at.MailExplained, *_LINE)),
    Question.CORRECT: (mail.mail_sent, (at.MailExplained, *_LINE)),
    Question.INSPECT: (card.card_inspected, (at.CardReady, *_CARD)),
    Question.CHALLENGE: (passwords.challenge_answered, (Question.AUTHENTICATE, *_PULLED, *_LINE)),
    Question.AUTHENTICATE: (passwords.authenticate_answered, (Question.LOG_IN, *_PASSWORD, *_CARD)),
    Question.LOG_IN: (passwords.login_answered, (at.ReadOffer, *_PULLED, *_LINE)),
    Question.READ_ATTRIBUTES: (passwords.attributes_answered, (Question.REREAD, *_PASSWORD, *_CARD)),
    Question.REREAD: (card.traces_covered, (at.TakingCard, at.Identity, *_PULLED)),
    Question.SEND_ATTRIBUTES: (form.attributes_accepted, (at.ApplicantChoice, *_LINE)),
    Question.CHECK_NUMBERS: (form.numbers_accepted, (at.FieldEntry, *_PAPERS)),
    Question.READ_NUMBERS: (letter.numbers_read, (at.NumberOffer, *_NUMBERS, *_LINE)),
    Question.PHOTOGRAPH: (scanning.photo_answered, (at.PageCheck, at.CornersSet, at.PhotoRefused, *_LINE)),
    Question.STRAIGHTEN: (scanning.photo_answered, (at.PageCheck, at.PhotoRefused, *_LINE)),
    Question.PACK: (papers.pack_answered, (at.Review, *_LINE)),
}

MAP: Mapping[type[Stage], tuple[Handler, tuple[Node, ...]]] = {
    # 0 待受
    at.Attract: (attract.at_attract, (at.Preparation, at.OutOfService)),
    at.OutOfService: (attract.at_out_of_service, (at.Attract,)),
    # 1 登録
    at.Preparation: (registration.at_preparation, (Question.TERMS, at.Wiping)),
    at.NoticeShown: (registration.at_notice, (at.AddressEntry, at.CodeEntry, at.Preparation)),
    at.CodeEntry: (registration.at_code_entry, (Question.RESUME, at.NoticeShown)),
    at.AddressEntry: (registration.at_address_entry, (at.AddressAgain, at.MailTrouble, at.NoticeShown)),
    at.AddressAgain: (
        registration.at_address_again,
        (at.AddressDiffers, at.Consent, Question.CORRECT, at.AddressEntry),
    ),
    at.AddressDiffers: (registration.at_address_differs, (at.AddressAgain, at.AddressEntry)),
    at.Consent: (registration.at_consent, (at.DocumentReading, Question.REGISTER, at.AddressEntry)),
    at.DocumentReading: (registration.at_document, (at.Consent,)),
    at.MailExplained: (mail.at_mail_explained, (at.AwaitingMail,)),
    at.AwaitingMail: (mail.at_awaiting_mail, (*_CARD_ANEW, at.MailExplained, at.MailTrouble, at.Trouble)),
    at.MailTrouble: (
        mail.at_mail_trouble,
        (Question.SEND_AGAIN, at.AddressEntry, at.Postponed, at.AwaitingMail, at.Trouble),
    ),
    at.Postponed: (mail.at_postponed, (at.MailTrouble, at.Wiping)),
    # 2 カード
    at.AwaitingCard: (card.at_awaiting_card, (Question.INSPECT, at.CardTrouble)),
    at.CardTrouble: (card.at_card_trouble, (*_CARD_ANEW, at.Wiping)),
    at.CardReady: (passwords.at_card_ready, (*_TYPED, at.CardTrouble)),
    at.LastTryQuestion: (passwords.at_last_try, (at.PasswordEntry, at.CardTrouble, at.Wiping)),
    at.PasswordEntry: (passwords.at_password_entry, (*_ASKED, at.CardReady, at.ReadOffer, at.CardTrouble)),
    at.PasswordStop: (card.at_password_stop, (Question.INSPECT, at.CardTrouble, at.Wiping)),
    at.ReadOffer: (passwords.at_read_offer, (*_TYPED, at.CardTrouble)),
    at.TakingCard: (card.at_taking_card, (at.Identity, at.CardTrouble)),
    # 3 確認
    at.Identity: (form.at_identity, (Question.SEND_ATTRIBUTES, at.IdentityWrong)),
    at.IdentityWrong: (form.at_identity_wrong, (at.Identity, at.Wiping)),
    # 4 書類
    at.ApplicantChoice: (form.at_applicant_choice, (at.ContractEntry, at.ReceiptEntry, at.Identity)),
    at.ContractEntry: (form.at_contract_entry, (at.ReceiptEntry, at.ApplicantChoice, *_LETTER)),
    at.ReceiptEntry: (form.at_receipt_entry, (Question.CHECK_NUMBERS, at.ContractEntry, at.ApplicantChoice, *_LETTER)),
    at.FieldEntry: (form.at_field_entry, (*_PAPERS, at.ReceiptEntry)),
    at.LetterReading: (letter.at_letter_reading, (Question.READ_NUMBERS, *_NUMBERS, at.Trouble)),
    at.NumberOffer: (letter.at_number_offer, _NUMBERS),
    at.Scanning: (scanning.at_scanning, (Question.PHOTOGRAPH, at.Papers, at.ReceiptEntry, at.Trouble)),
    at.PhotoRefused: (scanning.at_photo_refused, (at.Scanning, at.Papers, at.ReceiptEntry, at.Trouble)),
    at.CornersSet: (pages.at_corners, (Question.STRAIGHTEN, at.Scanning, at.Trouble)),
    at.PageCheck: (
        pages.at_page_check,
        (at.Papers, at.Scanning, at.CornersSet, at.Covering, at.PhotoRefused, at.Trouble),
    ),
    at.Papers: (
        papers.at_papers,
        (
            *(Question.PACK, at.LookingOver, at.CoverCheck, at.PhotoRefused),
            *(at.Scanning, at.PageLook, at.ReceiptEntry, at.Trouble),
        ),
    ),
    at.PageLook: (pages.at_page_look, (at.Papers, at.Scanning, at.Covering, at.Trouble)),
    at.LookingOver: (papers.at_looking_over, (Question.PACK, at.CoverCheck, at.PhotoRefused, at.Papers)),
    at.CoverCheck: (pages.at_cover_check, (Question.PACK, at.Covering, at.Papers)),
    at.Covering: (pages.at_covering, (at.PageCheck, at.PageLook, at.CoverCheck)),
    # 5 提出
    at.Review: (
        submission.at_review,
        (at.Submitting, at.ApplicantChoice, at.ContractEntry, at.ReceiptEntry, at.FieldEntry, at.Papers),
    ),
    at.Submitting: (submission.at_submitting, (at.Wiping, at.Settling, at.Trouble)),
    at.Settling: (submission.at_settling, (at.Wiping, at.Trouble)),
    at.Done: (submission.at_done, (at.Farewell, at.Ended)),
    at.FateOpen: (submission.at_fate_open, (at.Farewell, at.Ended)),
    # anywhere
    at.Asking: (at_asking({question: answer for question, (answer, _) in ANSWERS.items()}), ()),
    at.Trouble: (at_trouble(reenter), ()),
    at.Wiping: (attract.at_wiping, (at.Done, at.FateOpen, at.Farewell, at.Ended)),
    at.Farewell: (attract.at_farewell, (at.Ended,)),
    at.Ended: (attract.at_ended, ()),
}


def step(state: State, event: Event) -> Step:
    """What follows from `event`. Never raises; an event that means nothing here changes nothing."""
    if isinstance(state.stage, at.Ended):
        return stay(state)
    if isinstance(event, Elapsed) and all(timer.kind is not event.kind for timer in timers(state)):
        return stay(state)
    news = told(state, event)
    if news is not None:
        return tidy(state, papers.on_news(news))
    noted = note(state, event)
    handler, _ = MAP[type(state.stage)]
    return tidy(state, everywhere(noted, event) or handler(noted, noted.stage, event))


def node(stage: Stage) -> Node:
    """Where a stage stands on the map."""
    return stage.question if isinstance(stage, at.Asking) else type(stage)
