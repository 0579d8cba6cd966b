"""Rows of digits, set anew for reading: equally high, equally spaced, black on white, one below the other.

What a reader makes of boxes, groups, hyphens and coloured grounds is a matter of luck; that is all gone here, and one
call reads all rows of a page. Each digit keeps its place in the row, so a reading counts only where it has exactly as
many letters as the row has marks.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np

from kiosk.documents.digit_rows import Row
from kiosk.documents.pixels import Grey
from kiosk.documents.words import Word

_SPACE = 0.16  # white between digits, in heights
_MARGIN = 0.8  # around the picture, and twice that between rows


@dataclass(frozen=True, slots=True)
class Strips:
    """The picture to read, and where each row lies in it (top and bottom, in shares of its height)."""

    picture: Grey = field(repr=False)
    bands: tuple[tuple[float, float], ...]

    def texts(self, words: Sequence[Word]) -> tuple[str, ...]:
        """What was read of each row."""
        lines: list[list[Word]] = [[] for _ in self.bands]
        for word in words:
            middle = (word.box.top + word.box.bottom) / 2
            for line, (top, bottom) in zip(lines, self.bands, strict=True):
                if top <= middle <= bottom:
                    line.append(word)
        return tuple("".join(word.text for word in sorted(line, key=lambda word: word.box.left)) for line in lines)


def typeset(ink: Grey, rows: Sequence[Row], tall: int) -> Strips:
    """The rows with digits `tall` pixels high; `ink` is what they were found in."""
    lines = [_line(ink, row, tall) for row in rows]
    margin = round(_MARGIN * tall)
    wide = max((line.shape[1] for line in lines), default=0) + 2 * margin
    high = sum(line.shape[0] + 2 * margin for line in lines) + 2 * margin
    picture = np.full((high, wide), 255, np.uint8)
    y, bands = margin, []
    for line in lines:
        picture[y + margin : y + margin + line.shape[0], margin : margin + line.shape[1]] = line
        bands.append((y / high, (y + line.shape[0] + 2 * margin) / high))
        y += line.shape[0] + 2 * margin
    return Strips(picture, tuple(bands))


def _line(ink: Grey, row: Row, tall: int) -> Grey:
    top = min(mark[1] for mark in row.digits) - 1
    bottom = max(mark[3] for mark in row.digits) + 1
    scale = tall / row.height
    space = np.zeros((bottom - top, max(1, round(_SPACE * row.height))), np.uint8)
    pieces = [space]
    for left, _, right, _ in row.digits:
        pieces += [_cut(ink, left - 1, top, right + 1, bottom), space]
    line = np.hstack(pieces)
    size = (max(1, round(line.shape[1] * scale)), max(1, round(line.shape[0] * scale)))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    full = max(float(np.percentile(line, 98)), 1.0)
    dark = np.clip(line.astype(np.float32) * (255 / full), 0, 255).astype(np.uint8)
    return np.asarray(255 - cv2.resize(dark, size, interpolation=how), np.uint8)


def _cut(ink: Grey, left: int, top: int, right: int, bottom: int) -> Grey:
    """The piece, white where it reaches beyond the picture."""
    piece = np.zeros((bottom - top, right - left), np.uint8)
    y, x = max(top, 0), max(left, 0)
    seen = ink[y : max(bottom, 0), x : max(right, 0)]
    piece[y - top : y - top + seen.shape[0], x - left : x - left + seen.shape[1]] = seen
    return piece
