"""Numbers are found by their shape: in a run, in groups, hyphened, in boxes; and what is none is not read at all."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.bench.papers.sheet import A4_MM, GOTHIC, PROPORTIONAL, SANS, SERIF, Sheet
from kiosk.documents.digit_rows import MOST_ROWS, Row, digit_rows, ink_of
from kiosk.documents.pixels import Grey, as_grey, resized
from kiosk.documents.strips import typeset
from kiosk.documents.twelves import Setting, twelves
from kiosk.documents.words import Word
from kiosk.visit import Box

NUMBER = "471862039518"


def page(face: str, *lines: str, size: float = 4.6) -> Grey:
    sheet = Sheet(A4_MM, face)
    for index, words in enumerate(lines):
        sheet.text(30, 40 + 14 * index, words, size)
    return small(sheet)


def boxed(number: str, wide: float) -> Grey:
    sheet = Sheet(A4_MM)
    sheet.cells(30, 40, number, wide)
    return small(sheet)


def small(sheet: Sheet) -> Grey:
    return resized(as_grey(np.array(sheet.image, np.uint8)), 200 / 300)


def rows(picture: Grey, least: int = 9) -> tuple[Row, ...]:
    return digit_rows(ink_of(picture), 200, least)


def kinds(picture: Grey) -> list[Setting]:
    return [twelve.setting for row in rows(picture) for twelve in twelves(row)]


@pytest.mark.parametrize("face", [GOTHIC, PROPORTIONAL, SANS, SERIF])
def test_signs_between_the_digits_are_known(face: str) -> None:
    (receipt,) = rows(page(face, "S0201-20240229101500-00731"))
    assert (len(receipt.digits), receipt.dashes, receipt.dots) == (24, (4, 18), ())
    (contract,) = rows(page(face, "9034567-29"))
    assert (len(contract.digits), contract.dashes) == (9, (6,))
    (amount,) = rows(page(face, "471,862,039"))
    assert amount.dots == (2, 5)


@pytest.mark.parametrize("face", [GOTHIC, PROPORTIONAL, SANS, SERIF])
def test_twelve_digits_are_known_however_they_are_set(face: str) -> None:
    assert kinds(page(face, NUMBER)) == [Setting.RUN]
    assert kinds(page(face, "4718 6203 9518")) == [Setting.GROUPS]
    assert kinds(page(face, "4718-6203-9518")) == [Setting.HYPHENED]


@pytest.mark.parametrize("wide", [4.5, 6.0, 8.0])
def test_twelve_boxes_are_known(wide: float) -> None:
    assert kinds(boxed(NUMBER, wide)) == [Setting.CELLS]


@pytest.mark.parametrize("printed", ["4718620395184", "4 7186 2039 5184", "4718 6203 9518 4718"])
def test_what_has_more_digits_is_no_twelve(printed: str) -> None:
    assert set(kinds(page(GOTHIC, printed))) <= {Setting.LOOSE}


@pytest.mark.parametrize("printed", ["471,862,039,518", "03-4718-6203", "+81-90-1234-5678", "47186-2039-518"])
def test_what_is_divided_otherwise_is_no_twelve(printed: str) -> None:
    assert set(kinds(page(GOTHIC, printed))) <= {Setting.LOOSE}


def test_thirteen_boxes_are_no_twelve() -> None:
    assert set(kinds(boxed("4718620395184", 6.0))) <= {Setting.LOOSE}


def test_japanese_text_is_hardly_ever_taken_for_a_row() -> None:
    text = "先日お届けの書類につきましては、記載の一部が確認できませんでした。お知らせいたします。"
    assert [row for row in rows(page(GOTHIC, text, text, text), least=12) if kinds_of(row)] == []


def kinds_of(row: Row) -> list[Setting]:
    return [twelve.setting for twelve in twelves(row) if twelve.setting is not Setting.LOOSE]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([(40, 60), (200, 300), (33, 900)]))
def test_noise_gives_few_rows_whose_parts_lie_in_order(seed: int, shape: tuple[int, int]) -> None:
    picture = np.random.default_rng(seed).integers(0, 256, shape).astype(np.uint8)
    found = digit_rows(ink_of(picture), 200)
    assert len(found) <= MOST_ROWS
    for row in found:
        lefts = [mark[0] for mark in row.digits]
        assert lefts == sorted(lefts)
        assert all(
            0 <= left < right <= shape[1] and 0 <= top < bottom <= shape[0] for left, top, right, bottom in row.digits
        )
        assert row.part(0, len(row.digits)).digits == row.digits


def test_a_part_keeps_its_signs() -> None:
    (row,) = rows(page(GOTHIC, "S0201-20240229101500-00731"))
    part = row.part(5, 24)
    assert (len(part.digits), part.dashes) == (19, (-1, 13))


# --- set anew ------------------------------------------------------------------------------------------------------


def test_rows_are_set_anew_one_below_the_other_and_words_find_back() -> None:
    picture = page(GOTHIC, NUMBER, "9034567-29")
    found = rows(picture)
    strips = typeset(ink_of(picture), found, 32)
    words = [
        Word(text, Box(left, (top + bottom) / 2 - 0.01, left + 0.2, (top + bottom) / 2 + 0.01), 0.9)
        for (top, bottom), texts in zip(strips.bands, (("39518", "4718620"), ("903456729",)), strict=True)
        for left, text in zip((0.6, 0.1), texts, strict=False)
    ]
    assert strips.texts(words) == (NUMBER, "903456729")
    assert strips.texts([Word("stray", Box(0, 0, 1, 0.001), 1.0)]) == ("", "")
    assert strips.picture.min() < 60
    assert (strips.picture == 255).mean() > 0.5


def test_no_rows_make_a_small_white_picture() -> None:
    strips = typeset(np.zeros((50, 50), np.uint8), (), 32)
    assert strips.bands == ()
    assert (strips.picture == 255).all()
