"""Step 4, 書類: what is done to a page beside everything else, and its news.

Every page is looked through for My Numbers while the visitor goes on; what is found is told by `told`, wherever the
visitor stands then. A page that is turned waits for its pixels.
"""

from dataclasses import replace

from kiosk.effects import Effect, ReadPage
from kiosk.events import Answered, Event, Failed, PageRead, PageTurned
from kiosk.failures import Failure
from kiosk.flow.binding import turned
from kiosk.flow.step import draw_ticket, with_dossier
from kiosk.states import Covering, PageCheck, State
from kiosk.visit import Page


def begin_reading(state: State, page: Page) -> tuple[State, Page, Effect]:
    """Have a page looked through."""
    state, ticket = draw_ticket(state)
    return state, replace(page, reading=ticket, seen=False), ReadPage(ticket, page.number)


def told(state: State, event: Event) -> State | None:
    """The state after news of a page, wherever the visitor stands; None where it is none."""
    if not isinstance(event, Answered):
        return None
    for page in _all(state):
        if page.reading == event.ticket:
            return _with(state, page, _read(page, event))
        if page.turning == event.ticket:
            return _with(state, page, _as_turned(page, event))
    return None


def _all(state: State) -> tuple[Page, ...]:
    stage = state.stage.of if isinstance(state.stage, Covering) else state.stage
    return (*state.dossier.pages, *((stage.page,) if isinstance(stage, PageCheck) else ()))


def _with(state: State, before: Page, after: Page) -> State:
    """The state with one page in place of another, in the dossier and where it is being looked at."""
    pages = tuple(after if page.number == before.number else page for page in state.dossier.pages)
    if pages != state.dossier.pages:
        state = with_dossier(state, pages=pages, packed=False)
    match state.stage:
        case PageCheck(page=page) as stage if page.number == before.number:
            return replace(state, stage=replace(stage, page=after))
        case Covering(of=PageCheck(page=page) as check) as stage if page.number == before.number:
            return replace(state, stage=replace(stage, of=replace(check, page=after)))
        case _:
            return state


def _read(page: Page, event: Answered) -> Page:
    match event.result:
        case PageRead(suspected, turns):
            found = tuple(turned(box, page.turns - turns) for box in suspected)
            return replace(page, reading=None, suspected=found, seen=not found)
        case Failed(Failure.PAGE_MY_NUMBER_CARD):
            return replace(page, reading=None, refused=True)
        case _:
            return replace(page, reading=None)  # nobody has looked: the visitor is asked


def _as_turned(page: Page, event: Answered) -> Page:
    match event.result:
        case PageTurned(width, height):
            page = replace(page, turning=None, turns=(page.turns + 1) % 4, width_px=width, height_px=height)
            covers, suspected = (tuple(turned(box, 1) for box in boxes) for boxes in (page.covers, page.suspected))
            return replace(page, covers=covers, suspected=suspected)
        case Failed():
            return replace(page, turning=None)
        case _:
            return page
