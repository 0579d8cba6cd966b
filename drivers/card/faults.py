"""What can go wrong at one command, as a simulated reader does it on request."""

from dataclasses import dataclass
from enum import Enum

from kiosk.failures import Failure


class Fault(Enum):
    """A kind of fault. After those without an answer the connection is dead."""

    PULLED = "pulled"
    UNPLUGGED = "unplugged"
    RESET = "reset"  # by another program; the card lies there still
    TIMED_OUT = "timed out"  # the card lies there still
    LOST = "lost"  # the connection, over something that the reader does not take; the card lies there still
    GARBAGE = "garbage"  # an answer, but not this card's
    TRUNCATED = "truncated"  # the second half of the answer is missing, and the status word with it


FAILURES = {
    Fault.PULLED: Failure.CARD_PULLED,
    Fault.UNPLUGGED: Failure.READER_LOST,
    Fault.RESET: Failure.CARD_UNREADABLE,
    Fault.TIMED_OUT: Failure.CARD_SLOW,
    Fault.LOST: Failure.CARD_PULLED,
}
"""What a driver says about those without an answer."""

_GARBAGE = bytes(range(0x20, 0x60)) + b"\x12\x34"


@dataclass(frozen=True, slots=True)
class Appointment:
    """A fault at a command to come; `at` 0 is the next one. `heard`: the card has still heard it."""

    at: int
    fault: Fault
    heard: bool

    def later(self) -> "Appointment":
        """After one more command."""
        return Appointment(self.at - 1, self.fault, self.heard)


def spoilt(fault: Fault, answer: bytes) -> bytes:
    """What comes in place of an answer."""
    return answer[: len(answer) // 2] if fault is Fault.TRUNCATED else _GARBAGE
