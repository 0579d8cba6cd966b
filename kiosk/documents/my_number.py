"""My Numbers on papers: found so that they can be covered, for this procedure must not collect them.

A My Number (個人番号) has twelve digits, the last of which follows from the others (Order of the Ministry of Internal
Affairs and Communications no. 85 of 2014, article 5). It is printed in one run, in three groups of four, or one digit
in each box of a form. One in eleven other strings of twelve digits fits that rule, too, so the surroundings decide:

- called 個人番号 or マイナンバー: covered, whether the digits as read fit or not, for a digit may be misread;
- called otherwise (a telephone number, an amount, a number of something else): not covered;
- not called anything: covered where the digits fit. To lift a cover costs the visitor one touch.

Thirteen digits (法人番号), more, commas within, and hyphens where nobody says that it is one, are no My Number. A QR
code that holds one, as on the back of the card, is covered as well.
"""

import re
from collections.abc import Sequence

from kiosk.documents.codes import Code
from kiosk.documents.digit_rows import Row, digit_rows, ink_of, searched
from kiosk.documents.pixels import Grey
from kiosk.documents.straighten import is_card
from kiosk.documents.strips import typeset
from kiosk.documents.surroundings import Surroundings, surroundings
from kiosk.documents.twelves import DIGITS, LEAST, Setting, Twelve, twelves
from kiosk.documents.words import Letters, Read
from kiosk.visit import Box

MOST_LOOKS = 60
"""So many rows of twelve are looked at; a form for a whole family has eight."""

_TALL = 32  # pixels of the digits that are read
_MARGIN = 0.4  # beyond the digits on each side of the cover, in their heights
_SOME_DIGITS = 7
_FEWEST_DIGITS = 9  # of twelve, so that a word is none
_LIKE_DIGITS = str.maketrans("OQDILZSBG", "000112586")  # letters that a reader takes digits for

_SURELY_NAMED = re.compile(r"個人番.?|[個固]..?号|マイナ|ナン[バパハ].?")
_NAMED = re.compile(_SURELY_NAMED.pattern + "|人番号")  # 法人番号, misread or not, has thirteen
_OTHERWISE = re.compile(
    r"電話|携帯|TEL|FAX|ファ[クッ]|番号|一連|コード|ID|NO|№|第|口座|カード|金額|合計|価格|残高|請求|料金|収入|所得|税"
    r"|年月日|日時|時刻|受付|注文|伝票|会員|登録|お客|[¥\\￥+]",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"^[号円¥￥点個件本枚]")
_ONLY_NAMED = {Setting.HYPHENED, Setting.LOOSE}
_MOMENT = re.compile(r"(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])([01]\d|2[0-3])[0-5]\d")
_NUMBER = re.compile(r"\d{4}")
_LABEL = 14  # letters; what is longer and stands above is a text, not a name


def check_digit(first: str) -> int:
    """The twelfth digit that follows from eleven."""
    weights = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
    rest = sum(int(digit) * weight for digit, weight in zip(first, weights, strict=True)) % 11
    return 0 if rest <= 1 else 11 - rest


def fits(text: str) -> bool:
    """Twelve digits that may be a My Number."""
    return len(text) == DIGITS and text.isascii() and text.isdecimal() and check_digit(text[:-1]) == int(text[-1])


def find_my_numbers(page: Grey, dpi: int, codes: Sequence[Code], read: Read) -> tuple[Box, ...] | None:
    """The rectangles to cover on an upright page; None where nobody can read, so that the visitor must look."""
    small, dpi = searched(page, dpi)
    ink = ink_of(small)
    found = [twelve for row in digit_rows(ink, dpi, LEAST) for twelve in twelves(row)][:MOST_LOOKS]
    in_codes = covers_of(codes)
    if not found:
        return in_codes
    strips = typeset(ink, [each.row for each in found], _TALL)
    words = read(strips.picture, Letters.CODE)
    if words is None:
        return None
    texts = [(each, text) for each, text in zip(found, strips.texts(words), strict=True) if _may_be_one(each, text)]
    around = surroundings(ink, [each.row for each, _ in texts], read)
    if around is None:
        return None
    marked = [
        _cover(each.row, small.shape)
        for (each, text), beside in zip(texts, around, strict=True)
        if is_my_number(each.setting, text, beside)
    ]
    return (*marked, *in_codes)


def covers_of(codes: Sequence[Code]) -> tuple[Box, ...]:
    """The codes that hold nothing but such a number, as the one on the back of the card does."""
    return tuple(code.box for code in codes if fits(re.sub(r"[\s-]", "", code.text)))


def _may_be_one(twelve: Twelve, text: str) -> bool:
    """Boxes are looked at whatever is in them, all else where it was read as digits for the most part."""
    return twelve.setting is Setting.CELLS or sum(letter.isdecimal() for letter in text) >= _SOME_DIGITS


def is_card_back(size_mm: tuple[float, float], covered: Sequence[Box]) -> bool:
    """A card with a My Number on it: the card's back (or the older notice of the number), not a paper to hand in."""
    return bool(covered) and is_card(size_mm)


def is_my_number(setting: Setting, text: str, beside: Surroundings) -> bool:
    """Whether twelve marks that were read as `text` are one, going by what stands around them."""
    called = _called(beside, _SURELY_NAMED if setting is Setting.LOOSE else _NAMED)
    if called is not None:
        return called
    read = text.translate(_LIKE_DIGITS)
    plain = sum(letter.isdecimal() for letter in text) >= _FEWEST_DIGITS
    return setting not in _ONLY_NAMED and plain and fits(read) and not _MOMENT.fullmatch(read)


def _called(beside: Surroundings, name: re.Pattern[str]) -> bool | None:
    """True for a My Number's name, False for another's, None for no name: what stands nearest counts."""
    named, otherwise = _last(name, beside.before), _last(_OTHERWISE, beside.before)
    if named or otherwise:
        return named >= otherwise
    above = "" if _NUMBER.search(beside.above) else beside.above  # else it is another number's line
    if _SURELY_NAMED.search(above):
        return True
    if _COUNTED.search(beside.behind):
        return False
    is_label = 0 < len(above) <= _LABEL and not beside.before
    return False if is_label and _OTHERWISE.search(above) else None


def _last(pattern: re.Pattern[str], text: str) -> int:
    """Where the last match ends; 0 where there is none."""
    return max((match.end() for match in pattern.finditer(text)), default=0)


def _cover(row: Row, shape: tuple[int, ...]) -> Box:
    tall, wide = shape
    margin = _MARGIN * row.height
    left, right = row.digits[0][0] - margin, row.digits[-1][2] + margin
    top = min(mark[1] for mark in row.digits) - margin
    bottom = max(mark[3] for mark in row.digits) + margin
    return Box(max(left / wide, 0.0), max(top / tall, 0.0), min(right / wide, 1.0), min(bottom / tall, 1.0))
