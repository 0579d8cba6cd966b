"""The card answers the portal's challenge."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

from drivers.portal.sandbox import Rules, Sandbox
from kiosk.failures import Failure
from kiosk.visit import Attributes, BirthDate, Sex
from tests.drivers.portal.world import (
    APPLICANTS_RECEIPT,
    ATTRIBUTES,
    CONTRACT,
    NUMBERS,
    RECEIPT,
    Authority,
    Card,
    Clock,
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


def test_a_certificate_that_is_not_valid_yet(world: World) -> None:
    world.clock.turn(days=-700)
    assert _login_failure(world, world.card) is Failure.LOGIN_REFUSED


def test_revocation_is_what_the_newest_list_says(world: World) -> None:
    client = world.logged_in()
    world.authority.revoked.add(world.card.certificate.serial_number)
    client.send_attributes(ATTRIBUTES)  # who is in, is in
    assert _login_failure(world, world.card) is Failure.LOGIN_REFUSED
    other = world.authority.card()
    client = world.confirmed()
    client.log_in(other.der, other.sign(client.challenge().challenge))


LISTS: dict[str, Callable[[Authority, datetime], bytes]] = {
    "none": lambda _authority, _now: b"",
    "out of date": lambda authority, now: authority.revocations(now - timedelta(days=2)),
    "of tomorrow": lambda authority, now: authority.revocations(now + timedelta(days=1)),
    "of another authority": lambda _authority, now: Authority("another CA").revocations(now),
    "signed by another one": lambda _authority, now: Authority().revocations(now),
    "damaged": lambda authority, now: authority.revocations(now)[:-1],
}


@pytest.mark.parametrize("case", LISTS)
def test_without_a_sound_list_nobody_is_let_in_and_no_card_is_blamed(authority: Authority, case: str) -> None:
    clock = Clock()
    rules = Rules(NUMBERS, authority.ca_certificate, lambda: LISTS[case](authority, clock()))
    with Sandbox(rules, clock) as sandbox:
        world = World(sandbox, clock, authority, authority.card())
        assert _login_failure(world, world.card) is Failure.PORTAL_BUSY
        for client in world.clients:
            client.close()


@pytest.mark.parametrize(
    "extension",
    [
        (x509.BasicConstraints(ca=True, path_length=None), True),
        (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False),
        (x509.NameConstraints([x509.DNSName("example.jp")], None), True),
        (x509.UnrecognizedExtension(x509.ObjectIdentifier("2.25.19930402"), b"\x05\x00"), True),
    ],
    ids=["an authority's", "a server's", "a strange one", "an unknown one"],
)
def test_a_certificate_for_something_else(world: World, extension: tuple[x509.ExtensionType, bool]) -> None:
    assert _login_failure(world, world.authority.card(None, 1000, extension)) is Failure.LOGIN_REFUSED


def test_a_certificate_for_this_with_what_nobody_must_understand(world: World) -> None:
    card = world.authority.card(
        None,
        1000,
        (x509.BasicConstraints(ca=False, path_length=None), True),
        (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]), False),
        (x509.UnrecognizedExtension(x509.ObjectIdentifier("2.25.19930402"), b"\x05\x00"), False),
    )
    client = world.confirmed()
    client.log_in(card.der, card.sign(client.challenge().challenge))


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
