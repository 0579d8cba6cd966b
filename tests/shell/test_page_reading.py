"""The reader's worker: a page is looked through for My Numbers, and who cannot say so says so."""

import pytest

from drivers.bench.papers import Kind
from drivers.ocr.tesseract import Tesseract
from kiosk.documents.encode import Sheet
from kiosk.documents.words import Read
from kiosk.effects import ReadPage
from kiosk.events import PageRead
from kiosk.failures import DriverError, Failure
from kiosk.shell.page_reading import page_reader
from kiosk.shell.portfolio import Portfolio
from kiosk.visit import Ticket
from tests.documents.trays import sheet

A4, CARD = (210.0, 297.0), (85.6, 54.0)
REQUEST = ReadPage(Ticket(1, 1), 7)
TESSERACT = Tesseract()
READING = pytest.mark.skipif(TESSERACT.lacking is not None, reason=str(TESSERACT.lacking))


def kept(kind: Kind, size_mm: tuple[float, float] = A4) -> Portfolio:
    portfolio = Portfolio()
    portfolio.keep(7, Sheet(sheet(kind), 300), size_mm)
    return portfolio


def failure(portfolio: Portfolio, read: Read) -> Failure:
    with pytest.raises(DriverError) as caught:
        page_reader(portfolio, read)(REQUEST)
    return caught.value.failure


def test_where_nobody_can_read_nothing_is_said_about_the_page() -> None:
    assert failure(kept(Kind.TAX_RETURN), lambda _picture, _letters: None) is Failure.INTERNAL


def test_a_page_that_is_gone_is_not_read() -> None:
    assert failure(Portfolio(), TESSERACT.read) is Failure.INTERNAL


@READING
def test_a_my_number_is_found_and_how_often_the_page_had_been_turned_is_told() -> None:
    portfolio = kept(Kind.TAX_RETURN)
    for _ in range(4):
        portfolio.turn(7)
    found = page_reader(portfolio, TESSERACT.read)(REQUEST)
    assert found.turns == 0
    assert found.suspected


@READING
def test_a_letter_has_nothing_to_cover() -> None:
    assert page_reader(kept(Kind.NOTICE), TESSERACT.read)(REQUEST) == PageRead((), 0)


@READING
def test_the_back_of_the_card_is_no_page() -> None:
    assert failure(kept(Kind.CARD_BACK, CARD), TESSERACT.read) is Failure.PAGE_MY_NUMBER_CARD
