"""What is longer than its place: shown part by part, with a bar that says where one is.

Where parts begin is found by `screens.parting`.
"""

from dataclasses import replace

from screens.geometry import Rect
from screens.layout import Element, Kit
from screens.look import Tone
from screens.nodes import (
    Drawing,
    Group,
    Node,
    Photo,
    Scrolled,
    Scroller,
    Shape,
    Sign,
    SignKind,
    Target,
    Words,
    touchable,
    walk,
)
from screens.parting import pages
from screens.ruby import plain

SIDE_MM = 15.0
GAP_MM = 3.0
TOP_MM = 2.0
RAIL_MM = 2.0
LEAST_BAR_MM = 5.0


def scrolling(kit: Kit, at: Rect, content: Element) -> tuple[Node, ...]:
    """The content at the touch's offset; bar and two buttons at its right where it is longer than its place.

    At rest one part is seen and nothing of the next; while a finger takes it along, all that has room. With the
    controls low, a last part in which something can be touched stands at the bottom.
    """
    whole = content.height(at.w, kit)
    if whole <= at.h:
        return (Scroller(at, (content.place(at, kit),), 0, (0,), at),)
    only, *more = _parted(kit, at, content)
    if not more:  # what is cut off is nothing but room
        placed = content.place(Rect(at.x, at.y - only, at.w, whole), kit)
        return (Scroller(at, (_closed(placed, at),), only, (only,), at),)
    w = beside_bar(kit, at)
    room = Rect(at.x, at.y, w, at.h)
    begins = _parted(kit, room, content)
    offset = max(begins[0], min(kit.touch.scroll, begins[-1]))
    length = content.height(w, kit)
    end = next((begin for begin in begins if begin > offset), length)
    placed = content.place(Rect(at.x, at.y - offset, w, length), kit)
    down = _down(placed, room, length, begins, offset) if kit.look.preferences.controls_low else 0
    if down:
        placed = content.place(Rect(at.x, at.y + down - offset, w, length), kit)
    window = Rect(at.x, at.y + down, w, min(at.h - down, end - offset)) if offset in begins else room
    return _barred(kit, at, Scroller(window, (_closed(placed, window),), offset, begins, room), length)


def _down(node: Node, room: Rect, length: int, begins: tuple[int, ...], offset: int) -> int:
    """By how many pixels the last part stands lower; on the way to it, by a share of that, so that nothing leaps."""
    *_, before, last = begins
    free = room.h - (length - last)
    if free <= 0 or offset <= before:
        return 0
    seen = Rect(room.x, room.y - offset + last, room.w, length - last)
    if not touchable(node, seen):
        return 0
    return free * (offset - before) // (last - before)


