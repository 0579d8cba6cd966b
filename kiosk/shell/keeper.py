"""The keeper: parent of all processes of the terminal. No window, no devices, nothing personal.

It does what `succession` says: starts the processes that receive visitors, hands the stage from one to the next, ends
what hangs. One thread (and the journal's), which sleeps in `select` until a process says something, one is gone (its
socket ends), a signal comes or a moment is due. Its children die with it, by the kernel's hand; it feeds systemd's
watchdog only while somebody is served or soon will be.

It lives for months, so it must not grow: patterns name the members of a class here, because with positions CPython
before 3.12 keeps a name in its method cache each time, 250 kB before the cache is full.
"""

import os
import selectors
import socket
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from typing import assert_never

from kiosk.shell import backstage as said
from kiosk.shell.company import (
    Act,
    Company,
    Died,
    FellSilent,
    Kill,
    News,
    Open,
    Passed,
    Phase,
    Stands,
    Start,
    Take,
    Told,
    VisitOver,
)
from kiosk.shell.journal import Journal
from kiosk.shell.keepers_courier import KeepersCourier
from kiosk.shell.succession import due, follow, healthy, silent

UNUSABLE = 2
"""A visit's exit code when its settings cannot be used; it has said why."""

_ENDING_SECONDS = 3.0  # that the visit on stage gets to tidy up when the terminal closes
_HUNG_UP_SECONDS = 0.5
_WATCHDOG_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Staff:
    """How the keeper does things. `start` gets the command's further words and the file descriptor to pass on.

    `submitting` says whether a visit that has gone left the key of a submission open, `courier` settles such keys;
    `notify` speaks to systemd. `wake` can be read when the terminal is asked to end. `bench` is the process of the
    simulated devices, which is not replaced: what lay there is gone with it, and visits tell that nothing works.
    """

    start: Callable[[Sequence[str], int], subprocess.Popen[bytes]]
    submitting: Callable[[], bool]
    courier: KeepersCourier
    notify: Callable[[str], None]
    monotonic: Callable[[], float]
    journal: Journal
    wake: socket.socket
    bench: subprocess.Popen[str] | None = None


@dataclass(slots=True)
class _Process:
    popen: subprocess.Popen[bytes]
    line: socket.socket
    has_served: bool = False


