"""Typefaces, what they can draw, and how wide it comes out.

BIZ UDPGothic for text, BIZ UDGothic for numbers; a character that they lack is drawn from Noto Sans CJK, so that a
name stays in one style, then from IPAmj Mincho, by what the files' own character maps say. A variation sequence goes
to the first of them that knows it; where none does, the plain character is drawn. A character that nobody has is
shown as 〓.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pygame
from fontTools.ttLib import TTFont

from screens.breaking import pieces, torn, wrapped
from screens.filling import clusters, joins
from screens.look import Face
from screens.naming import anywhere
from screens.ruby import BEGIN, BETWEEN, END, Line, has_readings, laid

DEBIAN = Path("/usr/share/fonts")
BIZ = DEBIAN / "truetype" / "bizud-gothic"
FILES: dict[Face, Path] = {
    Face.TEXT: BIZ / "BIZUDPGothic-Regular.ttf",
    Face.BOLD: BIZ / "BIZUDPGothic-Bold.ttf",
    Face.DIGITS: BIZ / "BIZUDGothic-Regular.ttf",
}
FALLBACKS = (DEBIAN / "opentype" / "noto" / "NotoSansCJK-Regular.ttc", DEBIAN / "truetype" / "ipamj" / "ipamjm.ttf")
MISSING = "〓"
OPENED = 128
"""Fonts at most, each with the glyphs that it has drawn: 0.6 MB. One look needs up to 100, all looks of a panel 120."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a font file can draw, and its proportions in units of its em."""

    characters: frozenset[int]
    plain: frozenset[str]  # characters that stand for themselves, whatever is beside them
    sequences: frozenset[tuple[int, int]]
    capital: float
    ascent: float

    def has(self, cluster: str) -> bool:
        """One character, or one with a variation selector, exactly."""
        base, *marks = map(ord, cluster)
        if not marks:
            return base in self.characters
        return (
            (base, marks[0]) in self.sequences
            if _selector(marks[0])
            else all(ord(c) in self.characters for c in cluster)
        )


def _selector(point: int) -> bool:
    return 0xFE00 <= point <= 0xFE0F or 0xE0100 <= point <= 0xE01EF


