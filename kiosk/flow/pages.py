"""Step 4, 書類, one page: is it legible, which way is up, where are its corners, what must not be read on it.

What was found on a page is covered until the visitor has said what it is, and the visitor can cover more with a finger.
A finger that moves a corner moves it by as much as it moves itself, so that it need not stand on it.
"""

from dataclasses import replace

from kiosk.effects import DiscardPage, Effect, TurnPage
from kiosk.events import Action, Event, Item, ItemTapped, Phase, Pointed, Tapped
from kiosk.flow.binding import exchanged, with_page, without
from kiosk.flow.papers import hand_over
from kiosk.flow.requests import request
from kiosk.flow.scanning import scan
from kiosk.flow.step import Step, draw_ticket, go, stay, with_dossier
from kiosk.states import CornersSet, CoverCheck, Covering, PageCheck, PageLook, Papers, Question, Scanning, State
from kiosk.visit import Box, Page, Point

LEAST_COVER = 0.012
"""Of the page: a finger that moves less hides nothing."""

MOST_COVERS = 40


def page_of(state: State, stage: PageCheck | PageLook | CoverCheck) -> Page:
    """The page that a stage is about."""
    return stage.page if isinstance(stage, PageCheck) else state.dossier.pages[stage.index]


def at_page_check(state: State, stage: PageCheck, event: Event) -> Step:
    """Can it be read? To keep it confirms what is covered on it."""
    match event:
        case Tapped(Action.KEEP) if stage.page.turning is None:
            return _kept(state, stage)
        case Tapped(Action.RETAKE):
            return _with_effect(scan(state, stage.scanning), DiscardPage(stage.page.number))
        case Tapped(Action.CORNERS) if stage.framed is not None:
            return go(state, CornersSet(stage.framed, stage.scanning))
        case _:
            return _changed(state, stage, event)


def at_page_look(state: State, stage: PageLook, event: Event) -> Step:
    """One page at full size, and all that can be done to it."""
    pages, index = state.dossier.pages, stage.index
    match event:
        case ItemTapped(Item.REMOVE, gone) if gone == index:
            return remove(state, index)
        case Tapped(Action.RETAKE):
            return scan(state, Scanning(need_empty=True, into=index, joins=pages[index].joins))
        case Tapped(Action.EARLIER) if index > 0:
            moved = with_dossier(state, pages=exchanged(pages, index, index - 1), packed=False)
            return go(moved, PageLook(index - 1))
        case Tapped(Action.LATER) if index + 1 < len(pages):
            moved = with_dossier(state, pages=exchanged(pages, index, index + 1), packed=False)
            return go(moved, PageLook(index + 1))
        case Tapped(Action.CLOSE | Action.BACK):
            return go(state, Papers())
        case _:
            return _changed(state, stage, event)


def at_cover_check(state: State, stage: CoverCheck, event: Event) -> Step:
    """It looks like a My Number: is it one? Or nobody could look: is there one?"""
    match event:
        case Tapped(Action.KEEP) if page_of(state, stage).turning is None:
            return hand_over(_put(state, stage, _confirmed(page_of(state, stage))))
        case Tapped(Action.BACK):
            return go(state, Papers())
        case _:
            return _changed(state, stage, event)


def _changed(state: State, stage: PageCheck | PageLook | CoverCheck, event: Event) -> Step:
    """What can be done to a page wherever it is looked at."""
    page = page_of(state, stage)
    match event:
        case Tapped(Action.TURN) if page.turning is None:
            state, ticket = draw_ticket(state)
            return _with_effect(stay(_put(state, stage, replace(page, turning=ticket))), TurnPage(ticket, page.number))
        case Tapped(Action.COVER) if page.turning is None:
            return go(state, Covering(stage))
        case Tapped(Action.LIFT) if page.suspected:
            return stay(_put(state, stage, replace(page, suspected=(), seen=True)))
        case _:
            return stay(state)


def _put(state: State, stage: PageCheck | PageLook | CoverCheck, page: Page) -> State:
    """The state with the stage's page in another form."""
    if isinstance(stage, PageCheck):
        return replace(state, stage=replace(stage, page=page))
    pages = state.dossier.pages
    pages = (*pages[: stage.index], page, *pages[stage.index + 1 :])
    return replace(with_dossier(state, pages=pages, packed=False), stage=stage)


