"""Any people with any cards, in any order, at a reader on which anything may go wrong at any command: what must hold
after every step, and that all is well again as soon as nothing is in the way.

What must hold is in tests/drivers/card/onlooker.py. 5,000 steps here, 100,000 in `make sweep`.
"""

from collections import Counter
from datetime import timedelta
from typing import cast

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from drivers.card.faults import Fault
from drivers.card.pin_guard import Rules
from kiosk.events import AttributesRead, CardInspected, Signed
from kiosk.failures import DriverError
from kiosk.visit import Entry, Password, Tries
from tests.drivers.card.desk import CHALLENGE
from tests.drivers.card.hall import deck, left_on
from tests.drivers.card.jobs import PAIRS
from tests.drivers.card.onlooker import Onlooker

OF_ONE_STORY = 50  # steps
MINE, AGAIN = "the right ones", "those that were refused"
USABLE = ["FINE", "ANOTHER", "MISTYPED", "CORRECTING"]

cards = st.sampled_from([*USABLE, *USABLE, *USABLE, "LAST_TRY", *sorted(deck())])
passwords = st.sampled_from(Password)
digits = st.sampled_from([MINE, MINE, AGAIN, "1111", "2222", "4321"])
mostly = st.sampled_from([True, True, True, False])
seldom = st.sampled_from([False, False, False, True])


class Hall(RuleBasedStateMachine):
    """What happens to cards and reader, to processes and time; `seen`: the visit's watch looks at once. `done` counts
    the steps, and what came of requests.
    """

    def __init__(self, done: Counter[str]) -> None:
        super().__init__()
        self.hall = Onlooker()
        self.done = done
        self.done["steps"] -= 1  # the books are looked at once more than there are steps

    @rule(ask=st.booleans())
    def the_next_visitor_comes(self, ask: bool) -> None:
        self.hall.leave()
        self.hall.begin(Rules(spend_last_try=ask))

    @rule()
    def the_process_ends(self) -> None:
        self.hall.end_process()

    @rule(minutes=st.sampled_from([1, 1, 5, 20, 61]))
    def time_passes(self, minutes: int) -> None:
        self.hall.clock.now += timedelta(minutes=minutes)

    @rule(name=cards, seen=mostly, mute=seldom)
    def a_card_is_laid(self, name: str, seen: bool, mute: bool) -> None:
        """Perhaps in the place of another one, or the same one again."""
        self.hall.lay(name, mute=mute)
        self._seen(seen)

    @rule(seen=mostly)
    def the_card_is_taken(self, seen: bool) -> None:
        self.hall.take()
        self._seen(seen)

    @precondition(lambda self: self.hall.lying is not None)
    @rule(seen=mostly)
    def the_card_slips(self, seen: bool) -> None:
        name = self.hall.lying
        assert name is not None
        self.hall.take()
        self._seen(seen)
        self.hall.lay(name)
        self._seen(seen)

    @rule()
    def the_reader_is_unplugged(self) -> None:
        self.hall.reader.unplug()
        self.hall.see()

    @rule()
    def the_reader_is_plugged(self) -> None:
        self.hall.reader.plug()
        self.hall.see()

    @rule(name=st.none() | cards)
    def the_reader_s_software_starts_again(self, name: str | None) -> None:
        """Meanwhile the card may have been changed for another."""
        self.the_reader_is_unplugged()
        if name is not None:
            self.hall.lay(name)
        self.the_reader_is_plugged()

    @rule(pair=st.sampled_from(sorted(PAIRS)))
    def the_reader_takes_other_forms(self, pair: str) -> None:
        self.hall.reader.become(PAIRS[pair])

    @rule(at=st.integers(0, 25), fault=st.sampled_from(Fault), heard=st.booleans())
    def something_will_go_wrong(self, at: int, fault: Fault, heard: bool) -> None:
        self.hall.reader.fault_at(at, fault, heard=heard)

    @rule(at=st.integers(0, 12), heard=st.booleans())
    def the_process_will_end(self, at: int, heard: bool) -> None:
        self.hall.reader.end_process_at(at, heard=heard)

    @invariant()
    def the_books_are_in_order(self) -> None:
        self.done["steps"] += 1
        self.hall.check()

    def teardown(self) -> None:
        self.hall.leave()

    def _seen(self, seen: bool) -> None:
        if seen:
            self.hall.see()

    def _lay_if_none_is(self, name: str) -> None:
        self.the_reader_is_plugged()
        if self.hall.lying is None or self.hall.visit.stale is not None:
            self.the_card_is_taken(seen=True)
            self.a_card_is_laid(name, seen=True, mute=False)


