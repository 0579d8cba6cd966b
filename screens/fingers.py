"""What a touch means: the rules of activation, without SDL and without a clock of its own.

A touch acts when it began and ended in the same target of the same picture. A second finger does nothing, a drag does
nothing but move a long text, and a consent is held for as long as the finger stays on it. A finger that was faster than
the picture does nothing either: a touch that begins in the first moment of a new picture, or in the moment after
another one acted there, is taken as the rest of a double tap. Keys of a keyboard are the exception, because people type
the same letter twice.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from kiosk.events import Held, Phase, Pointed, Touched
from screens.geometry import Rect
from screens.nodes import Act, Node, Scroller, Target, pad, scroller, targets

HOLD_SECONDS = 2.0
IMPATIENCE_SECONDS = 0.35
RESTING_SECONDS = 5.0
"""A finger that is down longer rests there, or its leaving was never reported; it keeps nobody from touching."""


@dataclass(frozen=True, slots=True)
class Press:
    """A finger that is down. `target` is None where nothing can be touched or may act now."""

    finger: int
    x: int
    y: int
    since: float
    picture: int
    target: Target | None = field(repr=False)
    scrolls_from: int | None = None
    dragged: bool = False
    pad: Rect | None = None  # it draws there


@dataclass(slots=True)
class Fingers:
    """The state of touch. `slip`: pixels a finger may stray before it drags; times are seconds of any one clock."""

    slip: int
    moved: Callable[[int], None]
    impatience: float = IMPATIENCE_SECONDS
    press: Press | None = None
    _picture: int = 0
    _changed: float = float("-inf")
    _acted: tuple[float, int, int, bool] = (float("-inf"), 0, 0, False)

    def new_picture(self, now: float) -> None:
        """Another view stands now."""
        self._picture += 1
        self._changed = now

    def down(self, tree: Node, x: int, y: int, now: float, finger: int = 0) -> Act | None:
        """A finger touches the glass; where it draws, that is told at once."""
        first = self.press
        if first is not None and first.finger != finger and now - first.since < RESTING_SECONDS:
            return None
        drawn_on = pad(tree)
        if drawn_on is not None and drawn_on.rect.holds(x, y):
            self.press = Press(finger, x, y, now, self._picture, None, pad=drawn_on.rect)
            return _pointed(drawn_on.rect, x, y, Phase.BEGUN)
        target = hit(tree, x, y)
        if target is not None and self._impatient(target, x, y, now):
            target = None
        moving = scroller(tree)
        inside = moving is not None and moving.place.holds(x, y)
        start = moving.offset if moving is not None and inside else None
        self.press = Press(finger, x, y, now, self._picture, target, start)
        return None

    def move(self, tree: Node, x: int, y: int, finger: int = 0) -> Act | None:
        """It strays; inside a long text it takes the text along, and on a pad it draws."""
        press = self.press
        if press is None or press.finger != finger:
            return None
        if press.pad is not None:
            return _pointed(press.pad, x, y, Phase.MOVED) if press.picture == self._picture else None
        if press.target is not None and press.target.held and not _same(hit(tree, x, y), press.target):
            press = self.press = replace(press, target=None)  # a consent is held where it stands, or begun anew
        far = abs(x - press.x) > self.slip or abs(y - press.y) > self.slip
        if not (far or press.dragged) or press.scrolls_from is None or press.picture != self._picture:
            return None
        self.press = replace(press, target=None, dragged=True)
        moving = scroller(tree)
        if moving is not None:
            self.moved(max(0, min(press.scrolls_from + press.y - y, moving.pages[-1])))
        return None

    def up(self, tree: Node, x: int, y: int, now: float, finger: int = 0) -> Act | None:
        """It leaves the glass: what it did, `Touched` where that is nothing, None where it was a second finger."""
        press = self.press
        if press is None or press.finger != finger:
            return None
        self.press = None
        if press.pad is not None:
            return _pointed(press.pad, x, y, Phase.ENDED) if press.picture == self._picture else Touched()
        if press.dragged:
            self._snap(scroller(tree), press.scrolls_from or 0)
            return Touched()
        began, ended = press.target, hit(tree, x, y)
        if began is None or not _same(ended, began) or press.picture != self._picture or began.held:
            return Touched()
        self._acted = (now, x, y, began.key)
        return began.act

    @property
    def lit(self) -> Act | None:
        """What shows that it is pressed; a key of a password never does."""
        press = self.press
        return press.target.act if press is not None and press.target is not None and press.target.lights else None

    def held(self, now: float) -> float:
        """How far a held target is on its way, 0 to 1."""
        press = self.press
        if press is None or press.target is None or not press.target.held or press.picture != self._picture:
            return 0.0
        return min(1.0, (now - press.since) / HOLD_SECONDS)

    def hold_done(self, now: float) -> Held | None:
        """The consent of a target that has been held for two seconds, once."""
        press = self.press
        if press is None or press.target is None or self.held(now) < 1.0:
            return None
        self.press = replace(press, target=None)
        return press.target.act if isinstance(press.target.act, Held) else None

    def _impatient(self, target: Target, x: int, y: int, now: float) -> bool:
        when, where_x, where_y, key = self._acted
        near = abs(x - where_x) <= 4 * self.slip and abs(y - where_y) <= 4 * self.slip
        if now - self._changed < self.impatience:
            return True
        return now - when < self.impatience and near and not (key and target.key)

    def _snap(self, moving: Scroller | None, start: int) -> None:
        """To the beginning of a part, onward in the direction of the drag."""
        if moving is None or moving.offset == start:
            return
        forward = moving.offset > start
        onward = [page for page in moving.pages if (page > start if forward else page < start)]
        self.moved(min(onward or [start], key=lambda page: abs(page - moving.offset)))


def _pointed(rect: Rect, x: int, y: int, phase: Phase) -> Pointed:
    return Pointed((x + 0.5 - rect.x) / max(1, rect.w), (y + 0.5 - rect.y) / max(1, rect.h), phase)


def _same(found: Target | None, began: Target) -> bool:
    """Whether it is the target on which the finger went down, however it is painted now."""
    return found is not None and found.act == began.act and found.rect == began.rect


def hit(tree: Node, x: int, y: int) -> Target | None:
    """The target at this pixel."""
    return next((target for target, rect in targets(tree) if rect.holds(x, y)), None)


@dataclass(frozen=True, slots=True)
class Spot:
    """A target as it can be touched now."""

    rect: Rect
    act: Act
    label: str = field(repr=False)


def spots(tree: Node) -> list[Spot]:
    """Everything that can be touched, in reading order."""
    return [Spot(rect, target.act, target.label) for target, rect in targets(tree)]