@cache
def coverage(file: Path) -> Coverage:
    """Read a font's character map and the height of its capitals."""
    with TTFont(file, fontNumber=0, lazy=True) as font:
        sequences = {
            (base, selector)
            for table in font["cmap"].tables
            if table.format == 14
            for selector, pairs in table.uvsDict.items()
            for base, _ in pairs
        }
        em = font["head"].unitsPerEm
        characters = frozenset(font.getBestCmap())
        plain = frozenset(c for c in map(chr, characters) if not joins(c) and c not in {BEGIN, BETWEEN, END})
        return Coverage(characters, plain, frozenset(sequences), font["OS/2"].sCapHeight / em, font["hhea"].ascent / em)


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring characters that one font file draws."""

    text: str
    file: Path


class Fonts:
    """Opened faces by file and size, and the painter's own measure. Needs `pygame.font`, no window."""

    def __init__(self) -> None:
        pygame.font.init()
        self._chains = {face: tuple(p for p in (file, *FALLBACKS) if p.exists()) for face, file in FILES.items()}
        self._capitals = {face: coverage(chain[0]).capital for face, chain in self._chains.items()}
        self._opened: dict[tuple[Path, int], pygame.font.Font] = {}
        self._widths: dict[tuple[str, Face, int], int] = {}
        self._laid: dict[tuple[str, Face, int, int], Line] = {}
        self._lines: dict[tuple[str, Face, int, int, int, bool], tuple[str, ...]] = {}
        self._pieces: dict[str, list[str]] = {}
        self._drawers: dict[tuple[str, Face], Run] = {}
        self._torn: dict[tuple[str, tuple[str, ...]], bool] = {}
        measured = (self._widths, self._laid, self._lines, self._pieces, self._torn, self._drawers)
        self._kept: tuple[dict[Any, Any], ...] = measured
        self._rehearsed: tuple[dict[Any, Any], ...] = ({},) * len(self._kept)

    def size(self, capital_px: int, face: Face = Face.TEXT) -> int:
        """Size in pixels at which a capital letter is at least so high."""
        return int(-(-capital_px // self._capitals[face]))

    def width(self, text: str, face: Face, size: int) -> int:
        """Pixels from the first to the last character's advance."""
        key = (text, face, size)
        if key not in self._widths:
            self._widths[key] = sum(self.font(run.file, size).size(run.text)[0] for run in self.runs(text, face))
        return self._widths[key]

    def line(self, text: str, face: Face, size: int, reading: int) -> Line:
        """One line with its furigana, in letters of `size` and readings of `reading` pixels."""
        if not has_readings(text):
            return Line(self.width(text, face, size), ((0, text),))
        key = (text, face, size, reading)
        if key not in self._laid:
            self._laid[key] = laid(
                text, lambda word: self.width(word, face, size), lambda kana: self.width(kana, Face.TEXT, reading)
            )
        return self._laid[key]

    def lines(self, text: str, face: Face, size: int, reading: int, width: int, *, verbatim: bool) -> tuple[str, ...]:
        """Broken so that no line is wider than `width` pixels; readings stay with their words. What is shown `verbatim`
        is a name or an address.
        """
        key = (text, face, size, reading, width, verbatim)
        if key not in self._lines:

            def measured(part: str) -> int:
                return self.line(part, face, size, reading).width

            broken = anywhere(text, width, measured) if verbatim else wrapped(text, width, measured, self._cut)
            self._lines[key] = broken
        return self._lines[key]

    def torn(self, text: str, lines: tuple[str, ...]) -> bool:
        """Whether one of these lines ends within a phrase of the text."""
        key = (text, lines)
        if key not in self._torn:
            self._torn[key] = torn(text, lines)
        return self._torn[key]

    def _cut(self, text: str) -> list[str]:
        """The same at every width and size."""
        if text not in self._pieces:
            self._pieces[text] = pieces(text)
        return self._pieces[text]

    def runs(self, text: str, face: Face) -> Iterator[Run]:
        """The text as it will be drawn, cut where the font file changes."""
        chain = self._chains[face]
        if coverage(chain[0]).plain.issuperset(text):
            return iter((Run(text, chain[0]),))
        found: list[Run] = []
        for cluster in clusters(text):
            drawn = self._drawers.get((cluster, face)) or self._drawer(cluster, face)
            if found and found[-1].file == drawn.file:
                found[-1] = Run(found[-1].text + drawn.text, drawn.file)
            else:
                found.append(drawn)
        return iter(found)

    def missing(self, text: str) -> bool:
        """Whether a character of it can only be shown as 〓."""
        return any(self._drawer(cluster, Face.TEXT).text == MISSING != cluster for cluster in clusters(text))

    def _drawer(self, cluster: str, face: Face) -> Run:
        chain = self._chains[face]
        plain = "".join(c for c in cluster if not _selector(ord(c)))
        candidates = ((wanted, file) for wanted in (cluster, plain) for file in chain if coverage(file).has(wanted))
        text, file = next(candidates, (MISSING, chain[0])) if plain else ("", chain[0])
        return self._drawers.setdefault((cluster, face), Run(text, file))

    def rehearsed(self) -> None:
        """What has been measured until now is nobody's: it may stay for ever."""
        self._rehearsed = tuple(dict(each) for each in self._kept)

    def forget(self) -> None:
        """Drop what was measured since: it holds the visitor's words."""
        for each, rehearsed in zip(self._kept, self._rehearsed, strict=True):
            each.clear()
            each.update(rehearsed)

    def font(self, file: Path, size: int) -> pygame.font.Font:
        """An opened font."""
        key = (file, size)
        font = self._opened.pop(key, None) or pygame.font.Font(file, size)
        if len(self._opened) >= OPENED:  # the one that was not needed for the longest time
            del self._opened[next(iter(self._opened))]
        self._opened[key] = font
        return font