class AnyVisit(Hall):
    """What visitors ask for meanwhile."""

    @rule()
    def the_card_is_looked_at(self) -> None:
        lying = self.hall.lying
        seen = self.hall.request(self.hall.visit.desk.card.inspect)
        if isinstance(seen, CardInspected):
            card = self.hall.lying_card()
            assert seen.tries == Tries(*(left_on(card, password) for password in Password))
            self.hall.visit.known = lying
        self._count(seen)

    @rule()
    def the_traces_are_covered(self) -> None:
        self.hall.request(self.hall.visit.desk.card.reread_certificate)

    @rule(password=passwords, count=st.integers(0, 3))
    def too_few_digits_are_confirmed(self, password: Password, count: int) -> None:
        assert isinstance(self._enter(password, "123"[:count], consented=True), DriverError | None)

    @rule(password=passwords, typed=digits, consented=st.booleans())
    def a_password_is_confirmed(self, password: Password, typed: str, consented: bool) -> None:
        """Whatever lies there, or nothing."""
        self._enter(password, self._meant(password, typed), consented=consented)

    @rule(name=cards, password=passwords, typed=digits, consented=st.booleans())
    def a_password_is_confirmed_for_a_card(self, name: str, password: Password, typed: str, consented: bool) -> None:
        """Which is laid if none lies there that may be read."""
        self._lay_if_none_is(name)
        self._enter(password, self._meant(password, typed), consented=consented)

    @rule(name=cards, password=passwords, wrong=st.permutations(["1111", "2222", "3333", "0000"]), again=st.booleans())
    def somebody_guesses(self, name: str, password: Password, wrong: list[str], again: bool) -> None:
        """And consents to everything."""
        self._lay_if_none_is(name)
        for typed in [*wrong, *wrong[: 2 * again]]:
            self._enter(password, typed, consented=True)

    @rule(now=seldom)
    def everybody_guesses(self, now: bool) -> None:
        """One after the other, until the hour is full."""
        if not now:
            self.done["steps"] -= 1
            return
        for name in USABLE:
            self.the_next_visitor_comes(ask=False)
            self.the_card_is_taken(seen=True)
            self.the_reader_is_plugged()
            self.a_card_is_laid(name, seen=True, mute=False)
            for password in Password:
                for typed in ("0000", "9999"):
                    self._enter(password, typed, consented=False)

    @rule(name=cards, password=passwords, heard=st.booleans(), fault=st.sampled_from([*Fault, None]))
    def something_goes_wrong_at_the_password(
        self, name: str, password: Password, heard: bool, fault: Fault | None
    ) -> None:
        """Or the process ends there: the first command of the visit, the second, or the third is the VERIFY."""
        self._lay_if_none_is(name)
        self.the_card_is_looked_at()
        for at in (2, 3):
            if fault is None:
                self.hall.reader.end_process_at(at, heard=heard)
            else:
                self.hall.reader.fault_at(at, fault, heard=heard)
            self._enter(password, "9999", consented=False)

    @rule(typed=digits)
    def both_are_confirmed_at_once(self, typed: str) -> None:
        """The technician's way."""
        given = {Password.AUTHENTICATION: typed, Password.ATTRIBUTES: MINE}
        hall = self.hall

        def enter(password: Password) -> Entry:
            return hall.confirms(password, self._meant(password, given[password]), consented=False)

        self._count(hall.request(lambda: hall.visit.desk.card.perform(CHALLENGE, enter)))

    @rule(first=cards, second=cards, looked=mostly)
    def the_card_is_changed_between_the_passwords(self, first: str, second: str, looked: bool) -> None:
        self._lay_if_none_is(first)
        self._enter(Password.AUTHENTICATION, self._meant(Password.AUTHENTICATION, MINE), consented=False)
        self.a_card_is_laid(second, seen=True, mute=False)
        if looked:
            self.the_card_is_looked_at()
        self._enter(Password.ATTRIBUTES, self._meant(Password.ATTRIBUTES, MINE), consented=False)

    @precondition(lambda self: self.hall.sound(USABLE))
    @rule(now=seldom)
    def nothing_is_in_the_way(self, now: bool) -> None:
        """The next visitor does the whole job, and nothing of it counts as refused."""
        hall = self.hall
        if not now:
            self.done["steps"] -= 1
            return
        hall.leave()
        hall.reader.forgive()
        hall.clock.now += timedelta(hours=2)
        hall.take()
        hall.reader.plug()
        hall.begin(Rules())
        hall.lay(hall.sound(USABLE)[0])
        hall.see()
        known = len(hall.refusals)
        self.the_card_is_looked_at()
        for password, outcome in ((Password.AUTHENTICATION, Signed), (Password.ATTRIBUTES, AttributesRead)):
            assert isinstance(self._enter(password, self._meant(password, MINE), consented=False), outcome)
        self.the_traces_are_covered()
        assert len(hall.refusals) == known

    def _meant(self, password: Password, typed: str) -> str:
        if typed == MINE:
            return self.hall.lying_card().digits[password] if self.hall.lying is not None else "1234"
        if typed != AGAIN:
            return typed
        refused = sorted(known[2] for known in self.hall.visit.refused if known[1] is password)
        return refused[0] if refused else "1111"

    def _enter(self, password: Password, typed: str, *, consented: bool) -> object:
        hall, desk = self.hall, self.hall.visit.desk.card
        entry = hall.confirms(password, typed, consented=consented)
        if password is Password.AUTHENTICATION:
            outcome: object = hall.request(lambda: desk.authenticate(entry, CHALLENGE, consented))
        else:
            outcome = hall.request(lambda: desk.read_attributes(entry, consented))
        self._count(outcome)
        return outcome

    def _count(self, outcome: object) -> None:
        self.done[outcome.failure.name if isinstance(outcome, DriverError) else type(outcome).__name__] += 1


def any_visits(stories: int, *, always_the_same: bool) -> Counter[str]:
    """So many stories, each of at most 50 steps; what came of them."""
    done: Counter[str] = Counter()
    run_state_machine_as_test(
        cast(type[RuleBasedStateMachine], lambda: AnyVisit(done)),  # it takes whatever makes one
        settings=settings(
            max_examples=stories,
            stateful_step_count=OF_ONE_STORY,
            suppress_health_check=[HealthCheck.too_slow],
            derandomize=always_the_same,
            database=None,
        ),
    )
    return done


@pytest.mark.usefixtures("quick_signatures")
def test_whatever_is_done_no_card_loses_more_than_its_owner_has_confirmed() -> None:
    done = any_visits(130, always_the_same=True)
    assert done["steps"] >= 5_000


@pytest.mark.sweep
@pytest.mark.usefixtures("quick_signatures")
def test_of_a_hundred_thousand_steps_none_costs_a_try() -> None:
    done = any_visits(2_500, always_the_same=False)
    print(f"\n{done}")
    assert done["steps"] >= 100_000
