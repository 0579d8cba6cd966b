"""Twelve marks that stand together and by themselves, as a My Number is set."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise

import numpy as np

from kiosk.documents.digit_rows import Row

DIGITS = 12
LEAST = 10
"""So many marks at least are worth a look: the others may be broken."""
_MOST = 16
_BROKEN = 1.3  # white that ends a number, in heights
_GROUP_ENDS = (3, 7)
_UNEVEN = 0.2  # how far a pitch may be from the others, in heights: a 1 does not stand in the middle of its place
_UNEVEN_SHARE = 0.06  # and as a share of the pitch
_WIDE = 1.05  # the pitch, in heights, beyond which each digit has a box of its own
_GROUP = 0.18  # that much wider, at least, is the pitch between groups
_OFF_LINE = 0.05  # heights
_PIXELS = 1.5
_ALONE = 0.28  # and that much wider than any of its kind is the one to what does not belong to it


class Setting(Enum):
    """How the digits are printed."""

    RUN = auto()
    GROUPS = auto()  # three of four
    CELLS = auto()
    HYPHENED = auto()  # three groups of four
    LOOSE = auto()  # about twelve marks: a digit may be broken or lost, or a letter stands too near


@dataclass(frozen=True, slots=True)
class Twelve:
    """About twelve marks, exactly twelve unless they are loose."""

    row: Row
    setting: Setting


def twelves(row: Row) -> tuple[Twelve, ...]:
    """All in a row that may be a number of twelve digits."""
    return tuple(_exact(row)) or tuple(_loose(row))


def _exact(row: Row) -> Iterator[Twelve]:
    tall = row.height
    centres = [(left + right) / 2 / tall for left, _, right, _ in row.digits]
    pitches = [float("inf"), *(right - left for left, right in pairwise(centres)), float("inf")]
    for first in range(len(row.digits) - DIGITS + 1):
        part = row.part(first, first + DIGITS)
        found = _setting(part, pitches[first + 1 : first + DIGITS])
        if found is None:
            continue
        setting, usual = found
        before = first > 0 and _level(part, row.digits[first - 1]) and pitches[first] <= usual + _ALONE
        after = row.digits[first + DIGITS : first + DIGITS + 1]
        if not before and not (after and _level(part, after[0]) and pitches[first + DIGITS] <= usual + _ALONE):
            yield Twelve(part, setting)


def _loose(row: Row) -> Iterator[Twelve]:
    """Parts without wide gaps that are not much shorter or longer."""
    ends = [0, *(at + 1 for at, gap in enumerate(row.gaps) if gap > _BROKEN), len(row.digits)]
    for first, last in pairwise(ends):
        if LEAST <= last - first <= _MOST:
            yield Twelve(row.part(first, last), Setting.LOOSE)


def _level(part: Row, mark: tuple[int, int, int, int]) -> bool:
    """Whether a neighbour stands as exactly on the line as the digits do themselves; a piece of a kana does not."""
    for edge in (1, 3):
        own = [digit[edge] for digit in part.digits]
        usual = float(np.median(own))
        if abs(mark[edge] - usual) > max(abs(value - usual) for value in own) + max(_OFF_LINE * part.height, _PIXELS):
            return False
    return True


def _setting(part: Row, pitches: list[float]) -> tuple[Setting, float] | None:
    """How they are printed, and how far a further digit, or a further group, would stand."""
    between = [pitches[at] for at in _GROUP_ENDS]
    within = [pitch for at, pitch in enumerate(pitches) if at not in _GROUP_ENDS]
    usual = float(np.median(within))
    free = _UNEVEN + _UNEVEN_SHARE * usual
    if any(abs(pitch - usual) > free for pitch in within) or any(0 <= at < DIGITS - 1 for at in part.dots):
        return None
    dashes = tuple(at for at in part.dashes if 0 <= at < DIGITS - 1)
    if dashes:
        return (Setting.HYPHENED, max(between)) if dashes == _GROUP_ENDS and part.dashes == dashes else None
    if all(abs(pitch - usual) <= free for pitch in between):
        return (Setting.RUN if usual < _WIDE else Setting.CELLS), usual
    if abs(between[0] - between[1]) <= 2 * free and min(between) > usual + _GROUP:
        return Setting.GROUPS, max(between)
    return None
