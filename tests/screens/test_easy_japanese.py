"""やさしい日本語: every kanji has its reading, sentences are short, what stands on papers keeps its name."""

import re
from collections import defaultdict

import pytest
from babel.messages.pofile import read_po

from kiosk.visit import BirthDate, Language
from screens.era import birth_date
from screens.ruby import NOTATION, annotated, plain
from screens.texts import FOLDER, load_catalogue

JA, EASY = load_catalogue(Language.JA), load_catalogue(Language.EASY)
KANJI = re.compile("[\u3400-\u9fff々〆\U00020000-\U0003ffff]")
HIRAGANA = re.compile("[\u3041-\u3096ー]+")
FIELD = re.compile(r"\{[a-z]+\}")
SENTENCE = re.compile("[^。\n]*。")
LONGEST = 30
NAMES = ("利用者証明用電子証明書パスワード", "券面事項入力補助用パスワード", "共済契約締結証書", "設定暗証番号記載票")


def written(language: str) -> dict[str, str]:
    """The sentences as they stand in the file, by key."""
    with (FOLDER / f"{language}.po").open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file) if message.id}


WRITTEN = written("ja-easy")


def test_every_kanji_has_a_reading() -> None:
    bare = {key: KANJI.findall(FIELD.sub("", NOTATION.sub("", words))) for key, words in WRITTEN.items()}
    assert {key: kanji for key, kanji in bare.items() if kanji} == {}


@pytest.mark.parametrize("language", [language.value for language in Language])
def test_a_reading_is_hiragana_and_stands_over_kanji(language: str) -> None:
    pairs = [pair for words in written(language).values() for pair in NOTATION.findall(words)]
    assert [reading for _, reading in pairs if not HIRAGANA.fullmatch(reading)] == []
    assert [word for word, _ in pairs if not re.fullmatch(r"[0-9]*[\u3400-\u9fff々]+", word)] == []
    assert [word for word, reading in pairs if len(reading) > 4 * len(word)] == []


def test_what_is_not_notation_is_only_a_name_to_be_filled_in() -> None:
    for key, words in WRITTEN.items():
        assert set("{|}").isdisjoint(FIELD.sub("", NOTATION.sub("", words))), key


SEVERAL = {
    "日": {"ひ", "にち"},
    "月": {"がつ", "つき"},
    "年": {"ねん", "とし"},
    "少": {"すこ", "すく"},
    "来": {"き", "こ"},
    "入": {"い", "はい"},
}
"""The only words with more than one reading here; which one stands where was read by eye."""


def test_a_word_is_read_the_same_everywhere() -> None:
    readings = defaultdict(set)
    for words in WRITTEN.values():
        for word, reading in NOTATION.findall(words):
            readings[word].add(reading)
    assert {word: found for word, found in readings.items() if len(found) > 1} == SEVERAL


def test_days_are_read_as_people_say_them() -> None:
    born = BirthDate(1949, 3, 8)
    assert birth_date(born, EASY) == annotated("1949{年|ねん}3{月|がつ}{8日|ようか}")
    assert birth_date(BirthDate(1989, 1, 31), EASY) == annotated("1989{年|ねん}1{月|がつ}31{日|にち}")


def test_sentences_are_short() -> None:
    """Official names count as one word of five letters; what is filled in counts as much as it stands for here."""

    def length(sentence: str) -> int:
        for name in NAMES:
            sentence = sentence.replace(name, "パスワード")
        return len(FIELD.sub("パスワード", sentence).replace(" ", ""))

    sentences = {s: length(s) for words in WRITTEN.values() for s in SENTENCE.findall(NOTATION.sub(r"\1", words))}
    assert {sentence: count for sentence, count in sentences.items() if count > LONGEST} == {}
    assert sum(count <= 25 for count in sentences.values()) > 0.9 * len(sentences)


def test_the_writing_is_polite_and_plain() -> None:
    said = {key: plain(words) for key, words in EASY.sentences.items()}
    for key, words in said.items():
        for sentence in SENTENCE.findall(words):
            polite = re.search("(です|ます|ません|ました|でした|ください|ますか|ですか)(から)?。$", sentence)
            assert polite or key in {"busy.end", "last_try.hold"}, key
    assert [
        key for key, words in said.items() if re.search("なければなりません|ないわけ|いただ|ご確認|お客", words)
    ] == []
    era = ("明治", "大正", "昭和", "平成", "令和", "元年")
    assert [key for key, words in said.items() if any(name in words for name in era) and key[:4] != "era."] == []


SAME = [
    *(f"password.{part}.{password}" for part in ("name", "official") for password in ("auth", "attributes")),
    "mail_explained.sender.text",
    "mail_explained.subject.text",
    "applicant_choice.contractor",
    "applicant_choice.applicant",
    "review.contract",
    "review.receipt",
    "done.number",
    "action.agree",
]


@pytest.mark.parametrize("key", SAME)
def test_what_stands_on_papers_and_in_mails_keeps_its_name(key: str) -> None:
    assert plain(EASY.say(key)) == JA.say(key)


def test_submit_is_called_by_its_own_words_before_it_is_pressed() -> None:
    assert f"「{EASY.say('action.submit')}」" in EASY.say("review.lead")
