"""The strip at the top: the five steps at the left, language, display and "call staff" at the right."""

from dataclasses import dataclass

from kiosk.events import Action, Tapped
from kiosk.views import Chrome
from screens.geometry import Rect
from screens.layout import Kit, Row
from screens.lettering import Style, line_of_words, moved
from screens.look import SMALLEST, Face, Role, Tone
from screens.nodes import Group, Node, Shape, Sign, SignKind, Words
from screens.pieces import Align, Fitted
from screens.ruby import has_readings
from screens.touchables import Button, Kind

STEPS = 5


def header(kit: Kit, chrome: Chrome, at: Rect) -> Node:
    """Steps and buttons in the strip."""
    low = kit.px(2.0)
    labels = (("action.language", Action.LANGUAGE), ("action.display", Action.DISPLAY), ("action.staff", Action.STAFF))
    buttons = [Button(kit.say(key), Tapped(action), Kind.QUIET, 15.0, role=Role.SMALL) for key, action in labels]
    if chrome.help:
        buttons.insert(
            0, Button(kit.say("action.help"), Tapped(Action.HELP), Kind.QUIET, 15.0, role=Role.BUTTON, wide=15.0)
        )
    side = kit.look.margin if kit.look.ampleness > 1.0 else kit.px(3.0)  # a small glass needs the room
    inner = Rect(at.x + side, at.y + low, at.w - 2 * side, at.h - 2 * low)
    wide = [max(kit.px(16.0), b.natural(kit) - kit.px(5)) if b.wide is None else b.natural(kit) for b in buttons]
    if kit.look.upright:
        wide = [min(w, kit.px(29.0)) for w in wide]
    gap = kit.px(3.0)
    row_w = sum(wide) + gap * (len(wide) - 1)
    row = Rect(inner.right - row_w, inner.y, row_w, inner.h)
    placed, x = [], row.x
    for button, w in zip(buttons, wide, strict=True):
        h = button.height(w, kit)
        placed.append(button.place(Rect(x, row.y + (row.h - h) // 2, w, h), kit))
        x += w + gap
    if chrome.step:
        strip = Rect(inner.x, inner.y, row.x - gap - inner.x, inner.h)
        steps: tuple[Node, ...] = (Steps(chrome.step).place(strip, kit),)
    else:  # before and after the steps: what this terminal is
        words = Rect(kit.look.margin, inner.y, row.x - gap - kit.look.margin, inner.h)
        steps = (_terminal(kit.say("terminal.name"), words.w, kit).place(words, kit),)
    return Group(at, (*_strip(at, kit), *steps, *placed))


def _strip(at: Rect, kit: Kit) -> tuple[Shape, ...]:
    """Its ground; where that cannot be seen in black and white, a rule beneath."""
    rule = (Shape(Rect(at.x, at.bottom - 2, at.w, 2), Tone.QUIET_FRAME),) if kit.look.preferences.high_contrast else ()
    return (Shape(at, Tone.PANEL), *rule)


@dataclass(frozen=True, slots=True)
class NameStrip:
    """The header before a visit: what this terminal is, and the languages."""

    words: str
    buttons: Row
    grows: bool = False

    def natural(self, kit: Kit) -> int:
        return kit.look.panel.width_px

    def height(self, width: int, kit: Kit) -> int:  # noqa: ARG002
        return kit.px(19.0)

    def place(self, at: Rect, kit: Kit) -> Node:
        pad, left = kit.px(2.0), kit.look.margin
        w = self.buttons.natural(kit)
        row = Rect(at.right - left - w, at.y + pad, w, at.h - 2 * pad)
        words = Rect(left, at.y + pad, row.x - kit.px(3.0) - left, at.h - 2 * pad)
        label = _terminal(self.words, words.w, kit).place(words, kit)
        return Group(at, (*_strip(at, kit), label, self.buttons.place(row, kit)))


def _terminal(words: str, width: int, kit: Kit) -> Fitted:
    """The terminal's name on two lines, or its first line alone where they would have to be broken."""
    size = kit.measure.size(kit.px(SMALLEST), Face.BOLD)
    first, *rest = words.split("\n")
    whole = all(kit.line(line, Face.BOLD, size).width <= width for line in (first, *rest))
    return Fitted(words if whole else first, Role.QUIET, Face.BOLD, align=Align.LEFT)


@dataclass(frozen=True, slots=True)
class Steps:
    """Five discs: with all their names where these fit, if need be nearer to one another or each below its disc, else
    with the name of the present one, else close together.

    Where not even these fit, the number of the present step, and of how many.
    """

    now: int
    grows: bool = False

    def natural(self, kit: Kit) -> int:
        return kit.look.panel.width_px

    def height(self, width: int, kit: Kit) -> int:  # noqa: ARG002
        return kit.px(19.0)

    def place(self, at: Rect, kit: Kit) -> Node:
        return kit.once(self, at, self._placed)

    def _placed(self, at: Rect, kit: Kit) -> Node:
        now, everyone = self.now, tuple(range(1, STEPS + 1))
        wide, near, close = (7.6, 3.6, 1.5), (6.8, 1.4, 1.0), (6.0, 0.0, 1.5)
        for named, measures in ((everyone, wide), (everyone, near), ((), ()), ((now,), wide), ((), wide), ((), close)):
            nodes = (
                _row_of_steps(kit, now, at, named, *map(kit.px, measures)) if measures else _named_below(kit, now, at)
            )
            if nodes is not None:
                return Group(at, nodes)
        whole = kit.px(7.6)
        present = _disc(kit, now, now, Rect(at.x, at.middle[1] - whole // 2, whole, whole))
        return Group(at, (present, _name(kit, f"/ {STEPS}", Rect(at.x + kit.px(8.6), at.y, 0, at.h), bold=False)))


def _row_of_steps(
    kit: Kit, now: int, at: Rect, named: tuple[int, ...], disc: int, dash: int, gap: int
) -> tuple[Node, ...] | None:
    """In pixels: a disc's width, the line between two of them, the gap. None where the row is too long."""
    x = at.x
    nodes: list[Node] = []
    beside = gap if named else gap // 2  # of a line between two steps
    for step in range(1, STEPS + 1):
        if step > 1:
            if dash:
                nodes.append(Shape(Rect(x + beside, at.middle[1] - 1, dash, max(2, kit.px(0.4))), Tone.QUIET_FRAME))
            x += dash + 2 * beside
        nodes.append(_disc(kit, step, now, Rect(x, at.middle[1] - disc // 2, disc, disc)))
        x += disc
        if step in named:
            name = _name(kit, kit.say(f"step.{step}"), Rect(x + gap, at.y, 0, at.h), bold=step == now)
            nodes.append(name)
            x = name.rect.right
    return tuple(nodes) if x <= at.right else None


def _named_below(kit: Kit, now: int, at: Rect) -> tuple[Node, ...] | None:
    """Each name in the middle below its disc. None where the row is too long."""
    disc, gap, high = kit.px(6.8), kit.px(3.0), round(kit.size(Role.SMALL) * 1.2)
    y = at.y + (at.h - disc - high) // 2
    x, nodes = at.x, list[Node]()
    for step in range(1, STEPS + 1):
        name = _name(kit, kit.say(f"step.{step}"), Rect(x, y + disc, 0, high), bold=step == now)
        wide = max(disc, name.rect.w)
        nodes.append(_disc(kit, step, now, Rect(x + (wide - disc) // 2, y, disc, disc)))
        nodes.append(moved(name, (wide - name.rect.w) // 2))
        x += wide + gap
    return tuple(nodes) if x - gap <= at.right else None


def _name(kit: Kit, words: str, at: Rect, *, bold: bool) -> Words:
    face = Face.BOLD if bold else Face.TEXT
    size = kit.size(Role.SMALL, face)
    style = Style(face, size, Tone.INK if bold else Tone.QUIET_INK, Role.SMALL)
    return line_of_words(kit, words, at, style, kit.above(size) if has_readings(words) else 0)


def _disc(kit: Kit, step: int, now: int, at: Rect) -> Node:
    line = Tone.ACTION if step <= now else Tone.QUIET_FRAME
    fill = Tone.ACTION if step == now else Tone.ACTION_PALE if step < now else Tone.GROUND
    disc = Shape(at, fill, line, kit.px(0.5), at.h // 2)
    if step < now:
        return Group(at, (disc, Sign(at.inset(at.w // 4), SignKind.CHECK, Tone.ACTION)))
    size = kit.size(Role.SMALL)
    w = kit.measure.width(str(step), Face.TEXT, size)
    tone = Tone.ON_ACTION if step == now else Tone.QUIET_INK
    return Group(at, (disc, Words(at.centred(w, at.h), str(step), Face.TEXT, size, tone, Role.SMALL)))
