"""Whoever dies, hangs or ends: the next visitor finds a terminal that is ready, and nobody saw it blink.

The pictures are taken from outside of every process. A killed visit may leave the glass blank for a tenth of a second,
an orderly end and a hang not at all; within a second a true sentence stands. `make sweep` kills at fifty moments.
"""

import os
import random
import signal
import statistics
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field

import pytest

from kiosk.flow.attract import begin
from kiosk.flow.views import view
from kiosk.ports import Frame
from kiosk.settings import load
from kiosk.shell.current_pictures import CurrentPictures
from kiosk.shell.succession import WAITING_WANTED
from kiosk.visit import CardPlace, Ending, Health
from kiosk.wiring import rules_of
from screens.opening import open_window
from tests.journeys.glass import Eye
from tests.journeys.guest import Guest, VisitGoneError
from tests.journeys.terminal import Terminal, parent_of, until

pytestmark = pytest.mark.sweep  # minutes, and a machine of its own: times are what is shown

BLANK_AT_MOST = 0.1  # seconds, where a visit was killed
READY_AT_MOST = 1.0
LOOKS_A_SECOND = 100
PARTS = 10  # of the walk, from START to the number
GONE = r" process \d+ gone"
SAME = 0.985
"""So great a part of the picture: two sentences differ in more than three pixels of a hundred."""


@contextmanager
def guest(terminal: Terminal) -> Iterator[Guest]:
    with terminal.hands() as hands, closing(Guest(terminal, hands)) as visitor:
        yield visitor


def attract_picture(last: Ending | None) -> Frame:
    """What the next visitor finds."""
    settings = load(simulate=True)
    state = begin(1, rules_of(settings), Health(), CardPlace.ABSENT, tuple(range(10)), last)
    window = open_window(settings, CurrentPictures())
    try:
        window.show(view(state), state.preferences, None)
        return window.pixels()
    finally:
        window.close()


@dataclass(frozen=True, slots=True)
class Replaced:
    """Seconds: how long the glass was blank, when the true sentence stood, and the longest time that nobody looked."""

    blank: float
    ready: float
    unseen: float

    def __str__(self) -> str:
        return f"blank {self.blank * 1000:.0f} ms, true after {self.ready * 1000:.0f} ms"


def kill_and_watch(terminal: Terminal, eye: Eye, victim: int, true: Callable[[], Frame]) -> Replaced:
    """Kill who is on stage; `true` is asked for the picture that has to stand then when the victim is gone."""
    gone = terminal.journal.count(GONE)
    moment = time.monotonic()
    os.kill(victim, signal.SIGKILL)
    assert terminal.journal.await_line(GONE, gone + 1), "the keeper did not hear of its end"
    picture = true()
    until(lambda: terminal.glass.shows(picture, SAME), "the sentence about what was broken off", 20)
    return Replaced(eye.longest_blank(moment), time.monotonic() - moment, eye.longest_gap(moment))


def test_a_killed_visit_leaves_no_more_than_a_blink(terminal: Terminal) -> None:
    sentence = attract_picture(Ending.BROKEN_OFF)
    found = []
    with terminal.glass.watched() as eye:
        for _ in range(3):
            terminal.await_stand_by()
            with guest(terminal) as visitor:
                visitor.begin()
            visit = terminal.visit_number()
            found.append(kill_and_watch(terminal, eye, terminal.visits()[0], lambda: sentence))
            terminal.await_visit(visit + 1)
        assert eye.rate >= LOOKS_A_SECOND
    # One moment, on a machine that does something else meanwhile, proves nothing: the middle one counts.
    assert statistics.median(one.blank for one in found) <= BLANK_AT_MOST
    assert statistics.median(one.ready for one in found) <= READY_AT_MOST


def test_an_orderly_end_is_never_blank(terminal: Terminal) -> None:
    first = terminal.await_stand_by()
    with terminal.glass.watched() as eye, guest(terminal) as visitor:
        visitor.begin()
        visitor.turn_back()
        terminal.await_visit(2)
        assert terminal.visits()[0] == first
        assert terminal.glass.shows(attract_picture(Ending.LEFT))
        assert eye.longest_blank(0) == 0
        assert eye.rate >= LOOKS_A_SECOND


