"""What may be spent of a card's tries, and by whom: the guard's rules, as stories at a desk."""

from functools import partial

import pytest

from drivers.card.chip import Chip
from drivers.card.faults import Fault
from drivers.card.pin_guard import Rules
from drivers.card.refusals import RefusalTimesInMemory
from drivers.card.simulator import SimulatedReader
from kiosk.events import AttributesRead, PasswordRefused, SameDigitsAgain, Signed
from kiosk.failures import DriverError, Failure
from kiosk.visit import Password, Tries
from tests.drivers.card.desk import Desk, card, tries_on
from tests.drivers.card.jobs import failure_of


def test_a_lost_answer_is_asked_about_and_never_repeated() -> None:
    chip = card()
    desk = Desk.with_card(chip)
    desk.card.inspect()
    to_verify = 2  # select the application, ask for the counter; then the password
    desk.reader.fault_at(to_verify, Fault.PULLED, heard=True)
    with pytest.raises(DriverError, match="CARD_PULLED"):
        desk.logs_in("1111")
    assert (chip.verifies, tries_on(chip)) == (1, (2, 3))
    desk.reader.lay(chip)
    assert desk.card.inspect().tries == Tries(2, 3)
    assert chip.verifies == 1


def lose_an_answer(desk: Desk, chip: Chip, digits: str, *, heard: bool) -> None:
    """The card is pulled exactly while the first password is with it, and laid again."""
    desk.card.inspect()
    desk.reader.fault_at(2, Fault.PULLED, heard=heard)
    assert failure_of(partial(desk.logs_in, digits)) is Failure.CARD_PULLED
    desk.reader.lay(chip)


@pytest.mark.parametrize("heard", [False, True])
def test_a_lost_answer_counts_for_the_visit_s_cap(heard: bool) -> None:
    chip = card(authentication=5)
    desk = Desk.with_card(chip)
    for _ in range(2):
        lose_an_answer(desk, chip, "1111", heard=heard)
    assert failure_of(partial(desk.logs_in, "1234")) is Failure.REFUSED_TOO_OFTEN
    assert chip.verifies == 2 * heard
    assert isinstance(desk.reads("5678"), AttributesRead)


@pytest.mark.parametrize("heard", [False, True])
def test_lost_answers_close_the_card_step_for_everybody(heard: bool) -> None:
    times = RefusalTimesInMemory()
    for _ in range(7):
        chip = card()
        lose_an_answer(Desk(SimulatedReader(card=chip), times=times), chip, "1111", heard=heard)
    chip = card()
    assert (
        failure_of(partial(Desk(SimulatedReader(card=chip), times=times).logs_in, "1234")) is Failure.CARD_STEP_CLOSED
    )
    assert chip.verifies == 0


def test_a_password_that_the_card_takes_counts_for_no_cap() -> None:
    desk = Desk.with_card(card())
    for _ in range(9):
        assert isinstance(desk.logs_in("1234"), Signed)
    assert desk.times.load() == ()


@pytest.mark.parametrize("digits", ["1234", "1111"])
@pytest.mark.parametrize("heard", [False, True])
def test_digits_whose_answer_was_lost_may_be_confirmed_again(digits: str, heard: bool) -> None:
    """A card that was pulled while it compared has one try less, also where the digits were right."""
    chip = card()
    desk = Desk.with_card(chip)
    lose_an_answer(desk, chip, digits, heard=heard)
    left = 2 if heard and digits == "1111" else 3
    assert desk.card.inspect().tries == Tries(left, 3)
    again = desk.logs_in(digits)
    assert isinstance(again, Signed) if digits == "1234" else again == PasswordRefused(left - 1)


def test_a_lost_answer_never_leads_to_the_last_try() -> None:
    chip = card(authentication=2)
    desk = Desk.with_card(chip)
    lose_an_answer(desk, chip, "1111", heard=True)
    assert failure_of(partial(desk.logs_in, "1111")) is Failure.LAST_TRY_KEPT
    assert tries_on(chip) == (1, 3)


def test_two_refusals_of_a_password_end_it_for_this_visit() -> None:
    chip = card(authentication=5)
    desk = Desk.with_card(chip)
    assert desk.logs_in("1111") == PasswordRefused(4)
    assert desk.logs_in("2222") == PasswordRefused(3)
    with pytest.raises(DriverError, match="REFUSED_TOO_OFTEN"):
        desk.logs_in("1234")
    assert chip.verifies == 2
    assert isinstance(desk.reads("5678"), AttributesRead)  # the other password is another matter