def panning(kit: Kit, at: Rect, picture: Element) -> tuple[Node, ...]:
    """The same of one picture: its parts overlap, so that a line of print that one cuts is whole in the next."""
    window = Rect(at.x, at.y, beside_bar(kit, at), at.h)
    length = picture.height(window.w, kit)
    beyond = length - at.h
    if beyond <= 0:
        return (picture.place(at, kit),)
    steps = -(-beyond // (at.h * 7 // 8))
    begins = tuple(beyond * step // steps for step in range(steps + 1))
    offset = max(0, min(kit.touch.scroll, beyond))
    placed = picture.place(Rect(at.x, at.y - offset, window.w, length), kit)
    return _barred(kit, at, Scroller(window, (placed,), offset, begins, window), length)


def beside_bar(kit: Kit, at: Rect) -> int:
    """The width that is left."""
    return at.w - kit.px(SIDE_MM) - kit.px(GAP_MM) - (kit.px(RAIL_MM) + kit.px(GAP_MM) if _low(kit, at) else 0)


def _low(kit: Kit, at: Rect) -> bool:
    """No room for the rail between the buttons: it stands beside them."""
    return at.h - 2 * kit.px(SIDE_MM) - 2 * kit.px(GAP_MM) < kit.px(LEAST_BAR_MM)


def _barred(kit: Kit, at: Rect, moved: Scroller, length: int) -> tuple[Node, ...]:
    """With the bar at the right of the whole place."""
    side, gap = kit.px(SIDE_MM), kit.px(GAP_MM)
    column = Rect(at.right - side, at.y, side, at.h)
    track = Rect(
        column.x + side // 2 - kit.px(RAIL_MM) // 2, at.y + side + gap, kit.px(RAIL_MM), at.h - 2 * side - 2 * gap
    )
    if _low(kit, at):
        track = Rect(moved.rect.right + gap, at.y, track.w, at.h)
    return (moved, *_bar(kit, column, track, moved, length))


def _closed(node: Node, window: Rect) -> Node:
    """Panels end with the window, corners and all, instead of being cut; one of which only room would be seen is left
    away.
    """
    if not isinstance(node, Group):
        return node
    panel = node.parts[0] if node.parts else None
    if isinstance(panel, Shape) and (panel.fill or panel.line) and not window.contains(panel.rect):
        if not any(_shows(leaf, window) for part in node.parts[1:] for leaf in walk(part)):
            return Group(node.rect, ())
        return Group(node.rect, tuple(_trimmed(part, window) for part in node.parts), node.clip)
    return Group(node.rect, tuple(_closed(part, window) for part in node.parts), node.clip)


def _trimmed(part: Node, window: Rect) -> Node:
    return replace(part, rect=part.rect.common(window)) if isinstance(part, Shape) else part


def _shows(leaf: Node, window: Rect) -> bool:
    """Whether at least half of it is seen, or it fills half of the window."""
    if not isinstance(leaf, Words | Target | Sign | Drawing | Photo):
        return False
    return leaf.rect.h > 0 and 2 * leaf.rect.common(window).h >= min(leaf.rect.h, window.h)


def _parted(kit: Kit, window: Rect, content: Element) -> tuple[int, ...]:
    """The offsets at which its parts begin in this window: the same wherever it has been moved to."""

    def at_rest(at: Rect, kit: Kit) -> Node:
        placed = content.place(Rect(at.x, at.y, at.w, content.height(at.w, kit)), kit)
        return Scroller(at, (placed,), 0, pages(placed, at.h, kit.px(TOP_MM)), at)

    found = kit.once(content, window, at_rest, "at rest")
    assert isinstance(found, Scroller)
    return found.pages


def _bar(kit: Kit, at: Rect, track: Rect, moved: Scroller, length: int) -> tuple[Node, ...]:
    """Two buttons in their column, and the rail with a thumb as long as what is seen of the whole."""
    side, gap = at.w, kit.px(GAP_MM)
    first = Rect(at.x, at.y, side, side)
    last = Rect(at.x, max(at.bottom, first.bottom + gap + side) - side, side, side)
    up = _arrow(kit, first, -1, SignKind.UP, kit.say("scroll.up"), dim=moved.offset <= moved.pages[0])
    down = _arrow(kit, last, 1, SignKind.DOWN, kit.say("scroll.down"), dim=moved.at_end)
    seen = max(kit.px(3), min(track.h * at.h // length, track.h - track.h // (2 * len(moved.pages))))
    way = (track.h - seen) * moved.offset // max(1, moved.pages[-1])
    rail = Shape(track, Tone.ACTION_PALE, Tone.QUIET_FRAME, 1, track.w // 2)
    thumb = Shape(Rect(track.x, track.y + way, track.w, seen), Tone.ACTION, radius=track.w // 2)
    return (up, Group(track, (rail, thumb)), down)


def _arrow(kit: Kit, at: Rect, by: int, sign: SignKind, label: str, *, dim: bool) -> Node:
    act = Scrolled(by)
    line = Tone.QUIET_FRAME if dim else Tone.ACTION
    fill, ink = (Tone.CHOSEN, Tone.ON_CHOSEN) if kit.touch.pressed == act and not dim else (Tone.GROUND, line)
    dash = kit.px(1.6) if dim and kit.look.preferences.high_contrast else 0
    shape = Shape(at, fill, line, kit.px(0.5), kit.px(kit.look.theme.key_corner), dash)
    return Target(at, act, plain(label), (shape, Sign(at.inset(at.w // 4), sign, ink)), dim=dim)
