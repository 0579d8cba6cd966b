"""Step 1, 登録, after [登録する]: the mail, and waiting until its link has been confirmed on the visitor's phone.

The portal keeps its answer back until there is news, at most some seconds; then it is asked again. A line that is down
meanwhile is told beside the waiting, not instead of it.
"""

from kiosk.effects import AskRegistration
from kiosk.events import (
    Action,
    Answered,
    Elapsed,
    Event,
    Failed,
    Registered,
    RegistrationSeen,
    Tapped,
    TimerKind,
)
from kiosk.failures import Failure
from kiosk.flow.card import enter_card
from kiosk.flow.requests import request
from kiosk.flow.step import Step, draw_ticket, go, go_home, stay, with_dossier
from kiosk.flow.trouble import trouble
from kiosk.states import AddressEntry, Asking, AwaitingMail, MailExplained, MailTrouble, Postponed, Question, State
from kiosk.visit import Ending

_LINE = {
    Failure.PORTAL_UNREACHABLE,
    Failure.PORTAL_UNTRUSTED,
    Failure.PORTAL_SLOW,
    Failure.PORTAL_BUSY,
    Failure.PORTAL_MALFORMED,
    Failure.PORTAL_MAINTENANCE,
    Failure.INTERNAL,
}


def mail_sent(state: State, stage: Asking, event: Answered) -> Step:
    """To REGISTER, SEND_AGAIN and CORRECT."""
    match event.result:
        case Registered(deadline):
            state = with_dossier(state, registered=True, mails=state.dossier.mails + 1, link_deadline=deadline)
            if stage.question is Question.CORRECT and isinstance(stage.origin, AddressEntry):
                state = with_dossier(state, address=stage.origin.text)
            return go(state, MailExplained())
        case _:
            return stay(state)


def at_mail_explained(state: State, stage: MailExplained, event: Event) -> Step:
    """説明文を確認後、[閉じる]."""
    match event:
        case Tapped(Action.CLOSE):
            return await_mail(state)
        case _:
            return stay(state)


def await_mail(state: State, line_down: bool = False) -> Step:
    """Ask at once, and again a moment after each answer."""
    state, ticket = draw_ticket(state)
    return go(state, AwaitingMail(ticket, line_down), AskRegistration(ticket))


def at_awaiting_mail(state: State, stage: AwaitingMail, event: Event) -> Step:
    """The terminal notices by itself."""
    match event:
        case Answered(ticket, RegistrationSeen(confirmed=True)) if ticket == stage.asked:
            return enter_card(state)
        case Answered(ticket, RegistrationSeen(confirmed=False)) if ticket == stage.asked:
            return go(state, AwaitingMail(None))
        case Answered(ticket, Failed(failure)) if ticket == stage.asked:
            return (
                go(state, AwaitingMail(None, line_down=True))
                if failure in _LINE
                else trouble(state, failure, MailExplained())
            )
        case Elapsed(TimerKind.DEADLINE):
            return go(state, AwaitingMail(None, line_down=True))
        case Elapsed(TimerKind.POLL):
            return await_mail(state, stage.line_down)
        case Tapped(Action.MAIL_TROUBLE):
            return go(state, MailTrouble())
        case Tapped(Action.BACK):
            return go(state, MailExplained())
        case _:
            return stay(state)


def at_mail_trouble(state: State, stage: MailTrouble, event: Event) -> Step:
    """Send again, correct the address, or another day."""
    match event:
        case Tapped(Action.SEND_AGAIN | Action.CORRECT_ADDRESS) if state.dossier.mails >= state.rules.mails_per_visit:
            return trouble(state, Failure.MAILS_EXHAUSTED, stage)
        case Tapped(Action.SEND_AGAIN):
            return request(state, Question.SEND_AGAIN, stage)
        case Tapped(Action.CORRECT_ADDRESS):
            return go(state, AddressEntry(state.dossier.address))
        case Tapped(Action.POSTPONE):
            return go(state, Postponed())
        case Tapped(Action.BACK):
            return await_mail(state)
        case _:
            return stay(state)


def at_postponed(state: State, stage: Postponed, event: Event) -> Step:
    """What to bring next time, to be photographed."""
    match event:
        case Tapped(Action.FINISH):
            return go_home(state, Ending.POSTPONED)
        case Tapped(Action.BACK):
            return go(state, MailTrouble())
        case _:
            return stay(state)
