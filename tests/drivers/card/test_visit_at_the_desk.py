"""The card's part of a visit, as a visitor meets it."""

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

from drivers.bench.cases import CardCase
from drivers.bench.visitors import VISITORS, Visitor, card_of
from drivers.card.simulator import SimulatedReader
from kiosk.events import AttributesRead, CardInspected, PasswordRefused, Signed
from kiosk.failures import DriverError, Failure
from kiosk.visit import Entry, Password, Tries
from tests.drivers.card.desk import CHALLENGE, NOW, Desk, authority, card, public_key, tries_on


@pytest.mark.parametrize("visitor", VISITORS, ids=lambda visitor: visitor.receipt)
def test_every_sample_visitor_is_read_back_exactly(visitor: Visitor) -> None:
    chip = card_of(visitor, authority())
    desk = Desk.with_card(chip)
    assert desk.card.inspect() == CardInspected(Tries(3, 3))
    assert isinstance(desk.logs_in(visitor.authentication_password), Signed)
    read = desk.reads(visitor.attributes_password)
    assert isinstance(read, AttributesRead)
    assert (read.attributes.name, read.attributes.address) == (visitor.holder.name, visitor.holder.address)
    birth = read.attributes.birth
    assert f"{birth.year or 0:04}{birth.month or 0:02}{birth.day or 0:02}" == visitor.holder.birth
    assert read.attributes.sex.value == visitor.holder.sex
    assert chip.verifies == 2


def test_the_sample_visitors_have_what_makes_real_people_difficult() -> None:
    takako, sakinosuke, maria, tsuru, hikaru, wataru = VISITORS
    assert takako.holder.name == "𠮷田 髙子"
    assert takako.holder.name[0] > "\uffff"
    assert "邉\U000e0102" in sakinosuke.holder.name
    assert len(sakinosuke.holder.address) > 60
    assert "タワー" in sakinosuke.holder.address
    assert "1203" in sakinosuke.holder.address
    assert sakinosuke.contract == ""
    assert maria.holder.name.startswith("ＤＥ　ＯＬＩＶＥＩＲＡ")
    assert tsuru.holder.birth == "19260000"
    assert hikaru.holder.sex == "9"
    assert wataru.holder.address == "国外転出 大韓民国"
    assert all(visitor.mail.endswith("@example.jp") for visitor in VISITORS)


def test_the_signature_is_the_card_s_and_the_certificate_the_authority_s() -> None:
    signed = Desk.with_card(card()).logs_in("1234")
    assert isinstance(signed, Signed)
    public_key(signed.certificate).verify(signed.signature, CHALLENGE, padding.PKCS1v15(), hashes.SHA256())
    certificate = x509.load_der_x509_certificate(signed.certificate)
    certificate.verify_directly_issued_by(authority().ca_certificate)
    assert [attribute.rfc4514_attribute_name for attribute in certificate.subject] == ["C", "CN"]
    assert 1300 < len(signed.certificate) < 1500


def test_looking_costs_nothing() -> None:
    chip = card()
    desk = Desk.with_card(chip)
    for _ in range(5):
        assert desk.card.inspect() == CardInspected(Tries(3, 3))
        desk.card.reread_certificate()
    assert chip.verifies == 0


def test_a_wrong_password_says_how_many_are_left_and_the_right_one_still_goes() -> None:
    chip = card()
    desk = Desk.with_card(chip)
    assert desk.logs_in("9999") == PasswordRefused(2)
    assert desk.card.inspect() == CardInspected(Tries(2, 3))
    assert isinstance(desk.logs_in("1234"), Signed)
    assert desk.card.inspect() == CardInspected(Tries(3, 3))
    assert tries_on(chip) == (3, 3)


@pytest.mark.parametrize(
    ("case", "failure"),
    [
        (CardCase.EXPIRED, Failure.CERTIFICATE_EXPIRED),
        (CardCase.WITHOUT_CERTIFICATE, Failure.CERTIFICATE_ABSENT),
        (CardCase.RESIDENT, Failure.CARD_WRONG_KIND),
        (CardCase.PHONE, Failure.CARD_WRONG_KIND),
        (CardCase.PASSPORT, Failure.CARD_WRONG_KIND),
    ],
)
def test_a_card_that_cannot_be_used_has_its_own_name(case: CardCase, failure: Failure) -> None:
    chip = card_of(VISITORS[0], authority(), case)
    desk = Desk.with_card(chip)
    with pytest.raises(DriverError, match=failure.name):
        desk.card.inspect()
    with pytest.raises(DriverError):
        desk.logs_in("1234")
    assert chip.verifies == 0


