"""The sentences: the same in all languages, complete for every closed list, and true to what may be said when."""

import re
from enum import Enum
from string import Formatter

import pytest

from kiosk.events import Action, Item
from kiosk.failures import REMEDIES, Failure
from kiosk.states import Question, Remark
from kiosk.visit import Ending, Guidance, Language, Password, Sex
from screens.ruby import plain
from screens.texts import Catalogue, load_catalogue

JA, EASY, EN = (load_catalogue(language) for language in (Language.JA, Language.EASY, Language.EN))
EVERY = pytest.mark.parametrize("texts", [JA, EASY, EN], ids=["ja", "ja-easy", "en"])

NEVER_JA = ("エラー", "失敗", "不正", "間違", "まちが", "ミス", "違反", "無効", "クリック", "半角")
NEVER_EN = ("error", "fail", "invalid", "illegal", "wrong", "mistake", "incorrect", "click", "bad ")
COUNTED = {"tries.left_2"}
"""What was entered elsewhere is counted by the card only where it did not match: there is no shorter word for that."""


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def names(members: type[Enum]) -> list[str]:
    return [member.name.lower() for member in members]


def said(texts: Catalogue) -> dict[str, str]:
    """The words alone, as a voice says them."""
    return {key: plain(words) for key, words in texts.sentences.items()}


def test_all_languages_have_the_same_keys() -> None:
    assert set(JA.sentences) == set(EASY.sentences) == set(EN.sentences)


@pytest.mark.parametrize("key", sorted(JA.sentences))
def test_the_same_is_filled_in(key: str) -> None:
    wanted = placeholders(JA.sentences[key])
    assert wanted == placeholders(EASY.sentences[key]) == placeholders(EN.sentences[key])


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


@EVERY
def test_every_closed_list_has_its_words(texts: Catalogue) -> None:
    assert [key for key in EXPECTED if not texts.sentences.get(key)] == []


@EVERY
def test_nobody_is_blamed_and_nothing_is_called_by_its_english_abbreviation(texts: Catalogue) -> None:
    never = NEVER_EN if texts is EN else NEVER_JA
    assert {key for key, words in said(texts).items() if any(word in words.lower() for word in never)} == COUNTED
    assert [key for key, words in said(texts).items() if re.search(r"\bPIN\b|ピン", words)] == []


@EVERY
def test_a_title_has_no_full_stop(texts: Catalogue) -> None:
    titles = {key: words for key, words in said(texts).items() if key.endswith(".title") or key == "papers.none"}
    assert [key for key, words in titles.items() if words.endswith(("。", "."))] == []


def test_english_says_email_and_quotes_with_marks_that_the_typeface_has_in_pairs() -> None:
    assert [key for key, words in EN.sentences.items() if re.search(r"\b[Mm]ails?\b|[\"’]", words)] == []


@EVERY
def test_a_failure_is_words_and_never_a_code(texts: Catalogue) -> None:
    for failure in Failure:
        for part in ("title", "text"):
            assert not re.search(r"[A-Z]{3,}_|\b\d{3,}\b|0x", texts.sentences[f"failure.{failure.name.lower()}.{part}"])


@EVERY
@pytest.mark.parametrize(
    ("sentence", "button"),
    [
        ("remark.agree_first", "action.agree"),
        ("finding.nothing", "action.cover"),
        ("finding.unknown", "action.cover"),
        ("mail_trouble.none_left", "action.postpone"),
        ("failure.camera_lost.text", "action.retry"),
        ("failure.photo_slow.text", "action.retry"),
        ("failure.submission_not_received.text", "action.submit"),
    ],
)
def test_a_button_is_called_by_its_own_words(texts: Catalogue, sentence: str, button: str) -> None:
    called = f"“{texts.say(button)}”" if texts is EN else f"「{texts.say(button)}」"
    assert called in texts.say(sentence)


@EVERY
def test_where_a_page_is_to_be_taken_again_it_is_said_who_does_it(texts: Catalogue) -> None:
    retake = "touch “Retake”" if texts is EN else "撮り直してください"
    pages = {failure for failure in Failure if failure.name.startswith("PAGE_")} - {Failure.PAGE_MY_NUMBER_CARD}
    for failure in (*pages, Failure.TWO_SHEETS):
        assert retake.lower() in said(texts)[f"failure.{failure.name.lower()}.text"].lower()


@EVERY
def test_staff_are_said_to_be_called_where_they_are(texts: Catalogue) -> None:
    called = "have been called" if texts is EN else "呼んでいます"
    saying = {f for f in Failure if called in said(texts)[f"failure.{f.name.lower()}.text"]}
    assert saying == {f for f, remedy in REMEDIES.items() if remedy.staff} - {Failure.CLOCK_UNTRUSTED}


@EVERY
def test_not_sent_is_said_only_where_no_byte_of_a_paper_can_have_left(texts: Catalogue) -> None:
    ja, en = ("送っていません", "提出していません", "出していません"), ("not been sent", "has been submitted")
    not_sent = en if texts is EN else ja
    saying = {key for key, words in said(texts).items() if any(word in words for word in not_sent)}
    allowed = {
        "failure.portal_untrusted.text",
        "failure.portal_unreachable.text",  # SUBMISSION_UNCERTAIN is raised as soon as a byte has left
        "remark.same_digits",  # about the card: the digits were not given to it
        *(f"ending.{e.value}" for e in (Ending.LEFT, Ending.TIMED_OUT, Ending.POSTPONED, Ending.STOPPED)),
        "ending.broken_off",  # only where nothing was being submitted; else the fate is unknown
    }
    assert {key for key in saying if key.partition(".")[0] in {"failure", "ending", "busy", "submitting"}} <= allowed


@EVERY
def test_erased_is_said_only_after_the_wipe(texts: Catalogue) -> None:
    erased = ("is erased", "was erased", "has been erased") if texts is EN else ("消去しました", "消しました")
    saying = {key for key, words in said(texts).items() if any(word in words for word in erased)}
    assert {key for key in saying if key.partition(".")[0] not in {"attract", "leave"}} == {"farewell.erased"}


@EVERY
def test_the_passwords_bear_their_official_names_in_every_language(texts: Catalogue) -> None:
    assert said(texts)["password.official.auth"] == "利用者証明用電子証明書パスワード"
    assert said(texts)["password.official.attributes"] == "券面事項入力補助用パスワード"
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
