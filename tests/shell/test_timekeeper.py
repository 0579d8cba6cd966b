"""Timers are values: they begin when they first stand and are forgotten with their standing."""

from kiosk.events import TimerKind
from kiosk.flow.timeouts import Timer
from kiosk.shell.timekeeper import Timekeeper

PATIENCE = Timer(TimerKind.PATIENCE, 60, "Papers", restarts_on_touch=True)
DEADLINE = Timer(TimerKind.DEADLINE, 40, "7:0")
QUESTION = Timer(TimerKind.QUESTION, 30, "Papers")


class HandClock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def keeper(*timers: Timer) -> tuple[HandClock, Timekeeper]:
    clock = HandClock()
    time = Timekeeper(clock)
    time.follow(timers)
    return clock, time


def test_nothing_stands_nothing_is_due() -> None:
    _, time = keeper()
    assert time.sleep() is None
    assert time.elapsed() == []
    assert time.countdown() is None


def test_a_timer_elapses_once() -> None:
    clock, time = keeper(DEADLINE)
    clock.now += 39.9
    assert time.elapsed() == []
    clock.now += 0.1
    assert time.elapsed() == [TimerKind.DEADLINE]
    assert time.elapsed() == []
    assert time.sleep() is None


def test_a_timer_that_stands_on_keeps_its_beginning() -> None:
    clock, time = keeper(DEADLINE)
    clock.now += 30
    time.follow((DEADLINE, PATIENCE))
    assert time.sleep() == 10


def test_another_key_is_another_timer() -> None:
    clock, time = keeper(DEADLINE)
    clock.now += 30
    time.follow((Timer(TimerKind.DEADLINE, 40, "7:1"),))
    assert time.sleep() == 40


def test_a_timer_that_was_gone_begins_anew() -> None:
    clock, time = keeper(DEADLINE)
    clock.now += 30
    time.follow(())
    time.follow((DEADLINE,))
    assert time.sleep() == 40


def test_patience_counts_from_the_last_touch_and_a_deadline_does_not() -> None:
    clock, time = keeper(PATIENCE, DEADLINE)
    clock.now += 30
    time.touched()
    clock.now += 10
    assert time.elapsed() == [TimerKind.DEADLINE]
    clock.now += 50
    assert time.elapsed() == [TimerKind.PATIENCE]


def test_the_longest_overdue_comes_first() -> None:
    clock, time = keeper(PATIENCE, DEADLINE)
    clock.now += 100
    assert time.elapsed() == [TimerKind.DEADLINE, TimerKind.PATIENCE]


def test_only_a_question_is_counted_down_in_whole_seconds() -> None:
    clock, time = keeper(QUESTION)
    figures = []
    while not time.elapsed():
        figures.append(time.countdown())
        clock.now += time.sleep() or 0
    assert figures == list(range(30, 0, -1))
    assert clock.now == 1030
