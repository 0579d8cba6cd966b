"""A field of the portal's own: which keys stand there, what they write, and the way through two of them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import states as at
from kiosk.events import Action, KeyTapped
from kiosk.flow.further import admits, keyboard, written
from kiosk.flow.views import view
from kiosk.kana import MARKS, katakana, typed
from kiosk.views import Keyboard, TypingView
from kiosk.visit import Dossier, FurtherField
from tests.flow.chapters import logged_in
from tests.flow.tale import Tale


def field(pattern: str = "", label: str = "書類の名称", longest: int = 20) -> FurtherField:
    return FurtherField("more", label, pattern, required=True, longest=longest)


@pytest.mark.parametrize(
    ("pattern", "wanted"),
    [
        ("[0-9]{10,11}", Keyboard.DIGITS),
        (r"\d{4}", Keyboard.DIGITS),
        ("[0-9]{3}-[0-9]{4}", Keyboard.FIGURES),
        ("[A-Z][0-9]{4}", Keyboard.ASCII),
        ("[ァ-ヶー ]{1,40}", Keyboard.KATAKANA),
        (r"[\u30a1-\u30f6\u30fc]+", Keyboard.KATAKANA),
        ("[ぁ-んー]+", Keyboard.HIRAGANA),
        ("[^0-9]+", Keyboard.HIRAGANA),
        (".*", Keyboard.HIRAGANA),
        (r"\p{Katakana}+", Keyboard.ASCII),
    ],
)
def test_the_keys_are_those_of_what_the_pattern_names(pattern: str, wanted: Keyboard) -> None:
    assert keyboard(field(pattern)) is wanted


@pytest.mark.parametrize(
    ("label", "wanted"),
    [
        ("書類の名称", Keyboard.HIRAGANA),
        ("お名前(フリガナ)", Keyboard.KATAKANA),
        ("日中のお電話番号", Keyboard.LATIN),
    ],
)
def test_without_a_pattern_the_label_tells_what_comes_first(label: str, wanted: Keyboard) -> None:
    assert keyboard(field(label=label)) is wanted


@given(st.text(max_size=30), st.characters())
def test_no_pattern_makes_it_stumble(pattern: str, character: str) -> None:
    admits(field(pattern), character)


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        (["か", MARKS], "が"),
        (["か", MARKS, MARKS], "か"),
        (["は", MARKS, MARKS], "ぱ"),
        (["は", MARKS, MARKS, MARKS], "は"),
        (["ウ", MARKS], "ヴ"),
        (["し", "ゃ", "ち", "ょ", "う", "さ", MARKS, "ん"], "しゃちょうざん"),
        ([MARKS], ""),
        (["ん", MARKS], "ん"),
        (["a", MARKS], "a"),
    ],
)
def test_the_key_of_the_marks_turns_the_last_kana(keys: list[str], text: str) -> None:
    for script in (str, katakana):
        wanted, standing = "", ""
        for key in keys:
            standing = typed(standing, key if key == MARKS else script(key))
        wanted = script(text)
        assert standing == wanted


def test_nothing_is_longer_than_the_field_and_marks_take_no_room() -> None:
    short = field(longest=2)
    assert written(short, "かき", "く") == "かき"
    assert written(short, "かき", MARKS) == "かぎ"


def test_letters_become_capitals_where_only_these_may_stand() -> None:
    assert written(field("[A-Z][0-9]{4}"), "", "s") == "S"
    assert written(field("[A-Za-z]+"), "", "s") == "s"


def test_two_fields_one_after_the_other_on_their_own_keys() -> None:
    tale = logged_in()
    asked = (field("[ァ-ヶー]+", "お名前(フリガナ)"), field("[0-9]{10,11}", "お電話番号"))
    dossier = Dossier(fields=asked, field_values=("", ""))
    tale.state = replace(tale.state, stage=at.FieldEntry(0), dossier=dossier)
    assert shown(tale).keyboard is Keyboard.KATAKANA
    for key in ("カ", MARKS, "ト", "ー"):
        tale.happens(KeyTapped(key))
    assert shown(tale).text == "ガトー"
    tale.happens(Action.NEXT)
    assert shown(tale).keyboard is Keyboard.DIGITS
    assert tale.state.dossier.field_values == ("ガトー", "")


def shown(tale: Tale) -> TypingView:
    seen = view(tale.state).view
    assert isinstance(seen, TypingView)
    return seen
