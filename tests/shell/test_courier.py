"""Submissions whose fate is open are settled in the background, by a process that knows the keys only."""

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest

from kiosk.events import Settled
from kiosk.failures import DriverError, Failure
from kiosk.portal_opening import PortalDoor
from kiosk.shell.courier import PAUSES, settle_all
from kiosk.shell.journal import Journal
from kiosk.shell.ledger import Ledger
from tests.drivers.portal.conftest import authority, world
from tests.drivers.portal.world import World, a_submission, nothing
from tests.shell.fakes import journal

__all__ = ["authority", "world"]

ROOT = Path(__file__).parents[2]
KEY, OTHER = "key-of-an-earlier-visit", "key-of-another-visit"
DEVICES = ("pygame", "numpy", "cv2", "smartcard", "screens", "drivers.card", "drivers.camera")


class Portal:
    """Stumbles over some keys, and is away for some rounds."""

    def __init__(self, *stumbles: str, away: int = 0) -> None:
        self.stumbles, self.away, self.asked = stumbles, away, list[str]()

    def settle(self, key: str) -> Settled:
        self.asked.append(key)
        if self.away:
            self.away -= 1
            raise DriverError(Failure.PORTAL_UNREACHABLE)
        if key in self.stumbles:
            raise DriverError(Failure.PORTAL_MALFORMED)
        return Settled(received=True)


class Rest:
    """Takes no time; tells how long it was to be. After `turns` the keeper is gone."""

    def __init__(self, turns: int = 99) -> None:
        self.turns, self.seconds = turns, list[float]()

    def __call__(self, seconds: float) -> bool:
        self.seconds.append(seconds)
        return len(self.seconds) <= self.turns


def left(folder: Path, *keys: str) -> Ledger:
    """A folder in which visits have left keys."""
    for key in keys:
        visit = Ledger(folder)
        visit.open(key)
        visit.abandon()
    return Ledger(folder)


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def told() -> tuple[Journal, list[str]]:
    return journal()


def test_every_key_is_settled_and_told(tmp_path: Path) -> None:
    written, lines = told()
    assert settle_all(left(tmp_path, KEY, OTHER), Portal().settle, written, Rest())
    assert names(tmp_path) == []
    assert lines == ["settled received"] * 2


def test_a_key_over_which_the_portal_stumbles_keeps_no_other_waiting(tmp_path: Path) -> None:
    written, lines = told()
    rest = Rest()
    assert not settle_all(left(tmp_path, KEY, OTHER), Portal(OTHER).settle, written, rest)
    assert names(tmp_path) == [OTHER]
    assert lines.count("settled received") == 1
    assert rest.seconds == list(PAUSES)
    assert sorted(PAUSES) == list(PAUSES)


def test_a_portal_that_comes_back_is_asked_again(tmp_path: Path) -> None:
    rest = Rest()
    assert settle_all(left(tmp_path, KEY), Portal(away=2).settle, told()[0], rest)
    assert names(tmp_path) == []
    assert len(rest.seconds) == 2


class StiffLedger(Ledger):
    """On a disk that lets nobody remove one key, or look, for a while."""

    def __init__(self, folder: Path, stiff: str, times: int) -> None:
        super().__init__(folder)
        self.stiff, self.times = stiff, times

    def close(self, key: str) -> None:
        self._creak(key)
        super().close(key)

    def orphans(self) -> Iterator[str]:
        self._creak("the folder")
        return super().orphans()

    def _creak(self, what: str) -> None:
        if what == self.stiff and self.times:
            self.times -= 1
            raise OSError(errno.EROFS, "personal words")


@pytest.mark.parametrize("stiff", [KEY, "the folder"])
def test_a_disk_that_takes_nothing_for_a_while_ends_no_errand(tmp_path: Path, stiff: str) -> None:
    left(tmp_path, KEY, OTHER)
    written, lines = told()
    rest = Rest()
    assert settle_all(StiffLedger(tmp_path, stiff, times=2), Portal().settle, written, rest)
    assert names(tmp_path) == []
    assert len(rest.seconds) == 2
    assert sum(line.startswith("fault in ledger: OSError at ") for line in lines) == 2
    assert "personal" not in " ".join(lines)


