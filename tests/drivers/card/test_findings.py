"""What card and reader settle of the points that are not publicly known: each answer follows what the card really does,
and none costs a try.
"""

from collections.abc import Callable
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from drivers.card import apdu
from drivers.card.chip import Chip, Transparent
from drivers.card.contents import of_certificate, of_record
from drivers.card.findings import Answer, of_conversation
from drivers.card.habits import COMMON, Extended, Habits
from drivers.card.profile import MY_NUMBER_CARD
from drivers.card.reader import CardDesk
from drivers.card.samples import attribute_record
from drivers.card.simulator import SimulatedReader
from drivers.card.stopwatch import Stopwatch, Timed
from drivers.card.technician import Technician
from drivers.card.trace import Exchanged
from kiosk.service.check_card import check_card
from kiosk.visit import Password
from tests.drivers.card.desk import HOLDER, Desk, card, credentials, tries_on
from tests.drivers.card.test_strange_cards import OddReader, with_file

JPKI, TEXT = MY_NUMBER_CARD.authentication, MY_NUMBER_CARD.attributes
DIGITS = {Password.AUTHENTICATION: "1234", Password.ATTRIBUTES: "5678"}


def settled(reader: SimulatedReader, *, job: bool = True) -> dict[str, Answer]:
    """Answers by their points; the card has lost nothing by them."""
    desk = Desk(reader)
    chip = reader.card
    assert chip is not None
    before = tries_on(chip), chip.verifies
    stopwatch = Stopwatch(desk.slot)
    technician = Technician(CardDesk(stopwatch, desk.guard, desk.clock, hear=stopwatch.hear), stopwatch)
    report = check_card(technician, (lambda password: desk.types(DIGITS[password], password)) if job else None)
    assert tries_on(chip) == before[0]
    assert chip.verifies - before[1] <= 2
    points = [finding.point for finding in report.findings]
    assert len(set(points)) == len(points)
    assert all(finding.section in set("123456") for finding in report.findings)
    return {finding.point: finding.answer for finding in report.findings}


def odd(chip: Chip, rule: Callable[[bytes], bytes | None]) -> SimulatedReader:
    return OddReader(rule, chip)


def test_the_sample_card_settles_these() -> None:
    answers = settled(SimulatedReader(card=card()))
    assert (
        answers
        | {
            "token information: bytes of the file": 32,
            "token information: filled with": "20 (space)",
            "certificate: bytes of the file": 2048,
            "certificate: key": "RSA-2048",
            "certificate: signed over": "sha256",
            "certificate: subject is country and common name only": True,
            "certificate: days from issue to end": 1825,
            "counter asked after a successful VERIFY": "63Cx",
            "that question leaves the password open": True,
            "selecting the application again leaves the password open": False,
            "a reset of the card leaves the password open": False,
            "extended length": "taken",
            "reading by short identifier": "taken",
            "certificate: reading that begins at the end": "6B00",
            "attributes: offsets (DF21) are there": True,
            "attributes: offsets point from the file's beginning to the four": True,
            "attributes: forms of the lengths": "one byte",
            "answers of exactly 256 bytes arrive": True,
        }
        == answers
    )


def test_without_passwords_nothing_is_said_about_what_lies_behind_them() -> None:
    answers = settled(SimulatedReader(card=card()), job=False)
    assert "certificate: bytes" in answers
    assert not [point for point in answers if "attributes" in point or "VERIFY" in point or "open" in point]


@pytest.mark.parametrize(
    ("extended", "answer"),
    [
        (Extended.REFUSED, "refused with 6700"),
        (Extended.CORRECTED, "refused with 6C00"),
        (Extended.CUT, "cut off"),
        (Extended.EMPTY, "cut off"),
        (Extended.LOST, "the connection is lost over it"),
    ],
)
def test_what_a_reader_does_with_extended_length(extended: Extended, answer: str) -> None:
    assert settled(SimulatedReader(card=card(), habits=Habits(extended=extended)))["extended length"] == answer


@pytest.mark.parametrize("status", [0x6A86, 0x6A88, 0x6A82, 0x6B00])
def test_what_a_card_says_to_short_identifiers(status: int) -> None:
    answers = settled(SimulatedReader(card=card(), habits=Habits(short_refused=status)))
    assert answers["reading by short identifier"] == f"{status:04X}"
    assert answers["counter of the second password by short identifier"] == f"{status:04X}"
    assert answers["counter of the second password after its selection"] == "63Cx"
    assert answers["counter asked after a successful VERIFY"] == "63Cx"


@pytest.mark.parametrize("when_blocked", [0x63C0, 0x6983, 0x6984])
def test_how_a_locked_password_answers(when_blocked: int) -> None:
    answers = settled(SimulatedReader(card=card(authentication=0, when_blocked=when_blocked)))
    for form in ("by short identifier", "after its selection"):
        assert answers[f"counter of the first password {form}"] == f"{when_blocked:04X}"
        assert answers[f"counter of the second password {form}"] == "63Cx"


def test_a_card_that_says_9000_once_verified() -> None:
    opened = False

    def rule(raw: bytes) -> bytes | None:
        nonlocal opened
        opened = opened or (raw[1] == apdu.VERIFY and len(raw) > 4 and raw[3] == 0x91)
        return b"\x90\x00" if opened and raw[1] == apdu.VERIFY and len(raw) == 4 and raw[3] == 0x91 else None

    assert settled(odd(card(), rule))["counter asked after a successful VERIFY"] == "9000"


