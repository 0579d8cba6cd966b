"""Visitors in a row, each received by a process of its own: what outlives them, keeper and bench, must not grow.

`make sweep` receives a few, `make soak` as many as it is told (VISITS=1000). Most touch START and turn back, the next
ones before the stand-bys are complete again; some are killed; some make the whole visit with mail, card, paper and
submission. After every ten the terminal gets time to stand as at the beginning, and is counted.
"""

import os
import signal
import statistics
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import pytest

from tests.journeys.counts import descriptors, own_kilobytes, pss_kilobytes
from tests.journeys.guest import Guest, VisitGoneError
from tests.journeys.terminal import Terminal, living, parent_of, until, words_of

pytestmark = pytest.mark.sweep

VISITS = int(os.environ.get("VISITS", "24"))
COUNTED_EVERY = 10
KILLED_EVERY = 20
WHOLE_EVERY = 50
WARM_UP = 20  # visits after which what is made once has been made

MOST_GROWTH = 30.0
"""Kilobytes of the keeper's own memory per hundred visits, by a line through what was counted after the warm-up."""

_FEWEST = 100  # visits that tell growth from noise
_REST = 1.0
_TOLD, _KEPT = 30, 1000  # lines


@dataclass(frozen=True, slots=True)
class Count:
    """What there is when the wings are complete."""

    visit: int
    keeper_kb: int  # its share
    keeper_own_kb: int
    keeper_handles: int
    keeper_threads: int
    children: int  # with those that have ended and were not waited for
    bench_kb: int
    bench_handles: int
    bench_threads: int
    bench_files: int
    state_files: int

    @property
    def handles(self) -> tuple[int, ...]:
        """What must be the same every time."""
        return astuple(self)[3:6] + astuple(self)[7:]


def count(terminal: Terminal, visit: int) -> Count:
    """Now."""
    keeper, bench = terminal.keeper.pid, terminal.bench
    states = [folder for folder in terminal.folder.glob("kiosk-*") if folder != terminal.bench_folder]
    return Count(
        visit,
        pss_kilobytes(keeper),
        own_kilobytes(keeper),
        len(descriptors(keeper)),
        tasks(keeper),
        len(children(keeper)),
        pss_kilobytes(bench),
        len(descriptors(bench)),
        tasks(bench),
        files(terminal.bench_folder),
        sum(map(files, states)),
    )


def tasks(pid: int) -> int:
    return len(list(Path(f"/proc/{pid}/task").iterdir()))


def children(pid: int) -> list[str]:
    """As the kernel keeps them: also those that have ended and that nobody has waited for."""
    return [child for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()]


def files(folder: Path) -> int:
    """Without those that last from one visit to the next by intent: times of mails, refusals."""
    return sum(file.name not in {"mails", "refusals"} for file in folder.rglob("*"))


def settled(terminal: Terminal, visit: int) -> Count:
    """Counted twice alike: connections that have just ended need a moment on both sides."""
    terminal.await_wings()
    time.sleep(_REST)
    found = [count(terminal, visit)]

    def stands() -> bool:
        found.append(count(terminal, visit))
        time.sleep(_REST / 4)
        return found[-1].handles == found[-2].handles

    until(stands, "a terminal in which nothing moves")
    return found[-1]


def visit_once(terminal: Terminal, number: int) -> bool:
    """From START until the next one is received. Whether the guest did not slip: then the visit is killed there."""
    steady = True
    with terminal.hands() as hands, closing(Guest(terminal, hands)) as guest:
        if number % WHOLE_EVERY == 1:  # the first of all, too: what a whole visit makes once belongs to the warm-up
            steady = whole(guest)
        else:
            guest.begin()
        if not steady or number % KILLED_EVERY == 0:
            os.kill(terminal.visits()[0], signal.SIGKILL)
            guest.tidy()
        elif number % WHOLE_EVERY != 1:
            guest.turn_back()
    terminal.await_visit(number + 1)
    return steady


def go_on_without(terminal: Terminal, number: int) -> None:
    """A visit's process has ended by itself: say what was journaled, and let the next one come all the same."""
    print(f"visit {number} is gone:", *terminal.journal.lines[-_TOLD:], sep="\n  ", flush=True)
    terminal.await_visit(number + 1)
    with terminal.hands() as hands:
        hands.take_card()
        hands.take_paper()


def whole(guest: Guest) -> bool:
    """False where a guest who plays without eyes has missed a key on a busy machine, of which nobody tells them."""
    try:
        for part in (*guest.parts, guest.review, guest.hand_in):
            part()
    except AssertionError as slip:
        print(f"the guest slipped: {slip}", flush=True)
        return False
    return True


def forget(terminal: Terminal, kept: int) -> list[str]:
    """Old lines of the journal, through which every wait would look; those among them that warn."""
    with terminal.journal.changed:
        lines = terminal.journal.lines
        old = lines[: max(0, len(lines) - kept)]
        del lines[: len(old)]
    return [line for line in old if " WARNING " in line or " ERROR " in line]


def growth(counts: list[Count]) -> float:
    """Kilobytes of the keeper's own memory per hundred visits."""
    visits = [one.visit for one in counts]
    return statistics.linear_regression(visits, [one.keeper_own_kb for one in counts]).slope * 100


@pytest.fixture
def folder(terminal: Terminal) -> Iterator[Path]:
    """Where all the terminal's files lie. When it has ended, there are none, and none of its processes."""
    yield terminal.folder
    family = [pid for pid in living() if parent_of(pid) == terminal.keeper.pid]
    terminal.close()
    assert terminal.keeper.returncode == 0, terminal.journal.lines[-30:]
    assert [words_of(pid) for pid in living() if pid in family or str(terminal.folder) in words_of(pid)] == []
    assert list(terminal.folder.iterdir()) == []


def test_nothing_is_left_over_by_visits_in_a_row(terminal: Terminal, folder: Path) -> None:
    began, first = time.monotonic(), settled(terminal, 0)
    counts, slips, gone, warnings = [first], 0, list[int](), list[str]()
    print("\n" + " ".join(field.name for field in fields(Count)))
    print(*astuple(first), flush=True)
    for number in range(1, VISITS + 1):
        try:
            slips += not visit_once(terminal, number)
        except VisitGoneError:
            gone.append(number)
            go_on_without(terminal, number)
        if number % COUNTED_EVERY == 0 or number == VISITS:
            counts.append(settled(terminal, number))
            warnings += forget(terminal, _KEPT)
            print(*astuple(counts[-1]), f"{(time.monotonic() - began) / number:.2f} s a visit", flush=True)
    assert gone == [], "visits that ended by themselves"
    assert slips <= VISITS / WHOLE_EVERY / 4
    warm = [one for one in counts if one.visit >= WARM_UP] or counts[-1:]
    assert {one.handles for one in warm} == {warm[0].handles}
    assert warnings + forget(terminal, 0) == []
    if warm[-1].visit - warm[0].visit >= _FEWEST:
        slope = growth(warm)
        print(f"the keeper's own memory: {slope:+.1f} kB per 100 visits, over {warm[-1].visit - warm[0].visit}")
        assert slope <= MOST_GROWTH
