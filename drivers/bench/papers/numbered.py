"""Sample papers that bear what must not be handed in, or what can be read off them: a return with My Number boxes, a
letter with a QR code, a letter with a date that no calendar has, the back of a card.
"""

import numpy as np

from drivers.bench.papers.letters import notice
from drivers.bench.papers.owner import Owner
from drivers.bench.papers.sheet import Sheet

CARD_MM = (85.6, 54.0)
_NO_DAY = "20260230"


def tax_return(sheet: Sheet, owner: Owner, rng: np.random.Generator) -> None:
    """One digit a box: a My Number, a telephone number, amounts."""
    sheet.centred(16, "令和八年分 見本申告書(架空様式)", 6.0)
    sheet.text(16, 30, "見本税務署長 あて", 4.2)
    sheet.box(16, 38, 194, 92)
    sheet.text(20, 42, "住所", 3.8)
    sheet.text(44, 42, "青森県青森市架空1-1", 4.6)
    sheet.text(20, 54, "氏名", 3.8)
    sheet.text(44, 53, owner.name, min(6.0, 90 / len(owner.name)))
    sheet.text(20, 67, "個人番号", 3.8)
    sheet.cells(44, 64, owner.my_number, 6.0)
    sheet.text(20, 80, "電話番号", 3.8)
    sheet.text(44, 80, "00-0000-0000", 4.6)
    sheet.text(16, 100, "収入金額等", 4.6, bold=True)
    y = 110.0
    for name in (
        "事業 営業等",
        "事業 農業",
        "不動産",
        "給与",
        "雑 その他",
        "所得から差し引かれる金額",
        "課税される金額",
    ):
        sheet.box(16, y, 84, y + 10, fill=(232, 236, 240))
        sheet.text(20, y + 2.8, name, 4.2)
        amount = str(int(rng.integers(1, 9_999)) * 1000)
        sheet.cells(90, y, amount.rjust(9), 8.0)
        sheet.text(164, y + 3, "円", 4.2)
        y += 14
    sheet.paragraph(y + 8, 5, rng, size=3.8, left=18)


def coded_notice(sheet: Sheet, owner: Owner, rng: np.random.Generator) -> None:
    """The letter, and its 受付番号 as a QR code."""
    notice(sheet, owner, rng)
    sheet.code(28, 40, owner.receipt, 22)


def impossible_notice(sheet: Sheet, owner: Owner, rng: np.random.Generator) -> None:
    """The letter, with a 受付番号 of the 30th of February."""
    letter, moment, last = owner.receipt.split("-")
    notice(sheet, Owner(owner.name, f"{letter}-{_NO_DAY}{moment[8:]}-{last}", owner.contract), rng)


def card_back(sheet: Sheet, owner: Owner, _rng: np.random.Generator) -> None:
    """It looks like the back of a My Number Card and is of no use as one."""
    sheet.fill((236, 240, 246))
    sheet.box(0, 9, sheet.width, 17, fill=(60, 58, 60))
    sheet.text(5, 20.5, "個人番号", 2.6)
    groups = " ".join(owner.my_number[start : start + 4] for start in (0, 4, 8))
    sheet.text(18, 19.6, groups, 4.2, bold=True)
    sheet.text(5, 28.5, "氏名", 2.4)
    sheet.text(18, 28, owner.name, min(3.4, 40 / len(owner.name)))
    sheet.text(5, 35, "1926年 月 日生", 2.6)
    sheet.text(5, 44, "この札は見本であり、どこでも使えません", 2.2)
    sheet.code(62, 26, owner.my_number, 18)
