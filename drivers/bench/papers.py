"""Sample papers, printed into memory: what a visitor might lay on the tray, with invented words and 見本 on every
one.

A paper is an RGB picture at 300 dpi. The same kind, numbers and seed give the same pixels, so a test may rely on
them. Nothing here is copied from a real form: offices, people, numbers and amounts are made up.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from itertools import groupby
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

from drivers.bench.words import CLAUSES, FORM_ROWS, GOODS, sentence

DPI = 300
A4_MM = (210.0, 297.0)
RECEIPT_MM = (80.0, 190.0)

_FONT_FOLDERS = (Path("/usr/share/fonts/truetype/bizud-gothic"), Path("/usr/share/fonts/opentype/noto"))
_INK = (34, 34, 38)
_RED = (196, 38, 34)


class Kind(Enum):
    """Which sample paper."""

    NOTICE = "notice"  # a letter with a 受付番号
    FORM = "form"  # a ruled form with a hyphenated 共済契約者番号
    RECEIPT = "receipt"  # a narrow till receipt
    SEAL = "seal"  # a short certificate with a red 印鑑
    DENSE = "dense"  # small print from margin to margin
    FAX = "fax"  # coarse, grey and faint


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose paper it is and what numbers stand on it; by default the sample visitor 見本 ツル."""

    name: str = field(default="見本 ツル", repr=False)
    receipt: str = field(default="S0201-20240229101500-00731", repr=False)
    contract: str = field(default="9034567-29", repr=False)


def print_paper(kind: Kind, owner: Owner | None = None, seed: int = 0) -> npt.NDArray[np.uint8]:
    """The paper as RGB pixels, shape (height, width, 3), at 300 dpi."""
    owner = owner or Owner()
    rng = np.random.default_rng([seed, list(Kind).index(kind)])
    sheet = _Sheet(RECEIPT_MM if kind is Kind.RECEIPT else A4_MM)
    _PRINTERS[kind](sheet, owner, rng)
    sheet.stamp_sample()
    pixels = np.array(sheet.image, dtype=np.uint8)
    return _as_faxed(pixels, rng) if kind is Kind.FAX else pixels


