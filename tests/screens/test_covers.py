"""A cover on a page, as it is painted: whole, whatever is drawn around it."""

from dataclasses import replace

import pytest

from kiosk.views import Chrome, Finding, PageCheckView, Scene
from kiosk.visit import Box, Page
from screens.layout import Touch
from screens.look import Tone
from screens.nodes import Shape, walk
from screens.registry import arrange
from tests.screens.glasses import fonts, look, panels
from tests.screens.painting import painted

PAGE = Page(7, 1654, 2339, 1_900_000)


@pytest.mark.parametrize("panel", panels())
@pytest.mark.parametrize("high_contrast", [False, True])
def test_the_bright_frame_around_a_suspected_number_takes_nothing_of_its_cover(panel: str, high_contrast: bool) -> None:
    """Nor is it thicker than a third of it, and it is dark outside."""
    page = replace(PAGE, suspected=(Box(0.1, 0.5, 0.5, 0.51),))
    scene = Scene(Chrome(4), PageCheckView(page, 1, 1, Finding.SUSPECTED))
    how = look(panel, high_contrast=high_contrast)
    tree = arrange(scene, how, fonts(), Touch())
    pixels = painted(scene, how, tree)
    (cover,) = (node.rect for node in walk(tree) if isinstance(node, Shape) and node.fill is Tone.COVER)
    assert not pixels[cover.y : cover.bottom, cover.x : cover.right].any()
    above = [tuple(pixels[cover.y - 1 - i, cover.middle[0]]) for i in range(cover.h)]
    bright = above.index((0, 0, 0))
    assert 1 <= bright <= cover.h // 3
    assert set(above[:bright]) == {how.theme[Tone.FOCUS]}
