"""A page is touched to read it: it then fills the width of the glass, and scrolls.

That it is enlarged only the glass knows, as it knows which keys of a keyboard it shows: for the visit nothing changes.
"""

from dataclasses import dataclass, replace

from kiosk.views import Chrome
from kiosk.visit import Page
from screens.frame import FOOT_MM, GAP_MM, areas, assembled
from screens.geometry import Rect
from screens.layout import Kit
from screens.look import Role, Tone
from screens.nodes import Group, LayerShown, Node, Photo, Shape, Target, walk
from screens.pieces import Text
from screens.ruby import plain
from screens.scrolling import panning
from screens.sheet import Sheet
from screens.touchables import Button, Kind

ENLARGED = "enlarged"
"""The layer on which a page stands alone."""

BORDER_MM = 1.5
PRESSED_MM, LEAST_MM = 1.2, 15.0
_MOST = 4_400_000  # pixels: what is scaled once is kept (`screens.surfaces`)
_NEARLY = 1.12  # of the height: so little is not worth scrolling


@dataclass(frozen=True, slots=True)
class Enlargeable:
    """A page, all of which is one button; that it is one stands beside its foot or beneath it, never on it: whichever
    leaves the page larger.
    """

    sheet: Sheet
    grows: bool = True

    def natural(self, kit: Kit) -> int:
        return self.sheet.natural(kit)

    def height(self, width: int, kit: Kit) -> int:
        return self.sheet.height(width, kit)

    def place(self, at: Rect, kit: Kit) -> Node:
        says = Button(kit.say("page_look.enlarge"), LayerShown(ENLARGED), Kind.SECONDARY, 12.0, role=Role.SMALL)
        wide, high, apart = says.natural(kit), says.height(0, kit), kit.px(BORDER_MM)
        placed, paper = self._page(Rect(at.x, at.y, max(1, at.w - apart - wide), at.h), kit)
        place = Rect(paper.right + apart, max(at.y, paper.bottom - high), wide, high)
        lower = self._page(Rect(at.x, at.y, at.w, max(1, at.h - apart - high)), kit)
        if lower[1].h > paper.h:
            placed, paper = lower
            place = Rect(paper.middle[0] - wide // 2, paper.bottom + apart, wide, high)
        left, right = min(paper.x, place.x), max(paper.right, place.right)
        top, bottom = min(paper.y, place.y), max(paper.bottom, place.bottom)
        top = max(at.y, min(top, bottom - kit.px(LEAST_MM)))
        whole = Rect(left, top, right - left, max(bottom - top, kit.px(LEAST_MM)))
        seen = (Shape(paper, None, Tone.ACTION, kit.px(PRESSED_MM)),) if kit.touch.pressed == says.act else ()
        return Target(whole, says.act, plain(says.label), (placed, *seen, *says.drawn(place, kit)))

    def _page(self, at: Rect, kit: Kit) -> tuple[Node, Rect]:
        """And where its paper is."""
        placed = self.sheet.place(at, kit)
        return placed, next(node.rect for node in walk(placed) if isinstance(node, Photo))


@dataclass(frozen=True, slots=True)
class Wide:
    """A page as high as its width makes it."""

    page: Page
    grows: bool = False

    def natural(self, kit: Kit) -> int:
        return areas(kit).body.w

    def height(self, width: int, kit: Kit) -> int:  # noqa: ARG002
        tall = self.page.height_px / max(1, self.page.width_px)
        return round(min(float(width), float((_MOST / tall) ** 0.5)) * tall)

    def place(self, at: Rect, kit: Kit) -> Node:
        return Sheet(self.page).place(at, kit)


def arrange_enlarged(page: Page, called: str, chrome: Chrome, kit: Kit) -> Node:
    """Which one it is, the page, [閉じる]: where a finger has just been, nothing else may be."""
    at = areas(kit).body
    name = Text(called, Role.QUIET, tone=Tone.QUIET_INK)
    head = Rect(at.x, at.y, at.w, name.height(at.w, kit))
    below = Rect(at.x, head.bottom + kit.px(GAP_MM), at.w, at.bottom - head.bottom - kit.px(GAP_MM))
    whole = Wide(page).height(below.w, kit) <= below.h * _NEARLY
    pixels = (Sheet(page).place(below, kit),) if whole else panning(kit, below, Wide(page))
    content = Group(at, (name.place(head, kit), *pixels))
    close = Button(kit.say("action.close"), LayerShown(""), Kind.PRIMARY, FOOT_MM)
    return assembled(kit, replace(chrome, back=False, cancel=False), content, close)
