"""A visit's submission as a process of its own, which kills itself at a step that the test names.

Arguments: the step, the ledger's folder, and the sandbox's door: address, CA, certificate, key. It registers, says
`registered`, waits for a line on its standard input (the link was opened), logs in with a card of its own and submits.
The card's key and certificate come on the standard input, too.
"""

import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA384
from cryptography.hazmat.primitives.serialization import load_der_private_key

from drivers.portal.client import PortalClient
from drivers.portal.https import ClientCertificate, HttpsTransport
from kiosk.effects import Submit
from kiosk.events import Progressed, Submitted
from kiosk.failures import DriverError
from kiosk.ports import Enclosure, Submission
from kiosk.shell.duties import Caps, PortalDuty
from kiosk.shell.journal import Journal
from kiosk.shell.kept_times import KeptTimes
from kiosk.shell.ledger import Ledger
from kiosk.visit import Limits, Ticket
from tests.drivers.portal.world import ATTRIBUTES, CONTRACT, PAGE, RECEIPT

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
    step, folder, url, ca, certificate, key = sys.argv[1:]
    client = DyingClient(HttpsTransport(url, Path(ca), ClientCertificate(Path(certificate), Path(key))))
    client.step = step
    client.register("taro_kyosai@example.jp", client.terms().version)
    print("registered", flush=True)
    card = load_der_private_key(bytes.fromhex(sys.stdin.readline()), None)
    assert isinstance(card, ec.EllipticCurvePrivateKey)
    certificate_of_card = bytes.fromhex(sys.stdin.readline())
    client.log_in(certificate_of_card, card.sign(client.challenge().challenge, ec.ECDSA(SHA384())))
    client.send_attributes(ATTRIBUTES)
    client.check_numbers(CONTRACT, RECEIPT)

    def tell(event: Progressed) -> None:
        reached = {"first byte": event.done == 0, "half way": 0 < event.done < event.whole}
        if reached.get(step, step == "all sent" and event.done == event.whole):
            die()

    def draw() -> str:
        if step == "key drawn":
            die()
        return KEY

    page = Enclosure("page-1.jpg", "image/jpeg", PAGE.content + bytes(3_000_000))  # more than a socket takes at once
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
