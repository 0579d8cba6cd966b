"""Who is on stage: the rules of the keeper as stories, and whatever happens in whatever order."""

import random
from itertools import pairwise

from kiosk.shell.succession import (
    BEAT_LATE,
    COVER_SECONDS,
    REST_SECONDS,
    SHOW_LATE,
    START_LATE,
    Act,
    Company,
    Died,
    Kill,
    News,
    Open,
    Passed,
    Phase,
    Start,
    Take,
    Told,
    VisitOver,
    due,
    follow,
    healthy,
)
from kiosk.visit import Ending


class Hall:
    """The company, a clock, and what was done."""

    def __init__(self) -> None:
        self.company, self.now, self.acts = Company(), 0.0, list[Act]()

    def happens(self, *news: News) -> "Hall":
        for one in news:
            self.company, acts = follow(self.company, one, self.now)
            self.acts += acts
        return self

    def later(self, seconds: float) -> "Hall":
        self.now += seconds
        return self.happens(Passed())

    def did(self, *acts: Act) -> "Hall":
        assert self.acts == list(acts)
        self.acts.clear()
        return self


def serving() -> Hall:
    """Number 1 serves, number 2 waits."""
    hall = Hall().happens(Passed()).did(Start(1, first=True))
    hall.happens(Told(1, Phase.WAITING)).did(Take(1, 1, None))
    hall.happens(Told(1, Phase.SHOWN)).did(Open(1))
    hall.later(REST_SECONDS - 0.1).did().later(0.1).did(Start(2, first=False))
    return hall.happens(Told(1, Phase.SERVING), Told(2, Phase.WAITING)).did()


def test_an_orderly_hand_over_covers_the_old_window_before_it_goes() -> None:
    hall = serving().happens(VisitOver(1, Ending.COMPLETED))
    hall.did(Take(2, 2, Ending.COMPLETED))
    hall.happens(Told(2, Phase.SHOWN)).did()
    hall.later(COVER_SECONDS / 2).did()
    hall.later(COVER_SECONDS / 2 + 0.01).did(Kill(1))
    hall.happens(Died(1)).did(Open(2))


def test_a_crash_is_followed_at_once_and_told_to_the_next() -> None:
    serving().happens(Died(1)).did(Take(2, 2, Ending.BROKEN_OFF))
    serving().happens(Died(1, submitting=True)).did(Take(2, 2, Ending.FATE_UNKNOWN))


def test_a_visit_that_is_not_heard_of_is_covered_and_ended() -> None:
    hall = serving()
    hall.later(BEAT_LATE - 0.1).happens(Told(1, Phase.SERVING)).later(BEAT_LATE - 0.1).did()
    assert healthy(hall.company, hall.now)
    hall.later(0.2).did(Take(2, 2, Ending.BROKEN_OFF))
    hall.happens(Told(2, Phase.SHOWN)).later(COVER_SECONDS + 0.01).did(Kill(1))
    hall.happens(Died(1)).did(Open(2))


def test_a_stand_by_that_dies_is_replaced_when_the_visit_has_the_processor_no_longer_to_itself() -> None:
    hall = serving().later(REST_SECONDS + 1).happens(Told(1, Phase.SERVING), Died(2))
    hall.did(Start(3, first=False))
    assert any(child.phase is Phase.SERVING for child in hall.company.children)


def test_a_start_that_never_ends_is_ended() -> None:
    hall = Hall().happens(Passed()).did(Start(1, first=True))
    hall.later(START_LATE).did(Kill(1), Start(2, first=False))


def test_a_successor_that_cannot_show_its_picture_is_passed_over() -> None:
    hall = serving().happens(VisitOver(1, Ending.LEFT)).did(Take(2, 2, Ending.LEFT))
    hall.later(SHOW_LATE).did(Kill(2), Start(3, first=False))
    hall.happens(Told(3, Phase.WAITING)).did(Take(3, 3, Ending.LEFT))


def test_what_dies_young_again_and_again_is_started_ever_more_slowly() -> None:
    hall, starts = Hall().happens(Passed()), list[float]()
    for _ in range(12):
        (start,) = (act for act in hall.acts if isinstance(act, Start))
        starts.append(hall.now)
        hall.acts.clear()
        hall.happens(Died(start.number))
        if not hall.acts:
            hall.later(due(hall.company) - hall.now)
    gaps = [after - before for before, after in pairwise(starts)]
    assert gaps == sorted(gaps)
    assert gaps[-1] == 20


def test_whatever_happens_one_at_most_holds_the_devices_and_somebody_comes() -> None:
    dice = random.Random(4)
    hall, open_to = Hall().happens(Passed()), set[int]()
    alive: set[int] = set()
    for _ in range(20_000):
        for act in hall.acts:
            match act:
                case Start(number=number):
                    alive.add(number)
                case Open(number=number):
                    assert not open_to & alive, "two hold the devices"
                    open_to.add(number)
                case Kill() | Take():
                    pass
        hall.acts.clear()
        if not alive or dice.random() < 0.2:
            hall.later(dice.choice((0.05, 0.2, 1.0, 6.0)))
            continue
        number = dice.choice(sorted(alive))
        news: News = dice.choice((
            Told(number, dice.choice(list(Phase))), Told(number, Phase.WAITING), Told(number, Phase.SHOWN),
            Told(number, Phase.SERVING), VisitOver(number, Ending.LEFT), Died(number, dice.random() < 0.5),
        ))  # fmt: skip
        if isinstance(news, Died):
            alive.discard(number)
        hall.happens(news)
    assert len(alive) <= 4
    assert due(hall.company) < float("inf") or any(c.phase is Phase.DYING for c in hall.company.children)
