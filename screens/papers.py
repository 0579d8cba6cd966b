"""All pages so far: each is a button behind which everything can be done to it; 書類を追加, the next page of the last
paper behind its pages, and [申請内容を確認する].

The pages of a paper stand in one row where they have room in one, and are not parted where it scrolls.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from kiosk.events import Action, Tapped
from kiosk.views import Chrome, PapersView
from screens.art import Art
from screens.frame import FOOT_MM, GAP_MM, areas, framed, primary
from screens.layout import Column, Element, Kit, Row, Space
from screens.look import Role
from screens.megabytes import megabytes
from screens.nodes import Node
from screens.page_tile import PAD_MM, WORDS_PAD_MM, PageTile
from screens.pieces import Picture, Text, Whole
from screens.scrolling import beside_bar
from screens.touchables import Button, Kind

LEAST_MM = 24.0
"""A page that would be lower is rather shown in a further part."""

NEXT = -1
"""In the place of a page's index: the next page of the last paper, which is not taken yet."""

Rows = list[list[tuple[int, ...]]]
"""Of indices: what is not parted, each in one row or several."""


def arrange_papers(view: PapersView, chrome: Chrome, kit: Kit) -> Node:
    """ADD stands where 中止 would; 中止 is in the display sheet then."""
    if not view.pages:
        add_first = primary(kit.say("papers.add_first"), Action.ADD)
        return framed(
            kit, chrome, title=kit.say("papers.none"), body=Picture(Art.LAY_PAPER, 30.0, 60.0), main=add_first
        )
    add = Button(kit.say("action.add"), Tapped(Action.ADD), Kind.SECONDARY, FOOT_MM)
    title, lead = kit.say("papers.title"), _total(view, kit)
    head = Column((Text(title, Role.TITLE), Text(lead, Role.LEAD)), GAP_MM)
    return framed(
        kit,
        chrome,
        title=title,
        lead=lead,
        body=_pages(view, head, kit),
        main=primary(kit.say("papers.next"), Action.NEXT),
        middle=add if view.add else None,
        to_the_end=True,
    )


def _total(view: PapersView, kit: Kit) -> str:
    """On one line; where that is too long papers on one and bytes on the next, or shorter."""
    used, whole = megabytes(view.total_bytes), megabytes(view.bytes_limit)
    total, short = (
        kit.say(key, n=view.files, limit=view.files_limit, used=used, whole=whole)
        for key in ("papers.total", "papers.total_short")
    )
    wide = areas(kit).body.w
    if Text(total, Role.LEAD).natural(kit) <= wide:
        return total
    two = total.replace("\u3000", "\n")
    return two if kit.look.upright and Text(two, Role.LEAD).natural(kit) <= wide else short


@dataclass(frozen=True, slots=True)
class Grid:
    """How pages can stand: `least` is how high each is, in millimetres."""

    columns: int
    rows: Rows
    parts: int
    least: float
    names: tuple[str, ...] = field(repr=False)

    @property
    def rank(self) -> tuple[int, bool, float, int]:
        """The lowest is best: few parts, the page that is not taken yet not alone, large pages, no idle room."""
        return self.parts, self.rows[-1][-1] == (NEXT,), -self.least, -self.columns


def _pages(view: PapersView, head: Element, kit: Kit) -> Element:
    body = areas(kit).body
    high = body.h - head.height(body.w, kit) - kit.px(GAP_MM)
    columns = (2, 3) if kit.look.upright else (4, 5, 6)
    grid = min((_grid(view, count, high, kit) for count in columns), key=lambda grid: grid.rank)
    return Column(tuple(Whole(_block(view, block, grid, kit)) for block in grid.rows), GAP_MM)


def _grid(view: PapersView, columns: int, high: int, kit: Kit) -> Grid:
    """Pages as large as they can be where all have room at once; else so large that they fill what is seen of them."""
    body, rows = areas(kit).body, _rows(view, columns)
    whole = count = sum(map(len, rows))
    wide = _apart(body.w, columns, kit)
    while count > 1 and _highest(view, wide, high, count, kit) < LEAST_MM:
        wide, count = _apart(beside_bar(kit, body), columns, kit), count - 1
    parts = -(-whole // count)
    least = _highest(view, wide, high, -(-whole // parts), kit)
    return Grid(columns, rows, parts, least, _names(view, wide, kit))


def _rows(view: PapersView, columns: int) -> Rows:
    """Papers one after the other, each in the row that has begun where all of its pages have room there."""
    found: Rows = []
    for paper in _papers(view):
        if found and len(found[-1]) == 1 and len(found[-1][0]) + len(paper) <= columns:
            found[-1][0] += paper
        else:
            found.append([paper[i : i + columns] for i in range(0, len(paper), columns)])
    return found


def _papers(view: PapersView) -> Iterator[tuple[int, ...]]:
    last = view.ordinals[-1][0]
    for paper, pages in groupby(range(len(view.pages)), key=lambda index: view.ordinals[index][0]):
        yield (*pages, *((NEXT,) if view.join and paper == last else ()))


def _apart(width: int, columns: int, kit: Kit) -> int:
    return (width - kit.px(GAP_MM) * (columns - 1)) // columns


def _highest(view: PapersView, wide: int, high: int, count: int, kit: Kit) -> float:
    """How high in millimetres a page can be where so many rows have room, in a button of so many pixels."""
    around = PageTile(view.pages[0], 0, "", _names(view, wide, kit), 0.0).height(wide, kit)
    inner = wide - 2 * kit.px(PAD_MM)
    highest = max(inner * page.height_px // max(1, page.width_px) for page in view.pages)
    return kit.look.mm(min(highest, (high - kit.px(GAP_MM) * (count - 1)) // count - around))


def _names(view: PapersView, wide: int, kit: Kit) -> tuple[str, ...]:
    """Of all pages, with their sizes where all have room for them."""
    names = [
        kit.say("papers.leaf", n=paper, leaf=leaf) if leaf > 1 else kit.say("papers.page", n=paper)
        for paper, leaf in view.ordinals
    ]
    sizes = (kit.say("papers.size", used=megabytes(page.encoded_bytes)) for page in view.pages)
    sized = [f"{name}  {size}" for name, size in zip(names, sizes, strict=True)]
    inner = wide - 2 * kit.px(WORDS_PAD_MM)
    return tuple(sized if all(Text(each, Role.SMALL).natural(kit) <= inner for each in sized) else names)


def _block(view: PapersView, block: list[tuple[int, ...]], grid: Grid, kit: Kit) -> Element:
    def cell(index: int) -> Element:
        if index == NEXT:
            label = kit.say("action.add_page", n=view.ordinals[-1][0])
            return Button(label, Tapped(Action.ADD_PAGE), Kind.SECONDARY, role=Role.QUIET, grows=True)
        return PageTile(view.pages[index], index, grid.names[index], grid.names, grid.least)

    rows = (Row((*map(cell, row), *(Space(),) * (grid.columns - len(row))), GAP_MM) for row in block)
    return Column(tuple(rows), GAP_MM)