def test_a_disk_that_takes_nothing_ever_is_told_to_the_keeper(tmp_path: Path) -> None:
    left(tmp_path, KEY)
    assert not settle_all(StiffLedger(tmp_path, KEY, times=99), Portal().settle, told()[0], Rest())
    assert names(tmp_path) == [KEY]


def test_without_a_keeper_it_asks_no_more(tmp_path: Path) -> None:
    portal = Portal(away=99)
    assert not settle_all(left(tmp_path, KEY), portal.settle, told()[0], Rest(turns=1))
    assert portal.asked == [KEY, KEY]


def test_the_key_of_a_visit_that_is_under_way_is_not_asked_for(tmp_path: Path) -> None:
    visit, portal = Ledger(tmp_path), Portal()
    visit.open(KEY)
    assert settle_all(left(tmp_path, OTHER), portal.settle, told()[0], Rest())
    assert portal.asked == [OTHER]
    assert names(tmp_path) == [KEY]
    visit.close(KEY)


# --- the process --------------------------------------------------------------------------------------------------


@contextmanager
def courier(world: World, folder: Path, *words: str) -> Iterator["subprocess.Popen[str]"]:
    """`kiosk settle` as the keeper starts it, before the sandbox portal."""
    bench, box = folder / "bench", world.sandbox
    bench.mkdir()
    door = PortalDoor(box.url, str(box.ca_file), str(box.terminal_certificate), str(box.terminal_key))
    (bench / "portal.json").write_bytes(msgspec.json.encode(door))
    command = [*(words or (sys.executable, "-m", "kiosk")), "settle", "--simulate", "--keeper", str(os.getpid())]
    with subprocess.Popen(
        [*command, "--state-dir", str(folder), "--bench", str(bench)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT,
    ) as process:  # fmt: skip
        try:
            yield process
        finally:
            process.kill()


def test_what_was_received_and_never_answered_is_settled(world: World, tmp_path: Path) -> None:
    world.sandbox.lose_answer()
    ledger = left(tmp_path / "open", KEY, OTHER)
    with pytest.raises(DriverError):
        world.ready().submit(a_submission(), KEY, nothing)
    with courier(world, tmp_path) as process:
        said = process.communicate(timeout=30)[1]
        assert process.returncode == 0
    assert "settled received\n" in said
    assert "settled not received\n" in said
    assert list(ledger.orphans()) == []
    assert [row.key for row in world.sandbox.submissions] == [KEY]


def test_it_ends_with_the_keeper_while_it_waits_for_the_portal(world: World, tmp_path: Path) -> None:
    left(tmp_path / "open", KEY)
    world.sandbox.go_down()
    with courier(world, tmp_path) as process:
        assert process.stderr is not None
        assert process.stderr.readline().endswith("failure settling PORTAL_UNREACHABLE\n")
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(10) == 75
    assert names(tmp_path / "open") == [KEY]


def test_it_is_hardened_and_carries_no_device(world: World, tmp_path: Path) -> None:
    """Seen from within: the command itself, with a word more at its end."""
    program = (
        "import sys; from kiosk.__main__ import main; code = main(sys.argv[1:]);"
        "print([name for name in sys.modules if name.startswith(tuple(sys.argv[0:0] or DEVICES))]);"
        "import resource; print(resource.getrlimit(resource.RLIMIT_CORE)); sys.exit(code)"
    ).replace("tuple(sys.argv[0:0] or DEVICES)", repr(DEVICES))
    left(tmp_path / "open", KEY)
    with courier(world, tmp_path, sys.executable, "-c", program) as process:
        printed = process.communicate(timeout=30)[0].splitlines()
        assert process.returncode == 0
    assert printed == ["[]", "(0, 0)"]
