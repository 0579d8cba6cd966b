"""Step 0, 待受: the attract screen offers a visit only while everything that it needs works."""

from dataclasses import replace

from kiosk.effects import EndVisit
from kiosk.events import Action, Answered, CardTaken, Elapsed, Event, LanguageChosen, Tapped, TimerKind, TraySeen, Wiped
from kiosk.failures import Failure
from kiosk.flow.step import Step, go, stay
from kiosk.states import Attract, Ended, Farewell, OutOfService, Preparation, Rules, State, Wiping
from kiosk.visit import CardPlace, Ending, Health, PortalHealth, Tray

_ALREADY_TOLD = (Ending.COMPLETED, Ending.FATE_UNKNOWN, Ending.TIMED_OUT)
"""Endings that the visitor has read about before the farewell, or will on the attract screen."""


def out_of_service(health: Health) -> Failure | None:
    """Why no visit can begin now; None when one can."""
    match health:
        case Health(reader=False):
            return Failure.READER_LOST
        case Health(camera=False):
            return Failure.CAMERA_LOST
        case Health(clock=False):
            return Failure.CLOCK_UNTRUSTED
        case Health(state_writable=False):
            return Failure.STATE_UNWRITABLE
        case Health(card_step_open=False):
            return Failure.CARD_STEP_CLOSED
        case Health(portal=PortalHealth.MAINTENANCE):
            return Failure.PORTAL_MAINTENANCE
        case Health(portal=PortalHealth.UNREACHABLE):
            return Failure.PORTAL_UNREACHABLE
        case Health(portal=PortalHealth.UNTRUSTED):
            return Failure.PORTAL_UNTRUSTED
        case _:
            return None


def begin(
    visit: int,
    rules: Rules,
    health: Health,
    card: CardPlace,
    digit_order: tuple[int, ...],
    last: Ending | None = None,
) -> State:
    """A visit before its first touch. `card` is STALE where one lies already; `digit_order` is a random permutation."""
    reason = out_of_service(health)
    stage = Attract(last) if reason is None else OutOfService(reason, last)
    return State(visit, rules, stage, preferences=rules.preferences, health=health, card=card, digit_order=digit_order)


def at_attract(state: State, stage: Attract, event: Event) -> Step:
    """START opens a visit; whatever stops working closes the terminal."""
    reason = out_of_service(state.health)
    if reason is not None:
        return go(state, OutOfService(reason, stage.last))
    match event:
        case Tapped(Action.START):
            return go(state, Preparation())
        case Elapsed(TimerKind.RESET):
            return go(_as_at_first(state), Attract())
        case _:
            return _language(state, event)


def at_out_of_service(state: State, stage: OutOfService, event: Event) -> Step:
    """Opens by itself when everything works again."""
    reason = out_of_service(state.health)
    if reason is None:
        return go(state, Attract(stage.last))
    if reason is not stage.reason:
        return go(state, replace(stage, reason=reason))
    match event:
        case Elapsed(TimerKind.RESET):
            return stay(_as_at_first(state))
        case _:
            return _language(state, event)


def at_wiping(state: State, stage: Wiping, event: Event) -> Step:
    """Say "erased" only when the wipe has been reported."""
    match event:
        case Answered(ticket, Wiped()) if ticket == stage.ticket:
            erased = True
        case Elapsed(TimerKind.DEADLINE):
            erased = False
        case Answered(ticket) if ticket == stage.ticket:
            erased = False
        case _:
            return stay(state)
    if stage.then is not None:
        return go(state, replace(stage.then, erased=erased))
    if state.card is CardPlace.PRESENT or state.tray is not Tray.EMPTY or stage.given:
        return go(state, Farewell(stage.ending, erased))
    return end(state, stage.ending)


def at_farewell(state: State, stage: Farewell, event: Event) -> Step:
    """Stands until touched, or long enough; where it only calls for what was left behind, until that is taken."""
    taken = state.card is not CardPlace.PRESENT and state.tray is Tray.EMPTY
    match event:
        case Tapped(Action.FINISH) | Elapsed(TimerKind.LEAVE):
            return end(state, stage.ending)
        case CardTaken() | TraySeen() if taken and stage.ending in _ALREADY_TOLD:
            return end(state, stage.ending)
        case _:
            return stay(state)


def at_ended(state: State, stage: Ended, event: Event) -> Step:
    """Nothing is accepted any more."""
    return stay(state)


def end(state: State, ending: Ending) -> Step:
    """The visit is over."""
    return go(state, Ended(ending), EndVisit(ending))


def _language(state: State, event: Event) -> Step:
    match event:
        case LanguageChosen(language) if language in state.rules.languages:
            return stay(replace(state, preferences=replace(state.preferences, language=language)))
        case _:
            return stay(state)


def _as_at_first(state: State) -> State:
    return replace(state, preferences=state.rules.preferences, sheet=None, staff_called=False)
