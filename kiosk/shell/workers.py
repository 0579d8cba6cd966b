"""Threads that do what blocks: one for each device, so that a wedged card does not keep the portal waiting.

A worker takes requests one after the other and puts each answer into the inbox under the request's ticket. It knows
no deadline: the state has one, and stops waiting; a late answer carries a ticket that nobody waits for. Between
requests a worker may do something small again and again (the camera's live view). Threads are daemons and are
joined with a bound: a wedged one is left alone until the process ends.
"""

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from kiosk.effects import Request
from kiosk.events import Answered, Failed, Result
from kiosk.failures import DriverError, Failure
from kiosk.shell.journal import Journal

Asked = TypeVar("Asked", bound=Request)
Job = Callable[[], None]
Turn = Callable[[], float | None]
"""Something small to do between requests; says in how many seconds again, None: not until something else was done."""


@dataclass(frozen=True, slots=True)
class Office:
    """What all workers of a visit share. `answer` puts into the inbox."""

    answer: Callable[[Answered], None]
    journal: Journal
    monotonic: Callable[[], float]


class Worker(Generic[Asked]):
    """One device's thread. `handle` blocks and returns the result or raises DriverError."""

    def __init__(self, name: str, office: Office, handle: Callable[[Asked], Result], turn: Turn | None = None) -> None:
        self._name = name
        self._office = office
        self._handle = handle
        self._turn = turn
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def ask(self, request: Asked) -> None:
        """Do this request after those before it; its answer comes into the inbox."""
        self._jobs.put(lambda: self._answer(request))

    def do(self, job: Job) -> None:
        """Do this in the same order as requests; nobody is answered."""
        self._jobs.put(job)

    def forget(self) -> None:
        """What waits is not done any more."""
        while True:
            try:
                self._jobs.get_nowait()
            except queue.Empty:
                return

    def stop(self) -> None:
        """End after what is being done now; what waits is forgotten."""
        self.forget()
        self._jobs.put(None)

    def join(self, seconds: float) -> bool:
        """Wait for the end of the thread; False where it is wedged."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        pause = None if self._turn is None else 0.0
        while True:
            try:
                job = self._jobs.get(timeout=pause)
            except queue.Empty:
                pause = self._take_turn()
                continue
            if job is None:
                return
            self._do(job)
            pause = self._take_turn()

    def _do(self, job: Job) -> None:
        try:
            job()
        except Exception as error:  # noqa: BLE001 - a worker outlives whatever breaks in one job
            self._office.journal.fault(self._name, error)

    def _take_turn(self) -> float | None:
        if self._turn is None:
            return None
        try:
            return self._turn()
        except DriverError as error:
            self._office.journal.failure(self._name, error.failure)
        except Exception as error:  # noqa: BLE001 - as above
            self._office.journal.fault(self._name, error)
        return 1.0

    def _answer(self, request: Asked) -> None:
        begun = self._office.monotonic()
        result: Result
        try:
            result = self._handle(request)
        except DriverError as error:
            result = Failed(error.failure)
        except Exception as error:  # noqa: BLE001 - the visitor is owed an answer, whatever broke
            self._office.journal.fault(self._name, error)
            result = Failed(Failure.INTERNAL)
        self._office.journal.took(request, self._office.monotonic() - begun)
        self._office.answer(Answered(request.ticket, result))
