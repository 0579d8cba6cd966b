"""The submission over lines that are cut anywhere, narrow, late and standing still: received once, or not at all and
said so.
"""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlsplit

import pytest

from drivers.portal.client import PortalClient
from drivers.portal.connection import LONGEST_QUEUE_BYTES, unacknowledged
from drivers.portal.https import ClientCertificate, HttpsTransport, Patience
from drivers.portal.line import Times
from kiosk.failures import DriverError, Failure
from kiosk.ports import Enclosure
from tests.drivers.portal.bad_line import NARROW_BYTES, BadLine, Way, bad_line
from tests.drivers.portal.world import ATTRIBUTES, CONTRACT, RECEIPT, World, a_page, a_submission, nothing

STEP = 4096
LONGEST_ANSWER = 4096  # with the handshake
NARROW = 128_000 / 8  # bytes a second
HALF_WAY = 0.3  # seconds: 600 ms there and back
PATIENT = Patience(connect=5.0, still=20.0, request=30.0, upload=900.0)


@dataclass
class Told:
    """What the terminal may say: received or not; `settled` where only the portal could tell."""

    received: bool
    key: str
    settled: bool = False


class Terminal:
    """A terminal behind a bad line, logged in, its papers ready."""

    def __init__(self, world: World, line: BadLine) -> None:
        box = world.sandbox
        identity = ClientCertificate(box.terminal_certificate, box.terminal_key)
        transport = HttpsTransport(line.url, box.ca_file, identity, PATIENT)
        self.world, self.line, self.transport = world, line, transport
        self.client = PortalClient(transport, Times(now=world.clock, rest=lambda _: None))
        world.clients.append(self.client)
        self.client.register("taro_kyosai@example.jp", self.client.terms().version)
        box.open_link(box.mailbox.mails()[-1])
        self.client.log_in(world.card.der, world.card.sign(self.client.challenge().challenge))
        self.client.send_attributes(ATTRIBUTES)
        self.client.check_numbers(CONTRACT, RECEIPT)

    def submit(self, page: Enclosure, key: str) -> Told:
        """As a visit does: an uncertain one is settled when the line is whole again."""
        try:
            self.client.submit(a_submission(page), key, nothing)
        except DriverError as error:
            self.line.cut.clear()
            if error.failure is not Failure.SUBMISSION_UNCERTAIN:
                return Told(False, key)
            return Told(self.client.settle(key).received, key, settled=True)
        self.line.cut.clear()
        return Told(True, key)

    def rows(self, key: str) -> int:
        return sum(row.key == key for row in self.world.sandbox.submissions)


@pytest.fixture
def terminal(world: World) -> Iterator[Terminal]:
    with ExitStack() as end:
        line = end.enter_context(bad_line(urlsplit(world.sandbox.url).port or 0))
        yield Terminal(world, line)


def page_of(size: int) -> Enclosure:
    return a_page(size, size)


def key_of(number: int) -> str:
    return f"{number:032x}"


def cut_and_judge(terminal: Terminal, page: Enclosure, way: Way, place: int, number: int) -> Told:
    terminal.line.cut[way] = place
    told = terminal.submit(page, key_of(number))
    assert terminal.rows(told.key) == int(told.received), f"cut {way.value} after {place}"
    if told.settled and not told.received:  # and then the same request arrives after all
        with pytest.raises(DriverError) as late:
            terminal.client.submit(a_submission(page), told.key, nothing)
        assert late.value.failure is Failure.SUBMISSION_NOT_RECEIVED
        assert terminal.rows(told.key) == 0
    return told


