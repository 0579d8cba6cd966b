"""What is longer than its place: shown part by part, with a bar that says where one is.

A part begins where the one before would have cut a line, a button or a small panel in two, so that nothing is ever
seen by half.
"""

from screens.geometry import Rect
from screens.layout import Element, Kit
from screens.look import Tone
from screens.nodes import Drawing, Group, Node, Photo, Scrolled, Scroller, Shape, Sign, SignKind, Target, Words, walk
from screens.ruby import plain

SIDE_MM = 15.0
GAP_MM = 3.0
TOP_MM = 2.0
RAIL_MM = 2.0
LEAST_BAR_MM = 5.0


def scrolling(kit: Kit, at: Rect, content: Element) -> tuple[Node, ...]:
    """The content at the touch's offset; bar and two buttons at its right where it is longer than its place."""
    side, gap = kit.px(SIDE_MM), kit.px(GAP_MM)
    whole = content.height(at.w, kit)
    placed = content.place(Rect(at.x, at.y, at.w, max(whole, at.h)), kit)
    if whole <= at.h or len(_pages(placed, at.h, kit.px(TOP_MM))) == 1:  # what is cut off is nothing but room
        return (Scroller(at, (placed,), 0, (0,)),)
    low = at.h - 2 * side - 2 * gap < kit.px(LEAST_BAR_MM)
    w = at.w - side - gap - (kit.px(RAIL_MM) + gap if low else 0)
    inner = content.place(Rect(at.x, at.y, w, content.height(w, kit)), kit)
    pages = _pages(inner, at.h, kit.px(TOP_MM))
    offset = max(0, min(kit.touch.scroll, pages[-1]))
    end = next((page for page in pages if page > offset), offset + at.h)
    window = Rect(at.x, at.y, w, min(at.h, end - offset))
    placed = content.place(Rect(at.x, at.y - offset, w, inner.rect.h), kit)
    moved = Scroller(window, (placed,), offset, pages)
    column = Rect(at.right - side, at.y, side, at.h)
    track = Rect(
        column.x + side // 2 - kit.px(RAIL_MM) // 2, at.y + side + gap, kit.px(RAIL_MM), at.h - 2 * side - 2 * gap
    )
    if low:  # no room between the buttons: beside them
        track = Rect(window.right + gap // 2, at.y, track.w, at.h)
    return (moved, *_bar(kit, column, track, moved, inner.rect.h))


def _pages(content: Node, h: int, air: int) -> tuple[int, ...]:
    """Offsets at which parts begin: panels stay whole where that does not leave a part almost empty, lines always.

    A part begins with something to see, at most `air` pixels above it.
    """
    h = max(h, 1)
    nodes = [node for node in walk(content) if _unbroken(node, h)]
    whole = [_span(node, content, h) for node in walk(content) if _unbroken(node, h) or isinstance(node, Shape)]
    lines = [_span(node, content, h) for node in nodes if not isinstance(node, Shape)]
    pages = [0]
    while pages[-1] + h < content.rect.h:
        ends = (_end(pages[-1], h, spans) for spans in (whole, lines))
        end = next((end for end in ends if end - pages[-1] > h // 3), pages[-1] + h)
        first = min((max(top, end) for top, bottom in whole if bottom > end), default=end)
        first = min(first, min((top for top, _ in lines if top >= end), default=first) - air)
        pages.append(max(end, first))
    following = (*pages[1:], pages[-1] + h)
    seen = [
        page
        for page, end in zip(pages, following, strict=True)
        if any(top < min(end, page + h) and bottom > page for top, bottom in lines)
    ]
    return tuple(seen) or (0,)  # what shows nothing but margins is no part


def _unbroken(node: Node, h: int) -> bool:
    match node:
        case Words(text=text):
            return bool(text) and node.rect.h <= h
        case Sign() | Target() | Drawing() | Photo() | Shape():
            return node.rect.h <= h
        case _:
            return False


def _span(node: Node, content: Node, most: int) -> tuple[int, int]:
    """From where to where it stands; of what is longer than `most`, its beginning."""
    top = node.rect.y - content.rect.y
    return top, top + min(node.rect.h, most)


def _end(begin: int, h: int, spans: list[tuple[int, int]]) -> int:
    """The last place, at most `h` after `begin`, at which none of these is cut in two."""
    end = begin + h
    while cut := [top for top, bottom in spans if begin < top < end < bottom]:
        end = min(cut)
    return end


def _bar(kit: Kit, at: Rect, track: Rect, moved: Scroller, length: int) -> tuple[Node, ...]:
    """Two buttons in their column, and the rail with a thumb as long as what is seen of the whole."""
    side, gap = at.w, kit.px(GAP_MM)
    first = Rect(at.x, at.y, side, side)
    last = Rect(at.x, max(at.bottom, first.bottom + gap + side) - side, side, side)
    up = _arrow(kit, first, -1, SignKind.UP, kit.say("scroll.up"), dim=moved.offset == 0)
    down = _arrow(kit, last, 1, SignKind.DOWN, kit.say("scroll.down"), dim=moved.at_end)
    seen = max(kit.px(3), track.h * at.h // length)
    way = (track.h - seen) * moved.offset // max(1, moved.pages[-1])
    rail = Shape(track, Tone.ACTION_PALE, Tone.QUIET_FRAME, 1, track.w // 2)
    thumb = Shape(Rect(track.x, track.y + way, track.w, seen), Tone.ACTION, radius=track.w // 2)
    return (up, Group(track, (rail, thumb)), down)


def _arrow(kit: Kit, at: Rect, by: int, sign: SignKind, label: str, *, dim: bool) -> Node:
    act = Scrolled(by)
    fill = Tone.ACTION_PALE if kit.touch.pressed == act and not dim else Tone.GROUND
    line = Tone.QUIET_FRAME if dim else Tone.ACTION
    shape = Shape(at, fill, line, kit.px(0.5), kit.px(kit.look.theme.key_corner))
    return Target(at, act, plain(label), (shape, Sign(at.inset(at.w // 4), sign, line)), dim=dim)
