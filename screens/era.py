"""The Japanese calendar's eras, by the exact day on which each began, and how a birth date is written.

Pure. A day belongs to the later era from its first day on: 1989-01-07 is 昭和64年, 1989-01-08 is 平成元年. Before
1868-01-25 there is none of the five. Where the day is unknown the era is left out: a year may belong to two. So it is
in やさしい日本語, whose readers count western years.
"""

from datetime import date
from enum import Enum

from kiosk.visit import BirthDate, Language
from screens.texts import Catalogue


class Era(Enum):
    """An era, with its first day."""

    MEIJI = date(1868, 1, 25)
    TAISHO = date(1912, 7, 30)
    SHOWA = date(1926, 12, 25)
    HEISEI = date(1989, 1, 8)
    REIWA = date(2019, 5, 1)


def era_of(day: date) -> tuple[Era, int] | None:
    """The era of a day and the year in it, counted from 1; None before 明治."""
    begun = [era for era in Era if era.value <= day]
    return (begun[-1], day.year - begun[-1].value.year + 1) if begun else None


def era_year(day: date, texts: Catalogue) -> str:
    """As 昭和24年 or 平成元年; empty before 明治."""
    found = era_of(day)
    if found is None:
        return ""
    era, year = found
    return texts.say("era.first_year" if year == 1 else "era.year", era=texts.say(f"era.{era.name.lower()}"), year=year)


def birth_date(birth: BirthDate, texts: Catalogue) -> str:
    """Western date with the era in brackets; what is unknown is said to be so."""
    year, month, day = birth.year, birth.month, birth.day
    named = texts.say(f"month.{month}") if month else ""
    counted = texts.say(f"day.{day}") if day else ""
    if year and month and day:
        era = "" if texts.language is Language.EASY else _era_where_possible(year, month, day, texts)
        key = "date.full_era" if era else "date.full"
        return texts.say(key, year=year, month=named, day=counted, era=era)
    if year:
        key = "date.no_day" if month else "date.year_and_day" if day else "date.year_only"
        return texts.say(key, year=year, month=named, day=counted)
    return texts.say("date.no_year", month=named, day=counted) if month and day else texts.say("date.unknown")


def _era_where_possible(year: int, month: int, day: int, texts: Catalogue) -> str:
    """Empty where the card holds a day that no calendar knows."""
    try:
        return era_year(date(year, month, day), texts)
    except ValueError:
        return ""
