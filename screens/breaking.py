"""Where a line may end.

Japanese breaks between phrases (budoux), and where a phrase alone is too wide between characters, never so that a
line begins with a mark that must not stand there or ends with an opening bracket (kinsoku). Other languages break at
spaces, a mail address before its domain, then behind the marks in its name, and only then anywhere. A sentence begins a
line of its own where that costs none. Nothing is ever
left out. Phrases are found in the words alone; a word with a reading (see `screens.ruby`) is never divided.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache

import budoux

from kiosk.visit import Language
from screens.ruby import ANNOTATED, BEGIN, plain

NOT_FIRST = set("。、」』)】〕〉》.,)]}!?!?・:;:;%%々ゝゞーぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ〜…")
LONG = 9
LONG_NAME = re.compile(
    "(?<=[\u4e00-\u9fff])(?=[\u30a1-\u30fa]{3})|(?<=[\u3041-\u9fff])(?=[((「『])|(?<=証明用)(?=電子)"
)
SENTENCE_END = re.compile(r"(?<=。)(?=[^」』)])|(?<=[.?!] )")
ADDRESS = re.compile("[!-~]+@[!-~]+")
MAIL_DOMAIN = re.compile("(?<=.@)(?=.)")
JOINT = re.compile("(?<=[._+-])(?=[^._+@-])")
LONG_DOMAIN = 24  # letters; a shorter one is read as one word
TOGETHER = (("もう", "一度"), ("締結証", "書"))
SHORT = 4  # lines; a longer text is read as a whole
NOT_LAST = set("「『(【〔〈《([{")

SPACES = " \u3000"

Width = Callable[[str], int]
Pieces = Callable[[str, Language], list[str]]


@cache
def _parser() -> budoux.Parser:
    return budoux.load_default_japanese_parser()


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


def wrapped(text: str, width: int, measure: Width, language: Language, cut: Pieces | None = None) -> tuple[str, ...]:
    """Lines not wider than `width` by `measure`; an explicit line feed always ends one. `cut` is `pieces` unless
    somebody keeps them.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        if ADDRESS.fullmatch(paragraph):
            lines.extend(address_lines(paragraph, width, measure))
            continue
        filled = list(_filled((cut or pieces)(paragraph, language), width, measure))
        if 1 < len(filled) <= SHORT:
            filled = _by_sentences(paragraph, width, measure, language, cut or pieces, len(filled)) or filled
        lines.extend(filled)
    return tuple(lines)


