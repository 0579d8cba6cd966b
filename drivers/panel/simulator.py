"""The simulated panel: what the terminal lights, a hand can see. It outlives a visit, as lamps do."""

from dataclasses import dataclass
from threading import Lock

from kiosk.failures import DriverError, Failure


@dataclass(frozen=True, slots=True)
class Lit:
    """Which lamps burn."""

    reader: bool = False
    tray: bool = False
    call: bool = False


class SimulatedPanel:
    """Both faces: `show` and `close` are the driver's, the rest is the hand's and the eye's."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._lit = Lit()
        self._plugged = True

    def show(self, reader: bool, tray: bool, call: bool) -> None:
        """Light exactly these."""
        with self._lock:
            if not self._plugged:
                raise DriverError(Failure.INTERNAL)
            self._lit = Lit(reader, tray, call)

    def close(self) -> None:
        """All dark."""
        with self._lock:
            self._lit = Lit()

    @property
    def lit(self) -> Lit:
        """What burns now."""
        with self._lock:
            return self._lit

    def unplug(self) -> None:
        """Pull the panel's cable: it goes dark, and the driver is told so when it next writes."""
        with self._lock:
            self._plugged, self._lit = False, Lit()

    def plug(self) -> None:
        """Put it back."""
        with self._lock:
            self._plugged = True