def test_a_visit_that_hangs_is_covered_and_replaced(terminal: Terminal) -> None:
    terminal.await_stand_by()
    with terminal.glass.watched() as eye, guest(terminal) as visitor:
        visitor.begin()
        hanging = terminal.visits()[0]
        os.kill(hanging, signal.SIGSTOP)
        terminal.await_visit(2)
        until(lambda: parent_of(hanging) is None, "the end of what hangs")
        assert terminal.glass.shows(attract_picture(Ending.BROKEN_OFF))
        assert eye.longest_blank(0) == 0


def test_a_killed_stand_by_is_replaced_and_nobody_sees_it(terminal: Terminal) -> None:
    stand_by = terminal.await_stand_by()
    on_stage = terminal.visits()[0]
    with terminal.glass.watched() as eye, guest(terminal) as visitor:
        visitor.begin()
        picture = visitor.picture()
        os.kill(stand_by, signal.SIGKILL)
        assert terminal.await_stand_by() != stand_by
        assert terminal.visits()[0] == on_stage
        assert terminal.glass.shows(picture)
        assert eye.longest_blank(0) == 0
    assert terminal.visit_number() == 1


def test_with_the_keeper_everybody_dies(terminal: Terminal) -> None:
    terminal.await_wings()
    children = terminal.children()
    assert set(children) >= {terminal.bench, *terminal.visits()}
    assert len(terminal.visits()) == 1 + WAITING_WANTED
    terminal.keeper.kill()
    until(lambda: all(parent_of(pid) is None for pid in children), "the end of every child")


def test_when_all_three_are_killed_at_once_the_terminal_comes_back_by_itself(terminal: Terminal) -> None:
    """Nobody waits: the glass is blank until another has started, and then says that it starts."""
    terminal.await_wings()
    sentence = attract_picture(Ending.BROKEN_OFF)
    with terminal.glass.watched() as eye, guest(terminal) as visitor:
        visitor.begin()
        moment = time.monotonic()
        for pid in terminal.visits():
            os.kill(pid, signal.SIGKILL)
        until(lambda: terminal.glass.shows(sentence, SAME), "the sentence about what was broken off")
        ready, blank = time.monotonic() - moment, eye.longest_blank(moment)
    terminal.await_wings()
    print(f"\nall three killed: blank {blank:.1f} s, sentence after {ready:.1f} s")
    assert len(terminal.visits()) == 1 + WAITING_WANTED


def test_a_dead_bench_is_not_the_end_of_the_glass(terminal: Terminal) -> None:
    """Only a simulating terminal has one; its visits find every device lost."""
    terminal.await_stand_by()
    with terminal.glass.watched() as eye:
        os.kill(terminal.bench, signal.SIGKILL)
        assert terminal.journal.await_line(" stage OutOfService$")
        assert eye.longest_blank(0) == 0


TOLD = {"Submitting": Ending.FATE_UNKNOWN, "Settling": Ending.FATE_UNKNOWN, "FateOpen": Ending.FATE_UNKNOWN}
TOLD |= dict.fromkeys(("Wiping", "Done", "Farewell", "Ended"), Ending.COMPLETED)  # no visitor here leaves before


