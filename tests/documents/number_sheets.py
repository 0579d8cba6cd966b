"""Sheets full of numbers of twelve digits, printed in as many ways: My Numbers, and others that are none.

The numbers are drawn by chance. Half of those that are no My Number fit its check digit all the same, so that more
than the check digit has to tell them apart.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from drivers.bench.papers.sheet import A4_MM, GOTHIC, PROPORTIONAL, SANS, SERIF, Sheet
from drivers.camera.tray import Frame
from kiosk.documents.my_number import check_digit
from tests.documents.numbered import a_receipt, digits

FACES = (GOTHIC, PROPORTIONAL, SANS, SERIF)
_TOP, _STEP, _ROWS = 24.0, 15.0, 17
_LABEL, _VALUE = 18.0, 70.0

Rng = np.random.Generator
Print = Callable[[Sheet, float, str, float, Rng], None]


@dataclass(frozen=True)
class Printed:
    """A number on a sheet: how it is printed, whether it is a My Number, whether its check digit fits, its row (top
    and bottom, in shares of the sheet).
    """

    way: str
    mine: bool
    fits: bool
    top: float
    bottom: float


def grouped(number: str, by: str = " ") -> str:
    return by.join(number[start : start + 4] for start in (0, 4, 8))


def line(label: str, form: Callable[[str], str]) -> Print:
    """A name and the number beside it."""

    def put(sheet: Sheet, y: float, number: str, size: float, rng: Rng) -> None:
        sheet.text(_LABEL, y, label, min(size, 46 / max(len(label), 1)))
        sheet.text(_VALUE if label else _LABEL + 20, y, form(number), size)

    return put


def within(before: str, behind: str, form: Callable[[str], str] = str) -> Print:
    """The number within a line of text."""

    def put(sheet: Sheet, y: float, number: str, size: float, rng: Rng) -> None:
        sheet.text(_LABEL, y, f"{before}{form(number)}{behind}", size)

    return put


def cells(label: str, behind: str = "", apart: float = 0.0) -> Print:
    """One digit a box; between groups of four as much white as `apart`."""

    def put(sheet: Sheet, y: float, number: str, size: float, rng: Rng) -> None:
        wide = float(rng.uniform(5.0, 7.5))
        sheet.text(_LABEL, y + 1, label, 4.0)
        for group in range(0, len(number), 4):
            sheet.cells(_VALUE + group * wide + group // 4 * apart, y - 0.5, number[group : group + 4], wide)
        sheet.text(_VALUE + len(number) * wide + 2 * apart + 2, y + 1, behind, 4.0)

    return put


def above(label: str) -> Print:
    """Boxes beneath their name."""

    def put(sheet: Sheet, y: float, number: str, size: float, rng: Rng) -> None:
        sheet.text(_VALUE, y - 3.6, label, 3.2)
        sheet.cells(_VALUE, y + 0.6, number, 6.0)

    return put


def commas(number: str) -> str:
    return f"{max(int(number), 10**11):,}"


def own_name(number: str) -> str:
    return f"{number[:2]}-{number[2:4]}-{number[4:8]}-{number[8:]}"


MINE: dict[str, Print] = {
    "run, named": line("個人番号", str),
    "run, named マイナンバー": line("マイナンバー", str),
    "run, no name": line("", str),
    "run, behind a person's name": line("見本 ツル", str),
    "run, in a text": within("個人番号は", "です。"),
    "groups, named": line("個人番号", grouped),
    "groups, named at length": line("個人番号(12桁)", grouped),
    "groups, no name": line("", grouped),
    "groups, behind a person's name": line("架空 太郎", grouped),
    "hyphens, named": line("マイナンバー", lambda number: grouped(number, "-")),
    "boxes, named": cells("個人番号"),
    "boxes, no name": cells(""),
    "boxes, behind a person's name": cells("氏名 見本 ツル"),
    "boxes in groups, named": cells("個人番号", apart=2.0),
    "boxes in groups, no name": cells("", apart=2.0),
    "boxes, named above": above("個人番号"),
}
OTHERS: dict[str, Print] = {
    "telephone, abroad": line("電話番号", lambda number: "+" + own_name(number)),
    "telephone, no name": line("", lambda number: "+" + own_name(number)),
    "telephone, two": line("TEL/FAX", lambda number: f"03-{number[:4]}-{number[4:8]}  03-{number[8:]}-0000"),
    "amount, commas": line("金額", lambda number: f"{commas(number)}円"),
    "amount, no name": line("", lambda number: f"¥{commas(number)}"),
    "amount, plain": line("合計金額", lambda number: f"{number}円"),
    "amount, in boxes": cells("収入金額", "円"),
    "amount, in boxes, named above": above("課税標準額"),
    "receipt number": line("受付番号", lambda number: f"S0201-20261102{number[:6]}-{number[6:11]}"),
    "receipt number, twelve digits": line("受付番号", str),
    "receipt number, in a text": within("受付番号", "の件"),
    "reference, groups": line("お客様番号", grouped),
    "reference, hyphens": line("お問い合わせ番号", lambda number: grouped(number, "-")),
    "reference, hyphens, no name": line("", lambda number: grouped(number, "-")),
    "driving licence": within("第 ", " 号"),
    "account": line("口座番号", str),
    "moment": line("", lambda number: f"2026{int(number[:1]) % 9 + 1:02}{int(number[1]) + 10}1{number[2]}2{number[3]}"),
    "company, thirteen": line("法人番号", lambda number: number[:1] + number),
    "company, in groups": line("", lambda number: f"{number[0]} {grouped(number)}"),
    "company, in boxes": cells("", ""),
    "invoice registration": line("登録番号", lambda number: f"T{number[:1]}{number}"),
    "bank card": line("", lambda number: f"{grouped(number)} {number[4:8]}"),
}


def number_sheet(seed: int) -> tuple[Frame, list[Printed]]:
    """An A4 sheet at 300 dpi with a row for each number, and what is printed there."""
    rng = np.random.default_rng(seed)
    sheet = Sheet(A4_MM, FACES[int(rng.integers(len(FACES)))])
    found = []
    for row in range(_ROWS):
        y = _TOP + row * _STEP
        mine = bool(rng.random() < 0.5)
        ways = MINE if mine else OTHERS
        way = list(ways)[int(rng.integers(len(ways)))]
        first = digits(rng, 11)
        fits = mine or bool(rng.random() < 0.5)
        last = check_digit(first) if fits else (check_digit(first) + 1 + int(rng.integers(9))) % 10
        number = f"{first}{last}"
        if way == "company, in boxes":
            number = f"{int(rng.integers(1, 10))}{number}"
        ways[way](sheet, y, number, float(rng.uniform(3.4, 5.6)), rng)
        found.append(Printed(way, mine, fits, (y - 4) / A4_MM[1], (y + _STEP - 4) / A4_MM[1]))
    sheet.stamp_sample()
    return np.array(sheet.image, dtype=np.uint8), found


def letter_numbers(seed: int) -> tuple[Frame, list[str], list[str]]:
    """An A4 sheet with nine receipt numbers (every second one begins with S) and eight hyphened contract numbers; the
    sheet and both lists, without hyphens.
    """
    rng = np.random.default_rng([seed, 3])
    sheet = Sheet(A4_MM, FACES[int(rng.integers(len(FACES)))])
    receipts, contracts = [], []
    for row in range(_ROWS):
        size, y = float(rng.uniform(3.2, 5.6)), _TOP + row * _STEP
        if row % 2:
            number = digits(rng, 9)
            sheet.text(_LABEL, y, f"共済契約者番号 {number[:7]}-{number[7:]}", size)
            contracts.append(number)
        else:
            number = a_receipt(rng, "S" if row % 4 else None)
            sheet.text(_LABEL, y, f"受付番号 {number}", size)
            receipts.append(number.replace("-", ""))
    sheet.stamp_sample()
    return np.array(sheet.image, dtype=np.uint8), receipts, contracts


def placed(printed: Printed, middle: float) -> bool:
    """Whether something at this height of the page stands in its row."""
    return printed.top <= middle < printed.bottom
