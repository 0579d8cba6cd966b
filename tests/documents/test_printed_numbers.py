"""Numbers are offered where two readings agree, never where there is a doubt."""

from collections.abc import Callable

import numpy as np
import pytest

from drivers.bench.papers import Kind, Owner, print_paper
from drivers.bench.papers.sheet import A4_MM, Sheet
from drivers.ocr.tesseract import Tesseract
from kiosk.documents.codes import Code, read_codes
from kiosk.documents.pixels import Grey, as_grey
from kiosk.documents.printed_numbers import Offers, in_codes, offers
from kiosk.documents.words import Letters, Read, Word
from kiosk.visit import Box
from tests.documents.numbered import a_look, an_owner, page_of

RECEIPT, CONTRACT = "S02012024022910150000731", "903456729"


def page(*lines: str) -> Grey:
    """Lines of 4.6 mm on an A4 sheet at 300 dpi."""
    sheet = Sheet(A4_MM)
    for index, words in enumerate(lines):
        sheet.text(30, 40 + 14 * index, words, 4.6)
    return as_grey(np.array(sheet.image, np.uint8))


def reading(*codes: str, around: str = "") -> Read:
    """A reader that reads these numbers of the only row, one after the other, and these words around it."""
    left = list(codes)

    def read(picture: Grey, letters: Letters) -> tuple[Word, ...]:
        if letters is Letters.ANY:
            return (Word(around, Box(0, 0.01, 1, 0.02), 0.9),)
        return (Word(left.pop(0), Box(0.1, 0.4, 0.9, 0.6), 0.9),)

    return read


def nobody(picture: Grey, letters: Letters) -> None:
    return None


def code(text: str) -> Code:
    return Code(text, ((0, 0), (1, 0), (1, 1), (0, 1)))


# --- two readings --------------------------------------------------------------------------------------------------


def test_what_two_readings_agree_on_is_offered() -> None:
    letter = page("S0201-20240229101500-00731")
    assert offers(letter, 300, (), reading(RECEIPT, RECEIPT)) == Offers(receipt=RECEIPT)
    assert RECEIPT not in repr(offers(letter, 300, (), reading(RECEIPT, RECEIPT)))


@pytest.mark.parametrize(
    "second",
    [
        pytest.param("S02012024022910150000781", id="another digit"),
        pytest.param("S0201202402291015000073", id="one sign less"),
        pytest.param("", id="nothing"),
    ],
)
def test_where_they_differ_nothing_is_offered(second: str) -> None:
    assert offers(page("S0201-20240229101500-00731"), 300, (), reading(RECEIPT, second)) == Offers()


@pytest.mark.parametrize(
    "impossible",
    [
        pytest.param("S02012026023010150000731", id="the 30th of February"),
        pytest.param("S02012026010125150000731", id="25 o'clock"),
        pytest.param("502012024022910150000731", id="no letter"),
        pytest.param("S0201202402291015000073I", id="a letter at the end"),
    ],
)
def test_what_can_be_no_receipt_number_is_not_offered(impossible: str) -> None:
    assert offers(page("S0201-20240229101500-00731"), 300, (), reading(impossible, impossible)) == Offers()


def test_nobody_reads_and_nothing_is_offered() -> None:
    assert offers(page("S0201-20240229101500-00731"), 300, (), nobody) == Offers()


# --- which rows ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "printed",
    [
        "S0201-2024022910150-00731",  # a digit less
        "S0201-202402291015001-00731",  # a digit more
        "S0201 20240229101500 00731",
        "90345672-9",
        "9034567-290",
        "19034567-29",
        "9,034,567-29",
        "2026-11-02",
        "03-9034-5672",
    ],
)
def test_other_forms_are_not_even_read(printed: str) -> None:
    asked: list[Letters] = []

    def read(picture: Grey, letters: Letters) -> None:
        asked.append(letters)

    assert offers(page(printed), 300, (), read) == Offers()
    assert asked == []


