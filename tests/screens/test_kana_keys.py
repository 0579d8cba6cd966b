"""Every kana can be typed on every glass, whatever the field begins with."""

import pytest

from kiosk.events import KeyTapped
from kiosk.kana import MARKS, katakana
from kiosk.views import Chrome, Keyboard, Scene, Typing, TypingView
from kiosk.visit import Language, TextSize
from screens.nodes import LayerShown, targets
from tests.screens.checks import parts
from tests.screens.glasses import look

HIRAGANA = set(
    "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをんぁぃぅぇぉっゃゅょ"
)
LATIN = set("abcdefghijklmnopqrstuvwxyz0123456789-_.@")
ALWAYS = {MARKS, "ー", " "}
PANELS = ("10.1-landscape", "15.6-landscape", "10.1-portrait")


def keys(keyboard: Keyboard, panel: str) -> list[set[str]]:
    """Of each layer that can be reached."""
    scene = Scene(Chrome(4), TypingView(Typing.FURTHER, keyboard, "", None, complete=False, label="書類の名称"))
    trees = parts(scene, look(panel))
    return [{t.act.text for t, _ in targets(tree) if isinstance(t.act, KeyTapped)} for tree in trees]


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize(
    ("keyboard", "wanted"),
    [
        (Keyboard.HIRAGANA, HIRAGANA | set(map(katakana, HIRAGANA)) | LATIN | ALWAYS),
        (Keyboard.LATIN, HIRAGANA | set(map(katakana, HIRAGANA)) | LATIN | ALWAYS),
        (Keyboard.KATAKANA, set(map(katakana, HIRAGANA)) | LATIN | ALWAYS),
    ],
)
def test_every_kana_letter_and_figure_is_somewhere(keyboard: Keyboard, wanted: set[str], panel: str) -> None:
    assert wanted <= set().union(*keys(keyboard, panel))


@pytest.mark.parametrize(
    ("keyboard", "first"), [(Keyboard.HIRAGANA, "あ"), (Keyboard.KATAKANA, "ア"), (Keyboard.LATIN, "a")]
)
def test_what_the_field_wants_comes_first(keyboard: Keyboard, first: str) -> None:
    assert first in keys(keyboard, "10.1-landscape")[0]


def test_no_hiragana_where_only_katakana_may_stand() -> None:
    assert not HIRAGANA & set().union(*keys(Keyboard.KATAKANA, "10.1-landscape"))


@pytest.mark.parametrize("size", TextSize)
def test_erase_marks_and_the_way_to_other_keys_never_move(size: TextSize) -> None:
    """A finger that goes on typing finds them where they were."""
    scene = Scene(Chrome(4), TypingView(Typing.FURTHER, Keyboard.HIRAGANA, "", None, complete=False, label="名称"))
    for panel in PANELS:
        halves = list(parts(scene, look(panel, Language.JA, size)))[:2]
        places = [{str(target.act): rect for target, rect in targets(tree)} for tree in halves]
        for act in (KeyTapped(MARKS), LayerShown("katakana")):
            assert places[0][str(act)] == places[1][str(act)]