def _confirmed(page: Page) -> Page:
    """What is shown covered stays covered. A page that is still being read is not seen yet."""
    return replace(page, covers=(*page.covers, *page.suspected), suspected=(), seen=page.reading is None)


def _kept(state: State, stage: PageCheck) -> Step:
    into, before = stage.scanning.into, state.dossier.pages
    page = replace(_confirmed(stage.page), joins=stage.scanning.joins and bool(before))
    then = go(with_dossier(state, pages=with_page(before, page, into), packed=False), Papers())
    return then if into is None else _with_effect(then, DiscardPage(before[into].number))


def remove(state: State, index: int) -> Step:
    """Take a page out; where it was the last one, the next is asked for."""
    gone = state.dossier.pages[index]
    state = with_dossier(state, pages=without(state.dossier.pages, index), packed=False)
    then = go(state, Papers()) if state.dossier.pages else scan(state, Scanning(need_empty=True))
    return _with_effect(then, DiscardPage(gone.number))


def _with_effect(step: Step, effect: Effect) -> Step:
    return replace(step, effects=(effect, *step.effects))


# --- the finger that draws ---------------------------------------------------------------------------------------


def at_covering(state: State, stage: Covering, event: Event) -> Step:
    """From where the finger comes down to where it leaves everything is hidden."""
    page = page_of(state, stage.of)
    match event:
        case Pointed(x, y, Phase.BEGUN):
            return go(state, Covering(stage.of, _within(x, y)))
        case Pointed(x, y, Phase.MOVED) if stage.anchor is not None:
            return go(state, replace(stage, draft=_between(stage.anchor, _within(x, y))))
        case Pointed(x, y, Phase.ENDED) if stage.anchor is not None:
            box = _between(stage.anchor, _within(x, y))
            large = min(box.right - box.left, box.bottom - box.top) >= LEAST_COVER
            covers = (*page.covers, box) if large and len(page.covers) < MOST_COVERS else page.covers
            return _drawn(state, stage.of, replace(page, covers=covers))
        case Tapped(Action.UNDO) if page.covers:
            return _drawn(state, stage.of, replace(page, covers=page.covers[:-1]))
        case Tapped(Action.CLOSE | Action.BACK):
            return go(state, stage.of)
        case _:
            return stay(state)


def _drawn(state: State, of: PageCheck | PageLook | CoverCheck, page: Page) -> Step:
    if isinstance(of, PageCheck):
        return go(state, Covering(replace(of, page=page)))
    return go(_put(state, of, page), Covering(of))


def at_corners(state: State, stage: CornersSet, event: Event) -> Step:
    """The nearest corner follows the finger."""
    match event:
        case Pointed(x, y, Phase.BEGUN):
            held = min(range(4), key=lambda i: _apart(stage, stage.framed.corners[i], (x, y)))
            return go(state, replace(stage, held=held, origin=stage.framed.corners[held], began=(x, y)))
        case Pointed(x, y, phase) if stage.began is not None and stage.origin is not None:
            moved = _within(stage.origin[0] + x - stage.began[0], stage.origin[1] + y - stage.began[1])
            corners = tuple(moved if i == stage.held else old for i, old in enumerate(stage.framed.corners))
            after = replace(stage, framed=replace(stage.framed, corners=corners))
            return go(state, replace(after, origin=None, began=None) if phase is Phase.ENDED else after)
        case Tapped(Action.NEXT):
            return request(state, Question.STRAIGHTEN, replace(stage, origin=None, began=None))
        case Tapped(Action.RETAKE | Action.BACK):
            return _with_effect(scan(state, stage.scanning), DiscardPage(stage.framed.number))
        case _:
            return stay(state)


def _apart(stage: CornersSet, one: Point, other: Point) -> float:
    wide, tall = stage.framed.width_px, stage.framed.height_px
    return ((one[0] - other[0]) * wide) ** 2 + ((one[1] - other[1]) * tall) ** 2


def _within(x: float, y: float) -> Point:
    return min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0)


def _between(one: Point, other: Point) -> Box:
    return Box(min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1]))
