"""What may be written in a field that the portal asks for beyond the manual's own, and which keys it wants first.

It is only known from the field's pattern, a regular expression. That is not run against made-up words: the characters
and sets of characters that it names are asked one by one whether they hold a kana, a letter, a figure. A field without
a pattern may hold anything; there its label says what to begin with.
"""

import re

from kiosk.kana import MARKS, typed
from kiosk.views import Keyboard
from kiosk.visit import FurtherField

_COUNT = re.compile(r"\{[0-9,]*\}")
_NAMED = re.compile(r"\[(?:\\.|[^\]\\])+\]|\\u[0-9A-Fa-f]{4}|\\.|[^\\\[\](){}|^$*+?]")
_READING, _NUMBER = re.compile("カナ|ガナ"), re.compile("番号|電話|コード|メール|アドレス|金額|年月日")


def keyboard(field: FurtherField) -> Keyboard:
    """Which one it is typed on."""
    if not field.pattern:
        if _READING.search(field.label):
            return Keyboard.KATAKANA
        return Keyboard.LATIN if _NUMBER.search(field.label) else Keyboard.HIRAGANA
    if admits(field, "あ"):
        return Keyboard.HIRAGANA
    if admits(field, "ア"):
        return Keyboard.KATAKANA
    if not admits(field, "5") or any(admits(field, letter) for letter in "aA"):
        return Keyboard.ASCII
    return Keyboard.FIGURES if any(admits(field, sign) for sign in "-_.@+/ ") else Keyboard.DIGITS


def admits(field: FurtherField, character: str) -> bool:
    """Whether the character stands somewhere in what the pattern names; without a pattern every one may."""
    return not field.pattern or any(_holds(part, character) for part in _NAMED.findall(_COUNT.sub("", field.pattern)))


def _holds(part: str, character: str) -> bool:
    try:
        return re.fullmatch(part, character) is not None
    except re.error:  # of another dialect: the portal judges what is typed, here it only chooses the keys
        return False


def written(field: FurtherField, text: str, key: str) -> str:
    """The text after a key. There are keys for small letters only: where just capitals may stand, they become some."""
    if key != MARKS and not admits(field, key) and admits(field, key.upper()):
        key = key.upper()
    longer = typed(text, key)
    return longer if len(longer) <= field.longest else text