@dataclass
class Moments:
    """Kills whoever is on stage and remembers how that went. `last` is how the visit before has ended."""

    terminal: Terminal
    eye: Eye
    pictures: dict[Ending | None, Frame]
    dice: random.Random
    last: Ending | None = None
    found: list[Replaced] = field(default_factory=list)

    def strike(self, visit: int, wait: float) -> None:
        """Kill whoever is on stage, which is visit `visit` if it has begun at all, after so many seconds."""
        victim = self.terminal.visits()[0]
        time.sleep(wait)
        one = kill_and_watch(self.terminal, self.eye, victim, lambda: self.pictures[self._true(visit)])
        stage = self.terminal.journal.last(rf" visit {visit} stage (\w+)$") or "Attract"
        self.found.append(one)
        told = self.last.name if self.last else "nothing"
        print(f"{len(self.found)}: visit {visit} killed at {stage}, told {told}: {one}", flush=True)

    def strike_while(self, part: Callable[[], None], visit: int, wait: float) -> None:
        """While the visitor goes on."""
        with ThreadPoolExecutor(1) as beside:
            struck = beside.submit(self.strike, visit, wait)
            with suppress(VisitGoneError):
                part()
            struck.result()

    def _true(self, visit: int) -> Ending | None:
        """What the next visitor has to be told."""
        stage = self.terminal.journal.last(rf" visit {visit} stage (\w+)$")
        if stage not in {"", "Attract"}:
            self.last = TOLD.get(stage, Ending.BROKEN_OFF)
        return self.last if self.last in {Ending.BROKEN_OFF, Ending.FATE_UNKNOWN} else None


def test_fifty_moments_of_the_walk(terminal: Terminal) -> None:
    """Killed anywhere from the attract screen to the number at the end, while the visitor goes on touching.

    After sixteen of them, when two wait in the wings, the successor is killed as well, within half a second of its
    first picture: its devices may not be open yet. What is true then is told by the last stage that the killed visit
    has journaled. Where nobody had begun, it is what stood there before: the attract screen, and the sentence that was
    still to be read. Up to the review nothing has been submitted (BROKEN_OFF). While the submission is on its way its
    fate is unknown (FATE_UNKNOWN). When it was received the attract screen alone stands: that nothing was submitted
    would be a lie.
    """
    dice = random.Random(3)
    pictures = {last: attract_picture(last) for last in (None, Ending.BROKEN_OFF, Ending.FATE_UNKNOWN)}
    ways = [dice.randrange(3) for _ in range(16)]  # no farther: the house asks for twenty mails an hour at most
    ways += [dice.randrange(3, PARTS) for _ in range(10)] + [PARTS - 1] * 8
    dice.shuffle(ways)
    with terminal.glass.watched() as eye:
        moments = Moments(terminal, eye, pictures, dice)
        for walk, way in enumerate(ways):
            twice = walk < 32 and walk % 2 == 0
            terminal.await_wings(2 if twice else 1)
            visit = killed_on_the_way(moments, way)
            if twice:
                visit += 1
                moments.strike(visit, dice.uniform(0, 0.5))
            terminal.await_visit(visit + 1)
        assert eye.rate >= LOOKS_A_SECOND
    found = moments.found
    print(f"blank: {spread([one.blank for one in found])}; true sentence: {spread([one.ready for one in found])}")
    print(f"longest time unseen: {max(one.unseen for one in found) * 1000:.0f} ms, {eye.rate:.0f} looks a second")
    assert len(found) == 50
    assert max(one.blank for one in found) <= BLANK_AT_MOST
    assert max(one.unseen for one in found) <= BLANK_AT_MOST
    assert max(one.ready for one in found) <= READY_AT_MOST


def killed_on_the_way(moments: Moments, way: int) -> int:
    """A visitor goes so many parts, and on; the visit is killed meanwhile. Its number."""
    with guest(moments.terminal) as visitor:
        *parts, last = (*visitor.parts, visitor.review, visitor.hand_in)
        assert len(parts) == PARTS - 1
        for part in parts[:way]:
            part()
        if way == PARTS - 1:
            visitor.hands.slow(1.0)  # else nothing would be on its way for long
        moments.strike_while((*parts, last)[way], visitor.visit, moments.dice.uniform(0, 1.5))
        visitor.hands.slow(0)
        visitor.tidy()
        return visitor.visit


def spread(seconds: list[float]) -> str:
    """In thousandths."""
    low, middle, high = min(seconds) * 1000, statistics.median(seconds) * 1000, max(seconds) * 1000
    return f"median {middle:.0f} ms, {low:.0f} to {high:.0f} ms"
