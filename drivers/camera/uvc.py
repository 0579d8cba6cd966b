"""A USB document camera over V4L2 (UVC), through OpenCV.

One configuration serves preview and still: the camera streams at the size it was opened with, a preview is that frame
averaged down to about 1 MP, so nothing is switched while a visitor waits. A thread that only reads keeps the newest
frame (a V4L2 queue holds old ones otherwise), so every wait here is bounded even when the device hangs in a read.
"""

import threading
from collections.abc import Callable
from typing import Any

import cv2
import numpy as np

from kiosk.events import CameraBack, CameraLost
from kiosk.failures import DriverError, Failure
from kiosk.ports import CameraEvent, Frame

_FRAME_SECONDS = 1.0
_OPEN_SECONDS = 5.0
_PREVIEW_PIXELS = 1_000_000


class UvcCamera:
    """A `kiosk.ports.Camera` at `device` (an index or a path such as /dev/v4l/by-id/...), asked for (width, height)."""

    def __init__(self, device: int | str = 0, size: tuple[int, int] = (4056, 3040)) -> None:
        self._device = device
        self._size = size
        self._stream: _Stream | None = None
        self._tell: Callable[[CameraEvent], None] = lambda _event: None
        self._lost = False

    def watch(self, tell: Callable[[CameraEvent], None]) -> None:
        """Tell when the camera is lost and when it is back, as calls find out."""
        self._tell = tell

    def open(self) -> None:
        """Begin to stream; waits at most five seconds for the first frame."""
        self.close()
        stream = _Stream(self._device, self._size)
        if stream.newest(0, _OPEN_SECONDS) is None:
            stream.stop()
            raise self._gone()
        self._stream = stream
        if self._lost:
            self._lost = False
            self._tell(CameraBack())

    def close(self) -> None:
        """Stop streaming. A reader that hangs in the device is left to end by itself."""
        if self._stream is not None:
            self._stream.stop()
            self._stream = None

    def preview(self) -> Frame:
        """The next frame, about 1 MP."""
        frame = self._next()
        factor = max(1, round((frame.shape[0] * frame.shape[1] / _PREVIEW_PIXELS) ** 0.5))
        size = (max(1, frame.shape[1] // factor), max(1, frame.shape[0] // factor))
        return np.asarray(cv2.resize(frame, size, interpolation=cv2.INTER_AREA), np.uint8)

    def still(self) -> Frame:
        """The next frame, whole."""
        return self._next()

    def leave(self) -> None:
        """For good."""
        self._tell = lambda _event: None
        self.close()

    def _next(self) -> Frame:
        stream = self._stream
        frame = None if stream is None else stream.newest(stream.count, _FRAME_SECONDS)
        if frame is None:
            self.close()
            raise self._gone()
        return np.asarray(cv2.cvtColor(frame, cv2.COLOR_BGR2RGB), np.uint8)

    def _gone(self) -> DriverError:
        if not self._lost:
            self._lost = True
            self._tell(CameraLost())
        return DriverError(Failure.CAMERA_LOST)


class _Stream:
    """A thread that opens the device, reads, and keeps the newest frame."""

    def __init__(self, device: int | str, size: tuple[int, int]) -> None:
        self.count = 0
        self._device = device
        self._size = size
        self._frame: Frame | None = None
        self._changed = threading.Condition()
        self._ended = False
        self._thread = threading.Thread(target=self._read, name="uvc", daemon=True)
        self._thread.start()

    def newest(self, after: int, seconds: float) -> Frame | None:
        """A frame later than number `after`; None when none comes in time."""
        with self._changed:
            self._changed.wait_for(lambda: self.count > after or self._ended, seconds)
            return self._frame if self.count > after else None

    def stop(self) -> None:
        """End the thread; waits a second for it."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()
        self._thread.join(_FRAME_SECONDS)

    def _read(self) -> None:
        capture = self._opened()
        try:
            while capture is not None and not self._ended:
                fine, frame = capture.read()
                if not fine:
                    break
                with self._changed:
                    self._frame = np.asarray(frame, np.uint8)
                    self.count += 1
                    self._changed.notify_all()
        finally:
            if capture is not None:
                capture.release()
            with self._changed:
                self._ended = True
                self._changed.notify_all()

    def _opened(self) -> Any:
        """The device, streaming motion JPEG with its focus locked; None where there is none."""
        try:
            capture = cv2.VideoCapture(self._device, cv2.CAP_V4L2)
        except cv2.error:
            return None
        if not capture.isOpened():
            return None
        capture.set(cv2.CAP_PROP_FOURCC, float(cv2.VideoWriter.fourcc(*"MJPG")))
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, float(self._size[0]))
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, float(self._size[1]))
        capture.set(cv2.CAP_PROP_BUFFERSIZE, 1.0)
        capture.set(cv2.CAP_PROP_AUTOFOCUS, 0.0)
        return capture
