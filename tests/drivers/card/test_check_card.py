"""`kiosk check card`: what a technician is told, at no cost to the card."""

import json

from drivers.bench.cases import CardCase
from drivers.bench.visitors import VISITORS, card_of
from drivers.card.chip import Chip
from kiosk.service.check_card import CardReport, check_card
from tests.drivers.card.desk import Desk, authority, card


def report(chip: Chip | None) -> CardReport:
    desk = Desk()
    if chip is not None:
        desk.reader.lay(chip)
    found = check_card(desk.card)
    assert chip is None or chip.verifies == 0
    return found


def test_a_good_card_is_described() -> None:
    found = report(card())
    document = json.loads(json.dumps(found.document()))
    certificate = document.pop("certificate")
    assert document == {
        "reader": "Simulated reader 00 00",
        "card": "my_number",
        "tries_left": {"auth": 3, "attributes": 3},
        "failure": None,
    }
    assert certificate["not_after"] == "2027-11-04T10:30:00+00:00"
    assert len(certificate["sha256"]) == 64
    assert found.exit_code == 0
    assert found.lines()[-1] == "result       usable"


def test_a_card_that_no_visit_can_use_says_why() -> None:
    for case, failure in [
        (CardCase.EXPIRED, "CERTIFICATE_EXPIRED"),
        (CardCase.WITHOUT_CERTIFICATE, "CERTIFICATE_ABSENT"),
        (CardCase.LOCKED, "PASSWORD_LOCKED"),
        (CardCase.WITHOUT_PASSWORDS, "PASSWORD_ABSENT"),
        (CardCase.RESIDENT, "CARD_WRONG_KIND"),
        (CardCase.PASSPORT, "CARD_WRONG_KIND"),
    ]:
        found = report(card_of(VISITORS[3], authority(), case))
        assert found.document()["failure"] == failure
        assert found.exit_code == 1
        assert any(line.startswith("result") and line.endswith(failure) for line in found.lines())


def test_a_locked_password_is_zero_and_a_missing_one_is_null() -> None:
    assert report(card(authentication=0)).document()["tries_left"] == {"auth": 0, "attributes": 3}
    bare = report(card_of(VISITORS[3], authority(), CardCase.WITHOUT_PASSWORDS))
    assert bare.document()["tries_left"] == {"auth": None, "attributes": None}
    assert "not on this card" in " ".join(bare.lines())


def test_without_a_card_it_says_what_to_do() -> None:
    found = report(None)
    assert found.document() == {
        "reader": None,
        "card": None,
        "tries_left": None,
        "certificate": None,
        "failure": "CARD_NOT_LAID",
    }
    assert found.lines() == (
        "result       CARD_NOT_LAID",
        "do           lay a card on the reader and call this again",
    )
