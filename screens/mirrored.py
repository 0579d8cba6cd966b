"""A window whose pictures are seen elsewhere too: on the bench's page, where the terminal simulates."""

from collections.abc import Callable

from kiosk.ports import Frame, Pictures
from screens.geometry import Panel
from screens.window import Window


class MirroredWindow(Window):
    """`see` gets the pixels of every picture, on the glass's thread."""

    def __init__(
        self,
        panel: Panel,
        pictures: Pictures,
        *,
        fullscreen: bool,
        hidden: bool,
        impatience: float,
        see: Callable[[Frame], None],
    ) -> None:
        self._see, self._stands = see, not hidden
        super().__init__(panel, pictures, fullscreen=fullscreen, hidden=hidden, impatience=impatience)

    def reveal(self) -> None:
        """See `Window`."""
        self._stands = True
        super().reveal()

    def _paint(self) -> None:
        super()._paint()
        if self._stands:
            self._see(self.pixels())
