"""How long a state waits: a projection, so nothing is ever armed or cancelled by hand.

`timers(state)` names what runs now. The loop notes when a timer (compared by value) first stands there and, where
`restarts_on_touch` is set, the last touch; when its seconds have passed since the later of the two, `Elapsed(kind)`
is put, once. A timer that stands no longer is forgotten with its time.

Patience counts from the last touch. A request has a deadline instead, and so has a submission: it is renewed by every
byte that moves.
"""

from dataclasses import dataclass

from kiosk.events import TimerKind
from kiosk.failures import Failure
from kiosk.states import (
    Asking,
    Attract,
    AwaitingCard,
    AwaitingMail,
    CardTrouble,
    Done,
    Ended,
    Farewell,
    FateOpen,
    LetterReading,
    LookingOver,
    MailExplained,
    MailTrouble,
    OutOfService,
    Question,
    Scanning,
    Settling,
    Sheet,
    Stage,
    State,
    Submitting,
    TakingCard,
    Trouble,
    Wiping,
)
from kiosk.visit import Ticket

_WIPE_SECONDS = 10.0
_LINE_DOWN = 3  # times as long between two askings, where the last one failed
_CARD = {Question.INSPECT, Question.AUTHENTICATE, Question.READ_ATTRIBUTES, Question.REREAD}
_CAMERA = {Question.READ_NUMBERS, Question.PHOTOGRAPH, Question.STRAIGHTEN, Question.PACK}


@dataclass(frozen=True, slots=True)
class Timer:
    """Something that runs as long as it stands in `timers(state)`. `key` tells one standing from the next."""

    kind: TimerKind
    seconds: float
    key: str
    restarts_on_touch: bool = False


def timers(state: State) -> tuple[Timer, ...]:
    """All timers of this state, seconds each."""
    if state.sheet is Sheet.STILL_THERE:
        return (_question(state), *(timer for timer in _stage_timers(state) if timer.kind is not TimerKind.PATIENCE))
    return _stage_timers(state)


def _question(state: State) -> Timer:
    return Timer(TimerKind.QUESTION, state.rules.patience.answer * _factor(state), _name(state.stage))


def _stage_timers(state: State) -> tuple[Timer, ...]:
    stage, rules = state.stage, state.rules
    match stage:
        case Attract() | OutOfService():
            chosen = state.preferences != rules.preferences or state.sheet is not None or state.staff_called
            told = isinstance(stage, Attract) and stage.last is not None
            if not chosen and not told:
                return ()
            return (Timer(TimerKind.RESET, rules.patience.touch, _name(stage), restarts_on_touch=True),)
        case Ended():
            return ()
        case Asking():
            return (_deadline(state, stage),)
        case Submitting(ticket=ticket, done=done, still=still):
            moved = last_movement(ticket, done)
            deadline = Timer(TimerKind.DEADLINE, rules.fate_seconds, moved)
            return (deadline,) if still else (deadline, Timer(TimerKind.STILL, rules.still_seconds, moved))
        case Settling(asked=asked, moved=moved):
            deadline = Timer(TimerKind.DEADLINE, rules.fate_seconds, moved)  # the submission's own goes on
            poll = Timer(TimerKind.POLL, rules.settle_seconds, "settling")
            return (deadline,) if asked else (deadline, poll)
        case Wiping(ticket=ticket):
            return (Timer(TimerKind.DEADLINE, _WIPE_SECONDS, str(ticket.serial)),)
        case Done() | FateOpen() | Farewell():
            return (Timer(TimerKind.LEAVE, rules.patience.done * _factor(state), _name(stage), restarts_on_touch=True),)
        case AwaitingMail(asked=None, line_down=down):
            pause = rules.poll_seconds * (_LINE_DOWN if down else 1)
            return (_patience(state, rules.patience.mail), Timer(TimerKind.POLL, pause, str(state.next_serial)))
        case AwaitingMail():
            return (_patience(state, rules.patience.mail), _poll_deadline(state))
        case MailExplained() | MailTrouble():
            return (_patience(state, rules.patience.mail),)
        case LookingOver():
            return (Timer(TimerKind.DEADLINE, rules.camera_seconds, _name(stage)),)
        case (
            AwaitingCard()
            | CardTrouble()
            | TakingCard()
            | LetterReading()
            | Scanning()
            | Trouble(failure=Failure.CAMERA_LOST)
        ):
            return (_patience(state, rules.patience.wait),)
        case _:
            return (_patience(state, rules.patience.touch),)


def last_movement(ticket: Ticket, done: int) -> str:
    """The key of the timer that runs since the last byte of a submission moved."""
    return f"{ticket.serial}:{done}"


def _patience(state: State, seconds: float) -> Timer:
    return Timer(TimerKind.PATIENCE, seconds * _factor(state), _name(state.stage), restarts_on_touch=True)


def _poll_deadline(state: State) -> Timer:
    return Timer(TimerKind.DEADLINE, state.rules.portal_seconds, str(state.next_serial))


def _deadline(state: State, asking: Asking) -> Timer:
    rules = state.rules
    if asking.question in _CARD:
        seconds = rules.card_seconds
    elif asking.question in _CAMERA:
        seconds = rules.camera_seconds
    else:
        seconds = rules.portal_seconds
    return Timer(TimerKind.DEADLINE, seconds, f"{asking.ticket.serial}:{asking.done}")


def _factor(state: State) -> float:
    return state.rules.patience.longer_factor if state.preferences.take_your_time else 1.0


def _name(stage: Stage) -> str:
    return type(stage).__name__
