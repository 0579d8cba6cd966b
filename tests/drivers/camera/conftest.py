"""Each camera above a red paper, with the hands that its device has. The USB camera has a process of its own."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pytest

from drivers.camera.picamera import PiCamera
from drivers.camera.remote import RemoteCamera
from drivers.camera.simulator import SimulatedCamera, SimulatedTray
from drivers.camera.uvc import UvcCamera
from kiosk.ports import Camera, Frame
from tests.drivers.bench.world import standing
from tests.drivers.camera.staged import DEVICE, STAGED, Stage
from tests.drivers.camera.stand_in import Module, standing_in

RED = (200, 30, 40)


@dataclass(frozen=True)
class World:
    """A camera and its cable; `still` is the size that it should have."""

    camera: Camera
    still: tuple[int, int]
    unplug: Callable[[], None]
    plug: Callable[[], None]


def red(wide: int, tall: int) -> Frame:
    """A red paper in the middle of something dark."""
    picture = np.full((tall, wide, 3), 30, np.uint8)
    picture[tall // 4 : tall * 3 // 4, wide // 4 : wide * 3 // 4] = RED
    return picture


@contextmanager
def simulator(_folder: Path) -> Iterator[World]:
    tray = SimulatedTray()
    tray.lay(np.full((700, 500, 3), RED, np.uint8), dpi=60)
    yield World(SimulatedCamera(tray, frames_per_second=0), (4056, 3040), tray.unplug, tray.plug)


@contextmanager
def remote(folder: Path) -> Iterator[World]:
    file = folder / "red.png"
    cv2.imwrite(str(file), np.full((700, 500, 3), RED[::-1], np.uint8))
    with standing(folder / "bench") as bench:
        bench.hands.lay_paper(file)
        yield World(
            RemoteCamera(bench.folder / "camera.sock"),
            (4056, 3040),
            lambda: bench.hands.unplug("camera"),
            lambda: bench.hands.plug("camera"),
        )


@contextmanager
def pi(_folder: Path) -> Iterator[World]:
    module = Module(red(1152, 648))

    def cable(plugged: bool) -> None:
        module.plugged = plugged

    with standing_in(module):
        yield World(PiCamera(), (2304, 1296), lambda: cable(False), lambda: cable(True))
    assert module.open == 0


@contextmanager
def uvc(_folder: Path) -> Iterator[World]:
    stage = Stage(Path(os.environ["VIDEO_STAGE"]))
    stage.clear()
    stage.show(red(800, 600), ((1280, 960), (4000, 3000)))
    stage.plug()
    yield World(UvcCamera(DEVICE), (4000, 3000), stage.unplug, stage.plug)


@pytest.fixture(params=[uvc] if STAGED else [simulator, remote, pi], ids=lambda kind: kind.__name__)
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    with ExitStack() as end:
        world = end.enter_context(request.param(tmp_path))
        end.callback(world.camera.leave)
        yield world
