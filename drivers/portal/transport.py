"""The seam below the client: one request, one answer. The shipped transport is `https.py`."""

import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

CHUNK_BYTES = 16_384


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a multipart body (RFC 7578)."""

    name: str
    media_type: str
    content: bytes = field(repr=False)
    file_name: str = ""


class Upload:
    """A multipart body that is given out piece by piece from memory, and tells how far it has come.

    `progress(done, whole)` counts a piece when the next one is asked for, which is when the transport has handed it
    to the network. `begun` turns true before the first piece is given out: from then on nobody can say that nothing
    was sent.
    """

    def __init__(self, parts: Sequence[Part], progress: Callable[[int, int], None]) -> None:
        boundary = secrets.token_hex(24)
        self.media_type = f"multipart/form-data; boundary={boundary}"
        self.begun = False
        self._pieces = [piece for part in parts for piece in (_head(boundary, part), part.content, b"\r\n")]
        self._pieces.append(f"--{boundary}--\r\n".encode())
        self._progress = progress

    def __len__(self) -> int:
        return sum(len(piece) for piece in self._pieces)

    def __iter__(self) -> Iterator[memoryview]:
        whole, done = len(self), 0
        self._progress(done, whole)
        self.begun = True
        for piece in self._pieces:
            for start in range(0, len(piece), CHUNK_BYTES):
                chunk = memoryview(piece)[start : start + CHUNK_BYTES]
                yield chunk
                done += len(chunk)
                self._progress(done, whole)


def _head(boundary: str, part: Part) -> bytes:
    file_name = f'; filename="{part.file_name}"' if part.file_name else ""
    return (
        f'--{boundary}\r\nContent-Disposition: form-data; name="{part.name}"{file_name}\r\n'
        f"Content-Type: {part.media_type}\r\n\r\n"
    ).encode("ascii")


@dataclass(frozen=True, slots=True)
class Call:
    """A request. `path` begins with a slash and follows the portal's address; nothing personal stands in it."""

    method: str
    path: str
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    body: bytes | Upload = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, whatever it is. `media_type` is in lower case, without parameters."""

    status: int
    media_type: str
    content: bytes = field(repr=False)


class Transport(Protocol):
    """Carries calls. Follows no redirect, repeats nothing, knows nobody but the one portal."""

    def send(self, call: Call) -> Answer:
        """Raise PORTAL_UNREACHABLE, PORTAL_SLOW (connected, no answer in time) or PORTAL_MALFORMED (too long)."""

    def close(self) -> None:
        """Close what is open. Never raises; `send` opens anew."""
