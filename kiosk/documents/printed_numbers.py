"""The two numbers of the visit, read off a letter: offered for confirmation, never taken as typed.

A QR code that holds a number comes first: it has its own check. A printed number is looked for by its shape
(`digit_rows`): 24 signs with hyphens after the fifth and the nineteenth, or nine digits, hyphened after the seventh or
called 契約者番号 in the words beside them. What is found is set anew at two sizes and read twice; it is offered only
where both readings are the same, have one letter for each sign of the row, and make a number that can be (a receipt
number's date and time are real). Two different numbers of one kind on a page make no offer: who knows which is meant.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kiosk.documents.codes import Code
from kiosk.documents.digit_rows import Row, digit_rows, ink_of, searched
from kiosk.documents.pixels import Grey
from kiosk.documents.strips import typeset
from kiosk.documents.surroundings import surroundings
from kiosk.documents.words import Letters, Read
from kiosk.numbers import CONTRACT_DIGITS, RECEIPT_CHARACTERS, is_contract, is_receipt

_SIZES = (27, 34)
_RECEIPT_DASHES = (4, 18)
_CONTRACT_DASH = (6,)
_NAME = "契約者番号"
_NEXT = 1.15  # white after which a number has ended, in heights; a hyphen takes less
_RUN = 0.55  # the most between digits of one run
_RECEIPT = re.compile(r"(?<![A-Z0-9])([A-Z]\d{4})-?(\d{14})-?(\d{5})(?![0-9])")
_CONTRACT = re.compile(r"(?<!\d)(\d{7})-?(\d{2})(?!\d)")


@dataclass(frozen=True, slots=True)
class Offers:
    """What the visitor may be asked to confirm, without hyphens."""

    receipt: str | None = field(default=None, repr=False)
    contract: str | None = field(default=None, repr=False)


def offers(page: Grey, dpi: int, codes: Sequence[Code], read: Read) -> Offers:
    """What an upright page and the codes on it say."""
    coded = in_codes(codes)
    if coded.receipt and coded.contract:
        return coded
    small, dpi = searched(page, dpi)
    ink = ink_of(small)
    found = find_numbers(ink, dpi, read)
    return Offers(coded.receipt or _only(found.receipts), coded.contract or _contract(ink, found.contracts, read))


def in_codes(codes: Sequence[Code]) -> Offers:
    """The numbers that QR codes hold: a code may be an address with the number in it."""
    texts = [code.text for code in codes]
    receipts = ("".join(found) for text in texts for found in _RECEIPT.findall(text))
    contracts = ("".join(found) for text in texts for found in _CONTRACT.findall(text) if _says_contract(text))
    return Offers(_only(filter(is_receipt, receipts)), _only(filter(is_contract, contracts)))


def _says_contract(text: str) -> bool:
    """Nine digits alone, or said to be this number; within an address they may be anything."""
    return bool(_CONTRACT.fullmatch(text.strip())) or "契約者番号" in text or "contract" in text.lower()


@dataclass(frozen=True, slots=True)
class Found:
    """All numbers that were read alike twice."""

    receipts: tuple[str, ...] = field(repr=False)
    contracts: tuple[tuple[Row, str], ...] = field(repr=False)


def find_numbers(ink: Grey, dpi: int, read: Read) -> Found:
    """All rows of this shape that make such a number; `ink` is what `ink_of` gave of a page at `dpi`."""
    receipts, contracts = [], []
    for row in digit_rows(ink, dpi, CONTRACT_DIGITS):
        receipts += _windows(row, RECEIPT_CHARACTERS, (_RECEIPT_DASHES,))
        contracts += _windows(row, CONTRACT_DIGITS, (_CONTRACT_DASH, ()))
    texts = _read_twice(ink, receipts + contracts, read)
    pairs = zip(contracts, texts[len(receipts) :], strict=True)
    return Found(
        tuple(filter(is_receipt, texts[: len(receipts)])), tuple(pair for pair in pairs if is_contract(pair[1]))
    )


def _contract(ink: Grey, found: Sequence[tuple[Row, str]], read: Read) -> str | None:
    """The one that is called by its name; else the only one that is hyphened as this number is."""
    around = surroundings(ink, [row for row, _ in found], read) or ()
    named = {text for (_, text), words in zip(found, around, strict=False) if _NAME in words.before + words.above}
    return _only(named or {text for row, text in found if row.dashes == _CONTRACT_DASH})


def _windows(row: Row, length: int, dashes: tuple[tuple[int, ...], ...]) -> list[Row]:
    """The parts of a row that are so long and so hyphened, and end where they end."""
    gaps = (_NEXT * 2, *row.gaps, _NEXT * 2)
    found = []
    for first in range(len(row.digits) - length + 1):
        part = row.part(first, first + length)
        inner = tuple(at for at in part.dashes if 0 <= at < length - 1)
        if inner not in dashes or part.dots or part.dashes != inner:
            continue
        ends = gaps[first] >= _NEXT and gaps[first + length] >= _NEXT
        run = all(gap <= (_NEXT if at in inner else _RUN) for at, gap in enumerate(part.gaps))
        if ends and run:
            found.append(part)
    return found


def _read_twice(ink: Grey, rows: Sequence[Row], read: Read) -> list[str]:
    """What both readings agree on; empty where they do not."""
    if not rows:
        return []
    readings = []
    for tall in _SIZES:
        strips = typeset(ink, rows, tall)
        words = read(strips.picture, Letters.CODE)
        if words is None:
            return [""] * len(rows)
        readings.append(strips.texts(words))
    return [one if one == other else "" for one, other in zip(*readings, strict=True)]


def _only(found: Iterable[str]) -> str | None:
    """The one that was found, however often."""
    different = set(found)
    return different.pop() if len(different) == 1 else None
