"""The vault: digits in, once out, and gone."""

from threading import Thread

import pytest

from drivers.card.vault import Vault
from kiosk.visit import Entry, Password

FIRST = Entry(1, Password.AUTHENTICATION)
SECOND = Entry(2, Password.AUTHENTICATION)


def typed(digits: str, entry: Entry = FIRST) -> Vault:
    vault = Vault()
    for position, digit in enumerate(digits):
        vault.store(entry, position, int(digit))
    return vault


def test_four_digits_are_handed_out_once() -> None:
    vault = typed("0042")
    assert vault.take(FIRST) == bytearray(b"0042")
    assert vault.take(FIRST) is None


def test_three_digits_are_not_a_password_and_do_not_stay() -> None:
    vault = typed("004")
    assert vault.take(FIRST) is None
    vault.store(FIRST, 3, 2)
    assert vault.take(FIRST) is None


def test_an_erased_digit_is_missing_until_it_is_typed_again() -> None:
    vault = typed("1234")
    vault.erase(FIRST, 3)
    vault.store(FIRST, 3, 9)
    assert vault.take(FIRST) == bytearray(b"1239")


@pytest.mark.parametrize("end", [lambda vault: vault.clear(FIRST), lambda vault: vault.wipe()])
def test_cleared_and_wiped_digits_are_gone(end: object) -> None:
    vault = typed("1234")
    assert callable(end)
    end(vault)
    assert vault.take(FIRST) is None


def test_a_digit_for_another_entry_does_not_mix_with_the_last() -> None:
    vault = typed("123")
    vault.store(SECOND, 3, 4)
    assert vault.take(SECOND) is None


def test_another_entry_can_neither_erase_nor_clear_nor_take() -> None:
    vault = typed("1234")
    vault.erase(SECOND, 0)
    vault.clear(SECOND)
    assert vault.take(SECOND) is None
    assert vault.take(FIRST) == bytearray(b"1234")


def test_only_digits_have_a_place() -> None:
    for position, digit in ((4, 1), (-1, 1), (0, 10), (0, -1)):
        with pytest.raises(ValueError, match="no such position or digit"):
            Vault().store(FIRST, position, digit)


def test_what_a_card_refused_is_known_for_that_card_and_password_until_the_wipe() -> None:
    vault = Vault()
    vault.remember_refused(b"card", Password.ATTRIBUTES, bytearray(b"1111"))
    assert vault.was_refused(b"card", Password.ATTRIBUTES, bytearray(b"1111"))
    assert not vault.was_refused(b"card", Password.ATTRIBUTES, bytearray(b"1112"))
    assert not vault.was_refused(b"card", Password.AUTHENTICATION, bytearray(b"1111"))
    assert not vault.was_refused(b"other", Password.ATTRIBUTES, bytearray(b"1111"))
    vault.wipe()
    assert not vault.was_refused(b"card", Password.ATTRIBUTES, bytearray(b"1111"))


def test_digits_stored_on_one_thread_are_taken_on_another() -> None:
    vault = typed("1234")
    taken: list[bytearray | None] = []
    threads = [Thread(target=lambda: taken.append(vault.take(FIRST))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [digits for digits in taken if digits] == [bytearray(b"1234")]  # by exactly one
