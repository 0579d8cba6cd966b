"""What the camera's worker does between requests: look at the tray as long as the state wants it.

The state says what the camera looks for (`kiosk.flow.lamps.looking`); frames go to the glass through the portfolio,
only what has changed for the visitor (outline, guidance) becomes an event. While nothing is looked for and the camera
is not known to be there, it is opened now and then, so that its driver tells when it is back.
"""

from collections.abc import Callable

from kiosk.failures import DriverError
from kiosk.flow.lamps import Looking
from kiosk.shell.scanning import News, Scanning

PROBE_SECONDS = 30.0
"""Between two looks whether a lost camera is back."""


class LiveView:
    """All on the camera's worker. `tell` puts into the inbox."""

    def __init__(self, scanning: Scanning, tell: Callable[[News], None]) -> None:
        self._scanning = scanning
        self._tell = tell
        self._looking: Looking | None = None
        self._there = False  # not known yet

    def look_for(self, looking: Looking | None) -> None:
        """Look, or look no longer."""
        before, self._looking = self._looking, looking
        if looking is None:
            self._scanning.close()
        elif looking.need_empty and (before is None or before.key != looking.key):
            self._scanning.await_empty()

    def turn(self) -> float | None:
        """One frame, at the camera's own pace; nothing while nothing is looked for. Raises DriverError."""
        if self._looking is None:
            return None if self._there or self._probed() else PROBE_SECONDS
        self._there = False
        pause = self._scanning.live(True, self._tell, self._looking.shown, self._looking.code)
        self._there = True
        return pause

    def _probed(self) -> bool:
        """Whether the camera can be opened; its driver tells what has changed."""
        try:
            self._scanning.open()
        except DriverError:
            return False
        self._scanning.close()
        self._there = True
        return True
