"""Which forms of commands a reader and a card take: how many commands the job costs, and how it falls back."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.card import apdu, tlv
from drivers.card.apdu import Command, Response
from drivers.card.chip import Chip, Transparent
from drivers.card.exchange import Counted, Wanted, converse, count_tries, read_file
from drivers.card.faults import Fault
from drivers.card.forms import Forms
from drivers.card.habits import BEST, Extended, Habits
from drivers.card.profile import MY_NUMBER_CARD
from drivers.card.samples import Holder, attribute_record
from drivers.card.slot import Sighting
from kiosk.events import AttributesRead, CardInspected, PasswordRefused, Signed
from kiosk.failures import DriverError
from kiosk.visit import Entry, Password, Tries
from tests.drivers.card.desk import CHALLENGE, HOLDER, Desk, card, tries_on
from tests.drivers.card.lesser import LesserReader
from tests.drivers.card.test_strange_cards import OddReader, with_file

LESSER = Habits(short_refused=0x6A86, extended=Extended.REFUSED)
JPKI, TEXT = MY_NUMBER_CARD.authentication, MY_NUMBER_CARD.attributes


def straight(desk: Desk) -> int:
    """The job of a technician; how many commands it took."""

    def enter(password: Password) -> Entry:
        return desk.types("1234" if password is Password.AUTHENTICATION else "5678", password)

    sent = desk.reader.sent
    job = desk.card.perform(CHALLENGE, enter)
    assert job.failure is None
    assert isinstance(job.login, Signed)
    assert isinstance(job.reading, AttributesRead)
    assert job.reading.attributes.name == HOLDER.name
    assert desk.reader.sent - sent == job.traffic.apdus
    return job.traffic.apdus


@pytest.mark.parametrize(
    ("short", "extended", "known", "first"),
    [
        (True, Extended.TAKEN, 10, 10),
        (False, Extended.TAKEN, 14, 15),
        (True, Extended.REFUSED, 15, 16),
        (False, Extended.REFUSED, 19, 21),
        (True, Extended.LOST, 15, 17),  # a connection more: the application is selected a second time
        (False, Extended.LOST, 19, 22),
        (True, Extended.CUT, 15, 15),  # what came is the first piece
        (True, Extended.CORRECTED, 15, 16),
        (True, Extended.EMPTY, 15, 16),
    ],
)
def test_the_straight_job_costs_so_many_commands(short: bool, extended: Extended, known: int, first: int) -> None:
    desk = Desk(LesserReader(card(), short=short, extended=extended))
    assert straight(desk) == first  # nobody knew the reader
    assert straight(desk) == known
    fresh = Desk(LesserReader(card(), short=short, extended=extended))
    fresh.card.examine()
    assert straight(fresh) == known


@pytest.mark.parametrize(
    ("short", "extended", "inspect", "login", "attributes"),
    [
        (True, Extended.TAKEN, 6, 5, 4),
        (False, Extended.TAKEN, 6 + 1 + 4, 6, 6),
        (True, Extended.REFUSED, 6 + 1 + 5, 5, 4),
        (False, Extended.REFUSED, 6 + 2 + 4 + 5, 6, 6),
    ],
)
def test_the_visitor_s_job_costs_so_many_commands(
    short: bool, extended: Extended, inspect: int, login: int, attributes: int
) -> None:
    desk = Desk(LesserReader(card(), short=short, extended=extended))
    counts = []
    for act in (desk.card.inspect, lambda: desk.logs_in("1234"), lambda: desk.reads("5678")):
        sent = desk.reader.sent
        act()
        counts.append(desk.reader.sent - sent)
    assert counts == [inspect, login, attributes]
    assert (short, extended) != (True, Extended.TAKEN) or sum(counts) == 15


def test_a_reader_that_loses_the_card_over_extended_length_is_asked_for_it_once_and_before_any_password() -> None:
    reader = LesserReader(card(), extended=Extended.LOST)
    desk = Desk(reader)
    assert desk.card.inspect() == CardInspected(Tries(3, 3))
    assert reader.connections == 2
    assert isinstance(desk.logs_in("1234"), Signed)
    assert isinstance(desk.reads("5678"), AttributesRead)
    desk.card.reread_certificate()
    assert reader.connections == 5


def test_no_password_is_sent_twice_where_the_reader_first_takes_extended_length_and_then_does_not() -> None:
    chip = with_long_record(card())
    reader = LesserReader(chip)
    desk = Desk(reader)
    desk.logs_in("1234")
    reader.become(Habits(extended=Extended.LOST))
    with pytest.raises(DriverError, match="CARD_PULLED"):
        desk.reads("5678")
    assert chip.verifies == 2


def test_another_card_in_the_place_of_the_one_that_was_lost_is_not_read_on() -> None:
    class Swapping(LesserReader):
        def disconnect(self) -> None:
            super().disconnect()
            if self.connections == 1:
                self.lay(card(serial=2))

    reader = Swapping(card(), extended=Extended.LOST)
    with pytest.raises(DriverError, match="CARD_PULLED"):
        Desk(reader).card.inspect()
    assert reader.connections == 2


@settings(max_examples=80)
@given(
    st.booleans(),
    st.sampled_from(Extended),
    st.sampled_from(["examine", "straight", "visit"]),
    st.integers(1, 600),
    st.booleans(),
)
def test_whatever_reader_and_card_take_the_job_is_done_with_one_password_each(
    short: bool, extended: Extended, way: str, letters: int, strict: bool
) -> None:
    chip = card(strict_length=strict, holder=replace(HOLDER, address="町" * letters))
    desk = Desk(LesserReader(chip, short=short, extended=extended))
    if way == "examine":
        desk.card.examine()
    if way == "visit":
        desk.card.inspect()
        assert isinstance(desk.logs_in("1234"), Signed)
        read = desk.reads("5678")
        assert isinstance(read, AttributesRead)
        assert read.attributes.address == "町" * letters
    else:
        straight(desk)
    assert chip.verifies == 2
    assert tries_on(chip) == (3, 3)


def test_behind_a_password_extended_length_is_used_only_where_it_has_been_seen_to_work() -> None:
    asked: list[int | None] = []

    def send(command: Command) -> Response:
        asked.append(command.expected)
        return Response(apdu.OK, tlv_of(100)) if command.ins == apdu.READ_BINARY else Response(apdu.OK)

    wanted = Wanted(0x0002, tlv.whole_length, 4096)
    for extended in (None, False, True):
        converse(read_file(wanted, Forms(extended=extended), probing=False), send)
    assert asked == [256, 256, 65536]


def tlv_of(length: int) -> bytes:
    return b"\xff\x20" + bytes([length]) + bytes(length)


def with_long_record(chip: Chip) -> Chip:
    record = attribute_record(Holder("名" * 600, "京都" * 30, "19510630", "1"))
    return with_file(chip, TEXT.aid, MY_NUMBER_CARD.attributes_file, Transparent(record, guard=TEXT.password))


def counted(answers: dict[str, str], forms: Forms) -> Counted:
    """What is made of these answers to questions about the first password's counter, by P2."""

    def send(command: Command) -> Response:
        assert not command.data or command.ins == apdu.SELECT
        key = "select" if command.ins == apdu.SELECT else f"{command.p2:02X}"
        return Response(int(answers[key], 16))

    return converse(count_tries(JPKI, forms), send)