@pytest.mark.parametrize(
    ("case", "tries", "failure"),
    [
        (CardCase.LAST_TRY, Tries(1, 3), Failure.LAST_TRY_KEPT),
        (CardCase.LOCKED, Tries(0, 3), Failure.PASSWORD_LOCKED),
        (CardCase.WITHOUT_PASSWORDS, Tries(None, None), Failure.PASSWORD_ABSENT),
    ],
)
def test_a_password_that_cannot_be_tried_is_not_tried(case: CardCase, tries: Tries, failure: Failure) -> None:
    chip = card_of(VISITORS[0], authority(), case)
    desk = Desk.with_card(chip)
    assert desk.card.inspect() == CardInspected(tries)
    with pytest.raises(DriverError, match=failure.name):
        desk.logs_in("1234")
    assert chip.verifies == 0


def test_a_locked_second_password_is_seen_at_the_first_look_and_never_tried() -> None:
    chip = card_of(VISITORS[0], authority(), CardCase.ATTRIBUTES_LOCKED)
    desk = Desk.with_card(chip)
    assert desk.card.inspect() == CardInspected(Tries(3, 0))
    with pytest.raises(DriverError, match="PASSWORD_LOCKED"):
        desk.reads("5678")
    assert chip.verifies == 0


@pytest.mark.parametrize("when_blocked", [0x63C0, 0x6983, 0x6984])
def test_a_locked_card_says_so_in_one_of_three_ways(when_blocked: int) -> None:
    desk = Desk.with_card(card(authentication=0, when_blocked=when_blocked))
    assert desk.card.inspect() == CardInspected(Tries(0, 3))


def test_no_card_a_mute_card_and_no_reader_are_three_different_things() -> None:
    desk = Desk()
    with pytest.raises(DriverError, match="CARD_NOT_LAID"):
        desk.card.inspect()
    desk.reader.lay(card(), mute=True)
    with pytest.raises(DriverError, match="CARD_UNREADABLE"):
        desk.card.inspect()
    desk.reader.unplug()
    with pytest.raises(DriverError, match="READER_LOST"):
        desk.card.inspect()
    desk.reader.plug()
    desk.reader.lay(card())
    assert desk.card.inspect() == CardInspected(Tries(3, 3))


def test_the_second_password_is_not_taken_from_another_card_than_the_one_that_logged_in() -> None:
    own, other = card(serial=1), card(serial=2)
    desk = Desk.with_card(own)
    desk.logs_in("1234")
    desk.reader.lay(other)
    with pytest.raises(DriverError, match="CARD_WRONG_KIND"):
        desk.reads("5678")
    assert other.verifies == 0
    desk.reader.lay(own)
    assert isinstance(desk.reads("5678"), AttributesRead)


def test_a_card_that_corrects_lengths_is_read_as_well() -> None:
    desk = Desk.with_card(card(strict_length=True))
    assert desk.card.inspect() == CardInspected(Tries(3, 3))
    desk.logs_in("1234")
    assert isinstance(desk.reads("5678"), AttributesRead)


def test_nothing_that_a_password_opened_stays_open() -> None:
    chip = card()
    desk = Desk.with_card(chip)
    desk.logs_in("1234")
    desk.reads("5678")
    assert chip.answer(bytes.fromhex("00B0000000"))[-2:] == b"\x69\x86"  # nothing is selected any more


def test_an_expired_certificate_is_judged_by_the_clock_that_was_given() -> None:
    desk = Desk.with_card(card(days_left=1))
    desk.card.inspect()
    desk.clock.now = NOW.replace(year=NOW.year + 1)
    with pytest.raises(DriverError, match="CERTIFICATE_EXPIRED"):
        desk.card.inspect()


def test_a_reader_that_hangs_keeps_no_digits() -> None:
    kept: list[bool] = []

    class Hanging(SimulatedReader):
        def disconnect(self) -> None:
            kept.append(desk.vault.take(Entry(1, Password.AUTHENTICATION)) is not None)
            super().disconnect()

    desk = Desk(Hanging())
    with pytest.raises(DriverError, match="CARD_NOT_LAID"):
        desk.logs_in("1234")
    assert kept == [False]
