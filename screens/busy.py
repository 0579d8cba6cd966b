"""Something is on its way: what, and how far where that is known."""

from dataclasses import dataclass

from kiosk.views import BusyView, Chrome, LookingOverView
from screens.art import Art
from screens.frame import framed
from screens.geometry import Rect
from screens.layout import Column, Element, Kit
from screens.look import Role, Tone
from screens.nodes import Group, Node, Shape
from screens.pieces import Picture, Text


def arrange_busy(view: BusyView, chrome: Chrome, kit: Kit) -> Node:
    """No button but 中止, where that means anything."""
    picture = Picture(Art.WAITING, 24.0, 50.0, moves=True)
    body: tuple[Element, ...] = (Column((picture,), grows=True),)
    if view.whole:
        said = Text(kit.say("busy.progress", percent=100 * view.done // view.whole), Role.QUIET)
        body = (
            Column((Progress(view.done, view.whole), said, picture), grows=True),
            Column((Progress(view.done, view.whole), said)),
        )
    what, _, please = kit.say(f"busy.{view.question.value}").partition(kit.say("busy.end"))
    return framed(kit, chrome, title=what, lead=please, body=body)


def arrange_looking_over(view: LookingOverView, chrome: Chrome, kit: Kit) -> Node:  # noqa: ARG001
    """It goes on by itself."""
    picture = Column((Picture(Art.WAITING, 24.0, 50.0, moves=True),), grows=True)
    return framed(kit, chrome, title=kit.say("looking_over.title"), lead=kit.say("looking_over.lead"), body=picture)


@dataclass(frozen=True, slots=True)
class Progress:
    """A bar filled as far as something has come."""

    done: int
    whole: int
    grows: bool = False

    def natural(self, kit: Kit) -> int:
        return kit.px(80.0)

    def height(self, width: int, kit: Kit) -> int:  # noqa: ARG002
        return kit.px(6.0)

    def place(self, at: Rect, kit: Kit) -> Node:
        radius = at.h // 2
        line = kit.px(0.5)
        w = max(at.h, round(at.w * min(1.0, self.done / max(1, self.whole))))
        track = Shape(at, Tone.ACTION_PALE, Tone.QUIET_FRAME, line, radius)
        return Group(at, (track, Shape(Rect(at.x, at.y, w, at.h), Tone.FINE_SIGN, radius=radius)))
