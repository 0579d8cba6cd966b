"""Every view, in every language, at every text size, on every panel: nothing overflows, overlaps or is too small."""

from collections.abc import Iterator
from itertools import combinations

import pytest

from kiosk.events import Action, Tapped
from kiosk.views import BlankView, Keyboard, PasswordView, Scene, TypingView
from kiosk.visit import Language, TextSize
from screens.geometry import Rect
from screens.layout import Touch
from screens.look import SMALLEST, Look
from screens.nodes import Node, Scrolled, Scroller, Target, Words, scroller, spoken, targets, walk
from screens.registry import arrange
from screens.ruby import BEGIN, LEAST_MM
from tests.screens.glasses import fonts, look
from tests.screens.samples import SAMPLES

PANELS = ("10.1-landscape", "15.6-landscape", "10.1-portrait")
SLACK_MM = 0.2  # a pixel of rounding

LOOKS = [
    pytest.param(panel, language, size, id=f"{panel}-{language.value}-{size.name.lower()}")
    for panel in PANELS
    for language in Language
    for size in TextSize
]


def _parts(scene: Scene, how: Look) -> Iterator[Node]:
    """The picture, part by part where it scrolls."""
    tree = arrange(scene, how, fonts(), Touch(seconds_left=30))
    yield tree
    moving = scroller(tree)
    for offset in moving.pages[1:] if moving is not None else ():
        yield arrange(scene, how, fonts(), Touch(scroll=offset, seconds_left=30))


def _name(scene: Scene) -> str:
    return f"{type(scene.view).__name__} {getattr(scene.view, 'typing', '')}"


def _all(panel: str, language: Language, size: TextSize) -> Iterator[tuple[Scene, Look, Node]]:
    how = look(panel, language, size)
    for scene in SAMPLES:
        if not isinstance(scene.view, BlankView):
            for part in _parts(scene, how):
                yield scene, how, part


@pytest.mark.parametrize(("panel", "language", "size"), LOOKS)
def test_a_screen_fits(panel: str, language: Language, size: TextSize) -> None:
    found = []
    for scene, how, tree in _all(panel, language, size):
        name = _name(scene)
        found += [
            f"{name}: {what}"
            for what in (*_outside(tree, how), *_overlapping(tree), *_lettering(tree, how), *_furigana(tree, how))
        ]
        found += [f"{name}: {what}" for what in (*_too_small(scene, tree, how), *_too_close(scene, tree, how))]
        found += [f"{name}: {what}" for what in _one_way_on(scene, tree)]
    assert sorted(set(found)) == []


def _outside(tree: Node, how: Look) -> Iterator[str]:
    """What leaves the glass, and lines that are cut by the edge of what scrolls."""
    glass = how.panel.glass
    moving = scroller(tree)
    inner = set(map(id, walk(moving))) if moving is not None else set()
    for node in walk(tree):
        if id(node) not in inner and not glass.contains(node.rect):
            yield f"{type(node).__name__} at {node.rect} leaves the glass"
        if moving is not None and id(node) in inner and isinstance(node, Words):
            seen = node.rect.common(moving.rect)
            cut = 0 < seen.h < node.rect.h - 1 and node.rect.overlaps(moving.rect)
            if cut or (seen.h and seen.w < node.rect.w - 1):
                yield f"a line is cut in two at {node.rect}"


def _visible(tree: Node) -> list[Words]:
    moving = scroller(tree)
    inner = set(map(id, walk(moving))) if moving is not None else set()
    lines = [n for n in walk(tree) if isinstance(n, Words)]
    return [n for n in lines if id(n) not in inner or (moving is not None and moving.rect.contains(n.rect))]


