"""A mail address is registered, its mail arrives, the button of the link's page is pressed, the visitor comes back."""

from datetime import timedelta

import pytest
import requests

from drivers.portal import wire
from drivers.portal.sandbox.guesses import CODE_ALPHABET
from drivers.portal.transport import Call
from drivers.portal.wire import Refusal
from kiosk.failures import Failure
from tests.drivers.portal.world import ADDRESS, World, failure_of


def test_the_mail_is_as_the_manual_says(world: World) -> None:
    world.registered()
    mail = world.sandbox.mailbox.wait_for(1)
    assert mail.sender == "独立行政法人中小企業基盤整備機構 <kyousai-online@smrj.go.jp>"
    assert mail.subject == "【小規模企業共済契約者様向けサービス】メール認証URLのご案内"
    assert mail.to == ADDRESS
    assert "ご利用いただきまして誠にありがとうございます。" in mail.text
    assert "下記の URL へ「24 時間以内」にアクセスしメール認証を完了させて下さい。" in mail.text
    assert len(mail.links) == 1
    assert mail.links[0].startswith(world.sandbox.page_url)


def test_the_terminal_notices_the_button_and_not_the_opening(world: World) -> None:
    client = world.registered()
    link = world.sandbox.mailbox.wait_for(1).links[0]
    for _ in range(3):  # mail scanners
        assert requests.get(link, timeout=5).status_code == 200
    assert requests.head(link, timeout=5).status_code == 200
    assert not client.registration().confirmed
    world.sandbox.open_link(world.sandbox.mailbox.wait_for(1))
    assert client.registration().confirmed


def test_the_page_shows_the_way_back_again_whenever_it_is_opened(world: World) -> None:
    world.registered()
    mail = world.sandbox.mailbox.wait_for(1)
    before = requests.get(mail.links[0], timeout=5).text
    assert "確認する" in before
    assert "Confirm" in before
    assert "<output" not in before
    code = world.sandbox.open_link(mail)
    after = requests.get(mail.links[0], timeout=5).text
    assert f"<span>{code[:4]}</span><span>{code[4:]}</span>" in after
    assert "<svg" in after
    assert "端末の画面に戻って" in after
    assert "go back to the terminal" in after
    assert "<button" not in after
    assert world.sandbox.open_link(mail) == code


def test_the_link_is_dead_after_a_day(world: World) -> None:
    client = world.registered()
    link = world.sandbox.mailbox.wait_for(1).links[0]
    world.clock.turn(hours=23, minutes=59)
    assert requests.get(link, timeout=5).status_code == 200
    world.clock.turn(minutes=1)
    assert requests.post(link, timeout=5).status_code == 410
    assert failure_of(client.registration) is Failure.LINK_EXPIRED
    assert failure_of(client.send_mail_again) is Failure.LINK_EXPIRED


@pytest.mark.parametrize("path", ["/", "/mail/", "/mail/x", "/mail/../x"])
def test_no_other_page_says_anything(world: World, path: str) -> None:
    assert requests.get(world.sandbox.page_url + path, timeout=5).status_code in {404, 410}


def test_a_second_mail_has_the_same_link_and_a_new_day(world: World) -> None:
    client = world.registered()
    world.clock.turn(hours=5)
    assert client.send_mail_again().deadline == world.clock() + timedelta(hours=24)
    first, second = world.sandbox.mailbox.wait_for(1), world.sandbox.mailbox.wait_for(2)
    assert first.links == second.links


def test_another_address_has_another_link_and_kills_the_first(world: World) -> None:
    client = world.registered()
    world.sandbox.open_link(world.sandbox.mailbox.wait_for(1))
    client.correct_address("hikaru@example.jp")
    first, second = world.sandbox.mailbox.wait_for(1), world.sandbox.mailbox.wait_for(2)
    assert second.to == "hikaru@example.jp"
    assert requests.get(first.links[0], timeout=5).status_code == 410
    assert not client.registration().confirmed
    world.sandbox.open_link(second)
    assert client.registration().confirmed


@pytest.mark.parametrize("address", ["a..b@example.jp", "ab.@example.jp", ".a+b_c-d@mail.example.jp"])
def test_old_carrier_addresses_get_their_mail(world: World, address: str) -> None:
    client = world.client()
    client.register(address, client.terms().version)
    assert world.sandbox.mailbox.wait_for(1).to == address


@pytest.mark.parametrize(
    "address",
    [
        "",
        "a",
        "a@",
        "@example.jp",
        "a@example",
        "a b@example.jp",
        "a@-x.jp",
        "a@x.jp\nBcc: b@x.jp",
        "あ@example.jp",
        "a@" + "x" * 300 + ".jp",
    ],
)
def test_what_is_no_address_is_refused(world: World, address: str) -> None:
    client = world.client()
    version = client.terms().version
    assert failure_of(client.register, address, version) is Failure.ADDRESS_REFUSED
    assert world.sandbox.mailbox.mails() == ()


def test_three_mails_a_registration(world: World) -> None:
    client = world.registered()
    client.send_mail_again()
    client.correct_address("hikaru@example.jp")
    assert failure_of(client.send_mail_again) is Failure.MAILS_EXHAUSTED
    assert failure_of(client.correct_address, ADDRESS) is Failure.MAILS_EXHAUSTED
    assert len(world.sandbox.mailbox.mails()) == 3


