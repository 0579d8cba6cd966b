"""Twelve marks that stand together and by themselves, as a My Number is set."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise

import numpy as np

from kiosk.documents.digit_rows import Row

DIGITS = 12
_GROUP_ENDS = (3, 7)
_UNEVEN = 0.2  # how far a pitch may be from the others, in heights: a 1 does not stand in the middle of its place
_UNEVEN_SHARE = 0.06  # and as a share of the pitch
_WIDE = 1.05  # the pitch, in heights, beyond which each digit has a box of its own
_GROUP = 0.18  # that much wider, at least, is the pitch between groups
_ALONE = 0.4  # and that much more the one to what does not belong to it


class Setting(Enum):
    """How the digits are printed."""

    RUN = auto()
    GROUPS = auto()  # three of four
    CELLS = auto()
    HYPHENED = auto()  # three groups of four


@dataclass(frozen=True, slots=True)
class Twelve:
    """Twelve marks."""

    row: Row
    setting: Setting


def twelves(row: Row) -> Iterator[Twelve]:
    """All in a row that may be a number of twelve digits."""
    tall = row.height
    centres = [(left + right) / 2 / tall for left, _, right, _ in row.digits]
    pitches = [float("inf"), *(right - left for left, right in pairwise(centres)), float("inf")]
    for first in range(len(row.digits) - DIGITS + 1):
        part = row.part(first, first + DIGITS)
        setting = _setting(part, pitches[first + 1 : first + DIGITS])
        if setting is None:
            continue
        widest = max(pitches[first + 1 : first + DIGITS])
        if min(pitches[first], pitches[first + DIGITS]) > widest + _ALONE:
            yield Twelve(part, setting)


def _setting(part: Row, pitches: list[float]) -> Setting | None:
    between = [pitches[at] for at in _GROUP_ENDS]
    within = [pitch for at, pitch in enumerate(pitches) if at not in _GROUP_ENDS]
    usual = float(np.median(within))
    free = _UNEVEN + _UNEVEN_SHARE * usual
    if any(abs(pitch - usual) > free for pitch in within) or any(0 <= at < DIGITS - 1 for at in part.dots):
        return None
    dashes = tuple(at for at in part.dashes if 0 <= at < DIGITS - 1)
    if dashes:
        return Setting.HYPHENED if dashes == _GROUP_ENDS and part.dashes == dashes else None
    if all(abs(pitch - usual) <= free for pitch in between):
        return Setting.RUN if usual < _WIDE else Setting.CELLS
    if abs(between[0] - between[1]) <= 2 * free and min(between) > usual + _GROUP:
        return Setting.GROUPS
    return None
