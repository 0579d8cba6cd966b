"""Names, postal addresses and mail addresses: nobody's sentences, broken where they are read.

A name breaks at its spaces, a postal address behind the names of places and where the script changes, a mail address
before its domain, then behind the marks in its name; only where that costs more lines, anywhere.
"""

import re

from screens.filling import Width, clusters, filled, joined, words

JOINT = re.compile("(?<=[._+-])(?=[^._+@-])")
LONG_DOMAIN = 24  # letters; a shorter one is read as one word
LATIN = re.compile("[ -~\u3000\uff01-\uff5e]+")
PLACES = re.compile(
    "(?<=[都道府県市区町村郡入])(?=[^都道府県市区町村郡])"
    "|(?<=[^\u30a1-\u30fc])(?=[\u30a1-\u30fa])|(?<=[\u30a1-\u30fc])(?=[^\u30a1-\u30fc])"
)
RUNS = re.compile(r"[\u30a1-\u30fc]+|[0-9一二三四五六七八九十-]+(?:丁目|番地|番|階|号室|号)?|.\s*", re.DOTALL)
"""A word in katakana, a number with what it counts, or one character."""


def anywhere(text: str, width: int, measure: Width) -> tuple[str, ...]:
    """Lines not wider than `width` by `measure`."""
    return tuple(line for paragraph in text.split("\n") for line in _paragraph(paragraph, width, measure))


def _paragraph(text: str, width: int, measure: Width) -> list[str]:
    apart = list(words(text))
    full = filled(joined(clusters(text)), width, measure)
    most = len(full) + (LATIN.fullmatch(text) is not None)  # a name in Latin letters is read by its words
    places = joined([part for word in apart for part in PLACES.split(word)])
    for pieces, at_most in ((apart, most), (places, most), (places, len(full) + 1)):
        if all(measure(piece.rstrip()) <= width for piece in pieces):
            lines = filled(pieces, width, measure)
            if len(lines) <= at_most:
                return lines
    whole = filled(joined([part for word in apart for part in RUNS.findall(word)]), width, measure)
    return whole if len(whole) <= len(full) + 1 else full


def address_pieces(text: str) -> list[str]:
    """What stays together of a mail address: each ends with one of its marks. So does what is still being typed."""
    local, at, domain = text.partition("@")
    found = [*JOINT.split(local + at), *(JOINT.split(domain) if len(domain) > LONG_DOMAIN else [domain])]
    return [piece for piece in found if piece]


def address_lines(text: str, width: int, measure: Width) -> list[str]:
    """A mail address alone."""
    return filled(address_pieces(text), width, measure)
