"""Pieces of text laid into lines of a width. What may not stand first or last on a line (kinsoku) stays with its piece;
a piece that is wider than a line is parted where that harms least. Nothing is ever left out.

`screens.breaking` cuts sentences into such pieces, `screens.naming` names and addresses.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from screens.ruby import ANNOTATED, BEGIN

NOT_FIRST = set("。、」』)】〕〉》.,)]}!?!?・:;:;%%々ゝゞーぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ〜…")
NOT_LAST = set("「『(【〔〈《([{")
SPACES = " \u3000"
KATAKANA = re.compile("[\u30a1-\u30fc]")
LONELY = 0.34  # of the width: a last line shorter than that

Width = Callable[[str], int]
Cut = Callable[[str], list[str]]
Finer = Callable[[str], Iterable[list[str]]]
"""The ways in which a piece may still be parted, the best first."""


def clusters(text: str) -> list[str]:
    """Characters with the variation selectors and marks that belong to them; a word with its reading is one."""
    if BEGIN in text and (begun := ANNOTATED.search(text)):
        return [*clusters(text[: begun.start()]), begun[0], *clusters(text[begun.end() :])]
    found: list[str] = []
    for character in text:
        if found and joins(character):
            found[-1] += character
        else:
            found.append(character)
    return found


def joins(character: str) -> bool:
    """A selector or a mark: it belongs to the character before it."""
    point = ord(character)
    return (
        0xFE00 <= point <= 0xFE0F
        or 0xE0100 <= point <= 0xE01EF
        or point in {0x3099, 0x309A, 0x200D}
        or 0x300 <= point <= 0x36F
    )


def filled(pieces: list[str], width: int, measure: Width, finer: Finer | None = None) -> list[str]:
    """Lines not wider than `width` by `measure`, each as full as it can be; a piece that is too wide is parted."""
    lines: list[str] = []
    line = ""
    for piece in pieces:
        if measure((line + piece).rstrip()) <= width:
            line += piece
            continue
        if line:
            lines.append(line.rstrip())
        line = piece
        if measure(piece.rstrip()) > width:
            *full, line = _parted(piece, width, measure, finer)
            lines.extend(full)
    return [*lines, line.rstrip()]


def evened(pieces: list[str], lines: list[str], width: int, measure: Width) -> list[str]:
    """As many lines with the least room left on them, where the last of `lines` is lonely; `lines` where none need be
    or a piece had to be parted.
    """
    if len(lines) < 2 or len(pieces) < len(lines) or measure(lines[-1]) > LONELY * width:
        return lines
    whole = len(pieces)
    room: dict[tuple[int, int], int] = {}
    for begin in range(whole):
        for end in range(begin + 1, whole + 1):
            left = width - measure("".join(pieces[begin:end]).rstrip())
            if left < 0:
                break
            room[begin, end] = left
    best: dict[int, tuple[int, tuple[int, ...]]] = {0: (0, (0,))}
    for _ in lines:
        further: dict[int, tuple[int, tuple[int, ...]]] = {}
        for (begin, end), left in room.items():
            if begin in best:
                spent, ends = best[begin]
                further[end] = min(further.get(end, (spent + left**2 + 1, ())), (spent + left**2, (*ends, end)))
        best = further
    if whole not in best:
        return lines
    return ["".join(pieces[begin:end]).rstrip() for begin, end in pairwise(best[whole][1])]


def joined(pieces: list[str], one_word: Callable[[str, str], bool] | None = None) -> list[str]:
    """Pieces again, without breaks that the marks forbid, or that would divide what is `one_word`."""
    found: list[str] = []
    for phrase in pieces:
        piece = phrase
        while found and found[-1][-1:] in NOT_LAST:  # an opening bracket goes with what it opens
            piece, found[-1] = found[-1][-1] + piece, found[-1][:-1]
            if not found[-1]:
                found.pop()
        if (
            found
            and piece
            and (
                joins(piece[0])
                or piece[0] in NOT_FIRST
                or not piece.strip(SPACES)
                or (one_word is not None and one_word(found[-1], piece))
            )
        ):
            found[-1] += piece
        else:
            found.append(piece)
    return found


def words(text: str) -> Iterator[str]:
    """Words, each with the spaces behind it."""
    word = ""
    for character in text:
        if word and word[-1] in SPACES and character not in SPACES:
            yield word
            word = ""
        word += character
    if word:
        yield word


def _parted(piece: str, width: int, measure: Width, finer: Finer | None) -> list[str]:
    """One piece that is wider than a line; no space behind it is lost."""
    for parts in finer(piece) if finer is not None else ():
        if len(parts) > 1 and all(measure(part.rstrip()) <= width for part in parts):
            *full, last = filled(parts, width, measure)
            return [*full, last + piece[len(piece.rstrip()) :]]
    return _cut(piece, width, measure)


def _cut(piece: str, width: int, measure: Width) -> list[str]:
    """One phrase that is wider than a line, between characters."""
    lines: list[str] = []
    line: list[str] = []
    for cluster in clusters(piece):
        if line and measure("".join(line) + cluster.rstrip()) > width:
            carried = _word(line, cluster, width, measure)
            carried = [*_carried(line, (carried or [cluster])[0]), *carried]
            lines.append("".join(line))
            line = [*carried, cluster]
        else:
            line.append(cluster)
    if len(line) == 1 and lines and len(clusters(lines[-1])) > 3:
        *before, last = clusters(lines[-1])  # no character is left alone
        if last[0] not in NOT_FIRST and before[-1][0] not in NOT_LAST:
            lines[-1], line = "".join(before), [last, *line]
    return [*lines, "".join(line)]


def _word(line: list[str], following: str, width: int, measure: Width) -> list[str]:
    """A word in katakana that began on this line and goes on: all of it goes to the next, unless it is as long as a
    line; taken off `line`.
    """
    begun = len(line)
    while begun and KATAKANA.fullmatch(line[begun - 1]) and KATAKANA.fullmatch(following):
        begun -= 1
    carried = line[begun:]
    if all(cluster[0] in NOT_LAST for cluster in line[:begun]):
        return []
    if measure("".join(carried) + following) > width * 3 // 4:
        return []
    del line[begun:]
    return carried


def _carried(line: list[str], following: str) -> list[str]:
    """What must go to the next line with `following`; taken off `line`."""
    carried: list[str] = []
    while len(line) > 1 and (following[0] in NOT_FIRST or line[-1][-1] in NOT_LAST):
        following = line.pop()
        carried.insert(0, following)
        if len(carried) == 3:
            break
    return carried
