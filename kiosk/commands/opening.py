"""The window of a visit's process; the first process opens it before everything that a visit needs is imported."""

from pathlib import Path

from kiosk.command_line import Receive
from kiosk.ports import Frame
from kiosk.settings import Settings, load
from kiosk.shell.current_pictures import CurrentPictures
from kiosk.shell.mirror import Mirror
from kiosk.views import Chrome, Scene, StartingView
from kiosk.visit import Preferences
from screens.opening import open_window
from screens.window import Window

STARTING = Scene(Chrome(None, back=False, cancel=False), StartingView())
"""What stands where nothing can be done yet."""


def opening(command: Receive) -> tuple[CurrentPictures, Window | None]:
    """Where the window will find its pictures, and the window, if it is to stand at once."""
    pictures = CurrentPictures()
    if not command.first:
        return pictures, None
    settings = load(command.simulate, command.config)
    window = open_glass(settings, pictures, command.bench)
    preferences = Preferences(language=settings.screen.languages[0])
    window.show(STARTING, preferences, None)
    return pictures, window


def open_glass(settings: Settings, pictures: CurrentPictures, bench: Path | None, *, hidden: bool = False) -> Window:
    """The glass; with a bench, its page shows it too and takes touches for it. Hidden, it is revealed later."""
    if bench is None:
        return open_window(settings, pictures, hidden=hidden)
    mirrors: list[Mirror] = []
    windows: list[Window] = []

    def touch(x: int, y: int, down: bool) -> None:
        windows[0].post_finger(x, y, down=down)

    def see(pixels: Frame) -> None:
        if not mirrors:  # who is on stage alone is seen
            mirrors.append(Mirror(bench / "mirror.sock", touch))
        mirrors[0].show(pixels)

    windows.append(open_window(settings, pictures, hidden=hidden, see=see))
    return windows[0]
