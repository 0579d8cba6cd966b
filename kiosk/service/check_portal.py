"""`kiosk check portal`: the way to the portal, step by step, for a technician.

What was seen comes from the driver; here it becomes lines for people and a document for programs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from kiosk.failures import Failure


class Hindered(Protocol):
    """What is wrong with a step: what it does to a visit (None: nothing yet) and what to do about it."""

    @property
    def name(self) -> str: ...

    @property
    def failure(self) -> Failure | None: ...

    @property
    def advice(self) -> str: ...


class Seen(Protocol):
    """One step of the way."""

    @property
    def step(self) -> Enum: ...

    @property
    def facts(self) -> Mapping[str, str | int | float | None]: ...

    @property
    def hindrance(self) -> Hindered | None: ...


@dataclass(frozen=True, slots=True)
class PortalReport:
    """`complete` False: it took longer than anybody waits."""

    way: Sequence[Seen]
    complete: bool = True

    @property
    def failure(self) -> Failure | None:
        """The first that hinders a visit."""
        found = (one.hindrance.failure for one in self.way if one.hindrance is not None and one.hindrance.failure)
        return next(found, None if self.complete else Failure.PORTAL_SLOW)

    @property
    def exit_code(self) -> int:
        """0 where a visit could be made, else 1."""
        return 0 if self.failure is None else 1

    def document(self) -> dict[str, object]:
        """For `--json`."""
        return {
            "steps": [
                {
                    "step": one.step.value,
                    "hindrance": one.hindrance.name if one.hindrance else None,
                    "advice": one.hindrance.advice if one.hindrance else None,
                    **one.facts,
                }
                for one in self.way
            ],
            "failure": self.failure.name if self.failure else None,
        }

    def lines(self) -> tuple[str, ...]:
        """For people who read English on a terminal."""
        lines = [line for one in self.way for line in _lines(one)]
        if not self.complete:
            lines.append("(the rest took longer than anybody waits)")
        return (*lines, f"{'result':22} {self.failure.name if self.failure else 'in order'}")


def _lines(seen: Seen) -> tuple[str, ...]:
    facts = [f"{name.replace('_', ' ')} {value}" for name, value in seen.facts.items() if value is not None]
    first = f"{seen.step.value:22} {'; '.join(facts)}".rstrip()
    if seen.hindrance is None:
        return (first,)
    mark = "note" if seen.hindrance.failure is None else "wrong"
    return (first, f"{'':22} {mark}: {seen.hindrance.advice}")
