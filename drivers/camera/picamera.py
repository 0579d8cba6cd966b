"""A Raspberry Pi camera, through picamera2.

One configuration for preview and still, because a change of mode costs half a second and, repeated, memory: the main
stream has the sensor's full size, the `lores` stream is the preview. Focus is locked at a distance, never sought.
Everything is waited for with a bound; where nothing comes the camera is lost, is closed, and can be opened again.
picamera2 belongs to the Pi's system and is imported when opened.
"""

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import Any

import cv2
import numpy as np

from drivers.camera.fault import Fault
from kiosk.events import CameraBack, CameraLost
from kiosk.failures import DriverError, Failure
from kiosk.ports import CameraEvent, Frame

_FRAME_SECONDS = 1.0
_STILL_SECONDS = 5.0
_OPEN_SECONDS = 10.0
_PREVIEW_PIXELS = 1_000_000
_FAULTS = (RuntimeError, IndexError, OSError, TimeoutError)  # what picamera2 raises without a camera


class PiCamera:
    """A `kiosk.ports.Camera`. `focus` in dioptres (1 / distance in metres), None for a lens that is fixed."""

    def __init__(self, number: int = 0, focus: float | None = None) -> None:
        self.fault: Fault | None = None
        self._number = number
        self._focus = focus
        self._camera: Any = None
        self._preview = (0, 0)
        self._tell: Callable[[CameraEvent], None] = lambda _event: None
        self._lost = False

    def watch(self, tell: Callable[[CameraEvent], None]) -> None:
        """Tell when the camera is lost and when it is back, as calls find out."""
        self._tell = tell

    def open(self) -> None:
        """Configure once and start streaming; waits at most ten seconds."""
        if self._camera is not None:
            return
        try:
            self._camera, self._preview = _in_time(self._started, _stop)
        except ImportError as error:
            raise self._gone(Fault.LIBRARY) from error
        except _FAULTS as error:
            raise self._gone(Fault.SILENT if isinstance(error, TimeoutError) else Fault.ABSENT) from error
        self.fault = None
        if self._lost:
            self._lost = False
            self._tell(CameraBack())

    def close(self) -> None:
        """Stop streaming and give the camera back."""
        camera, self._camera = self._camera, None
        if camera is not None:
            _stop((camera, self._preview))

    def preview(self) -> Frame:
        """The next small frame."""
        yuv = np.ascontiguousarray(self._captured("lores", _FRAME_SECONDS))
        wide, tall = self._preview
        rgb = cv2.cvtColor(yuv[: tall * 3 // 2], cv2.COLOR_YUV2RGB_I420)  # its lines may be longer than the picture's
        return np.ascontiguousarray(rgb[:, :wide], np.uint8)

    def still(self) -> Frame:
        """The next full frame."""
        return np.ascontiguousarray(self._captured("main", _STILL_SECONDS)[:, :, :3])

    def leave(self) -> None:
        """For good."""
        self._tell = lambda _event: None
        self.close()

    def _started(self) -> tuple[Any, tuple[int, int]]:
        from picamera2 import Picamera2

        camera = Picamera2(self._number)
        try:
            still = camera.sensor_resolution
            preview = _preview_size(still)
            configuration = camera.create_still_configuration(
                main={"size": still, "format": "BGR888"},  # libcamera's name for bytes in the order R, G, B
                lores={"size": preview, "format": "YUV420"},
                buffer_count=3,
                queue=False,
                controls=self._controls(),
            )
            camera.configure(configuration)
            camera.start()
        except BaseException:
            camera.close()
            raise
        return camera, preview

    def _controls(self) -> dict[str, Any]:
        if self._focus is None:
            return {}
        from libcamera import controls

        return {"AfMode": controls.AfModeEnum.Manual, "LensPosition": self._focus}

    def _captured(self, stream: str, seconds: float) -> Any:
        if self._camera is None:
            raise self._gone(self.fault)
        try:
            job = self._camera.capture_array(stream, wait=False)
            return self._camera.wait(job, timeout=seconds)
        except _FAULTS as error:
            self.close()
            raise self._gone(Fault.SILENT if isinstance(error, TimeoutError) else Fault.ABSENT) from error

    def _gone(self, fault: Fault | None) -> DriverError:
        self.fault = fault
        if not self._lost:
            self._lost = True
            self._tell(CameraLost())
        return DriverError(Failure.CAMERA_LOST)


def _preview_size(still: tuple[int, int]) -> tuple[int, int]:
    """About 1 MP of the same shape, both sides even, as YUV420 wants them."""
    scale = min(1.0, (_PREVIEW_PIXELS / (still[0] * still[1])) ** 0.5)
    return round(still[0] * scale / 2) * 2, round(still[1] * scale / 2) * 2


def _in_time(
    start: Callable[[], tuple[Any, tuple[int, int]]], stop: Callable[[tuple[Any, tuple[int, int]]], None]
) -> tuple[Any, tuple[int, int]]:
    """What `start` returns or raises; TimeoutError where it takes longer, and then it is stopped when it has come."""
    begun: Future[tuple[Any, tuple[int, int]]] = Future()

    def work() -> None:
        try:
            camera = start()
        except BaseException as error:  # noqa: BLE001 - it is raised where the camera is waited for
            if begun.set_running_or_notify_cancel():
                begun.set_exception(error)
            return
        if begun.set_running_or_notify_cancel():
            begun.set_result(camera)
        else:
            stop(camera)

    Thread(target=work, name="picamera", daemon=True).start()
    try:
        return begun.result(_OPEN_SECONDS)
    except TimeoutError:
        if begun.cancel():
            raise
        return begun.result()  # it has come at the last moment


def _stop(started: tuple[Any, tuple[int, int]]) -> None:
    try:
        started[0].stop()
        started[0].close()
    except (RuntimeError, OSError):
        return  # it is gone already
