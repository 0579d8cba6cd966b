"""OpenSC, which knows nothing of this project, on the same simulated card: what both see is the same, so the card is
not only what our own driver believes a card to be.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.serialization import Encoding

from drivers.card.chip import Chip
from drivers.card.pcsc import PcscSlot
from drivers.card.simulator import SimulatedReader
from drivers.card.vpcd import VirtualReader
from kiosk.events import AttributesRead, CardInspected, PasswordRefused, Signed
from kiosk.failures import DriverError
from kiosk.visit import Tries
from tests.drivers.card.desk import CHALLENGE, Desk, authority, card, public_key, tries_on
from tests.drivers.card.pcscd import READER, Pcscd
from tests.drivers.card.through_pcscd import SettledSlot

AUTHENTICATION, SIGNATURE, ISSUER = "01", "02", "03"  # OpenSC's numbers
MODULE = "opensc-pkcs11.so"


@dataclass
class OpenSc:
    """Its tools, and our own desk, at one reader on which a card lies."""

    folder: Path
    chip: Chip
    desk: Desk

    def says(self, *words: str, well: bool = True) -> str:
        ended = subprocess.run(
            words, env=os.environ | {"HOME": str(self.folder)}, capture_output=True, text=True, timeout=60, check=False
        )
        assert (ended.returncode == 0) is well, ended.stderr
        return ended.stdout + ended.stderr

    def tries(self) -> list[str]:
        """Of the two passwords that it knows."""
        return re.findall(r"Tries left +: (\d+)", self.says("pkcs15-tool", "--list-pins"))

    def types(self, digits: str) -> str:
        words = ("pkcs15-tool", "--verify-pin", "--auth-id", AUTHENTICATION, "--pin", digits)
        return self.says(*words, well=digits == "1234" and tries_on(self.chip)[0] > 0)


@pytest.fixture
def opensc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenSc]:
    if any(shutil.which(tool) is None for tool in ("opensc-tool", "pkcs15-tool", "pkcs11-tool")):
        pytest.skip("there is no OpenSC: .ci/setup test says why")
    with Pcscd(round_ms=5) as pcscd:
        chip = card()
        reader = SimulatedReader(card=chip)
        shown, slot, eyes = VirtualReader(reader, pcscd.address), PcscSlot(), PcscSlot()
        shown.start()
        settled = SettledSlot(slot, eyes, reader, shown)
        settled.look(None, 0)
        monkeypatch.setattr("tests.drivers.card.desk.slot_over", lambda _: settled)
        yield OpenSc(tmp_path, chip, Desk(reader))
        slot.close()
        eyes.close()
        shown.stop()


def test_it_takes_the_card_for_a_my_number_card(opensc: OpenSc) -> None:
    assert READER in opensc.says("opensc-tool", "--list-readers")
    assert opensc.says("opensc-tool", "--name").startswith("jpki\n")


def test_it_reads_the_certificates_that_were_put_there(opensc: OpenSc) -> None:
    def read(number: str) -> x509.Certificate:
        return x509.load_pem_x509_certificate(opensc.says("pkcs15-tool", "--read-certificate", number).encode())

    signed = opensc.desk.logs_in("1234")
    assert isinstance(signed, Signed)
    assert read(AUTHENTICATION).public_bytes(Encoding.DER) == signed.certificate
    assert read(ISSUER) == authority().ca_certificate
    read(AUTHENTICATION).verify_directly_issued_by(authority().ca_certificate)


def test_it_signs_and_the_signature_is_the_card_s(opensc: OpenSc) -> None:
    challenge, signature = opensc.folder / "challenge", opensc.folder / "signature"
    challenge.write_bytes(CHALLENGE)
    words = ["pkcs11-tool", "--module", MODULE, "--login", "--pin", "1234", "--sign", "--id", AUTHENTICATION]
    words += ["--mechanism", "SHA256-RSA-PKCS", "--input-file", str(challenge), "--output-file", str(signature)]
    opensc.says(*words)
    ours = opensc.desk.logs_in("1234")
    assert isinstance(ours, Signed)
    key = public_key(ours.certificate)
    key.verify(signature.read_bytes(), CHALLENGE, padding.PKCS1v15(), hashes.SHA256())
    assert signature.read_bytes() == ours.signature


def test_the_certificate_for_documents_wants_its_own_password(opensc: OpenSc) -> None:
    words = ["pkcs11-tool", "--module", MODULE, "--slot", "1", "--read-object", "--type", "cert", "--id", SIGNATURE]
    found = opensc.folder / "certificate"
    opensc.says(*words, "--output-file", str(found), well=False)
    opensc.says(*words, "--output-file", str(found), "--login", "--pin", "SAMPLE1")
    certificate = x509.load_der_x509_certificate(found.read_bytes())
    certificate.verify_directly_issued_by(authority().ca_certificate)


def test_both_see_the_same_counters_until_the_card_is_locked_and_after(opensc: OpenSc) -> None:
    assert opensc.tries() == ["3", "5"]
    assert opensc.desk.logs_in("9999") == PasswordRefused(2)
    assert opensc.tries() == ["2", "5"]
    opensc.types("1234")
    assert opensc.tries() == ["3", "5"]
    for left in (2, 1, 0):
        opensc.types("1111")
        assert opensc.desk.card.inspect() == CardInspected(Tries(left, 3))
    with pytest.raises(DriverError, match="PASSWORD_LOCKED"):
        opensc.desk.logs_in("1234")
    assert opensc.tries() == ["0", "5"]
    assert "Reference data not usable" in opensc.types("1234")  # its words for 6984
    assert tries_on(opensc.chip) == (0, 3)


def test_after_it_the_terminal_finds_everything_as_it_was(opensc: OpenSc) -> None:
    opensc.says("pkcs15-tool", "--dump")
    verifies = opensc.chip.verifies
    assert opensc.desk.card.inspect() == CardInspected(Tries(3, 3))
    assert isinstance(opensc.desk.logs_in("1234"), Signed)
    assert isinstance(opensc.desk.reads("5678"), AttributesRead)
    assert opensc.chip.verifies - verifies == 2
