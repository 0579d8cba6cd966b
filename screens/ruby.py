"""Furigana: readings that stand over the words they belong to.

A translator writes `{暗証|あんしょう}` in a PO file; a reading belongs to a whole word, so that nobody has to know how
it divides over the characters. When the file is read this becomes Unicode's interlinear annotation (U+FFF9 to
U+FFFB), which no keyboard of the glass types and no card holds: a `{` or `|` that a visitor or the portal gave stays
what it is. Sentences are joined, cut and filled in as before; only where a line is measured and placed is it taken
apart. What is spoken, and every `text` and `label` of the placed tree, is the base text alone: a voice knows words by
their characters, with the accent and the pauses that kana have lost, and must not say a word twice.

A reading is somewhat less than half as large as its word, so that words of a compound keep together, and its capitals
would never be lower than `LEAST_MM`: with kana of 2.3 mm, 16 minutes of arc at 50 cm, the least that ISO 9241-303 lets
people read. It is not held to the 3.5 mm of text, because it is a help beside text that is. It is centred over its word
and hangs over no more than half of a kana, a space or a mark beside it, or what the shorter reading of the next word
leaves free, and a third of a kana stays between two readings; where that is not enough, the word gets room. At the
beginning of a line both begin at its edge, so that lines stand straight under one another.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

BEGIN, BETWEEN, END = "\ufff9", "\ufffa", "\ufffb"
NOTATION = re.compile(r"\{([^{}|]+)\|([^{}|]+)\}")
ANNOTATED = re.compile(f"{BEGIN}([^{BEGIN}{BETWEEN}{END}]+){BETWEEN}([^{BEGIN}{BETWEEN}{END}]+){END}")
FREE_ABOVE = re.compile("[\u3041-\u3096\u30a1-\u30fa\u30fc 、。「」・()]")
RATIO = 0.44
TUCKED = 0.04
"""How far a reading goes into its word's own line, in heights of that: characters leave as much free above them."""
LEAST_MM = 2.0


def annotated(sentence: str) -> str:
    """A sentence of a PO file with its notation made into annotations; {names} stay."""
    return NOTATION.sub(rf"{BEGIN}\1{BETWEEN}\2{END}", sentence)


def plain(text: str) -> str:
    """The words alone."""
    return ANNOTATED.sub(r"\1", text) if BEGIN in text else text


def has_readings(text: str) -> bool:
    """Whether a line of it needs room above."""
    return BEGIN in text and ANNOTATED.search(text) is not None


def parts(text: str) -> Iterator[tuple[str, str]]:
    """The text in order: words, each with its reading or with none."""
    at = 0
    for match in ANNOTATED.finditer(text):
        if match.start() > at:
            yield text[at : match.start()], ""
        yield match[1], match[2]
        at = match.end()
    if at < len(text):
        yield text[at:], ""


@dataclass(frozen=True, slots=True)
class Over:
    """A reading, in pixels from the left of its line."""

    x: int
    width: int
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it is drawn, in pixels from its left: runs of the base text, readings, and how wide all that is."""

    width: int
    runs: tuple[tuple[int, str], ...] = field(repr=False)
    over: tuple[Over, ...] = ()


Width = Callable[[str], int]


def laid(text: str, base: Width, small: Width) -> Line:
    """A line with its readings. `base` and `small` measure words and readings."""
    whole = list(parts(text))
    runs: list[tuple[int, str]] = []
    over: list[Over] = []
    x = end = 0
    for i, (word, reading) in enumerate(whole):
        wide = base(word)
        longer = small(reading) - wide if reading else 0
        left = max(0, longer) // 2 if i else 0
        right = max(0, longer) - left
        hangs = left
        if left:
            left = max(0, left - _room(whole[i - 1], -1, base, small))
        if right and i + 1 < len(whole):
            right = max(0, right - _room(whole[i + 1], 0, base, small))
        x += left
        if reading and over:  # two readings never run together
            at = x - hangs if longer > 0 else x - longer // 2
            x += max(0, over[-1].x + over[-1].width + _air(reading, small) - at)
        if runs and x == end:  # words without room between them are one run
            runs[-1] = runs[-1][0], runs[-1][1] + word
        else:
            runs.append((x, word))
        if reading:
            over.append(Over(x - hangs if longer > 0 else x - longer // 2, wide + longer, reading))
        end = x + wide
        x = end + right
    return Line(x, tuple(runs), tuple(over))


def _air(reading: str, small: Width) -> int:
    """Between two readings, a third of a kana."""
    return small(reading[0]) // 3


def _room(beside: tuple[str, str], end: int, base: Width, small: Width) -> int:
    """Above a neighbour: half of a character without reading, or what its own reading leaves, less a little air."""
    word, reading = beside
    if reading:
        return max(0, (base(word) - small(reading)) // 2 - _air(reading, small))
    return base(word[end]) // 2 if FREE_ABOVE.match(word[end]) else 0
