"""The keys of a field that may hold kana.

The fifty sounds with their small kana are more than a glass has room for with keys of 15 mm: they stand in two halves,
あ to は and ま to ん, in the rows in which everybody knows them, two rows side by side or, on an upright glass, one
beneath the other. Three keys stay where they are in both: erase, the marks (か が), the other half. Which writing is
typed, hiragana, katakana, or letters and figures, is changed in the foot of the screen; the keys keep their places.
"""

from dataclasses import replace

from kiosk.events import KeyTapped
from kiosk.kana import MARKS, katakana
from kiosk.views import Keyboard
from screens.keys import FIGURES_LAYER, Placed, erase, layered, row
from screens.layout import Kit
from screens.look import Role
from screens.nodes import LayerShown

HALVES = (
    ("あいうえお", "かきくけこ", "さしすせそ", "たちつてと", "なにぬねの", "はひふへほ"),
    ("まみむめも", "や ゆ よ", "らりるれろ", "わをんー・", "ぁぃぅぇぉ", "っゃゅょ"),
)
OTHER_HALF, VOICED = ("まや\nらわ", "あか\nさた"), "がぱ"
"""On the keys: the rows with which the other half begins, as large as a key can say it, and what marks make of kana."""

LATE = ".late"
"""Ends the name of a layer that shows the second half."""

LETTERS_LAYER = "latin"
ALPHABET = ("abcdefg", "hijklmn", "opqrstu", "vwxyz-_", "1234567", "890.@")
WRITINGS = {
    Keyboard.HIRAGANA: ("hiragana", "katakana", LETTERS_LAYER),
    Keyboard.KATAKANA: ("katakana", LETTERS_LAYER),
    Keyboard.LATIN: (LETTERS_LAYER, "hiragana", "katakana"),
}
"""What each keyboard writes; the first one first."""


def rows_of(kit: Kit) -> int:
    """How many rows of keys there are, whatever is written."""
    return 6 if kit.look.upright else 3


def writing(kit: Kit, keyboard: Keyboard) -> str:
    """Which one is typed now."""
    shown = LETTERS_LAYER if kit.touch.layer == FIGURES_LAYER else kit.touch.layer.removesuffix(LATE)
    return shown if shown in WRITINGS[keyboard] else WRITINGS[keyboard][0]


def following(kit: Kit, keyboard: Keyboard) -> str:
    """What the key in the foot changes to."""
    writings = WRITINGS[keyboard]
    return writings[(writings.index(writing(kit, keyboard)) + 1) % len(writings)]


def layer(keyboard: Keyboard, writing: str) -> str:
    """What the layer is called that shows the first half of it: the first writing needs no name."""
    return "" if writing == WRITINGS[keyboard][0] else writing


def keys(kit: Kit, keyboard: Keyboard) -> list[Placed]:
    """Of the layer that is shown."""
    now = writing(kit, keyboard)
    if now == LETTERS_LAYER:
        return _alphabet(kit) if kit.look.upright else layered(kit, layer(keyboard, now))
    late = kit.touch.layer.endswith(LATE)
    written = (*HALVES[late], VOICED, OTHER_HALF[late])
    *groups, voiced, there = map(katakana, written) if now == "katakana" else written
    beside = 1 if kit.look.upright else 2
    placed = [key for i, group in enumerate(groups) for key in row(group, i // beside, i % beside * 5)]
    column, down = 5 * beside, rows_of(kit) // 3
    other = LayerShown(layer(keyboard, now) + ("" if late else LATE))
    if late:
        space, spoken = kit.say("typing.space"), kit.say("typing.space_said")
        placed.append(Placed(space, KeyTapped(" "), column - 1, rows_of(kit) - 1, role=Role.SMALL, spoken=spoken))
    marks = Placed(voiced, KeyTapped(MARKS), column, down, 1, down, role=Role.QUIET, spoken=kit.say("typing.marks"))
    return [
        *placed,
        *(_high(key, down) for key in erase(kit, column, 0)),
        marks,
        Placed(there, other, column, 2 * down, 1, down, role=Role.QUIET),
    ]


def _alphabet(kit: Kit) -> list[Placed]:
    """In its order: on an upright glass the rows of a typewriter would be too narrow."""
    return [*(key for i, each in enumerate(ALPHABET) for key in row(each, i)), *erase(kit, 5, 5, 2)]


def _high(key: Placed, down: float) -> Placed:
    return replace(key, down=down)
