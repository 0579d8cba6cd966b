"""A line to a device that stands in another process: small messages both ways over a Unix socket.

A message is the length of its body (four bytes, big-endian), a kind (one byte) and the body. What is large or must not
be copied travels as a file descriptor beside a message. Bodies may hold what a password or a card says: they are sent
from the caller's own buffer, and nothing here keeps, prints or logs them.
"""

import array
import os
import select
import socket
import struct
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from kiosk.failures import DriverError, Failure

MOST_BYTES = 1 << 17
"""Of a body; the longest answer of a card has 65,538."""

DONE = 0
FAILED = 255
"""Kinds that every device's answers have: done, and a failure's name in the body."""

_HEAD = struct.Struct(">IB")
_CONNECT_SECONDS = 2.0


class LineBrokenError(Exception):
    """The other end has gone, is silent for too long, or says what is no message."""


@dataclass(slots=True)
class Message:
    """One message. `descriptor` belongs to who receives it and has to be closed."""

    kind: int
    body: bytes = field(default=b"", repr=False)
    descriptor: int | None = None


class Line:
    """One end of a connection. One thread sends and one receives at a time; `hang_up` may be called from any."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def send(
        self, kind: int, body: bytes | bytearray = b"", descriptor: int | None = None, *, wait: bool = True
    ) -> None:
        """A message; without `wait` an end that does not listen counts as broken. Raises LineBrokenError."""
        parts = [memoryview(_HEAD.pack(len(body), kind)), memoryview(body)]
        rights = [] if descriptor is None else [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [descriptor]))]
        flags = socket.MSG_NOSIGNAL | (0 if wait else socket.MSG_DONTWAIT)
        try:
            while parts:
                sent = self._connection.sendmsg(parts, rights, flags)
                rights = []
                while parts and sent >= len(parts[0]):
                    sent -= len(parts.pop(0))
                if parts:
                    parts[0] = parts[0][sent:]
        except OSError:
            raise LineBrokenError from None

    def receive(self, seconds: float | None = None) -> Message:
        """The next message, waiting at most so long for each part of it. Raises LineBrokenError."""
        message = Message(DONE)
        try:
            self._connection.settimeout(seconds)
            length, message.kind = _HEAD.unpack(self._exactly(_HEAD.size, message))
            message.body = self._exactly(length, message)
        except (OSError, LineBrokenError):
            drop(message.descriptor)
            raise LineBrokenError from None
        return message

    def ready(self, seconds: float) -> bool:
        """Whether a message, or the end, comes within so many seconds."""
        waiting = select.poll()
        waiting.register(self._connection, select.POLLIN)
        return bool(waiting.poll(seconds * 1000))

    def hang_up(self) -> None:
        """Whoever waits at either end learns that it is over."""
        with suppress(OSError):
            self._connection.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Hang up and give the socket back."""
        self.hang_up()
        self._connection.close()

    def _exactly(self, length: int, message: Message) -> bytes:
        """So many bytes; a descriptor that comes along goes into the message."""
        if length > MOST_BYTES:
            raise LineBrokenError
        got = bytearray()
        while len(got) < length:
            room = socket.CMSG_SPACE(array.array("i").itemsize)
            data, rights, _, _ = self._connection.recvmsg(length - len(got), room, socket.MSG_CMSG_CLOEXEC)
            for level, kind, content in rights:
                if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS):
                    drop(message.descriptor)
                    message.descriptor = array.array("i", content)[0]
            if not data:
                raise LineBrokenError
            got += data
        return bytes(got)


def call(path: Path) -> Line:
    """A line to who listens at this socket. Raises LineBrokenError."""
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.settimeout(_CONNECT_SECONDS)
        connection.connect(str(path))
    except OSError:
        connection.close()
        raise LineBrokenError from None
    return Line(connection)


def drop(descriptor: int | None) -> None:
    """Close what came along."""
    if descriptor is not None:
        os.close(descriptor)


class Caller:
    """Asks one device over one line, which is laid when it is first needed and again after it broke.

    What the device refuses is raised as it named it, a broken line as `lost`. One question at a time, from any thread.
    """

    def __init__(self, path: Path, lost: Failure, patience: float) -> None:
        self._path = path
        self._lost = lost
        self._patience = patience
        self._asking = Lock()
        self._line: Line | None = None

    @property
    def connected(self) -> bool:
        """Whether the line held when it was last used."""
        return self._line is not None

    def ask(self, kind: int, body: bytes | bytearray = b"", *, repeat: bool = False) -> Message:
        """The answer. With `repeat` a line that has broken since the last question is laid anew and asked once more;
        without, nothing is ever said twice. Raises DriverError.
        """
        with self._asking:
            repeat = repeat and self._line is not None
            try:
                return self._once(kind, body)
            except LineBrokenError:
                if not repeat:
                    raise DriverError(self._lost) from None
            try:
                return self._once(kind, body)
            except LineBrokenError:
                raise DriverError(self._lost) from None

    def hang_up(self) -> None:
        """From any thread: who waits for an answer gets none."""
        line = self._line
        if line is not None:
            line.hang_up()

    def close(self) -> None:
        """Hang up and give the line back. A later question lays a new one."""
        self.hang_up()
        with self._asking:
            self._forget()

    def _once(self, kind: int, body: bytes | bytearray) -> Message:
        try:
            if self._line is None:
                self._line = call(self._path)
            self._line.send(kind, body)
            answer = self._line.receive(self._patience)
        except LineBrokenError:
            self._forget()
            raise
        if answer.kind == FAILED:
            drop(answer.descriptor)
            raise DriverError(_named(answer.body, self._lost))
        return answer

    def _forget(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.close()


def attend(
    connection: socket.socket, answer: Callable[[Line, Message], Message | None], gone: Callable[[Line], None]
) -> None:
    """The device's side: one client asks and is answered, until it is gone. `answer` gives None where nothing is to be
    said; its DriverError goes to the client by its name, its LineBrokenError ends the line. `gone` hears of the end.
    """
    line = Line(connection)
    with ExitStack() as end, suppress(LineBrokenError):
        end.callback(gone, line)
        while True:
            asked = line.receive()
            try:
                said = answer(line, asked)
            except DriverError as error:
                said = Message(FAILED, error.failure.name.encode("ascii"))
            if said is not None:
                try:
                    line.send(said.kind, said.body, said.descriptor)
                finally:
                    drop(said.descriptor)


def _named(name: bytes, otherwise: Failure) -> Failure:
    try:
        return Failure[name.decode("ascii", "replace")]
    except KeyError:
        return otherwise
