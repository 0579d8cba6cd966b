"""Where a password goes: into one VERIFY, and after the visit it is nowhere.

A whole visit to a card is made by a process of its own, through a real pcscd. Both are searched before the passwords
come, around each VERIFY, and when the traces are covered: a VERIFY is found by the first three in its place and by the
last nowhere, in no form of `traces.py`. For the digits alone each visit has passwords drawn by lot, and it is counted
whether they have come to stand somewhere since the passwords came, beside how many of all ten thousand numbers have.
"""

import os
import re
import secrets
import struct
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field

import pytest

from drivers.card import samples
from drivers.card.chip import Secret
from drivers.card.simulator import SimulatedReader
from kiosk.visit import Password
from tests.drivers.card.desk import HOLDER, credentials
from tests.drivers.card.jobs import PAIRS
from tests.drivers.card.pcscd import Pcscd
from tests.drivers.card.through_pcscd import ThroughPcscd
from tests.house.tree import ROOT
from tests.journeys.guest import Guest
from tests.journeys.memory import Search
from tests.journeys.password_desk import LEAKS
from tests.journeys.sieve import Sieve
from tests.journeys.terminal import Terminal, parent_of, until
from tests.journeys.traces import NUMBERS, Counts, Ints, Tally, chance_of, verify_body, verify_forms

only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root may look into the memory of other processes")

VISITS = 20
UNLIKELY = 1e-4  # for one kind of one holder; there are some twenty of these
DESK, PCSCD, TRACE = "desk", "pcscd", "trace"

Digits = Mapping[Password, str]


def drawn() -> Digits:
    """Both passwords of somebody, by lot."""
    return {password: f"{secrets.randbelow(NUMBERS):04}" for password in Password}


def needles(digits: Digits, ints: Ints | None = None) -> dict[str, tuple[bytes, ...]]:
    forms = {password: verify_forms(said, ints) for password, said in digits.items()}
    return {f"{password.name} {kind}": form for password, kinds in forms.items() for kind, form in kinds.items()}


@dataclass
class Visit:
    """One at a desk: what of its VERIFYs was found where it stood, and which numbers have come since it began."""

    digits: Digits
    found: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    before: dict[str, dict[str, Counts]] = field(default_factory=dict)
    after: dict[str, dict[str, Counts]] = field(default_factory=dict)

    def look(self, where: str, holders: Mapping[str, int], sieve: Sieve) -> None:
        """What stands in these processes now."""
        for name, pid in holders.items():
            search = Search(sieve)
            try:
                search.process(pid, name)
            except PermissionError:
                pytest.skip("this root may not look into the memory of other processes")
            assert search.size > 0
            self.found[where, name] = self.found.get((where, name), set()) | search.names(name)

    def count(self, where: str, holders: Mapping[str, int], ints: Ints) -> None:
        """The same, and all numbers."""
        for name, pid in holders.items():
            tally = Tally(needles(self.digits, ints), ints)
            self.look(where, {name: pid}, tally)
            (self.before if where == "b" else self.after)[name] = tally.counts

    def read(self, written: bytes) -> None:
        """What the desk wrote."""
        tally = Tally(needles(self.digits))
        self.found["c", TRACE] = tally.found_in(written)
        self.before[TRACE], self.after[TRACE] = {}, tally.counts


@contextmanager
def hall() -> Iterator[tuple[Pcscd, SimulatedReader]]:
    """A pcscd that lives through all visits, and a reader on it."""
    reader = SimulatedReader()
    with Pcscd(5) as pcscd, closing(ThroughPcscd(pcscd)) as through:
        through.slot_over(reader).look(None, 0)
        yield pcscd, reader


