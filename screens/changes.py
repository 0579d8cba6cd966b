"""Where a picture differs from the one before it.

Two trees are compared part by part; where two parts are not the same, both leave a mark: what stood there has to go,
what stands there now has to come. A mark is as large as what is drawn, which may be more than the rectangle that was
placed: letters are higher than their line, strokes end in round caps.
"""

from collections.abc import Iterator, Sequence

from screens.geometry import Rect
from screens.nodes import Drawing, Group, Leaf, Node, Parted, Photo, Scroller, Shape, Sign, Words

MOST = 6
"""More rectangles than these are painted as one: each costs a walk through the tree."""

MANY = 40
"""More marks than these are not looked at one by one."""

EVERY: tuple[type[Leaf], ...] = (Words, Shape, Sign, Drawing, Photo)


def extent(leaf: Leaf) -> Rect:
    """All the pixels that the painter may touch for it."""
    match leaf:
        case Words(rect=rect, size=size):
            return rect.inset(-(size // 2))
        case Sign(rect=rect):
            return rect.inset(-max(3, rect.w // 8))
        case Photo(rect=rect):
            return rect.inset(-max(4, rect.h // 90))
        case _:
            return leaf.rect


def leaves(node: Node, seen: Rect, kinds: tuple[type[Leaf], ...] = EVERY) -> Iterator[tuple[Leaf, Rect]]:
    """What is drawn of these kinds, each with its extent within what is `seen` of it."""
    waiting = [(node, seen)]
    while waiting:
        found, within = waiting.pop()
        if isinstance(found, Parted):
            within = within.common(found.rect) if _clips(found) else within
            waiting.extend([(part, within) for part in reversed(found.parts)])
        elif isinstance(found, kinds):
            rect = extent(found)
            if not within.contains(rect):
                rect = rect.common(within)
            if rect.w and rect.h:
                yield found, rect


def changes(before: Node, after: Node, seen: Rect) -> Iterator[Rect]:
    """Rectangles outside of which the picture of `after` is the picture of `before`."""
    if before is after:
        return
    if isinstance(before, Parted) and isinstance(after, Parted):
        if _frame(before) == _frame(after):
            within = seen.common(after.rect) if _clips(after) else seen
            yield from _among(before.parts, after.parts, within)
            return
    elif before == after:
        return
    yield from _marks((before, after), seen)


def _among(before: Sequence[Node], after: Sequence[Node], seen: Rect) -> Iterator[Rect]:
    """Where one has more parts than the other, the first and the last are compared: ground and header are the same
    behind and in front of anything.
    """
    if len(before) == len(after):
        for old, new in zip(before, after, strict=True):
            yield from changes(old, new, seen)
    elif min(len(before), len(after)) >= 2:
        yield from changes(before[0], after[0], seen)
        yield from _marks((*before[1:-1], *after[1:-1]), seen)
        yield from changes(before[-1], after[-1], seen)
    else:
        yield from _marks((*before, *after), seen)


def _marks(nodes: Sequence[Node], seen: Rect) -> Iterator[Rect]:
    """Of all that is drawn of them."""
    return (rect for node in nodes for _, rect in leaves(node, seen))


def together(marks: Sequence[Rect], whole: Sequence[Rect]) -> list[Rect]:
    """The same pixels and some more, none of them twice; what should stay `whole` is in one of them or in none.

    Of many marks one is made at once: that is another picture, and to join them would take longer than to paint it.
    """
    if len(marks) > MANY:
        return together([_around(marks)], whole)
    apart: list[Rect] = []
    for each in marks:
        rect = each
        while touching := [other for other in (*apart, *whole) if other.overlaps(rect) and not rect.contains(other)]:
            rect = _around([rect, *touching])
        apart = [other for other in apart if not rect.contains(other)]
        apart.append(rect)
    return apart if len(apart) <= MOST else together([_around(apart)], whole)


def _frame(node: Parted) -> tuple[Rect, bool]:
    return node.rect, _clips(node)


def _clips(node: Node) -> bool:
    return isinstance(node, Scroller) or (isinstance(node, Group) and node.clip)


def _around(rects: Sequence[Rect]) -> Rect:
    x, y = min(rect.x for rect in rects), min(rect.y for rect in rects)
    return Rect(x, y, max(rect.right for rect in rects) - x, max(rect.bottom for rect in rects) - y)
