"""Asks over a transport, and once more where that is safe.

A line that breaks for a moment is no failure of the visit's. What has no second effect is asked up to three times,
after pauses that grow and hold some chance (so that a hundred terminals do not come back in step), all of it within
the seconds of one request. Everything else is sent once.

What is asked again and again by no person (a poll) lets a portal in peace that has said that it is closed, and for how
long: until then a poll is answered here, without a request. Whoever opens earlier than was said waits for its terminals
`LONGEST_PEACE` at most.

Failures are raised outside of `except` clauses, so that no exception carries another one that holds a request.
"""

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from drivers.portal import wire
from drivers.portal.answers import FAILURES, content, failure, refusal
from drivers.portal.transport import Answer, Call, Transport
from kiosk.failures import DriverError, Failure

PAUSES = (0.5, 1.5)
"""Seconds between one asking and the next, each times 0.5 to 1.5."""

REQUEST_SECONDS = 30.0

LONGEST_PEACE = 300.0
"""Seconds for which no poll goes out, whatever Retry-After says."""

_HALF = 0.5  # seconds: a date is cut to whole ones

_PASSING = {Failure.PORTAL_UNREACHABLE, Failure.PORTAL_SLOW, Failure.PORTAL_BUSY}


def utc_now() -> datetime:
    """The machine's clock."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Times:
    """Everything about time and chance. `rest` waits, `luck` is from 0 to 1; `now` is aware."""

    now: Callable[[], datetime] = utc_now
    monotonic: Callable[[], float] = time.monotonic
    rest: Callable[[float], object] = threading.Event().wait
    luck: Callable[[], float] = random.SystemRandom().random
    request_seconds: float = REQUEST_SECONDS


class Line:
    """One transport, used by one thread."""

    def __init__(self, transport: Transport, times: Times) -> None:
        self._transport = transport
        self._times = times
        self.skew: float | None = None
        """The portal's clock minus ours in seconds, as of the last answer that was dated."""
        self._closed_until = 0.0

    def ask(self, call: Call, kind: type[wire.Kind], *, again: bool = False, poll: bool = False) -> wire.Kind:
        """What the contract's success says; raises DriverError. `again`: a second time does no harm. `poll`: no person
        waits for just this asking.
        """
        if poll and self._times.monotonic() < self._closed_until:
            raise DriverError(Failure.PORTAL_MAINTENANCE)
        answer = self._persist(call) if again else self._send(call)
        if isinstance(answer, Failure):
            raise DriverError(answer)
        said = content(answer, kind)
        if said is None:
            raise DriverError(failure(answer))
        return said

    def tell(self, call: Call, *, again: bool = False) -> None:
        """A request whose success says nothing."""
        answer = self._persist(call) if again else self._send(call)
        if isinstance(answer, Failure):
            raise DriverError(answer)
        if answer.status != 204:
            raise DriverError(failure(answer))

    def attempt(self, call: Call) -> Answer | None:
        """The answer, whatever it is, or None where there is none."""
        answer = self._send(call)
        return None if isinstance(answer, Failure) else answer

    @property
    def identity_ends(self) -> datetime | None:
        """See `Transport.identity_ends`."""
        return self._transport.identity_ends

    def hang_up(self) -> None:
        """See `Transport.hang_up`."""
        self._transport.hang_up()

    def close(self) -> None:
        """See `Transport.close`."""
        self._transport.close()

    def _persist(self, call: Call) -> Answer | Failure:
        times = self._times
        end = times.monotonic() + times.request_seconds
        answer = self._send(replace(call, seconds=times.request_seconds))
        for pause in PAUSES:
            wanted = _worth_waiting(answer, pause * (0.5 + times.luck()))
            if wanted is None or times.monotonic() + wanted >= end:
                break
            times.rest(wanted)
            left = end - times.monotonic()
            if left <= 0:
                break
            answer = self._send(replace(call, seconds=left))
        return answer

    def _send(self, call: Call) -> Answer | Failure:
        try:
            answer = self._transport.send(call)
        except DriverError as error:
            return error.failure
        if answer.date is not None:
            self.skew = (answer.date - self._times.now()).total_seconds() + _HALF
        self._closed_until = self._times.monotonic() + _peace(answer)
        return answer


def _peace(answer: Answer) -> float:
    """Seconds for which the portal says that it is closed; a success says so in the health answer."""
    says_so = answer.status == 200 or refusal(answer) is wire.Refusal.MAINTENANCE
    return min(answer.retry_after, LONGEST_PEACE) if says_so else 0.0


def _worth_waiting(answer: Answer | Failure, pause: float) -> float | None:
    """Seconds after which another asking may fare better; None where none will."""
    if isinstance(answer, Failure):
        return pause if answer in _PASSING else None
    refused = refusal(answer)
    if refused is not None:
        return max(pause, answer.retry_after) if FAILURES[refused] in _PASSING else None
    return pause if answer.status >= 500 else None
