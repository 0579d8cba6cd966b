"""The simulated camera of another process, reached over a socket: the `Camera` for a visit, and the door that serves
it.

A frame travels as a sealed piece of memory whose descriptor goes along with its shape, so that 37 MB are written once
and never pass through the socket. The bench closes its end when it has been sent; the visit's end goes with the array.
"""

import fcntl
import mmap
import os
import socket
from collections.abc import Callable
from enum import IntEnum
from math import prod
from pathlib import Path

import msgspec
import numpy as np

from drivers.camera.simulator import SimulatedCamera, SimulatedTray
from drivers.camera.tray import Frame
from drivers.holder import Holder
from drivers.line import DONE, Caller, Line, LineBrokenError, Message, attend, drop
from drivers.subscription import Subscription
from drivers.watchers import Watchers
from kiosk.events import CameraBack, CameraLost
from kiosk.failures import DriverError, Failure
from kiosk.ports import CameraEvent


class Ask(IntEnum):
    """What a client says. WATCH is answered by every change of the cable from now on, the others by one message."""

    WATCH = 1
    OPEN = 2
    CLOSE = 3
    PREVIEW = 4
    STILL = 5


_ANSWER_SECONDS = 15.0  # a still is rendered when it is first asked for
_AWAY, _THERE = b"\0", b"\1"
_SEALS = fcntl.F_SEAL_SEAL | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_WRITE


class RemoteCamera:
    """Meets `kiosk.ports.Camera`. A process that ends need not leave it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._caller = Caller(path, Failure.CAMERA_LOST, _ANSWER_SECONDS)
        self._subscription: Subscription | None = None
        self._there = True

    def watch(self, tell: Callable[[CameraEvent], None]) -> None:
        """Tell about the cable, and about the bench, from a thread of its own; a camera that is there is not told."""

        def hear(told: bytes | None) -> None:
            before, self._there = self._there, told == _THERE
            if self._there != before:
                tell(CameraBack() if self._there else CameraLost())

        self._subscription = Subscription(self._path, Ask.WATCH, hear, "camera-watch")

    def open(self) -> None:
        """Begin to look."""
        self._caller.ask(Ask.OPEN, repeat=True)

    def close(self) -> None:
        """Look no longer."""
        if self._caller.connected:
            try:
                self._caller.ask(Ask.CLOSE)
            except DriverError:
                return  # the line's end closes it as well

    def preview(self) -> Frame:
        """The next frame, about 1 MP, when it is due."""
        return _received(self._caller.ask(Ask.PREVIEW))

    def still(self) -> Frame:
        """What lies there, at full size (12 MP). It cannot be written to."""
        return _received(self._caller.ask(Ask.STILL))

    def leave(self) -> None:
        """For good: the line and the watching end."""
        if self._subscription is not None:
            self._subscription.close()
        self._caller.close()


class ServedCamera:
    """The camera's side: any number may watch the cable, one looks."""

    def __init__(self, tray: SimulatedTray, camera: SimulatedCamera) -> None:
        self._camera = camera
        self._holder = Holder(busy=Failure.CAMERA_LOST, not_held=Failure.CAMERA_LOST)
        self._watchers = Watchers(lambda: _THERE if tray.plugged else _AWAY)
        tray.listen(lambda _plugged: self._watchers.tell())

    def serve(self, connection: socket.socket) -> None:
        """One client, until it is gone."""
        attend(connection, self._answer, self._gone)

    def _answer(self, line: Line, asked: Message) -> Message | None:
        match asked.kind:
            case Ask.WATCH:
                self._watchers.add(line)
                return None
            case Ask.OPEN:
                self._holder.take(line)
                self._camera.open()
                return Message(DONE)
            case Ask.CLOSE:
                self._release(line)
                return Message(DONE)
            case Ask.PREVIEW | Ask.STILL:
                self._holder.demand(line)
                return _packed(self._camera.still() if asked.kind == Ask.STILL else self._camera.preview())
            case _:
                raise LineBrokenError

    def _gone(self, line: Line) -> None:
        self._watchers.remove(line)
        self._release(line)

    def _release(self, line: Line) -> None:
        if self._holder.is_held_by(line):
            self._camera.close()
            self._holder.let_go(line)


def _packed(frame: Frame) -> Message:
    """A frame as sealed memory: shape in the body, pixels behind the descriptor."""
    descriptor = os.memfd_create("frame", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    try:
        pixels = np.ascontiguousarray(frame).data.cast("B")
        while pixels:
            pixels = pixels[os.write(descriptor, pixels) :]
        fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, _SEALS)
    except OSError:
        os.close(descriptor)
        raise DriverError(Failure.CAMERA_LOST) from None
    return Message(DONE, msgspec.json.encode(frame.shape), descriptor)


def _received(message: Message) -> Frame:
    """The pixels where they lie, unless they are not what was promised."""
    descriptor = message.descriptor
    try:
        if descriptor is None:
            raise DriverError(Failure.CAMERA_LOST)
        shape = msgspec.json.decode(message.body, type=tuple[int, int, int])
        size = os.fstat(descriptor).st_size
        sealed = fcntl.fcntl(descriptor, fcntl.F_GET_SEALS) & _SEALS == _SEALS
        if not sealed or min(shape) < 1 or shape[2] != 3 or prod(shape) != size:
            raise DriverError(Failure.CAMERA_LOST)
        return np.frombuffer(mmap.mmap(descriptor, size, mmap.MAP_PRIVATE, mmap.PROT_READ), np.uint8).reshape(shape)
    except (OSError, msgspec.DecodeError):
        raise DriverError(Failure.CAMERA_LOST) from None
    finally:
        drop(descriptor)
