"""A birth date is written with both calendars, by the exact day on which an era began, and never more than is known."""

from datetime import date, timedelta

import pytest

from kiosk.visit import BirthDate, Language
from screens.era import Era, birth_date, era_of, era_year
from screens.texts import load_catalogue

JA, EN = load_catalogue(Language.JA), load_catalogue(Language.EN)


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(1868, 1, 25), "明治元年"),
        (date(1912, 7, 29), "明治45年"),
        (date(1912, 7, 30), "大正元年"),
        (date(1926, 12, 24), "大正15年"),
        (date(1926, 12, 25), "昭和元年"),
        (date(1949, 3, 8), "昭和24年"),
        (date(1989, 1, 7), "昭和64年"),
        (date(1989, 1, 8), "平成元年"),
        (date(2019, 4, 30), "平成31年"),
        (date(2019, 5, 1), "令和元年"),
        (date(2026, 11, 22), "令和8年"),
    ],
)
def test_an_era_begins_on_its_day(day: date, written: str) -> None:
    assert era_year(day, JA) == written


def test_before_the_first_era_there_is_none() -> None:
    assert era_of(date(1868, 1, 24)) is None
    assert era_year(date(1868, 1, 24), JA) == ""


def test_the_year_before_an_era_is_the_last_of_the_one_before() -> None:
    for before, era in zip(list(Era), list(Era)[1:], strict=False):
        last = era_of(era.value - timedelta(days=1))
        assert last == (before, era.value.year - before.value.year + 1)
        assert era_of(era.value) == (era, 1)


@pytest.mark.parametrize(
    ("birth", "ja", "en"),
    [
        (BirthDate(1949, 3, 8), "1949年3月8日(昭和24年)", "8 March 1949 (Showa 24)"),
        (BirthDate(1989, 1, 7), "1989年1月7日(昭和64年)", "7 January 1989 (Showa 64)"),
        (BirthDate(2000, 2, 29), "2000年2月29日(平成12年)", "29 February 2000 (Heisei 12)"),
        (BirthDate(1926, None, None), "1926年(月日は不明)", "1926 (day and month not known)"),
        (BirthDate(1926, 12, None), "1926年12月(日は不明)", "December 1926 (day not known)"),
        (BirthDate(1926, None, 25), "1926年(月は不明)25日", "1926, day 25 (month not known)"),
        (BirthDate(None, 12, 25), "12月25日(年は不明)", "25 December (year not known)"),
        (BirthDate(None, None, None), "不明", "Not known"),
        (BirthDate(1850, 5, 5), "1850年5月5日", "5 May 1850"),
        (BirthDate(1949, 2, 31), "1949年2月31日", "31 February 1949"),
    ],
)
def test_what_is_unknown_is_said_and_the_era_left_out(birth: BirthDate, ja: str, en: str) -> None:
    assert birth_date(birth, JA) == ja
    assert birth_date(birth, EN) == en
