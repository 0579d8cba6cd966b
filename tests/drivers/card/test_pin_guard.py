"""The gate itself, played by hand: what it asks, and that no buffer keeps digits, however its dialogue ends."""

from collections.abc import Callable
from contextlib import suppress

import pytest

from drivers.card import apdu
from drivers.card.apdu import Command, Response
from drivers.card.dialogue import Refusal
from drivers.card.exchange import Dialogue, converse
from drivers.card.forms import Forms
from drivers.card.pin_guard import PinGuard, Rules
from drivers.card.profile import MY_NUMBER_CARD
from drivers.card.refusals import RefusalTimesInMemory
from drivers.card.vault import Vault
from kiosk.failures import DriverError, Failure
from kiosk.visit import Entry, Password
from tests.drivers.card.desk import NOW

ENTRY, SECOND = Entry(1, Password.AUTHENTICATION), Entry(2, Password.AUTHENTICATION)
Talk = Dialogue[Refusal | None]


class Gate:
    """A guard with digits typed for one entry."""

    def __init__(self, digits: str = "1234") -> None:
        self.vault = Vault()
        self.types(digits)
        self.guard = PinGuard(self.vault, RefusalTimesInMemory(), lambda: NOW, Rules())

    def types(self, digits: str, entry: Entry = ENTRY) -> None:
        for position, digit in enumerate(digits):
            self.vault.store(entry, position, int(digit))

    def opens(self, entry: Entry = ENTRY) -> Talk:
        return self.guard.verify(entry, MY_NUMBER_CARD.authentication, Forms(), b"card", consented=False)

    def at_the_password(self, digits: str = "1234", entry: Entry = ENTRY) -> tuple[Talk, Command]:
        talk = self.opens(entry)
        question = next(talk)
        assert (question.ins, question.data) == (apdu.VERIFY, b"")
        password = talk.send(Response(0x63C3))
        assert (password.ins, password.data) == (apdu.VERIFY, digits.encode())
        return talk, password


def answered(status: int) -> Callable[[Talk], object]:
    return lambda talk: talk.send(Response(status))


def lost(talk: Talk) -> object:
    return talk.throw(DriverError(Failure.CARD_PULLED))


@pytest.mark.parametrize(
    "end",
    [answered(apdu.OK), answered(0x63C2), answered(0x6984), answered(0x6F00), lost, lambda talk: talk.close()],
    ids=["taken", "refused", "locked", "nonsense", "lost", "given up"],
)
def test_the_digits_are_wiped_however_it_ends(end: Callable[[Talk], object]) -> None:
    talk, password = Gate().at_the_password()
    with suppress(DriverError, StopIteration):
        end(talk)
    assert password.data == bytes(4)


def test_an_answer_that_says_nothing_about_the_password_is_no_refusal() -> None:
    talk, _ = Gate().at_the_password()
    with pytest.raises(DriverError, match="CARD_MALFORMED"):
        talk.send(Response(0x6300))


def test_digits_typed_under_a_used_entry_are_wiped_and_not_sent() -> None:
    gate = Gate()
    gate.guard.discard(ENTRY)
    gate.types("1234")
    with pytest.raises(DriverError, match="INTERNAL"):
        next(gate.opens())
    assert gate.vault.take(ENTRY) is None


def test_every_copy_of_digits_that_are_not_four_is_wiped(monkeypatch: pytest.MonkeyPatch) -> None:
    wiped: list[bytes] = []

    def wipe(buffer: bytearray) -> None:
        wiped.append(bytes(buffer))
        buffer[:] = bytes(len(buffer))

    gate = Gate("12")
    monkeypatch.setattr("drivers.card.vault.wipe", wipe)
    with pytest.raises(DriverError, match="INTERNAL"):
        next(gate.opens())
    assert wiped == [b"12\0\0"] * 2  # the place, and the copy that was to be handed out


def test_a_lost_answer_leaves_no_digits_in_what_is_raised() -> None:
    asked: list[Command] = []
    answers = iter((Response(0x63C3),))

    def send(command: Command) -> Response:
        asked.append(command)
        if command.data == b"1234":
            raise DriverError(Failure.CARD_PULLED)
        return next(answers)

    talk = Gate().opens()
    with pytest.raises(DriverError) as held:  # its frames hold the dialogue
        converse(talk, send)
    assert held.value.failure is Failure.CARD_PULLED
    assert asked[-1].data == bytes(4)


def test_a_card_that_has_taken_its_password_is_owed_no_memory_of_the_wrong_ones() -> None:
    gate = Gate("1111")
    talk, _ = gate.at_the_password("1111")
    with pytest.raises(StopIteration):
        talk.send(Response(0x63C2))
    assert gate.vault.was_refused(b"card", Password.AUTHENTICATION, bytearray(b"1111"))
    gate.types("1234", SECOND)
    talk, _ = gate.at_the_password("1234", SECOND)
    with pytest.raises(StopIteration):
        talk.send(Response(apdu.OK))
    assert not gate.vault.was_refused(b"card", Password.AUTHENTICATION, bytearray(b"1111"))


def test_what_cards_refused_is_wiped_where_it_lies(monkeypatch: pytest.MonkeyPatch) -> None:
    gate = Gate()
    talk, _ = gate.at_the_password()
    with pytest.raises(StopIteration):
        talk.send(Response(0x63C2))
    wiped: list[bytes] = []
    monkeypatch.setattr("drivers.card.vault.wipe", lambda buffer: wiped.append(bytes(buffer)))
    gate.vault.wipe()
    assert b"1234" in wiped
