"""Whatever a card answers, the terminal has a name for it, soon: no other exception leaves the card's driver, nothing
that is no record passes for one, no password is sent twice. A million of damaged inputs in `make sweep`.
"""

from collections import Counter
from collections.abc import Callable
from functools import partial
from random import Random
from time import thread_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.card import apdu, attributes, tlv
from drivers.card.certificate import Certificate
from drivers.card.dialogue import identify
from drivers.card.exchange import converse
from drivers.card.forms import Forms
from drivers.card.pin_guard import PinGuard, Rules
from drivers.card.profile import MY_NUMBER_CARD
from drivers.card.reader import CardDesk
from drivers.card.refusals import RefusalTimesInMemory
from drivers.card.slot import Sighting
from drivers.card.tripwire import Tripwire
from drivers.card.vault import Vault
from kiosk.failures import DriverError, Failure
from kiosk.visit import Entry, Password
from tests.drivers.card import damage
from tests.drivers.card.desk import CHALLENGE, NOW
from tests.drivers.card.jobs import failure_of

MOST_COMMANDS = 512  # of one dialogue; a request may begin it twice
SLOWEST = 1.0  # seconds of processor, of one input

pytestmark = [  # what the library remarks about certificates that are none
    pytest.mark.filterwarnings("ignore:Attribute's length must be:UserWarning"),
    pytest.mark.filterwarnings("ignore::cryptography.utils.CryptographyDeprecationWarning"),
]
chances = st.randoms(use_true_random=False)


class Babbling:
    """A slot on which something lies that answers anything. See `Slot`."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self.commands: list[tuple[int, bool]] = []

    def look(self, known: Sighting | None, timeout: float) -> Sighting:
        return Sighting("babbling", 1)

    def connect(self) -> Sighting:
        return Sighting("babbling", 1)

    def transmit(self, command: bytearray) -> bytes:
        self.commands.append((command[1], len(command) > 4))
        return damage.answer(bytes(command), self._chance)

    def disconnect(self) -> None:
        pass

    def close(self) -> None:
        pass


def a_record(chance: Random) -> Failure | None:
    """Read, or malformed; what is read has a name and an address that were there."""
    raw = damage.record(chance)
    try:
        read = attributes.parse(raw)
    except DriverError as error:
        return malformed(error)
    assert read.name.strip()
    assert read.address.strip()
    assert read.name.encode() in raw
    assert read.address.encode() in raw
    return None


def some_elements(chance: Random) -> Failure | None:
    """Taken apart, they are not more than there was."""
    raw = damage.record(chance)
    try:
        tlv.whole_length(raw)
        assert sum(2 + len(value) for _, value in tlv.elements(raw)) <= len(raw)
    except DriverError as error:
        return malformed(error)
    return None


def a_certificate(chance: Random) -> Failure | None:
    try:
        Certificate.parse(damage.certificate(chance))
    except DriverError as error:
        return malformed(error)
    return None


def malformed(error: DriverError) -> Failure:
    assert error.failure is Failure.CARD_MALFORMED
    return error.failure


def a_request(chance: Random) -> Failure | None:
    """Any one of a visit, or a technician's, to a card that answers anything."""
    slot, vault = Babbling(chance), Vault()
    desk = CardDesk(slot, PinGuard(vault, RefusalTimesInMemory(), lambda: NOW, Rules()), lambda: NOW)
    requests: list[Callable[[], object]] = [
        desk.inspect,
        lambda: desk.authenticate(typed(vault, Password.AUTHENTICATION), CHALLENGE, False),
        lambda: desk.read_attributes(typed(vault, Password.ATTRIBUTES), False),
        lambda: desk.perform(CHALLENGE, lambda password: typed(vault, password)),
        desk.reread_certificate,
    ]
    which = chance.randrange(len(requests))
    failure = failure_of(requests[which])
    assert failure is not Failure.INTERNAL  # nor a command that is not allowed
    assert slot.commands.count((apdu.VERIFY, True)) <= (0, 1, 1, 2, 0)[which]
    assert len(slot.commands) <= 2 * MOST_COMMANDS
    assert vault._digits == bytes(4)
    return failure


def typed(vault: Vault, password: Password) -> Entry:
    entry = Entry(1, password)
    for position in range(4):
        vault.store(entry, position, 7)
    return entry


INPUTS = {a_record: 600_000, some_elements: 150_000, a_certificate: 50_000, a_request: 200_000}


@settings(max_examples=300)
@pytest.mark.parametrize("attempt", INPUTS)
@given(chance=chances)
def test_whatever_a_card_answers_has_a_name(attempt: Callable[[Random], Failure | None], chance: Random) -> None:
    attempt(chance)


def test_no_wrong_byte_of_a_certificate_is_more_than_malformed() -> None:
    good = damage.sound_certificate()
    for at in range(len(good)):
        for wrong in {0, 1, 3, 0x7F, 0x80, 0xFF, good[at] ^ 1}:
            assert failure_of(partial(Certificate.parse, good[:at] + bytes([wrong]) + good[at + 1 :])) in {
                None,
                Failure.CARD_MALFORMED,
            }


@pytest.mark.parametrize("status", [b"\x61\x01", b"\x90\x00"], ids=["promised", "given"])
def test_a_card_that_gives_byte_by_byte_is_not_asked_for_ever(status: bytes) -> None:
    class Dripping(Babbling):
        def transmit(self, command: bytearray) -> bytes:
            super().transmit(command)
            if command[1] != apdu.READ_BINARY and command[1] != apdu.GET_RESPONSE:
                return b"\x90\x00"
            return (b"\x30\x82\x0f\xfb" if len(self.commands) == 2 else b"0") + status

    slot = Dripping(Random(1))
    with pytest.raises(DriverError, match="CARD_MALFORMED"):
        converse(identify(MY_NUMBER_CARD, Forms()), Tripwire(slot, MY_NUMBER_CARD, lambda _: None).send)
    assert len(slot.commands) == MOST_COMMANDS


@pytest.mark.sweep
def test_a_million_of_damaged_inputs_have_a_name() -> None:
    seed = Random().getrandbits(32)
    came = Counter[tuple[str, str]]()
    slowest = 0.0
    for attempt, inputs in INPUTS.items():
        for number in range(inputs):
            begun = thread_time()
            try:
                failure = attempt(Random(f"{seed} {number}"))
            except BaseException:
                print(f"{attempt.__name__} of Random('{seed} {number}')")
                raise
            slowest = max(slowest, thread_time() - begun)
            came[attempt.__name__, failure.name if failure else "taken"] += 1
    print(f"\n{sum(came.values())} inputs, seed {seed}, the slowest took {slowest * 1e3:.1f} ms\n{came}")
    assert slowest < SLOWEST
