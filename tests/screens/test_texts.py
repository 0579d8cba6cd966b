"""The sentences: the same in both languages, complete for every closed list, and true to what may be said when."""

import re
from enum import Enum
from string import Formatter

import pytest

from kiosk.events import Action, Item
from kiosk.failures import REMEDIES, Failure
from kiosk.states import Question, Remark
from kiosk.visit import Ending, Guidance, Language, Password, Sex
from screens.texts import Catalogue, load_catalogue

JA, EN = load_catalogue(Language.JA), load_catalogue(Language.EN)
BOTH = pytest.mark.parametrize("texts", [JA, EN], ids=["ja", "en"])

NEVER_JA = ("エラー", "失敗", "不正", "間違", "まちが", "ミス", "違反", "無効", "クリック", "半角")
NEVER_EN = ("error", "fail", "invalid", "illegal", "wrong", "mistake", "incorrect", "click", "bad ")


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def names(members: type[Enum]) -> list[str]:
    return [member.name.lower() for member in members]


def test_both_languages_have_the_same_keys() -> None:
    assert set(JA.sentences) == set(EN.sentences)


@pytest.mark.parametrize("key", sorted(JA.sentences))
def test_the_same_is_filled_in(key: str) -> None:
    assert placeholders(JA.sentences[key]) == placeholders(EN.sentences[key])


EXPECTED = [
    *(f"action.{name}" for name in names(Action)),
    *(f"item.{name}" for name in names(Item)),
    *(f"failure.{name}.{part}" for name in names(Failure) for part in ("title", "text")),
    *(f"guidance.{name}" for name in names(Guidance)),
    *(f"busy.{name}" for name in names(Question)),
    *(f"ending.{name}" for name in names(Ending)),
    *(f"remark.{name}" for name in names(Remark)),
    *(f"sex.{name}" for name in names(Sex)),
    *(f"password.{part}.{password.value}" for password in Password for part in ("name", "official")),
    *(f"password_stop.where_{password.value}" for password in Password),
    *(f"step.{step}" for step in range(1, 6)),
    *(f"month.{month}" for month in range(1, 13)),
]


@BOTH
def test_every_closed_list_has_its_words(texts: Catalogue) -> None:
    assert [key for key in EXPECTED if not texts.sentences.get(key)] == []


@BOTH
def test_nobody_is_blamed_and_nothing_is_called_by_its_english_abbreviation(texts: Catalogue) -> None:
    never = NEVER_JA if texts is JA else NEVER_EN
    said = [key for key, words in texts.sentences.items() if any(word in words.lower() for word in never)]
    assert said == []
    assert [key for key, words in texts.sentences.items() if re.search(r"\bPIN\b|ピン", words)] == []


@BOTH
def test_a_failure_is_words_and_never_a_code(texts: Catalogue) -> None:
    for failure in Failure:
        for part in ("title", "text"):
            assert not re.search(r"[A-Z]{3,}_|\b\d{3,}\b|0x", texts.sentences[f"failure.{failure.name.lower()}.{part}"])


@BOTH
def test_staff_are_said_to_be_called_where_they_are(texts: Catalogue) -> None:
    called = "呼んでいます" if texts is JA else "have been called"
    saying = {f for f in Failure if called in texts.sentences[f"failure.{f.name.lower()}.text"]}
    assert saying == {f for f, remedy in REMEDIES.items() if remedy.staff} - {Failure.CLOCK_UNTRUSTED}


@BOTH
def test_not_sent_is_said_only_where_no_byte_of_a_paper_can_have_left(texts: Catalogue) -> None:
    not_sent = ("送っていません", "提出していません") if texts is JA else ("not been sent", "has been submitted")
    saying = {key for key, words in texts.sentences.items() if any(word in words for word in not_sent)}
    allowed = {
        "failure.portal_unreachable.text",  # SUBMISSION_UNCERTAIN is raised as soon as a byte has left
        "remark.same_digits",  # about the card: the digits were not given to it
        *(f"ending.{e.value}" for e in (Ending.LEFT, Ending.TIMED_OUT, Ending.POSTPONED, Ending.STOPPED)),
        "ending.broken_off",  # only where nothing was being submitted; else the fate is unknown
    }
    assert {key for key in saying if key.partition(".")[0] in {"failure", "ending", "busy", "submitting"}} <= allowed


@BOTH
def test_erased_is_said_only_after_the_wipe(texts: Catalogue) -> None:
    erased = ("消去しました",) if texts is JA else ("is erased", "was erased", "has been erased")
    saying = {key for key, words in texts.sentences.items() if any(word in words for word in erased)}
    assert {key for key in saying if key.partition(".")[0] not in {"attract", "leave"}} == {"farewell.erased"}


@BOTH
def test_the_passwords_bear_their_official_names_in_every_language(texts: Catalogue) -> None:
    assert texts.say("password.official.auth") == "利用者証明用電子証明書パスワード"
    assert texts.say("password.official.attributes") == "券面事項入力補助用パスワード"
    for password in Password:
        assert texts.say(f"password.official.{password.value}") in texts.say(f"password_stop.where_{password.value}")


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("read_offer.title", "契約者基本情報読み取り"),
        ("read_offer.read", "読み取る"),
        ("identity.title", "契約者基本情報確認"),
        ("identity.name", "お名前"),
        ("identity.address", "住所"),
        ("identity.birth", "生年月日"),
        ("identity.sex", "性別"),
        ("action.next", "次へ"),
        ("password.ok", "OK"),
        ("applicant_choice.contractor", "共済契約者"),
        ("applicant_choice.applicant", "共済契約加入申込者"),
        ("applicant_choice.applicant_text", "加入申込の方は入力は不要です"),
        ("papers.next", "申請内容を確認する"),
        ("review.title", "添付資料再提出確認"),
        ("review.contract", "共済契約者番号"),
        ("review.receipt", "受付番号"),
        ("review.papers", "添付書類"),
        ("action.submit", "申請"),
        ("done.title", "添付資料再提出完了"),
        ("done.lead", "再提出いただき、ありがとうございました。"),
        ("done.number", "申込番号"),
        ("done.top", "TOPへ"),
        ("action.agree", "同意します"),
        ("action.close", "閉じる"),
    ],
)
def test_the_words_are_those_of_the_published_manual(key: str, words: str) -> None:
    assert JA.say(key) == words
