"""A worker answers every request, whatever breaks, and nothing of what broke is told."""

import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from kiosk.effects import FetchTerms, InspectCard
from kiosk.events import Answered, CardInspected, Failed, Result
from kiosk.failures import DriverError, Failure
from kiosk.shell.workers import Office, Turn, Worker
from kiosk.visit import Ticket, Tries
from tests.shell.fakes import journal

INSPECTED = CardInspected(Tries(3, 3))


class Desk:
    """One worker, its answers and its journal."""

    def __init__(self, handle: Callable[[InspectCard], Result], turn: Turn | None = None) -> None:
        self.answers: queue.SimpleQueue[Answered] = queue.SimpleQueue()
        self.journal, self.lines = journal()
        self.worker = Worker("card", Office(self.answers.put, self.journal, lambda: 0.0), handle, turn)

    def answer(self) -> Answered:
        return self.answers.get(timeout=5)


@contextmanager
def desk(handle: Callable[[InspectCard], Result], turn: Turn | None = None) -> Iterator[Desk]:
    made = Desk(handle, turn)
    try:
        yield made
    finally:
        made.worker.stop()
        assert made.worker.join(5)


def test_requests_are_done_in_their_order_and_answered_by_ticket() -> None:
    with desk(lambda _request: INSPECTED) as made:
        for serial in (1, 2, 3):
            made.worker.ask(InspectCard(Ticket(1, serial)))
        assert [made.answer() for _ in range(3)] == [Answered(Ticket(1, serial), INSPECTED) for serial in (1, 2, 3)]


def test_a_drivers_failure_is_the_answer() -> None:
    def handle(request: InspectCard) -> Result:
        raise DriverError(Failure.CARD_PULLED)

    with desk(handle) as made:
        made.worker.ask(InspectCard(Ticket(1, 1)))
        assert made.answer().result == Failed(Failure.CARD_PULLED)


def test_whatever_else_breaks_is_internal_and_told_without_its_message() -> None:
    def handle(request: InspectCard) -> Result:
        raise KeyError("personal words of a visitor")

    with desk(handle) as made:
        for serial in (1, 2):
            made.worker.ask(InspectCard(Ticket(1, serial)))
            assert made.answer().result == Failed(Failure.INTERNAL)
    assert [line.partition(":")[0] for line in made.lines if "fault" in line] == ["fault in card"] * 2
    assert "KeyError at test_workers.py" in made.lines[0]
    assert "personal" not in "".join(made.lines)


def test_turns_are_taken_between_requests() -> None:
    turned = threading.Semaphore(0)

    def turn() -> float:
        turned.release()
        return 0.0

    with desk(lambda _request: INSPECTED, turn) as made:
        made.worker.do(lambda: None)
        assert all(turned.acquire(timeout=5) for _ in range(10))
        made.worker.ask(InspectCard(Ticket(1, 1)))
        assert made.answer().result == INSPECTED


def test_a_turn_that_breaks_is_taken_again_later_and_requests_go_on() -> None:
    def turn() -> float:
        raise DriverError(Failure.CAMERA_LOST)

    with desk(lambda _request: INSPECTED, turn) as made:
        made.worker.ask(InspectCard(Ticket(1, 1)))
        made.worker.ask(InspectCard(Ticket(1, 2)))
        assert [made.answer().ticket.serial for _ in range(2)] == [1, 2]
    assert "failure card CAMERA_LOST" in made.lines


def test_what_waits_is_forgotten_at_the_end_and_a_wedged_worker_is_left_alone() -> None:
    holding, release = threading.Event(), threading.Event()

    def handle(request: InspectCard) -> Result:
        holding.set()
        release.wait(10)
        return INSPECTED

    made = Desk(handle)
    made.worker.ask(InspectCard(Ticket(1, 1)))
    assert holding.wait(5)
    made.worker.ask(InspectCard(Ticket(1, 2)))
    made.worker.stop()
    assert not made.worker.join(0.01)
    release.set()
    assert made.worker.join(5)
    assert made.answers.qsize() == 1


def test_the_time_that_an_answer_took_is_journaled_by_kind() -> None:
    answers: queue.SimpleQueue[Answered] = queue.SimpleQueue()
    book, lines = journal()
    ticks = iter((10.0, 12.5))
    worker: Worker[FetchTerms] = Worker("portal", Office(answers.put, book, lambda: next(ticks)), lambda _: INSPECTED)
    worker.ask(FetchTerms(Ticket(1, 1)))
    answers.get(timeout=5)
    worker.stop()
    assert worker.join(5)
    assert lines == ["took FetchTerms 2.50 s"]
