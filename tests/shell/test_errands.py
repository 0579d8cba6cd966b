"""When a courier is sent and recalled: the rule as stories, and against whatever happens."""

import random
from itertools import pairwise

from kiosk.shell.errands import LONGEST_SECONDS, PAUSES, Errands, Order, came_back, due, looked, visit_gone

NEVER = float("inf")


def test_the_keeper_looks_when_it_begins() -> None:
    assert due(Errands()) == 0
    assert looked(Errands(), open_=False, now=0) == (Errands(look_at=None), None)
    assert looked(Errands(), open_=True, now=0) == (Errands(look_at=None, sent_at=0), Order.SEND)


def test_while_nothing_is_open_nobody_looks_until_a_visit_has_gone() -> None:
    quiet = Errands(look_at=None)
    assert due(quiet) == NEVER
    assert due(visit_gone(quiet, now=7)) == 7


def test_who_is_on_the_way_is_waited_for() -> None:
    sent, _ = looked(Errands(), open_=True, now=0)
    assert due(visit_gone(sent, now=7)) == LONGEST_SECONDS
    assert due(came_back(sent, open_=True, now=8)) == 8 + PAUSES[0]
    assert due(came_back(sent, open_=False, now=8)) == NEVER


def test_who_stays_away_for_too_long_is_recalled() -> None:
    sent, _ = looked(Errands(), open_=True, now=0)
    hanging, order = looked(sent, open_=True, now=LONGEST_SECONDS)
    assert order is Order.RECALL
    assert due(came_back(hanging, open_=True, now=LONGEST_SECONDS)) == LONGEST_SECONDS + PAUSES[0]


def test_errands_in_vain_follow_one_another_ever_more_slowly() -> None:
    errands, now, sent = Errands(), 0.0, list[float]()
    for _ in range(12):
        now = due(errands)
        errands, order = looked(errands, open_=True, now=now)
        assert order is Order.SEND
        sent.append(now)
        errands = came_back(errands, open_=True, now=now)
    gaps = [after - before for before, after in pairwise(sent)]
    assert gaps == sorted(gaps)
    assert gaps[-1] == PAUSES[-1]


def test_one_that_settles_all_makes_the_next_pause_short_again() -> None:
    errands = Errands(look_at=0, in_vain=5)
    errands, _ = looked(errands, open_=True, now=0)
    errands = came_back(came_back(errands, open_=False, now=1), open_=True, now=2)
    assert due(errands) == 2 + PAUSES[0]


def test_whatever_happens_one_at_most_is_on_the_way_and_no_key_is_forgotten() -> None:
    dice = random.Random(11)
    errands, now, away, open_ = Errands(), 0.0, False, True
    for _ in range(20_000):
        now = min(now + dice.uniform(0, 60), max(now, due(errands)))
        match dice.randrange(3):
            case 0:
                open_ = open_ or dice.random() < 0.3
                errands = visit_gone(errands, now)
            case 1 if away:
                away, open_ = False, open_ and dice.random() < 0.5
                errands = came_back(errands, open_, now)
            case _ if now >= due(errands):
                errands, order = looked(errands, open_, now)
                assert not (order is Order.SEND and away)
                away = away or order is Order.SEND
            case _:
                pass
        assert (errands.sent_at is not None) == away
        assert due(errands) < NEVER or not open_
        assert due(errands) - now <= max(LONGEST_SECONDS, PAUSES[-1]) or not open_
