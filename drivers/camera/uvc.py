"""A USB document camera over V4L2 (UVC), streamed by OpenCV at the best size that it offers (`drivers.camera.v4l2`).

One stream at one size serves preview and still, so that nothing is switched while a visitor waits. Frames are kept as
they come, compressed: a preview is decoded at a half, a quarter or an eighth of the size, which costs a fraction of the
whole, and only a still is decoded in full. A thread that only reads keeps the newest frame (a V4L2 queue holds old ones
otherwise), so every wait here is bounded even when the device hangs in a read. Such a thread is left alone; until it
has ended no other is begun, so that a device that hangs for ever costs one thread.
"""

import threading
from collections.abc import Callable
from time import monotonic
from typing import Any

import cv2
import numpy as np

from drivers.camera import v4l2
from drivers.camera.fault import Fault
from drivers.camera.v4l2 import MJPG, Mode
from kiosk.events import CameraBack, CameraLost
from kiosk.failures import DriverError, Failure
from kiosk.ports import CameraEvent, Frame

_FRAME_SECONDS = 1.0
_OPEN_SECONDS = 5.0
_PREVIEW_PIXELS = 1_300_000
_REDUCED = {
    1: cv2.IMREAD_COLOR,
    2: cv2.IMREAD_REDUCED_COLOR_2,
    4: cv2.IMREAD_REDUCED_COLOR_4,
    8: cv2.IMREAD_REDUCED_COLOR_8,
}


class UvcCamera:
    """A `kiosk.ports.Camera` at `device`, a path such as /dev/v4l/by-id/..., empty for the first that is found.

    `focus` in the camera's own steps, None to leave the lens where it is; it is never sought.
    """

    def __init__(self, device: str = "", focus: int | None = None) -> None:
        self.fault: Fault | None = None
        self._device = device
        self._focus = focus
        self._stream: _Stream | None = None
        self._tell: Callable[[CameraEvent], None] = lambda _event: None
        self._lost = False

    def watch(self, tell: Callable[[CameraEvent], None]) -> None:
        """Tell when the camera is lost and when it is back, as calls find out."""
        self._tell = tell

    def open(self) -> None:
        """Begin to stream; waits at most five seconds for the first frame."""
        if self._stream is not None and self._stream.begun:
            if self._stream.streams:
                return
            self._stream.stop()
        if self._stream is not None and not self._stream.over:  # it still hangs in the device
            raise self._gone(Fault.SILENT)
        self._stream = stream = _Stream(self._device, self._focus)
        if stream.newest(0, _OPEN_SECONDS) is None:
            stream.stop()
            raise self._gone(stream.fault or Fault.SILENT)
        self.fault = None
        if self._lost:
            self._lost = False
            self._tell(CameraBack())

    def close(self) -> None:
        """Stop streaming. A reader that hangs in the device is left to end by itself."""
        if self._stream is not None:
            self._stream.stop()

    def preview(self) -> Frame:
        """The next frame, about 1 MP."""
        return self._next(_preview_of)

    def still(self) -> Frame:
        """The next frame, whole."""
        return self._next(lambda raw, mode: _decoded(raw, mode, 1))

    def leave(self) -> None:
        """For good."""
        self._tell = lambda _event: None
        self.close()

    def _next(self, develop: Callable[[Frame, Mode], Frame | None]) -> Frame:
        """The next frame that is whole; one that was cut on its way is passed over."""
        until = monotonic() + _FRAME_SECONDS
        stream = self._stream
        while stream is not None and stream.mode is not None:
            raw = stream.newest(stream.count, until - monotonic())
            if raw is None:
                break
            frame = develop(raw, stream.mode)
            if frame is not None:
                return frame
        self.close()
        raise self._gone(stream.fault or Fault.SILENT if stream is not None else self.fault)

    def _gone(self, fault: Fault | None) -> DriverError:
        self.fault = fault
        if not self._lost:
            self._lost = True
            self._tell(CameraLost())
        return DriverError(Failure.CAMERA_LOST)


