"""What every camera promises (`kiosk.ports.Camera`), whichever make it is."""

import threading
from pathlib import Path

import numpy as np
import pytest

from kiosk.events import CameraBack, CameraLost
from kiosk.failures import DriverError, Failure
from kiosk.ports import CameraEvent, Frame
from tests.drivers.bench.world import soon
from tests.drivers.camera.conftest import RED, World


def lost(world: World) -> None:
    """No call gives anything but the one failure."""
    for call in (world.camera.preview, world.camera.still):
        with pytest.raises(DriverError) as caught:
            call()
        assert caught.value.failure is Failure.CAMERA_LOST


def gives(world: World) -> bool:
    """Whether a preview comes."""
    try:
        world.camera.preview()
    except DriverError:
        return False
    return True


def middle(frame: Frame) -> Frame:
    tall, wide = frame.shape[:2]
    return frame[tall // 2 - 10 : tall // 2 + 10, wide // 2 - 10 : wide // 2 + 10].reshape(-1, 3)


def test_a_still_has_full_size_and_a_preview_about_a_megapixel_of_the_same_view(world: World) -> None:
    world.camera.open()
    still, preview = world.camera.still(), world.camera.preview()
    assert (still.shape[1], still.shape[0]) == world.still
    assert 500_000 < preview.shape[0] * preview.shape[1] < 1_500_000
    assert preview.shape[1] / preview.shape[0] == pytest.approx(world.still[0] / world.still[1], rel=0.01)
    for frame in (still, preview):
        assert frame.dtype == np.uint8
        assert frame.shape[2] == 3
        assert frame.flags.c_contiguous


def test_red_is_red(world: World) -> None:
    world.camera.open()
    for frame in (world.camera.still(), world.camera.preview()):
        assert np.abs(np.median(middle(frame), axis=0) / np.max(RED) - np.array(RED) / np.max(RED)).max() < 0.15


def test_it_may_be_opened_and_closed_twice_and_gives_nothing_while_closed(world: World) -> None:
    world.camera.open()
    world.camera.open()
    world.camera.preview()
    world.camera.close()
    world.camera.close()
    lost(world)
    world.camera.open()
    world.camera.preview()


def test_loss_and_return_are_told_once_and_heal_when_opened(world: World) -> None:
    heard: list[CameraEvent] = []
    world.camera.watch(heard.append)
    world.camera.open()
    for turn in range(2):
        world.unplug()
        assert soon(lambda: not gives(world))  # a frame that was on its way may still come
        lost(world)
        with pytest.raises(DriverError) as caught:
            world.camera.open()
        assert caught.value.failure is Failure.CAMERA_LOST
        assert soon(lambda turn=turn: heard == [CameraLost(), CameraBack()] * turn + [CameraLost()])  # type: ignore[misc]
        world.plug()
        world.camera.open()
        world.camera.preview()
        assert soon(lambda turn=turn: heard == [CameraLost(), CameraBack()] * (turn + 1))  # type: ignore[misc]


def test_who_has_left_is_told_nothing(world: World) -> None:
    heard: list[CameraEvent] = []
    world.camera.watch(heard.append)
    world.camera.open()
    world.camera.leave()
    world.unplug()
    world.plug()
    lost(world)
    assert heard == []


def test_opening_again_and_again_leaves_nothing_behind(world: World) -> None:
    def held() -> tuple[int, int]:
        return len(list(Path("/proc/self/fd").iterdir())), threading.active_count()

    def look() -> None:
        world.camera.open()
        world.camera.preview()
        world.camera.close()

    look()
    before = held()
    for _ in range(10):
        look()
    assert held() <= before
