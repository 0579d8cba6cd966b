"""What lies between a simulated reader's driver and the card: habits, time, and faults by appointment."""

from dataclasses import dataclass, field

from drivers.card.chip import Chip
from drivers.card.faults import FAILURES, Appointment, Fault, spoilt
from drivers.card.habits import Habits, Mouth, Pace


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of a command: an answer after so many `seconds`, or a `fault` instead."""

    answer: bytes = field(default=b"", repr=False)
    fault: Fault | None = None
    seconds: float = 0.0


class Passage:
    """Of one reader. `sent` counts the commands that were passed on, heard or not; `modelled` their seconds."""

    def __init__(self, habits: Habits, pace: Pace) -> None:
        self._pace = pace
        self.mouth = Mouth(habits)
        self._due: Appointment | None = None
        self.sent = 0
        self.modelled = 0.0

    def renew(self) -> None:
        """A new connection: nothing of the last answer is left."""
        self.mouth = Mouth(self.mouth.habits)

    def appoint(self, appointment: Appointment) -> None:
        """Instead of another one that is still to come."""
        self._due = appointment

    def carry(self, card: Chip, command: bytes) -> Carried:
        """One command to the card, and what comes of it."""
        self.sent += 1
        due = self._fault_due()
        answer = self.mouth.answer(card, command) if due is None or due.heard else b""
        if due is not None:
            return Carried(fault=due.fault) if due.fault in FAILURES else Carried(spoilt(due.fault, answer or b""))
        if answer is None:
            return Carried(fault=Fault.LOST)
        seconds = self._pace.seconds(command, answer)
        self.modelled += seconds
        return Carried(answer, seconds=seconds)

    def _fault_due(self) -> Appointment | None:
        due, self._due = self._due, None
        if due is None or due.at == 0:
            return due
        self._due = due.later()
        return None
