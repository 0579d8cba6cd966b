"""Without the device, or without its library, a camera is a named failure, told once, and nothing hangs."""

import pytest

from drivers.camera.picamera import PiCamera
from drivers.camera.uvc import UvcCamera
from kiosk.events import CameraLost
from kiosk.failures import DriverError, Failure
from kiosk.ports import Camera, CameraEvent


@pytest.mark.parametrize(
    "camera",
    [UvcCamera("/dev/video-that-is-not-there"), UvcCamera("/dev/video77"), PiCamera(9)],
    ids=["named", "numbered", "pi"],
)
def test_an_absent_camera_is_lost(camera: Camera) -> None:
    heard: list[CameraEvent] = []
    camera.watch(heard.append)
    for _ in range(2):
        for call in (camera.open, camera.preview, camera.still):
            with pytest.raises(DriverError) as caught:
                call()
            assert caught.value.failure is Failure.CAMERA_LOST
    camera.close()
    assert heard == [CameraLost()]
