"""The seam below the client: one request, one answer. The shipped transport is `https.py`."""

import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
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
    """A multipart body that is given out piece by piece from memory, and tells how much of it has left the machine.

    What a socket has taken may still lie in the kernel's buffer, on a slow line all of 300 kB. So whoever carries the
    upload says by `waiting` how many bytes have not been acknowledged, and calls `tell` when that may have changed.
    `begun` turns true before the first piece is given out: from then on nobody can say that nothing was sent; `whole`
    when the last one has been taken: before that nobody can have received it.
    """

    def __init__(self, parts: Sequence[Part], progress: Callable[[int, int], None]) -> None:
        boundary = secrets.token_hex(24)
        self.media_type = f"multipart/form-data; boundary={boundary}"
        self.begun = self.whole = False
        self.waiting: Callable[[], int] = lambda: 0
        self._pieces = [piece for part in parts for piece in (_head(boundary, part), part.content, b"\r\n")]
        self._pieces.append(f"--{boundary}--\r\n".encode())
        self._progress = progress
        self._given = self._told = 0

    def __len__(self) -> int:
        return sum(len(piece) for piece in self._pieces)

    def __iter__(self) -> Iterator[memoryview]:
        self._progress(0, len(self))
        self.begun = True
        for piece in self._pieces:
            for start in range(0, len(piece), CHUNK_BYTES):
                chunk = memoryview(piece)[start : start + CHUNK_BYTES]
                yield chunk
                self._given += len(chunk)
                self.tell()
        self.whole = True

    @property
    def gone(self) -> bool:
        """Whether all of it has left."""
        return self._told == len(self)

    def tell(self) -> None:
        """Tell the progress, if there is any. (What waits is counted with the line's own wrapping: so it never says
        too much.)
        """
        left = max(self._told, self._given - self.waiting())
        if left > self._told:
            self._told = left
            self._progress(left, len(self))


def _head(boundary: str, part: Part) -> bytes:
    file_name = f'; filename="{part.file_name}"' if part.file_name else ""
    return (
        f'--{boundary}\r\nContent-Disposition: form-data; name="{part.name}"{file_name}\r\n'
        f"Content-Type: {part.media_type}\r\n\r\n"
    ).encode("ascii")


@dataclass(frozen=True, slots=True)
class Call:
    """A request. `path` begins with a slash and follows the portal's address; nothing personal stands in it. It may
    take so many `seconds` (0: what the transport thinks right).
    """

    method: str
    path: str
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    body: bytes | Upload = field(default=b"", repr=False)
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, whatever it is. `media_type` is in lower case, without parameters; `date` is when the portal
    says that it was made (None where it may have been kept on the way), `retry_after` in how many seconds to ask again
    (0: it does not say).
    """

    status: int
    media_type: str
    content: bytes = field(repr=False)
    date: datetime | None = None
    retry_after: float = 0.0


class Transport(Protocol):
    """Carries calls. Follows no redirect, repeats nothing, knows nobody but the one portal."""

    def send(self, call: Call) -> Answer:
        """Raise PORTAL_UNREACHABLE, PORTAL_UNTRUSTED (another one answers, or it does not know this terminal),
        PORTAL_SLOW (connected, no answer in time) or PORTAL_MALFORMED (too long).
        """

    @property
    def identity_ends(self) -> datetime | None:
        """When the certificate ends by which the portal knows this terminal; None without one."""

    def hang_up(self) -> None:
        """Break what `send` is waiting for, from any thread, and everything after it. Never raises."""

    def close(self) -> None:
        """Close what is open. Never raises; `send` opens anew."""
