"""What handing in 10 MB costs: processor, memory, bytes on the wire over bytes of papers. Figures, not verdicts."""

import json
from typing import Any
from urllib.parse import urlsplit

import pytest

from drivers.portal.sandbox import Sandbox
from tests.drivers.portal.bad_line import bad_line
from tests.drivers.portal.conftest import authority, world
from tests.drivers.portal.world import World
from tests.figures.tables import columns, table
from tests.journeys.applicant import applying

__all__ = ["authority", "world"]

pytestmark = pytest.mark.bench

RUNS = 5


def port_of(sandbox: Sandbox) -> int:
    return urlsplit(sandbox.url).port or 0


def handed_in(world: World) -> list[dict[str, Any]]:
    """Ours and the peer's, in a process of their own over a line that counts."""
    found = []
    with bad_line(port_of(world.sandbox)) as line, applying(world, "tests.figures.big_submission", url=line.url) as one:
        assert one.stdin is not None
        assert one.stdout is not None
        for _ in range(2):
            before = sum(line.passed.values())
            one.stdin.write("go\n")
            one.stdin.flush()
            document = json.loads(one.stdout.readline())
            found.append({**document, "wire": sum(line.passed.values()) - before})
    return found


def test_ten_megabytes(world: World) -> None:
    runs = [handed_in(world) for _ in range(RUNS)]
    rows: list[tuple[str, ...]] = [("", "processor s", "wall s", "peak MB above", "wire / papers")]
    for each in zip(*runs, strict=True):
        spent = [(one["processor"], one["wall"], one["kilobytes"] / 1000) for one in each]
        ratio = max(one["wire"] / one["payload"] for one in each)
        rows.append((each[0]["who"], *columns(spent), f"{ratio:.4f}"))
    table("A submission of 10 MB on loopback, through a proxy; wire: both ways, with TLS and HTTP, the most", rows)
    print(f"  progress told {runs[0][0]['moves']} times")
