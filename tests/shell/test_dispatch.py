"""Digits go to the vault at once; everything else to the worker of its device; a wipe passes all of them."""

import queue
from collections.abc import Iterator
from dataclasses import replace
from threading import Event

import pytest

from kiosk.effects import (
    AskRegistration,
    ClearEntry,
    DiscardPage,
    EndVisit,
    EraseDigit,
    FetchTerms,
    InspectCard,
    Photograph,
    ReadPage,
    StoreDigit,
    Wipe,
)
from kiosk.events import Answered, NumbersAccepted, Wiped
from kiosk.shell.dispatch import Dispatcher
from kiosk.shell.duties import CardRequest, PaperRequest, PortalRequest
from kiosk.shell.workers import Office, Worker
from kiosk.visit import Ending, Entry, Password, Ticket
from tests.shell.fakes import journal

ENTRY = Entry(1, Password.AUTHENTICATION)
TICKET = Ticket(1, 1)


class Floor:
    """A dispatcher whose workers write down what they were asked, and a vault that does the same."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.answers: queue.SimpleQueue[Answered] = queue.SimpleQueue()
        office = Office(self.answers.put, journal()[0], lambda: 0.0)
        self.card: Worker[CardRequest] = Worker("card", office, lambda request: self._note("card", request))
        self.papers: Worker[PaperRequest] = Worker("papers", office, lambda request: self._note("papers", request))
        self.reader: Worker[ReadPage] = Worker("reader", office, lambda request: self._note("reader", request))
        self.portal: Worker[PortalRequest] = Worker("portal", office, lambda request: self._note("portal", request))
        self.mail: Worker[AskRegistration] = Worker("mail", office, lambda request: self._note("mail", request))
        self.dispatch = Dispatcher(
            self,
            self.card,
            self.papers,
            self.reader,
            self.portal,
            self.mail,
            self.discard,
            lambda: self.done.append("forget pages"),
        )

    def _note(self, name: str, request: object) -> Wiped | NumbersAccepted:
        self.done.append(f"{name} {type(request).__name__}")
        return Wiped() if isinstance(request, Wipe) else NumbersAccepted()

    def discard(self, number: int) -> None:
        self.done.append(f"discard {number}")

    def store(self, entry: Entry, position: int, digit: int) -> None:
        self.done.append(f"store at {position}")

    def erase(self, entry: Entry, position: int) -> None:
        self.done.append(f"erase at {position}")

    def clear(self, entry: Entry) -> None:
        self.done.append("clear")

    def wipe(self) -> None:
        self.done.append("wipe vault")

    def close(self) -> None:
        for worker in (self.card, self.papers, self.reader, self.portal, self.mail):
            worker.stop()
            assert worker.join(5)


@pytest.fixture
def floor() -> Iterator[Floor]:
    made = Floor()
    yield made
    made.close()


def test_digits_go_to_the_vault_at_once(floor: Floor) -> None:
    for effect in (StoreDigit(ENTRY, 2, 7), EraseDigit(ENTRY, 2), ClearEntry(ENTRY)):
        floor.dispatch(effect)
    assert floor.done == ["store at 2", "erase at 2", "clear"]


def test_requests_go_to_the_worker_of_their_device(floor: Floor) -> None:
    for effect in (InspectCard(TICKET), Photograph(TICKET, 1), FetchTerms(TICKET)):
        floor.dispatch(effect)
        assert floor.answers.get(timeout=5).ticket == TICKET
    assert floor.done == ["card InspectCard", "papers Photograph", "portal FetchTerms"]


def test_a_page_is_discarded_after_what_its_worker_holds(floor: Floor) -> None:
    floor.dispatch(Photograph(TICKET, 1))
    floor.dispatch(DiscardPage(1))
    floor.dispatch(Photograph(TICKET, 2))
    assert [floor.answers.get(timeout=5) for _ in range(2)]
    assert floor.done == ["papers Photograph", "discard 1", "papers Photograph"]


def test_a_wipe_is_answered_only_after_vault_pages_and_session(floor: Floor) -> None:
    floor.dispatch(Wipe(TICKET))
    assert floor.answers.get(timeout=5) == Answered(TICKET, Wiped())
    assert floor.done == ["wipe vault", "forget pages", "portal Wipe"]


def test_pages_are_forgotten_after_what_the_camera_s_worker_holds_has_been_put_down(floor: Floor) -> None:
    put_down = Event()
    floor.papers.do(lambda: floor.done.append("put down") if put_down.wait(5) else None)
    floor.dispatch(Wipe(TICKET))
    assert floor.done == ["wipe vault"]  # at once
    put_down.set()
    assert floor.answers.get(timeout=5) == Answered(TICKET, Wiped())
    assert floor.done == ["wipe vault", "put down", "forget pages", "portal Wipe"]


def test_the_end_of_a_visit_asks_nobody(floor: Floor) -> None:
    floor.dispatch(EndVisit(Ending.COMPLETED))
    assert floor.done == []


def test_who_goes_to_and_fro_before_the_mail_does_not_wait_for_every_asking() -> None:
    """Each waits ten seconds at the portal: a few of them, one after the other, were longer than any state waits."""
    asked: list[int] = []
    first, answered = Event(), Event()
    floor = Floor()

    def ask(request: AskRegistration) -> NumbersAccepted:
        asked.append(request.ticket.serial)
        first.set()
        assert answered.wait(5)
        return NumbersAccepted()

    mail: Worker[AskRegistration] = Worker("slow mail", Office(floor.answers.put, journal()[0], lambda: 0.0), ask)
    dispatch = replace(floor.dispatch, mail=mail)
    try:
        dispatch(AskRegistration(Ticket(1, 1)))
        assert first.wait(5)
        for serial in range(2, 9):
            dispatch(AskRegistration(Ticket(1, serial)))
        answered.set()
        assert [floor.answers.get(timeout=5).ticket.serial for _ in range(2)] == [1, 8]
        assert asked == [1, 8]
    finally:
        answered.set()
        mail.stop()
        assert mail.join(5)
        floor.close()
