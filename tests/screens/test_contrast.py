"""Contrast, computed from painted pixels: what is written stands out 10:1, what is drawn 3:1, in both themes.

Of a line the two most frequent colours in its letters' rectangle are its ground and its ink: shades at the edges of
strokes are many, but each is rare. Of a target the frame is compared with what lies before it and behind it.
"""

from collections.abc import Iterator
from itertools import product

import numpy as np
import numpy.typing as npt
import pytest

from kiosk.events import KeyTapped
from kiosk.ports import Frame
from kiosk.views import (
    AddressDiffersView,
    BlankView,
    BusyView,
    FarewellView,
    Scene,
    TroubleView,
)
from kiosk.visit import Language, TextSize
from screens.geometry import Rect
from screens.layout import Element, Kit, Touch
from screens.look import Look, Tone
from screens.nodes import Node, Photo, Scrolled, Scroller, Shape, Sign, Target, targets, walk
from screens.pieces import Boxed, Patch, PatchKind, Text
from screens.registry import arrange
from tests.screens.checks import name, parts, visible
from tests.screens.glasses import fonts, look, panels
from tests.screens.painting import painted
from tests.screens.samples import SAMPLES

TEXT, DRAWN = 10.0, 3.0
PURE = 8  # what is drawn large and made smaller loses a few steps of white
SOME = tuple(
    scene
    for i, scene in enumerate(SAMPLES)
    if not isinstance(scene.view, BlankView)
    and not (isinstance(scene.view, BusyView | FarewellView | TroubleView) and i % 7)  # they differ in words only
)


