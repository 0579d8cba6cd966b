"""What is printed around a number: the words that name it, before it, above it, and right behind it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np

from kiosk.documents.digit_rows import Row
from kiosk.documents.pixels import Grey
from kiosk.documents.words import Letters, Read

_BEFORE = 18.0  # how far words are looked for, in heights of the digits
_ABOVE = 3.4
_BEHIND = 4.0
_TALL = 36  # pixels that the digits would have in what is read
_TAIL = re.compile(r"^[0-9A-Za-z|]+")  # the number's last digits, however they were read
_MARGIN = 24
_GRAIN = 16.0  # ink that is none
_FAINT = 30  # ink that counts as print


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Letters without blanks."""

    before: str = field(default="", repr=False)
    above: str = field(default="", repr=False)
    behind: str = field(default="", repr=False)


def surroundings(ink: Grey, rows: Sequence[Row], read: Read) -> list[Surroundings] | None:
    """What stands around each row, read at once; None where nobody can read."""
    if not rows:
        return []
    pieces = [piece for row in rows for piece in _pieces(ink, row)]
    wide = max(piece.shape[1] for piece, _ in pieces) + 2 * _MARGIN
    high = sum(piece.shape[0] + 2 * _MARGIN for piece, _ in pieces)
    picture = np.full((high, wide), 255, np.uint8)
    y, ends = 0, []
    for piece, _ in pieces:
        picture[y + _MARGIN : y + _MARGIN + piece.shape[0], _MARGIN : _MARGIN + piece.shape[1]] = 255 - piece
        y += piece.shape[0] + 2 * _MARGIN
        ends.append(y / high)
    words = read(picture, Letters.ANY)
    if words is None:
        return None
    said = [["", ""] for _ in pieces]
    for word in sorted(words, key=lambda word: word.box.left):
        at = min(int(np.searchsorted(ends, (word.box.top + word.box.bottom) / 2)), len(pieces) - 1)
        right = (word.box.left + word.box.right) / 2 * wide > _MARGIN + pieces[at][1]
        said[at][right] += word.text.replace(" ", "")
    return [
        Surroundings(before, "".join(above), _TAIL.sub("", behind))
        for (before, behind), above in zip(said[::2], said[1::2], strict=True)
    ]


def _pieces(ink: Grey, row: Row) -> tuple[tuple[Grey, int], tuple[Grey, int]]:
    """Before and behind in one line, and above, at one scale and without ruled lines; where the right part begins.

    A single letter is easily overlooked, so the last digits are read along with what stands behind.
    """
    tall = row.height
    left, right = row.digits[0][0], row.digits[-1][2]
    top, bottom = min(mark[1] for mark in row.digits), max(mark[3] for mark in row.digits)
    upper, lower = top - 0.45 * tall, bottom + 0.45 * tall
    x0, y0 = round(max(left - _BEFORE * tall, 0)), round(max(top - 2 * _ABOVE * tall, 0))
    seen = ink[y0 : round(bottom + 3 * tall), x0 : round(right + (_BEHIND + 1) * tall)]
    clear = _unruled(seen, tall)
    scale = _TALL / tall
    edges = (
        (left - _BEFORE * tall, upper, left - 0.1 * tall, lower),
        (left - _BEFORE / 2 * tall, top - _ABOVE * tall, right + tall, top - 0.1 * tall),
        (row.digits[-3][0] - 0.1 * tall, upper, right + _BEHIND * tall, lower),
    )
    before, above, behind = (_cut(clear, (l - x0, t - y0, r - x0, b - y0)) for l, t, r, b in edges)
    line, split = _joined(_scaled(before, scale), _scaled(behind, scale))
    return (line, split), (_scaled(_lowest_line(above, tall), scale), 0)


def _joined(left: Grey, right: Grey) -> tuple[Grey, int]:
    """Side by side, and where the white between them ends."""
    split = left.shape[1] + 2 * _MARGIN
    line = np.zeros((max(left.shape[0], right.shape[0]), split + right.shape[1]), np.uint8)
    line[: left.shape[0], : left.shape[1]] = left
    line[: right.shape[0], split:] = right
    return line, split


def _cut(ink: Grey, edges: tuple[float, float, float, float]) -> Grey:
    tall, wide = ink.shape
    left, top, right, bottom = (round(edge) for edge in edges)
    piece = ink[max(0, top) : min(max(bottom, 0), tall), max(0, left) : min(max(right, 0), wide)]
    return piece if piece.size else np.zeros((8, 8), np.uint8)


def _unruled(piece: Grey, tall: float) -> Grey:
    """Without the lines that are longer than letters."""
    level = cv2.morphologyEx(piece, cv2.MORPH_OPEN, np.ones((1, max(3, round(2.4 * tall))), np.uint8))
    upright = cv2.morphologyEx(piece, cv2.MORPH_OPEN, np.ones((max(3, round(1.55 * tall)), 1), np.uint8))
    lines = cv2.dilate(cv2.max(level, upright), np.ones((3, 3), np.uint8))
    return np.asarray(cv2.subtract(piece, lines), np.uint8)


def _lowest_line(piece: Grey, tall: float) -> Grey:
    """Up to the first white above its lowest print; a name stands close over what it names."""
    inked = np.flatnonzero((piece > _FAINT).sum(axis=1) > 1)
    if not len(inked):
        return piece
    white = np.flatnonzero(np.diff(inked) > max(2.0, 0.22 * tall))
    first = inked[white[-1] + 1] if len(white) else inked[0]
    if first == 0:
        return piece[:0]  # cut in two: it stands too far above
    return piece[max(0, first - 2) : inked[-1] + 3]


def _scaled(piece: Grey, scale: float) -> Grey:
    size = (max(8, round(piece.shape[1] * scale)), max(8, round(piece.shape[0] * scale)))
    if not piece.size:
        return np.zeros((8, 8), np.uint8)
    full = max(float(piece.max()), 60.0) - _GRAIN
    bright = np.clip((piece.astype(np.float32) - _GRAIN) * (255 / full), 0, 255).astype(np.uint8)
    return np.asarray(
        cv2.resize(bright, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC), np.uint8
    )
