"""What is painted over the picture before is the same, to the pixel, as the whole picture painted anew."""

import random

import numpy as np
import pygame
import pytest

from kiosk.events import DigitTapped
from kiosk.ports import Frame
from kiosk.views import Chrome, PapersView, PasswordView, Scene
from kiosk.visit import Language, Page, Password, TextSize
from screens.changes import together
from screens.geometry import Rect
from screens.layout import Kept, Touch
from screens.nodes import Node, targets
from screens.paint import Painter
from screens.registry import arrange
from tests.screens.glasses import fonts, look, panels
from tests.screens.painting import SamplePictures, paper
from tests.screens.samples import SAMPLES

PICTURES = 30
DIGITS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 0)


def surface(panel: str) -> pygame.Surface:
    return pygame.Surface((panels()[panel].width_px, panels()[panel].height_px))


def pixels(of: pygame.Surface) -> Frame:
    return np.frombuffer(pygame.image.tobytes(of, "RGB"), np.uint8)


def touches(tree: Node, dice: random.Random) -> Touch:
    """Anything that a finger, a scroll or the clock may change."""
    acts = [None, *(target.act for target, _ in targets(tree))]
    return Touch(
        dice.choice(acts), dice.choice((0, 0, 200, 700)), "", dice.choice((None, 30, 9)), dice.choice((0.0, 0.5))
    )


@pytest.mark.parametrize("panel", panels())
@pytest.mark.parametrize("language", Language)
def test_any_picture_after_any_other_is_painted_as_if_it_were_the_first(panel: str, language: Language) -> None:
    dice = random.Random(f"{panel}{language}")
    how, kept = look(panel, language, dice.choice(list(TextSize))), Kept()
    painter, other = Painter(fonts(), SamplePictures()), Painter(fonts(), SamplePictures())
    glass, anew = surface(panel), surface(panel)
    scene, tree = SAMPLES[0], arrange(SAMPLES[0], how, fonts())
    for moment in range(PICTURES):
        if dice.random() < 0.3:
            scene = dice.choice(SAMPLES)
            tree = arrange(scene, how, fonts(), None, kept)
        touch = touches(tree, dice)
        painter.repaint(glass, arrange(scene, how, fonts(), touch, kept), how.theme, moment / 2)
        other.paint(anew, arrange(scene, how, fonts(), touch), how.theme, moment / 2)
        assert np.array_equal(pixels(glass), pixels(anew)), f"{scene.view} {touch}"


def test_the_same_picture_is_not_painted_again() -> None:
    how, glass, painter = look(), surface("10.1-landscape"), Painter(fonts(), SamplePictures())
    for scene in SAMPLES:
        painter.repaint(glass, arrange(scene, how, fonts()), how.theme)
        assert painter.repaint(glass, arrange(scene, how, fonts()), how.theme) == []


def test_a_digit_changes_its_dot_and_no_key() -> None:
    how, glass, painter = look(), surface("10.1-landscape"), Painter(fonts())
    digits = [PasswordView(Password.AUTHENTICATION, count, 3, None, DIGITS) for count in (1, 2)]
    before, after = (arrange(Scene(Chrome(2), view), how, fonts()) for view in digits)
    painter.repaint(glass, before, how.theme)
    places = painter.repaint(glass, after, how.theme)
    keys = [rect for target, rect in targets(after) if isinstance(target.act, DigitTapped)]
    assert places
    assert not any(place.overlaps(key) for place in places for key in keys)


def test_what_the_visit_lets_go_of_leaves_the_glass_and_the_painter() -> None:
    class Album(SamplePictures):
        taken: bool = True

        def page(self, number: int) -> Frame | None:
            return paper() if Album.taken else None

    how, glass, painter = look(), surface("10.1-landscape"), Painter(fonts(), Album())
    tree = arrange(
        Scene(Chrome(4), PapersView((Page(1, 1654, 2339, 9),), ((1, 1),), 1, 5, 9, 10_000_000, add=True, join=False)),
        how,
        fonts(),
    )
    painter.repaint(glass, tree, how.theme)
    with_it = pixels(glass)
    Album.taken = False
    assert painter.repaint(glass, tree, how.theme)
    assert not np.array_equal(pixels(glass), with_it)
    assert painter.repaint(glass, tree, how.theme) == []


def test_rectangles_are_joined_where_they_touch_and_never_cut_what_stays_whole() -> None:
    sign = Rect(90, 0, 20, 20)
    assert together([Rect(0, 0, 10, 10), Rect(5, 5, 10, 10)], []) == [Rect(0, 0, 15, 15)]
    assert together([Rect(0, 0, 100, 10)], [sign]) == [Rect(0, 0, 110, 20)]
    assert together([Rect(0, 0, 10, 10)], [sign]) == [Rect(0, 0, 10, 10)]
