"""What the camera's worker does between requests: look at the tray as long as the state wants it.

The state says what the camera looks for (`kiosk.flow.lamps.looking`); frames go to the glass through the portfolio,
only what has changed for the visitor (outline, guidance) becomes an event. A camera that is not known to be there is
opened now and then, in a step that looks and between them, so that its driver tells when it is back: soon at first,
then more and more seldom, for a loose cable is put back at once or by somebody who has to be called.
"""

from collections.abc import Callable

from kiosk.failures import DriverError
from kiosk.flow.lamps import Looking
from kiosk.shell.looking import News
from kiosk.shell.scanning import Scanning

FIRST_PAUSE, LONGEST_PAUSE = 2.0, 20.0
"""Seconds until a lost camera is looked for again, and what doubling them leads to."""


class LiveView:
    """All on the camera's worker. `tell` puts into the inbox."""

    def __init__(self, scanning: Scanning, tell: Callable[[News], None]) -> None:
        self._scanning = scanning
        self._tell = tell
        self._looking: Looking | None = None
        self._there = False  # not known yet
        self._pause = FIRST_PAUSE

    def look_for(self, looking: Looking | None) -> None:
        """Look, or look no longer."""
        before, self._looking = self._looking, looking
        if looking is None:
            self._scanning.close()
        elif looking.need_empty and (before is None or before.key != looking.key):
            self._scanning.await_empty()

    def turn(self) -> float | None:
        """One frame, at the camera's own pace; nothing while nothing is looked for.

        Raises DriverError once for every loss; until the camera is back it answers how long to wait.
        """
        try:
            pause = self._look()
        except DriverError:
            was_there, self._there = self._there, False
            if was_there:
                self._pause = FIRST_PAUSE
                raise
            pause, self._pause = self._pause, min(2 * self._pause, LONGEST_PAUSE)
            return pause
        self._there = True
        return pause

    def _look(self) -> float | None:
        if self._looking is not None:
            return self._scanning.live(True, self._tell, self._looking.shown, self._looking.code)
        if not self._there:  # whether it can be opened; its driver tells what has changed
            self._scanning.open()
            self._scanning.close()
        return None
