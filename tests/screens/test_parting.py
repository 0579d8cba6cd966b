"""What is longer than the glass is parted where somebody who reads would pause, and what is compared is seen together.

Here: the largest letters, where nearly everything that scrolls does so. Every text size is part of `make sweep`.
"""

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.states import Remark
from kiosk.views import (
    AddressDiffersView,
    AttractView,
    BlankView,
    Chrome,
    ConsentView,
    DocumentView,
    DoneView,
    LeaveView,
    PostponedView,
    Scene,
    StaffView,
)
from kiosk.visit import Language, TextSize
from screens.done import grouped
from screens.geometry import Rect
from screens.look import Face, Look, Role, Tone
from screens.nodes import Group, Node, Shape, Words, scroller, walk
from screens.parting import pages
from tests.screens.checks import name, parts, visible
from tests.screens.glasses import look
from tests.screens.samples import LONG_ADDRESS, SAMPLES, TITLES

PANELS = ("10.1-landscape", "15.6-landscape", "10.1-portrait")
AT_ONCE = (AddressDiffersView, AttractView, LeaveView, PostponedView, StaffView)
"""To be compared, to be photographed, or read by who has not begun or wants to stop."""


def line(y: int, text: str = "一行", high: int = 10) -> Words:
    return Words(Rect(0, y, 100, high), text, Face.TEXT, 8, Tone.INK, Role.BODY)


def text(y: int, *lines: str) -> Group:
    return Group(Rect(0, y, 100, 10 * len(lines)), tuple(line(y + 10 * i, each) for i, each in enumerate(lines)))


def column(*nodes: Node) -> Group:
    return Group(Rect(0, 0, 100, max(node.rect.bottom for node in nodes)), nodes)


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("language", Language)
def test_a_remark_that_appears_parts_nothing_anew(panel: str, language: Language) -> None:
    """What is agreed to, and why it must be, is seen where the finger has just been."""
    for size, read in product((TextSize.LARGE, TextSize.LARGEST), product((False, True), repeat=2)):
        begins = set()
        for remark in (None, Remark.AGREE_FIRST):
            scene = Scene(Chrome(1), ConsentView(TITLES, read, agreed=False, remark=remark))
            begins.add(tuple(page.offset for page in map(scroller, parts(scene, look(panel, language, size))) if page))
        assert len(begins) == 1


def test_a_sentence_goes_to_the_next_part_rather_than_be_parted() -> None:
    content = column(text(0, "始めの文です。", "次の文は長く、", "三行に", "なります。"))
    assert pages(content, 32, 0) == (0, 10)


def test_a_sentence_that_is_longer_than_the_glass_is_parted_between_its_lines() -> None:
    assert pages(column(text(0, "とても", "長い", "文が", "続きます。")), 25, 0) == (0, 20)


def test_a_heading_is_not_left_alone() -> None:
    panel = Group(
        Rect(0, 30, 100, 40),
        (Shape(Rect(0, 30, 100, 40), Tone.PANEL), line(30, "件名"), *text(40, "一", "二", "三").parts),
    )
    assert pages(column(text(0, "前の文は、", "二行あります。"), panel), 42, 0)[:2] == (0, 30)
    long = Group(
        Rect(0, 20, 100, 60), (Shape(Rect(0, 20, 100, 60), Tone.PANEL), line(20, "宛先"), text(30, *"一二三四五"))
    )
    assert pages(column(text(0, "前の文は、", "二行です。"), long), 35, 0)[1] == 20


def test_two_columns_are_parted_where_neither_is_cut() -> None:
    left, right = text(0, "一。", "二。", "三。"), Group(Rect(50, 5, 50, 10), (line(5),))
    assert pages(column(left, right), 20, 0) == (0, 20)


@given(st.lists(st.tuples(st.integers(1, 40), st.integers(0, 30)), min_size=1, max_size=30), st.integers(40, 120))
def test_every_line_is_seen_whole_in_some_part_and_none_is_skipped(rows: list[tuple[int, int]], high: int) -> None:
    y, lines = 0, []
    for tall, gap in rows:
        lines.append(line(y, high=tall))
        y += tall + gap
    begins = pages(column(*lines), high, 5)
    assert list(begins) == sorted(set(begins))
    ends = [min(begin + high, *(later for later in begins if later > begin), begin + high) for begin in begins]
    for each in lines:
        assert any(begin <= each.rect.y and each.rect.bottom <= end for begin, end in zip(begins, ends, strict=True))


