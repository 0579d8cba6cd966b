"""A visit's submission as a process of its own, which kills itself at a step that the test names.

Arguments: the step, the ledger's folder, and what an applicant is told (`applicant.py`).
"""

import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from drivers.portal.client import PortalClient
from kiosk.effects import Submit
from kiosk.events import Progressed, Submitted
from kiosk.failures import DriverError
from kiosk.ports import Submission
from kiosk.shell.duties import Caps, PortalDuty
from kiosk.shell.journal import Journal
from kiosk.shell.kept_times import KeptTimes
from kiosk.shell.ledger import Ledger
from kiosk.visit import Limits, Ticket
from tests.drivers.portal.world import CONTRACT, RECEIPT, a_page
from tests.journeys.applicant import apply, transport

KEY = "0123456789abcdef0123456789abcdef"
STEPS = ("key drawn", "key written", "first byte", "half way", "all sent", "answered", "crossed out")


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class DyingLedger(Ledger):
    """Dies after the key was written, or after it was crossed out."""

    def __init__(self, folder: Path, step: str) -> None:
        super().__init__(folder)
        self.step = step

    def open(self, key: str) -> None:
        super().open(key)
        if self.step == "key written":
            die()

    def close(self, key: str) -> None:
        super().close(key)
        if self.step == "crossed out":
            die()


class DyingClient(PortalClient):
    """Dies when the portal's answer has come."""

    step = ""

    def submit(self, submission: Submission, key: str, progress: object) -> Submitted:
        answer = super().submit(submission, key, progress)  # type: ignore[arg-type]
        if self.step == "answered":
            die()
        return answer


def main() -> None:
    step, folder, *door = sys.argv[1:]
    client = DyingClient(transport(door))
    client.step = step
    apply(client)

    def tell(event: Progressed) -> None:
        reached = {"first byte": event.done == 0, "half way": 0 < event.done < event.whole}
        if reached.get(step, step == "all sent" and event.done == event.whole):
            die()

    def draw() -> str:
        if step == "key drawn":
            die()
        return KEY

    page = a_page(3_000_000)  # more than a socket takes at once
    journal = Journal(lambda _level, _line: None)
    times = KeptTimes(Path(folder) / "mails", lambda: datetime.now(UTC), 20, lambda _note: None)
    caps = Caps(Limits(), 10**7, times, lambda: datetime.now(UTC))
    ledger = DyingLedger(Path(folder) / "open", step)
    duty = PortalDuty(client, lambda _numbers: (page,), ledger, draw, caps, tell, journal)
    try:
        duty(Submit(Ticket(1, 1), (1,), CONTRACT, RECEIPT, ()))
    except DriverError as error:
        print(error.failure.name, flush=True)


if __name__ == "__main__":
    main()
