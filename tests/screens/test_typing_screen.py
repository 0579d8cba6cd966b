"""While something is typed nothing moves, neither words nor field nor the buttons that a finger may touch twice."""

from dataclasses import replace
from itertools import pairwise, product

import pytest

from kiosk.events import Action, KeyTapped, Tapped
from kiosk.views import Chrome, Keyboard, Scene, Typing, TypingView
from kiosk.visit import Language, TextSize
from screens import keyboards
from screens.geometry import Rect
from screens.heading import REMARKS
from screens.look import Look, Role, Tone
from screens.nodes import Group, LayerShown, Node, Shape, Words, targets, walk
from screens.registry import arrange
from tests.screens.checks import parts
from tests.screens.glasses import fonts, look, panels
from tests.screens.samples import TYPINGS

LOOKS = tuple(look(panel, language, size) for panel, language, size in product(panels(), Language, TextSize))
EVERY_LOOK = pytest.mark.parametrize(
    "glass", LOOKS, ids=lambda k: f"{k.panel.width_px}-{k.language.value}-{k.preferences.text_size.name}"
)
AIR_MM = 1.0
LETTERS_APART_MM = 0.8  # from the frame of their field
KEYBOARDS = tuple({(view.typing, view.keyboard): replace(view, text="9", remark=None) for view in TYPINGS}.values())
"""Each field on each of its keyboards."""


def scene(view: TypingView) -> Scene:
    return Scene(Chrome(4, help=True), view)


def arranged(view: TypingView, glass: Look) -> Node:
    return arrange(scene(view), glass, fonts())


def outlined(tree: Node, tone: Tone) -> list[Rect]:
    return [n.rect for n in walk(tree) if isinstance(n, Shape) and n.fill is tone]


def field(tree: Node) -> Rect:
    """The yellow ring around it."""
    (ring,) = outlined(tree, Tone.FOCUS)
    return ring


def written(tree: Node) -> dict[str, Rect]:
    """Lines that are neither on a button or in the header nor typed."""
    assert isinstance(tree, Group)
    *within, _ = tree.parts
    own = {id(part) for target, _ in targets(tree) for part in walk(target)}
    lines = (n for part in within for n in walk(part) if isinstance(n, Words) and id(n) not in own)
    return {line.text: line.rect for line in lines if line.role is not Role.NUMBER}


@EVERY_LOOK
@pytest.mark.parametrize("low", [False, True])
def test_the_first_letter_of_a_receipt_number_moves_neither_words_nor_field(glass: Look, low: bool) -> None:
    how = replace(glass, preferences=replace(glass.preferences, controls_low=low))
    before = arranged(TypingView(Typing.RECEIPT, Keyboard.LETTERS, "", None, complete=False), how)
    after = arranged(TypingView(Typing.RECEIPT, Keyboard.DIGITS, "S", None, complete=False), how)
    assert len(written(before)) >= 3  # title, hint, example
    assert written(before) == written(after)
    one, other = field(before), field(after)
    assert (one.x, one.y, one.w) == (other.x, other.y, other.w)


@EVERY_LOOK
def test_a_remark_moves_nothing(glass: Look) -> None:
    for view in KEYBOARDS:
        plain = arranged(view, glass)
        for said in REMARKS[view.typing]:
            told = arranged(replace(view, remark=said), glass)
            assert field(told) == field(plain)
            assert [t.rect for t, _ in targets(told)] == [t.rect for t, _ in targets(plain)]


@EVERY_LOOK
def test_no_field_is_too_low_for_its_letters(glass: Look) -> None:
    for view in (*KEYBOARDS, *TYPINGS):
        tree = arranged(view, glass)
        inner = field(tree).inset(glass.px(LETTERS_APART_MM))
        lines = [n.rect for n in walk(tree) if isinstance(n, Words) and field(tree).overlaps(n.rect)]
        assert all(inner.contains(line) for line in lines), view


@EVERY_LOOK
def test_a_remark_has_air_around_it(glass: Look) -> None:
    for view in KEYBOARDS:
        for said in REMARKS[view.typing]:
            tree = arranged(replace(view, remark=said), glass)
            (patch,) = outlined(tree, Tone.CAREFUL)
            inner = patch.inset(glass.px(AIR_MM) - 1)
            lines = [n for n in walk(tree) if isinstance(n, Words) and patch.overlaps(n.rect)]
            assert lines
            for line in lines:
                assert all(inner.contains(rect) for rect in (line.rect, *(r.rect for r in line.readings)))


@EVERY_LOOK
def test_an_example_is_on_the_glass_in_one_piece_whatever_is_remarked(glass: Look) -> None:
    for keyboard, said in product((Keyboard.LETTERS, Keyboard.DIGITS), (None, *REMARKS[Typing.RECEIPT])):
        tree = arranged(TypingView(Typing.RECEIPT, keyboard, "", said, complete=False), glass)
        assert any("S0101-20230101102030-12345" in line for line in written(tree))


@pytest.mark.parametrize("panel", panels())
@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("size", TextSize)
def test_under_a_key_to_other_keys_stands_no_other_button(panel: str, language: Language, size: TextSize) -> None:
    """Who touches it twice is not asked whether to stop."""
    stop = Tapped(Action.CANCEL)
    for view in TYPINGS:
        found = [list(targets(tree)) for tree in parts(scene(view), look(panel, language, size))]
        shown = [rect for layer in found for target, rect in layer if isinstance(target.act, LayerShown)]
        assert not any(rect.overlaps(other) for layer in found for t, rect in layer if t.act == stop for other in shown)


@pytest.mark.parametrize("panel", panels())
@pytest.mark.parametrize("size", TextSize)
def test_every_layer_has_each_key_once_and_no_hole_among_its_letters(panel: str, size: TextSize) -> None:
    ats = {KeyTapped("@"), KeyTapped(keyboards.DOMAINS[0][0])}
    for view in (TYPINGS[0], TYPINGS[9]):
        for tree in parts(scene(view), look(panel, Language.JA, size)):
            keys = [target for target, _ in targets(tree) if target.key]
            acts = {target.act for target in keys}
            assert len(acts) == len(keys)
            assert acts & ats
            for row in {target.rect.y for target in keys}:
                beside = sorted((t.rect for t in keys if t.rect.y <= row < t.rect.bottom), key=lambda rect: rect.x)
                gaps = [b.x - a.right for a, b in pairwise(beside)]
                assert max(gaps) <= look(panel).px(3.0) + 1


@EVERY_LOOK
def test_the_mail_domains_are_written_alike(glass: Look) -> None:
    domains = {domain for row in keyboards.DOMAINS for domain in row}
    for tree in parts(scene(TYPINGS[0]), glass):
        sizes = {n.size for n in walk(tree) if isinstance(n, Words) and n.text in domains}
        assert max(sizes, default=0) - min(sizes, default=0) <= 1  # pixel
