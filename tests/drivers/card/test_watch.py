"""What a visit is told about cards and the reader, and which card it may read."""

from collections.abc import Iterator
from contextlib import contextmanager
from queue import Queue
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.card.lookout import Lookout
from drivers.card.simulator import SimulatedReader
from drivers.card.slot import Sighting
from kiosk.events import CardInspected, CardLaid, CardTaken, ReaderBack, ReaderLost
from kiosk.failures import DriverError
from kiosk.ports import CardEvent
from kiosk.visit import Tries
from tests.drivers.card.desk import Desk, card

EMPTY, GONE = Sighting("reader"), Sighting(None)


def lying(laying: int) -> Sighting:
    return Sighting("reader", laying)


def told(*sightings: Sighting) -> list[CardEvent]:
    lookout = Lookout()
    return [event for sighting in sightings for event in lookout.see(sighting)]


@pytest.mark.parametrize(
    ("seen", "events"),
    [
        ([EMPTY], []),
        ([EMPTY, EMPTY, lying(1)], [CardLaid()]),
        ([lying(1)], [CardLaid(stale=True)]),
        ([lying(1), EMPTY, lying(3)], [CardLaid(stale=True), CardTaken(), CardLaid()]),
        ([lying(1), lying(3)], [CardLaid(stale=True), CardTaken(), CardLaid()]),
        ([GONE], [ReaderLost()]),
        ([GONE, GONE, EMPTY], [ReaderLost(), ReaderBack()]),
        ([GONE, lying(1)], [ReaderLost(), ReaderBack(), CardLaid(stale=True)]),
        ([lying(1), GONE, lying(9)], [CardLaid(stale=True), ReaderLost(), ReaderBack(), CardLaid(stale=True)]),
        ([EMPTY, lying(1), GONE, lying(0)], [CardLaid(), ReaderLost(), ReaderBack(), CardLaid()]),
        ([lying(1), GONE, EMPTY, lying(1)], [CardLaid(stale=True), ReaderLost(), ReaderBack(), CardLaid()]),
    ],
)
def test_sightings_become_events(seen: list[Sighting], events: list[CardEvent]) -> None:
    assert told(*seen) == events


@given(st.lists(st.sampled_from([EMPTY, GONE, lying(1), lying(2), lying(3)]), max_size=30))
def test_events_alternate_and_a_card_is_fresh_only_after_it_has_been_away(seen: list[Sighting]) -> None:
    there, reader, away = False, True, False
    lookout = Lookout()
    for sighting in seen:
        for event in lookout.see(sighting):
            match event:
                case CardLaid(stale):
                    assert reader
                    assert not there
                    assert stale is not away
                    there = True
                case CardTaken():
                    assert there
                    there, away = False, True
                case ReaderLost():
                    assert reader
                    there, reader = False, False
                case ReaderBack():
                    assert not reader
                    reader = True
        away |= sighting == EMPTY
        assert there == (sighting.laying is not None)
        assert lookout.stale == (there and not away)


@contextmanager
def watching(reader: SimulatedReader) -> Iterator[tuple[Desk, Queue[CardEvent]]]:
    desk = Desk(reader)
    events: Queue[CardEvent] = Queue()
    desk.card.watch(events.put)
    try:
        yield desk, events
    finally:
        desk.card.close()


def test_a_watching_desk_tells_what_hands_do() -> None:
    reader = SimulatedReader()
    with watching(reader) as (_, events):
        reader.lay(card())
        assert events.get(timeout=5) == CardLaid()
        reader.take()
        assert events.get(timeout=5) == CardTaken()
        reader.unplug()
        assert events.get(timeout=5) == ReaderLost()
        reader.plug()
        assert events.get(timeout=5) == ReaderBack()
    assert events.empty()


def test_a_card_that_lay_there_is_told_at_once_and_not_read_until_it_has_been_away() -> None:
    chip = card()
    reader = SimulatedReader(card=chip)
    with watching(reader) as (desk, events):
        assert events.get_nowait() == CardLaid(stale=True)
        with pytest.raises(DriverError, match="CARD_NOT_LAID"):
            desk.card.inspect()
        with pytest.raises(DriverError, match="CARD_NOT_LAID"):
            desk.logs_in("1234")
        desk.card.reread_certificate()
        assert chip.log == []
        reader.take()
        assert events.get(timeout=5) == CardTaken()
        reader.lay(chip)
        assert events.get(timeout=5) == CardLaid()
        assert desk.card.inspect() == CardInspected(Tries(3, 3))


def test_a_reader_whose_software_hangs_does_not_hold_the_visit_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("drivers.card.watching._FIRST_LOOK", 0.05)
    answers = Event()

    class Hanging(SimulatedReader):
        def look(self, known: Sighting | None, timeout: float) -> Sighting:
            assert answers.wait(10)
            return super().look(known, timeout)

    with watching(Hanging(card=card())) as (_, events):
        assert events.empty()
        answers.set()
        assert events.get(timeout=5) == CardLaid(stale=True)


def test_the_reader_outlives_the_visit_and_the_next_one_may_watch_it() -> None:
    reader = SimulatedReader()
    for _ in range(3):
        with watching(reader) as (desk, events):
            reader.lay(card())
            assert events.get(timeout=5) == CardLaid()
            assert desk.card.inspect() == CardInspected(Tries(3, 3))
            reader.take()


def test_nothing_is_told_after_closing() -> None:
    reader = SimulatedReader()
    with watching(reader) as (_, events):
        pass
    reader.lay(card())
    assert events.empty()
