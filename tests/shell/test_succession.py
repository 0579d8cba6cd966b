"""Who is on stage: the rules of the keeper as stories, and whatever happens in whatever order."""

import random
from itertools import pairwise

from kiosk.shell.company import (
    Died,
    FellSilent,
    Kill,
    News,
    Open,
    Passed,
    Phase,
    Stands,
    Start,
    Take,
    Told,
    VisitOver,
)
from kiosk.shell.succession import (
    BEAT_LATE,
    COVER_SECONDS,
    LIVED_WELL,
    REST_SECONDS,
    SHOW_LATE,
    START_LATE,
    UNSERVED_LATE,
    WAITING_WANTED,
    due,
    healthy,
    silent,
)
from kiosk.visit import Ending
from tests.shell.hall import Hall, serving


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


def test_the_next_hears_what_had_become_of_the_visit() -> None:
    serving().happens(Stands(1, None), Died(1)).did(Take(2, 2, None))
    serving().happens(Stands(1, Ending.COMPLETED), Died(1)).did(Take(2, 2, Ending.COMPLETED))
    serving().happens(Stands(1, None), Stands(1, Ending.BROKEN_OFF), Died(1)).did(Take(2, 2, Ending.BROKEN_OFF))
    serving().happens(Stands(1, Ending.COMPLETED)).later(BEAT_LATE).did(Take(2, 2, Ending.COMPLETED))
    serving().later(BEAT_LATE, submitting=True).did(Take(2, 2, Ending.FATE_UNKNOWN))


def test_a_kill_at_any_moment_of_a_hand_over_is_followed_at_once() -> None:
    serving().happens(Died(1), Died(2)).did(Take(2, 2, Ending.BROKEN_OFF), Take(3, 3, Ending.BROKEN_OFF))
    hall = serving().happens(Died(1), Told(2, Phase.SHOWN)).did(Take(2, 2, Ending.BROKEN_OFF), Open(2))
    hall.happens(Stands(2, None), Died(2)).did(Take(3, 3, None))
    hall = serving().happens(VisitOver(1, Ending.LEFT), Told(2, Phase.SHOWN)).did(Take(2, 2, Ending.LEFT))
    hall.happens(Died(2)).did(Take(3, 3, Ending.LEFT))


def test_the_wings_are_filled_one_after_the_other_when_the_visit_has_had_its_rest() -> None:
    hall = serving().lives(1, LIVED_WELL)
    hall.happens(Died(1), Told(2, Phase.SHOWN), Died(2), Told(3, Phase.SHOWN))
    hall.did(Take(2, 2, Ending.BROKEN_OFF), Open(2), Take(3, 3, Ending.BROKEN_OFF), Open(3))
    hall.later(REST_SECONDS - 0.1).did().later(0.1).did(Start(4, first=False))
    hall.later(1.0).did().happens(Told(4, Phase.WAITING)).did(Start(5, first=False))
    hall.happens(Told(3, Phase.SERVING), Told(5, Phase.WAITING)).later(BEAT_LATE - 0.1).did()


def test_when_all_are_gone_the_first_to_come_takes_the_stage_with_the_sentence() -> None:
    hall = serving().happens(Died(1), Died(2), Died(3))
    hall.did(Take(2, 2, Ending.BROKEN_OFF), Take(3, 3, Ending.BROKEN_OFF))
    assert not healthy(hall.company, hall.now)
    hall.later(due(hall.company) - hall.now).did(Start(4, first=True))
    hall.happens(Told(4, Phase.WAITING)).did(Take(4, 4, Ending.BROKEN_OFF))


def test_a_visit_that_is_not_heard_of_is_covered_and_ended() -> None:
    hall = serving()
    hall.later(BEAT_LATE - 0.1).happens(Told(1, Phase.SERVING)).later(BEAT_LATE - 0.1).did()
    assert silent(hall.company, hall.now) is None
    assert healthy(hall.company, hall.now)
    hall.later(0.2).did(Take(2, 2, Ending.BROKEN_OFF))
    hall.happens(Told(2, Phase.SHOWN)).later(COVER_SECONDS + 0.01).did(Kill(1))
    hall.happens(Died(1)).did(Open(2))


def test_a_stand_by_that_dies_is_replaced_when_the_visit_has_the_processor_no_longer_to_itself() -> None:
    hall = serving().later(REST_SECONDS + 1).happens(Told(1, Phase.SERVING), Died(2))
    hall.did(Start(4, first=False))
    assert hall.those(Phase.SERVING)
    hall.happens(Told(4, Phase.WAITING), Died(1)).did(Take(3, 2, Ending.BROKEN_OFF))