def test_twenty_mails_an_hour_from_one_terminal(world: World) -> None:
    client = world.client()
    version = client.terms().version
    for _ in range(20):
        client.register(ADDRESS, version)
    assert failure_of(client.register, ADDRESS, version) is Failure.MAILS_EXHAUSTED
    world.clock.turn(hours=1)
    client.register(ADDRESS, version)


def test_coming_back_with_the_code(world: World) -> None:
    world.registered()
    code = world.sandbox.open_link(world.sandbox.mailbox.wait_for(1))
    assert len(code) == 8
    back = world.client()
    resumed = back.resume(f" {code[:4].lower()}-{code[4:]} ")
    assert resumed.address == ADDRESS
    assert resumed.deadline == world.clock() + timedelta(hours=24)
    assert back.registration().confirmed


def test_a_code_serves_once_and_the_page_makes_another(world: World) -> None:
    world.registered()
    mail = world.sandbox.mailbox.wait_for(1)
    code = world.sandbox.open_link(mail)
    world.client().resume(code)
    assert failure_of(world.client().resume, code) is Failure.CODE_UNKNOWN
    for _ in range(2):  # looking at the page makes none
        page = requests.get(mail.links[0], timeout=5).text
        assert "コードは使われました" in page
        assert "<output" not in page
        assert "<button" in page
    another = world.sandbox.open_link(mail)
    assert another != code
    assert world.sandbox.open_link(mail) == another
    assert world.client().resume(another).address == ADDRESS
    assert failure_of(world.client().resume, code) is Failure.CODE_UNKNOWN


def test_reloading_the_page_after_the_button_presses_nothing(world: World) -> None:
    world.registered()
    link = world.sandbox.mailbox.wait_for(1).links[0]
    pressed = requests.post(link, timeout=5, allow_redirects=False)
    assert (pressed.status_code, pressed.content) == (303, b"")
    assert link.endswith(pressed.headers["Location"])


def test_a_code_that_was_used_does_not_unconfirm(world: World) -> None:
    client = world.registered()
    world.client().resume(world.sandbox.open_link(world.sandbox.mailbox.wait_for(1)))
    assert client.registration().confirmed
    assert client.challenge().challenge


def test_codes_cannot_be_guessed(world: World) -> None:
    world.registered()
    code = world.sandbox.open_link(world.sandbox.mailbox.wait_for(1))
    for minute in range(10):
        assert failure_of(world.client().resume, "AAAAAAA" + CODE_ALPHABET[minute]) is Failure.CODE_UNKNOWN
        world.clock.turn(minutes=1)
    assert resumption(world, "AAAAAAAZ") == (429, Refusal.BUSY, 59 * 60)
    assert resumption(world, code) == (429, Refusal.BUSY, 59 * 60)  # the right one, too: else it would tell
    assert failure_of(world.client().resume, code) is Failure.PORTAL_BUSY
    world.clock.turn(minutes=58, seconds=59.5)
    assert resumption(world, code) == (429, Refusal.BUSY, 1)
    world.clock.turn(seconds=1)
    assert world.client().resume(code).address == ADDRESS


def test_who_mistypes_now_and_then_is_not_shut_out(world: World) -> None:
    world.registered()
    code = world.sandbox.open_link(world.sandbox.mailbox.wait_for(1))
    for _ in range(15):
        assert failure_of(world.client().resume, "AAAAAAAA") is Failure.CODE_UNKNOWN
        world.clock.turn(minutes=7)
    assert world.client().resume(code).address == ADDRESS


def resumption(world: World, code: str) -> tuple[int, Refusal | None, float]:
    transport = world.transport()
    body = wire.encode(wire.ResumptionRequest(code))
    answer = transport.send(Call("POST", "/resumptions", (("Content-Type", wire.JSON),), body))
    transport.close()
    problem = wire.decode(answer.content, wire.Problem)
    assert problem is not None
    return answer.status, problem.refusal, answer.retry_after


@pytest.mark.parametrize("code", ["", "AAAAAAAA", "AAAA", "あいうえおかきく"])
def test_an_unknown_code(world: World, code: str) -> None:
    world.registered()
    assert failure_of(world.client().resume, code) is Failure.CODE_UNKNOWN


def test_a_code_is_dead_after_a_day(world: World) -> None:
    world.registered()
    code = world.sandbox.open_link(world.sandbox.mailbox.wait_for(1))
    world.clock.turn(hours=24)
    assert failure_of(world.client().resume, code) is Failure.LINK_EXPIRED


def test_outdated_terms_are_not_agreed_to(world: World) -> None:
    client = world.client()
    assert failure_of(client.register, ADDRESS, "1999-01") is Failure.SESSION_EXPIRED


def test_the_samples_say_so_in_every_paragraph(world: World) -> None:
    terms = world.client().terms()
    assert [one.title for one in terms.documents] == [
        "中小機構マイナ手続きポータル利用規約",
        "中小機構個人情報保護管理規程",
    ]
    paragraphs = [paragraph for one in terms.documents for paragraph in one.body.split("\n\n")]
    assert len(paragraphs) > 20
    assert all(paragraph.startswith("【見本】") for paragraph in paragraphs)
    assert (terms.limits.files, terms.limits.total_bytes) == (5, 10_000_000)
