"""200,000 random events against `step`, with a world that answers its effects.

What is checked at every step is in `_check`; that the walk has been everywhere, and that the map says neither less nor
more than the walk saw, is checked at the end. The walk is seeded: a failure comes again.
"""

import random
from collections import Counter
from dataclasses import replace

import pytest

from kiosk import effects as do
from kiosk import events as on
from kiosk import states as at
from kiosk.flow.attract import begin
from kiosk.flow.step import Step
from kiosk.flow.timeouts import timers
from kiosk.flow.transitions import ANSWERS, MAP, Node, node, step
from kiosk.flow.views import view
from kiosk.states import Notice, Question, Rules, State
from kiosk.visit import CardPlace, Ending, Guidance, Health, Password, Sight
from tests.flow.visitor import device, go_on, hammer, time_passes
from tests.flow.world import World, foreign

EVENTS = 200_000
_HOME = (at.Attract, at.OutOfService, at.Ended)
_NOTICE = Notice("見本", "見本", "見本", "見本")


class Walk:
    """Visits one after another; counts where it has been."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.nodes: Counter[Node] = Counter()
        self.edges: Counter[tuple[Node, Node]] = Counter()
        self.sheets: Counter[at.Sheet] = Counter()
        self.visit = 0
        self.confirmed = 0
        self.tray_was_empty = False
        self.world = World(self.dice, {})
        self.state = self._begin()

    def run(self, events: int) -> None:
        for _ in range(events):
            self._happen(self._event())
            if isinstance(self.state.stage, at.Ended):
                self.state = self._begin()

    def _begin(self) -> State:
        self.visit += 1
        self.confirmed = 0
        self.tray_was_empty = False
        counters: tuple[int | None, ...] = (3, 3, 3, 3, 3, 3, 3, 2, 2, 1, 1, 0, None)
        self.world = World(self.dice, {password: self.dice.choice(counters) for password in Password})
        stale = self.dice.random() < 0.1
        self.world.place = CardPlace.STALE if stale else CardPlace.ABSENT
        rules = Rules(_NOTICE, ask_last_try=self.dice.random() < 0.6)
        health = Health(camera=self.dice.random() > 0.1)
        self.nodes[at.Attract if health.camera else at.OutOfService] += 1
        return begin(self.visit, rules, health, self.world.place, (3, 1, 4, 5, 9, 2, 6, 8, 7, 0))

    def _event(self) -> on.Event:
        chosen = self.dice.random()
        if self.nodes[node(self.state.stage)] < 1_000 and self.dice.random() < 0.1:
            return self._possible(device(self.state, self.dice))  # where the walk has seldom been, more goes wrong
        answer = self.world.answer(0.85, _waits_for(self.state)) if chosen < 0.7 else None
        if answer is not None:
            return answer
        if chosen < 0.93:
            return self._possible(go_on(self.state, self.dice))
        if chosen < 0.95:
            return hammer(self.state, self.dice)
        if chosen < 0.97:
            return self._possible(device(self.state, self.dice))
        if chosen < 0.978:
            return time_passes(self.state, self.dice)
        late = [told for told in self.world.answered if told.ticket != _waits_for(self.state)]
        return self.dice.choice(late) if late and chosen < 0.99 else foreign(self.dice, self.visit)

    def _possible(self, event: on.Event) -> on.Event:
        """A card cannot be laid onto another, nor taken from an empty reader."""
        match event:
            case on.CardLaid():
                if self.world.place is not CardPlace.ABSENT:
                    return on.Touched()
                self.world.lay()
            case on.CardTaken():
                if self.world.place is CardPlace.ABSENT:
                    return on.Touched()
                self.world.take()
            case on.ReaderLost() | on.ReaderBack():
                self.world.take()
            case _:
                pass
        return event

    def _happen(self, event: on.Event) -> None:
        before = self.state
        came = step(before, event)
        self._check(before, event, came)
        self.state = came.state
        self.nodes[node(came.state.stage)] += 1
        if came.state.sheet:
            self.sheets[came.state.sheet] += 1
        if node(before.stage) != node(came.state.stage):
            self.edges[node(before.stage), node(came.state.stage)] += 1

    def _check(self, before: State, event: on.Event, came: Step) -> None:
        state = came.state
        self._check_answers(before, event, came)
        self._check_card(before, event, came)
        self._check_covers(came)
        assert isinstance(state.stage, _HOME) or timers(state), f"{state.stage} may stand for ever"
        view(state)
        if self.dice.random() < 0.02 or node(state.stage) not in self.nodes:
            assert _leads_home(state), f"no way home from {state.stage}"
        self._check_tray(before, event, state)

    def _check_tray(self, before: State, event: on.Event, after: State) -> None:
        if isinstance(before.stage, at.Scanning | at.LetterReading):
            match event:
                case on.TraySeen(Sight(guidance=Guidance.LAY_A_PAPER)):
                    self.tray_was_empty = True
                case _ if node(after.stage) in (Question.PHOTOGRAPH, Question.READ_NUMBERS):
                    assert self.tray_was_empty, "a paper that lay there before is photographed"
        if isinstance(
            after.stage, at.Papers | at.PageLook | at.ContractEntry | at.ReceiptEntry | at.FieldEntry
        ):  # the next paper is another one
            self.tray_was_empty = False

    def _check_answers(self, before: State, event: on.Event, came: Step) -> None:
        if isinstance(event, on.Answered | on.Progressed) and event.ticket not in _waited_for(before):
            assert came == Step(before), "an answer is accepted that nobody waits for"

    def _check_covers(self, came: Step) -> None:
        for effect in came.effects:
            if isinstance(effect, do.Pack):
                pages = came.state.dossier.pages
                assert all(page.seen and not page.suspected and not page.reading for page in pages), (
                    "unseen, but packed"
                )
                assert [leaf.covers for leaf in effect.leaves] == [page.covers for page in pages], "a cover is lost"

    def _check_card(self, before: State, event: on.Event, came: Step) -> None:
        typed = before.stage if isinstance(before.stage, at.PasswordEntry) else None
        if typed and typed.count == 4 and event == on.Tapped(on.Action.NEXT) and before.sheet is None:
            self.confirmed += 1
        consented = isinstance(before.stage, at.PasswordEntry | at.Asking) and _consented(before)
        for effect in came.effects:
            self.world.take_up(effect, consented, before.rules.ask_last_try)
        assert len(self.world.verified) <= self.confirmed, "more is sent than was confirmed"
        assert (came.state.card is CardPlace.ABSENT) == (self.world.place is CardPlace.ABSENT)
        if isinstance(came.state.stage, at.Identity) and isinstance(before.stage, at.TakingCard):
            assert came.state.card is CardPlace.ABSENT, "the identity opens over a card"
        shown = view(came.state).view
        if isinstance(came.state.stage, at.PasswordEntry) and came.state.sheet is None:
            assert getattr(shown, "tries", None) == self.world.tries[came.state.stage.entry.password]


def _consented(state: State) -> bool:
    stage = state.stage
    origin = stage.origin if isinstance(stage, at.Asking) else stage
    return isinstance(origin, at.PasswordEntry) and origin.last_try_consented


def _waits_for(state: State) -> object:
    match state.stage:
        case at.Asking(ticket=ticket) | at.Submitting(ticket=ticket) | at.Wiping(ticket=ticket):
            return ticket
        case at.AwaitingMail(asked=ticket) | at.Settling(asked=ticket):
            return ticket
        case _:
            return None


def _waited_for(state: State) -> tuple[object, ...]:
    """Every ticket whose answer would be accepted."""
    stage = state.stage.of if isinstance(state.stage, at.Covering) else state.stage
    pages = (*state.dossier.pages, *((stage.page,) if isinstance(stage, at.PageCheck) else ()))
    return (_waits_for(state), *(ticket for page in pages for ticket in (page.reading, page.turning)))


def _leads_home(state: State) -> bool:
    """Nobody touches anything and no request is ever answered: do the timers alone lead home?"""
    for _ in range(40):
        if isinstance(state.stage, _HOME):
            return True
        state = step(state, on.Elapsed(timers(state)[0].kind)).state
    return False


@pytest.fixture(scope="module")
def walk() -> Walk:
    """One long walk, for all that is said about it."""
    walk = Walk(seed=20261124)
    walk.run(EVENTS)
    return walk


def test_a_long_random_walk_breaks_nothing_and_has_been_everywhere(walk: Walk) -> None:
    everywhere: set[Node] = (set(MAP) - {at.Asking}) | set(ANSWERS)
    print(f"{EVENTS} events, {walk.visit} visits; rarest:", *walk.nodes.most_common()[-3:])
    assert {str(place): walk.nodes[place] for place in everywhere if walk.nodes[place] < 50} == {}
    assert {sheet for sheet in at.Sheet if walk.sheets[sheet] < 100} == set()


def test_the_map_says_what_the_walk_saw(walk: Walk) -> None:
    rows: dict[Node, tuple[Node, ...]] = {stage: targets for stage, (_, targets) in MAP.items()}
    rows |= {question: targets for question, (_, targets) in ANSWERS.items()}
    said = {(a, b) for a, targets in rows.items() for b in targets if b is not at.Wiping and b != a}

    def seen() -> set[tuple[Node, Node]]:
        return {(a, b) for a, b in walk.edges if b is not at.Wiping and a is not at.Trouble}

    for _ in range(4):  # what is rare may want a longer walk
        if said - seen():
            walk.run(EVENTS // 4)
    assert seen() - said == set()
    assert said - seen() == set()


def test_a_visit_that_is_over_accepts_nothing() -> None:
    over = replace(Walk(seed=2).state, stage=at.Ended(Ending.LEFT))
    dice = random.Random(3)
    for _ in range(500):
        event = dice.choice((hammer, device, go_on))(over, dice)
        assert step(over, event) == Step(over)
