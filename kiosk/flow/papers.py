"""Step 4, 書類, all pages so far, and all of them packed within the portal's limits."""

from dataclasses import replace

from kiosk.effects import DiscardPage
from kiosk.events import Action, Answered, Elapsed, Event, Item, ItemTapped, Packed, Tapped, TimerKind, TooLarge
from kiosk.failures import Failure
from kiosk.flow.binding import files, without
from kiosk.flow.requests import limits, request
from kiosk.flow.scanning import scan
from kiosk.flow.step import Step, go, stay, with_dossier
from kiosk.flow.trouble import trouble
from kiosk.states import (
    Asking,
    CoverCheck,
    LookingOver,
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

MOST_PAGES = 12
"""Pages of a visit: what the terminal's memory holds beside everything else."""


def enter_papers(state: State) -> Step:
    """To the next thing that is missing: a page, the look over all pages, the review."""
    if not state.dossier.pages:
        return scan(state, Scanning(need_empty=True))
    return go(state, Review() if state.dossier.packed else Papers())


def at_papers(state: State, stage: Papers, event: Event) -> Step:
    """All pages so far; [申請内容を確認する] looks over what was found on them, and packs them."""
    pages = state.dossier.pages
    match event:
        case Tapped(Action.ADD) if may_add(state):
            return scan(state, Scanning(need_empty=True))
        case Tapped(Action.ADD_PAGE) if may_join(state):
            return scan(state, Scanning(need_empty=True, joins=True))
        case Tapped(Action.NEXT) if pages:
            return hand_over(state)
        case ItemTapped(Item.LOOK, index) if 0 <= index < len(pages):
            return go(state, PageLook(index))
        case Tapped(Action.BACK):
            return go(state, ReceiptEntry(state.dossier.receipt))
        case _:
            return stay(state)


def may_add(state: State) -> bool:
    """Whether there is room for another paper."""
    pages = state.dossier.pages
    return len(files(pages)) < limits(state).files and len(pages) < MOST_PAGES


def may_join(state: State) -> bool:
    """Whether the last paper may have another page: several pages of one file are PDF, which the portal has to take."""
    pages = state.dossier.pages
    return limits(state).pdf and 0 < len(pages) < MOST_PAGES


def hand_over(state: State) -> Step:
    """Everything that was found has been looked at, then all pages are packed."""
    pages = state.dossier.pages
    refused = next((index for index, page in enumerate(pages) if page.refused), None)
    if refused is not None:
        return _without_card(state, refused)
    if any(page.reading for page in pages):
        return go(state, LookingOver())
    unseen = next((index for index, page in enumerate(pages) if not page.seen), None)
    return request(state, Question.PACK, Papers()) if unseen is None else go(state, CoverCheck(unseen))


def _without_card(state: State, index: int) -> Step:
    """A My Number Card is no paper: it is taken out, and another one laid in its place where there is room."""
    pages = state.dossier.pages
    rest, gone = with_dossier(state, pages=without(pages, index), packed=False), DiscardPage(pages[index].number)
    joins = pages[index].joins and index == len(pages) - 1
    if joins or may_add(rest):
        another = Scanning(need_empty=True, joins=joins)
        return go(rest, PhotoRefused(Failure.PAGE_MY_NUMBER_CARD, another), gone)
    return replace(trouble(rest, Failure.PAGE_MY_NUMBER_CARD, Papers()), effects=(gone,))


def on_news(state: State) -> Step:
    """A page has been looked through or turned (`reading.told`): what is no paper is not kept waiting for."""
    match state.stage:
        case LookingOver():
            return hand_over(state)
        case PageCheck(page=page, scanning=scanning) if page.refused:
            again = replace(scanning, need_empty=True)
            return go(state, PhotoRefused(Failure.PAGE_MY_NUMBER_CARD, again), DiscardPage(page.number))
        case _:
            return stay(state)


def at_looking_over(state: State, stage: LookingOver, event: Event) -> Step:
    """It goes on as soon as the last page has been read (`pages.told`), or when that takes too long."""
    match event:
        case Elapsed(TimerKind.DEADLINE):
            unread = tuple(replace(page, reading=None) for page in state.dossier.pages)
            return hand_over(with_dossier(state, pages=unread))
        case Tapped(Action.BACK):
            return go(state, Papers())
        case _:
            return stay(state)


def pack_answered(state: State, stage: Asking, event: Answered) -> Step:
    """Within the limits, or which page costs most."""
    match event.result:
        case Packed(pages):
            sizes = {page.number: page for page in pages}
            known = tuple(replace(page, encoded_bytes=sizes[page.number].encoded_bytes) for page in state.dossier.pages)
            return go(with_dossier(state, pages=known, packed=True), Review())
        case TooLarge(index):
            return trouble(state, Failure.BUDGET_EXCEEDED, Papers(), page=index)
        case _:
            return stay(state)
