"""What the hand can make go wrong, each an act with a name.

`Slow` and a wrong clock stand until they are taken back. All others wait for the next request to one path (the
submission's, unless told) and happen once; a planned `Refuse` waits for any request that the contract allows to be
refused so. Several may wait at a time, for one path, too: each is looked for where it would happen.
"""

from dataclasses import dataclass
from threading import Condition
from typing import TypeVar

from drivers.portal.wire import Refusal

SUBMISSIONS = "/submissions"


@dataclass(frozen=True, slots=True)
class CutRequest:
    """The line breaks when so many bytes of the request's body have come."""

    after_bytes: int


@dataclass(frozen=True, slots=True)
class StallReading:
    """Half of the request's body is read, then nothing for so long, then the rest."""

    seconds: float


@dataclass(frozen=True, slots=True)
class RefuseEarly:
    """When so many bytes of the request's body have come it is refused, and not read any further: for so many seconds,
    and then the line is closed, which resets it where more has come meanwhile.
    """

    after_bytes: int
    refusal: Refusal
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class AnswerLate:
    """The request lies there for so long before anything is done about it, whether or not its sender still waits."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Gateway:
    """A server before the portal says with this status, and a page for people, that the portal is not there; the
    portal itself has heard the request (`after` it was done), or never does.
    """

    status: int = 502
    after: bool = False


@dataclass(frozen=True, slots=True)
class CutAnswer:
    """The request is done, and the line breaks after so many bytes of its answer, head and body."""

    after_bytes: int


@dataclass(frozen=True, slots=True)
class StallWriting:
    """Half of the answer is sent, then nothing for so long, then the rest."""

    seconds: float


@dataclass(frozen=True, slots=True)
class AnswerTwice:
    """The answer's bytes, head and body, are on the wire twice."""


Fault = CutRequest | StallReading | RefuseEarly | AnswerLate | Gateway | CutAnswer | StallWriting | AnswerTwice
Kind = TypeVar("Kind", CutRequest, StallReading, RefuseEarly, AnswerLate, Gateway, CutAnswer, StallWriting, AnswerTwice)


class Faults:
    """Set from any thread, looked at by the connections' threads."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._stopped = False
        self._slow_seconds = 0.0
        self._planned: list[tuple[str, Fault]] = []
        self._refusals: list[Refusal] = []
        self.clock_error = 0.0
        """Seconds that the portal's clock is ahead of the right time."""

    def plan(self, fault: Fault, path: str = SUBMISSIONS) -> None:
        """It happens to the next request to this path."""
        with self._changed:
            self._planned.append((path, fault))

    def refuse(self, refusal: Refusal) -> None:
        """The next request that may be refused so, is."""
        with self._changed:
            self._refusals.append(refusal)

    def slow(self, seconds: float) -> None:
        """Every answer comes so much later; 0 ends it, also for those who wait now."""
        with self._changed:
            self._slow_seconds = seconds
            self._changed.notify_all()

    def stop(self) -> None:
        """Nobody waits any more."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()

    def delay(self) -> None:
        """Wait as slow as wished."""
        with self._changed:
            if self._slow_seconds:
                self._changed.wait_for(lambda: self._stopped or not self._slow_seconds, self._slow_seconds)

    def rest(self, seconds: float) -> bool:
        """Wait so long; false where it was all over before."""
        with self._changed:
            return not self._changed.wait_for(lambda: self._stopped, seconds)

    def take(self, path: str, kind: type[Kind]) -> Kind | None:
        """Spend what is planned of this kind for a request to this path."""
        with self._changed:
            for place, (where, fault) in enumerate(self._planned):
                if where == path and isinstance(fault, kind):
                    del self._planned[place]
                    return fault
            return None

    def take_refusal(self, possible: frozenset[Refusal]) -> Refusal | None:
        """Spend a `refuse` that is possible here."""
        with self._changed:
            found = next((one for one in self._refusals if one in possible), None)
            if found is not None:
                self._refusals.remove(found)
            return found
