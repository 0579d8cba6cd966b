"""Step 5, 提出: the review, the one submission, and its fate.

`Submit` is answered with receipt, with a definite refusal, or not at all. SUBMISSION_UNCERTAIN is the only failure that
leaves a doubt: then the portal is asked for the fate of the key (`Settle`), again and again; after two minutes in which
nothing moved the visitor is told the third truth: not known yet. With any other failure the key is closed already, and
there is nothing left to ask about.
"""

from dataclasses import replace

from kiosk.effects import Settle, Submit
from kiosk.events import Action, Answered, Elapsed, Event, Failed, Progressed, Settled, Submitted, Tapped, TimerKind
from kiosk.failures import Failure
from kiosk.flow.attract import end
from kiosk.flow.step import Step, draw_ticket, go, go_home, stay
from kiosk.flow.timeouts import last_movement
from kiosk.flow.trouble import trouble
from kiosk.numbers import write_receipt
from kiosk.states import (
    ApplicantChoice,
    ContractEntry,
    Done,
    Farewell,
    FateOpen,
    FieldEntry,
    Papers,
    ReceiptEntry,
    Review,
    Settling,
    State,
    Submitting,
)
from kiosk.visit import CardPlace, Ending, Tray


def at_review(state: State, stage: Review, event: Event) -> Step:
    """Every value and every page, each with a way to change it; [申請]."""
    dossier = state.dossier
    match event:
        case Tapped(Action.SUBMIT):
            return _submit(state)
        case Tapped(Action.CHANGE_CONTRACT):
            return go(state, ApplicantChoice() if dossier.applicant else ContractEntry(dossier.contract))
        case Tapped(Action.CHANGE_RECEIPT):
            return go(state, ReceiptEntry(dossier.receipt))
        case Tapped(Action.CHANGE_FIELDS) if dossier.fields:
            return go(state, FieldEntry(0, dossier.field_values[0]))
        case Tapped(Action.CHANGE_PAPERS | Action.BACK):
            return go(state, Papers())
        case _:
            return stay(state)


def at_submitting(state: State, stage: Submitting, event: Event) -> Step:
    """Nobody can leave here; what moves is shown."""
    match event:
        case Progressed(ticket, done, whole) if ticket == stage.ticket and done > stage.done:
            return go(state, replace(stage, done=done, whole=whole, still=False))
        case Elapsed(TimerKind.STILL):
            return go(state, replace(stage, still=True))
        case Answered(ticket, Submitted(number)) if ticket == stage.ticket:
            return go_home(state, Ending.COMPLETED, Done(number))
        case Answered(ticket, Failed(Failure.SUBMISSION_UNCERTAIN)) if ticket == stage.ticket:
            return _settle(state, last_movement(stage.ticket, stage.done))
        case Answered(ticket, Failed(failure)) if ticket == stage.ticket:  # nothing has left, or nothing was kept
            return trouble(state, failure, Review())
        case Elapsed(TimerKind.DEADLINE):
            return go_home(state, Ending.FATE_UNKNOWN, FateOpen())
        case _:
            return stay(state)


def at_settling(state: State, stage: Settling, event: Event) -> Step:
    """Asked until the fate is known, or until two minutes have passed."""
    match event:
        case Answered(ticket, Settled(True, number)) if ticket == stage.asked:
            return go_home(state, Ending.COMPLETED, Done(number))
        case Answered(ticket, Settled()) if ticket == stage.asked:
            return trouble(state, Failure.SUBMISSION_NOT_RECEIVED, Review())
        case Answered(ticket, Failed()) if ticket == stage.asked:
            return go(state, replace(stage, asked=None))
        case Elapsed(TimerKind.POLL):
            return _settle(state, stage.moved)
        case Elapsed(TimerKind.DEADLINE):
            return go_home(state, Ending.FATE_UNKNOWN, FateOpen())
        case _:
            return stay(state)


def at_done(state: State, stage: Done, event: Event) -> Step:
    """[TOPへ], or a minute; a card or a paper that still lies there is called for."""
    match event:
        case Tapped(Action.FINISH) | Elapsed(TimerKind.LEAVE):
            return _leave(state, Ending.COMPLETED, stage.erased)
        case _:
            return stay(state)


def at_fate_open(state: State, stage: FateOpen, event: Event) -> Step:
    """The mail decides; a card or a paper that still lies there is called for."""
    match event:
        case Tapped(Action.FINISH) | Elapsed(TimerKind.LEAVE):
            return _leave(state, Ending.FATE_UNKNOWN, stage.erased)
        case _:
            return stay(state)


def _leave(state: State, ending: Ending, erased: bool) -> Step:
    left = state.card is CardPlace.PRESENT or state.tray is Tray.PAPER
    return go(state, Farewell(ending, erased)) if left else end(state, ending)


def _submit(state: State) -> Step:
    dossier = state.dossier
    numbers = tuple(page.number for page in dossier.pages)
    fields = tuple(zip((asked.name for asked in dossier.fields), dossier.field_values, strict=True))
    whole = sum(page.encoded_bytes for page in dossier.pages)
    state, ticket = draw_ticket(state)
    effect = Submit(ticket, numbers, dossier.contract, write_receipt(dossier.receipt), fields)
    return go(state, Submitting(ticket, 0, whole), effect)


def _settle(state: State, moved: str) -> Step:
    state, ticket = draw_ticket(state)
    return go(state, Settling(ticket, moved), Settle(ticket))
