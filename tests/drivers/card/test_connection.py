"""When a dialogue is begun a second time over a new connection, and when never."""

from collections.abc import Callable

import pytest

from drivers.card import apdu
from drivers.card.apdu import Command
from drivers.card.chip import Transparent
from drivers.card.connection import Connection
from drivers.card.exchange import Dialogue, Wanted, read_file
from drivers.card.faults import Fault
from drivers.card.forms import Forms
from drivers.card.habits import BEST, Extended, Habits
from drivers.card.profile import MY_NUMBER_CARD
from drivers.card.tripwire import ForbiddenCommandError
from kiosk.failures import DriverError
from tests.drivers.card.desk import Desk, card
from tests.drivers.card.lesser import LesserReader
from tests.drivers.card.test_strange_cards import with_file

SELECT = Command(0, apdu.SELECT, 4, 0x0C, MY_NUMBER_CARD.authentication.aid)
SELECT_FILE = Command(0, apdu.SELECT, 2, 0x0C, b"\x00\x0a")
READ = Command(0, apdu.READ_BINARY, 0x8A, 0, expected=65536)
READ_ON = Command(0, apdu.READ_BINARY, 0, 0, expected=256)
QUESTION, PASSWORD = Command(0, apdu.VERIFY, 0, 0x98), Command(0, apdu.VERIFY, 0, 0x98, b"1234")


def saying(*commands: Command) -> Callable[[], Dialogue[None]]:
    """A dialogue of nothing but these."""

    def dialogue() -> Dialogue[None]:
        for command in commands:  # noqa: UP028 - answers are sent in, which a tuple cannot be told
            yield command

    return dialogue


def connected(forms: Forms) -> tuple[Connection, LesserReader]:
    reader = LesserReader(card(), extended=Extended.LOST)
    return Connection(reader, MY_NUMBER_CARD, lambda _: forms, lambda _: None), reader


def test_never_behind_a_password() -> None:
    connection, reader = connected(Forms())
    with pytest.raises(DriverError, match="CARD_PULLED"):
        connection.hold(saying(SELECT, QUESTION, PASSWORD, READ))
    assert reader.connections == 1
    assert reader.card is not None
    assert reader.card.verifies == 1


def test_never_where_extended_length_has_worked_before() -> None:
    connection, reader = connected(Forms(extended=True))
    with pytest.raises(DriverError, match="CARD_PULLED"):
        connection.hold(saying(SELECT, READ))
    assert reader.connections == 1


def test_only_once() -> None:
    connection, reader = connected(Forms())
    with pytest.raises(DriverError, match="CARD_PULLED"):
        connection.hold(saying(SELECT, READ))
    assert reader.connections == 2


def test_over_a_new_connection_nothing_counts_as_selected() -> None:
    connection, reader = connected(Forms())
    begun: list[int] = []

    def dialogue() -> Dialogue[None]:
        begun.append(1)
        yield from saying(*((SELECT, SELECT_FILE, READ) if len(begun) == 1 else (READ_ON,)))()

    with pytest.raises(ForbiddenCommandError):
        connection.hold(dialogue)
    assert (reader.connections, len(begun)) == (2, 2)


def test_what_was_lost_over_another_command_is_lost() -> None:
    connection, reader = connected(Forms())
    reader.fault_at(1, Fault.PULLED, heard=False)
    with pytest.raises(DriverError, match="CARD_PULLED"):
        connection.hold(saying(SELECT, QUESTION, READ))
    assert reader.connections == 1


def test_a_file_with_nothing_in_it_says_nothing_about_short_identifiers() -> None:
    forms = Forms()
    reader = LesserReader(card(), short=False)
    connection = Connection(reader, MY_NUMBER_CARD, lambda _: forms, lambda _: None)

    def empty() -> Dialogue[bytes]:
        yield SELECT
        return (yield from read_file(Wanted(0x000A, len, 4096), forms, probing=True))

    assert reader.card is not None
    with_file(reader.card, MY_NUMBER_CARD.authentication.aid, MY_NUMBER_CARD.certificate_file, Transparent(b""))
    assert connection.hold(empty) == b""
    assert forms.short_identifiers


def test_a_reader_that_could_and_cannot_is_no_reason_to_forget_that_it_could() -> None:
    reader = LesserReader(card())
    desk = Desk(reader)
    desk.card.inspect()
    reader.become(Habits(extended=Extended.LOST))
    with pytest.raises(DriverError, match="CARD_PULLED"):
        desk.card.inspect()
    reader.become(BEST)
    sent = reader.sent
    desk.card.inspect()
    assert reader.sent - sent == 6
