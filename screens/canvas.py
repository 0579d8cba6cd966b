"""What is painted on: SDL's window, or, before it is mapped, memory.

No graphics card is opened for a picture that is painted in memory anyway, and a screen of the panel's own size is
covered by a plain window without frame: each of the two would take SDL a tenth of a second, in which a hand-over would
be blank.
"""

import os

import numpy as np
import pygame
from pygame._sdl2.video import Window

from kiosk.ports import Frame
from screens.geometry import Panel

# No finger twice, no screen saver, no graphics card.
_WITHOUT = (
    "SDL_TOUCH_MOUSE_EVENTS",
    "SDL_MOUSE_TOUCH_EVENTS",
    "SDL_VIDEO_ALLOW_SCREENSAVER",
    "SDL_FRAMEBUFFER_ACCELERATION",
)


class Canvas:
    """One window of the panel's size; `hidden` until it is revealed."""

    def __init__(self, panel: Panel, *, fullscreen: bool, hidden: bool) -> None:
        for name in _WITHOUT:
            os.environ.setdefault(name, "0")
        pygame.display.init()
        pygame.display.set_caption("kiosk")
        self._size, self._flags = (panel.width_px, panel.height_px), _flags(panel) if fullscreen else 0
        self.surface = pygame.Surface(self._size) if hidden else pygame.display.set_mode(self._size, self._flags)
        self._mapped = not hidden
        self._shown: Window | None = None  # SDL's events point to it without holding it: it must live as long
        pygame.mouse.set_visible(not fullscreen)

    def reveal(self) -> None:
        """Map the window, with what has been painted."""
        if not self._mapped:
            # `set_mode` shows black at once, unless nobody sees it; a window that is then mapped shows what is beneath
            # it until it is painted.
            painted, self.surface = self.surface, pygame.display.set_mode(self._size, self._flags | pygame.HIDDEN)
            self.surface.blit(painted, (0, 0))
            self._shown = Window.from_display_module()
            self._shown.show()
            self._mapped = True
            self.flip()

    def flip(self) -> None:
        """Show what has been painted, if there is a window."""
        if self._mapped:
            pygame.display.flip()

    def pixels(self) -> Frame:
        """What has been painted, not to be written to."""
        wide, tall = self.surface.get_size()
        return np.frombuffer(pygame.image.tobytes(self.surface, "RGB"), np.uint8).reshape(tall, wide, 3)


def _flags(panel: Panel) -> int:
    if pygame.display.get_driver() == "dummy":
        return 0
    sizes = pygame.display.get_desktop_sizes()
    if sizes and sizes[0] == (panel.width_px, panel.height_px):
        os.environ.setdefault("SDL_VIDEO_WINDOW_POS", "0,0")
        return pygame.NOFRAME
    return pygame.FULLSCREEN | pygame.SCALED
