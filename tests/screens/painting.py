"""Pictures of scenes, as the window would paint them, with an invented paper where a photograph stands."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import pygame

from kiosk.ports import Frame
from kiosk.views import LetterView, ScanView, Scene
from kiosk.visit import Guidance
from screens.layout import Touch
from screens.look import Look
from screens.nodes import Node
from screens.paint import Painter
from screens.registry import arrange
from tests.screens.glasses import fonts

PAPER = (1654, 2339)
"""Pixels of an A4 page as it would be sent."""

CORNERS = ((0.27, 0.03), (0.73, 0.03), (0.73, 0.97), (0.27, 0.97))
"""Of the paper in the live view, in parts of its width and height."""


@cache
def paper() -> Frame:
    """A sheet with grey lines where a letter has words, and a seal."""
    w, h = PAPER
    sheet = np.full((h, w, 3), 250, np.uint8)
    sheet[190:260, 480:1170] = 60
    for line in range(22):
        y, end = 420 + line * 70, (1500, 1440, 1500, 900)[line % 4]
        sheet[y : y + 26, 160:end] = 120
    rows, columns = np.ogrid[:h, :w]
    ring = np.hypot(rows - 2120, columns - 1330)
    sheet[(ring < 110) & (ring > 92)] = (190, 40, 40)
    return sheet


@cache
def tray() -> Frame:
    """What the camera sees: the sheet straight on the dark tray."""
    seen = np.full((720, 1080, 3), (42, 44, 51), np.uint8)
    (left, top), (right, bottom) = CORNERS[0], CORNERS[2]
    h, w = round((bottom - top) * 720), round((right - left) * 1080)
    rows, columns = np.arange(h) * PAPER[1] // h, np.arange(w) * PAPER[0] // w
    y, x = round(top * 720), round(left * 1080)
    seen[y : y + h, x : x + w] = paper()[rows[:, None], columns[None, :]]
    return seen


@dataclass(frozen=True, slots=True)
class SamplePictures:
    """The pixels behind every `Photo`; the tray is empty where the guidance says so."""

    empty: bool = False

    def frame(self) -> Frame | None:
        return np.full_like(tray(), (42, 44, 51)) if self.empty else tray()

    def page(self, number: int) -> Frame | None:
        return paper()

    def thumbnail(self, number: int) -> Frame | None:
        """As it would be sent: what the glass makes of a page's own pixels is seen in the golden pictures."""
        return None

    def still(self, number: int) -> Frame | None:
        return tray()

    def numbers(self) -> tuple[int, ...]:
        return (1, 2, 3, 4, 5)


@cache
def _painter(empty: bool) -> Painter:
    """One for all: what it has rendered and drawn once it keeps."""
    return Painter(fonts(), SamplePictures(empty=empty))


def painted(scene: Scene, how: Look, tree: Node | None = None) -> Frame:
    """Pixels of the scene at rest (or of its tree, already placed), shape (height, width, 3), RGB."""
    surface = pygame.Surface((how.panel.width_px, how.panel.height_px))
    empty = isinstance(scene.view, ScanView | LetterView) and scene.view.sight.guidance in {
        Guidance.LOOKING,
        Guidance.EMPTY_THE_TRAY,
        Guidance.LAY_A_PAPER,
    }
    standing = arrange(scene, how, fonts(), Touch(seconds_left=30)) if tree is None else tree
    _painter(empty).paint(surface, standing, how.theme)
    pixels = np.frombuffer(pygame.image.tobytes(surface, "RGB"), np.uint8)
    return pixels.reshape(how.panel.height_px, how.panel.width_px, 3)