def _ink(line: Words) -> Rect:
    """The letters themselves, without the air above and below."""
    return line.letters.centred(line.rect.w, min(line.letters.h, line.size * 8 // 10)).inset(1)


def _inks(tree: Node) -> Iterator[tuple[Words, str, Rect]]:
    """What is seen written: each line and each reading above it, with the rectangle of its letters."""
    for line in _visible(tree):
        yield line, line.text, _ink(line)
        for reading in line.readings:
            yield line, reading.text, reading.rect.inset(1, reading.size // 8)


def _overlapping(tree: Node) -> Iterator[str]:
    inks = list(_inks(tree))
    for (_, one, a), (_, other, b) in combinations(inks, 2):
        if a.overlaps(b):
            yield f"{len(one)} and {len(other)} letters overlap at {b}"
    for target, rect in targets(tree):
        own = set(map(id, walk(target)))
        for line, _, ink in inks:
            if id(line) not in own and ink.overlaps(rect):
                yield f"a line stands on {target.label!r}"
            if id(line) in own and not target.rect.inset(-1).contains(ink):
                yield f"the label leaves {target.label!r}"


def _furigana(tree: Node, how: Look) -> Iterator[str]:
    """Large enough, directly above their own line, and no wider than it; nothing is said or shown twice."""
    for line in _visible(tree):
        for reading in line.readings:
            if reading.size < fonts().size(how.px(LEAST_MM) - 1):
                yield f"furigana of {how.panel.mm(reading.size) * 0.765:.1f} mm"
            if reading.rect.x < line.rect.x or reading.rect.right > line.rect.right or reading.rect.y < line.rect.y - 1:
                yield f"furigana beside their line at {reading.rect}"
            if reading.size > line.size * 6 // 10:
                yield "furigana as large as text"
    if any(BEGIN in words for words in spoken(tree)):
        yield "a reading is said beside its word"


def _lettering(tree: Node, how: Look) -> Iterator[str]:
    least = how.px(SMALLEST) - 1
    for line in _visible(tree):
        size = fonts().size(least, line.face)
        if line.size < size:
            yield f"letters of {how.panel.mm(line.size) * 0.765:.1f} mm"


def _keypad(scene: Scene) -> bool:
    view = scene.view
    return isinstance(view, PasswordView) or (isinstance(view, TypingView) and view.keyboard is Keyboard.DIGITS)


def _least(scene: Scene, target: Target, how: Look) -> tuple[float, float]:
    if target.key and how.upright and isinstance(scene.view, TypingView) and scene.view.keyboard is Keyboard.MAIL:
        return 11.0, 14.0
    if target.key and _keypad(scene):
        return 20.0, 20.0
    if target.primary:
        return 20.0, 20.0
    return 15.0, 15.0


def _too_small(scene: Scene, tree: Node, how: Look) -> Iterator[str]:
    moving = scroller(tree)
    inner = set(map(id, walk(moving))) if moving is not None else set()
    for target, seen in targets(tree):
        wide, high = _least(scene, target, how)
        if id(target) in inner and seen.h < target.rect.h:
            yield f"{target.label!r} is cut in two"
        elif how.panel.mm(target.rect.w) < wide - SLACK_MM or how.panel.mm(target.rect.h) < high - SLACK_MM:
            yield f"{target.label!r} is {how.panel.mm(target.rect.w):.1f} x {how.panel.mm(target.rect.h):.1f} mm"


def _too_close(scene: Scene, tree: Node, how: Look) -> Iterator[str]:
    for (one, a), (other, b) in combinations(targets(tree), 2):
        least = 3.0
        if one.key and other.key and how.upright and isinstance(scene.view, TypingView):
            least = 2.0
        elif one.key and other.key and _keypad(scene):
            least = 4.0
        gap = max(a.x - b.right, b.x - a.right, a.y - b.bottom, b.y - a.bottom)
        if how.panel.mm(gap) < least - SLACK_MM:
            yield f"{one.label!r} and {other.label!r} are {how.panel.mm(gap):.1f} mm apart"


def _one_way_on(scene: Scene, tree: Node) -> Iterator[str]:
    spots = [target for target, _ in targets(tree)]
    if sum(target.primary for target in spots) > 1:
        yield "more than one primary button"
    moving = scroller(tree)
    within = set(map(id, walk(moving))) if moving is not None else set()
    if any(id(target) in within for target in spots if target.primary):
        yield "the primary button scrolls"
    back = any(target.act == Tapped(Action.BACK) for target in spots)
    if scene.chrome.back and not back:
        yield "no way back"
    if moving is not None and len(moving.pages) > 1 and not any(isinstance(t.act, Scrolled) for t in spots):
        yield "longer than the glass, without buttons to scroll"
    if moving is not None and sum(isinstance(n, Scroller) for n in walk(tree)) > 1:
        yield "more than one thing scrolls"