def visited(
    hall: tuple[Pcscd, SimulatedReader], pair: str = "best", leak: str = "nothing", gives_up: str = ""
) -> Visit:
    """A visit from its first look at the card to its end. Who gives up has the first password wrong and takes the card
    there: `j` after the refusal, `v` before the card can hear it.
    """
    pcscd, reader = hall
    visit = Visit(drawn())
    reader.become(PAIRS[pair])
    secret = {password: Secret(said.encode()) for password, said in visit.digits.items()}
    if gives_up:
        secret[Password.AUTHENTICATION] = Secret(b"none")
    reader.lay(samples.my_number_card(HOLDER, credentials(), *(secret[password] for password in Password)))
    words = [sys.executable, "-m", "tests.journeys.password_desk", leak]
    with (
        tempfile.TemporaryFile() as written,
        subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=written) as desk,
    ):
        try:
            stand(desk, pcscd.pid, visit, reader, gives_up)
            assert desk.wait(20) == 0
        finally:
            desk.kill()
        written.seek(0)
        visit.read(written.read())
    reader.take()
    return visit


def stand(desk: "subprocess.Popen[bytes]", pcscd: int, visit: Visit, reader: SimulatedReader, gives_up: str) -> None:
    """Look wherever the desk stands still."""
    assert desk.stdin is not None
    assert desk.stdout is not None
    told, says, holders = desk.stdin.fileno(), desk.stdout.fileno(), {DESK: desk.pid, PCSCD: pcscd}
    zero, one, last = struct.unpack("<3Q", os.read(says, 24))
    ints = Ints(zero, one - zero)
    assert last == zero + 255 * ints.step, "an interpreter that keeps its small numbers elsewhere"
    sieve = Sieve(needles(visit.digits, ints))
    first, second = (said.encode() for said in visit.digits.values())
    way = [("b", first), ("v", b""), ("a", second), ("v", b""), ("a", b""), ("j", b""), ("c", b"")]
    if gives_up:
        way[2:5] = [("a", b"")]
    for where, entered in way:
        assert os.read(says, 1) == where.encode()
        if where == gives_up:
            reader.take()
        if where in "bc":
            visit.count(where, holders, ints)
        else:
            visit.look(where, holders, sieve)
        os.write(told, b"." + entered)


def sent_and_gone(visit: Visit) -> None:
    """The VERIFYs stand where they must while they are sent, there in one form only, and afterwards nowhere."""
    verifies = {f"{password.name} raw" for password in Password}
    assert visit.found["v", DESK] == visit.found["a", DESK] == visit.found["a", PCSCD] == verifies
    gone = {stood: found for stood, found in visit.found.items() if stood[0] in "bjc"}
    assert not any(gone.values()), gone
    assert len(gone) == 7


def chances(visits: list[Visit]) -> dict[tuple[str, str], float]:
    """For each holder and kind of digits, how likely chance alone has so many passwords stand where none stood."""
    hits: defaultdict[tuple[str, str], int] = defaultdict(int)
    draws: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
    for visit in visits:
        for holder, kinds in visit.after.items():
            for kind, counts in kinds.items():
                came = counts > visit.before[holder].get(kind, 0)
                for digits in visit.digits.values():
                    hits[holder, kind] += bool(came[int(digits)])
                    draws[holder, kind].append(float(came.mean()))
    found = {who: chance_of(hits[who], draws[who]) for who in draws}
    for (holder, kind), chance in found.items():
        many = draws[holder, kind]
        print(f"{holder}, {kind}: {hits[holder, kind]} of {len(many)}, {sum(many):.3f} expected, p = {chance:.2g}")
    return found


def test_every_form_of_a_verify_is_found() -> None:
    ints = Ints(0x7F0000001000, 32)
    forms = verify_forms("4071", ints)
    around = os.urandom(64)
    for kind, many in forms.items():
        for form in many:
            assert kind in Sieve(forms).found_in(around + form + around)
    assert not Sieve(verify_forms("4072", ints)).found_in(b"".join(form for many in forms.values() for form in many))
    assert b"\0" + forms["raw"][1] == verify_body("4071", 0x98)


