"""All pages so far, each with 見る, behind which everything else can be done to it; もう1枚追加, 同じ書類の続き, and
[申請内容を確認する].
"""

from kiosk.events import Action, Item, ItemTapped, Tapped
from kiosk.views import Chrome, PapersView
from kiosk.visit import Page
from screens.art import Art
from screens.fitting import Narrowing
from screens.frame import FOOT_MM, areas, framed, primary
from screens.layout import Column, Element, Kit, grid
from screens.look import Role, Tone
from screens.megabytes import megabytes
from screens.nodes import Node
from screens.pieces import Align, Picture, Text, Whole
from screens.sheet import Sheet
from screens.touchables import Button, Kind

APART_MM = 6.0  # twice as far as the two buttons of one page: they belong to it


def arrange_papers(view: PapersView, chrome: Chrome, kit: Kit) -> Node:
    """ADD stands where 中止 would; 中止 is in the display sheet then."""
    if not view.pages:
        add_first = primary(kit.say("papers.add_first"), Action.ADD)
        return framed(
            kit, chrome, title=kit.say("papers.none"), body=Picture(Art.LAY_PAPER, 30.0, 60.0), main=add_first
        )
    add = Button(kit.say("action.add"), Tapped(Action.ADD), Kind.SECONDARY, FOOT_MM)
    last = view.ordinals[-1][0]
    join = Button(kit.say("action.add_page", n=last), Tapped(Action.ADD_PAGE), Kind.SECONDARY, 15.0, role=Role.QUIET)
    return framed(
        kit,
        chrome,
        title=kit.say("papers.title"),
        lead=_total(view, kit),
        body=_pages(view, kit),
        aside=join if view.join else None,
        main=primary(kit.say("papers.next"), Action.NEXT),
        middle=add if view.add else None,
    )


def _total(view: PapersView, kit: Kit) -> str:
    """On one line; where that is too long papers on one and bytes on the next, or shorter on a low glass."""
    used, whole = megabytes(view.total_bytes), megabytes(view.bytes_limit)
    total, short = (
        kit.say(key, n=view.files, limit=view.files_limit, used=used, whole=whole)
        for key in ("papers.total", "papers.total_short")
    )
    if Text(total, Role.LEAD).natural(kit) <= areas(kit).body.w:
        return total
    return total.replace("\u3000", "\n") if kit.look.upright else short


def _pages(view: PapersView, kit: Kit) -> tuple[Element, ...]:
    columns = 3 if kit.look.upright else 4 if kit.look.large else 5
    apart = 3.0 if kit.look.large else APART_MM
    wide = (kit.look.mm(areas(kit).body.w) - apart * (columns - 1)) / columns
    lowest = 14.0 if kit.look.large else 22.0
    highest = max(lowest, *(wide * page.height_px / max(1, page.width_px) for page in view.pages))
    return tuple(
        grid(tuple(_page(view, i, page, min(least, highest), kit) for i, page in enumerate(view.pages)), columns, apart)
        for least in (80.0, 60.0, 44.0, 34.0, 22.0, *((14.0,) if kit.look.large else ()))
    )


def _page(view: PapersView, index: int, page: Page, least: float, kit: Kit) -> Element:
    look = Button(kit.say("item.look"), ItemTapped(Item.LOOK, index), Kind.SECONDARY, 15.0, role=Role.QUIET)
    paper, leaf = view.ordinals[index]
    name = kit.say("papers.leaf", n=paper, leaf=leaf) if leaf > 1 else kit.say("papers.page", n=paper)
    sized = f"{name}  {kit.say('papers.size', used=megabytes(page.encoded_bytes))}"
    captions = tuple(Text(words, Role.SMALL, tone=Tone.QUIET_INK, align=Align.MIDDLE) for words in (sized, name))
    return Whole(Column((Sheet(page, least), Narrowing(captions), look), 1.5))
