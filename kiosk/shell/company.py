"""The words in which the keeper thinks: processes and their phases, what is told about them, what is done.

`kiosk.shell.succession` has the rules.
"""

from dataclasses import dataclass
from enum import Enum, auto

from kiosk.visit import Ending


class Phase(Enum):
    """Where in its life a process is."""

    STARTING = auto()  # imports
    WAITING = auto()  # ready, in the wings
    SHOWING = auto()  # told to take the stage
    SHOWN = auto()  # its first picture stands; the old one is being ended
    SERVING = auto()  # devices open, visitor served
    LEAVING = auto()  # its visit is over, or it hangs: stands until its successor covers it
    DYING = auto()  # killed, not yet gone


@dataclass(frozen=True, slots=True)
class Child:
    """A process, since when it is in its phase, when it last beat, and how its visit has ended if it is gone now."""

    number: int
    phase: Phase
    since: float
    beat: float
    lost: Ending | None = Ending.BROKEN_OFF


@dataclass(frozen=True, slots=True)
class Company:
    """All processes. `last` is how the visit ended whose successor does not serve yet; `served` is when one beat last
    that serves. `brief` counts the visits in a row that broke soon after their devices were opened, and before
    `open_at` the next one opens none.
    """

    children: tuple[Child, ...] = ()
    next_number: int = 1
    next_visit: int = 1
    last: Ending | None = None
    died_young: int = 0
    start_at: float = 0.0
    served: float = float("-inf")
    brief: int = 0
    open_at: float = 0.0


# --- news ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Told:
    """A process says that it has reached a phase (WAITING, SHOWN), or that it lives (SERVING)."""

    number: int
    phase: Phase


@dataclass(frozen=True, slots=True)
class VisitOver:
    """The visit of this process has ended; `broken`: by a fault of its own."""

    number: int
    ending: Ending
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Stands:
    """What its visitor would have to be told if the process were gone now; None: nobody's visit would be cut short."""

    number: int
    lost: Ending | None


@dataclass(frozen=True, slots=True)
class FellSilent:
    """The process serves, and has not been heard of for too long (`silent`). `submitting`: as with `Died`."""

    number: int
    submitting: bool = False


@dataclass(frozen=True, slots=True)
class Died:
    """The process is gone. `submitting`: it held the key of a submission, whose fate is open."""

    number: int
    submitting: bool = False


@dataclass(frozen=True, slots=True)
class Passed:
    """Time has passed."""


News = Told | VisitOver | Stands | FellSilent | Died | Passed

# --- acts ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Start:
    """Start a process; the `first` ones show at once that the terminal is being started."""

    number: int
    first: bool


@dataclass(frozen=True, slots=True)
class Take:
    """Take the stage."""

    number: int
    visit: int
    last: Ending | None


@dataclass(frozen=True, slots=True)
class Open:
    """Open the devices."""

    number: int


@dataclass(frozen=True, slots=True)
class Kill:
    """At once."""

    number: int


Act = Start | Take | Open | Kill
