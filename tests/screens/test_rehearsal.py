"""What a window goes through before a visitor comes: cheaper later, the same to the pixel, and nobody's words."""

from collections.abc import Iterable

import numpy as np
import pygame

from kiosk.states import Rules
from kiosk.views import Scene
from kiosk.visit import Language, Preferences
from screens.art import Art, Gallery, draw
from screens.fonts import Fonts
from screens.look import Face, load_theme
from screens.nodes import Drawing, walk
from screens.registry import arrange
from screens.rehearsal import rehearsed
from screens.window import Window
from tests.screens.glasses import fonts, look, panels
from tests.screens.samples import NOTICE, SAMPLES


def test_every_scene_can_be_placed_in_every_language() -> None:
    for language in Language:
        for scene in rehearsed(Rules(NOTICE)):
            arrange(scene, look(language=language), fonts())


def test_hardly_a_picture_is_drawn_while_a_visitor_waits() -> None:
    def drawings(scenes: Iterable[Scene]) -> set[tuple[Art, int, int]]:
        trees = [arrange(scene, look(), fonts()) for scene in scenes]
        return {(n.art, n.rect.w, n.rect.h) for tree in trees for n in walk(tree) if isinstance(n, Drawing)}

    needed = drawings(SAMPLES)
    assert len(needed & drawings(rehearsed(Rules(NOTICE)))) >= 0.6 * len(needed)


def test_a_rehearsed_picture_is_the_drawn_one() -> None:
    gallery, theme = Gallery(), load_theme()
    assert gallery.rehearse(Art.LAY_CARD, 201, 80, theme, 0)
    assert not gallery.rehearse(Art.LAY_CARD, 201, 80, theme, 0)
    on_blue = []
    for picture in (gallery.draw(Art.LAY_CARD, 201, 80, theme), draw(Art.LAY_CARD, 201, 80, theme)):
        glass = pygame.Surface((201, 80))
        glass.fill((10, 60, 200))
        glass.blit(picture, (0, 0))
        on_blue.append(pygame.surfarray.array3d(glass))
    rehearsed, drawn = on_blue
    assert (rehearsed == drawn).all()


def test_only_what_was_rehearsed_outlives_a_visit() -> None:
    measure = Fonts()
    measure.width("次へ", Face.TEXT, 30)
    measure.rehearsed()
    measure.width("架空 太郎", Face.TEXT, 30)
    measure.forget()
    assert "架空 太郎" not in repr(measure._kept)
    assert "次へ" in repr(measure._kept)


def test_a_rehearsal_can_be_broken_off_and_paints_nothing() -> None:
    window = Window(panels()["10.1-landscape"], hidden=True)
    blank = window.pixels().copy()
    steps = window.rehearse(rehearsed(Rules(NOTICE)), Preferences())
    for _ in range(5):
        next(steps)
    steps.close()
    assert np.array_equal(window.pixels(), blank)
    window.close()
