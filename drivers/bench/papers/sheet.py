"""A white sheet on which the sample papers are printed, in millimetres, at 300 dpi."""

from functools import cache
from itertools import groupby
from pathlib import Path

import cv2
import numpy as np
import segno
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

from drivers.bench.words import sentence

DPI = 300
A4_MM = (210.0, 297.0)

GOTHIC, PROPORTIONAL = "BIZUDGothic-{weight}.ttf", "BIZUDPGothic-{weight}.ttf"
SANS, SERIF = "NotoSansCJK-{weight}.ttc", "NotoSerifCJK-{weight}.ttc"

_FONT_FOLDERS = (Path("/usr/share/fonts/truetype/bizud-gothic"), Path("/usr/share/fonts/opentype/noto"))
_INK = (34, 34, 38)
_RED = (196, 38, 34)


class Sheet:
    """A white sheet that is written on in millimetres."""

    def __init__(self, size_mm: tuple[float, float], face: str = GOTHIC) -> None:
        self.width, self.height = size_mm
        self._face = face
        self.image = Image.new("RGB", (px(self.width), px(self.height)), (252, 252, 250))
        self.draw = ImageDraw.Draw(self.image)

    def text(
        self, x: float, y: float, words: str, size: float = 4.2, bold: bool = False, ink: tuple[int, int, int] = _INK
    ) -> None:
        """Words with their upper left at (x, y); `size` is the height of the letters' square."""
        self._line(px(x), y, words, size, bold, ink)

    def centred(self, y: float, words: str, size: float, bold: bool = True) -> None:
        self._line((self.image.width - self._wide(words, size, bold)) / 2, y, words, size, bold, _INK)

    def to_right(self, x: float, y: float, words: str, size: float = 4.2) -> None:
        self._line(px(x) - self._wide(words, size, bold=False), y, words, size, False, _INK)

    def _line(self, left: float, y: float, words: str, size: float, bold: bool, ink: tuple[int, int, int]) -> None:
        baseline = px(y) + px(size) * 0.88
        for font, run in _runs(words, px(size), bold, self._face):
            self.draw.text((left, baseline), run, font=font, fill=ink, anchor="ls")
            left += self.draw.textlength(run, font=font)

    def _wide(self, words: str, size: float, bold: bool) -> float:
        return sum(self.draw.textlength(run, font=font) for font, run in _runs(words, px(size), bold, self._face))

    def rule(self, x0: float, y0: float, x1: float, y1: float, wide: float = 0.25) -> None:
        self.draw.line((px(x0), px(y0), px(x1), px(y1)), fill=_INK, width=max(1, px(wide)))

    def box(self, x0: float, y0: float, x1: float, y1: float, fill: tuple[int, int, int] | None = None) -> None:
        self.draw.rectangle((px(x0), px(y0), px(x1), px(y1)), outline=_INK, fill=fill, width=px(0.3))

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
        side = px(across)
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
        self.image.paste(Image.new("RGB", ink.size, _RED), (px(x), px(y)), ink)

    def cells(self, x: float, y: float, digits: str, wide: float) -> None:
        """One box for each sign, from left to right; a box is a third higher than wide."""
        for index, digit in enumerate(digits):
            left = x + index * wide
            self.box(left, y, left + wide, y + wide * 4 / 3)
            self._line(
                px(left) + (px(wide) - self._wide(digit, wide * 0.9, False)) / 2,
                y + wide * 0.2,
                digit,
                wide * 0.9,
                False,
                _INK,
            )

    def code(self, x: float, y: float, words: str, side: float) -> None:
        """A QR code that holds the words, `side` wide with its quiet zone."""
        modules = np.array([list(row) for row in segno.make_qr(words).matrix_iter(border=4)], np.uint8)
        picture = Image.fromarray(np.where(modules > 0, 20, 252).astype(np.uint8))
        self.image.paste(picture.resize((px(side), px(side)), Image.Resampling.NEAREST), (px(x), px(y)))

    def fill(self, colour: tuple[int, int, int]) -> None:
        """Another ground than white."""
        self.draw.rectangle((0, 0, *self.image.size), fill=colour)

    def stamp_sample(self) -> None:
        """見本 in the corner: nobody may take this for a paper of value."""
        size = min(9.0, self.width / 12)
        corners = (px(self.width - 3.2 * size), px(4), px(self.width - 0.8 * size), px(4 + 1.4 * size))
        self.draw.rectangle(corners, outline=_RED, width=px(0.5))
        self.text(self.width - 3.0 * size, 4 + size * 0.15, "見本", size, bold=True, ink=_RED)


def px(millimetres: float) -> int:
    """At 300 dpi."""
    return round(millimetres * DPI / 25.4)


def _runs(words: str, size_px: int, bold: bool, face: str) -> list[tuple[ImageFont.FreeTypeFont, str]]:
    """The words in pieces of one font each: a name may hold a letter that the first font lacks (𠮷 is one)."""
    weight = "Bold" if bold else "Regular"
    first, spare = face.format(weight=weight), SANS.format(weight=weight)
    plain = "".join(letter for letter in words if not 0xE0100 <= ord(letter) <= 0xE01EF)  # drawn in its usual form
    return [
        (_font(first if known else spare, size_px), "".join(run))
        for known, run in groupby(plain, lambda letter: ord(letter) in _letters(first))
    ]


@cache
def _letters(name: str) -> frozenset[int]:
    with TTFont(_file(name), fontNumber=0) as font:
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
