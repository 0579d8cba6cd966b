"""An X server and a terminal before it, for each journey its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.glass import Glass, x_server
from tests.journeys.terminal import Terminal, running_terminal


@pytest.fixture
def glass(tmp_path: Path) -> Iterator[Glass]:
    """A glass that nobody paints on yet."""
    with x_server(tmp_path) as started:
        yield started


@pytest.fixture
def terminal(glass: Glass) -> Iterator[Terminal]:
    """A terminal whose first visit has begun."""
    with running_terminal(glass) as started:
        yield started
