"""What the card's job costs: commands, bytes and seconds on the four pairs of card and reader, beside OpenSC on the
same bench; and the terminal's own processor time.

The card lies on a virtual reader of a real pcscd and takes 15 ms for a command and 50 microseconds for a byte, like the
one that other clients were measured with; the time of its arithmetic is not modelled. Seconds of another client hold
the start of its process, some hundredths; those that the card takes do not. Figures, not verdicts, but for the commands
of our own job, which are exact.
"""

import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from drivers.card.habits import COMMON, Extended, Habits
from drivers.card.simulator import SimulatedReader
from drivers.card.technician import Performance, Technician
from kiosk.events import Signed
from kiosk.visit import Password
from tests.drivers.card.desk import CHALLENGE, Desk, card
from tests.drivers.card.pcscd import Pcscd
from tests.drivers.card.test_processor_time import MeasuredReader, job
from tests.figures.opensc import OpenSc, both
from tests.figures.places import Place, shown
from tests.figures.tables import columns, table

pytestmark = pytest.mark.bench

RUNS = 3
JOBS = 101
PAIRS = {
    "short identifiers, extended length": (Habits(), 10),
    "file selection, extended length": (Habits(short_refused=0x6A86), 14),
    "short identifiers, 256-byte reads": (Habits(extended=Extended.REFUSED), 15),
    "file selection, 256-byte reads": (Habits(short_refused=0x6A86, extended=Extended.REFUSED), 19),
}


def modelled(reader: SimulatedReader, act: Callable[[], object]) -> tuple[int, int, float, float]:
    """Commands, bytes both ways, the card's seconds and those that passed."""
    sent, seconds, began = reader.sent, reader.modelled, time.monotonic()
    act()
    passed = time.monotonic() - began
    commands, of_card = reader.sent - sent, reader.modelled - seconds
    return commands, round((of_card - commands * COMMON.command) / COMMON.byte), of_card, passed


def median_row(name: str, found: list[tuple[int, int, float, float]]) -> tuple[str, ...]:
    commands, both_ways, of_card, passed = (statistics.median(each) for each in zip(*found, strict=True))
    return name, f"{commands:.0f}", f"{both_ways:,.0f}", f"{of_card:.3f}", f"{passed:.3f}"


def test_the_job_and_another_client(pcscd: Pcscd, tmp_path: Path) -> None:
    rows: list[tuple[str, ...]] = [("", "commands", "bytes", "the card's s", "seconds")]
    for name, (habits, commands) in PAIRS.items():
        reader = SimulatedReader(card=card(), habits=habits, pace=COMMON)
        with shown(pcscd, reader):
            done = [performed() for _ in range(RUNS)]
        assert [(one.apdus, one.failure, one.signature_valid) for one in done] == [(commands, None, True)] * RUNS
        found = [
            (one.apdus, one.bytes, one.apdus * COMMON.command + one.bytes * COMMON.byte, one.seconds) for one in done
        ]
        rows.append(median_row(f"whole job: {name}", found))
    reader = SimulatedReader(card=card(), pace=COMMON)
    with shown(pcscd, reader):
        own = [modelled(reader, logged_in) for _ in range(RUNS)]
        rows.append(median_row("certificate and signature alone, best pair", own))
        best = statistics.median(one[3] for one in own)
        for client in both(tmp_path):
            rows += compared(client, reader, best)
    table(f"the card's job through pcscd: medians of {RUNS}", rows)


def performed() -> Performance:
    """The whole job after a look, as `kiosk check card` does it."""
    place = Place()
    try:
        technician = Technician(place.desk, place.stopwatch)
        technician.examine()
        return technician.perform(CHALLENGE, place.enter)
    finally:
        place.desk.close()


def logged_in() -> None:
    """Certificate, counter, first password and signature, from nothing."""
    place = Place()
    try:
        assert isinstance(place.desk.authenticate(place.enter(Password.AUTHENTICATION), CHALLENGE, False), Signed)
    finally:
        place.desk.close()


def compared(client: OpenSc, reader: SimulatedReader, own: float) -> list[tuple[str, ...]]:
    """Its certificate and its signature, each way that it has, and how much longer both take."""
    certificates: list[bytes] = []
    signatures: list[bytes] = []
    read, signed, as_token = (
        [modelled(reader, act) for _ in range(RUNS)]
        for act in (
            lambda: certificates.append(client.read_certificate()),
            lambda: signatures.append(client.sign(CHALLENGE, "1234")),
            lambda: signatures.append(client.sign_as_a_token(CHALLENGE, "1234")),
        )
    )
    key = x509.load_pem_x509_certificate(certificates[0]).public_key()
    assert isinstance(key, rsa.RSAPublicKey)
    for signature in signatures:
        key.verify(signature, CHALLENGE, padding.PKCS1v15(), hashes.SHA256())
    both_ways = statistics.median(one[3] for one in read) + statistics.median(one[3] for one in signed)
    ratios = both_ways / own, statistics.median(one[3] for one in as_token) / own
    return [
        median_row(f"{client.name}: certificate (pkcs15-tool)", read),
        median_row(f"{client.name}: signature (pkcs15-crypt)", signed),
        ("  both against certificate and signature above", "", "", "", f"{ratios[0]:.1f} times"),
        median_row(f"{client.name}: signature with certificates (pkcs11-tool)", as_token),
        ("  against certificate and signature above", "", "", "", f"{ratios[1]:.1f} times"),
    ]


def test_processor_time() -> None:
    reader = MeasuredReader(card=card())
    found = [(job(Desk(reader), reader),) for _ in range(JOBS)]
    rows = [("visitor's whole job with re-reading", f"{columns(found)[0]} ms", "goal: under 5 ms")]
    table(f"own processor time in memory, the card's part left out: medians of {JOBS} (least to most)", rows)
