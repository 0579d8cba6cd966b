"""Cards that answer, but not as such a card does: named failures only, and no password for them."""

from collections.abc import Callable

import pytest

from drivers.card import apdu
from drivers.card.chip import Chip, ChipApplication, File, Transparent
from drivers.card.habits import Habits
from drivers.card.profile import MY_NUMBER_CARD
from drivers.card.samples import Holder, attribute_record
from drivers.card.simulator import SimulatedReader
from kiosk.events import AttributesRead, CardInspected, Signed
from kiosk.failures import DriverError
from kiosk.visit import Tries
from tests.drivers.card.desk import Desk, card

JPKI, TEXT = MY_NUMBER_CARD.authentication, MY_NUMBER_CARD.attributes


class OddReader(SimulatedReader):
    """Answers some commands itself: `odd` gives the answer, or None for the card's own."""

    def __init__(self, odd: Callable[[bytes], bytes | None], chip: Chip) -> None:
        super().__init__(card=chip)
        self.odd = odd
        self.passwords = 0

    def transmit(self, command: bytearray) -> bytes:
        raw = bytes(command)
        self.passwords += raw[1] == apdu.VERIFY and len(raw) > 4
        answer = self.odd(raw)
        return super().transmit(command) if answer is None else answer


def counter_says(answer: str) -> Callable[[bytes], bytes | None]:
    return lambda raw: bytes.fromhex(answer) if raw[1] == apdu.VERIFY and len(raw) == 4 else None


def with_file(chip: Chip, application: bytes, identifier: int, file: File | None) -> Chip:
    old = chip.applications[application]
    files = {key: held for key, held in old.files.items() if key != identifier} | ({identifier: file} if file else {})
    chip.applications = {**chip.applications, application: ChipApplication(old.name, files)}
    return chip


@pytest.mark.parametrize("answer", ["9000", "6700", "6F00", "6982", "6300"])
def test_without_a_counter_no_password_is_sent(answer: str) -> None:
    reader = OddReader(counter_says(answer), card())
    desk = Desk(reader)
    with pytest.raises(DriverError, match="TRIES_UNKNOWN"):
        desk.card.inspect()
    with pytest.raises(DriverError, match="TRIES_UNKNOWN"):
        desk.logs_in("1234")
    assert reader.passwords == 0


@pytest.mark.parametrize(("answer", "tries"), [("6983", 0), ("6984", 0), ("6A88", None), ("63C5", 5)])
def test_a_counter_may_be_told_in_several_ways(answer: str, tries: int | None) -> None:
    desk = Desk(OddReader(counter_says(answer), card()))
    assert desk.card.inspect() == CardInspected(Tries(tries, tries))


def test_a_card_without_token_information_is_judged_by_the_rest() -> None:
    desk = Desk.with_card(with_file(card(), JPKI.aid, MY_NUMBER_CARD.token_file, None))
    assert desk.card.inspect() == CardInspected(Tries(3, 3))


def test_another_token_is_another_card() -> None:
    odd = Transparent(b"JPKIAPICCTOKEN3".ljust(32))
    desk = Desk.with_card(with_file(card(), JPKI.aid, MY_NUMBER_CARD.token_file, odd))
    with pytest.raises(DriverError, match="CARD_WRONG_KIND"):
        desk.card.inspect()


@pytest.mark.parametrize(
    ("content", "failure"),
    [
        (b"\xff" * 2048, "CERTIFICATE_ABSENT"),
        (bytes(2048), "CERTIFICATE_ABSENT"),
        (b"", "CERTIFICATE_ABSENT"),
        (b"\x30\x82\x10\x00" + bytes(5000), "CARD_MALFORMED"),
        (b"\x30\x82\x05\x00" + bytes(100), "CARD_MALFORMED"),
        (b"\x30\x82\x01\x00" + bytes(300), "CARD_MALFORMED"),
        (b"nonsense", "CARD_MALFORMED"),
    ],
)
def test_a_certificate_file_without_a_certificate(content: bytes, failure: str) -> None:
    desk = Desk.with_card(with_file(card(), JPKI.aid, MY_NUMBER_CARD.certificate_file, Transparent(content)))
    with pytest.raises(DriverError, match=failure):
        desk.card.inspect()


def test_a_record_longer_than_any_card_s_is_not_read_to_its_end() -> None:
    endless = Transparent(b"\xff\x20\x83\x10\x00\x00" + bytes(30000), guard=TEXT.password)
    desk = Desk.with_card(with_file(card(), TEXT.aid, MY_NUMBER_CARD.attributes_file, endless))
    desk.logs_in("1234")
    sent = desk.reader.sent
    with pytest.raises(DriverError, match="CARD_MALFORMED"):
        desk.reads("5678")
    assert desk.reader.sent - sent < 10


def test_a_record_of_two_thousand_bytes_is_read() -> None:
    holder = Holder("名" * 600, "京都" * 30, "19510630", "1")
    chip = with_file(card(), TEXT.aid, 0x0002, Transparent(attribute_record(holder), guard=TEXT.password))
    read = Desk.with_card(chip).reads("5678")
    assert isinstance(read, AttributesRead)
    assert read.attributes.name == holder.name


def test_a_signature_of_another_key_is_not_passed_on() -> None:
    desk = Desk(OddReader(lambda raw: bytes(256) + b"\x90\x00" if raw[1] == 0x2A else None, card()))
    with pytest.raises(DriverError, match="CARD_MALFORMED"):
        desk.logs_in("1234")


def test_a_reader_that_hands_answers_over_in_pieces_is_understood() -> None:
    kept = bytearray()
    chip = card()

    def in_pieces(raw: bytes) -> bytes | None:
        if raw[1] == 0xC0:
            piece, kept[:] = bytes(kept[: raw[4] or 256]), kept[raw[4] or 256 :]
            return piece + (b"\x90\x00" if not kept else bytes((0x61, min(len(kept), 255))))
        whole = chip.answer(raw)
        if len(whole) <= 2:
            return whole
        kept[:] = whole[:-2]
        return bytes((0x61, min(len(kept), 255)))

    desk = Desk(OddReader(in_pieces, chip))
    assert desk.card.inspect() == CardInspected(Tries(3, 3))
    assert isinstance(desk.logs_in("1234"), Signed)
    assert isinstance(desk.reads("5678"), AttributesRead)


def test_a_selection_that_announces_an_answer_is_done_all_the_same() -> None:
    """Nobody has asked for one, but some cards have a description of the file to give."""
    told: list[bytes] = []

    class Announcing(SimulatedReader):
        def transmit(self, command: bytearray) -> bytes:
            told.append(bytes(command[:2]))
            if command[1] == apdu.GET_RESPONSE:
                return bytes(16) + b"\x90\x00"
            answer = super().transmit(command)
            return b"\x61\x10" if command[1] == apdu.SELECT and answer == b"\x90\x00" else answer

    desk = Desk(Announcing(card=card(), habits=Habits(short_refused=0x6A86)))
    assert desk.card.inspect() == CardInspected(Tries(3, 3))
    assert isinstance(desk.logs_in("1234"), Signed)
    assert isinstance(desk.reads("5678"), AttributesRead)
    assert told.count(b"\x00\xc0") == told.count(b"\x00\xa4")
