"""Step 2, カード, the two passwords.

Digits pass through `step` one by one on their way to the vault and leave nothing in the state but how many there are.
A confirmed entry is used for one VERIFY; after a refusal the visitor types under a new entry. Guard and vault compare
digits, nobody else.
"""

from dataclasses import replace
from typing import assert_never

from kiosk.effects import Authenticate, ClearEntry, EraseDigit, LogIn, ReadAttributes, StoreDigit
from kiosk.events import (
    Action,
    Answered,
    ChallengeGot,
    DigitTapped,
    Event,
    Held,
    LoggedIn,
    PasswordRefused,
    SameDigitsAgain,
    Signed,
    Tapped,
)
from kiosk.failures import Failure
from kiosk.flow.card import attributes_read, card_lost, refusals, refuse_to_ask
from kiosk.flow.requests import request
from kiosk.flow.step import Step, ask, draw_ticket, go, go_home, stay, with_dossier
from kiosk.states import (
    Asking,
    CardReady,
    LastTryQuestion,
    PasswordEntry,
    PasswordStop,
    Question,
    ReadOffer,
    Remark,
    State,
)
from kiosk.visit import Ending, Entry, Password, Ticket, Tries

DIGITS = 4


def at_card_ready(state: State, stage: CardReady, event: Event) -> Step:
    """The tries have been told."""
    match event:
        case Tapped(Action.NEXT):
            return _open(state, Password.AUTHENTICATION)
        case _:
            return card_lost(state, event) or stay(state)


def at_read_offer(state: State, stage: ReadOffer, event: Event) -> Step:
    """[読み取る]."""
    match event:
        case Tapped(Action.NEXT):
            return _open(state, Password.ATTRIBUTES)
        case _:
            return card_lost(state, event) or stay(state)


def at_last_try(state: State, stage: LastTryQuestion, event: Event) -> Step:
    """Only where the house allows it, and only after two seconds of consent."""
    match event:
        case Held(Action.YES):
            return _entry(state, stage.password, None, consented=True)
        case Tapped(Action.FINISH):
            return go_home(state, Ending.STOPPED)
        case _:
            return card_lost(state, event) or stay(state)


def at_password_entry(state: State, stage: PasswordEntry, event: Event) -> Step:
    """Four dots and [OK]."""
    match event:
        case DigitTapped(digit) if stage.count < DIGITS and 0 <= digit <= 9:
            typed = replace(stage, count=stage.count + 1, remark=None)
            return go(state, typed, StoreDigit(stage.entry, stage.count, digit))
        case Tapped(Action.ERASE) if stage.count > 0:
            fewer = replace(stage, count=stage.count - 1, remark=None)
            return go(state, fewer, EraseDigit(stage.entry, stage.count - 1))
        case Tapped(Action.BACK):
            told = CardReady() if stage.entry.password is Password.AUTHENTICATION else ReadOffer()
            return go(state, told, ClearEntry(stage.entry))
        case Tapped(Action.SHUFFLE):
            shuffled = not state.preferences.shuffled_digits
            return stay(replace(state, preferences=replace(state.preferences, shuffled_digits=shuffled)))
        case Tapped(Action.NEXT) if stage.count < DIGITS:
            return go(state, replace(stage, remark=Remark.INCOMPLETE))
        case Tapped(Action.NEXT):
            return _confirmed(state, stage)
        case _:
            return card_lost(state, event) or stay(state)


def challenge_answered(state: State, stage: Asking, event: Answered) -> Step:
    """The portal is asked first, so that a line that is down costs no entry."""
    match event.result, stage.origin:
        case ChallengeGot(challenge), PasswordEntry() as typed:
            return ask(
                state,
                Question.AUTHENTICATE,
                typed,
                lambda ticket: Authenticate(ticket, typed.entry, challenge, typed.last_try_consented),
            )
        case _:
            return stay(state)


def authenticate_answered(state: State, stage: Asking, event: Answered) -> Step:
    """Signed, or refused by the card."""
    match event.result, stage.origin:
        case Signed(certificate, signature), PasswordEntry(entry=Entry(password=Password.AUTHENTICATION)):
            return ask(state, Question.LOG_IN, CardReady(), lambda ticket: LogIn(ticket, certificate, signature))
        case (PasswordRefused() | SameDigitsAgain()) as result, PasswordEntry() as typed:
            return _refused(state, typed, result)
        case _:
            return stay(state)


def login_answered(state: State, stage: Asking, event: Answered) -> Step:
    """The portal knows who signed."""
    match event.result:
        case LoggedIn(fields):
            values = state.dossier.field_values if fields == state.dossier.fields else tuple("" for _ in fields)
            return go(with_dossier(state, fields=fields, field_values=values), ReadOffer())
        case _:
            return stay(state)


def attributes_answered(state: State, stage: Asking, event: Answered) -> Step:
    """Read, or refused by the card."""
    match event.result, stage.origin:
        case (PasswordRefused() | SameDigitsAgain()) as result, PasswordEntry() as typed:
            return _refused(state, typed, result)
        case _:
            return attributes_read(state, stage, event)


def _open(state: State, password: Password) -> Step:
    tries = state.dossier.tries
    if tries is None:
        return stay(state)
    if tries.of(password) == 1:
        return go(state, LastTryQuestion(password))
    return _entry(state, password, None, consented=False)


def _entry(state: State, password: Password, remark: Remark | None, consented: bool) -> Step:
    state, ticket = draw_ticket(state)
    return go(state, PasswordEntry(Entry(ticket.serial, password), 0, remark, consented))


def _confirmed(state: State, stage: PasswordEntry) -> Step:
    if stage.entry.password is Password.AUTHENTICATION:
        return request(state, Question.CHALLENGE, stage)

    def read(ticket: Ticket) -> ReadAttributes:
        return ReadAttributes(ticket, stage.entry, stage.last_try_consented)

    return ask(state, Question.READ_ATTRIBUTES, stage, read)


def _refused(state: State, typed: PasswordEntry, result: PasswordRefused | SameDigitsAgain) -> Step:
    password = typed.entry.password
    match result:
        case SameDigitsAgain():
            then = _entry(state, password, Remark.SAME_DIGITS, typed.last_try_consented)
        case PasswordRefused(left):
            then = _after_refusal(_count_refusal(state, password, left), password)
        case _:
            assert_never(result)
    return replace(then, effects=(ClearEntry(typed.entry), *then.effects))


def _after_refusal(state: State, password: Password) -> Step:
    tries = state.dossier.tries
    failure = refuse_to_ask(state, tries, password) if tries else Failure.TRIES_UNKNOWN
    if failure is not None:
        return go(state, PasswordStop(failure, password))
    if tries is not None and tries.of(password) == 1:
        return go(state, LastTryQuestion(password))
    return _entry(state, password, Remark.WRONG_PASSWORD, consented=False)


def _count_refusal(state: State, password: Password, left: int) -> State:
    known = state.dossier.tries or Tries(None, None)
    count = refusals(state, password) + 1
    if password is Password.AUTHENTICATION:
        return with_dossier(state, tries=Tries(left, known.attributes), refused_authentication=count)
    return with_dossier(state, tries=Tries(known.authentication, left), refused_attributes=count)
