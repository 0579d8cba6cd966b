"""What must never happen to a card, whatever is pulled, typed or laid."""

from collections.abc import Callable
from contextlib import suppress
from typing import ParamSpec

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.card import apdu
from drivers.card.chip import Chip
from drivers.card.faults import FAILURES, Fault
from drivers.card.pin_guard import Rules
from drivers.card.refusals import RefusalTimesInMemory
from drivers.card.simulator import SimulatedReader
from kiosk.events import AttributesRead, PasswordRefused, SameDigitsAgain, Signed
from kiosk.failures import DriverError, Failure
from kiosk.visit import Password, Tries
from tests.drivers.card.desk import Desk, card, tries_on
from tests.drivers.card.ways import Way

Acted = ParamSpec("Acted")

ALLOWED = {
    ("jpki", None), ("jpki", 0x0006), ("jpki", 0x000A), ("jpki", 0x0017), ("jpki", 0x0018),
    ("text", None), ("text", 0x0002), ("text", 0x0011), ("", None),
}  # fmt: skip


def whole_job(desk: Desk, first: str = "1234", second: str = "5678") -> None:
    """Everything that a visit asks of the card."""
    desk.card.inspect()
    desk.logs_in(first)
    desk.reads(second)
    desk.card.reread_certificate()


def length_of_the_job(first: str = "1234", second: str = "5678") -> int:
    desk = Desk.with_card(card())
    whole_job(desk, first, second)
    return desk.reader.sent


def failure_of(act: Callable[Acted, object], *args: Acted.args, **named: Acted.kwargs) -> Failure | None:
    try:
        act(*args, **named)
    except DriverError as error:
        return error.failure
    return None


@pytest.mark.parametrize("fault", Fault)
@pytest.mark.parametrize("heard", [False, True])
def test_whatever_goes_wrong_at_any_command_the_card_keeps_its_tries(fault: Fault, heard: bool, way: Way) -> None:
    """Through pcscd at every fourth command, beginning with another one for each fault."""
    named = {FAILURES.get(fault), None} | ({Failure.CARD_PULLED} if way.words_are_few else set())
    first = list(Fault).index(fault) % way.stride
    for at in range(first, length_of_the_job(), way.stride):
        chip = card()
        desk = Desk.with_card(chip)
        desk.reader.fault_at(at, fault, heard=heard)
        failure = failure_of(whole_job, desk)
        assert failure in named if fault in FAILURES else failure is not Failure.INTERNAL, at
        assert tries_on(chip) == (3, 3), at
        assert chip.verifies <= desk.entries, at
        desk.reader.plug()
        desk.reader.lay(chip)
        next_visit = Desk(desk.reader)
        whole_job(next_visit)
        assert tries_on(chip) == (3, 3), at


@pytest.mark.parametrize("heard", [False, True])
def test_with_a_wrong_password_a_pull_costs_at_most_that_entry(heard: bool) -> None:
    lost = 0
    for at in range(length_of_the_job("1111", "2222")):
        chip = card()
        desk = Desk.with_card(chip)
        desk.reader.fault_at(at, Fault.PULLED, heard=heard)
        with suppress(DriverError):
            whole_job(desk, "1111", "2222")
        desk.reader.lay(chip)
        spent = 6 - sum(tries_on(chip))
        assert spent == chip.verifies <= desk.entries, at
        assert desk.card.inspect().tries == Tries(*tries_on(chip)), at
        lost += desk.entries - chip.verifies
    assert lost > 0  # somewhere a pull came before the card had heard


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
    assert failure_of(desk.logs_in, digits) is Failure.CARD_PULLED
    desk.reader.lay(chip)


@pytest.mark.parametrize("heard", [False, True])
def test_a_lost_answer_counts_for_the_visit_s_cap(heard: bool) -> None:
    chip = card(authentication=5)
    desk = Desk.with_card(chip)
    for _ in range(2):
        lose_an_answer(desk, chip, "1111", heard=heard)
    assert failure_of(desk.logs_in, "1234") is Failure.REFUSED_TOO_OFTEN
    assert chip.verifies == 2 * heard
    assert isinstance(desk.reads("5678"), AttributesRead)


@pytest.mark.parametrize("heard", [False, True])
def test_lost_answers_close_the_card_step_for_everybody(heard: bool) -> None:
    times = RefusalTimesInMemory()
    for _ in range(7):
        chip = card()
        lose_an_answer(Desk(SimulatedReader(card=chip), times=times), chip, "1111", heard=heard)
    chip = card()
    assert failure_of(Desk(SimulatedReader(card=chip), times=times).logs_in, "1234") is Failure.CARD_STEP_CLOSED
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
    assert failure_of(desk.logs_in, "1111") is Failure.LAST_TRY_KEPT
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
    assert failure_of(desk.logs_in, "1111") is Failure.CARD_PULLED
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


moves = st.one_of(
    st.tuples(st.sampled_from(["first", "second"]), st.sampled_from(["1234", "5678", "0000", "1111", "2222"])),
    st.tuples(st.sampled_from(["look", "take", "lay", "swap", "unplug", "plug", "cover", "next visitor"]), st.just("")),
    st.tuples(st.sampled_from(["pull", "pull heard"]), st.integers(0, 12).map(str)),
)


@settings(max_examples=60)
@given(st.lists(moves, max_size=25))
def test_whatever_is_done_no_card_loses_more_than_its_owner_has_typed(story: list[tuple[str, str]]) -> None:
    cards = [card(serial=1), card(serial=2)]
    desk = Desk.with_card(cards[0])
    entries = 0
    for move, detail in story:
        before = [tries_on(chip) for chip in cards], sum(chip.verifies for chip in cards), desk.entries
        if move == "next visitor":
            desk = Desk(desk.reader, times=desk.times)
        assert failure_of(perform, desk, cards, move, detail) is not Failure.INTERNAL
        entries += move in {"first", "second"}
        sent = sum(chip.verifies for chip in cards) - before[1]
        assert sent <= (move in {"first", "second"})
        for chip, left in zip(cards, before[0], strict=True):
            assert sum(left) - sum(tries_on(chip)) <= sent
            assert min(tries_on(chip)) >= 1
    assert sum(chip.verifies for chip in cards) <= entries
    for chip in cards:
        assert {(heard.application, heard.file) for heard in chip.log} <= ALLOWED
        assert {heard.ins for heard in chip.log} <= {
            apdu.SELECT,
            apdu.READ_BINARY,
            apdu.VERIFY,
            apdu.PERFORM_SECURITY_OPERATION,
        }


def perform(desk: Desk, cards: list[Chip], move: str, detail: str) -> None:
    reader: SimulatedReader = desk.reader
    match move:
        case "first":
            desk.logs_in(detail)
        case "second":
            desk.reads(detail)
        case "look":
            desk.card.inspect()
        case "take":
            reader.take()
        case "lay":
            reader.lay(cards[0])
        case "swap":
            reader.lay(cards[1])
        case "unplug":
            reader.unplug()
        case "plug":
            reader.plug()
        case "cover":
            desk.card.reread_certificate()
        case "pull" | "pull heard":
            reader.fault_at(int(detail), Fault.PULLED, heard=move == "pull heard")
