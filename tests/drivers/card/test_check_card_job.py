"""`kiosk check card` with both passwords: the whole job once, under the rules of a visit, at no more than its cost."""

import json
import re
from datetime import timedelta

import pytest

from drivers.card.chip import SigningKey, Transparent
from drivers.card.faults import Fault
from drivers.card.findings import Finding
from drivers.card.pin_guard import Rules
from drivers.card.profile import MY_NUMBER_CARD
from drivers.card.reader import CardDesk
from drivers.card.refusals import RefusalTimesInMemory
from drivers.card.simulator import SimulatedReader
from drivers.card.stopwatch import Stopwatch
from drivers.card.technician import Technician
from kiosk.failures import Failure
from kiosk.service.check_card import check_card
from kiosk.visit import Password
from tests.drivers.card.calls import JOB, KEYS, LOOK, RIGHT, Call, report
from tests.drivers.card.desk import HOLDER, NOW, Desk, card, credentials, tries_on
from tests.drivers.card.test_strange_cards import OddReader, with_file
from tests.drivers.card.ways import Way


class Broken(Technician):
    """Breaks off once the attributes have been read."""

    def settle(self) -> tuple[Finding, ...]:
        raise ZeroDivisionError


def test_with_both_passwords_the_whole_job_is_done_and_nothing_is_spent() -> None:
    chip = card()
    found = Call(Desk.with_card(chip), RIGHT).report()
    document = json.loads(json.dumps(found.document(show=True)))
    assert list(document) == [*KEYS[:-2], "attributes", *KEYS[-2:]]
    assert (document["apdus"], document["signature_valid"], document["failure"]) == (JOB, True, None)
    assert document["attributes"] == {
        "name": HOLDER.name,
        "address": HOLDER.address,
        "birth_date": HOLDER.birth,
        "sex": HOLDER.sex,
    }
    sent = 15 + 7 + 4 + 9 + 7 + 57 + 15 + 4 + 9 + 7
    assert document["bytes"] == sent + 2048 + 256 + 87 + 2 * JOB
    assert 0 < document["seconds"] < 5
    assert document["tries_left"] == {"auth": 3, "attributes": 3}
    assert (chip.verifies, tries_on(chip), found.exit_code) == (2, (3, 3), 0)
    assert f"name         {HOLDER.name}" in found.lines(show=True)


def test_nothing_of_the_person_is_told_unasked() -> None:
    found = Call(Desk.with_card(card()), RIGHT).report()
    assert "attributes" not in found.document()
    told = json.dumps(found.document(), ensure_ascii=False) + "\n".join(found.lines()) + repr(found)
    for secret in (HOLDER.name, HOLDER.address, HOLDER.birth, "31323334", "35363738"):
        assert secret not in told
    for digits in RIGHT.values():  # by themselves: in hashes they stand by chance
        assert re.search(rf"(?<![\w.]){digits}(?!\w)", told) is None


@pytest.mark.parametrize(("authentication", "attributes"), [(1, 3), (3, 1), (1, 1)])
def test_the_last_try_of_either_password_is_kept_even_where_a_visitor_could_consent(
    authentication: int, attributes: int
) -> None:
    chip = card(authentication=authentication, attributes=attributes)
    found = Call(Desk.with_card(chip, Rules(spend_last_try=True)), RIGHT).report()
    assert (found.result, found.exit_code) == ("LAST_TRY_KEPT", 1)
    assert (chip.verifies, tries_on(chip)) == (0, (authentication, attributes))
    assert report(card(authentication=authentication, attributes=attributes)).exit_code == 0


@pytest.mark.parametrize(
    ("wrong", "left", "valid"),
    [(Password.AUTHENTICATION, (2, 3), None), (Password.ATTRIBUTES, (3, 2), True)],
)
def test_a_refused_password_costs_one_try_and_never_the_last(
    wrong: Password, left: tuple[int, int], valid: bool | None
) -> None:
    chip = card()
    digits = {**RIGHT, wrong: "9999"}
    found = Call(Desk.with_card(chip), digits).report()
    assert (found.result, found.exit_code, tries_on(chip)) == ("REFUSED_TOO_OFTEN", 1, left)
    assert found.result in Failure.__members__
    assert "do           the card refused a password" in "\n".join(found.lines())
    document = found.document(show=True)
    assert document["tries_left"] == {"auth": left[0], "attributes": left[1]}
    assert (document["signature_valid"], document["attributes"]) == (valid, None)
    for _ in range(3):  # who goes on with the same file, call by call
        found = Call(Desk.with_card(chip), digits).report()
    assert found.result == "LAST_TRY_KEPT"
    assert min(tries_on(chip)) == 1


