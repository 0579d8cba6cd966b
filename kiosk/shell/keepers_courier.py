"""The courier as the keeper sees it: a process that is started, waited for and ended (`kiosk.shell.errands`)."""

import subprocess
from collections.abc import Callable

from kiosk.shell.errands import Errands, Order, came_back, due, looked, visit_gone
from kiosk.shell.journal import Journal


class KeepersCourier:
    """`poll` whenever the keeper turns, at the latest when it is `due`. Nothing here waits.

    `start` starts the process, which ends when its standard input ends; `open_keys` says whether a key is open that no
    living visit holds.
    """

    def __init__(
        self,
        start: Callable[[], subprocess.Popen[bytes]],
        open_keys: Callable[[], bool],
        monotonic: Callable[[], float],
        journal: Journal,
    ) -> None:
        self._start = start
        self._open_keys = open_keys
        self._monotonic = monotonic
        self._journal = journal
        self._errands = Errands()
        self._process: subprocess.Popen[bytes] | None = None

    def visit_gone(self) -> None:
        """It may have left a key."""
        self._errands = visit_gone(self._errands, self._monotonic())

    def due(self) -> float:
        """When to poll at the latest."""
        return due(self._errands)

    def poll(self) -> None:
        """Do what there is to do."""
        now = self._monotonic()
        if self._process is not None and self._process.poll() is not None:
            self._journal.note(f"courier back, {self._process.returncode}")
            self._let_go(self._process)
            self._errands = came_back(self._errands, self._open_keys(), now)
        if now < due(self._errands):
            return
        self._errands, order = looked(self._errands, self._open_keys(), now)
        match order:
            case Order.SEND:
                self._send(now)
            case Order.RECALL if self._process is not None:
                self._process.kill()
            case _:
                pass

    def end(self) -> None:
        """The terminal closes: what is open stays open until it starts again."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._let_go(self._process)

    def _send(self, now: float) -> None:
        try:
            self._process = self._start()
        except OSError as error:
            self._journal.fault("courier", error)
            self._errands = came_back(self._errands, open_=True, now=now)
        else:
            self._journal.note("courier sent")

    def _let_go(self, process: subprocess.Popen[bytes]) -> None:
        if process.stdin is not None:
            process.stdin.close()
        self._process = None
