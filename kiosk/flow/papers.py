"""Step 4, 書類, the papers: live view, photograph, look, keep, and all of them packed within the portal's limits.

The first photograph of a paper waits until the tray has been seen empty (nothing of one visitor reaches another); a
retake of the same paper does not.
"""

from dataclasses import replace

from kiosk.effects import DiscardPage
from kiosk.events import (
    Action,
    Answered,
    CameraLost,
    Event,
    Failed,
    Item,
    ItemTapped,
    Packed,
    Photographed,
    Tapped,
    TooLarge,
    TraySeen,
)
from kiosk.failures import Failure
from kiosk.flow.requests import limits, request
from kiosk.flow.step import Step, go, stay, with_dossier
from kiosk.flow.trouble import before_scanning, trouble
from kiosk.states import (
    Asking,
    PageCheck,
    PageLook,
    Papers,
    PhotoRefused,
    Question,
    ReceiptEntry,
    Review,
    Scanning,
    State,
)
from kiosk.visit import Guidance, Sight

_NOTHING_THERE = {Guidance.LOOKING, Guidance.EMPTY_THE_TRAY, Guidance.LAY_A_PAPER}


def enter_papers(state: State) -> Step:
    """To the next thing that is missing: a page, the look over all pages, the review."""
    if not state.dossier.pages:
        return scan(state, need_empty=True)
    return go(state, Review() if state.dossier.packed else Papers())


def scan(state: State, need_empty: bool) -> Step:
    """Open the live view."""
    stage = Scanning(need_empty, Sight(Guidance.LOOKING))
    return go(state, stage) if state.health.camera else trouble(state, Failure.CAMERA_LOST, stage)


def at_scanning(state: State, stage: Scanning, event: Event) -> Step:
    """A page that lies still and good is taken by itself; the button takes it at once."""
    match event:
        case TraySeen(sight) if stage.need_empty:
            return go(state, Scanning(sight.guidance is not Guidance.LAY_A_PAPER, sight))
        case TraySeen(Sight(guidance=Guidance.READY)):
            return request(state, Question.PHOTOGRAPH, stage)
        case TraySeen(sight):
            return go(state, replace(stage, sight=sight))
        case Tapped(Action.PHOTOGRAPH) if not stage.need_empty and stage.sight.guidance not in _NOTHING_THERE:
            return request(state, Question.PHOTOGRAPH, stage)
        case CameraLost():
            return trouble(state, Failure.CAMERA_LOST, stage)
        case Tapped(Action.BACK):
            return go(state, before_scanning(state))
        case _:
            return stay(state)


def photo_answered(state: State, stage: Asking, event: Answered) -> Step:
    """Good enough to look at, or not good enough to send."""
    match event.result:
        case Photographed(page):
            return go(state, PageCheck(page))
        case Failed(failure) if failure.name.startswith("PAGE_") or failure is Failure.TWO_SHEETS:
            return go(state, PhotoRefused(failure))
        case Failed(failure):
            return trouble(state, failure, Scanning(need_empty=False))
        case _:
            return stay(state)


def at_photo_refused(state: State, stage: PhotoRefused, event: Event) -> Step:
    """Say why, then look again at the same paper."""
    match event:
        case Tapped(Action.RETRY):
            return scan(state, need_empty=False)
        case Tapped(Action.BACK):
            return go(state, before_scanning(state))
        case _:
            return stay(state)


def at_page_check(state: State, stage: PageCheck, event: Event) -> Step:
    """Can it be read?"""
    match event:
        case Tapped(Action.KEEP):
            return go(with_dossier(state, pages=(*state.dossier.pages, stage.page), packed=False), Papers())
        case Tapped(Action.RETAKE):
            then = scan(state, need_empty=False)
            return replace(then, effects=(DiscardPage(stage.page.number), *then.effects))
        case _:
            return stay(state)


def at_papers(state: State, stage: Papers, event: Event) -> Step:
    """All pages so far; [申請内容を確認する] packs them."""
    pages = state.dossier.pages
    match event:
        case Tapped(Action.ADD) if len(pages) < limits(state).files:
            return scan(state, need_empty=True)
        case Tapped(Action.NEXT) if pages:
            return request(state, Question.PACK, stage)
        case ItemTapped(Item.LOOK, index) if 0 <= index < len(pages):
            return go(state, PageLook(index))
        case ItemTapped(Item.REMOVE, index) if 0 <= index < len(pages):
            return _remove(state, index)
        case Tapped(Action.BACK):
            return go(state, ReceiptEntry(state.dossier.receipt))
        case _:
            return stay(state)


def at_page_look(state: State, stage: PageLook, event: Event) -> Step:
    """One page at full size."""
    match event:
        case ItemTapped(Item.REMOVE, index) if index == stage.index:
            return _remove(state, index)
        case Tapped(Action.CLOSE | Action.BACK):
            return go(state, Papers())
        case _:
            return stay(state)


def pack_answered(state: State, stage: Asking, event: Answered) -> Step:
    """Within the limits, or which page costs most."""
    match event.result:
        case Packed(pages):
            return go(with_dossier(state, pages=pages, packed=True), Review())
        case TooLarge(index):
            return trouble(state, Failure.BUDGET_EXCEEDED, Papers(), page=index)
        case _:
            return stay(state)


def _remove(state: State, index: int) -> Step:
    pages = state.dossier.pages
    state = with_dossier(state, pages=pages[:index] + pages[index + 1 :], packed=False)
    then = go(state, Papers()) if state.dossier.pages else scan(state, need_empty=True)
    return replace(then, effects=(DiscardPage(pages[index].number), *then.effects))