class _Stream:
    """A thread that opens the device, reads, and keeps the newest frame as it came."""

    def __init__(self, device: str, focus: int | None) -> None:
        self.count = 0
        self.mode: Mode | None = None
        self.fault: Fault | None = None
        self._device = device
        self._focus = focus
        self._raw: Frame | None = None
        self._changed = threading.Condition()
        self._ended = False
        self._thread = threading.Thread(target=self._read, name="uvc", daemon=True)
        self._thread.start()

    @property
    def begun(self) -> bool:
        """Whether a frame has come."""
        return self.count > 0

    @property
    def streams(self) -> bool:
        """Whether frames may still come."""
        return not self._ended

    @property
    def over(self) -> bool:
        """Whether the device has been let go of."""
        return not self._thread.is_alive()

    def newest(self, after: int, seconds: float) -> Frame | None:
        """A frame later than number `after`; None when none comes in time."""
        with self._changed:
            self._changed.wait_for(lambda: self.count > after or self._ended, max(0.0, seconds))
            return self._raw if self.count > after and not self._ended else None

    def stop(self) -> None:
        """End the thread; waits a second for it."""
        with self._changed:
            self._ended = True
            self._raw = None
            self._changed.notify_all()
        self._thread.join(_FRAME_SECONDS)

    def _read(self) -> None:
        capture = self._opened()
        try:
            while capture is not None and not self._ended:
                fine, raw = capture.read()
                if not fine:
                    self.fault = Fault.SILENT if v4l2.answers(self._device or v4l2.first()) else Fault.ABSENT
                    break
                with self._changed:
                    if not self._ended:
                        self._raw = raw
                        self.count += 1
                    self._changed.notify_all()
        finally:
            if capture is not None:
                capture.release()
            with self._changed:
                self._ended = True
                self._changed.notify_all()

    def _opened(self) -> Any:
        """The device, streaming its best mode with its focus locked; None where there is none."""
        try:
            device = self._device or v4l2.first()
            if device is None:
                self.fault = Fault.ABSENT
                return None
            self.mode = mode = v4l2.best(v4l2.offered(device))
            if mode is None:
                self.fault = Fault.UNFIT
                return None
            v4l2.lock_focus(device, self._focus)
            capture = cv2.VideoCapture(device, cv2.CAP_V4L2)
        except PermissionError:
            self.fault = Fault.FORBIDDEN
            return None
        except (OSError, cv2.error):
            self.fault = Fault.ABSENT
            return None
        if not capture.isOpened():
            self.fault = Fault.BUSY
            return None
        capture.set(cv2.CAP_PROP_FOURCC, float(cv2.VideoWriter.fourcc(*mode.format)))
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, float(mode.width))
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, float(mode.height))
        capture.set(cv2.CAP_PROP_BUFFERSIZE, 2.0)
        capture.set(cv2.CAP_PROP_CONVERT_RGB, 0.0)
        return capture


def _preview_of(raw: Frame, mode: Mode) -> Frame | None:
    return _decoded(raw, mode, next((part for part in (1, 2, 4) if mode.pixels <= _PREVIEW_PIXELS * part * part), 8))


def _decoded(raw: Frame, mode: Mode, part: int) -> Frame | None:
    """The frame at a whole part of its size; None for one that was cut on its way."""
    if mode.format != MJPG:
        return _of_yuyv(raw, mode, part)
    compressed = raw.reshape(-1)
    if compressed[:2].tobytes() != b"\xff\xd8" or not compressed[-4096:].tobytes().rstrip(b"\0").endswith(b"\xff\xd9"):
        return None
    try:
        pixels = cv2.imdecode(compressed, _REDUCED[part] | cv2.IMREAD_IGNORE_ORIENTATION)
    except cv2.error:  # a header that was damaged on its way
        return None
    return None if pixels is None else np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB, dst=pixels), np.uint8)


def _of_yuyv(raw: Frame, mode: Mode, part: int) -> Frame | None:
    if raw.size != mode.pixels * 2:
        return None
    pixels = cv2.cvtColor(raw.reshape(mode.height, mode.width, 2), cv2.COLOR_YUV2RGB_YUYV)
    if part > 1:
        pixels = cv2.resize(pixels, (mode.width // part, mode.height // part), interpolation=cv2.INTER_AREA)
    return np.asarray(pixels, np.uint8)
