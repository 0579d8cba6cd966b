"""The simulated panel: what the terminal lights, a hand can see. It outlives a visit, as lamps do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock

from kiosk.failures import DriverError, Failure
from kiosk.ports import Switch

_AT_REST = {Switch.PRESENCE: False, Switch.TAMPER: True, Switch.SERVICE_KEY: False}
_FITTED = frozenset({"reader_lamp", "tray_light", "call_lamp", "buzzer", *(switch.value for switch in Switch)})


@dataclass(frozen=True, slots=True)
class Lit:
    """Which lamps burn."""

    reader: bool = False
    tray: bool = False
    call: bool = False


class SimulatedPanel:
    """Both faces: `show`, `buzz`, `watch`, `close`, `fitted`, `contacts` are the driver's, the rest is the hand's and
    the eye's.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._lit = Lit()
        self._buzzed: list[float] = []
        self._plugged = True
        self._closed = dict(_AT_REST)
        self._tell: Callable[[Switch, bool], None] | None = None

    def show(self, reader: bool, tray: bool, call: bool) -> None:
        """Light exactly these."""
        with self._lock:
            self._need_cable()
            self._lit = Lit(reader, tray, call)

    def buzz(self, seconds: float) -> None:
        """A sound that is written down."""
        with self._lock:
            self._need_cable()
            self._buzzed.append(seconds)

    def watch(self, tell: Callable[[Switch, bool], None]) -> None:
        """Tell how the switches stand, then what a hand does to them."""
        with self._lock:
            self._need_cable()
            self._tell = tell
            stand = dict(self._closed)
        for switch, closed in stand.items():
            tell(switch, closed)

    def close(self) -> None:
        """All dark, nobody told."""
        with self._lock:
            self._lit, self._tell = Lit(), None

    def fitted(self) -> frozenset[str]:
        """All that can be, by the names of the configuration."""
        return _FITTED

    def contacts(self) -> Mapping[Switch, bool]:
        """How the switches stand (True: closed)."""
        with self._lock:
            self._need_cable()
            return dict(self._closed)

    def _need_cable(self) -> None:
        if not self._plugged:
            raise DriverError(Failure.PANEL_LOST)

    # --- the hand and the eye ---------------------------------------------------------------------------------------

    @property
    def lit(self) -> Lit:
        """What burns now."""
        with self._lock:
            return self._lit

    @property
    def buzzed(self) -> tuple[float, ...]:
        """The sounds so far, in seconds."""
        with self._lock:
            return tuple(self._buzzed)

    @property
    def switches(self) -> Mapping[str, bool]:
        """How a hand has left the switches (True: closed), by name, whether the cable is there or not."""
        with self._lock:
            return {switch.value: closed for switch, closed in self._closed.items()}

    def turn(self, name: str, closed: bool) -> None:
        """Close or open "presence", "tamper" or "service_key"."""
        switch = Switch(name)
        with self._lock:
            changed = self._closed[switch] is not closed
            self._closed[switch] = closed
            tell = self._tell if changed and self._plugged else None
        if tell is not None:
            tell(switch, closed)

    def unplug(self) -> None:
        """Pull the panel's cable: it goes dark, and the driver is told so when it next writes."""
        with self._lock:
            self._plugged, self._lit = False, Lit()

    def plug(self) -> None:
        """Put it back."""
        with self._lock:
            self._plugged = True
