"""A My Number on a page is noticed, and what only looks like one is left alone."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.bench.papers import CARD_MM, Kind, print_paper
from drivers.ocr.tesseract import Tesseract
from kiosk.documents.codes import Code, read_codes
from kiosk.documents.my_number import check_digit, find_my_numbers, fits, is_card_back, is_my_number
from kiosk.documents.pixels import as_grey
from kiosk.documents.surroundings import Surroundings
from kiosk.documents.twelves import Setting
from kiosk.documents.words import Read
from kiosk.visit import Box
from tests.documents.number_sheets import number_sheet, placed
from tests.documents.numbered import a_look, page_of

NUMBER = "123456789018"
NOTHING = Surroundings()
ALONE = (Setting.RUN, Setting.GROUPS, Setting.CELLS)

digits = st.text("0123456789", min_size=11, max_size=11)


# --- the rule ------------------------------------------------------------------------------------------------------


@given(digits)
def test_the_check_digit_follows_from_the_published_rule(first: str) -> None:
    """11 - (sum of Pn x Qn modulo 11), 0 where the remainder is 0 or 1; Pn counted from the right."""
    weights = {n: n + 1 if n <= 6 else n - 5 for n in range(1, 12)}
    rest = sum(int(first[-n]) * weights[n] for n in range(1, 12)) % 11
    assert check_digit(first) == (0 if rest <= 1 else 11 - rest)


@given(digits, st.integers(0, 11), st.integers(1, 9))
def test_one_wrong_digit_hardly_ever_fits(first: str, at: int, by: int) -> None:
    """It fits only where both check digits are 0 though the remainders are 0 and 1."""
    number = f"{first}{check_digit(first)}"
    assert fits(number)
    other = number[:at] + str((int(number[at]) + by) % 10) + number[at + 1 :]
    assert not fits(other) or (at < 11 and number[11] == "0")


@pytest.mark.parametrize("text", ["", "12345678901", "1234567890180", "12345678901x", "１２３４５６７８９０１８"])
def test_what_is_not_twelve_digits_does_not_fit(text: str) -> None:
    assert not fits(text)


# --- what decides --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("setting", ALONE)
def test_digits_that_fit_are_covered_where_nobody_says_what_they_are(setting: Setting) -> None:
    assert is_my_number(setting, NUMBER, NOTHING)
    assert is_my_number(setting, "I23456789OI8", NOTHING)  # a reader's slips
    assert not is_my_number(setting, "123456789017", NOTHING)
    assert not is_my_number(setting, "", NOTHING)


@pytest.mark.parametrize(
    "name", ["個人番号", "氏名 個人番号", "マイナンバー(12桁)", "マイナンパー", "電話番号 個人番号"]
)
@pytest.mark.parametrize("read", [NUMBER, "123456789017", ""])
def test_what_is_called_a_my_number_is_covered_however_it_was_read(name: str, read: str) -> None:
    for setting in Setting:
        assert is_my_number(setting, read, Surroundings(before=name))
        assert name == "氏名 個人番号" or is_my_number(setting, read, Surroundings(above=name))


@pytest.mark.parametrize(
    "name",
    ["電話番号", "受付番号", "お客様番号", "口座番号", "No.", "第", "注文コード", "¥", "+", "個人番号 電話番号", "TEL"],
)
def test_what_is_called_otherwise_is_not(name: str) -> None:
    assert not is_my_number(Setting.RUN, NUMBER, Surroundings(before=name))


@pytest.mark.parametrize("behind", ["円", "号", "個", "点"])
def test_what_is_counted_is_not(behind: str) -> None:
    assert not is_my_number(Setting.CELLS, NUMBER, Surroundings(behind=behind))


def test_a_name_above_counts_where_it_is_a_name() -> None:
    assert not is_my_number(Setting.CELLS, NUMBER, Surroundings(above="課税標準額"))
    text = "別紙の明細につきましては受付番号をお確かめください"
    assert is_my_number(Setting.CELLS, NUMBER, Surroundings(above=text))
    assert is_my_number(Setting.CELLS, NUMBER, Surroundings(above="受付番号202611021234"))


def test_a_moment_is_not_one() -> None:
    moment = "202611021239"
    assert fits("202611021230") or not is_my_number(Setting.RUN, "202611021230", NOTHING)
    assert not any(is_my_number(Setting.RUN, moment[:11] + str(last), NOTHING) for last in range(10))


@pytest.mark.parametrize("setting", [Setting.HYPHENED, Setting.LOOSE])
def test_hyphens_and_broken_digits_need_the_name(setting: Setting) -> None:
    assert not is_my_number(setting, NUMBER, NOTHING)


def test_thirteen_digits_of_a_company_are_not_one_though_its_name_is_alike() -> None:
    assert not is_my_number(Setting.LOOSE, "1" + NUMBER, Surroundings(before="法人番号"))


# --- on pages ------------------------------------------------------------------------------------------------------


def nobody(picture: object, letters: object) -> None:
    return None


@pytest.fixture(scope="module")
def read() -> Read:
    tesseract = Tesseract(most_seconds=60)
    if tesseract.lacking:
        pytest.skip(tesseract.lacking)
    return tesseract.read


def test_the_boxes_of_the_return_are_covered_and_nothing_else(read: Read) -> None:
    found = find_my_numbers(as_grey(print_paper(Kind.TAX_RETURN)), 300, (), read)
    assert found is not None
    (box,) = found
    assert (box.left * 210, box.right * 210) == pytest.approx((44.8, 115.2), abs=2)
    assert 63 < box.top * 297 < 66
    assert 70 < box.bottom * 297 < 74


@pytest.mark.parametrize("kind", [Kind.NOTICE, Kind.FORM, Kind.RECEIPT, Kind.SEAL, Kind.DENSE, Kind.FAX])
def test_papers_without_one_have_no_cover(kind: Kind, read: Read) -> None:
    paper = print_paper(kind)
    assert find_my_numbers(as_grey(paper), 300, read_codes(paper), read) == ()


def test_the_back_of_the_card_is_known_by_its_size_and_number(read: Read) -> None:
    paper = print_paper(Kind.CARD_BACK)
    found = find_my_numbers(as_grey(paper), 300, read_codes(paper), read)
    assert found is not None
    assert len(found) == 2  # the digits and the code
    assert is_card_back(CARD_MM, found)
    assert is_card_back((53.1, 87.0), found)
    assert not is_card_back((210.0, 297.0), found)
    assert not is_card_back(CARD_MM, ())


def test_the_back_of_the_card_is_known_on_the_tray(read: Read) -> None:
    page, dpi = page_of(print_paper(Kind.CARD_BACK), a_look(np.random.default_rng(2), 1.0), 2)
    found = find_my_numbers(page, dpi, read_codes(page), read)
    assert found is not None
    assert is_card_back((page.shape[1] / dpi * 25.4, page.shape[0] / dpi * 25.4), found)


def test_a_code_that_holds_one_is_covered_though_nobody_can_read() -> None:
    code = Code("1234 5678 9018", ((0.1, 0.1), (0.2, 0.1), (0.2, 0.2), (0.1, 0.2)))
    blank = np.full((300, 300), 255, np.uint8)
    assert find_my_numbers(blank, 200, (code, Code("123456789017", code.corners)), nobody) == (Box(0.1, 0.1, 0.2, 0.2),)


def test_where_nobody_can_read_the_visitor_must_look() -> None:
    assert find_my_numbers(as_grey(print_paper(Kind.TAX_RETURN)), 300, (), nobody) is None


def test_a_sheet_of_numbers_from_the_tray(read: Read) -> None:
    """A sample of `tests/figures/test_numbers_on_papers.py`: most are noticed, hardly any other is taken for one."""
    paper, printed = number_sheet(5)
    page, dpi = page_of(paper, a_look(np.random.default_rng(5), 1.0), 5)
    boxes = find_my_numbers(page, dpi, (), read)
    assert boxes is not None
    seen = [any(placed(one, (box.top + box.bottom) / 2) for box in boxes) for one in printed]
    mine = [one.mine for one in printed]
    assert sum(was != should for was, should in zip(seen, mine, strict=True)) <= 1
