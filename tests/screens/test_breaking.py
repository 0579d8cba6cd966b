"""Lines break where people pause, marks stay with their words, and nothing is lost."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from screens.breaking import SHORT, by_sentence, pieces, wrapped
from screens.filling import KATAKANA, NOT_FIRST, NOT_LAST, clusters, joins
from screens.naming import address_pieces, anywhere

TEXTS = st.text("あいうえおかきくけこっゃ。、」「カード番号を置いてください1234 ABC\U000e0100", max_size=60)


def _lines(text: str, width: int) -> tuple[str, ...]:
    return wrapped(text, width, lambda part: len(clusters(part)))


def test_japanese_breaks_between_phrases() -> None:
    lines = _lines("マイナンバーカードを置いてください。", 12)
    assert lines == ("マイナンバーカードを", "置いてください。")


def test_english_breaks_at_spaces() -> None:
    assert _lines("Please put your card here.", 11) == ("Please put", "your card", "here.")


def test_a_sentence_begins_a_line_where_that_costs_none() -> None:
    lines = _lines("更新できます。更新してから、もう一度お越しください。", 20)
    assert lines == ("更新できます。", "更新してから、もう一度お越しください。")


def test_mou_ichido_is_one_word() -> None:
    for width in range(8, 30):
        assert not any(line.endswith("もう") for line in _lines("終わったら、もう一度どうぞ。", width))


def test_no_character_of_a_long_name_is_left_alone() -> None:
    assert _lines("個人情報保護管理規程", 9) == ("個人情報", "保護管理規程")


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


ADDRESS = "maria-fernanda_de.oliveira+kyosai@mail.example.jp"


def test_an_address_breaks_behind_its_marks_and_its_domain_stays_whole() -> None:
    assert _lines(ADDRESS, 40) == ("maria-fernanda_de.oliveira+kyosai@", "mail.example.jp")
    assert _lines(ADDRESS, 28) == ("maria-fernanda_de.oliveira+", "kyosai@mail.example.jp")
    assert _lines("nobody-divides-this@example.jp", 20) == ("nobody-divides-this@", "example.jp")


def test_only_what_is_wider_than_a_line_breaks_anywhere() -> None:
    assert _lines("abcdefghijkl@example.jp", 10) == ("abcdefghij", "kl@", "example.jp")


@given(st.text("ab.-_+", max_size=30), st.text("ab.-", max_size=40))
def test_no_letter_of_an_address_is_lost(local: str, domain: str) -> None:
    for address in (local, f"{local}@{domain}"):
        assert "".join(address_pieces(address)) == address


def test_a_date_is_not_divided_within_a_number() -> None:
    assert _lines("1949年3月8日(昭和24年)", 13) == ("1949年3月8日", "(昭和24年)")


def test_sentences_are_told_apart_but_not_within_brackets() -> None:
    assert by_sentence("一つ目です。「はい。」と二つ目です。") == "一つ目です。\n「はい。」と二つ目です。"
    assert by_sentence("First one. Second one.") == "First one.\nSecond one."


def test_no_word_is_left_alone_on_the_last_line() -> None:
    assert _lines("Put your card on this reader", 22) == ("Put your card", "on this reader")


def test_an_article_goes_with_its_word() -> None:
    assert _lines("Put your card on the reader", 19) == ("Put your card on", "the reader")
    assert _lines("This is a letter from the office", 10) == ("This is", "a letter", "from", "the office")


def test_a_short_word_that_begins_a_sentence_does_not_end_a_line() -> None:
    many = "All these words go on and on. Try again until the end of it is reached, " * 3
    lines = _lines(many, 34)
    assert len(lines) > SHORT
    assert not any(line.endswith(". Try") for line in lines)


def test_a_number_stays_with_what_it_counts_and_a_remark_in_brackets_whole() -> None:
    assert _lines("There are 9.6 MB", 13) == ("There are", "9.6 MB")
    assert _lines("What looks like My Number", 18) == ("What looks like", "My Number")
    assert _lines("電話は平日のみ(9時から17時)です。", 14) == ("電話は平日のみ", "(9時から17時)です。")


def test_a_phrase_wider_than_a_line_is_parted_before_its_polite_ending() -> None:
    assert _lines("動かさないでください。", 8) == ("動かさないで", "ください。")
    assert _lines("受け付けられません。", 7) == ("受け付けられ", "ません。")


def _anywhere(text: str, width: int) -> tuple[str, ...]:
    return anywhere(text, width, lambda part: len(clusters(part)))


def test_an_address_breaks_behind_the_names_of_places() -> None:
    assert _anywhere("群馬県邑楽郡大泉町架空3-4-5", 12) == ("群馬県邑楽郡大泉町", "架空3-4-5")
    assert _anywhere("見本町グランドレジデンス1203", 13) == ("見本町グランドレジデンス", "1203")


def test_a_name_in_latin_letters_breaks_between_its_words() -> None:
    assert _anywhere("MARIA FERNANDA SANTOS", 10) == ("MARIA", "FERNANDA", "SANTOS")


@given(TEXTS, st.integers(4, 30))
def test_nothing_of_a_name_is_lost(text: str, width: int) -> None:
    assert "".join(_anywhere(text, width)).replace(" ", "") == text.replace(" ", "")


def test_no_word_in_katakana_is_divided_that_fits_on_a_line() -> None:
    assert _lines("受付番号の最初のアルファベットです", 12)[-1].startswith("アルファベット")
    assert _lines("中小機構マイナ手続きポータル利用規約", 11) == ("中小機構マイナ手続き", "ポータル利用規約")
    assert "ノースレジデンスアネックス" in _anywhere("架空通上る東入架空町ノースレジデンスアネックス棟", 13)


@given(
    st.text("パスワードオンラインマイナー", min_size=1, max_size=12), st.sampled_from(["", "電子証明書", "手続きの"])
)
def test_no_piece_begins_within_a_word_in_katakana(word: str, before: str) -> None:
    found = pieces(before + word)
    assert not any(KATAKANA.fullmatch(one[-1]) and KATAKANA.fullmatch(other[0]) for one, other in pairwise(found))


@given(st.text("あア「(オンライン」)カードを。", max_size=40), st.integers(6, 20))
def test_no_line_ends_with_an_opening_bracket_unless_the_text_is_nothing_else(text: str, width: int) -> None:
    lines = _lines(text, width)
    runs = max((len(run) for run in "".join("x" if c in NOT_LAST else " " for c in text).split()), default=0)
    if runs <= 1:
        assert all(line[-1] not in NOT_LAST for line in lines[:-1] if line)


@given(st.text("京都市葛郡アカ\U000e0100\u3099", max_size=30), st.integers(3, 12))
def test_no_line_begins_with_a_mark_that_belongs_to_the_character_before(text: str, width: int) -> None:
    assert not any(joins(line[0]) for line in _anywhere(text, width)[1:] if line)