def test_digits_are_counted_in_every_width() -> None:
    ints = Ints(0x7F0000001000, 32)
    for width in (1, 2, 4, 8):
        said = b"".join(letter.to_bytes(width, "little") for letter in b"4071")
        tally = Tally(verify_forms("9999"), ints)
        assert tally.found_in(b"\xff" * 3 + said + b"\xff" * 3) == set()
        assert {name for name, counts in tally.counts.items() if counts[4071] == 1} == {f"letters of {width}"}
    tally = Tally(verify_forms("9999"), ints)
    tally.found_in(b"\xff" * 8 + ints.row(b"4071") + ints.row((4, 0, 7, 2)))
    assert (tally.counts["list of letters"][4071], tally.counts["list of values"][4072]) == (1, 1)


def test_chance_is_reckoned_exactly() -> None:
    assert chance_of(0, [0.5, 0.1]) == 1.0
    assert chance_of(1, [0.5, 0.1]) == pytest.approx(0.55)
    assert chance_of(2, [0.5, 0.1]) == pytest.approx(0.05)


@only_root
def test_a_password_is_gone_after_a_visit() -> None:
    with hall() as place:
        visits = [visited(place, pair) for pair in ("best", "neither")]
    for visit in visits:
        sent_and_gone(visit)
    assert min(chances(visits).values()) > UNLIKELY


@only_root
@pytest.mark.parametrize("taken", [pytest.param("v", marks=pytest.mark.sweep), "j"])
def test_a_password_is_gone_though_the_card_was_taken_before_anything_could_cover_it(taken: str) -> None:
    with hall() as place:
        visit = visited(place, gives_up=taken)
    assert visit.found["a", PCSCD] == {"AUTHENTICATION raw"}
    assert {where for where, found in visit.found.items() if found} == {("v", DESK), ("a", DESK), ("a", PCSCD)}


@only_root
@pytest.mark.sweep
def test_passwords_are_gone_after_many_visits() -> None:
    with hall() as place:
        visits = [visited(place, list(PAIRS)[number % len(PAIRS)]) for number in range(VISITS)]
    for visit in visits:
        sent_and_gone(visit)
    assert min(chances(visits).values()) > UNLIKELY


@only_root
@pytest.mark.sweep
def test_what_a_leaking_desk_keeps_is_found() -> None:
    with hall() as place:
        for leak in LEAKS.keys() - {"nothing", "digits"}:
            visit = visited(place, leak=leak)
            assert visit.found["c", DESK] == {f"{password.name} {leak}" for password in Password}, leak
        visits = [visited(place, leak="digits") for _ in range(4)]
        for visit in visits:
            sent_and_gone(visit)
        assert chances(visits)[DESK, "letters of 1"] < UNLIKELY


@only_root
@pytest.mark.sweep
def test_a_terminal_keeps_no_password(terminal: Terminal) -> None:
    """The bench plays the card; all other processes are searched while the visit goes on and after it."""
    terminal.await_stand_by()
    with terminal.hands() as hands, closing(Guest(terminal, hands)) as guest:
        who = {
            Password.AUTHENTICATION: guest.who.authentication_password,
            Password.ATTRIBUTES: guest.who.attributes_password,
        }
        sieve = Sieve(needles(who))
        visit = terminal.visits()[0]
        for part in guest.parts[:5]:
            part()
        assert searched(terminal, sieve).found == {}
        for part in guest.parts[5:]:
            part()
        guest.review()
        guest.hand_in()
        until(lambda: parent_of(visit) is None, "the end of the visit's process")
        assert searched(terminal, sieve).found == {}
    with terminal.journal.changed:
        journal = "\n".join(terminal.journal.lines)
    assert " stage Identity" in journal
    assert sieve.found_in(journal.encode()) == set()
    for digits in who.values():
        assert re.search(rf"(?<![\w.]){digits}(?!\w)", journal) is None


def searched(terminal: Terminal, sieve: Sieve) -> Search:
    """Keeper and visits, their memory and files."""
    search = Search(sieve)
    for pid in {terminal.keeper.pid, *terminal.children()} - {terminal.bench}:
        search.process(pid, str(pid))
    for file in terminal.folder.rglob("*"):
        if file.is_file():
            search.file(file)
    print(f"passwords: {search}", flush=True)
    return search
