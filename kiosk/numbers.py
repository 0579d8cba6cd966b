"""Forms of the two numbers (the manual, chapter 添付資料の再提出, ⑦ and ⑧), checked as they are typed.

A contract number (共済契約者番号) has nine digits; no check-digit rule is published, so only the portal
judges it. A receipt number (受付番号) reads ``X9999-YYYYMMDDhhmmss-99999``: a letter, four digits, a real
date and time, five digits. Both are typed and kept here without hyphens.
"""

from datetime import datetime

CONTRACT_DIGITS = 9
RECEIPT_CHARACTERS = 24
_DATE = slice(5, 19)
_EARLIEST = "00010101000000"  # what month, day and time can be in any year
_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_DIGITS = frozenset("0123456789")


def type_contract(text: str, key: str) -> str:
    """The number after a key; a key that cannot stand there changes nothing."""
    return text + key if key in _DIGITS and len(text) < CONTRACT_DIGITS else text


def type_receipt(text: str, key: str) -> str:
    """The number after a key; a key that cannot stand there changes nothing."""
    allowed = _DIGITS if text else _LETTERS
    return text + key if key in allowed and len(text) < RECEIPT_CHARACTERS else text


def is_contract(text: str) -> bool:
    """Nine digits."""
    return len(text) == CONTRACT_DIGITS and _DIGITS.issuperset(text)


def receipt_date_possible(text: str) -> bool:
    """False as soon as no date and time of any calendar begins with the digits that stand there."""
    moment = text[_DATE]
    if len(moment) < 4:
        return True
    begun = [moment + digit for digit in "0123456789"] if len(moment) % 2 else [moment]
    return any(_is_moment(pairs + _EARLIEST[len(pairs) :]) for pairs in begun)


def _is_moment(digits: str) -> bool:
    try:
        datetime.strptime(digits, "%Y%m%d%H%M%S")  # noqa: DTZ007  # the calendar is asked, not a moment
    except ValueError:
        return False
    return True


def is_receipt(text: str) -> bool:
    """Complete, and its date is real."""
    return (
        len(text) == RECEIPT_CHARACTERS
        and text[0] in _LETTERS
        and _DIGITS.issuperset(text[1:])
        and receipt_date_possible(text)
    )


def write_receipt(text: str) -> str:
    """With its hyphens, as the portal and the letter write it."""
    return f"{text[:5]}-{text[_DATE]}-{text[19:]}"
