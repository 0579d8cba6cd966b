"""Opening the window that the settings describe."""

from collections.abc import Callable

from kiosk.ports import Frame, Pictures
from kiosk.settings import Settings
from screens.fingers import IMPATIENCE_SECONDS
from screens.geometry import Panel
from screens.mirrored import MirroredWindow
from screens.window import Window


def open_window(
    settings: Settings,
    pictures: Pictures,
    impatience: float = IMPATIENCE_SECONDS,
    *,
    hidden: bool = False,
    see: Callable[[Frame], None] | None = None,
) -> Window:
    """The glass, `hidden` until it is revealed; `see` gets the pixels of every picture that stands."""
    said, fullscreen = settings.panel, settings.screen.fullscreen
    panel = Panel(said.width_mm, said.height_mm, said.width_px, said.height_px)
    if see is None:
        return Window(panel, pictures, fullscreen=fullscreen, hidden=hidden, impatience=impatience)
    return MirroredWindow(panel, pictures, fullscreen=fullscreen, hidden=hidden, impatience=impatience, see=see)
