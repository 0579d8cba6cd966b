"""What is particular to a USB camera: its sizes, its damaged frames, its hanging. Upon the staged device."""

import os
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from drivers.camera.fault import Fault
from drivers.camera.uvc import UvcCamera
from drivers.camera.v4l2 import MJPG, YUYV, offered
from kiosk.events import CameraBack, CameraLost
from kiosk.failures import DriverError
from kiosk.ports import CameraEvent
from tests.drivers.bench.world import soon
from tests.drivers.camera.conftest import RED, red
from tests.drivers.camera.staged import DEVICE, STAGED, Stage

if not STAGED:
    pytest.skip("in a process of its own: test_staged_device.py", allow_module_level=True)

FOCUS_AUTO, FOCUS_ABSOLUTE = 0x9A090C, 0x9A090A


@pytest.fixture
def stage() -> Stage:
    stage = Stage(Path(os.environ["VIDEO_STAGE"]))
    stage.clear()
    stage.plug()
    return stage


@pytest.fixture
def camera(stage: Stage) -> Iterator[UvcCamera]:
    camera = UvcCamera(DEVICE, focus=120)
    yield camera
    stage.hang(False)
    camera.leave()


def refused(camera: UvcCamera, *calls: str) -> Fault | None:
    """Each of these calls fails; the fault that was found last."""
    for call in calls:
        with pytest.raises(DriverError):
            getattr(camera, call)()
    return camera.fault


def test_the_device_is_asked_for_what_it_offers(stage: Stage) -> None:
    stage.show(red(320, 240), ((1280, 960), (4000, 3000)))
    stage.put("640x480.yuyv", bytes(640 * 480 * 2))
    modes = offered(DEVICE)
    assert [(mode.format, mode.width, mode.height) for mode in modes] == [
        (YUYV, 640, 480),
        (MJPG, 1280, 960),
        (MJPG, 4000, 3000),
    ]
    assert all(29 < mode.fps < 31 for mode in modes)


@pytest.mark.parametrize("size", [(1280, 960), (1920, 1080), (2592, 1944), (5000, 3500)], ids=str)
def test_any_resolution_that_it_offers_will_do(stage: Stage, camera: UvcCamera, size: tuple[int, int]) -> None:
    stage.show(red(320, 240), ((640, 480), size))
    camera.open()
    tall, wide = camera.still().shape[:2]
    assert (wide, tall) == size
    tall, wide = camera.preview().shape[:2]
    assert 500_000 < wide * tall < 1_310_000


def test_raw_frames_are_seen_in_their_colours(stage: Stage, camera: UvcCamera) -> None:
    yuyv = cv2.cvtColor(red(1600, 1200), cv2.COLOR_RGB2YUV_YUYV)
    stage.put("1600x1200.yuyv", yuyv.tobytes())
    camera.open()
    for frame in (camera.still(), camera.preview()):
        tall, wide = frame.shape[:2]
        assert np.abs(frame[tall // 2, wide // 2].astype(int) - RED).max() < 12
    assert camera.preview().shape == (600, 800, 3)


def test_the_focus_is_locked_and_never_sought(stage: Stage, camera: UvcCamera) -> None:
    stage.show(red(320, 240), ((1280, 960),))
    camera.open()
    assert stage.controls[:2] == [(FOCUS_AUTO, 0), (FOCUS_ABSOLUTE, 120)]
    assert all(value == 0 for control, value in stage.controls if control == FOCUS_AUTO)


@pytest.mark.parametrize("damage", ["cut", "empty", "other", "header"])
def test_a_frame_that_was_damaged_on_its_way_is_passed_over(stage: Stage, camera: UvcCamera, damage: str) -> None:
    stage.show(red(320, 240), ((1280, 960),))
    camera.open()
    whole = (stage.folder / "1280x960.jpg").read_bytes()
    spoilt = {
        "cut": whole[: len(whole) // 2],
        "empty": b"",
        "other": bytes(len(whole)),
        "header": whole[:2] + bytes(600) + whole[602:],
    }
    stage.put("1280x960.jpg", spoilt[damage])
    assert refused(camera, "preview") is Fault.SILENT
    stage.put("1280x960.jpg", whole)
    camera.open()
    assert camera.preview().shape == (960, 1280, 3)


def test_a_frame_that_is_padded_with_zeros_is_whole(stage: Stage, camera: UvcCamera) -> None:
    stage.show(red(320, 240), ((1280, 960),))
    stage.put("1280x960.jpg", (stage.folder / "1280x960.jpg").read_bytes() + bytes(700))
    camera.open()
    assert camera.still().shape == (960, 1280, 3)


def test_a_device_that_hangs_is_lost_in_bounded_time_and_heals(stage: Stage, camera: UvcCamera) -> None:
    heard: list[CameraEvent] = []
    camera.watch(heard.append)
    stage.show(red(320, 240), ((1280, 960),))
    camera.open()
    stage.hang()
    assert refused(camera, "preview", "still", "open", "open") is Fault.SILENT
    stage.hang(False)

    def opened() -> bool:
        try:
            camera.open()
        except DriverError:
            return False
        return True

    assert soon(opened)
    camera.preview()
    assert heard == [CameraLost(), CameraBack()]


def test_what_is_wrong_is_named(stage: Stage, camera: UvcCamera) -> None:
    assert refused(camera, "open") is Fault.UNFIT
    stage.unplug()
    assert refused(camera, "open") is Fault.ABSENT
    assert UvcCamera("/dev/null").fault is None
    assert refused(UvcCamera("/dev/null"), "open") is Fault.ABSENT


def test_a_camera_that_comes_back_with_other_sizes_is_taken_as_it_is(stage: Stage, camera: UvcCamera) -> None:
    stage.show(red(320, 240), ((1280, 960),))
    camera.open()
    stage.unplug()
    assert refused(camera, "preview") is Fault.ABSENT
    stage.clear()
    stage.show(red(320, 240), ((1600, 1200),))
    stage.plug()
    camera.open()
    assert camera.still().shape == (1200, 1600, 3)
