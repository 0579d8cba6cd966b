"""Where a finger draws on a picture: hiding what must not be read, and setting the four corners of a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from kiosk.events import Action, Tapped
from kiosk.views import Chrome, CornersView, CoveringView
from kiosk.visit import Box, Framed
from screens.fitting import fits
from screens.frame import FOOT_MM, framed, primary
from screens.geometry import Rect
from screens.layout import Beside, Column, Element, Kit, Row, Space
from screens.look import Face, Role, Tone
from screens.nodes import Group, Node, Pad, Photo, Shape
from screens.pieces import Text
from screens.ruby import plain
from screens.sheet import Sheet
from screens.touchables import Button, Kind

WORDS_MM = 82.0
LEAST_MM = (80.0, 60.0, 40.0)
SIZES = (
    (Role.TITLE, Role.LEAD),
    (Role.TITLE, Role.QUIET),
    (Role.LEAD, Role.QUIET),
    (Role.QUIET, Role.QUIET),
    (Role.QUIET, Role.SMALL),
)
"""Of what to do, and of how it is done."""

LOUPES_MM = (38.0, 28.0)
LOUPE_SHARE = 0.09
"""Of the still's width that the loupe shows."""


def arrange_covering(view: CoveringView, chrome: Chrome, kit: Kit) -> Node:
    """[これでよい]; 1つ戻す takes the last cover away."""
    title, lead = kit.say("covering.title"), kit.say("covering.lead")
    undo = Button(kit.say("action.undo"), Tapped(Action.UNDO), Kind.SECONDARY, 15.0, role=Role.QUIET)
    room = Space(15.0, grows=False)  # kept free, so that the picture stands still when something can be undone
    wide: Element = Row((undo, Space())) if kit.look.upright else undo
    undone = wide if view.page.covers else room
    words = [Column((*said, undone)) for said in _said(title, lead)]
    sheets = [Sheet(view.page, least, plain(kit.say("covering.pad")), view.draft) for least in LEAST_MM]
    main = primary(kit.say("action.covered"), Action.CLOSE)
    return framed(kit, chrome, body=_bodies(sheets, words, kit), main=main)


def arrange_corners(view: CornersView, chrome: Chrome, kit: Kit) -> Node:
    """The whole still with four handles, and the one that is held enlarged beside it; 撮り直す at the left."""
    said = _said(kit.say("corners.title"), kit.say("corners.lead"))
    great, small = (Loupe(view.framed, view.held, side) for side in LOUPES_MM)
    words: list[Element] = [Column((*each, loupe)) for loupe, each in product((great, small), said)]
    if kit.look.upright:
        words = [Row((Column(each), great), 4.0, (1, 0), centred=False) for each in said]
    stills = [Still(view.framed, view.held, plain(kit.say("corners.pad")), least) for least in LEAST_MM]
    retake = Button(kit.say("action.retake"), Tapped(Action.RETAKE), Kind.SECONDARY, FOOT_MM)
    main = primary(kit.say("action.corners_set"), Action.NEXT)
    return framed(kit, chrome, body=_bodies(stills, words, kit), main=main, left=retake)


def _said(title: str, lead: str) -> tuple[tuple[Element, ...], ...]:
    """What to do and how, smaller and smaller."""
    return tuple((Text(title, great, Face.BOLD), Text(lead, low)) for great, low in SIZES)


def _bodies(drawn_on: Sequence[Element], words: Sequence[Element], kit: Kit) -> tuple[Element, ...]:
    """What is drawn on never scrolls: it gives way to the words, and these become smaller before it does."""
    if kit.look.upright:
        return tuple(Column((choice, shown), grows=True) for shown, choice in product(drawn_on, words))
    beside = next((choice for choice in words if fits(choice, kit, WORDS_MM)), words[-1])
    return (Beside(drawn_on[-1], beside, WORDS_MM, grows=True),)


@dataclass(frozen=True, slots=True)
class Still:
    """The still in which a page was found, its outline, and a handle at each corner."""

    framed: Framed
    held: int
    label: str
    least: float = 40.0
    grows: bool = True

    def natural(self, kit: Kit) -> int:
        return kit.px(100.0)

    def height(self, width: int, kit: Kit) -> int:  # noqa: ARG002
        return kit.px(self.least)

    def place(self, at: Rect, kit: Kit) -> Node:
        wide, tall = max(1, self.framed.width_px), max(1, self.framed.height_px)
        scale = min(at.w / wide, at.h / tall)
        shown = at.centred(max(1, int(wide * scale)), max(1, int(tall * scale)))
        photo = Photo(shown, self.framed.number, self.framed.corners, good=True, still=True)
        return Group(at, (Pad(shown, self.label, (photo, *self._handles(shown, kit))),))

    def _handles(self, shown: Rect, kit: Kit) -> tuple[Shape, ...]:
        """Rings, so that the corner itself is seen, in a dark casing, for paper is bright; the held one is thicker."""
        handles, casing = list[Shape](), max(1, kit.px(0.4))
        for i, (x, y) in enumerate(self.framed.corners):
            side = kit.px(9.0 if i == self.held else 7.0)
            at = Rect(shown.x + round(x * shown.w) - side // 2, shown.y + round(y * shown.h) - side // 2, side, side)
            thick = kit.px(1.6 if i == self.held else 0.9)
            for tone, more in ((Tone.COVER, casing), (Tone.FOCUS, 0)):
                handles.append(Shape(at.inset(-more), None, tone, thick + 2 * more, side // 2 + more))
        return tuple(handles)


@dataclass(frozen=True, slots=True)
class Loupe:
    """One corner of the still, enlarged, with a cross where the corner is."""

    framed: Framed
    held: int
    side: float
    grows: bool = False

    def natural(self, kit: Kit) -> int:
        return kit.px(self.side)

    def height(self, width: int, kit: Kit) -> int:  # noqa: ARG002
        return kit.px(self.side)

    def place(self, at: Rect, kit: Kit) -> Node:
        side = min(at.w, kit.px(self.side))
        square, thick = Rect(at.x, at.y, side, side), max(2, kit.px(0.4))
        x, y = self.framed.corners[self.held]
        dx = LOUPE_SHARE / 2
        dy = dx * self.framed.width_px / max(1, self.framed.height_px)
        photo = Photo(square, self.framed.number, still=True, part=Box(x - dx, y - dy, x + dx, y + dy))
        lines = ((Tone.COVER, 3 * thick), (Tone.FOCUS, thick))  # in a dark casing
        cross = [Shape(square.centred(*size), tone) for tone, w in lines for size in ((side, w), (w, side))]
        return Group(at, (photo, *cross))
