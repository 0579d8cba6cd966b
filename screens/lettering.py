"""One line of a text as a node: its letters, and the furigana above them."""

from dataclasses import dataclass

from screens.geometry import Rect
from screens.layout import Kit
from screens.look import Face, Role, Tone
from screens.nodes import Reading, Words
from screens.ruby import TUCKED, plain


@dataclass(frozen=True, slots=True)
class Style:
    """How a line is drawn; `size` in pixels."""

    face: Face
    size: int
    tone: Tone
    role: Role


def line_of_words(kit: Kit, text: str, at: Rect, style: Style, above: int) -> Words:
    """From the left of the rectangle, as high as it; `above` of its pixels are kept for furigana."""
    line = kit.line(text, style.face, style.size)
    if not line.over:
        rect = Rect(at.x, at.y, line.width, at.h)
        return Words(rect, plain(text), style.face, style.size, style.tone, style.role, above)
    size = kit.reading(style.size)
    top = at.y + above + (at.h - above - style.size) // 2 + round(style.size * TUCKED) - size
    readings = tuple(Reading(Rect(at.x + over.x, top, over.width, size), over.text, size) for over in line.over)
    runs = line.runs if len(line.runs) > 1 or line.runs[0][0] else ()
    rect = Rect(at.x, at.y, line.width, at.h)
    return Words(rect, plain(text), style.face, style.size, style.tone, style.role, above, runs, readings)


def moved(words: Words, dx: int) -> Words:
    """So many pixels to the right."""
    readings = tuple(Reading(reading.rect.moved(dx, 0), reading.text, reading.size) for reading in words.readings)
    style = (words.face, words.size, words.tone, words.role, words.above)
    return Words(words.rect.moved(dx, 0), words.text, *style, words.runs, readings)
