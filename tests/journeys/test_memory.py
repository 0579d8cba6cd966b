"""What a visitor gave is in the memory of their own process, and after the visit in nobody's.

The same search that finds name, address, mail address and papers during the visit finds them nowhere afterwards: in no
process of the terminal but the bench (it plays the visitor, the card, the portal and the phone), in no shared memory,
in no file. Only root may look; without the right the tests are skipped aloud.
"""

import os
import random
import secrets
import signal
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.journeys.guest import Guest
from tests.journeys.memory import found_in, found_in_files, great_pictures, in_every_encoding
from tests.journeys.terminal import Terminal, living, parent_of, until, words_of

pytestmark = [
    pytest.mark.sweep,  # minutes, and a machine of its own
    pytest.mark.skipif(os.geteuid() != 0, reason="only root may look into the memory of other processes"),
]

SHARED = Path("/dev/shm")


class Visit:
    """One whose mail address nobody ever had before.

    It is searched for in every process of the terminal, living or left over, in the X server and in the reader's
    daemon. Programs of this machine that have nothing to do with the terminal are left alone.
    """

    def __init__(self, terminal: Terminal, guest: Guest) -> None:
        self.terminal, self.guest = terminal, guest
        self.process = terminal.visits()[0]
        holder = guest.who.holder
        self.needles = {"name": in_every_encoding(holder.name), "address": in_every_encoding(holder.address)}
        self.needles["mail"] = in_every_encoding(guest.who.mail)
        for carried in found_in(terminal.visits()[1], self.needles):  # the simulators' own code names its sample people
            del self.needles[carried]

    def remember_papers(self) -> None:
        """Their bytes, as they stand in the visit now."""
        pictures = {str(number): (some,) for number, some in enumerate(great_pictures(self.process))}
        own = pictures.keys() - found_in(self.terminal.visits()[1], pictures)  # without those that the program carries
        assert own
        self.needles["papers"] = tuple(pictures[name][0] for name in own)

    def holders(self) -> dict[int, set[str]]:
        """Who holds what of it, apart from bench and tests."""
        found = {pid: found_in(pid, self.needles) for pid in self._family() - {self.terminal.bench}}
        return {pid: what for pid, what in found.items() if what}

    def written(self) -> dict[str, set[str]]:
        """Files in which something of it stands."""
        return found_in_files(SHARED, self.needles) | found_in_files(self.terminal.folder, self.needles)

    def _family(self) -> set[int]:
        folder, daemons = str(self.terminal.folder), ("/usr/sbin/pcscd", "pcscd")
        others = {pid for pid in living() if folder in words_of(pid) or words_of(pid).startswith(daemons)}
        return {self.terminal.keeper.pid, self.terminal.glass.pid, *self.terminal.children(), *others}


@pytest.fixture
def visit(terminal: Terminal) -> Iterator[Visit]:
    terminal.await_stand_by()
    with terminal.hands() as hands, closing(Guest(terminal, hands, mail=f"{secrets.token_hex(6)}@example.jp")) as guest:
        try:
            visit = Visit(terminal, guest)
            visit.holders()
        except PermissionError:
            pytest.skip("this root may not look into the memory of other processes")
        yield visit


def test_nothing_outlives_an_orderly_visit(visit: Visit) -> None:
    for part in visit.guest.parts:
        part()
    visit.remember_papers()
    assert visit.holders() == {visit.process: set(visit.needles)}
    assert visit.needles.keys() >= {"mail", "papers"}
    visit.guest.hand_in()
    await_end(visit)
    assert visit.holders() == {}
    assert visit.written() == {}


def test_nothing_outlives_a_killed_visit(visit: Visit) -> None:
    """After the card was read, wherever the visit stands then."""
    for part in visit.guest.parts[: random.Random().randrange(5, len(visit.guest.parts) + 1)]:
        part()
    assert visit.holders() == {visit.process: set(visit.needles)}
    os.kill(visit.process, signal.SIGKILL)
    await_end(visit)
    assert visit.holders() == {}
    assert visit.written() == {}


def await_end(visit: Visit) -> None:
    """Until the next visitor may come."""
    until(lambda: parent_of(visit.process) is None, "the end of the visit's process")
    visit.terminal.await_visit(2)
