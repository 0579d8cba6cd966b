"""Step 2, カード, around the passwords: lay it, see what it is, tell the tries, take it.

Whatever happens to card or reader before the attributes have been read begins the step anew with `InspectCard`: the
counters are asked again, and a login made with a card that has since been away does not count, because another card
may lie there now.
"""

from dataclasses import replace

from kiosk.effects import ClearEntry
from kiosk.events import (
    Action,
    Answered,
    AttributesRead,
    CardInspected,
    CardLaid,
    CardTaken,
    Event,
    ReaderBack,
    ReaderLost,
    Tapped,
    TracesCovered,
)
from kiosk.failures import REMEDIES, Failure
from kiosk.flow.requests import request
from kiosk.flow.step import Step, go, go_home, stay, with_dossier
from kiosk.flow.trouble import trouble
from kiosk.states import (
    Asking,
    AwaitingCard,
    CardReady,
    CardTrouble,
    Identity,
    PasswordEntry,
    PasswordStop,
    Question,
    State,
    TakingCard,
)
from kiosk.visit import CardPlace, Ending, Entry, Password, Tries

_STOPS = {Failure.PASSWORD_LOCKED, Failure.PASSWORD_ABSENT, Failure.LAST_TRY_KEPT, Failure.REFUSED_TOO_OFTEN}
_CARD_STAGE = {
    failure
    for failure in Failure
    if failure.name.startswith(("CARD_", "CERTIFICATE_", "READER_", "TRIES_"))
    and failure is not Failure.CARD_STEP_CLOSED
}


def enter_card(state: State) -> Step:
    """Begin step 2, or begin it anew."""
    state = with_dossier(state, tries=None)
    if not state.health.reader:
        return go(state, CardTrouble(Failure.READER_LOST))
    if state.card is CardPlace.PRESENT:
        return request(state, Question.INSPECT, AwaitingCard())
    return go(state, AwaitingCard())


def at_awaiting_card(state: State, stage: AwaitingCard, event: Event) -> Step:
    """Goes on by itself when a card is laid."""
    match event:
        case CardLaid(stale=False):
            return enter_card(state)
        case ReaderLost():
            return go(state, CardTrouble(Failure.READER_LOST))
        case _:
            return stay(state)


def at_card_trouble(state: State, stage: CardTrouble, event: Event) -> Step:
    """A card laid again goes on by itself; one that lies there still is asked again by a touch."""
    match event:
        case CardLaid(stale=False) | ReaderBack():
            return enter_card(state)
        case ReaderLost():
            return go(state, CardTrouble(Failure.READER_LOST))
        case Tapped(Action.RETRY) if REMEDIES[stage.failure].retry:
            return enter_card(state)
        case Tapped(Action.FINISH) if not REMEDIES[stage.failure].retry:
            return go_home(state, Ending.STOPPED)
        case _:
            return stay(state)


def card_lost(state: State, event: Event) -> Step | None:
    """What every stage does that needs the card to lie still; None where the event does not concern it.

    A card told anew, or a reader that is back, means that something was away unnoticed: the counters are asked again.
    """
    match event:
        case CardTaken() | CardLaid() | ReaderBack():
            failure = Failure.CARD_PULLED
        case ReaderLost():
            failure = Failure.READER_LOST
        case _:
            return None
    return card_failed(state, failure)


def card_failed(state: State, failure: Failure, password: Password = Password.AUTHENTICATION) -> Step:
    """From a failure of the card's worker to its stage; digits that wait are wiped."""
    entry = _entry(state)
    if failure in _STOPS:
        then = go(state, PasswordStop(failure, password))
    elif failure in _CARD_STAGE:
        then = go(state, CardTrouble(failure))
    else:
        then = trouble(state, failure, AwaitingCard())
    return replace(then, effects=(ClearEntry(entry), *then.effects)) if entry else then


def card_inspected(state: State, stage: Asking, event: Answered) -> Step:
    """Both counters decide before the first key: a procedure that cannot be finished is not begun."""
    match event.result:
        case CardInspected(tries):
            state = with_dossier(state, tries=tries)
        case _:
            return stay(state)
    for password in Password:
        failure = refuse_to_ask(state, tries, password)
        if failure is not None:
            return go(state, PasswordStop(failure, password))
    return go(state, CardReady())


def refuse_to_ask(state: State, tries: Tries, password: Password) -> Failure | None:
    """Why this password is not asked here; None when it may be."""
    left = tries.of(password)
    if left is None:
        return Failure.PASSWORD_ABSENT
    if left == 0:
        return Failure.PASSWORD_LOCKED
    if left == 1 and not state.rules.ask_last_try:
        return Failure.LAST_TRY_KEPT
    if refusals(state, password) >= state.rules.refusals_per_visit:
        return Failure.REFUSED_TOO_OFTEN
    return None


def refusals(state: State, password: Password) -> int:
    """How many entries of this password were refused in this visit."""
    dossier = state.dossier
    return dossier.refused_authentication if password is Password.AUTHENTICATION else dossier.refused_attributes


def at_password_stop(state: State, stage: PasswordStop, event: Event) -> Step:
    """Nothing more is asked; another card may be laid."""
    match event:
        case Tapped(Action.FINISH):
            return go_home(state, Ending.STOPPED)
        case CardLaid(stale=False):
            return enter_card(state)
        case _:
            return stay(state)


def attributes_read(state: State, stage: Asking, event: Answered) -> Step:
    """Cover what lower layers still hold before the card may go."""
    match event.result:
        case AttributesRead(attributes):
            return request(with_dossier(state, attributes=attributes), Question.REREAD, TakingCard())
        case _:
            return stay(state)


def traces_covered(state: State, stage: Asking, event: Answered) -> Step:
    """Step 3 opens when the card has left the reader."""
    match event.result:
        case TracesCovered():
            return take_card(state)
        case _:
            return stay(state)


def take_card(state: State) -> Step:
    """Ask for it, unless it is away already."""
    return go(state, Identity() if state.card is CardPlace.ABSENT else TakingCard())


def at_taking_card(state: State, stage: TakingCard, event: Event) -> Step:
    """The identity screen opens when the card has been taken."""
    match event:
        case CardTaken():
            return go(state, Identity())
        case ReaderLost():
            return go(state, CardTrouble(Failure.READER_LOST))
        case _:
            return stay(state)


def _entry(state: State) -> Entry | None:
    match state.stage:
        case PasswordEntry(entry=entry) | Asking(origin=PasswordEntry(entry=entry)):
            return entry
        case _:
            return None
