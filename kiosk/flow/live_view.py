"""The live view over the tray, for whatever is to be photographed: a paper, or the letter with the numbers."""

from dataclasses import replace

from kiosk.events import Action, CameraLost, Event, Tapped, TraySeen
from kiosk.failures import Failure
from kiosk.flow.requests import request
from kiosk.flow.step import Step, go, stay
from kiosk.flow.trouble import trouble
from kiosk.states import LetterReading, Question, Scanning, Stage, State
from kiosk.visit import NOTHING_THERE, Guidance, Sight

LiveView = Scanning | LetterReading


def open_live_view(state: State, stage: LiveView) -> Step:
    """Look anew: what was seen before is not what lies there now."""
    stage = replace(stage, sight=Sight(Guidance.LOOKING))
    return go(state, stage) if state.health.camera else trouble(state, Failure.CAMERA_LOST, stage)


def at_live_view(state: State, stage: LiveView, event: Event, question: Question, before: Stage) -> Step:
    """Ask `question` by itself when what lies there lies still and good, at the button at once; 戻る leads `before`."""
    match event:
        case TraySeen(sight) if stage.need_empty:
            return go(state, replace(stage, need_empty=sight.guidance is not Guidance.LAY_A_PAPER, sight=sight))
        case TraySeen(Sight(guidance=Guidance.READY)):
            return request(state, question, stage)
        case TraySeen(sight):
            return go(state, replace(stage, sight=sight))
        case Tapped(Action.PHOTOGRAPH) if not stage.need_empty and stage.sight.guidance not in NOTHING_THERE:
            return request(state, question, stage)
        case CameraLost():
            return trouble(state, Failure.CAMERA_LOST, stage)
        case Tapped(Action.BACK):
            return go(state, before)
        case _:
            return stay(state)
