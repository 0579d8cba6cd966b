"""A whole visit over a line of 128 kbit/s that answers 600 ms later and stands still now and then."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
import pytest

from kiosk.commands.bench_process import bench_process
from kiosk.portal_opening import PortalDoor, door_at
from tests.drivers.portal.bad_line import BadLine, Way, bad_line
from tests.journeys.test_stories import Journey

pytestmark = pytest.mark.sweep

NARROW, HALF_WAY = 128_000 / 8, 0.3
HALT_SECONDS, HALT_EVERY = 3.0, 100_000


@contextmanager
def behind_a_line(bench: Path, folder: Path) -> Iterator[tuple[Path, BadLine]]:
    """The same bench, whose portal is reached over a line that can be played with."""
    door = door_at(bench)
    with bad_line(urlsplit(door.url).port or 0) as line:
        folder.mkdir()
        for entry in bench.iterdir():
            (folder / entry.name).symlink_to(entry)
        (folder / "portal.json").unlink()
        narrowed: PortalDoor = msgspec.structs.replace(door, url=line.url)
        (folder / "portal.json").write_bytes(msgspec.json.encode(narrowed))
        yield folder, line


def test_a_whole_visit_over_a_narrow_line_ends_with_its_number(tmp_path: Path) -> None:
    with bench_process() as bench, behind_a_line(bench, tmp_path / "bench") as (folder, line):
        line.rate, line.delay = NARROW, HALF_WAY
        places = count(HALT_EVERY, HALT_EVERY)
        following = [next(places)]

        def halt(way: Way, passed: int) -> float:
            if way is Way.DOWN or passed < following[0]:
                return 0.0
            following[0] = next(places)
            return HALT_SECONDS

        line.halt = halt
        journey = Journey(tmp_path, folder)
        papers = msgspec.structs.replace(journey.settings.papers, bytes=350_000, aim_bytes=300_000)
        journey.settings = msgspec.structs.replace(journey.settings, papers=papers)
        outcome = journey.walk("applicant")
        assert outcome.reason == ""
        assert outcome.ended == "completed"
        took = {state["stage"]: state["stood_s"] for state in journey.document["states"]}
        print(f"\nsubmitted in {took['Submitting']:.0f} s")
        assert following[0] > HALT_EVERY
