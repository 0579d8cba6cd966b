"""A Raspberry Pi camera, through picamera2.

One configuration for preview and still, because a change of mode costs half a second and, repeated, memory: the main
stream has full size, the `lores` stream is the preview. Focus is locked at a distance, never sought. Frames are
waited for with a bound; where none comes the camera is lost, is closed, and can be opened again. picamera2 belongs to
the Pi's system and is imported when opened.
"""

from collections.abc import Callable
from typing import Any

import cv2
import numpy as np

from kiosk.events import CameraBack, CameraLost
from kiosk.failures import DriverError, Failure
from kiosk.ports import CameraEvent, Frame

_FRAME_SECONDS = 1.0
_STILL_SECONDS = 5.0


class PiCamera:
    """A `kiosk.ports.Camera`. `focus` in dioptres (1 / distance in metres), None for a lens that is fixed."""

    def __init__(
        self,
        number: int = 0,
        still: tuple[int, int] = (4056, 3040),
        preview: tuple[int, int] = (1024, 768),
        focus: float | None = None,
    ) -> None:
        self._number = number
        self._still = still
        self._preview = preview
        self._focus = focus
        self._camera: Any = None
        self._tell: Callable[[CameraEvent], None] = lambda _event: None
        self._lost = False

    def watch(self, tell: Callable[[CameraEvent], None]) -> None:
        """Tell when the camera is lost and when it is back, as calls find out."""
        self._tell = tell

    def open(self) -> None:
        """Configure once and start streaming."""
        if self._camera is not None:
            return
        try:
            self._camera = self._started()
        except (ImportError, RuntimeError, IndexError, OSError) as error:  # what picamera2 raises without a camera
            raise self._gone() from error
        if self._lost:
            self._lost = False
            self._tell(CameraBack())

    def close(self) -> None:
        """Stop streaming and give the camera back."""
        camera, self._camera = self._camera, None
        if camera is None:
            return
        try:
            camera.stop()
            camera.close()
        except (RuntimeError, OSError):
            return  # it is gone already

    def preview(self) -> Frame:
        """The next small frame."""
        yuv = self._captured("lores", _FRAME_SECONDS)
        wide, tall = self._preview
        return np.asarray(cv2.cvtColor(yuv[: tall * 3 // 2, :wide], cv2.COLOR_YUV2RGB_I420), np.uint8)

    def still(self) -> Frame:
        """The next full frame."""
        return np.ascontiguousarray(self._captured("main", _STILL_SECONDS)[:, :, :3])

    def leave(self) -> None:
        """For good."""
        self._tell = lambda _event: None
        self.close()

    def _started(self) -> Any:
        from picamera2 import Picamera2

        camera = Picamera2(self._number)
        try:
            configuration = camera.create_still_configuration(
                main={"size": self._still, "format": "BGR888"},  # libcamera's name for bytes in the order R, G, B
                lores={"size": self._preview, "format": "YUV420"},
                buffer_count=3,
                queue=False,
                controls=self._controls(),
            )
            camera.configure(configuration)
            camera.start()
        except BaseException:
            camera.close()
            raise
        return camera

    def _controls(self) -> dict[str, Any]:
        if self._focus is None:
            return {}
        from libcamera import controls

        return {"AfMode": controls.AfModeEnum.Manual, "LensPosition": self._focus}

    def _captured(self, stream: str, seconds: float) -> Any:
        if self._camera is None:
            raise DriverError(Failure.CAMERA_LOST)
        try:
            job = self._camera.capture_array(stream, wait=False)
            return self._camera.wait(job, timeout=seconds)
        except (RuntimeError, OSError, TimeoutError) as error:
            self.close()
            raise self._gone() from error

    def _gone(self) -> DriverError:
        if not self._lost:
            self._lost = True
            self._tell(CameraLost())
        return DriverError(Failure.CAMERA_LOST)