def test_a_card_whose_password_stays_open_over_a_selection_or_a_reset() -> None:
    chip = card()
    files = {**chip.applications[TEXT.aid].files}
    reader = odd(chip, lambda raw: b"\xff\x90\x00" if raw[:2] == b"\x00\xb0" and raw[-1] == 1 else None)
    answers = settled(reader)
    assert answers["selecting the application again leaves the password open"] is True
    assert answers["selecting another application leaves the password open"] is True
    assert answers["a reset of the card leaves the password open"] is True
    assert files == chip.applications[TEXT.aid].files


def test_a_question_that_closes_the_password_leaves_the_rest_open() -> None:
    closed = False

    def rule(raw: bytes) -> bytes | None:
        nonlocal closed
        if raw == b"\x00\x20\x00\x91" and reader.card is not None and reader.card.verifies == 2:
            closed = True
        return apdu.NOT_VERIFIED.to_bytes(2, "big") if closed and raw[1] == apdu.READ_BINARY and raw[2] < 0x80 else None

    reader = OddReader(rule, card())
    answers = settled(reader)
    assert answers["that question leaves the password open"] is False
    assert not [point for point in answers if point.startswith("selecting")]


def test_a_token_with_zeros_and_a_card_that_is_strict_about_lengths() -> None:
    zeros = Transparent(b"JPKIAPICCTOKEN2".ljust(32, b"\0"))
    answers = settled(SimulatedReader(card=with_file(card(strict_length=True), JPKI.aid, 0x0006, zeros)))
    assert answers["token information: filled with"] == "00"
    assert answers["lengths corrected (6Cxx)"] is True
    assert answers["token information: reading that asks for more than is left"] == "6C20"


def test_long_lengths_and_pieces() -> None:
    chip = card(holder=replace(HOLDER, address="町" * 100))
    answers = settled(SimulatedReader(card=chip, habits=Habits(pieces=200)))
    assert answers["attributes: forms of the lengths"] == "82 and one byte"
    assert answers["answers handed over in pieces (61xx)"] is True
    assert answers["extended length"] == "taken"


def test_times_are_those_of_card_and_reader() -> None:
    pace = replace(COMMON, signature=0.4)
    now = 0.0

    def wait(seconds: float) -> None:
        nonlocal now
        now += seconds

    desk = Desk(SimulatedReader(card=card(), pace=pace, wait=wait))
    stopwatch = Stopwatch(desk.slot, clock=lambda: now)
    technician = Technician(CardDesk(stopwatch, desk.guard, desk.clock, hear=stopwatch.hear), stopwatch)
    report = check_card(technician, lambda password: desk.types(DIGITS[password], password))
    assert report.performed is not None
    assert report.performed.seconds == pytest.approx(10 * 0.015 + report.performed.bytes / 20_000 + 0.4)
    answers = {finding.point: finding.answer for finding in report.findings}
    assert answers["milliseconds of a short command, median"] == pytest.approx(15.6, abs=0.6)
    assert answers["bytes a second of a long answer, median"] == pytest.approx(20_000, rel=0.05)
    assert answers["milliseconds of a signature"] == pytest.approx(415 + 315 / 20, abs=0.1)


def test_a_conversation_without_answers_settles_only_the_loss() -> None:
    lost = Exchanged(b"\x00\xb0\x8a\x00", b"", 7, 0, None)
    assert [(one.point, one.answer) for one in of_conversation([Timed(lost, 0, 1)])] == [
        ("extended length", "the connection is lost over it"),
        ("answers handed over in pieces (61xx)", False),
        ("lengths corrected (6Cxx)", False),
    ]


@pytest.mark.parametrize(
    ("birth", "told"),
    [("19260000", "YYYY0000"), ("19260300", "YYYYMM00"), ("00000000", "00000000"), ("1926    ", "YYYY    ")],
)
def test_of_a_birth_date_only_what_is_unknown_is_told(birth: str, told: str) -> None:
    record = attribute_record(replace(HOLDER, birth=birth))
    answers = {finding.point: finding.answer for finding in of_record(record)}
    assert answers["attributes: how an unknown part of a birth date is written"] == told


def test_what_is_no_certificate_and_no_record_settles_nothing() -> None:
    for content in (b"", b"\xff" * 40, b"\x30\x82", b"\x30\x03\x02\x01\x01", bytes(range(256))):
        assert list(of_certificate(content)) == []
        assert list(of_record(content)) == []


def test_offsets_that_point_elsewhere_are_told() -> None:
    record = bytearray(attribute_record(HOLDER))
    record[6] ^= 1
    answers = {finding.point: finding.answer for finding in of_record(bytes(record))}
    assert answers["attributes: offsets point from the file's beginning to the four"] is False


def test_an_element_that_nobody_knows_does_not_hinder_the_others() -> None:
    record = attribute_record(HOLDER)
    body = record[3:] + b"\x5a\x00"  # its head is shorter than theirs, and nothing follows it
    answers = {finding.point: finding.answer for finding in of_record(b"\xff\x20\x82\x00" + bytes([len(body)]) + body)}
    assert answers["attributes: forms of the lengths"] == "82 and one byte"


def test_a_certificate_that_is_signed_in_an_unknown_way_is_told_by_its_number() -> None:
    known = bytes.fromhex("2A864886F70D01010B")  # sha256WithRSAEncryption
    certificate = credentials().certificate
    assert certificate is not None
    content = certificate.public_bytes(Encoding.DER).replace(known, known[:-1] + b"\x7f")
    answers = {finding.point: finding.answer for finding in of_certificate(content)}
    assert answers["certificate: signed over"] == "1.2.840.113549.1.1.127"
    assert answers["certificate: key"] == "RSA-2048"
