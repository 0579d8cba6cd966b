"""What a visitor gave is in the memory of their own process, and after the visit in nobody's.

The same search that finds name, address, mail address and papers during the visit finds them nowhere afterwards: in no
process but the bench (it plays the visitor, the card, the portal and the phone) and the test itself, in no shared
memory, in no file. The visitor is somebody of whom nobody has heard before.

Searched is every process that the test or anything of it has started, however it has tried to get away (orphans come
back to the test), and the reader's daemon. What else runs on a machine has nothing to do with the terminal and is left
alone; on a machine, or in a namespace of processes, that has nothing else, KIOSK_SEARCH=machine searches all there is.
Only root may look; without the right the tests are skipped aloud.
"""

import ctypes
import os
import random
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import numpy as np
import pytest

from tests.house.tree import ROOT
from tests.journeys.guest import Guest, VisitGoneError
from tests.journeys.memory import Search, segments
from tests.journeys.sieve import Sieve
from tests.journeys.stranger import documents_of, picture_of, stranger, words_of
from tests.journeys.terminal import Terminal, living, parent_of, until

pytestmark = [
    pytest.mark.sweep,  # minutes, and a machine of its own
    pytest.mark.skipif(os.geteuid() != 0, reason="only root may look into the memory of other processes"),
]

KILLS = 5
WORDS = {"name", "address", "mail"}
DAEMONS = {"pcscd"}
COMMON = tuple(map(Path, ("/tmp", "/var/tmp", "/dev/shm")))
_PR_SET_CHILD_SUBREAPER = 36


class Stay:
    """One whose name, address and mail address nobody ever had before, and what is looked for of them."""

    def __init__(self, terminal: Terminal, guest: Guest) -> None:
        self.terminal, self.guest = terminal, guest
        self.process = terminal.visits()[0]
        self.needles = {**words_of(guest.who), **documents_of(guest.who)}
        self._segments = segments()
        self._entries = entries()
        self._began = time.time()

    def remember_picture(self) -> None:
        """What stands on the glass now, where it is this visitor's own."""
        pixels = np.ascontiguousarray(self.terminal.glass.pixels).view(np.uint8)
        self.needles["picture"] = picture_of(pixels.reshape(*self.terminal.glass.pixels.shape, 4), self.guest.picture())
        assert self.needles["picture"], "the glass does not show who this is"

    def of_visit(self, among: str = "") -> set[str]:
        """What the visit's process holds now, or those of its mappings that have a name like this."""
        search = Search(Sieve(self.needles))
        search.process(self.process, "visit", among)
        return search.names("visit")

    def search(self) -> Search:
        """Everybody, and shared memory."""
        names = {self.process: "visit", self.terminal.glass.pid: "x server", self.terminal.keeper.pid: "keeper"}
        search = Search(Sieve(self.needles))
        for pid in sorted(processes() - {os.getpid(), self.terminal.bench}):
            search.process(pid, names.get(pid, str(pid)))
        search.shared(self._segments)
        print(f"memory: {search}", flush=True)
        return search

    def written(self) -> Search:
        """Every file that the terminal could have written, and what it has journaled."""
        search = Search(Sieve(self.needles))
        for file in self._files():
            search.file(file)
        with self.terminal.journal.changed:
            journal = "\n".join(self.terminal.journal.lines).encode()
        assert search.sieve.found_in(journal) == set()
        print(f"files: {search}", flush=True)
        return search

    def _files(self) -> Iterator[Path]:
        """All beneath the terminal's own folders; elsewhere what is new, and in this checkout what has changed."""
        for folder in {self.terminal.folder, Path(os.environ["HOME"]), *(entries() - self._entries)}:
            yield from (file for file in (folder, *folder.rglob("*")) if file.is_file())
        for place, names, files in os.walk(ROOT):
            if ".git" in names:
                names.remove(".git")
            for file in (Path(place, name) for name in files):
                with suppress(OSError):
                    if file.stat().st_ctime >= self._began:
                        yield file


def entries() -> set[Path]:
    """What lies where everybody may write."""
    return {entry for folder in COMMON if folder.is_dir() for entry in folder.iterdir()}


