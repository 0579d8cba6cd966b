"""What a V4L2 device offers, asked of the kernel itself: OpenCV streams, but does not say what could be streamed.

Only what is needed of <linux/videodev2.h>: the layouts below are those of its structures, the same on all Linux
machines. A USB camera names its sizes one by one; one that gives a range is taken at the range's end.
"""

import errno
import os
import re
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fcntl import ioctl
from pathlib import Path

MJPG, YUYV = "MJPG", "YUYV"

_CAPTURE = 1  # V4L2_BUF_TYPE_VIDEO_CAPTURE
_CAN_CAPTURE, _CAN_STREAM, _OF_THIS_FILE = 0x1, 0x0400_0000, 0x8000_0000
_DISCRETE = 1
_FOCUS_AUTO, _FOCUS_ABSOLUTE = 0x009A_090C, 0x009A_090A
_MOST = 64  # of what is listed: a device that never ends its list is broken


def _request(direction: int, number: int, size: int) -> int:
    return direction << 30 | size << 16 | ord("V") << 8 | number


_QUERYCAP = _request(2, 0, 104)
_ENUM_FMT = _request(3, 2, 64)
_S_CTRL = _request(3, 28, 8)
_ENUM_FRAMESIZES = _request(3, 74, 44)
_ENUM_FRAMEINTERVALS = _request(3, 75, 52)

LIVE = 15.0
"""Frames a second that a live view needs."""
LEGIBLE = 3300
"""Pixels along the tray's long side (420 mm), below which a page has less than 200 dpi."""
_LEAST, _MOST_PIXELS = 4.0, 20_000_000


@dataclass(frozen=True, slots=True)
class Mode:
    """A format and size that can be streamed; `fps` 0 where the device does not say."""

    format: str
    width: int
    height: int
    fps: float = 0.0

    @property
    def pixels(self) -> int:
        """Of one frame."""
        return self.width * self.height


def offered(device: str) -> tuple[Mode, ...]:
    """All modes in motion JPEG and YUYV; none where it is no camera. Raises OSError."""
    with _opened(device) as file:
        told = ioctl(file, _QUERYCAP, bytes(104))
        _, capabilities, here = struct.unpack_from("=III", told, 80)
        can = here if capabilities & _OF_THIS_FILE else capabilities
        if not (can & _CAN_CAPTURE and can & _CAN_STREAM):
            return ()
        return tuple(
            Mode(name, wide, tall, _fps(file, code, wide, tall))
            for code in _formats(file)
            if (name := code.to_bytes(4, "little").decode("latin-1")) in {MJPG, YUYV}
            for wide, tall in _sizes(file, code)
        )


def best(modes: tuple[Mode, ...]) -> Mode | None:
    """The largest that is quick enough for a live view, unless a page would not be legible at it: then the largest."""
    fit = [mode for mode in modes if 0 < mode.pixels <= _MOST_PIXELS and not 0 < mode.fps < _LEAST]

    def worth(mode: Mode) -> tuple[bool, int, bool, float]:
        live = not 0 < mode.fps < LIVE - 0.5
        return live and max(mode.width, mode.height) >= LEGIBLE, mode.pixels, mode.format == MJPG, mode.fps

    return max(fit, key=worth, default=None)


def first(folder: Path = Path("/dev")) -> str | None:
    """The first device that is a camera; those that cannot be opened are no less a camera of somebody's."""
    found = [file for file in folder.glob("video*") if re.fullmatch(r"video\d+", file.name)]
    for file in sorted(found, key=lambda file: int(file.name.removeprefix("video"))):
        try:
            if offered(str(file)):
                return str(file)
        except OSError:
            continue
    return str(min(found, key=lambda file: int(file.name.removeprefix("video")))) if found else None


def answers(device: str | None) -> bool:
    """Whether something is there that can be asked."""
    try:
        return device is not None and bool(offered(device))
    except OSError:
        return False


def lock_focus(device: str, position: int | None) -> None:
    """No autofocus any more, and the lens at `position` (the camera's own steps) or where it is.

    A camera whose focus is fixed knows neither word, which is well.
    """
    with _opened(device) as file:
        for control, value in ((_FOCUS_AUTO, 0), (_FOCUS_ABSOLUTE, position)):
            if value is not None:
                try:
                    ioctl(file, _S_CTRL, struct.pack("=Ii", control, value))
                except OSError as error:
                    if error.errno not in {errno.EINVAL, errno.ERANGE, errno.EACCES, errno.ENOTTY}:
                        raise


@contextmanager
def _opened(device: str) -> Iterator[int]:
    file = os.open(device, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        yield file
    finally:
        os.close(file)


def _listed(file: int, request: int, asked: Callable[[int], bytes]) -> Iterator[bytes]:
    """Answers for 0, 1, 2 ... until there are no more."""
    for index in range(_MOST):
        try:
            yield ioctl(file, request, asked(index))
        except OSError as error:
            if error.errno in {errno.EINVAL, errno.ENOTTY}:
                return
            raise


def _formats(file: int) -> list[int]:
    answers = _listed(file, _ENUM_FMT, lambda index: struct.pack("=II", index, _CAPTURE).ljust(64, b"\0"))
    return [struct.unpack_from("=I", answer, 44)[0] for answer in answers]


def _sizes(file: int, code: int) -> list[tuple[int, int]]:
    sizes = []
    for answer in _listed(file, _ENUM_FRAMESIZES, lambda index: struct.pack("=II", index, code).ljust(44, b"\0")):
        kind, *numbers = struct.unpack_from("=I6I", answer, 8)
        wide, tall = numbers[:2] if kind == _DISCRETE else (numbers[1], numbers[4])
        sizes.append((wide, tall))
        if kind != _DISCRETE:
            break
    return sizes


def _fps(file: int, code: int, wide: int, tall: int) -> float:
    """The most frames a second."""
    quickest = 0.0
    asked = struct.pack("=III", code, wide, tall)
    request = _ENUM_FRAMEINTERVALS
    for answer in _listed(file, request, lambda index: (struct.pack("=I", index) + asked).ljust(52, b"\0")):
        _, part, whole = struct.unpack_from("=III", answer, 16)  # a range begins with its shortest interval
        quickest = max(quickest, whole / part if part else 0.0)
    return quickest