def anywhere(text: str, width: int, measure: Width) -> tuple[str, ...]:
    """The same for a name or an address that is nobody's sentence: at its spaces where that takes no more lines, else
    after any character.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        full = list(_filled(_joined(clusters(paragraph)), width, measure))
        words = list(_filled(list(_words(paragraph)), width, measure))
        lines.extend(words if len(words) <= len(full) else full)
    return tuple(lines)


def address_pieces(text: str) -> list[str]:
    """What stays together of a mail address: each ends with one of its marks. So does what is still being typed."""
    local, at, domain = text.partition("@")
    found = [*JOINT.split(local + at), *(JOINT.split(domain) if len(domain) > LONG_DOMAIN else [domain])]
    return [piece for piece in found if piece]


def address_lines(text: str, width: int, measure: Width) -> list[str]:
    """A mail address alone."""
    return list(_filled(address_pieces(text), width, measure))


def by_sentence(text: str) -> str:
    """Each sentence on lines of its own: what is parted between lines is then parted between sentences."""
    return "\n".join(part.strip() for part in SENTENCE_END.split(text) if part.strip())


def _by_sentences(text: str, width: int, measure: Width, language: Language, cut: Pieces, most: int) -> list[str]:
    """Each sentence from the beginning of a line, where that takes no more lines; else none."""
    sentences = (part for part in SENTENCE_END.split(text) if part.strip())
    lines = [line for part in sentences for line in _filled(cut(part, language), width, measure)]
    return lines if len(lines) <= most else []


def pieces(text: str, language: Language) -> list[str]:
    """What stays on one line where it can."""
    words = plain(text)
    found = [part for word in _words(words) for part in _phrases(word)]
    if language is not Language.EN or not words.isascii():
        found = _joined(found)
    return found if words == text else _with_readings(found, text)


def _with_readings(pieces: list[str], text: str) -> list[str]:
    """The pieces again as they stand in `text`; one that would divide a word with its reading waits for its end."""
    rest = clusters(text)
    found: list[str] = []
    ahead = 0  # characters that the pieces before have taken beyond their own end
    for piece in pieces:
        taken, wanted = "", len(piece) - ahead
        while wanted > 0:
            cluster = rest.pop(0)
            taken += cluster
            wanted -= len(plain(cluster))
        ahead = -wanted
        if taken:
            found.append(taken)
    return found


def _phrases(word: str) -> list[str]:
    if word.isascii():
        return MAIL_DOMAIN.split(word)
    phrases: list[str] = []
    for phrase in _parser().parse(word):
        if phrases and phrases[-1][-1].isdigit() and phrase[0].isdigit():  # no number is divided
            phrases[-1] += phrase
        else:
            phrases.append(phrase)
    return [part for phrase in phrases for part in _halves(phrase)]


def _halves(phrase: str) -> list[str]:
    """A long name may also end a line where its Chinese characters turn into katakana (電子証明書|パスワード), and
    before a bracket.
    """
    return LONG_NAME.split(phrase) if len(phrase) > LONG else [phrase]


def _joined(pieces: list[str]) -> list[str]:
    """Phrases again, without breaks that the marks forbid."""
    found: list[str] = []
    for phrase in pieces:
        piece = phrase
        while found and found[-1][-1:] in NOT_LAST:  # an opening bracket goes with what it opens
            piece, found[-1] = found[-1][-1] + piece, found[-1][:-1]
            if not found[-1]:
                found.pop()
        if found and piece and (piece[0] in NOT_FIRST or _one_word(found[-1], piece)):
            found[-1] += piece
        else:
            found.append(piece)
    return found


def _one_word(before: str, after: str) -> bool:
    return any(before.endswith(head) and after.startswith(tail) for head, tail in TOGETHER)


def _words(text: str) -> Iterator[str]:
    """Words, each with the spaces behind it."""
    word = ""
    for character in text:
        if word and word[-1] in SPACES and character not in SPACES:
            yield word
            word = ""
        word += character
    if word:
        yield word


def _filled(pieces: list[str], width: int, measure: Width) -> Iterator[str]:
    line = ""
    for piece in pieces:
        if measure((line + piece).rstrip()) <= width:
            line += piece
            continue
        if line:
            yield line.rstrip()
        line = piece
        if measure(piece.rstrip()) > width:
            *full, line = _cut(piece, width, measure)
            yield from full
    yield line.rstrip()


def _cut(piece: str, width: int, measure: Width) -> list[str]:
    """One phrase that is wider than a line, between characters."""
    lines: list[str] = []
    line: list[str] = []
    for cluster in clusters(piece):
        if line and measure("".join(line) + cluster.rstrip()) > width:
            carried = _carried(line, cluster)
            lines.append("".join(line))
            line = [*carried, cluster]
        else:
            line.append(cluster)
    if len(line) == 1 and lines and len(clusters(lines[-1])) > 3:
        *before, last = clusters(lines[-1])  # no character is left alone
        if last[-1] not in NOT_FIRST and before[-1][-1] not in NOT_LAST:
            lines[-1], line = "".join(before), [last, *line]
    return [*lines, "".join(line)]


def _carried(line: list[str], following: str) -> list[str]:
    """What must go to the next line with `following`; taken off `line`."""
    carried: list[str] = []
    while len(line) > 1 and (following[0] in NOT_FIRST or line[-1][-1] in NOT_LAST):
        following = line.pop()
        carried.insert(0, following)
        if len(carried) == 3:
            break
    return carried