class Keeper:
    """`keep` until a signal comes or a window is closed."""

    def __init__(self, staff: Staff) -> None:
        self._staff = staff
        self._company = Company()
        self._processes: dict[int, _Process] = {}
        self._found = said.Found()
        self._selector = selectors.DefaultSelector()
        self._closing = False
        self._ready = False
        self._code = 0

    def keep(self) -> int:
        """Serve visitors, one process each. The exit code: `UNUSABLE` where the settings allow no visit."""
        with ExitStack() as end:
            end.callback(self._selector.close)
            end.callback(self._end_all)
            end.callback(self._staff.courier.end)
            self._selector.register(self._staff.wake, selectors.EVENT_READ, self._close)
            end.enter_context(_watched(self._staff.bench, self._selector, self._staff.journal))
            self._happen(Passed())
            while not self._closing:
                for key, _ in self._selector.select(self._sleep()):
                    key.data()
                self._pass_time()
                self._staff.courier.poll()
                self._feed()
        return self._code

    def _sleep(self) -> float:
        moment = min(due(self._company), self._staff.courier.due())
        return max(0.0, min(moment - self._staff.monotonic(), _WATCHDOG_SECONDS))

    def _pass_time(self) -> None:
        number = silent(self._company, self._staff.monotonic())
        if number is not None:
            self._staff.journal.note(f"process {number} not heard of any more")
            self._happen(FellSilent(number, self._staff.submitting()))
        self._happen(Passed())

    def _happen(self, news: News) -> None:
        before, now = self._company, self._staff.monotonic()
        self._company, acts = follow(before, news, now)
        if self._company.brief > before.brief:
            pause = self._company.open_at - now
            self._staff.journal.note(
                f"visits that broke soon: {self._company.brief}; the next may open in {pause:.0f} s"
            )
        for act in acts:
            self._do(act)

    def _do(self, act: Act) -> None:
        match act:
            case Start(number=number, first=first):
                self._start(number, first)
            case Take(number=number, visit=visit, last=last):
                said.send(self._processes[number].line, said.TakeStage(visit, last, self._found))
                self._staff.journal.note(f"process {number} takes the stage")
            case Open(number=number):
                self._processes[number].has_served = True
                said.send(self._processes[number].line, said.OpenDevices())
                self._tell_ready()
            case Kill(number=number):
                self._processes[number].popen.kill()
            case _:
                assert_never(act)

    def _start(self, number: int, first: bool) -> None:
        try:
            process = _born(self._staff, first)
        except OSError as error:  # no room for a process: who has the stage serves on, and this is tried again
            self._staff.journal.fault("start", error)
            self._happen(Died(number))
            return
        self._processes[number] = process
        self._selector.register(process.line, selectors.EVENT_READ, partial(self._hear, number))
        self._staff.journal.note(f"process {number} started")

    def _hear(self, number: int) -> None:
        message = said.hear_visit(self._processes[number].line)
        match message:
            case None:
                self._gone(number)
            case said.Ready():
                self._staff.journal.note(f"process {number} waits")
                self._happen(Told(number, Phase.WAITING))
            case said.Shown():
                self._happen(Told(number, Phase.SHOWN))
            case said.Beat():
                self._happen(Told(number, Phase.SERVING))
            case said.HealthFound(found=found):
                self._found = found
            case said.Standing(lost=lost):
                self._happen(Stands(number, lost))
            case said.Over(ending=ending, broken=broken):
                self._happen(VisitOver(number, ending, broken))
            case said.CloseDown():
                self._close()
            case _:
                assert_never(message)

    def _gone(self, number: int) -> None:
        """Its socket has ended: make sure that it has, too."""
        process = self._processes.pop(number)
        self._selector.unregister(process.line)
        process.line.close()
        code = _ended(process.popen)
        self._staff.journal.note(f"process {number} gone, {code}")
        if code == UNUSABLE and self._phase(number) is Phase.STARTING and not self._processes:
            self._code, self._closing = UNUSABLE, True  # another would say the same sentence
            return
        submitting = process.has_served and self._staff.submitting()
        if process.has_served:
            self._staff.courier.visit_gone()
        self._happen(Died(number, submitting))

    def _close(self) -> None:
        self._closing = True

    def _phase(self, number: int) -> Phase | None:
        return next((child.phase for child in self._company.children if child.number == number), None)

    def _feed(self) -> None:
        if self._ready and healthy(self._company, self._staff.monotonic()):
            self._staff.notify("WATCHDOG=1")

    def _tell_ready(self) -> None:
        if not self._ready:
            self._staff.notify("READY=1")
            self._ready = True

    def _end_all(self) -> None:
        """The visit on stage may tidy up (lamps dark); the others have nothing to tidy."""
        self._staff.notify("STOPPING=1")
        serving = {child.number for child in self._company.children if child.phase is Phase.SERVING}
        for number, process in self._processes.items():
            process.popen.terminate() if number in serving else process.popen.kill()
        for process in self._processes.values():
            try:
                process.popen.wait(_ENDING_SECONDS)
            except subprocess.TimeoutExpired:
                process.popen.kill()
                process.popen.wait()
            process.line.close()


def _born(staff: Staff, first: bool) -> _Process:
    """A process of a visit, just started. Raises OSError."""
    ours, theirs = said.pair()
    with theirs:
        try:
            return _Process(staff.start(("--first",) if first else (), theirs.fileno()), ours)
        except OSError:
            ours.close()
            raise


@contextmanager
def _watched(bench: subprocess.Popen[str] | None, selector: selectors.BaseSelector, journal: Journal) -> Iterator[None]:
    """Within it, the end of this process is journaled as soon as it comes, and leaves no zombie."""
    if bench is None:
        yield
        return
    descriptor = os.pidfd_open(bench.pid)

    def gone() -> None:
        selector.unregister(descriptor)
        journal.note(f"bench gone, {bench.wait()}")

    selector.register(descriptor, selectors.EVENT_READ, gone)
    try:
        yield
    finally:
        os.close(descriptor)


def _ended(popen: subprocess.Popen[bytes]) -> int:
    """The exit code of a process that has hung up; who then takes longer to end is ended."""
    try:
        return popen.wait(_HUNG_UP_SECONDS)
    except subprocess.TimeoutExpired:
        popen.kill()
        return popen.wait()