def _texts(tree: Node) -> Iterator[Group]:
    """In what scrolls: everything that is nothing but lines."""
    moving = scroller(tree)
    for node in walk(moving) if moving is not None else ():
        if isinstance(node, Group) and node.parts and all(isinstance(part, Words) for part in node.parts):
            yield node


def _sentences(group: Group) -> Iterator[tuple[str, ...]]:
    """The lines of each."""
    lines: list[str] = []
    for part in group.parts:
        lines.append(part.text if isinstance(part, Words) else "")
        if lines[-1].endswith(("。", ".", "?")) or part is group.parts[-1]:
            yield tuple(lines)
            lines = []


def parted(scene: Scene, how: Look) -> set[str]:
    """Sentences that are parted although there is room for all of their lines."""
    trees = list(parts(scene, how))
    moving = scroller(trees[0])
    if moving is None or len(moving.pages) < 2:
        return set()
    shown = [[line.text for line in visible(tree)] for tree in trees]
    room = how.panel.height_px - moving.rect.y - how.px(28.5)
    found = set()
    for group in _texts(trees[0]):
        step = group.parts[0].rect.h
        for sentence in _sentences(group):
            if len(sentence) * step <= room and not any(set(sentence) <= set(lines) for lines in shown):
                found.add(f"{name(scene)}: {sentence} is parted")
    return found


def _faults(panel: str, language: Language, size: TextSize) -> set[str]:
    how = look(panel, language, size)
    scenes = [s for s in SAMPLES if not isinstance(s.view, BlankView | DocumentView)]
    return {fault for scene in scenes for fault in parted(scene, how)}


@pytest.mark.parametrize(("panel", "language"), [("10.1-landscape", Language.JA), ("10.1-landscape", Language.EASY)])
def test_no_sentence_is_parted_that_has_room_in_one_part(panel: str, language: Language) -> None:
    assert _faults(panel, language, TextSize.LARGEST) == set()


@pytest.mark.sweep
@pytest.mark.parametrize(("panel", "language", "size"), [*product(PANELS, Language, TextSize)])
def test_no_sentence_is_parted_at_any_size(panel: str, language: Language, size: TextSize) -> None:
    assert _faults(panel, language, size) == set()


@pytest.mark.parametrize(("panel", "language", "size"), [*product(PANELS, Language, TextSize)])
def test_what_is_read_together_stands_together(panel: str, language: Language, size: TextSize) -> None:
    scenes = [scene for scene in SAMPLES if isinstance(scene.view, AT_ONCE)]
    counts = {name(scene): len(list(parts(scene, look(panel, language, size)))) for scene in scenes}
    assert counts == dict.fromkeys(counts, 1)


@pytest.mark.parametrize(("panel", "language"), [*product(PANELS, Language)])
def test_the_number_of_an_application_stands_at_once_and_whole(panel: str, language: Language) -> None:
    for scene in (scene for scene in SAMPLES if isinstance(scene.view, DoneView) and scene.view.number):
        assert isinstance(scene.view, DoneView)
        assert scene.view.number is not None
        first = next(iter(parts(scene, look(panel, language, TextSize.LARGEST))))
        assert grouped(scene.view.number) in {line.text for line in visible(first)}


def test_addresses_that_are_longer_than_the_glass_are_compared_line_by_line() -> None:
    first = (LONG_ADDRESS * 4).replace("@", "")[:200]
    scene = Scene(Chrome(1), AddressDiffersView(first, first[:150] + "x" + first[151:], 150))
    trees = list(parts(scene, look(text_size=TextSize.LARGEST)))
    assert len(trees) > 1
    for tree in trees:
        letters = [line.text for line in visible(tree) if line.face is Face.DIGITS]
        assert len(letters) % 2 == 0
        for one, other in zip(letters[::2], letters[1::2], strict=True):
            assert len(one) == len(other)
            assert sum(a != b for a, b in zip(one, other, strict=True)) <= 1


@pytest.mark.parametrize(("panel", "size"), [*product(PANELS, TextSize)])
def test_no_furigana_stand_in_the_header(panel: str, size: TextSize) -> None:
    """They would be too small to be read there: the words are kana."""
    how = look(panel, Language.EASY, size)
    once = {(scene.chrome, type(scene.view)): scene for scene in SAMPLES if not isinstance(scene.view, BlankView)}
    for scene in once.values():
        tree = next(parts(scene, how))
        assert isinstance(tree, Group)
        assert not any(isinstance(node, Words) and node.readings for node in walk(tree.parts[-1])), name(scene)
