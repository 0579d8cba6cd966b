"""The front panel on the pins of a Raspberry Pi, by the RPi.GPIO interface (`drivers.panel.gpio_library`).

Wiring: lamps, light and buzzer are lit by a high pin. Tamper contact and key switch connect their pin to ground and are
pulled up, so that a cut wire reads as open; a presence sensor drives its pin high and is pulled down. -1 says that
something is not fitted.

The pins are had from the first call that needs them until `close`, or until one of them fails: then all are given
back, the failure is told, and the next call begins anew, so a panel that returns burns again with the next change of
its lamps.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from functools import partial
from threading import RLock

from drivers.panel.debounce import Debounce
from drivers.panel.gpio_library import GpioLibrary, raspberry_library
from drivers.panel.later import Later
from kiosk.failures import DriverError, Failure
from kiosk.ports import Switch


@dataclass(frozen=True, slots=True)
class Pins:
    """Where it is wired, by the names of the configuration. BCM numbers."""

    reader_lamp: int = -1
    tray_light: int = -1
    call_lamp: int = -1
    buzzer: int = -1
    presence: int = -1
    tamper: int = -1
    service_key: int = -1


class GpioPanel:
    """Meets `kiosk.ports.Panel` and `kiosk.service.check_panel.CheckedPanel`."""

    def __init__(
        self,
        pins: Pins,
        library: Callable[[], GpioLibrary] = raspberry_library,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._pins = pins
        self._outputs = [p for p in (pins.reader_lamp, pins.tray_light, pins.call_lamp, pins.buzzer) if p >= 0]
        self._switches = {switch: pin for switch in Switch if (pin := getattr(pins, switch.value)) >= 0}
        self._library = library
        self._monotonic = monotonic
        self._later = Later(monotonic)
        self._lock = RLock()
        self._gpio: GpioLibrary | None = None  # while the pins are ours
        self._contacts: dict[Switch, Debounce] = {}  # of those that are watched
        self._tell: Callable[[Switch, bool], None] | None = None

    def show(self, reader: bool, tray: bool, call: bool) -> None:
        """Light exactly these."""
        pins = self._pins
        self._write(((pins.reader_lamp, reader), (pins.tray_light, tray), (pins.call_lamp, call)))

    def buzz(self, seconds: float) -> None:
        """Sound for so long, and return at once."""
        self._write(((self._pins.buzzer, True),))
        if self._pins.buzzer >= 0:
            self._later.at("buzzer", self._monotonic() + seconds, self._silence)

    def watch(self, tell: Callable[[Switch, bool], None]) -> None:
        """Tell how the fitted switches stand and every change, from a thread of the panel's own."""
        try:
            with self._using() as gpio:
                self._tell = tell
                self._arm(gpio)
        except DriverError:
            self._tell = None  # lamps may work where edges cannot be had
            raise

    def close(self) -> None:
        """All dark, pins given back."""
        with self._lock:
            self._tell = None
            self._give_back()
        self._later.close()

    def fitted(self) -> frozenset[str]:
        """What the configuration wires, by its names there."""
        return frozenset(name for name, pin in asdict(self._pins).items() if pin >= 0)

    def contacts(self) -> Mapping[Switch, bool]:
        """How the fitted switches stand now (True: closed), as they are sampled."""
        with self._using() as gpio:
            return {switch: self._closed(gpio, switch) for switch in self._switches}

    def _write(self, levels: tuple[tuple[int, bool], ...]) -> None:
        with self._using() as gpio:
            for pin, high in levels:
                if pin >= 0:
                    gpio.output(pin, gpio.HIGH if high else gpio.LOW)

    @contextmanager
    def _using(self) -> Iterator[GpioLibrary]:
        with self._lock:
            try:
                if self._gpio is None:
                    self._gpio = self._library()
                    self._set_up(self._gpio)
                yield self._gpio
            except Exception:  # noqa: BLE001 - the libraries raise what they like, `lgpio.error` among it
                self._give_back()
                raise DriverError(Failure.PANEL_LOST) from None

    def _set_up(self, gpio: GpioLibrary) -> None:
        gpio.setwarnings(False)  # of pins that a killed process has left set up
        gpio.setmode(gpio.BCM)
        for pin in self._outputs:
            gpio.setup(pin, gpio.OUT, initial=gpio.LOW)
        for switch, pin in self._switches.items():
            gpio.setup(pin, gpio.IN, pull_up_down=gpio.PUD_DOWN if switch is Switch.PRESENCE else gpio.PUD_UP)
        if self._tell is not None:
            self._arm(gpio)

    def _arm(self, gpio: GpioLibrary) -> None:
        for switch, pin in self._switches.items():
            if switch not in self._contacts:
                gpio.add_event_detect(pin, gpio.BOTH, partial(self._moved, switch))
            self._contacts[switch] = Debounce()
            self._later.at(switch.value, self._monotonic(), partial(self._look, switch))

    def _give_back(self) -> None:
        gpio, self._gpio = self._gpio, None
        self._contacts.clear()
        if gpio is None:
            return
        with suppress(Exception):  # of a panel that is lost already, nothing more is asked
            for pin in self._outputs:
                gpio.output(pin, gpio.LOW)
        with suppress(Exception):
            gpio.cleanup()

    def _moved(self, switch: Switch, _channel: int) -> None:
        """An edge, on a thread of the library."""
        if self._tell is not None:
            self._later.at(switch.value, self._monotonic(), partial(self._look, switch))

    # --- on the panel's own thread ----------------------------------------------------------------------------------

    def _silence(self) -> None:
        with self._lock, suppress(DriverError):  # a panel that is lost is silent, and the next call names the fault
            if self._gpio is not None:
                self._write(((self._pins.buzzer, False),))

    def _look(self, switch: Switch) -> None:
        """Sample a contact after an edge, and again until it rests."""
        with self._lock:
            before = self._contacts.get(switch)
            if self._gpio is None or before is None:
                return
            try:
                with self._using() as gpio:
                    after = before.feed(self._closed(gpio, switch), self._monotonic())
            except DriverError:  # as above
                return
            self._contacts[switch] = after
            tell = self._tell
        if after.due is not None:
            self._later.at(switch.value, after.due, partial(self._look, switch))
        if tell is not None and after.steady is not None and after.steady is not before.steady:
            tell(switch, after.steady)

    def _closed(self, gpio: GpioLibrary, switch: Switch) -> bool:
        high = gpio.input(self._switches[switch]) == gpio.HIGH
        return high if switch is Switch.PRESENCE else not high
