"""The lamps on a Raspberry Pi's pins, by the RPi.GPIO interface (rpi-lgpio offers the same on newer boards).

The library exists on such a board only and is imported when the panel is opened. Pins are BCM numbers; -1 says that
a lamp is not fitted.
"""

from dataclasses import dataclass

from kiosk.failures import DriverError, Failure


@dataclass(frozen=True, slots=True)
class Lamps:
    """Where the lamps are wired."""

    reader: int
    tray: int
    call: int


class GpioPanel:
    """Meets `kiosk.ports.Panel`. Raises DriverError where there is no such board or its pins cannot be had."""

    def __init__(self, lamps: Lamps) -> None:
        try:
            from RPi import GPIO
        except (ImportError, RuntimeError):  # the library raises RuntimeError where it is not on a board
            raise DriverError(Failure.INTERNAL) from None
        self._gpio = GPIO
        self._lamps = lamps
        self._fitted = [pin for pin in (lamps.reader, lamps.tray, lamps.call) if pin >= 0]
        try:
            GPIO.setmode(GPIO.BCM)
            for pin in self._fitted:
                GPIO.setup(pin, GPIO.OUT, initial=GPIO.LOW)
        except (RuntimeError, ValueError, OSError):
            raise DriverError(Failure.INTERNAL) from None

    def show(self, reader: bool, tray: bool, call: bool) -> None:
        """Light exactly these."""
        for pin, lit in ((self._lamps.reader, reader), (self._lamps.tray, tray), (self._lamps.call, call)):
            if pin >= 0:
                self._write(pin, lit)

    def close(self) -> None:
        """All dark, pins given back."""
        for pin in self._fitted:
            self._write(pin, False)
        self._gpio.cleanup(self._fitted)

    def _write(self, pin: int, lit: bool) -> None:
        try:
            self._gpio.output(pin, self._gpio.HIGH if lit else self._gpio.LOW)
        except (RuntimeError, ValueError, OSError):
            raise DriverError(Failure.INTERNAL) from None
