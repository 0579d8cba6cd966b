"""Where a line may end.

Japanese breaks between phrases (budoux); other languages break at spaces. A number stays with what it counts, a short
remark in brackets is one piece. A sentence begins a line of its own where that costs none, and where a short text would
end with a lonely word its lines are made as even as they can be. Phrases are found in the words alone; a word with a
reading (see `screens.ruby`) is never divided.
"""

import re
from collections.abc import Iterator
from functools import cache

import budoux

from screens.filling import SPACES, Cut, Width, clusters, evened, filled, joined, words
from screens.naming import address_lines
from screens.ruby import plain

LONG = 9
LONG_NAME = re.compile(
    "(?<=[\u3041-\u309f\u4e00-\u9fff])(?=[\u30a1-\u30fc]{3})|(?<=[\u30a1-\u30fc]{3})(?=[\u4e00-\u9fff]{3})"
    "|(?<=[\u3041-\u9fff])(?=[(\uff08「『])|(?<=証明用)(?=電子)|(?<=個人情報)(?=保護)|(?<=共済)(?=契約者)"
)
SENTENCE_END = re.compile(r"(?<=。)(?=[^」』)])|(?<=[.?!] )")
ADDRESS = re.compile("[!-~]+@[!-~]+")
MAIL_DOMAIN = re.compile("(?<=.@)(?=.)")
TOGETHER = (
    ("もう", "一度"),
    ("締結証", "書"),
    ("ちが", "います"),
    ("あら", "ためて"),
    ("お見せ", "ください"),
    ("間", "違い"),
    ("係の", "人"),
    ("生まれた", "日"),
    ("ありがとう", "ございま"),
    ("印に", "合わせて"),
    ("", "とき"),
    ("My ", "Number"),
    ("Number ", "Card"),
    ("SME ", "Support"),
    ("Support, ", "JAPAN"),
    ("呼び出", "しを"),
    ("この", "端末"),
    ("ここに", "あります"),
    ("市区町村の", "窓口"),
    ("ご確認の", "うえ"),
    ("使いに", "なれ"),
    ("新しく", "して"),
    ("読む", "ところ"),
    ("する", "ため"),
    ("わかる", "人"),
)
COUNT = re.compile("[0-9] ")
NUMBERED = re.compile("(?:^|.*[ (])[Pp]apers? $")
ASIDE = re.compile("[(\uff08「“][^()\uff08\uff09「」“”]*")
ENDING = re.compile("(?<=[^ま])(?=ください|ません|ました|でした)")
LONG_ASIDE = 18  # letters; a longer one is read as a sentence
LONG_QUOTE = 20
KATAKANA = re.compile("[\u30a1-\u30fc]{2}")
PARTICLE = re.compile("[をがはにのでと]")
DATE_AND_TIME = re.compile("日[0-9]+時")
SHORT = 4  # lines; a longer text is read as a whole
ARTICLE = re.compile("(?:^|.*[ “(])(?:an?|the) ", re.IGNORECASE)
BEGINNING = 8  # Latin letters; a sentence's first word that short does not end a line


@cache
def _parser() -> budoux.Parser:
    return budoux.load_default_japanese_parser()


def wrapped(text: str, width: int, measure: Width, cut: Cut | None = None) -> tuple[str, ...]:
    """Lines not wider than `width` by `measure`; an explicit line feed always ends one. `cut` is `pieces` unless
    somebody keeps them.
    """
    cut = cut or pieces
    lines: list[str] = []
    for paragraph in text.split("\n"):
        if ADDRESS.fullmatch(paragraph):
            lines.extend(address_lines(paragraph, width, measure))
            continue
        whole = filled(cut(paragraph), width, measure, _finer)
        if 1 < len(whole) <= SHORT:
            apart = _by_sentences(paragraph, width, measure, cut)
            whole = apart if len(apart) <= len(whole) else evened(cut(paragraph), whole, width, measure)
        lines.extend(whole)
    return tuple(lines)


def by_sentence(text: str) -> str:
    """Each sentence on lines of its own: what is parted between lines is then parted between sentences."""
    return "\n".join(part.strip() for part in SENTENCE_END.split(text) if part.strip())


def _by_sentences(text: str, width: int, measure: Width, cut: Cut) -> list[str]:
    """Each sentence from the beginning of a line."""
    lines: list[str] = []
    for sentence in (part for part in SENTENCE_END.split(text) if part.strip()):
        lines += evened(cut(sentence), filled(cut(sentence), width, measure, _finer), width, measure)
    return lines


def torn(text: str, lines: tuple[str, ...]) -> bool:
    """Whether a line ends within a phrase."""
    if len(lines) < 2:
        return False
    letters = plain(text)
    ends, at = {index for index, letter in enumerate(letters) if letter == "\n"}, 0
    for phrase in (part for whole in _plain_phrases(letters) for part in ENDING.split(whole)):
        at += len(phrase)
        ends |= {at, at - len(phrase) + len(phrase.rstrip())}
    at = 0
    for line in map(plain, lines[:-1]):
        at = letters.find(line, at) + len(line)
        if at not in ends:
            return True
    return False


def pieces(text: str) -> list[str]:
    """What stays on one line where it can."""
    letters = plain(text)
    found = _with_asides(_phrases(letters))
    return found if letters == text else _with_readings(found, text)


def _finer(piece: str) -> Iterator[list[str]]:
    """How a piece that is wider than a line is parted: between its phrases, or before a verb's polite ending."""
    letters = plain(piece)
    for found in (_phrases(letters), _plain_phrases(letters), ENDING.split(letters), [*words(letters)]):
        yield found if letters == piece else _with_readings(found, piece)


def _phrases(text: str) -> list[str]:
    """Where people would end a line: not behind an article, nor behind a short word that begins a further sentence."""
    found: list[str] = []
    begins = False
    for phrase in _plain_phrases(text):
        if found and (ARTICLE.fullmatch(found[-1]) or (begins and len(found[-1]) <= _beginning(found[-1]))):
            found[-1] += phrase
            begins = False
        else:
            begins = bool(found and SENTENCE_END.search(found[-1] + "."))
            found.append(phrase)
    return found


def _beginning(word: str) -> int:
    return BEGINNING if word.isascii() else BEGINNING // 2


def _plain_phrases(text: str) -> list[str]:
    return joined([part for word in words(text) for part in _of_word(word)], _one_word)


def _with_asides(phrases: list[str]) -> list[str]:
    found: list[str] = []
    for phrase in phrases:
        begun = ASIDE.search(found[-1]) if found else None
        longest = LONG_ASIDE if begun and begun[0][0] in "(\uff08" else LONG_QUOTE
        if begun and begun.end() == len(found[-1]) and len(begun[0]) + len(phrase.rstrip()) <= longest:
            found[-1] += phrase
        else:
            found.append(phrase)
    return found


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


def _of_word(word: str) -> list[str]:
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


def _one_word(before: str, after: str) -> bool:
    if COUNT.fullmatch(before[-2:]) and after[0].isalpha() and after.isascii():
        return True
    if NUMBERED.fullmatch(before) and after[0].isdigit():
        return True
    if DATE_AND_TIME.match(before[-1:] + after) or KATAKANA.fullmatch(before[-1:] + after[:1]):
        return True
    if before.endswith("」") and PARTICLE.match(after):
        return True
    spaceless = before.rstrip(SPACES)  # words of やさしい日本語 stand apart
    heads = (head for head, tail in TOGETHER if after.startswith(tail))
    return any(before.endswith(head) or spaceless.endswith(head) for head in heads)
