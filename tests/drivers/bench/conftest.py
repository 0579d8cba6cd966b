"""A bench for each test, and its pages where a test wants them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.drivers.bench.world import Standing, standing


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Standing]:
    with standing(tmp_path / "bench") as stands:
        yield stands


@pytest.fixture
def paged(tmp_path: Path) -> Iterator[Standing]:
    with standing(tmp_path / "bench", page=True) as stands:
        yield stands
