"""The first picture of the first process: a window, before everything that a visit needs has been imported."""

from kiosk.command_line import Receive
from kiosk.settings import load
from kiosk.shell.current_pictures import CurrentPictures
from kiosk.views import Chrome, Scene, StartingView
from kiosk.visit import Preferences
from screens.geometry import Panel
from screens.window import Window


def opening(command: Receive) -> tuple[CurrentPictures, Window | None]:
    """Where the window will find its pictures, and the window, if it is to stand at once."""
    pictures = CurrentPictures()
    if not command.first:
        return pictures, None
    settings = load(command.simulate, command.config)
    said = settings.panel
    panel = Panel(said.width_mm, said.height_mm, said.width_px, said.height_px)
    window = Window(panel, pictures, fullscreen=settings.screen.fullscreen)
    preferences = Preferences(language=settings.screen.languages[0])
    window.show(Scene(Chrome(None, back=False, cancel=False), StartingView()), preferences, None)
    return pictures, window
