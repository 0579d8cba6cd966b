"""What is painted: nothing of what lies beyond the edge of its place."""

import numpy as np
import pygame

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