def test_nine_digits_count_where_they_are_hyphened_or_named() -> None:
    assert offers(page("9034567-29"), 300, (), reading(CONTRACT, CONTRACT)).contract == CONTRACT
    assert offers(page("903456729"), 300, (), reading(CONTRACT, CONTRACT)).contract is None
    named = reading(CONTRACT, CONTRACT, around="共済契約者番号")
    assert offers(page("共済契約者番号  903456729"), 300, (), named).contract == CONTRACT


# --- codes ---------------------------------------------------------------------------------------------------------


def test_a_code_comes_before_print() -> None:
    other = "S01012026010112000000001"
    found = offers(page("S0201-20240229101500-00731"), 300, [code(other)], reading(RECEIPT, RECEIPT))
    assert found.receipt == other


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("S0201-20240229101500-00731", Offers(RECEIPT, None)),
        (RECEIPT, Offers(RECEIPT, None)),
        ("https://example.jp/r?no=S0201-20240229101500-00731", Offers(RECEIPT, None)),
        ("S0201-20260230101500-00731", Offers()),
        ("9034567-29", Offers(None, CONTRACT)),
        (f"共済契約者番号:{CONTRACT}", Offers(None, CONTRACT)),
        (f"https://example.jp/?tel={CONTRACT}", Offers()),
        ("S0201-20240229101500-007310", Offers()),
        ("", Offers()),
    ],
)
def test_what_a_code_says(text: str, found: Offers) -> None:
    assert in_codes([code(text)]) == found


def test_two_codes_that_differ_offer_nothing() -> None:
    assert in_codes([code(RECEIPT), code("S01012026010112000000001")]) == Offers()
    assert in_codes([code(RECEIPT), code(RECEIPT)]) == Offers(RECEIPT, None)


# --- the sample papers, with the real reader -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def read() -> Callable[[Grey, Letters], tuple[Word, ...] | None]:
    tesseract = Tesseract(most_seconds=60)
    if tesseract.lacking:
        pytest.skip(tesseract.lacking)
    return tesseract.read


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        (Kind.NOTICE, Offers(RECEIPT, None)),
        (Kind.FORM, Offers(None, CONTRACT)),
        (Kind.IMPOSSIBLE_NOTICE, Offers()),
        (Kind.TAX_RETURN, Offers()),
        (Kind.DENSE, Offers()),
    ],
    ids=lambda value: value.value if isinstance(value, Kind) else "",
)
def test_what_the_sample_papers_offer(kind: Kind, found: Offers, read: Read) -> None:
    assert offers(as_grey(print_paper(kind)), 300, (), read) == found


def test_the_coded_letter_needs_no_reading() -> None:
    paper = print_paper(Kind.CODED_NOTICE)
    assert offers(as_grey(paper), 300, read_codes(paper), nobody) == Offers(RECEIPT, None)


def test_two_different_numbers_on_one_page_offer_nothing(read: Read) -> None:
    both = page("S0201-20240229101500-00731", "S0101-20261102094512-10423", "9034567-29", "9012345-07")
    assert offers(both, 300, (), read) == Offers()


@pytest.mark.parametrize("seed", range(2))
def test_what_is_offered_from_the_tray_is_right(seed: int, read: Read) -> None:
    """A sample of `tests/figures/test_numbers_on_papers.py`: right, or nothing at all."""
    rng = np.random.default_rng([seed, 11])
    owner: Owner = an_owner(rng)
    kind = (Kind.NOTICE, Kind.FORM, Kind.SEAL, Kind.FAX)[seed]
    grey, dpi = page_of(print_paper(kind, owner, seed), a_look(rng, 1.0), seed)
    found = offers(grey, dpi, (), read)
    assert found.receipt in {None, owner.receipt.replace("-", "")}
    assert found.contract in {None, owner.contract.replace("-", "")}
    assert kind not in {Kind.FORM, Kind.SEAL} or found.receipt is None
