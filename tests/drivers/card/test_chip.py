"""The simulated card itself: what public implementations report of the real one."""

import pytest

from drivers.card.chip import Chip
from tests.drivers.card.desk import card, tries_on

JPKI = "00A4040C0AD392F000260100000001"
TEXT = "00A4040C0AD3921000310001010408"


def say(chip: Chip, *commands: str) -> str:
    answers = [chip.answer(bytes.fromhex(command)) for command in commands]
    return answers[-1].hex().upper()


def test_an_empty_verify_asks_and_costs_nothing() -> None:
    chip = card()
    assert say(chip, JPKI, "00A4020C020018", *["00200080"] * 9) == "63C3"
    assert say(chip, JPKI, "00200098") == "63C3"  # by its short identifier
    assert say(chip, TEXT, "00200091") == "63C3"


def test_three_wrong_passwords_lock_and_the_right_one_does_not_help_any_more() -> None:
    chip = card()
    wrong, right = "002000800431313131", "002000800431323334"
    assert say(chip, JPKI, "00A4020C020018", wrong) == "63C2"
    assert say(chip, wrong) == "63C1"
    assert say(chip, wrong) == "63C0"
    assert say(chip, right) == "6984"
    assert say(chip, "00200080") == "63C0"
    assert tries_on(chip) == (0, 3)


def test_the_right_password_restores_the_counter_but_the_question_is_answered_as_before() -> None:
    chip = card()
    assert say(chip, JPKI, "00A4020C020018", "002000800431313131") == "63C2"
    assert say(chip, "002000800431323334") == "9000"
    assert say(chip, "00200080") == "63C3"


def test_the_counter_outlives_power() -> None:
    chip = card()
    say(chip, JPKI, "00A4020C020018", "002000800431313131")
    chip.reset()
    assert say(chip, "00200080") == "6A88"
    assert say(chip, JPKI, "00A4020C020018", "00200080") == "63C2"


def test_selecting_the_application_again_closes_what_the_password_opened() -> None:
    chip = card()
    assert say(chip, TEXT, "00A4020C020011", "002000800435363738", "00A4020C020002", "00B0000003")[:4] == "FF20"
    assert say(chip, TEXT, "00A4020C020002", "00B0000003") == "6982"


def test_the_key_wants_its_password() -> None:
    sign = "802A0080333031300D060960864801650304020105000420" + "00" * 32 + "00"
    chip = card()
    assert say(chip, JPKI, "00A4020C020017", sign) == "6982"
    assert say(chip, "00A4020C020018", "002000800431323334", "00A4020C020017", sign).endswith("9000")


def test_files_are_read_in_short_and_extended_form() -> None:
    chip = card()
    whole = say(chip, JPKI, "00B08A00000000")
    assert len(whole) == 2 * (2048 + 2)
    assert say(chip, "00B0010000") == whole[512:1024] + "9000"
    assert say(chip, "00B0080000") == "6B00"
    chip.extended = False
    assert say(chip, "00B08A00000000") == "6700"


@pytest.mark.parametrize(
    ("command", "status"),
    [
        ("00A4040C05A000000001", "6A82"),
        ("00A4020C02000A", "6A82"),  # no application yet
        ("00B0000000", "6986"),
        ("00D6000000", "6D00"),
        ("90B0000000", "6E00"),
        ("00B0", "6700"),
        ("00A4020C05000A", "6700"),
    ],
)
def test_what_makes_no_sense_is_refused(command: str, status: str) -> None:
    assert say(card(), command) == status


def test_the_log_knows_kinds_and_files_and_no_contents() -> None:
    chip = card()
    say(chip, JPKI, "00A4020C020018", "002000800437333931")
    assert chip.verifies == 1
    assert "7391" not in repr(chip.log)
    assert "37333931" not in repr(chip.log)
