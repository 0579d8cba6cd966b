"""The record of the four attributes: `FF20 L { DF21 offsets | DF22 name | DF23 address | DF24 birth | DF25 sex }`.

DF21 holds four 16-bit offsets into the file and is not needed: the record is read element by element, whatever their
order. Texts are UTF-8 and are handed on exactly as they stand, without normalising. What is not such a record is
CARD_MALFORMED, never an empty string.
"""

from drivers.card import tlv
from kiosk.failures import DriverError, Failure
from kiosk.visit import Attributes, BirthDate, Sex

RECORD = 0xFF20
OFFSETS, NAME, ADDRESS, BIRTH, SEX = 0xDF21, 0xDF22, 0xDF23, 0xDF24, 0xDF25

_LONGEST_TEXT = 2048
_SEXES = {sex.value.encode("ascii"): sex for sex in Sex}


def parse(record: bytes) -> Attributes:
    """The attributes of a file's content; filling behind the record is ignored."""
    tag, at, length = tlv.head(record, 0)
    if tag != RECORD or at + length > len(record):
        raise DriverError(Failure.CARD_MALFORMED)
    values: dict[int, bytes] = {}
    for inner, value in tlv.elements(record[at : at + length]):
        if inner in values:
            raise DriverError(Failure.CARD_MALFORMED)
        values[inner] = value
    if not {NAME, ADDRESS, BIRTH, SEX} <= values.keys() or len(values[SEX]) != 1:
        raise DriverError(Failure.CARD_MALFORMED)
    return Attributes(
        name=_text(values[NAME]),
        address=_text(values[ADDRESS]),
        birth=_birth(values[BIRTH]),
        sex=_SEXES.get(values[SEX], Sex.UNKNOWN),
    )


def _text(value: bytes) -> str:
    if len(value) > _LONGEST_TEXT:
        raise DriverError(Failure.CARD_MALFORMED)
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    if not text.strip() or any(letter < " " or letter == "\x7f" for letter in text):
        raise DriverError(Failure.CARD_MALFORMED)
    return text


def _birth(value: bytes) -> BirthDate:
    """YYYYMMDD. How an unknown part is written is nowhere stated: whatever is no such part counts as unknown."""
    if len(value) != 8:
        raise DriverError(Failure.CARD_MALFORMED)
    return BirthDate(_part(value[:4], 9999), _part(value[4:6], 12), _part(value[6:], 31))


def _part(digits: bytes, most: int) -> int | None:
    number = int(digits) if digits.isdigit() else 0
    return number if 1 <= number <= most else None
