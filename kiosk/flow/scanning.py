"""Step 4, 書類, the camera: the live view, the photograph, and what is wrong with it.

The first photograph of a paper waits until the tray has been seen empty (nothing of one visitor reaches another); a
retake of the same paper does not.
"""

from dataclasses import replace

from kiosk.effects import DiscardPage
from kiosk.events import (
    Action,
    Answered,
    CornersDoubted,
    Event,
    Failed,
    Photographed,
    Tapped,
)
from kiosk.failures import Failure
from kiosk.flow.live_view import at_live_view, open_live_view
from kiosk.flow.reading import begin_reading
from kiosk.flow.step import Step, go, stay
from kiosk.flow.trouble import before_scanning, trouble
from kiosk.states import Asking, CornersSet, PageCheck, PhotoRefused, Question, Scanning, State


def scan(state: State, stage: Scanning) -> Step:
    """Open the live view."""
    return open_live_view(state, stage)


def at_scanning(state: State, stage: Scanning, event: Event) -> Step:
    """Photograph it."""
    return at_live_view(state, stage, event, Question.PHOTOGRAPH, before=before_scanning(state))


def photo_answered(state: State, stage: Asking, event: Answered) -> Step:
    """Good enough to look at, or not good enough to send."""
    scanning = _again(stage)
    gone = (DiscardPage(stage.origin.framed.number),) if isinstance(stage.origin, CornersSet) else ()
    match event.result:
        case Photographed(page, framed):
            state, page, effect = begin_reading(state, page)
            return go(state, PageCheck(page, scanning, framed), effect)
        case CornersDoubted(framed):
            return go(state, CornersSet(framed, scanning))
        case Failed(failure) if failure.name.startswith("PAGE_") or failure is Failure.TWO_SHEETS:
            return go(state, PhotoRefused(failure, scanning), *gone)
        case Failed(failure):
            return replace(trouble(state, failure, scanning), effects=gone)
        case _:
            return stay(state)


def _again(stage: Asking) -> Scanning:
    """The live view from which a photograph was asked for, for the same paper once more."""
    match stage.origin:
        case Scanning() as scanning:
            return replace(scanning, need_empty=False)
        case CornersSet(scanning=scanning):
            return scanning
        case _:
            return Scanning(need_empty=False)


def at_photo_refused(state: State, stage: PhotoRefused, event: Event) -> Step:
    """Say why, then look again at the same paper."""
    match event:
        case Tapped(Action.RETRY):
            return scan(state, stage.scanning)
        case Tapped(Action.BACK):
            return go(state, before_scanning(state))
        case _:
            return stay(state)
