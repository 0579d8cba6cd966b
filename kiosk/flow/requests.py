"""Every request whose contents follow from the state alone, by its question.

The three that spend something of the card's (sign, read attributes, log in) are not here: they are made once, where
they are made, and never again by a retry.
"""

from typing import assert_never

from kiosk.effects import (
    CheckNumbers,
    CorrectAddress,
    FetchTerms,
    InspectCard,
    Leaf,
    Pack,
    Photograph,
    ReadNumbers,
    Register,
    Request,
    RequestChallenge,
    RereadCertificate,
    Resume,
    SendAttributes,
    SendMailAgain,
    Straighten,
)
from kiosk.flow.step import Step, ask, stay
from kiosk.numbers import write_receipt
from kiosk.states import AddressEntry, CodeEntry, CornersSet, Question, Stage, State
from kiosk.visit import Limits, Ticket


def request(state: State, question: Question, origin: Stage) -> Step:
    """Ask `question` with what the state holds; where it holds too little, stay."""
    made = _make(state, question, origin, Ticket(state.visit, state.next_serial))
    return stay(state) if made is None else ask(state, question, origin, lambda _: made)


def limits(state: State) -> Limits:
    """The portal's limits, or the manual's until the portal has told them."""
    return state.dossier.terms.limits if state.dossier.terms else Limits()


def _make(  # noqa: C901 - one case a question
    state: State, question: Question, origin: Stage, ticket: Ticket
) -> Request | None:
    dossier = state.dossier
    match question:
        case Question.TERMS:
            return FetchTerms(ticket)
        case Question.REGISTER:
            return Register(ticket, dossier.terms.version, dossier.address) if dossier.terms else None
        case Question.SEND_AGAIN:
            return SendMailAgain(ticket)
        case Question.CORRECT:
            return CorrectAddress(ticket, origin.text) if isinstance(origin, AddressEntry) else None
        case Question.RESUME:
            return Resume(ticket, origin.text) if isinstance(origin, CodeEntry) else None
        case Question.INSPECT:
            return InspectCard(ticket)
        case Question.CHALLENGE:
            return RequestChallenge(ticket)
        case Question.REREAD:
            return RereadCertificate(ticket)
        case Question.SEND_ATTRIBUTES:
            return SendAttributes(ticket, dossier.attributes) if dossier.attributes else None
        case Question.CHECK_NUMBERS:
            return CheckNumbers(ticket, dossier.contract, write_receipt(dossier.receipt))
        case Question.READ_NUMBERS:
            return ReadNumbers(ticket)
        case Question.PHOTOGRAPH:
            return Photograph(ticket, ticket.serial)
        case Question.STRAIGHTEN:
            return Straighten(ticket, origin.framed) if isinstance(origin, CornersSet) else None
        case Question.PACK:
            leaves = tuple(Leaf(page.number, page.covers, page.joins) for page in dossier.pages)
            return Pack(ticket, leaves, limits(state).total_bytes, limits(state).pdf)
        case Question.AUTHENTICATE | Question.LOG_IN | Question.READ_ATTRIBUTES:
            return None
        case _:
            assert_never(question)
