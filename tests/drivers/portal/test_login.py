"""The card answers the portal's challenge."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from kiosk.failures import Failure
from kiosk.visit import Attributes, BirthDate, Sex
from tests.drivers.portal.world import (
    APPLICANTS_RECEIPT,
    ATTRIBUTES,
    CONTRACT,
    RECEIPT,
    Authority,
    Card,
    World,
    failure_of,
)


def test_the_login_waits_for_the_mail(world: World) -> None:
    assert failure_of(world.registered().challenge) is Failure.MAIL_NOT_CONFIRMED


@pytest.mark.parametrize(
    "key", [rsa.generate_private_key(65537, 2048), ec.generate_private_key(ec.SECP384R1())], ids=["rsa", "ec"]
)
def test_a_good_card_of_either_generation(world: World, key: object) -> None:
    client = world.confirmed()
    card = world.authority.card(key)
    assert client.log_in(card.der, card.sign(client.challenge().challenge)).fields == ()
    client.send_attributes(ATTRIBUTES)
    client.check_numbers(CONTRACT, RECEIPT)
    client.check_numbers("", APPLICANTS_RECEIPT)


def test_a_revoked_certificate(world: World) -> None:
    world.authority.revoked.add(world.card.certificate.serial_number)
    assert _login_failure(world, world.card) is Failure.LOGIN_REFUSED


def test_an_expired_certificate(world: World) -> None:
    assert _login_failure(world, world.authority.card(days=30)) is Failure.LOGIN_REFUSED


def test_a_certificate_of_somebody_else(world: World) -> None:
    assert _login_failure(world, Authority().card()) is Failure.LOGIN_REFUSED


def test_a_signature_of_another_card(world: World) -> None:
    other = world.authority.card()
    assert _login_failure(world, Card(other.key, world.card.certificate)) is Failure.LOGIN_REFUSED


def test_no_certificate_at_all(world: World) -> None:
    client = world.confirmed()
    client.challenge()
    assert failure_of(client.log_in, b"\x30\x03abc", b"") is Failure.LOGIN_REFUSED
    client.challenge()
    assert failure_of(client.log_in, bytes(9_000), b"") is Failure.LOGIN_REFUSED


def test_a_challenge_serves_once(world: World) -> None:
    client = world.confirmed()
    challenge = client.challenge().challenge
    client.log_in(world.card.der, world.card.sign(challenge))
    assert failure_of(client.log_in, world.card.der, world.card.sign(challenge)) is Failure.SESSION_EXPIRED


def test_a_new_challenge_replaces_the_old_one(world: World) -> None:
    client = world.confirmed()
    old = client.challenge().challenge
    assert client.challenge().challenge != old
    assert failure_of(client.log_in, world.card.der, world.card.sign(old)) is Failure.LOGIN_REFUSED


def test_attributes_are_bound_to_the_login(world: World) -> None:
    client = world.logged_in()
    client.send_attributes(ATTRIBUTES)
    client.send_attributes(ATTRIBUTES)
    somebody_else = Attributes("例示 ひかる", "福岡県福岡市中央区架空2-2", BirthDate(2000, 2, 29), Sex.NOT_APPLICABLE)
    assert failure_of(client.send_attributes, somebody_else) is Failure.LOGIN_REFUSED


@pytest.mark.parametrize(
    ("contract", "receipt", "failure"),
    [
        ("111111111", RECEIPT, Failure.CONTRACT_UNKNOWN),
        ("12345678", RECEIPT, Failure.CONTRACT_UNKNOWN),
        ("9" * 30, RECEIPT, Failure.RECEIPT_UNKNOWN),
        ("", RECEIPT, Failure.RECEIPT_UNKNOWN),
        (CONTRACT, "S0101-20261102094512-10424", Failure.RECEIPT_UNKNOWN),
        (CONTRACT, "S0101-20260230094512-10423", Failure.RECEIPT_UNKNOWN),
        (CONTRACT, "", Failure.RECEIPT_UNKNOWN),
        ("902345618", RECEIPT, Failure.RECEIPT_UNKNOWN),
    ],
)
def test_numbers_that_the_portal_does_not_know(world: World, contract: str, receipt: str, failure: Failure) -> None:
    assert failure_of(world.logged_in().check_numbers, contract, receipt) is failure


def test_a_session_ends_by_itself_and_by_being_forgotten(world: World) -> None:
    client = world.logged_in()
    world.clock.turn(minutes=29)
    client.send_attributes(ATTRIBUTES)
    world.clock.turn(minutes=29)
    client.check_numbers(CONTRACT, RECEIPT)
    world.clock.turn(minutes=30)
    assert failure_of(client.check_numbers, CONTRACT, RECEIPT) is Failure.SESSION_EXPIRED
    client = world.logged_in()
    world.sandbox.forget_sessions()
    assert failure_of(client.send_attributes, ATTRIBUTES) is Failure.SESSION_EXPIRED


def test_without_registration_or_session_nothing_is_asked(world: World) -> None:
    client = world.client()
    for act in (client.registration, client.send_mail_again, client.challenge):
        assert failure_of(act) is Failure.SESSION_EXPIRED
    assert failure_of(client.check_numbers, CONTRACT, RECEIPT) is Failure.SESSION_EXPIRED


def test_closing_ends_the_session_at_the_portal_too(world: World) -> None:
    client = world.logged_in()
    client.close()
    assert failure_of(client.check_numbers, CONTRACT, RECEIPT) is Failure.SESSION_EXPIRED
    client.close()


def _login_failure(world: World, card: Card) -> Failure:
    client = world.confirmed()
    return failure_of(client.log_in, card.der, card.sign(client.challenge().challenge))
