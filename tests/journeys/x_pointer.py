"""A finger before an X server: the pointer and its first button, moved from outside by the server's extension XTEST.

What X calls "fake input" goes the way of a real device's: through the server, to whatever window lies there. The client
is a connection of its own, spoken in the protocol's own bytes (X11 core protocol, XTEST 2.2), least byte first.
"""

import socket
import struct

_PATIENCE = 20.0  # seconds
_ANSWER = 32  # bytes of an answer, an error or an event
_QUERY_EXTENSION, _GET_INPUT_FOCUS = 98, 43
_FAKE_INPUT = 2
_PRESS, _RELEASE, _MOTION = 4, 5, 6
_BUTTON = 1


class XPointer:
    """Where `display` is that of a server on this machine that asks nobody who they are."""

    def __init__(self, display: str) -> None:
        self._server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            self._server.settimeout(_PATIENCE)
            self._server.connect(f"/tmp/.X11-unix/X{display.removeprefix(':')}")
            self._server.sendall(struct.pack("<BxHHHHxx", ord("l"), 11, 0, 0, 0))
            welcome, *_, words = struct.unpack("<BBHHH", self._read(8))
            self._read(4 * words)
            assert welcome == 1, "the X server does not let a pointer in"
            self._extension = self._found("XTEST")
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go."""
        self._server.close()

    def press(self, x: int, y: int) -> None:
        """Go down at this pixel of the screen. Returns when it has been sent, whatever it does there."""
        self._server.sendall(self._fake(_MOTION, 0, x, y) + self._fake(_PRESS, _BUTTON))

    def slide(self, x: int, y: int) -> None:
        """Go there, as you are."""
        self._server.sendall(self._fake(_MOTION, 0, x, y))

    def release(self) -> None:
        """Leave the glass where you are."""
        self._server.sendall(self._fake(_RELEASE, _BUTTON))

    def settle(self) -> None:
        """Until the server has done everything that was sent; an error of its is a failed test."""
        self._server.sendall(struct.pack("<BxH", _GET_INPUT_FOCUS, 1))
        while (kind := self._read(_ANSWER)[0]) != 1:  # it also tells every client about its keyboards
            assert kind, "the X server does not move its pointer"

    def _fake(self, kind: int, detail: int, x: int = 0, y: int = 0) -> bytes:
        """At once, on whatever screen the pointer is on."""
        return struct.pack("<BBHBBxxII8xhh8x", self._extension, _FAKE_INPUT, 9, kind, detail, 0, 0, x, y)

    def _found(self, extension: str) -> int:
        """Its major opcode."""
        name = extension.encode("ascii")
        padded = name + bytes(-len(name) % 4)
        self._server.sendall(struct.pack("<BxHHxx", _QUERY_EXTENSION, 2 + len(padded) // 4, len(name)) + padded)
        answer = self._read(_ANSWER)
        assert answer[8], f"the X server has no {extension}"
        return answer[9]

    def _read(self, count: int) -> bytes:
        read = b""
        while len(read) < count:
            more = self._server.recv(count - len(read))
            assert more, "the X server hung up"
            read += more
        return read
