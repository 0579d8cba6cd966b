"""Still after still, with the cable pulled again and again: every loss heals, and memory stays flat."""

import os
from pathlib import Path

import pytest

from kiosk.failures import DriverError
from tests.drivers.bench.world import soon
from tests.drivers.camera.conftest import World

MEGABYTE = 1 << 20


def resident() -> int:
    """Bytes of this process in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def heals(world: World) -> bool:
    """Opened as the live view does it, until it is there."""

    def opened() -> bool:
        try:
            world.camera.open()
        except DriverError:
            return False
        return True

    return soon(opened)


def gives(world: World) -> bool:
    """Whether a still comes."""
    try:
        world.camera.still()
    except DriverError:
        return False
    return True


def capture(world: World, captures: int, pull_every: int) -> tuple[int, list[int]]:
    """How often it healed, and the memory after each capture."""
    healed, seen = 0, []
    world.camera.open()
    for number in range(1, captures + 1):
        world.camera.preview()
        assert world.camera.still().shape[1::-1] == world.still
        seen.append(resident())
        if number % pull_every == 0:
            world.unplug()
            assert soon(lambda: not gives(world))  # a frame that was on its way may still come
            world.plug()
            healed += heals(world)
    return healed, seen


def grown(seen: list[int]) -> float:
    """Megabytes between the highest of the second and of the last quarter; the first one warms up."""
    part = len(seen) // 4
    return (max(seen[-part:]) - max(seen[part : 2 * part])) / MEGABYTE


def test_twenty_captures_and_four_lost_cables(world: World) -> None:
    healed, seen = capture(world, captures=20, pull_every=5)
    assert healed == 4
    assert grown(seen) < 40  # one still


@pytest.mark.sweep
def test_a_thousand_captures_and_a_lost_cable_every_fifty(world: World) -> None:
    healed, seen = capture(world, captures=1000, pull_every=50)
    print(f"\n{type(world.camera).__name__}: 1000 captures, {healed} of 20 losses healed, memory {grown(seen):+.1f} MB")
    assert healed == 20
    assert grown(seen) < 8
