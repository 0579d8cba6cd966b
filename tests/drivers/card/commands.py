"""Commands as they might be said to a card, and a tripwire with a card behind it."""

from drivers.card import apdu
from drivers.card.apdu import Command
from drivers.card.chip import Chip
from drivers.card.profile import MY_NUMBER_CARD
from drivers.card.simulator import SimulatedReader
from drivers.card.tripwire import Tripwire

JPKI, TEXT = MY_NUMBER_CARD.authentication.aid, MY_NUMBER_CARD.attributes.aid
COUNTER = Command(0, apdu.VERIFY, 0, 0x80)


def application(aid: bytes) -> Command:
    return Command(0, apdu.SELECT, 4, 0x0C, aid)


def file(identifier: int) -> Command:
    return Command(0, apdu.SELECT, 2, 0x0C, identifier.to_bytes(2, "big"))


def password(digits: bytes, p2: int = 0x80) -> Command:
    return Command(0, apdu.VERIFY, 0, p2, digits)


def read(p1: int = 0, expected: int = 256, p2: int = 0) -> Command:
    return Command(0, apdu.READ_BINARY, p1, p2, expected=expected)


def question(p2: int) -> Command:
    return Command(0, apdu.VERIFY, 0, p2)


def sign(digest_info: bytes) -> Command:
    return Command(0x80, 0x2A, 0, 0x80, digest_info, 256)


def wired(chip: Chip) -> tuple[Tripwire, SimulatedReader]:
    reader = SimulatedReader(card=chip)
    reader.connect()
    return Tripwire(reader, MY_NUMBER_CARD, lambda _: None), reader