class _Sheet:
    """A white sheet that is written on in millimetres."""

    def __init__(self, size_mm: tuple[float, float]) -> None:
        self.width, self.height = size_mm
        self.image = Image.new("RGB", (_px(self.width), _px(self.height)), (252, 252, 250))
        self.draw = ImageDraw.Draw(self.image)

    def text(
        self, x: float, y: float, words: str, size: float = 4.2, bold: bool = False, ink: tuple[int, int, int] = _INK
    ) -> None:
        """Words with their upper left at (x, y); `size` is the height of the letters' square."""
        self._line(_px(x), y, words, size, bold, ink)

    def centred(self, y: float, words: str, size: float, bold: bool = True) -> None:
        self._line((self.image.width - self._wide(words, size, bold)) / 2, y, words, size, bold, _INK)

    def to_right(self, x: float, y: float, words: str, size: float = 4.2) -> None:
        self._line(_px(x) - self._wide(words, size, bold=False), y, words, size, False, _INK)

    def _line(self, left: float, y: float, words: str, size: float, bold: bool, ink: tuple[int, int, int]) -> None:
        baseline = _px(y) + _px(size) * 0.88
        for font, run in _runs(words, _px(size), bold):
            self.draw.text((left, baseline), run, font=font, fill=ink, anchor="ls")
            left += self.draw.textlength(run, font=font)

    def _wide(self, words: str, size: float, bold: bool) -> float:
        return sum(self.draw.textlength(run, font=font) for font, run in _runs(words, _px(size), bold))

    def rule(self, x0: float, y0: float, x1: float, y1: float, wide: float = 0.25) -> None:
        self.draw.line((_px(x0), _px(y0), _px(x1), _px(y1)), fill=_INK, width=max(1, _px(wide)))

    def box(self, x0: float, y0: float, x1: float, y1: float, fill: tuple[int, int, int] | None = None) -> None:
        self.draw.rectangle((_px(x0), _px(y0), _px(x1), _px(y1)), outline=_INK, fill=fill, width=_px(0.3))

    def paragraph(self, y: float, lines: int, rng: np.random.Generator, size: float = 4.2, left: float = 25.0) -> float:
        """Lines of invented text; answers where the next line would stand."""
        letters = int((self.width - 2 * left) / size)
        flow = "\u3000"
        while len(flow) < lines * letters - letters // 2:
            flow += sentence(rng)
        start = 0
        for _ in range(lines):
            end = start + letters
            end += flow[end : end + 1] in ("、", "。")  # hangs over the margin rather than begin a line
            self.text(left, y, flow[start:end], size)
            start, y = end, y + size * 1.75
        return y + size * 0.8

    def seal(self, x: float, y: float, across: float, letters: str) -> None:
        """A round red seal, two columns of letters, inked unevenly as a hand does it."""
        side = _px(across)
        ink = Image.new("L", (side, side), 0)
        pen = ImageDraw.Draw(ink)
        pen.ellipse((4, 4, side - 5, side - 5), outline=255, width=max(4, side // 22))
        letter = side // 3
        for index, sign in enumerate(letters[:4]):
            at = (side // 2 + (0 if index < 2 else -letter), side // 2 - letter + (index % 2) * letter)
            pen.text(at, sign, font=_font("BIZUDGothic-Bold.ttf", letter), fill=255)
        blotch = np.random.default_rng(side).uniform(0.55, 1.0, (side // 16 + 1, side // 16 + 1)).astype(np.float32)
        uneven = cv2.resize(blotch, (side, side), interpolation=cv2.INTER_CUBIC).clip(0, 1)
        ink = Image.fromarray((np.asarray(ink) * uneven * 0.85).astype(np.uint8)).rotate(7)
        self.image.paste(Image.new("RGB", ink.size, _RED), (_px(x), _px(y)), ink)

    def stamp_sample(self) -> None:
        """見本 in the corner: nobody may take this for a paper of value."""
        size = min(9.0, self.width / 12)
        corners = (_px(self.width - 3.2 * size), _px(4), _px(self.width - 0.8 * size), _px(4 + 1.4 * size))
        self.draw.rectangle(corners, outline=_RED, width=_px(0.5))
        self.text(self.width - 3.0 * size, 4 + size * 0.15, "見本", size, bold=True, ink=_RED)


def _notice(sheet: _Sheet, owner: Owner, rng: np.random.Generator) -> None:
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


def _form(sheet: _Sheet, owner: Owner, rng: np.random.Generator) -> None:
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


def _receipt(sheet: _Sheet, _owner: Owner, rng: np.random.Generator) -> None:
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


def _certificate(sheet: _Sheet, owner: Owner, rng: np.random.Generator) -> None:
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


def _dense(sheet: _Sheet, _owner: Owner, rng: np.random.Generator) -> None:
    sheet.centred(14, "見本共済 契約のしおり(抜粋)", 5.0)
    y = 26.0
    article = 1
    while y < 262:
        sheet.text(15, y, f"第{article}条({CLAUSES[article % len(CLAUSES)][:9]})", 3.2, bold=True)
        y = sheet.paragraph(y + 5.2, 4, rng, size=3.0, left=15)
        article += 1


def _fax(sheet: _Sheet, owner: Owner, rng: np.random.Generator) -> None:
    sheet.text(10, 5, "2026-10-30 14:05  FROM: 架空事務所  P.01/01", 3.2)
    sheet.centred(28, "送 付 状", 8.0)
    sheet.text(25, 52, f"件名 受付番号 {owner.receipt} の件", 4.4)
    sheet.rule(25, 60, 185, 60)
    y = sheet.paragraph(68, 9, rng, size=4.6)
    sheet.text(25, y + 8, "添付 契約書の写し 1通", 4.6)
    sheet.text(120, y + 30, "架空事務所 総務", 5.0)


_PRINTERS: dict[Kind, Callable[[_Sheet, Owner, np.random.Generator], None]] = {
    Kind.NOTICE: _notice,
    Kind.FORM: _form,
    Kind.RECEIPT: _receipt,
    Kind.SEAL: _certificate,
    Kind.DENSE: _dense,
    Kind.FAX: _fax,
}


def _as_faxed(pixels: npt.NDArray[np.uint8], rng: np.random.Generator) -> npt.NDArray[np.uint8]:
    """Sent at 8 by 3.85 lines a millimetre, pale, with streaks and specks."""
    tall, wide = pixels.shape[:2]
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    coarse = cv2.resize(grey, (wide * 203 // DPI, tall * 150 // DPI), interpolation=cv2.INTER_AREA)
    dots = np.where(coarse < 165, 96, 243).astype(np.uint8)
    dots[rng.random(dots.shape) < 0.0015] = 120
    dots[:, rng.integers(0, dots.shape[1], 3)] = 205
    grown = cv2.resize(dots, (wide, tall), interpolation=cv2.INTER_LINEAR)
    return np.repeat(grown[:, :, None], 3, axis=2)


def _px(millimetres: float) -> int:
    return round(millimetres * DPI / 25.4)


def _runs(words: str, size_px: int, bold: bool) -> list[tuple[ImageFont.FreeTypeFont, str]]:
    """The words in pieces of one font each: a name may hold a letter that the first font lacks (𠮷 is one)."""
    weight = "Bold" if bold else "Regular"
    first, spare = f"BIZUDGothic-{weight}.ttf", f"NotoSansCJK-{weight}.ttc"
    plain = "".join(letter for letter in words if not 0xE0100 <= ord(letter) <= 0xE01EF)  # drawn in its usual form
    return [
        (_font(first if known else spare, size_px), "".join(run))
        for known, run in groupby(plain, lambda letter: ord(letter) in _letters(first))
    ]


@cache
def _letters(name: str) -> frozenset[int]:
    with TTFont(_file(name)) as font:
        return frozenset(font.getBestCmap())


@cache
def _font(name: str, size_px: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_file(name)), size_px)


def _file(name: str) -> Path:
    for folder in _FONT_FOLDERS:
        if (folder / name).exists():
            return folder / name
    raise FileNotFoundError(
        f"sample papers need the font {name}: apt-get install fonts-morisawa-bizud-gothic fonts-noto-cjk"
    )