def test_a_start_that_never_ends_is_ended() -> None:
    hall = Hall().happens(Passed()).did(Start(1, first=True))
    hall.later(START_LATE).did(Kill(1), Start(2, first=False))


def test_a_successor_that_cannot_show_its_picture_is_passed_over() -> None:
    hall = serving().happens(VisitOver(1, Ending.LEFT)).did(Take(2, 2, Ending.LEFT))
    hall.later(SHOW_LATE).did(Kill(2), Take(3, 3, Ending.LEFT))
    hall.later(SHOW_LATE).did(Kill(3), Start(4, first=False))
    hall.happens(Told(4, Phase.WAITING)).did(Take(4, 4, Ending.LEFT))


def test_replacements_that_hang_one_after_the_other_are_not_healthy_for_ever() -> None:
    """What they all stand on hangs: the compositor, say. It is not healed by another process."""
    hall = serving()
    fed = [hall.now]
    while hall.now < fed[0] + 2 * UNSERVED_LATE:
        hall.later(max(0.1, due(hall.company) - hall.now))
        for act in tuple(hall.acts):
            match act:
                case Start(number=number):
                    hall.happens(Told(number, Phase.WAITING))
                case Kill(number=number):
                    hall.happens(Died(number))
                case Take() | Open() | _:
                    pass
        hall.acts.clear()
        if healthy(hall.company, hall.now):
            fed.append(hall.now)
    assert fed[0] + START_LATE < fed[-1] < fed[0] + UNSERVED_LATE


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


ON_STAGE = (Phase.SHOWING, Phase.SHOWN, Phase.SERVING)


class Chance:
    """Throws news at a hall: what could be told of whoever lives, sensible or not."""

    def __init__(self, seed: int) -> None:
        self.dice, self.hall = random.Random(seed), Hall().happens(Passed())
        self.alive: set[int] = set()
        self.open_to: set[int] = set()

    def look(self) -> None:
        """Who lives and who holds the devices, by what was done since the last look."""
        for act in self.hall.acts:
            match act:
                case Start(number=number):
                    self.alive.add(number)
                case Open(number=number):
                    assert not self.open_to & self.alive, "two hold the devices"
                    self.open_to.add(number)
                case Kill() | Take() | _:
                    pass
        self.hall.acts.clear()

    def throw(self) -> None:
        """One thing happens."""
        dice, hall = self.dice, self.hall
        if not self.alive or dice.random() < 0.2:
            seconds = dice.choice((0.05, 0.2, 0.5, 1.0)) if dice.random() < 0.95 else 6.0
            hall.later(seconds, submitting=dice.random() < 0.5)
            return
        number = dice.choice(sorted(self.alive))
        likely = Told(number, dice.choice((Phase.WAITING, Phase.SHOWN, Phase.SERVING)))
        odd = dice.choice((
            Told(number, dice.choice(list(Phase))), VisitOver(number, Ending.LEFT), Died(number, dice.random() < 0.5),
            Stands(number, dice.choice((None, *Ending))), FellSilent(number, dice.random() < 0.5),
        ))  # fmt: skip
        killed = any(child.number == number for child in hall.those(Phase.DYING))
        news: News = Died(number) if killed else likely if dice.random() < 0.9 else odd
        if isinstance(news, Died):
            self.alive.discard(number)
        hall.happens(news)


def test_whatever_happens_one_at_most_is_on_stage_and_somebody_comes() -> None:
    chance, followed, full = Chance(4), 0, 0
    hall = chance.hall
    for _ in range(20_000):
        chance.look()
        had = {child.number for child in hall.those(*ON_STAGE)}
        waited = {child.number for child in hall.those(Phase.WAITING)}
        chance.throw()
        staged, waiting = hall.those(*ON_STAGE), hall.those(Phase.WAITING)
        assert len(staged) <= 1
        assert len(waiting) + len(hall.those(Phase.STARTING)) <= WAITING_WANTED
        assert staged or not waiting, "somebody waits, and nobody was called"
        if waited and had - {child.number for child in staged}:  # whoever had the stage died, hung or has ended
            assert [act.number for act in hall.acts if isinstance(act, Take)] == [staged[0].number]
            assert staged[0].number in waited
            followed += 1
        full += len(waiting) == WAITING_WANTED
        assert due(hall.company) < float("inf") or hall.those(Phase.DYING)
    assert followed > 100
    assert full > 300
    assert len(chance.alive) <= 2 + WAITING_WANTED


def test_nobody_wakes_for_those_who_wait() -> None:
    """Only the beat of the visit on stage is waited for."""
    hall = serving()
    assert due(hall.company) == hall.those(Phase.SERVING)[0].beat + BEAT_LATE
