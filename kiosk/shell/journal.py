"""What is written down about a visit: kinds, never contents.

A line says that something happened (the name of a type, of an enum's member, of a stage), to which visit, and how
long it took. Nothing that a visitor typed, showed or holds can get in, because nothing here formats a value: only
names of types and members of a few enums are used. Keys and digits are not written at all, since the times between
them would say something. A fault is written as type, file and line; its message may hold anything and is left out.
"""

import logging
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from kiosk.effects import ClearEntry, Effect, EraseDigit, StoreDigit
from kiosk.events import (
    Answered,
    DigitTapped,
    Elapsed,
    Event,
    Failed,
    Held,
    KeyTapped,
    Progressed,
    Tapped,
    Touched,
    TraySeen,
)
from kiosk.failures import Failure
from kiosk.states import Stage
from kiosk.visit import Ending


class Journal:
    """Writes lines with their level (`logging.Logger.log` fits); seconds are measured by the caller's own clock."""

    def __init__(self, write: Callable[[int, str], None], visit: int | None = None) -> None:
        self._log = write
        self._visit = visit

    def of_visit(self, visit: int) -> "Journal":
        """The same journal, each line with the visit's number."""
        return Journal(self._log, visit)

    def begun(self) -> None:
        """A visit stands before its attract screen."""
        self._write("begun")

    def event(self, event: Event) -> None:
        """Something happened."""
        match event:
            case DigitTapped() | KeyTapped() | Touched() | TraySeen() | Progressed():
                return
            case Answered(result=Failed(failure=failure)):
                self._write(f"event Answered Failed {failure.name}", logging.WARNING)
            case Answered(result=result):
                self._write(f"event Answered {type(result).__name__}")
            case Tapped(action=action) | Held(action=action):
                self._write(f"event {type(event).__name__} {action.name}")
            case Elapsed(kind=kind):
                self._write(f"event Elapsed {kind.name}")
            case _:
                self._write(f"event {type(event).__name__}")

    def stage(self, stage: Stage) -> None:
        """The visitor stands somewhere else now."""
        self._write(f"stage {type(stage).__name__}")

    def effect(self, effect: Effect) -> None:
        """Something is asked for."""
        if not isinstance(effect, StoreDigit | EraseDigit | ClearEntry):
            self._write(f"effect {type(effect).__name__}")

    def took(self, what: object, seconds: float) -> None:
        """A worker has answered; `what` gives its type's name."""
        self._write(f"took {type(what).__name__} {seconds:.2f} s")

    def failure(self, where: str, failure: Failure) -> None:
        """A device failed outside a request. `where` is a name in the program."""
        self._write(f"failure {where} {failure.name}", logging.WARNING)

    def settled(self, received: bool) -> None:
        """The fate of an earlier submission is known."""
        self._write(f"settled {'received' if received else 'not received'}")

    def note(self, name: str) -> None:
        """A fixed word of the program."""
        self._write(name)

    def lacks(self, hardening: str) -> None:
        """What the kernel was asked for at the start and did not grant."""
        self._write(f"not granted: {hardening}", logging.WARNING)

    def fault(self, where: str, error: BaseException) -> None:
        """Something in the program broke: type, file and line."""
        self._write(f"fault in {where}: {described(type(error), error.__traceback__)}", logging.ERROR)

    def ended(self, ending: Ending) -> None:
        """The visit is over."""
        self._write(f"ended {ending.name}")

    def _write(self, line: str, level: int = logging.INFO) -> None:
        self._log(level, line if self._visit is None else f"visit {self._visit} {line}")


def described(kind: type[BaseException], trace: TracebackType | None) -> str:
    """A fault without its message: type, and file and line where it was raised."""
    frames = traceback.extract_tb(trace)
    if not frames:
        return kind.__name__
    return f"{kind.__name__} at {Path(frames[-1].filename).name}:{frames[-1].lineno}"
