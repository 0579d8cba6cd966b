"""The real window with a finger before it: its painted targets as spots, and SDL's own finger events as touches."""

from collections.abc import Sequence

from kiosk.events import Event
from kiosk.ports import Closed, Frame, KeyPressed
from kiosk.views import Scene
from kiosk.visit import Preferences
from kiosk.walk.walker import Spot
from screens.nodes import LayerShown, Scrolled
from screens.window import Window


class FingeredWindow:
    """Meets `kiosk.walk.walker.TouchableGlass`."""

    def __init__(self, window: Window) -> None:
        self._window = window

    def show(self, scene: Scene, preferences: Preferences, seconds_left: int | None) -> None:
        """See `Glass`."""
        self._window.show(scene, preferences, seconds_left)

    def wait(self, seconds: float | None) -> Sequence[Event | KeyPressed | Closed]:
        """See `Glass`."""
        return self._window.wait(seconds)

    def wake(self) -> None:
        """See `Glass`."""
        self._window.wake()

    def close(self) -> None:
        """See `Glass`."""
        self._window.close()

    def spots(self) -> list[Spot]:
        """The painted targets, each to be touched in its middle."""
        spots = []
        for target in self._window.targets():
            further = isinstance(target.act, Scrolled) and target.act.by > 0
            leads_on = further or isinstance(target.act, LayerShown)
            spots.append(Spot(target.act, *target.rect.middle, leads_on, repeats=further))
        return spots

    def touch(self, x: int, y: int) -> None:
        """A finger goes down and up."""
        self._window.post_finger(x, y, down=True)
        self._window.post_finger(x, y, down=False)

    def picture(self) -> Frame:
        """The pixels that stand."""
        return self._window.pixels()
