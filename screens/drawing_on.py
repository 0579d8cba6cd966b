"""Where a finger draws on a picture: hiding what must not be read, and setting the four corners of a page."""

from dataclasses import dataclass

from kiosk.events import Action, Tapped
from kiosk.views import Chrome, CornersView, CoveringView
from kiosk.visit import Box, Framed
from screens.fitting import fits
from screens.frame import FOOT_MM, framed, primary
from screens.geometry import Rect
from screens.layout import Beside, Column, Element, Kit, Row, Space
from screens.look import Role, Tone
from screens.nodes import Group, Node, Pad, Photo, Shape
from screens.pieces import Text
from screens.ruby import plain
from screens.sheet import Sheet
from screens.touchables import Button, Kind

WORDS_MM = 82.0
LOUPE_MM = 38.0
LOUPE_SHARE = 0.09
"""Of the still's width that the loupe shows."""


def arrange_covering(view: CoveringView, chrome: Chrome, kit: Kit) -> Node:
    """[これでよい]; 1つ戻す takes the last cover away."""
    title, lead = kit.say("covering.title"), kit.say("covering.lead")
    undo = Button(kit.say("action.undo"), Tapped(Action.UNDO), Kind.SECONDARY, 15.0, role=Role.QUIET)
    sheet = Sheet(view.page, 40.0, label=plain(kit.say("covering.pad")), draft=view.draft)
    room = Space(15.0, grows=False)  # kept free, so that the picture stands still when something can be undone
    wide: Element = Row((undo, Space())) if kit.look.upright else undo
    undone = wide if view.page.covers else room
    words = (
        Column((Text(title, Role.TITLE), Text(lead, Role.LEAD), undone)),
        Column((Text(title, Role.LEAD), undone)),
    )
    main = primary(kit.say("action.covered"), Action.CLOSE)
    return framed(kit, chrome, body=_bodies(sheet, words, kit), main=main)


def arrange_corners(view: CornersView, chrome: Chrome, kit: Kit) -> Node:
    """The whole still with four handles, and the one that is held enlarged beside it; 撮り直す at the left."""
    title, lead = kit.say("corners.title"), kit.say("corners.lead")
    still, loupe = Still(view.framed, view.held, plain(kit.say("corners.pad"))), Loupe(view.framed, view.held)
    words: tuple[Element, ...] = (
        Column((Text(title, Role.TITLE), Text(lead, Role.QUIET), loupe)),
        *(Column((Text(title, role), loupe)) for role in (Role.LEAD, Role.BODY, Role.QUIET)),
        Column((Text(title, Role.LEAD),)),
    )
    if kit.look.upright:
        words = tuple(
            Row((Text(title, role), loupe), 4.0, (1, 0), centred=False) for role in (Role.TITLE, Role.LEAD, Role.BODY)
        )
    retake = Button(kit.say("action.retake"), Tapped(Action.RETAKE), Kind.SECONDARY, FOOT_MM)
    main = primary(kit.say("action.corners_set"), Action.NEXT)
    return framed(kit, chrome, body=_bodies(still, words, kit), main=main, left=retake)


def _bodies(drawn_on: Element, words: tuple[Element, ...], kit: Kit) -> tuple[Element, ...]:
    """What is drawn on never scrolls: it gives way to the words."""
    if not kit.look.upright:
        beside = next((choice for choice in words if fits(choice, kit, WORDS_MM)), words[-1])
        return (Beside(drawn_on, beside, WORDS_MM, grows=True),)
    return tuple(Column((choice, drawn_on), grows=True) for choice in words)


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
    grows: bool = False

    def natural(self, kit: Kit) -> int:
        return kit.px(LOUPE_MM)

    def height(self, width: int, kit: Kit) -> int:  # noqa: ARG002
        return kit.px(LOUPE_MM)

    def place(self, at: Rect, kit: Kit) -> Node:
        side = min(at.w, kit.px(LOUPE_MM))
        square, thick = Rect(at.x, at.y, side, side), max(2, kit.px(0.4))
        x, y = self.framed.corners[self.held]
        dx = LOUPE_SHARE / 2
        dy = dx * self.framed.width_px / max(1, self.framed.height_px)
        photo = Photo(square, self.framed.number, still=True, part=Box(x - dx, y - dy, x + dx, y + dy))
        lines = ((Tone.COVER, 3 * thick), (Tone.FOCUS, thick))  # in a dark casing
        cross = [Shape(square.centred(*size), tone) for tone, w in lines for size in ((side, w), (w, side))]
        return Group(at, (photo, *cross))
