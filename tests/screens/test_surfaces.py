"""What is kept of drawn things: never more than the bound, whatever is shown, and the same picture without it."""

import random

import numpy as np
import pygame
from hypothesis import given
from hypothesis import strategies as st

from kiosk.views import IdentityView, LayCardView, PapersView
from kiosk.visit import Language, TextSize
from screens.layout import Touch
from screens.paint import Painter
from screens.registry import arrange
from screens.surfaces import KEPT_BYTES, Surfaces, size
from tests.screens.glasses import fonts, look, panels
from tests.screens.painting import SamplePictures
from tests.screens.samples import SAMPLES

PICTURES = 50
MOST = 4000

names = st.integers(0, 9)
acts = st.lists(st.tuples(st.sampled_from(["keep", "find", "drop"]), names, st.integers(1, 40)), max_size=60)


def square(side: int) -> pygame.Surface:
    return pygame.Surface((side, side), pygame.SRCALPHA, 32)


@given(acts)
def test_a_store_never_holds_more_than_its_bytes_and_knows_what_it_holds(done: list[tuple[str, int, int]]) -> None:
    store: Surfaces[int] = Surfaces(MOST)
    for act, name, side in done:
        if act == "keep":
            given_back = square(side)
            assert store.keep(name, given_back) is given_back
        elif act == "find":
            store.find(name)
        else:
            store.drop(name)
        kept = [store.find(each) for each in store]
        assert store.held == sum(size(each) for each in kept if each is not None) <= MOST


def test_what_was_not_needed_for_the_longest_time_goes_first() -> None:
    store: Surfaces[str] = Surfaces(3 * size(square(10)))
    for name in ("a", "b", "c"):
        store.keep(name, square(10))
    store.find("a")
    store.keep("d", square(10))
    assert tuple(store) == ("c", "a", "d")


def test_what_is_larger_than_the_store_pushes_nothing_out() -> None:
    store: Surfaces[str] = Surfaces(size(square(10)))
    store.keep("a", square(10))
    store.keep("b", square(11))
    assert tuple(store) == ("a",)


def bound(painter: Painter, most: int) -> Painter:
    """Every store of it."""
    for store in (painter._lines._rendered, painter.gallery._painted, painter._photographs._kept):
        store.most = most
    return painter


def test_a_terminal_never_keeps_more_than_the_bound_whatever_it_is_asked_to_show() -> None:
    """It is asked for more than that, as the other one shows that keeps everything."""
    dice = random.Random(5)
    painter, boundless = Painter(fonts(), SamplePictures()), bound(Painter(fonts(), SamplePictures()), 1 << 40)
    panel = max(panels(), key=lambda name: panels()[name].width_px * panels()[name].height_px)
    glass = pygame.Surface((panels()[panel].width_px, panels()[panel].height_px))
    for moment in range(PICTURES):
        contrast = dice.random() < 0.5
        how = look(panel, dice.choice(list(Language)), dice.choice(list(TextSize)), high_contrast=contrast)
        tree = arrange(dice.choice(SAMPLES), how, fonts(), Touch(seconds_left=moment))
        for each in (painter, boundless):
            each.paint(glass, tree, how.theme, moment)
        assert painter.kept <= KEPT_BYTES
    assert boundless.kept > KEPT_BYTES


def test_a_picture_is_the_same_where_nothing_of_it_can_be_kept() -> None:
    keeping, forgetful = Painter(fonts(), SamplePictures()), bound(Painter(fonts(), SamplePictures()), 1)
    how = look()
    glasses = [pygame.Surface((how.panel.width_px, how.panel.height_px)) for _ in range(2)]
    for scene in SAMPLES[::7]:
        for painter, glass in zip((keeping, forgetful), glasses, strict=True):
            painter.repaint(glass, arrange(scene, how, fonts()), how.theme)
        one, other = (np.frombuffer(pygame.image.tobytes(glass, "RGB"), np.uint8) for glass in glasses)
        assert np.array_equal(one, other)
    assert forgetful.kept == 0


def test_of_a_visit_nothing_is_kept_but_drawings() -> None:
    painter, how = Painter(fonts(), SamplePictures()), look()
    glass = pygame.Surface((how.panel.width_px, how.panel.height_px))
    for scene in SAMPLES:
        if isinstance(scene.view, IdentityView | PapersView | LayCardView):
            painter.paint(glass, arrange(scene, how, fonts()), how.theme)
    words, drawings, photographs = list(painter._lines._rendered), painter.gallery.kept, painter._photographs
    assert words
    assert photographs.kept
    painter.forget()
    assert not list(painter._lines._rendered)
    assert not list(photographs._kept)
    assert photographs._made == {}
    assert painter.kept == painter.gallery.kept == drawings > 0