@pytest.mark.parametrize(
    "said", ["6A82", "6A86", "6A88", "6B00", "6700", "6981", "6986", "6D00", "6983", "6984", "9000"]
)
def test_by_short_identifier_only_a_count_is_believed(said: str) -> None:
    forms = Forms()
    assert counted({"98": said, "select": "9000", "80": "63C2"}, forms) == Counted(2, 0x80)
    assert not forms.short_identifiers


def test_a_count_by_short_identifier_is_the_form_of_the_password_that_follows() -> None:
    for left in (0, 1, 2, 3):
        assert counted({"98": f"63C{left}"}, Forms()) == Counted(left, 0x98)


@pytest.mark.parametrize("blocked", ["6983", "6984", "63C0"])
def test_a_locked_or_absent_password_says_nothing_about_short_identifiers(blocked: str) -> None:
    forms = Forms()
    assert counted({"98": "6984", "select": "9000", "80": blocked}, forms).left == 0
    assert counted({"98": "6A82", "select": "6A82"}, forms).left is None
    assert forms.short_identifiers


def test_a_card_that_takes_short_identifiers_for_questions_only_costs_an_entry_and_no_try() -> None:
    def odd(raw: bytes) -> bytes | None:
        return b"\x6a\x86" if raw[1] == apdu.VERIFY and len(raw) > 4 and raw[3] != 0x80 else None

    chip = card()
    desk = Desk(OddReader(odd, chip))
    with pytest.raises(DriverError, match="CARD_MALFORMED"):
        desk.logs_in("1234")
    assert (chip.verifies, tries_on(chip)) == (0, (3, 3))
    assert isinstance(desk.logs_in("1234"), Signed)


def test_a_card_that_does_not_go_on_in_a_file_named_by_short_identifier_is_asked_by_selection() -> None:
    forgotten = False

    def odd(raw: bytes) -> bytes | None:
        nonlocal forgotten
        if raw[1] == apdu.READ_BINARY and raw[2] >= 0x80:
            forgotten = True
        elif raw[1] == apdu.SELECT:
            forgotten = False
        elif raw[1] == apdu.READ_BINARY and forgotten:
            return b"\x69\x86"
        return b"\x67\x00" if raw[1] == apdu.READ_BINARY and len(raw) > 5 else None

    desk = Desk(OddReader(odd, with_long_record(card())))
    assert isinstance(desk.logs_in("1234"), Signed)
    assert isinstance(desk.reads("5678"), AttributesRead)


def test_the_readers_of_a_terminal_are_known_apart() -> None:
    class Renamed(LesserReader):
        name = "first"

        def connect(self) -> Sighting:
            return replace(super().connect(), reader=self.name)

    reader = Renamed(card())
    reader.become(LESSER)
    desk = Desk(reader)
    desk.card.inspect()
    reader.name = "second"
    reader.become(BEST)
    assert straight(desk) == 10
    reader.name = "first"
    reader.become(LESSER)
    assert straight(desk) == 19


def test_what_the_technician_is_told_of_a_wrong_password() -> None:
    chip = card()
    desk = Desk.with_card(chip)
    job = desk.card.perform(CHALLENGE, lambda password: desk.types("9999", password))
    assert (job.login, job.reading, job.failure) == (PasswordRefused(2), None, None)
    assert chip.verifies == 1
    desk.reader.fault_at(8, Fault.PULLED, heard=True)
    job = desk.card.perform(CHALLENGE, lambda password: desk.types("1234", password))
    assert isinstance(job.login, Signed)
    assert (job.reading, job.failure and job.failure.name) == (None, "CARD_PULLED")
    assert tries_on(chip) == (3, 2)