def test_the_last_try_is_kept_unless_configured_and_consented() -> None:
    for rules, consented, spent in [
        (Rules(), False, False),
        (Rules(), True, False),
        (Rules(spend_last_try=True), False, False),
        (Rules(spend_last_try=True), True, True),
    ]:
        chip = card(authentication=1)
        desk = Desk.with_card(chip, rules)
        if spent:
            assert isinstance(desk.logs_in("1234", consented=consented), Signed)
            assert tries_on(chip) == (3, 3)
        else:
            with pytest.raises(DriverError, match="LAST_TRY_KEPT"):
                desk.logs_in("1234", consented=consented)
            assert (chip.verifies, tries_on(chip)) == (0, (1, 3))


def test_a_consented_last_try_that_is_wrong_locks_and_says_so() -> None:
    for when_blocked in (0x63C0, 0x6983, 0x6984):
        desk = Desk.with_card(card(authentication=1, when_blocked=when_blocked), Rules(spend_last_try=True))
        assert desk.logs_in("1111", consented=True) == PasswordRefused(0)
        with pytest.raises(DriverError, match="PASSWORD_LOCKED"):
            desk.logs_in("1234", consented=True)


def test_digits_that_this_card_has_refused_are_not_asked_again() -> None:
    chip = card()
    desk = Desk.with_card(chip)
    assert desk.logs_in("1111") == PasswordRefused(2)
    assert desk.logs_in("1111") == SameDigitsAgain()
    desk.reader.take()
    desk.reader.lay(chip)
    assert desk.logs_in("1111") == SameDigitsAgain()  # the same card, laid again
    assert chip.verifies == 1


def test_another_card_does_not_inherit_what_the_first_has_refused() -> None:
    first, second = card(serial=1), card(serial=2)
    desk = Desk.with_card(first)
    assert desk.logs_in("1111") == PasswordRefused(2)
    desk.reader.lay(second)
    desk.card.inspect()
    assert desk.logs_in("1111") == PasswordRefused(2)
    assert (first.verifies, second.verifies) == (1, 1)


def test_digits_confirmed_for_one_card_are_not_tried_on_another_laid_in_its_place() -> None:
    seen, unseen = card(serial=1), card(serial=2)
    desk = Desk.with_card(seen)
    desk.card.inspect()
    desk.reader.lay(unseen)
    assert failure_of(partial(desk.logs_in, "1111")) is Failure.CARD_PULLED
    assert (unseen.verifies, tries_on(unseen)) == (0, (3, 3))
    desk.card.inspect()
    assert desk.logs_in("1111") == PasswordRefused(2)


def test_the_two_passwords_do_not_answer_for_each_other() -> None:
    desk = Desk.with_card(card())
    assert desk.logs_in("5678") == PasswordRefused(2)
    desk.logs_in("1234")
    assert isinstance(desk.reads("5678"), AttributesRead)


def test_what_is_not_four_digits_is_not_sent() -> None:
    chip = card()
    desk = Desk.with_card(chip)
    for digits in ("", "1", "123"):
        with pytest.raises(DriverError, match="INTERNAL"):
            desk.logs_in(digits)
    assert chip.verifies == 0


def test_an_entry_is_good_for_one_request_only() -> None:
    chip = card()
    desk = Desk.with_card(chip)
    entry = desk.types("1111", Password.AUTHENTICATION)
    assert desk.card.authenticate(entry, b"?", False) == PasswordRefused(2)
    for position, digit in enumerate((1, 2, 3, 4)):
        desk.vault.store(entry, position, digit)
    with pytest.raises(DriverError, match="INTERNAL"):
        desk.card.authenticate(entry, b"?", False)
    assert chip.verifies == 1


def test_an_entry_for_one_password_is_not_used_for_the_other() -> None:
    chip = card()
    desk = Desk.with_card(chip)
    with pytest.raises(DriverError, match="INTERNAL"):
        desk.card.read_attributes(desk.types("1234", Password.AUTHENTICATION), False)
    assert chip.verifies == 0


def test_a_request_that_ends_before_its_password_uses_the_entry_up_all_the_same() -> None:
    desk = Desk()
    entry = desk.types("1234", Password.AUTHENTICATION)
    with pytest.raises(DriverError, match="CARD_NOT_LAID"):
        desk.card.authenticate(entry, b"?", False)
    assert desk.vault.take(entry) is None
