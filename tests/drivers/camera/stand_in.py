"""What stands in for picamera2 and libcamera where neither is installed: the calls that our driver makes, no more.

It keeps what the real one says of itself: a configured size is what is streamed, "BGR888" gives bytes in the order R,
G, B, YUV420 comes in lines that may be longer than the picture, `wait` raises TimeoutError, a camera that is gone
IndexError when it is made and nothing but silence when it was streaming. That libcamera itself behaves so is not shown
here.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType, SimpleNamespace
from typing import Any

import cv2
import numpy as np

from kiosk.ports import Frame

SENSOR = (2304, 1296)
_PADDING = 64  # lines of the small stream are as long as a multiple of it


class Module:
    """The camera's module on its ribbon cable: the hand's face."""

    def __init__(self, picture: Frame) -> None:
        self.picture = picture
        self.plugged = True
        self.slow: Callable[[], None] = lambda: None
        self.open = 0
        self.configured: list[dict[str, Any]] = []

    def camera(self, number: int = 0) -> "_Picamera2":
        self.slow()
        if not self.plugged or number != 0:
            raise IndexError("list index out of range")
        return _Picamera2(self)


class _Picamera2:
    def __init__(self, module: Module) -> None:
        self._module = module
        self._sizes: dict[str, tuple[int, int]] = {}
        self._streams = False
        self.sensor_resolution = SENSOR
        module.open += 1

    def create_still_configuration(self, **said: Any) -> dict[str, Any]:
        return said

    def configure(self, configuration: dict[str, Any]) -> None:
        self._module.configured.append(configuration)
        assert configuration["main"]["format"] == "BGR888"
        assert configuration["lores"]["format"] == "YUV420"
        self._sizes = {name: configuration[name]["size"] for name in ("main", "lores")}

    def start(self) -> None:
        self._streams = True

    def capture_array(self, name: str, wait: bool) -> str:
        assert not wait
        assert self._streams
        return name

    def wait(self, job: str, timeout: float) -> Frame:
        assert timeout > 0
        if not self._module.plugged:
            raise TimeoutError
        picture = np.asarray(cv2.resize(self._module.picture, self._sizes[job]), np.uint8)
        return picture if job == "main" else _yuv(picture)

    def stop(self) -> None:
        self._streams = False

    def close(self) -> None:
        self._module.open -= 1


def _yuv(picture: Frame) -> Frame:
    longer = -picture.shape[1] % _PADDING
    padded = cv2.copyMakeBorder(picture, 0, 0, 0, longer, cv2.BORDER_CONSTANT)
    return np.asarray(cv2.cvtColor(padded, cv2.COLOR_RGB2YUV_I420), np.uint8)


@contextmanager
def standing_in(module: Module) -> Iterator[None]:
    """`import picamera2` finds the stand-in meanwhile."""
    picamera2, libcamera = ModuleType("picamera2"), ModuleType("libcamera")
    vars(picamera2)["Picamera2"] = module.camera
    vars(libcamera)["controls"] = SimpleNamespace(AfModeEnum=SimpleNamespace(Manual=0))
    before = {name: sys.modules.get(name) for name in ("picamera2", "libcamera")}
    sys.modules.update(picamera2=picamera2, libcamera=libcamera)
    try:
        yield
    finally:
        for name, was in before.items():
            if was is None:
                del sys.modules[name]
            else:
                sys.modules[name] = was
