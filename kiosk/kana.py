"""Kana as they are typed on the glass, one key after another.

The board has a key for each plain and each small kana, and one for the marks: it turns the last kana into the voiced
one, は and its row also into the half-voiced one, and then back again (か が か, は ば ぱ は). Where the last character
takes no mark it changes nothing.
"""

MARKS = "゛゜"
"""What the key of the marks types."""

_VOICED = (
    "うゔ かが きぎ くぐ けげ こご さざ しじ すず せぜ そぞ ただ ちぢ つづ てで とど はばぱ ひびぴ ふぶぷ へべぺ ほぼぽ"
)
_TO_KATAKANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}


def katakana(hiragana: str) -> str:
    """The same, hiragana for hiragana; everything else stays."""
    return hiragana.translate(_TO_KATAKANA)


_TURNS = {
    kana: row[(i + 1) % len(row)]
    for row in (*_VOICED.split(), *katakana(_VOICED).split())
    for i, kana in enumerate(row)
}


def typed(text: str, key: str) -> str:
    """The text after a key."""
    if key != MARKS:
        return text + key
    return text[:-1] + _TURNS.get(text[-1:], text[-1:])
