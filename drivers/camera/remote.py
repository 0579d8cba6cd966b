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
from threading import Event, Lock, Thread

import msgspec
import numpy as np

from drivers.camera.simulator import SimulatedCamera, SimulatedTray
from drivers.camera.tray import Frame
from drivers.holder import Holder
from drivers.line import DONE, Caller, Line, LineBrokenError, Message, call, drop, refusal
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
_RETRY_SECONDS = 1.0
_SEALS = fcntl.F_SEAL_SEAL | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_WRITE


class RemoteCamera:
    """Meets `kiosk.ports.Camera`. `leave` ends it for good; a process that ends need not call it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._caller = Caller(path, Failure.CAMERA_LOST, _ANSWER_SECONDS)
        self._left = Event()
        self._line: Line | None = None
        self._watching: Thread | None = None

    def watch(self, tell: Callable[[CameraEvent], None]) -> None:
        """Tell about the cable, and about the bench, from a thread of its own; a camera that is there is not told."""
        self._watching = Thread(target=self._watch, args=(tell,), name="camera-watch", daemon=True)
        self._watching.start()

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
        """End the line and the watching."""
        self._left.set()
        line = self._line
        if line is not None:
            line.hang_up()
        self._caller.close()
        if self._watching is not None:
            self._watching.join()

    def _watch(self, tell: Callable[[CameraEvent], None]) -> None:
        there = True
        while not self._left.is_set():
            now = self._heard()
            if now != there and not self._left.is_set():
                tell(CameraBack() if now else CameraLost())
            there = now
            if self._line is None:
                self._left.wait(_RETRY_SECONDS)

    def _heard(self) -> bool:
        """The next that is told of the cable; False at once where there is nobody who tells."""
        try:
            if self._line is None:
                self._line = call(self._path)
                self._line.send(Ask.WATCH)
            if self._left.is_set():  # since we looked: then nobody hangs up on this line
                self._line.hang_up()
            return self._line.receive().body == b"\1"
        except LineBrokenError:
            line, self._line = self._line, None
            if line is not None:
                line.close()
            return False


class ServedCamera:
    """The camera's side: any number may watch the cable, one looks."""

    def __init__(self, tray: SimulatedTray, camera: SimulatedCamera) -> None:
        self._tray = tray
        self._camera = camera
        self._holder = Holder(busy=Failure.CAMERA_LOST, not_held=Failure.CAMERA_LOST)
        self._telling = Lock()
        self._watchers: set[Line] = set()
        tray.listen(self._tell)

    def serve(self, connection: socket.socket) -> None:
        """One client, until it is gone."""
        line = Line(connection)
        try:
            while True:
                answer = self._answer(line, line.receive())
                if answer is not None:
                    try:
                        line.send(answer.kind, answer.body, answer.descriptor)
                    finally:
                        drop(answer.descriptor)
        except LineBrokenError:
            return
        finally:
            with self._telling:
                self._watchers.discard(line)
            self._release(line)

    def _answer(self, line: Line, asked: Message) -> Message | None:
        try:
            match asked.kind:
                case Ask.WATCH:
                    self._add(line)
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
        except DriverError as error:
            return refusal(error)

    def _release(self, line: Line) -> None:
        if self._holder.is_held_by(line):
            self._camera.close()
            self._holder.let_go(line)

    def _add(self, line: Line) -> None:
        with self._telling:
            self._watchers.add(line)
            line.send(DONE, bytes([self._tray.plugged]), wait=False)

    def _tell(self, plugged: bool) -> None:
        with self._telling:
            for line in self._watchers:
                try:
                    line.send(DONE, bytes([plugged]), wait=False)
                except LineBrokenError:
                    line.hang_up()  # its own thread clears up


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