def luminance(colours: npt.NDArray[np.uint8]) -> npt.NDArray[np.float64]:
    """As WCAG defines it, of RGB in the last axis."""
    parts_of_one = colours.astype(np.float64) / 255
    linear = np.where(parts_of_one <= 0.04045, parts_of_one / 12.92, ((parts_of_one + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ np.array([0.2126, 0.7152, 0.0722]))


def contrast(one: npt.NDArray[np.uint8], other: npt.NDArray[np.uint8]) -> float:
    dark, light = sorted((float(luminance(one)), float(luminance(other))))
    return (light + 0.05) / (dark + 0.05)


def _cut(picture: Frame, at: Rect) -> Frame:
    return picture[max(0, at.y) : at.bottom, max(0, at.x) : at.right]


def _two(picture: Frame) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
    """The two most frequent colours."""
    packed = picture.reshape(-1, 3).astype(np.uint32) @ np.array([65536, 256, 1], np.uint32)
    values, counts = np.unique(packed, return_counts=True)
    first, second = values[np.argsort(counts)[::-1][:2]]
    return _unpacked(int(first)), _unpacked(int(second))


def _unpacked(packed: int) -> npt.NDArray[np.uint8]:
    return np.array([packed >> 16, packed >> 8 & 255, packed & 255], np.uint8)


def _faint(tree: Node, picture: Frame) -> Iterator[str]:
    for line in visible(tree):
        if not line.text.strip() or line.text == "|":
            continue
        letters = line.letters.centred(line.rect.w, line.size)
        if len(line.text) == 1 and line.text.isdigit():  # a number in a circle: without the circle
            letters = letters.inset(letters.w // 6, letters.h // 6)
        found = contrast(*_two(_cut(picture, letters)))
        wanted = DRAWN if line.tone is Tone.QUIET_FRAME else TEXT  # places still to be filled are drawn, not said
        if found < wanted:
            yield f"a line of {len(line.text)} letters in {line.tone.value} stands out {found:.1f}:1"
    for target, seen in targets(tree):
        if seen == target.rect and not any(isinstance(part, Target) for part in target.parts):
            found = _frame(target, picture)
            if found < DRAWN:
                yield f"the edge of {target.label!r} stands out {found:.1f}:1"
    moving = [node for node in walk(tree) if isinstance(node, Scroller)]
    for sign in walk(tree):
        hidden = any(sign in walk(each) and not each.rect.contains(sign.rect) for each in moving)
        if isinstance(sign, Sign) and not hidden and contrast(*_two(_cut(picture, sign.rect))) < DRAWN:
            yield f"the sign {sign.kind.value} is faint"


def _frame(target: Target, picture: Frame) -> float:
    """Of the left edge, in the middle of its height, against what is before it."""
    shape = next((part for part in target.parts if isinstance(part, Shape)), None)
    at = target.rect if shape is None else shape.rect
    y, line = at.middle[1], 2
    if at.x < 3:
        return TEXT
    return max(contrast(picture[y, at.x - 2], picture[y, at.x + i]) for i in range(line))


def _coloured(tree: Node, picture: Frame) -> Iterator[str]:
    """Where not black and white alone; the shades at edges are greys, each between a darker and a lighter neighbour."""
    seen = np.array(picture)
    for node in walk(tree):
        if isinstance(node, Photo):
            _cut(seen, node.rect)[:] = 0
    if np.any(seen.max(axis=2) != seen.min(axis=2)):
        yield "something has a colour"
    grey = seen[..., 0]
    flat = (grey > PURE) & (grey < 255 - PURE)
    for dy, dx in product((-1, 0, 1), repeat=2):
        flat &= np.roll(grey, (dy, dx), (0, 1)) == grey
    if flat.sum() > 30:  # less is where edges meet
        yield f"{int(flat.sum())} pixels are flat grey"


def found_on(scene: Scene, how: Look) -> set[str]:
    """What is faint, or coloured where nothing may be."""
    found: set[str] = set()
    for tree in parts(scene, how):
        picture = painted(scene, how, tree)
        found.update(_faint(tree, picture))
        if how.preferences.high_contrast:
            found.update(_coloured(tree, picture))
    return {f"{name(scene)}: {what}" for what in found}


@pytest.mark.parametrize("high_contrast", [False, True])
def test_what_is_painted_stands_out(high_contrast: bool) -> None:
    """Of every second; all of them, on every glass, in the sweep."""
    how = look(high_contrast=high_contrast)
    assert sorted(set().union(*(found_on(scene, how) for scene in SOME[high_contrast::2]))) == []


@pytest.mark.sweep
@pytest.mark.parametrize(
    ("panel", "language", "size", "high_contrast"), list(product(panels(), Language, TextSize, (False, True)))
)
def test_it_stands_out_however_it_is_wanted(
    panel: str, language: Language, size: TextSize, high_contrast: bool
) -> None:
    how = look(panel, language, size, high_contrast=high_contrast)
    assert sorted(set().union(*(found_on(scene, how) for scene in SOME))) == []


def test_a_faint_line_would_be_found() -> None:
    white, grey = np.full(3, 255, np.uint8), np.full(3, 130, np.uint8)
    assert contrast(white, np.zeros(3, np.uint8)) == pytest.approx(21.0)
    assert contrast(white, grey) < TEXT


@pytest.mark.parametrize("high_contrast", [False, True])
def test_a_touch_is_seen_on_every_button(high_contrast: bool) -> None:
    how = look(high_contrast=high_contrast)
    tried = set[object]()
    for scene in SOME:
        for target, at in targets(next(parts(scene, how))):
            key = target.act.text if isinstance(target.act, KeyTapped) and len(target.act.text) == 1 else None
            kind = (target.act, target.held) if key is None else KeyTapped  # one key stands for all
            if target.dim or not target.lights or kind in tried or isinstance(target.act, Scrolled):
                continue
            tried.add(kind)
            touched = arrange(scene, how, fonts(), Touch(pressed=target.act, held=0.5))
            before, after = (_cut(painted(scene, how, tree), at) for tree in (None, touched))
            assert (before != after).any(axis=2).mean() > 0.05, f"{type(scene.view).__name__}: {target.label}"
    assert len(tried) > 40


def test_in_black_and_white_a_frame_is_broken_where_nothing_can_be_done_yet_and_whole_elsewhere() -> None:
    how = look(high_contrast=True)
    dashed = set()
    for scene in SOME:
        for target in (node for node in walk(next(parts(scene, how))) if isinstance(node, Target)):
            body = next(part for part in target.parts if isinstance(part, Shape))
            assert bool(body.dash) is target.dim, target.label
            dashed.add(target.dim)
    assert dashed == {False, True}


def test_in_black_and_white_a_panel_has_a_rule_and_no_frame() -> None:
    how = look(high_contrast=True)
    kit = Kit(how, fonts())
    elements: tuple[Element, ...] = (Boxed(Text("文")), *(Patch("文", kind) for kind in PatchKind))
    for element in elements:
        shapes = [node for node in walk(element.place(Rect(0, 0, 400, 100), kit)) if isinstance(node, Shape)]
        ground, rule = shapes
        assert ground.line is None
        assert (rule.rect.x, rule.rect.h, rule.fill) == (ground.rect.x, ground.rect.h, Tone.FRAME)


@pytest.mark.parametrize("high_contrast", [False, True])
def test_the_first_difference_of_two_addresses_is_underlined_in_either_theme(high_contrast: bool) -> None:
    how = look(next(iter(panels())), Language.JA, TextSize.NORMAL, high_contrast=high_contrast)
    scene = next(scene for scene in SAMPLES if isinstance(scene.view, AddressDiffersView))
    tree = next(parts(scene, how))
    pixels = painted(scene, how, tree)
    lines = [node for node in walk(tree) if isinstance(node, Shape) and node.rect.h == 4]
    assert len(lines) == 2
    for line in lines:
        at = line.rect
        ink, ground = pixels[at.middle[1], at.middle[0]], pixels[at.bottom + 4, at.middle[0]]
        assert contrast(ink, ground) >= DRAWN
