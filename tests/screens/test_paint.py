"""What is painted: nothing of what lies beyond the edge of its place, and dashes where a frame has them."""

import numpy as np
import pygame
import pytest

from screens.fonts import Fonts
from screens.geometry import Rect
from screens.look import Tone, load_theme
from screens.nodes import Group, Shape
from screens.paint import Painter


def test_a_panel_above_the_glass_leaves_no_trace_on_it() -> None:
    surface = pygame.Surface((200, 100))
    surface.fill((255, 255, 255))
    seen = Rect(0, 20, 200, 80)
    painter, theme = Painter(Fonts()), load_theme(high_contrast=False)
    painter.paint(surface, Group(seen, (Shape(Rect(0, -90, 200, 95), Tone.TRAY, radius=20),), clip=True), theme)
    assert (np.asarray(pygame.surfarray.array3d(surface)) == 255).all()


@pytest.mark.parametrize("dash", [4, 9, 200])
def test_a_dashed_frame_has_gaps_and_its_corners_and_the_middle_of_each_side(dash: int) -> None:
    surface, at = pygame.Surface((220, 120)), Rect(10, 10, 190, 90)
    theme = load_theme(high_contrast=True)
    Painter(Fonts()).paint(surface, Shape(at, Tone.PANEL, Tone.FRAME, 3, 12, dash), theme)
    white = pygame.surfarray.array3d(surface)[..., 0] == 255
    for side in (white[at.x + 12 : at.right - 12, at.y + 1], white[at.right - 2, at.y + 12 : at.bottom - 12]):
        assert side[len(side) // 2]
        assert not side[0]
        assert not side[-1]
        assert 0.2 < side.mean() < 0.6
    assert white[at.x + 4, at.y + 4]
