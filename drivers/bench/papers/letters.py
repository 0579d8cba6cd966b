"""The letters, forms and slips among the sample papers."""

import cv2
import numpy as np
import numpy.typing as npt

from drivers.bench.papers.owner import Owner
from drivers.bench.papers.sheet import DPI, Sheet
from drivers.bench.words import CLAUSES, FORM_ROWS, GOODS


def notice(sheet: Sheet, owner: Owner, rng: np.random.Generator) -> None:
    """A letter with a 受付番号."""
    sheet.text(25, 22, "架空市本通り一丁目二番三号", 4.0)
    sheet.text(25, 29, f"{owner.name} 様", min(5.2, 150 / len(owner.name)), bold=True)
    sheet.to_right(185, 40, "受付番号", 3.8)
    sheet.to_right(185, 46, owner.receipt, 4.6)
    sheet.to_right(185, 56, "架空共済手続き案内所", 4.2)
    sheet.centred(74, "添付資料の再提出について(お願い)", 6.2)
    y = sheet.paragraph(90, 5, rng)
    sheet.centred(y, "記", 5.0, bold=False)
    y += 12
    for index, clause in enumerate(CLAUSES[:4], start=1):
        sheet.text(30, y, f"{index}. {clause}", 4.2)
        y += 9
    y = sheet.paragraph(y + 6, 6, rng)
    sheet.box(25, y, 185, y + 26)
    sheet.text(29, y + 4, "お問い合わせ 架空共済手続き案内所 再提出窓口", 4.2, bold=True)
    sheet.text(29, y + 14, "電話 00-0000-0000 平日 9時から17時まで", 4.2)
    sheet.to_right(185, y + 36, "以上", 4.4)


def form(sheet: Sheet, owner: Owner, rng: np.random.Generator) -> None:
    """A ruled form with a hyphenated 共済契約者番号."""
    sheet.centred(22, "共済契約の内容に関する届出書", 6.6)
    sheet.to_right(190, 36, "届出日 2026年11月2日", 4.0)
    y = 46.0
    for label, value in (("共済契約者番号", owner.contract), ("氏名", owner.name), *FORM_ROWS):
        sheet.box(20, y, 68, y + 15, fill=(232, 236, 240))
        sheet.box(68, y, 190, y + 15)
        sheet.text(23, y + 5, label, 4.2, bold=True)
        sheet.text(73, y + 4, value, 5.4)
        y += 15
    y += 8
    sheet.text(20, y, "届出の理由(あてはまるものに印をつけてください)", 4.2, bold=True)
    for index, clause in enumerate(CLAUSES):
        y += 10
        sheet.box(22, y, 26, y + 4)
        if rng.random() < 0.5:
            sheet.text(22.2, y - 0.2, "✓", 4.2)
        sheet.text(30, y, clause, 4.2)
        if index == 5:
            break
    sheet.paragraph(y + 14, 4, rng, size=3.8, left=20)


def receipt(sheet: Sheet, _owner: Owner, rng: np.random.Generator) -> None:
    """A narrow till receipt."""
    sheet.centred(18, "架空文具店", 6.0)
    sheet.centred(28, "本通り店 電話 00-0000-0001", 3.4, bold=False)
    sheet.centred(38, "領 収 証", 5.0)
    y, whole = 52.0, 0
    for name in GOODS:
        price = int(rng.integers(8, 300)) * 10
        whole += price
        sheet.text(6, y, name, 3.6)
        sheet.to_right(74, y, f"{price:,}円", 3.6)
        y += 7.5
    sheet.rule(6, y, 74, y)
    sheet.text(6, y + 4, "合計", 5.4, bold=True)
    sheet.to_right(74, y + 4, f"{whole:,}円", 5.4)
    sheet.text(6, y + 14, f"(内消費税等 {whole * 10 // 110:,}円)", 3.4)
    sheet.text(6, y + 24, "2026年10月15日 11時02分", 3.4)
    sheet.centred(y + 36, "ありがとうございました", 3.8, bold=False)


def certificate(sheet: Sheet, owner: Owner, rng: np.random.Generator) -> None:
    """A short certificate with a red 印鑑."""
    sheet.centred(34, "在 籍 証 明 書", 9.0)
    sheet.text(30, 62, f"氏名 {owner.name}", 5.6)
    sheet.text(30, 74, "所属 架空商事株式会社 総務部", 5.6)
    sheet.text(30, 86, f"共済契約者番号 {owner.contract}", 5.6)
    y = sheet.paragraph(108, 5, rng, size=5.0, left=30)
    sheet.text(30, y + 12, "2026年10月1日", 5.0)
    sheet.text(80, y + 30, "架空県見本市中央町4番5号", 5.0)
    sheet.text(80, y + 40, "架空商事株式会社", 5.0)
    sheet.text(80, y + 50, "代表取締役 仮名 渡", 5.6)
    sheet.seal(146, y + 38, 22, "架空商印")


def dense(sheet: Sheet, _owner: Owner, rng: np.random.Generator) -> None:
    """Small print from margin to margin."""
    sheet.centred(14, "見本共済 契約のしおり(抜粋)", 5.0)
    y = 26.0
    article = 1
    while y < 262:
        sheet.text(15, y, f"第{article}条({CLAUSES[article % len(CLAUSES)][:9]})", 3.2, bold=True)
        y = sheet.paragraph(y + 5.2, 4, rng, size=3.0, left=15)
        article += 1


def fax(sheet: Sheet, owner: Owner, rng: np.random.Generator) -> None:
    """A covering letter, to be sent as a fax."""
    sheet.text(10, 5, "2026-10-30 14:05  FROM: 架空事務所  P.01/01", 3.2)
    sheet.centred(28, "送 付 状", 8.0)
    sheet.text(25, 52, f"件名 受付番号 {owner.receipt} の件", 4.4)
    sheet.rule(25, 60, 185, 60)
    y = sheet.paragraph(68, 9, rng, size=4.6)
    sheet.text(25, y + 8, "添付 契約書の写し 1通", 4.6)
    sheet.text(120, y + 30, "架空事務所 総務", 5.0)


def as_faxed(pixels: npt.NDArray[np.uint8], rng: np.random.Generator) -> npt.NDArray[np.uint8]:
    """Sent at 8 by 3.85 lines a millimetre, pale, with streaks and specks."""
    tall, wide = pixels.shape[:2]
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    coarse = cv2.resize(grey, (wide * 203 // DPI, tall * 150 // DPI), interpolation=cv2.INTER_AREA)
    dots = np.where(coarse < 165, 96, 243).astype(np.uint8)
    dots[rng.random(dots.shape) < 0.0015] = 120
    dots[:, rng.integers(0, dots.shape[1], 3)] = 205
    grown = cv2.resize(dots, (wide, tall), interpolation=cv2.INTER_LINEAR)
    return np.repeat(grown[:, :, None], 3, axis=2)
