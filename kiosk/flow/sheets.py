"""What can happen on every stage alike: devices come and go, the header, the sheets, 中止, the question "are you still
there?".
"""

from dataclasses import replace

from kiosk.events import (
    Action,
    CameraBack,
    CameraLost,
    CardLaid,
    CardTaken,
    DigitTapped,
    Elapsed,
    Event,
    HealthTold,
    Held,
    ItemTapped,
    KeyTapped,
    LanguageChosen,
    Pointed,
    ReaderBack,
    ReaderLost,
    Tapped,
    TextSizeChosen,
    TimerKind,
    Touched,
    TraySeen,
)
from kiosk.flow.asking import CARD_STEP
from kiosk.flow.step import Step, go_home, stay
from kiosk.states import (
    Asking,
    Attract,
    ContractEntry,
    Done,
    Ended,
    Farewell,
    FateOpen,
    OutOfService,
    PasswordEntry,
    Question,
    ReceiptEntry,
    Settling,
    Sheet,
    State,
    Submitting,
    Wiping,
)
from kiosk.visit import CardPlace, Ending, Guidance, Sight, Tray

_Finger = Tapped | ItemTapped | Held | Pointed | KeyTapped | DigitTapped | Touched | LanguageChosen | TextSizeChosen


def note(state: State, event: Event) -> State:
    """What the devices say is kept on every stage."""
    health = state.health
    match event:
        case CardLaid(stale=stale):
            return replace(state, card=CardPlace.STALE if stale else CardPlace.PRESENT)
        case CardTaken():
            return replace(state, card=CardPlace.ABSENT)
        case ReaderLost():
            return replace(state, card=CardPlace.ABSENT, health=replace(health, reader=False))
        case ReaderBack():
            return replace(state, card=CardPlace.ABSENT, health=replace(health, reader=True))
        case TraySeen(Sight(guidance=Guidance.LAY_A_PAPER)):
            return replace(state, tray=Tray.EMPTY)
        case TraySeen(Sight(guidance=Guidance.TOO_DARK, outline=())):
            return state  # nothing can be seen
        case TraySeen():
            return replace(state, tray=Tray.PAPER)
        case CameraLost():
            return replace(state, health=replace(health, camera=False))
        case CameraBack():
            return replace(state, health=replace(health, camera=True))
        case HealthTold(told):
            return replace(state, health=told)
        case _:
            return state


def cancellable(state: State) -> bool:
    """Whether 中止 means anything: not before or after a visit, not while the fate of a try or a submission is open."""
    match state.stage:
        case (
            Attract()
            | OutOfService()
            | Submitting()
            | Settling()
            | Done()
            | FateOpen()
            | Wiping()
            | Farewell()
            | Ended()
        ):
            return False
        case Asking(question=question):
            return question not in CARD_STEP and question is not Question.REREAD
        case _:
            return True


def has_help(state: State) -> bool:
    """Whether 「?」 has something to show here."""
    return isinstance(state.stage, ContractEntry | ReceiptEntry | PasswordEntry)


def everywhere(state: State, event: Event) -> Step | None:
    """Header, sheets and the question; None where the event belongs to the stage."""
    if isinstance(event, Elapsed):
        return _time(state, event)
    if not isinstance(event, _Finger) or isinstance(state.stage, Wiping | Ended):
        return None
    if state.sheet is not None:
        return _on_sheet(state, state.sheet, event)
    match event:
        case Tapped(Action.LANGUAGE):
            return _open(state, Sheet.LANGUAGE)
        case Tapped(Action.DISPLAY):
            return _open(state, Sheet.DISPLAY)
        case Tapped(Action.STAFF):
            return _open(replace(state, staff_called=True), Sheet.STAFF)
        case Tapped(Action.HELP) if has_help(state):
            return _open(state, Sheet.HELP)
        case Tapped(Action.CANCEL) if cancellable(state):
            return _open(state, Sheet.LEAVE)
        case _:
            return None


def tidy(before: State, step: Step) -> Step:
    """A sheet goes when the stage beneath has moved away from what it was about."""
    after = step.state
    if after.sheet is None or type(after.stage) is type(before.stage):
        return step
    stays = (
        after.sheet in (Sheet.LANGUAGE, Sheet.DISPLAY, Sheet.STAFF)
        or (after.sheet is Sheet.HELP and has_help(after))
        or (after.sheet is Sheet.LEAVE and cancellable(after))
    )
    if stays and not isinstance(after.stage, Wiping | Ended):
        return step
    return replace(step, state=replace(after, sheet=None))


def _time(state: State, event: Elapsed) -> Step | None:
    match event.kind:
        case TimerKind.PATIENCE:
            return _open(state, Sheet.STILL_THERE)
        case TimerKind.QUESTION:
            return go_home(state, Ending.TIMED_OUT)
        case _:
            return None


def _on_sheet(state: State, sheet: Sheet, event: _Finger) -> Step:
    if sheet is Sheet.STILL_THERE:
        return _close(state)
    match sheet, event:
        case Sheet.LANGUAGE, LanguageChosen(language) if language in state.rules.languages:
            return _close(replace(state, preferences=replace(state.preferences, language=language)))
        case Sheet.DISPLAY, TextSizeChosen(size):
            return stay(replace(state, preferences=replace(state.preferences, text_size=size)))
        case Sheet.DISPLAY, Tapped(Action.CANCEL) if cancellable(state):
            return _open(state, Sheet.LEAVE)
        case Sheet.DISPLAY, Tapped(action):
            return _close(state) if action in (Action.CLOSE, Action.BACK) else _toggle(state, action)
        case Sheet.STAFF, Tapped(Action.NO):
            return _close(replace(state, staff_called=False))
        case Sheet.LEAVE, Tapped(Action.YES):
            return go_home(state, Ending.LEFT)
        case Sheet.LEAVE, Tapped(Action.NO):
            return _close(state)
        case ((Sheet.LANGUAGE | Sheet.STAFF | Sheet.HELP), Tapped(Action.CLOSE | Action.BACK)):
            return _close(state)
        case _:
            return stay(state)


def _toggle(state: State, action: Action) -> Step:
    preferences = state.preferences
    match action:
        case Action.HIGH_CONTRAST:
            preferences = replace(preferences, high_contrast=not preferences.high_contrast)
        case Action.REDUCED_MOTION:
            preferences = replace(preferences, reduced_motion=not preferences.reduced_motion)
        case Action.CONTROLS_LOW:
            preferences = replace(preferences, controls_low=not preferences.controls_low)
        case Action.TAKE_YOUR_TIME:
            preferences = replace(preferences, take_your_time=not preferences.take_your_time)
        case _:
            pass
    return stay(replace(state, preferences=preferences))


def _open(state: State, sheet: Sheet) -> Step:
    return stay(replace(state, sheet=sheet))


def _close(state: State) -> Step:
    return stay(replace(state, sheet=None))
