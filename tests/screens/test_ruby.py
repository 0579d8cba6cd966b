"""Furigana: measured, broken and placed with their words, never said, never made of what a visitor gave."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.views import Chrome, IdentityView, Scene
from kiosk.visit import Attributes, BirthDate, Language, Sex
from screens.breaking import wrapped
from screens.filling import clusters
from screens.look import Face
from screens.nodes import Words, spoken, walk
from screens.registry import arrange
from screens.ruby import BEGIN, annotated, has_readings, laid, parts, plain
from tests.screens.glasses import fonts, look

WORDS = st.lists(
    st.sampled_from(
        [
            "カードを ",
            "{置|お}いて",
            "{住所|じゅうしょ}",
            "{一度|いちど}",
            "ください。",
            "{紙|かみ}",
            "「",
            "」",
            "、",
            " ",
            "1",
            "{志|こころざし}",
        ]
    ),
    max_size=14,
).map("".join)


def base(word: str) -> int:
    return 10 * len(word)


def small(reading: str) -> int:
    return 5 * len(reading)


def test_the_notation_is_read_and_names_stay() -> None:
    said = annotated("{暗証|あんしょう}を {n}{回|かい}")
    assert list(parts(said)) == [("暗証", "あんしょう"), ("を {n}", ""), ("回", "かい")]
    assert plain(said.format(n=3)) == "暗証を 3回"


def test_what_a_visitor_gives_is_never_notation() -> None:
    assert not has_readings("{山|やま} {暗証|あんしょう}")
    name = "{山田|やまだ} 太郎"
    person = Attributes(name, "東京都{区|く}1-2", BirthDate(1949, 3, 8), Sex.FEMALE)
    tree = arrange(Scene(Chrome(3, back=False), IdentityView(person)), look(language=Language.EASY), fonts())
    lines = [node for node in walk(tree) if isinstance(node, Words)]
    assert [line.readings for line in lines if line.text == name] == [()]
    assert any(line.readings for line in lines)


def test_a_reading_is_centred_over_its_word() -> None:
    line = laid(annotated("を{一度|いち}"), base, small)
    assert (line.width, line.runs) == (30, ((0, "を一度"),))
    assert [(over.x, over.width, over.text) for over in line.over] == [(15, 10, "いち")]


def test_a_long_reading_hangs_over_kana_by_half_of_one() -> None:
    line = laid(annotated("を{力|ちから}の"), base, small)
    assert (line.width, line.runs, line.over[0].x) == (30, ((0, "を力の"),), 8)


def test_a_long_reading_makes_room_between_words() -> None:
    line = laid(annotated("を{志|こころざし}{力|ちから}"), base, small)
    assert line.over[0].x >= 5
    assert line.over[0].x + line.over[0].width <= line.over[1].x


def test_a_line_begins_at_its_edge() -> None:
    line = laid(annotated("{志|こころざし}を"), base, small)
    assert line.runs[0][0] == line.over[0].x == 0


@given(WORDS)
def test_readings_run_neither_together_nor_beyond_the_ends(text: str) -> None:
    said = annotated(text)
    line = laid(said, base, lambda reading: 9 * len(reading))
    assert "".join(run for _, run in line.runs) == plain(said)
    assert all(over.x >= 0 and over.x + over.width <= line.width for over in line.over)
    assert all(one.x + one.width + 3 <= other.x for one, other in pairwise(line.over))


@given(WORDS, st.integers(6, 30))
def test_a_word_and_its_reading_share_a_line(text: str, width: int) -> None:
    said = annotated(text)
    lines = wrapped(said, width * 10, lambda part: laid(part, base, small).width)
    assert "".join(map(plain, lines)).replace(" ", "") == plain(said).replace(" ", "")
    assert [pair for line in lines for pair in parts(line) if pair[1]] == [pair for pair in parts(said) if pair[1]]


def test_phrases_are_found_in_the_words_alone() -> None:
    def count(part: str) -> int:
        return len(clusters(plain(part)))

    said = annotated("マイナンバーカードを{枠|わく}の{中|なか}に{置|お}いてください。")
    lines = wrapped(said, 12, count)
    assert tuple(map(plain, lines)) == wrapped(plain(said), 12, count)


def test_a_word_that_annotation_does_not_close_is_only_text() -> None:
    assert not has_readings(f"{BEGIN}山")
    assert clusters(f"{BEGIN}山") == [BEGIN, "山"]


@pytest.mark.parametrize("face", list(Face))
def test_the_width_of_a_line_is_that_of_what_is_drawn(face: Face) -> None:
    line = fonts().line(annotated("{受付|うけつけ}{番号|ばんごう}は"), face, 40, 20)
    at, text = line.runs[-1]
    assert line.width == at + fonts().width(text, face, 40)


def test_words_are_said_once() -> None:
    person = Attributes("見本 ツル", "青森県", BirthDate(1926, 1, 2), Sex.MALE)
    tree = arrange(Scene(Chrome(3), IdentityView(person)), look(language=Language.EASY), fonts())
    said = "".join(spoken(tree))
    assert "住所" in said
    assert "じゅうしょ" not in said
