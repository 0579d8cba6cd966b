"""The real slot over a resource manager that answers by hand: the calls, their arguments and their numbers."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from smartcard import scard

from drivers.card.pcsc import PcscSlot
from drivers.card.slot import Sighting
from kiosk.failures import DriverError

READER, OTHER = "Sample Reader 00 00", "Sample Reader 01 00"
EMPTY, PRESENT = scard.SCARD_STATE_EMPTY, scard.SCARD_STATE_PRESENT
DEAD = -0x7FEFFFE3  # 8010001D, as a signed number


@dataclass
class Manager:
    """Stands for `smartcard.scard` and for `transmission`; constants come from the real one. `said` is what was asked,
    in its order.
    """

    states: dict[str, int] = field(default_factory=lambda: {READER: PRESENT | 1 << 16})
    answer: bytes = b"\x90\x00"
    transmitted: int = 0  # the number that `transmit` gives
    connected: int = 0
    dead: set[int] = field(default_factory=set)  # contexts
    contexts: int = 0
    said: list[tuple[object, ...]] = field(default_factory=list)

    def __getattr__(self, name: str) -> int:
        constant: int = getattr(scard, name)
        return constant

    def SCardEstablishContext(self, scope: int) -> tuple[int, int]:  # noqa: N802  the names are the real one's
        self.contexts += 1
        return 0, self.contexts

    def SCardReleaseContext(self, context: int) -> int:  # noqa: N802
        self.said.append(("release", context))
        return 0

    def SCardListReaders(self, context: int, _groups: list[str]) -> tuple[int, list[str]]:  # noqa: N802
        return (DEAD, []) if context in self.dead else (0, list(self.states))

    def SCardGetStatusChange(  # noqa: N802
        self, context: int, _milliseconds: int, asked: Sequence[tuple[str, int]]
    ) -> tuple[int, list[tuple[str, int, list[int]]]]:
        if context in self.dead:
            return DEAD, []
        return 0, [(name, self.states.get(name, 0), []) for name, _ in asked]

    def SCardConnect(self, context: int, name: str, share: int, _protocols: int) -> tuple[int, int, int]:  # noqa: N802
        self.said.append(("connect", name, share))
        return self.connected, 7, scard.SCARD_PROTOCOL_T1

    def transmit(self, handle: int, protocol: int, _command: bytearray) -> tuple[int, bytes]:
        assert (handle, protocol) == (7, scard.SCARD_PROTOCOL_T1)
        return self.transmitted, self.answer

    def SCardControl(self, handle: int, _code: int, covering: list[int]) -> tuple[int, list[int]]:  # noqa: N802
        assert set(covering) == {0}
        self.said.append(("cover", handle))
        return DEAD, []

    def SCardDisconnect(self, handle: int, disposition: int) -> int:  # noqa: N802
        self.said.append(("disconnect", handle, disposition))
        return 0


@pytest.fixture
def manager(monkeypatch: pytest.MonkeyPatch) -> Manager:
    made = Manager()
    monkeypatch.setattr("drivers.card.resource_manager.scard", made)
    monkeypatch.setattr("drivers.card.resource_manager.transmission", made)
    return made


def test_a_card_is_held_alone_and_reset_when_it_is_let_go(manager: Manager) -> None:
    slot = PcscSlot()
    assert slot.connect() == Sighting(READER, 1)
    assert slot.transmit(bytearray(b"\0\xa4\4\x0c")) == b"\x90\0"
    slot.disconnect()
    slot.disconnect()
    assert manager.said == [
        ("connect", READER, scard.SCARD_SHARE_EXCLUSIVE),
        ("cover", 7),
        ("disconnect", 7, scard.SCARD_RESET_CARD),
    ]


def test_closing_lets_go_as_well(manager: Manager) -> None:
    slot = PcscSlot()
    slot.connect()
    slot.close()
    assert manager.said[1:] == [("cover", 7), ("disconnect", 7, scard.SCARD_RESET_CARD), ("release", 1)]


def test_an_answer_without_a_byte_is_a_card_that_was_taken(manager: Manager) -> None:
    slot = PcscSlot()
    slot.connect()
    manager.answer = b""
    with pytest.raises(DriverError, match="CARD_PULLED"):
        slot.transmit(bytearray(4))


@pytest.mark.parametrize(
    ("number", "failure"),
    [(0x80100068, "CARD_UNREADABLE"), (0x80100016, "CARD_PULLED"), (DEAD, "READER_LOST"), (0x8010000A, "CARD_SLOW")],
)
def test_what_the_resource_manager_says_in_the_middle_has_a_name(manager: Manager, number: int, failure: str) -> None:
    slot = PcscSlot()
    slot.connect()
    manager.transmitted = number
    with pytest.raises(DriverError, match=failure):
        slot.transmit(bytearray(4))


def test_a_context_that_died_meanwhile_is_made_anew(manager: Manager) -> None:
    slot = PcscSlot()
    assert slot.look(None, 0) == Sighting(READER, 1)
    slot.connect()
    slot.disconnect()
    manager.dead = {1, 2}
    assert slot.look(Sighting(READER, 1), 0) == Sighting(None)  # seen to be gone, if only for a moment
    assert slot.look(Sighting(None), 0) == Sighting(READER, 1)
    slot.connect()


@pytest.mark.parametrize("gone", [False, True], ids=["the resource manager", "the reader"])
def test_what_lies_there_after_the_count_began_anew_is_another_laying(manager: Manager, gone: bool) -> None:
    """Or the card that was laid meanwhile would pass for the one that was known: both may be the first."""
    slot = PcscSlot()
    known = slot.connect()
    slot.disconnect()
    assert slot.connect() == known
    slot.disconnect()
    if gone:
        manager.states, there = {}, manager.states
        slot.look(Sighting(READER, 1), 0)
        manager.states = there
    else:
        manager.dead = {1}
    now = slot.connect()
    assert now.laying is not None and known.laying is not None  # noqa: PT018
    assert now.laying > known.laying


def test_no_card_is_told_without_powering_anything(manager: Manager) -> None:
    manager.states = {READER: EMPTY}
    with pytest.raises(DriverError, match="CARD_NOT_LAID"):
        PcscSlot().connect()
    manager.states = {}
    with pytest.raises(DriverError, match="READER_LOST"):
        PcscSlot().connect()
    assert not [said for said in manager.said if said[0] == "connect"]


@pytest.mark.parametrize("state", [EMPTY, 0], ids=["seen to be gone", "nobody knows"])
def test_a_card_that_goes_while_it_is_powered_has_no_place_that_could_be_known_again(state: int) -> None:
    class Going(Manager):
        def SCardConnect(self, context: int, name: str, share: int, protocols: int) -> tuple[int, int, int]:  # noqa: N802
            self.states[name] = state
            return super().SCardConnect(context, name, share, protocols)

    manager, slot = Going(), PcscSlot()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("drivers.card.resource_manager.scard", manager)
        with pytest.raises(DriverError, match="CARD_NOT_LAID"):
            slot.connect()
        slot.disconnect()
    assert manager.said[-1] == ("disconnect", 7, scard.SCARD_RESET_CARD)


def test_of_two_readers_the_one_with_a_card_is_taken_and_of_a_named_one_only_that(manager: Manager) -> None:
    manager.states = {READER: EMPTY, OTHER: PRESENT | 4 << 16}
    assert PcscSlot().connect() == Sighting(OTHER, 4)
    assert PcscSlot("00 00").look(None, 0) == Sighting(READER)


def test_a_reader_that_counts_from_the_beginning_was_away(manager: Manager) -> None:
    slot = PcscSlot()
    assert slot.look(Sighting(READER, 9), 0) == Sighting(None)
    assert slot.look(Sighting(None), 0) == Sighting(READER, 1)


def test_a_reader_that_cannot_say_yet_whether_a_card_lies_there_is_not_an_empty_one(manager: Manager) -> None:
    manager.states = {READER: 0}
    assert PcscSlot().look(None, 0) == Sighting(None)
    manager.states = {READER: EMPTY}
    assert PcscSlot().look(None, 0) == Sighting(READER)
