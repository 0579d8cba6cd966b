"""One call of `kiosk check card` at a desk, with right or wrong passwords."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from drivers.card.chip import Chip
from drivers.card.reader import CardDesk
from drivers.card.stopwatch import Stopwatch
from drivers.card.technician import Technician
from kiosk.service.card_report import CardReport
from kiosk.service.check_card import check_card
from kiosk.visit import Entry, Password
from tests.drivers.card.desk import Desk

KEYS = [
    "reader", "card", "tries_left", "apdus", "bytes", "seconds", "certificate", "signature_valid",
    "failure", "findings",
]  # fmt: skip
RIGHT = {Password.AUTHENTICATION: "1234", Password.ATTRIBUTES: "5678"}
LOOK = 6  # commands before the job, on the best pair
JOB = 10


@dataclass
class Call:
    """One call of the command at a desk; the vault is the desk's own."""

    desk: Desk
    digits: Mapping[Password, str] | None = None
    entered: list[Password] = field(default_factory=list)

    def report(self) -> CardReport:
        stopwatch = Stopwatch(self.desk.slot)
        technician = Technician(
            CardDesk(stopwatch, self.desk.guard, self.desk.clock, hear=stopwatch.hear),
            stopwatch,
            atr=lambda _: b";\x00",
        )
        return check_card(technician, self._enter if self.digits is not None else None)

    def _enter(self, password: Password) -> Entry:
        assert self.digits is not None
        self.entered.append(password)
        return self.desk.types(self.digits[password], password)


def report(chip: Chip | None) -> CardReport:
    """Without passwords."""
    desk = Desk()
    if chip is not None:
        desk.reader.lay(chip)
    found = Call(desk).report()
    assert chip is None or chip.verifies == 0
    return found
