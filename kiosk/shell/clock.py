"""The time, and whether it may be believed.

A terminal without a battery-backed clock wakes up somewhere in the past. Certificate dates and the hourly cap of
refused entries are judged only when the clock is trusted: when the kernel says that a time service has synchronised it.
That is a read-only `adjtimex(2)`; its state TIME_ERROR, or STA_UNSYNC in the status, mean that it is not.
"""

import ctypes
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, Protocol

TIME_ERROR = 5
STA_UNSYNC = 0x0040


class Clock(Protocol):
    """Where the shell gets its time from."""

    def now(self) -> datetime:
        """The moment, aware, in UTC."""

    def monotonic(self) -> float:
        """Seconds since some fixed moment; never set back."""

    def trusted(self) -> bool:
        """Whether `now` may be compared with dates from elsewhere."""


class SystemClock:
    """The machine's clock. `trust` is the setting `clock.trust`."""

    def __init__(self, trust: Literal["kernel", "always"], synchronised: Callable[[], bool] | None = None) -> None:
        self._always = trust == "always"
        self._synchronised = synchronised or kernel_synchronised

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()

    def trusted(self) -> bool:
        return self._always or self._synchronised()


@dataclass(frozen=True, slots=True)
class Uptime:
    """How long this kernel has run, sleep included, and the name that it gave to this start; empty: it gives none."""

    boot: str
    seconds: float


def since_start() -> Uptime:
    """The kernel's count: set by nobody, in no relation to the clock."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except OSError:
        boot = ""
    return Uptime(boot, time.clock_gettime(time.CLOCK_BOOTTIME))


class _Timex(ctypes.Structure):
    """The beginning of `struct timex` (linux/timex.h); what follows the status is of no interest but must have room."""

    _fields_ = (
        ("modes", ctypes.c_uint),
        ("offset", ctypes.c_long),
        ("freq", ctypes.c_long),
        ("maxerror", ctypes.c_long),
        ("esterror", ctypes.c_long),
        ("status", ctypes.c_int),
        ("rest", ctypes.c_byte * 256),
    )


def kernel_synchronised() -> bool:
    """Whether the kernel counts its clock as synchronised; False also where it does not say."""
    timex = _Timex()  # modes 0: ask, change nothing
    try:
        state = int(ctypes.CDLL(None).adjtimex(ctypes.byref(timex)))
    except (OSError, AttributeError):
        return False
    return state not in {-1, TIME_ERROR} and not timex.status & STA_UNSYNC
