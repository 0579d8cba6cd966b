"""What holds in every test (see tests/guard.py); windows are SDL's own that nobody sees."""

import os
import sys
from collections.abc import Iterator

import hypothesis
import pytest

from tests.guard import left_running, network_guard, running

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

# The same examples every time, and no verdict by the clock of a busy machine.
hypothesis.settings.register_profile("house", deadline=None, derandomize=True)
hypothesis.settings.load_profile("house")

sys.addaudithook(network_guard)


@pytest.fixture(autouse=True)
def _nothing_left_running() -> Iterator[None]:
    """Every thread and child process that a test starts has ended when it is over."""
    before = running()
    yield
    assert left_running(before) == []
