"""What the terminal's processes cost: start, hand-over, memory, and an attract screen at which nobody stands."""

import re
import statistics
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.journeys.glass import Glass, x_server
from tests.journeys.guest import Guest
from tests.journeys.terminal import Terminal, processor_seconds, running_terminal

pytestmark = pytest.mark.bench

IDLE_SECONDS = 60.0


def megabytes(pid: int) -> float:
    """Its proportional share of memory (PSS)."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
    found = re.search(r"^Pss: +(\d+) kB", rollup, re.MULTILINE)
    assert found is not None
    return int(found[1]) / 1024


def wakings(pid: int) -> int:
    """How often its threads have gone to sleep by themselves."""
    said = [task.read_text("ascii") for task in Path(f"/proc/{pid}/task").glob("*/status")]
    counts = (re.search(r"^voluntary_ctxt_switches:\s+(\d+)", text, re.MULTILINE) for text in said)
    return sum(int(count[1]) for count in counts if count)


def processes(terminal: Terminal) -> dict[str, int]:
    """By what they do, when everybody waits."""
    first, second = terminal.await_wings()
    wings = {"standing by first": first, "standing by second": second}
    return {"keeper": terminal.keeper.pid, "on stage": terminal.visits()[0], **wings, "bench": terminal.bench}


def cold_start(glass: Glass) -> tuple[float, float]:
    """Seconds to the first picture, and to the attract screen with its devices open."""
    before = time.monotonic()
    with running_terminal(glass) as terminal:
        begun = time.monotonic() - before
        assert terminal.first_picture is not None
        return terminal.first_picture, begun


def test_start(tmp_path: Path) -> None:
    found = []
    for run in range(5):
        folder = tmp_path / str(run)
        folder.mkdir()
        with x_server(folder) as glass:
            found.append(cold_start(glass))
    first, begun = (statistics.median(column) for column in zip(*found, strict=True))
    print(f"\nstart, cold: first picture {first:.2f} s, first visit begun {begun:.2f} s (medians of {len(found)})")


def test_hand_over(terminal: Terminal) -> None:
    found = []
    for _ in range(5):
        terminal.await_stand_by()
        visit = terminal.visit_number()
        with terminal.hands() as hands, closing(Guest(terminal, hands)) as guest:
            guest.begin()
            guest.turn_back()
            over = time.monotonic()
            terminal.await_visit(visit + 1)
            found.append(time.monotonic() - over)
    middle = statistics.median(found) * 1000
    print(f"\nhand-over: visit over to the next one begun {middle:.0f} ms (median of {len(found)})")


def test_memory(terminal: Terminal) -> None:
    found = processes(terminal)
    print("\nmemory (PSS): " + ", ".join(f"{name} {megabytes(pid):.0f} MB" for name, pid in found.items()))


def test_idle(terminal: Terminal) -> None:
    found = processes(terminal)
    before = {name: (processor_seconds(pid), wakings(pid)) for name, pid in found.items()}
    time.sleep(IDLE_SECONDS)
    after = {name: (processor_seconds(pid), wakings(pid)) for name, pid in found.items()}
    print(f"\nidle attract screen over {IDLE_SECONDS:.0f} s:")
    spent = {name: 100 * (after[name][0] - before[name][0]) / IDLE_SECONDS for name in found}
    for name in found:
        woken = (after[name][1] - before[name][1]) / IDLE_SECONDS
        print(f"  {name}: {spent[name]:.2f} % of a core, {woken:.1f} wakings a second")
    alone = sum(spent.values()) - spent["bench"]
    print(f"  together {alone:.2f} % of a core; with the bench {sum(spent.values()):.2f} %")
