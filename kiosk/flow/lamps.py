"""What the front panel shows, when it sounds, and when the camera looks: projections of the state."""

from dataclasses import dataclass

from kiosk.failures import REMEDIES
from kiosk.states import (
    Asking,
    AwaitingCard,
    CardTrouble,
    CodeEntry,
    Done,
    Farewell,
    FateOpen,
    LetterReading,
    OutOfService,
    PasswordStop,
    PhotoRefused,
    Question,
    Scanning,
    State,
    TakingCard,
    Trouble,
    Wiping,
)
from kiosk.visit import CardPlace, Tray

_CAMERA = {Question.READ_NUMBERS, Question.PHOTOGRAPH}


@dataclass(frozen=True, slots=True)
class Lamps:
    """Lamp at the card reader, light over the tray, lamp that calls staff."""

    reader: bool = False
    tray: bool = False
    call: bool = False


@dataclass(frozen=True, slots=True)
class Looking:
    """The camera looks for paper `key`; until `need_empty` is met by an empty tray, no paper counts."""

    key: int
    need_empty: bool
    shown: bool = True  # else nobody looks at the frames
    code: bool = False  # a code on a telephone's screen, no paper


def lamps(state: State) -> Lamps:
    """Lamps as they stand in this state; all are written, lit or not."""
    stage = state.stage
    to_be_taken = isinstance(stage, PasswordStop | Done | FateOpen | Farewell) and state.card is not CardPlace.ABSENT
    return Lamps(
        reader=isinstance(stage, AwaitingCard | CardTrouble | TakingCard) or to_be_taken,
        tray=isinstance(stage, Scanning | LetterReading | PhotoRefused) or _photographing(state) or _left_behind(state),
        call=state.staff_called or _staff_needed(state),
    )


def looking(state: State) -> Looking | None:
    """What the camera looks for, None while it has no reason to look."""
    match state.stage:
        case Scanning(need_empty=need_empty) | LetterReading(need_empty=need_empty):
            return Looking(state.next_serial, need_empty)
        case CodeEntry() if state.health.camera:
            return Looking(0, need_empty=False, shown=False, code=True)
        case (
            Asking(question=Question.PHOTOGRAPH | Question.READ_NUMBERS, origin=Scanning() | LetterReading()) as asking
        ):
            return Looking(asking.ticket.serial, need_empty=False)
        case Wiping() | Done() | FateOpen() | Farewell() if _left_behind(state):
            return Looking(state.next_serial, need_empty=True, shown=False)
        case _:
            return None


def calling(state: State) -> bool:
    """Whether a sound calls for what was left behind: the card, or a paper that lies on the tray."""
    left = state.card is CardPlace.PRESENT or state.tray is Tray.PAPER
    return isinstance(state.stage, Farewell) and left


def shutter(state: State) -> bool:
    """Whether a photograph is being taken: a short sound tells it, to who looks at the paper and not at the glass."""
    return _photographing(state) and isinstance(state.stage, Asking) and isinstance(state.stage.origin, Scanning)


def _left_behind(state: State) -> bool:
    """Whether the visit has ended over a paper that may still lie on the tray."""
    return isinstance(state.stage, Wiping | Done | FateOpen | Farewell) and state.tray is not Tray.EMPTY


def _photographing(state: State) -> bool:
    return isinstance(state.stage, Asking) and state.stage.question in _CAMERA


def _staff_needed(state: State) -> bool:
    match state.stage:
        case Trouble(failure=failure) | CardTrouble(failure=failure) | OutOfService(reason=failure):
            return REMEDIES[failure].staff
        case _:
            return False
