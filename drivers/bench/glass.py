"""The terminal's glass as the bench page shows it: pictures come from the visit, touches go to it.

The visit calls at `mirror.sock`. It sends a picture only when it was asked for one and has another than it sent last:
`W` asks (from here), `P` with width and height (two bytes each, big-endian) and the RGB pixels answers; `T` with x, y
(pixels of the picture, two bytes each) and one byte for down or up is a finger. Of two visits that overlap the newer
has the glass.
"""

import socket
import struct
from dataclasses import dataclass, field
from threading import Condition

import numpy as np

from drivers.bench.door import hang_up
from drivers.camera.tray import Frame

MOST_PIXELS = 4096 * 4096

_GRACE_SECONDS = 0.3  # within which a visit that has something newer sends it

_PICTURE = struct.Struct(">cHH")
_TOUCH = struct.Struct(">cHHB")


@dataclass(frozen=True, slots=True)
class Picture:
    """What stood on the glass; `serial` grows with every picture."""

    serial: int
    pixels: Frame = field(repr=False)


class Glass:
    """Used by the visits' connections and by the page's requests alike."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._visits: list[socket.socket] = []  # the newest last
        self._asked: set[socket.socket] = set()  # wait for a picture of theirs
        self._picture: Picture | None = None
        self._serial = 0
        self._over = False

    def serve(self, connection: socket.socket) -> None:
        """One visit, until it is gone."""
        with self._changed:
            self._visits.append(connection)
            self._picture = None
            self._changed.notify_all()
        try:
            while (pixels := _received(connection)) is not None:
                self._show(connection, pixels)
        finally:
            with self._changed:
                if self._visits[-1] is connection:
                    self._picture = None
                self._visits.remove(connection)
                self._asked.discard(connection)
                self._changed.notify_all()

    def newest(self, after: int, seconds: float) -> Picture | None:
        """A picture later than number `after`, as soon as there is one; None when there is none in time, and as soon
        as the visit is gone.
        """
        with self._changed:
            there = bool(self._visits)
            self._changed.wait_for(lambda: self._over or self._newer(after) or (there and not self._visits), seconds)
            return self._picture if self._picture is not None and self._picture.serial > after else None

    def current(self, seconds: float) -> Picture | None:
        """What stands there now; None when no visit shows it in time."""
        with self._changed:
            known = self._picture.serial if self._picture is not None else 0
            # A visit that was asked and has not answered has nothing newer than we have.
            if not known or self._visits[-1] not in self._asked:
                self._changed.wait_for(lambda: self._over or self._newer(known), _GRACE_SECONDS if known else seconds)
            return self._picture

    def touch(self, x: int, y: int, *, down: bool) -> bool:
        """A finger on the glass; False where there is no visit."""
        with self._changed:
            return bool(self._visits) and _send(self._visits[-1], _TOUCH.pack(b"T", x, y, down))

    @property
    def there(self) -> bool:
        """Whether a visit shows its glass."""
        with self._changed:
            return bool(self._visits)

    def stop(self) -> None:
        """Nobody waits any more."""
        with self._changed:
            self._over = True
            self._changed.notify_all()

    def _newer(self, after: int) -> bool:
        if self._picture is not None and self._picture.serial > after:
            return True
        if self._visits and self._visits[-1] not in self._asked:
            self._asked.add(self._visits[-1])
            _send(self._visits[-1], b"W")
        return False

    def _show(self, connection: socket.socket, pixels: Frame) -> None:
        with self._changed:
            self._asked.discard(connection)
            if self._visits[-1] is connection:
                self._serial += 1
                self._picture = Picture(self._serial, pixels)
                self._changed.notify_all()


def _send(connection: socket.socket, words: bytes) -> bool:
    try:
        return connection.send(words, socket.MSG_DONTWAIT | socket.MSG_NOSIGNAL) == len(words)
    except OSError:
        hang_up(connection)
        return False


def _received(connection: socket.socket) -> Frame | None:
    """The next picture; None at the end, and where what comes is none."""
    head = _exactly(connection, _PICTURE.size)
    if head is None:
        return None
    sign, wide, tall = _PICTURE.unpack(head)
    if sign != b"P" or not 0 < wide * tall <= MOST_PIXELS:
        return None
    pixels = _exactly(connection, wide * tall * 3)
    return None if pixels is None else np.frombuffer(pixels, np.uint8).reshape(tall, wide, 3)


def _exactly(connection: socket.socket, length: int) -> bytearray | None:
    got = bytearray(length)
    room = memoryview(got)
    while room:
        try:
            count = connection.recv_into(room)
        except OSError:
            return None
        if not count:
            return None
        room = room[count:]
    return got