def processes() -> set[int]:
    """Every process that is searched."""
    everybody = living()
    if os.environ.get("KIOSK_SEARCH") == "machine":
        return set(everybody)
    parents = {pid: parent_of(pid) for pid in everybody}
    kin = {os.getpid()}
    while more := {pid for pid, parent in parents.items() if parent in kin} - kin:
        kin |= more
    return kin | {pid for pid in everybody if name_of(pid) in DAEMONS}


def name_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text("utf-8", "replace").strip()
    except OSError:
        return ""


@pytest.fixture(autouse=True)
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Orphans come back to the test, and everybody's home is a folder of its own."""
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    libc = ctypes.CDLL(None, use_errno=True)
    assert libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0
    yield
    libc.prctl(_PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)


@contextmanager
def staying(terminal: Terminal) -> Iterator[Stay]:
    """Somebody new, before the attract screen."""
    terminal.await_stand_by()
    with terminal.hands() as hands:
        who = stranger(len(hands.visitors()) + 1)
        number = hands.invite(who.holder.name, who.holder.address, who.mail)
        with closing(Guest(terminal, hands, number, who)) as guest:
            stay = Stay(terminal, guest)
            try:
                before = stay.search()
            except PermissionError:
                pytest.skip("this root may not look into the memory of other processes")
            assert before.found == {}
            yield stay


def test_nothing_outlives_an_orderly_visit(terminal: Terminal) -> None:
    with staying(terminal) as stay:
        guest = stay.guest
        for part in guest.parts[:5]:
            part()
        stay.remember_picture()
        assert is_the_visits_alone(stay.search()) >= WORDS
        guest.give_numbers()
        guest.lay_paper()
        until(lambda: "preview" in stay.of_visit("memfd:frame"), "a camera's frame in the visit", 20)
        guest.keep_page()
        assert is_the_visits_alone(stay.search()) >= WORDS | {"page", "thumbnail"}
        guest.review()
        assert is_the_visits_alone(stay.search()) >= WORDS | {"page", "file"}
        guest.hand_in()
        nothing_is_left(stay, 1)


def test_nothing_outlives_a_killed_visit(terminal: Terminal) -> None:
    """After the mail address was typed, at any moment."""
    for visit in range(1, KILLS + 1):
        with staying(terminal) as stay:
            assert "mail" in killed_somewhere(stay)
            nothing_is_left(stay, visit)
            stay.guest.tidy()


def test_nothing_outlives_a_visit_that_hangs(terminal: Terminal) -> None:
    with staying(terminal) as stay:
        for part in stay.guest.parts:
            part()
        assert is_the_visits_alone(stay.search()) >= WORDS | {"page"}
        os.kill(stay.process, signal.SIGSTOP)
        nothing_is_left(stay, 1)


def is_the_visits_alone(search: Search) -> set[str]:
    """What the visit holds; beside it only the glass holds anything, and that its picture."""
    assert search.found.keys() <= {"visit", "x server"}
    assert search.names("x server") <= {"picture"}
    return search.names("visit")


def nothing_is_left(stay: Stay, visit: int) -> None:
    """When the next visitor may come, and once more when somebody stands by again."""
    until(lambda: parent_of(stay.process) is None, "the end of the visit's process")
    stay.terminal.await_visit(visit + 1)
    assert stay.search().found == {}
    stay.terminal.await_stand_by()
    assert stay.search().found == {}
    assert stay.written().found == {}


def killed_somewhere(stay: Stay) -> set[str]:
    """The visitor goes on until the visit is killed at a random moment; what it held in that moment."""
    dice = random.Random()
    parts = stay.guest.parts
    way = dice.randrange(3, len(parts))
    held: set[str] = set()

    def strike() -> None:
        os.kill(stay.process, signal.SIGSTOP)
        held.update(stay.of_visit())
        os.kill(stay.process, signal.SIGKILL)

    for part in parts[:way]:
        part()
    striking = threading.Timer(dice.uniform(0, 5), strike)
    striking.start()
    with suppress(VisitGoneError):
        for part in parts[way:]:
            part()
    striking.join()
    print(f"killed after {way} parts and a while, holding {sorted(held)}", flush=True)
    return held
