"""What the glass shows of the papers."""

from typing import assert_never

from kiosk import states as at
from kiosk import views as see
from kiosk.flow.binding import files, ordinals
from kiosk.flow.pages import page_of
from kiosk.flow.papers import may_add, may_join
from kiosk.flow.requests import limits
from kiosk.states import State
from kiosk.views import View
from kiosk.visit import Page

Stage = (
    at.Scanning | at.PhotoRefused | at.CornersSet | at.PageCheck | at.Papers | at.PageLook | at.CoverCheck | at.Covering
)


def paper(state: State, stage: Stage) -> View:
    """The view of a stage that is about papers."""
    pages = state.dossier.pages
    match stage:
        case at.Scanning(sight=sight):
            allowed, count = limits(state), len(files(pages))
            ordinal, leaf = _place(pages, stage)
            return see.ScanView(
                ordinal, leaf, sight, count, allowed.files, gathered(pages, allowed.total_bytes), allowed.total_bytes
            )
        case at.PhotoRefused(failure=failure, scanning=scanning):
            return see.TroubleView(failure, retry=True, page=_place(pages, scanning)[0])
        case at.CornersSet(framed=framed, held=held, began=began):
            return see.CornersView(framed, held, moving=began is not None)
        case at.PageCheck(page=page, scanning=scanning, framed=framed):
            return see.PageCheckView(page, *_place(pages, scanning), finding(page), corners=framed is not None)
        case at.CoverCheck(index=index):
            return see.PageCheckView(pages[index], *ordinals(pages)[index], finding(pages[index]), kept=True)
        case at.Covering(of=of, draft=draft):
            return see.CoveringView(page_of(state, of), draft)
        case at.Papers():
            allowed = limits(state)
            return see.PapersView(
                pages,
                ordinals(pages),
                len(files(pages)),
                allowed.files,
                gathered(pages, allowed.total_bytes),
                allowed.total_bytes,
                add=may_add(state),
                join=may_join(state),
            )
        case at.PageLook(index=index):
            ordinal, leaf = ordinals(pages)[index]
            leaves = len(files(pages)[ordinal - 1])
            return see.PageLookView(
                pages[index], index, ordinal, leaf, leaves, earlier=index > 0, later=index + 1 < len(pages)
            )
        case _:
            assert_never(stage)


def gathered(pages: tuple[Page, ...], limit: int) -> int:
    """Bytes of all pages together as packing will make them: their best where that fits, else the limit, for quality
    is lowered until they fit; where nothing makes them fit, the least that they can be.
    """
    best = sum(page.encoded_bytes for page in pages)
    return min(best, max(limit, sum(page.least_bytes for page in pages)))


def finding(page: Page) -> see.Finding:
    """What may be said about My Numbers on a page."""
    if page.suspected:
        return see.Finding.SUSPECTED
    if page.reading is not None:
        return see.Finding.LOOKING
    return see.Finding.NOTHING if page.seen else see.Finding.UNKNOWN


def _place(pages: tuple[Page, ...], scanning: at.Scanning) -> tuple[int, int]:
    """Which paper, and which page of it, a page that is being taken will be."""
    if scanning.into is not None:
        return ordinals(pages)[scanning.into]
    papers = files(pages)
    return (len(papers), len(papers[-1]) + 1) if scanning.joins and papers else (len(papers) + 1, 1)
