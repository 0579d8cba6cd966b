"""Lines break where people pause, marks stay with their words, and nothing is lost."""

from hypothesis import given
from hypothesis import strategies as st

from kiosk.visit import Language
from screens.breaking import NOT_FIRST, clusters, wrapped

TEXTS = st.text("あいうえおかきくけこっゃ。、」「カード番号を置いてください1234 ABC\U000e0100", max_size=60)


def _lines(text: str, width: int, language: Language = Language.JA) -> tuple[str, ...]:
    return wrapped(text, width, lambda part: len(clusters(part)), language)


def test_japanese_breaks_between_phrases() -> None:
    lines = _lines("マイナンバーカードを置いてください。", 12)
    assert lines == ("マイナンバーカードを", "置いてください。")


def test_english_breaks_at_spaces() -> None:
    assert _lines("Please put your card here.", 11, Language.EN) == ("Please put", "your card", "here.")


def test_a_sentence_begins_a_line_where_that_costs_none() -> None:
    lines = _lines("更新できます。更新してから、もう一度お越しください。", 20)
    assert lines == ("更新できます。", "更新してから、もう一度お越しください。")


def test_mou_ichido_is_one_word() -> None:
    for width in range(8, 30):
        assert not any(line.endswith("もう") for line in _lines("終わったら、もう一度どうぞ。", width))


def test_no_character_of_a_long_name_is_left_alone() -> None:
    assert _lines("個人情報保護管理規程", 9) == ("個人情報保護管理", "規程")


def test_a_variation_sequence_stays_together() -> None:
    assert clusters("渡邉\U000e0102様") == ["渡", "邉\U000e0102", "様"]


@given(TEXTS, st.integers(6, 30))
def test_nothing_is_lost_and_nothing_is_too_wide(text: str, width: int) -> None:
    lines = _lines(text, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(len(clusters(line)) <= width + 3 for line in lines)


@given(st.text("あかさ。、っ」", min_size=1, max_size=40), st.integers(8, 20))
def test_no_line_begins_with_a_mark_unless_the_text_is_nothing_else(text: str, width: int) -> None:
    runs = max((len(run) for run in "".join("x" if c in NOT_FIRST else " " for c in text).split()), default=0)
    if runs <= 2:
        assert all(line[0] not in NOT_FIRST for line in _lines(text, width)[1:] if line)