def judge_cuts(terminal: Terminal, size: int, uploads: int, answers: int) -> None:
    """Cut at every 4 kB of the upload, or at so many of these places, and at so many places of the answer."""
    page, places = page_of(size), [STEP * number for number in range(size // STEP + 9)]
    chosen = sorted(random.Random(6).sample(places, min(uploads, len(places))))
    received = [cut_and_judge(terminal, page, Way.UP, place, number).received for number, place in enumerate(chosen)]
    assert False in received
    there = range(0, LONGEST_ANSWER, LONGEST_ANSWER // answers)
    fates = [cut_and_judge(terminal, page_of(2000), Way.DOWN, place, 10**6 + place).received for place in there]
    print(f"\n{len(chosen)} cuts of the upload, {sum(received)} behind its end; {len(fates)} of the answer")
    assert set(fates) == {True, False}


def test_a_cut_anywhere_leaves_one_submission_or_none_and_says_so(terminal: Terminal) -> None:
    judge_cuts(terminal, 64 * STEP, uploads=24, answers=8)


@pytest.mark.sweep
def test_two_thousand_cuts_leave_one_submission_or_none_each(terminal: Terminal) -> None:
    judge_cuts(terminal, 1_900 * STEP, uploads=2_000, answers=128)


class Watch:
    """Hears the progress of an upload, and when."""

    def __init__(self, line: BadLine, begun: int) -> None:
        self._line, self._begun = line, begun
        self.queue: Callable[[], int] = lambda: 0
        self.longest_queue = 0
        self.moves: list[tuple[float, int, int]] = []  # when, bytes told, bytes that the proxy had taken

    def __call__(self, done: int, _whole: int) -> None:
        self.moves.append((time.monotonic(), done, self._line.passed[Way.UP] - self._begun))
        self.longest_queue = max(self.longest_queue, self.queue())

    @property
    def longest_still(self) -> float:
        times = [when for when, _, _ in self.moves]
        return max(after - before for before, after in pairwise(times))

    @property
    def told_too_early(self) -> int:
        """Bytes that were told as gone and had not arrived."""
        return max(done - taken for _, done, taken in self.moves)


def judge_narrow(terminal: Terminal, size: int, halts: int) -> None:
    """First cut, then brought over a line of 128 kbit/s with 600 ms there and back, that stands still for 1 to 3 s."""
    dice, line, page = random.Random(7), terminal.line, page_of(size)
    line.rate, line.delay = NARROW, HALF_WAY
    line.cut[Way.UP] = 40_000
    assert terminal.submit(page, key_of(1)) == Told(False, key_of(1), settled=True)

    begun = line.passed[Way.UP]
    places = sorted(begun + dice.randrange(size) for _ in range(halts))

    def halt(way: Way, passed: int) -> float:
        if way is Way.DOWN or not places or passed < places[0]:
            return 0.0
        places.pop(0)
        return dice.uniform(1.0, 3.0)

    line.halt = halt
    watch, started = Watch(line, begun), time.monotonic()
    watch.queue = lambda: unacknowledged(terminal.transport._newest) if terminal.transport._newest else 0
    assert terminal.client.submit(a_submission(page), key_of(2), watch).number
    seconds = time.monotonic() - started
    assert (terminal.rows(key_of(1)), terminal.rows(key_of(2)), places) == (0, 1, [])
    print(f"\n{size:,} bytes in {seconds:.0f} s with {halts} halts, longest still {watch.longest_still:.1f} s,")
    print(f"longest queue in this machine {watch.longest_queue:,} bytes")
    assert watch.longest_queue < 4 * LONGEST_QUEUE_BYTES
    assert watch.told_too_early <= 4 * NARROW_BYTES  # what lies in the proxy's own buffer is acknowledged
    assert watch.longest_still < 3.0 + 3.0  # a halt, and the pieces under way
    assert watch.moves[-1][1] >= size


def test_a_narrow_late_and_halting_line_brings_everything_and_tells_how_far(terminal: Terminal) -> None:
    judge_narrow(terminal, 300_000, halts=3)


@pytest.mark.sweep
def test_ten_megabytes_over_a_narrow_late_and_halting_line(terminal: Terminal) -> None:
    judge_narrow(terminal, 9_900_000, halts=30)
