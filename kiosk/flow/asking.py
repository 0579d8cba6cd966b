"""While a request is on its way: its answer, its failure, its deadline, and the card that may be pulled meanwhile."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from kiosk.events import Answered, CardTaken, Elapsed, Event, Failed, Progressed, ReaderLost, TimerKind
from kiosk.failures import Failure
from kiosk.flow.card import card_failed, card_lost, take_card
from kiosk.flow.letter import numbers_read
from kiosk.flow.scanning import photo_answered
from kiosk.flow.step import Step, go, stay
from kiosk.flow.trouble import trouble
from kiosk.states import Asking, Question, State
from kiosk.visit import Password

Answer = Callable[[State, Asking, Answered], Step]

CARD_STEP = {
    Question.INSPECT,
    Question.CHALLENGE,
    Question.AUTHENTICATE,
    Question.LOG_IN,
    Question.READ_ATTRIBUTES,
}
"""Requests during which the card has to lie still. When one fails, the step begins anew with the card's counters."""

_ON_THE_CARD = {Question.INSPECT, Question.AUTHENTICATE, Question.READ_ATTRIBUTES}
_CAMERA = {Question.READ_NUMBERS, Question.PHOTOGRAPH, Question.STRAIGHTEN, Question.PACK}


def at_asking(answers: Mapping[Question, Answer]) -> Callable[[State, Asking, Event], Step]:
    """The handler of `Asking`; `answers` says what each question's good answer leads to."""

    def handle(state: State, stage: Asking, event: Event) -> Step:
        match event:
            case Answered(ticket, Failed(failure)) if ticket == stage.ticket:
                return _failed(state, stage, failure, event)
            case Answered(ticket) if ticket == stage.ticket:
                return answers[stage.question](state, stage, event)
            case Elapsed(TimerKind.DEADLINE):
                return _failed(state, stage, _slow(stage.question), None)
            case Progressed(ticket, done, whole) if ticket == stage.ticket and done > stage.done:
                return go(state, replace(stage, done=done, whole=whole))
            case _ if stage.question in CARD_STEP:
                return card_lost(state, event) or stay(state)
            case CardTaken() if stage.question is Question.REREAD:
                return take_card(state)
            case ReaderLost() if stage.question is Question.REREAD:
                return card_failed(state, Failure.READER_LOST)  # nobody sees any more whether the card was taken
            case _:
                return stay(state)

    return handle


def _failed(state: State, stage: Asking, failure: Failure, event: Answered | None) -> Step:
    match stage.question:
        case Question.REREAD:
            return take_card(state)  # gone or mute: nothing more can be covered, and the visitor loses nothing
        case Question.PHOTOGRAPH | Question.STRAIGHTEN if event is not None:
            return photo_answered(state, stage, event)
        case Question.READ_NUMBERS if event is not None:
            return numbers_read(state, stage, event)
        case Question.READ_ATTRIBUTES:
            return card_failed(state, failure, Password.ATTRIBUTES)
        case question if question in CARD_STEP:
            return card_failed(state, failure)
        case question:
            return trouble(state, failure, stage.origin, question)


def _slow(question: Question) -> Failure:
    if question in _ON_THE_CARD:
        return Failure.CARD_SLOW
    return Failure.PHOTO_SLOW if question in _CAMERA else Failure.PORTAL_SLOW