def test_refusals_count_towards_the_terminal_s_hour() -> None:
    chip, times = card(), RefusalTimesInMemory()
    desk = Desk(SimulatedReader(card=chip), Rules(refused_per_hour=1), times)
    assert Call(desk, {**RIGHT, Password.AUTHENTICATION: "9999"}).report().result == "REFUSED_TOO_OFTEN"
    assert len(times.load()) == 1
    times.append(NOW - timedelta(minutes=1))
    desk = Desk(desk.reader, desk.rules, times)
    found = Call(desk, RIGHT).report()
    assert (found.result, chip.verifies) == ("CARD_STEP_CLOSED", 1)
    assert found.document()["tries_left"] == {"auth": 2, "attributes": 3}


@pytest.mark.parametrize("at", [0, LOOK - 1, LOOK + 3, LOOK + 8, LOOK + JOB - 1])
def test_a_card_that_is_pulled_costs_nothing_and_the_next_call_works(at: int) -> None:
    chip = card()
    desk = Desk.with_card(chip)
    desk.reader.fault_at(at, Fault.PULLED, heard=True)
    found = Call(desk, RIGHT).report()
    assert (found.result, found.exit_code) == ("CARD_PULLED", 1)
    assert tries_on(chip) == (3, 3)
    sent_password = at >= LOOK + 3
    assert (found.tries is None) == (at < LOOK or sent_password)  # what a lost answer has cost only the card knows
    desk.reader.lay(chip)
    assert Call(Desk(desk.reader), RIGHT).report().result is None


def test_every_fault_at_every_command_has_a_name_and_costs_nothing(way: Way) -> None:
    for at in range(0, 60, way.stride):
        for fault in [Fault.PULLED] if way.words_are_few else Fault:
            chip = card()
            desk = Desk.with_card(chip)
            desk.reader.fault_at(at, fault, heard=at % 8 == 0)
            found = Call(desk, RIGHT).report()
            assert found.result in {None, *Failure.__members__}
            assert found.result is not None or at >= LOOK + JOB or found.document()["signature_valid"] is True
            assert found.result != "INTERNAL"
            assert tries_on(chip) == (3, 3)
            assert chip.verifies <= 2


def test_a_counter_that_is_not_told_keeps_the_passwords_here() -> None:
    reader = OddReader(lambda raw: b"\x6f\x00" if raw[1] == 0x20 and len(raw) == 4 else None, card())
    call = Call(Desk(reader), RIGHT)
    assert call.report().result == "TRIES_UNKNOWN"
    assert call.entered == []


def test_a_signature_of_another_key_is_not_valid() -> None:
    other = SigningKey(credentials(serial=2).key, guard=0x0018)
    chip = with_file(card(), MY_NUMBER_CARD.authentication.aid, 0x0017, other)
    found = Call(Desk.with_card(chip), RIGHT).report()
    assert (found.result, found.document()["signature_valid"]) == ("CARD_MALFORMED", False)


def test_a_record_that_is_none_is_malformed_and_the_signature_stands() -> None:
    chip = with_file(card(), MY_NUMBER_CARD.attributes.aid, 0x0002, Transparent(b"\xff\x20\x02\x00\x00", guard=0x0011))
    found = Call(Desk.with_card(chip), RIGHT).report()
    assert (found.result, found.document()["signature_valid"]) == ("CARD_MALFORMED", True)
    assert "attributes   not read" in found.lines()


def test_whatever_breaks_off_the_traces_are_covered() -> None:
    chip = card()
    desk = Desk.with_card(chip)
    stopwatch = Stopwatch(desk.slot)
    broken = Broken(CardDesk(stopwatch, desk.guard, desk.clock, hear=stopwatch.hear), stopwatch)
    with pytest.raises(ZeroDivisionError):
        check_card(broken, lambda password: desk.types(RIGHT[password], password))
    assert [(heard.application, heard.file) for heard in list(chip.log)[-3:]] == [("jpki", 0x000A)] * 3


def test_no_file_is_asked_for_that_a_visit_does_not_ask_for() -> None:
    chip = card()
    Call(Desk.with_card(chip), RIGHT).report()
    asked = {(heard.application, heard.file) for heard in chip.log if heard.application and heard.file is not None}
    assert asked == {
        *(("jpki", file) for file in (0x0006, 0x000A, 0x0017, 0x0018)),
        *(("text", file) for file in (0x0002, 0x0011)),
    }
