"""`kiosk check card` without passwords: what a technician is told about any card, at no cost to it."""

import json

from drivers.bench.cases import CardCase
from drivers.bench.visitors import VISITORS, card_of
from kiosk.failures import Failure
from kiosk.service.card_report import CardReport
from tests.drivers.card.calls import KEYS, RIGHT, Call, report
from tests.drivers.card.desk import Desk, authority, card


def test_a_good_card_is_described() -> None:
    found = report(card())
    document = json.loads(json.dumps(found.document()))
    assert list(document) == KEYS
    certificate, findings = document.pop("certificate"), document.pop("findings")
    assert document == {
        "reader": "Simulated reader 00 00",
        "card": "my_number",
        "tries_left": {"auth": 3, "attributes": 3},
        "apdus": None,
        "bytes": None,
        "seconds": None,
        "signature_valid": None,
        "failure": None,
    }
    assert certificate["not_after"] == "2027-11-04T10:30:00+00:00"
    assert len(certificate["sha256"]) == 64
    assert all(set(finding) == {"point", "section", "answer"} for finding in findings)
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
        (CardCase.PHONE, "CARD_WRONG_KIND"),
    ]:
        chip = card_of(VISITORS[3], authority(), case)
        for digits in (None, RIGHT):
            call = Call(Desk.with_card(chip), digits)
            found = call.report()
            assert found.document()["failure"] == failure
            assert found.exit_code == 1
            assert any(line.startswith("result") and line.endswith(failure) for line in found.lines())
            assert (call.entered, chip.verifies) == ([], 0)


def test_a_locked_password_is_zero_and_a_missing_one_is_null() -> None:
    assert report(card(authentication=0)).document()["tries_left"] == {"auth": 0, "attributes": 3}
    bare = report(card_of(VISITORS[3], authority(), CardCase.WITHOUT_PASSWORDS))
    assert bare.document()["tries_left"] == {"auth": None, "attributes": None}
    assert "not on this card" in " ".join(bare.lines())


def test_without_a_card_it_says_what_to_do() -> None:
    found = report(None)
    document = found.document()
    assert list(document) == KEYS
    assert {key for key, value in document.items() if value is not None} == {"failure", "findings"}
    assert (document["failure"], document["findings"]) == ("CARD_NOT_LAID", [])
    assert found.lines() == (
        "result       CARD_NOT_LAID",
        "do           lay a card on the reader and call this again",
    )


def test_whatever_a_card_or_its_reader_has_something_is_said_to_do_about_it() -> None:
    for failure in Failure:
        if failure.name.startswith(("CARD_", "CERTIFICATE_", "PASSWORD_", "LAST_", "REFUSED_", "TRIES_", "READER_")):
            assert CardReport(None, failure).lines()[-1].startswith("do  "), failure


def test_without_a_reader_that_is_said() -> None:
    desk = Desk.with_card(card())
    desk.reader.unplug()
    assert Call(desk, RIGHT).report().result == "READER_LOST"


def test_a_card_that_lies_upside_down_is_unreadable() -> None:
    desk = Desk()
    desk.reader.lay(card(), mute=True)
    assert Call(desk, RIGHT).report().result == "CARD_UNREADABLE"
