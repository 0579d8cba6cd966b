"""TLS that ends in time and hears an answer while it writes.

Whoever refuses an upload may say so at once and read no more of it. Who only writes stands before a full buffer until
his patience is over, and finds the refusal a minute late, or, where the connection was reset meanwhile, not at all. So
every write that must wait waits for both: room to go on, or an answer. Of an answer nothing is lost: what was looked
into stands first when it is read. Interim answers (1xx) are no answer and fall away; TLS's own tickets are none either,
so that something can be read says nothing by itself.
"""

import re
import select
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

LONGEST_EARLY_BYTES = 65_536
_INTERIM = re.compile(rb"HTTP/1\.[01] 1[0-9]{2}[^\n]*\n(?:[^\r\n][^\n]*\n)*\r?\n")
_STATUS_BEGINS = len(b"HTTP/1.1 ")


class Attentive(ssl.SSLSocket):
    """Used by one thread at a time."""

    _early = b""
    _ended = False

    def left(self) -> float:
        """How many seconds there are for everything."""
        return float("inf")

    @property
    def unread(self) -> bool:
        """Whether something has come that no poll sees."""
        return bool(self._early or self.pending())

    def recv_into(self, buffer: Any, nbytes: int | None = None, flags: int = 0) -> int:
        """What was looked into first, then what comes."""
        if self._early:
            room = memoryview(buffer).cast("B")[: nbytes or None]
            count = min(len(room), len(self._early))
            room[:count], self._early = self._early[:count], self._early[count:]
            return count
        with self._in_time():
            return super().recv_into(buffer, nbytes, flags)

    def send(self, data: Any, flags: int = 0) -> int:
        """Raise BrokenPipeError where an answer is there already, TimeoutError where no byte could go in time."""
        with self._in_time() as seconds:
            end = time.monotonic() + seconds
            self.settimeout(0)
            while True:
                try:
                    return super().send(data, flags)
                except (ssl.SSLWantWriteError, ssl.SSLWantReadError):
                    pass
                except OSError:
                    if self.answered(0) and self._early:
                        break
                    raise
                if self.answered(max(0.0, end - time.monotonic()), or_room=True):
                    break
                if time.monotonic() >= end:
                    raise TimeoutError
        raise BrokenPipeError  # requests reads the answer then

    def answered(self, seconds: float, *, or_room: bool = False) -> bool:
        """Whether an answer has begun, or the other side has ended, within so many seconds; `or_room`: or there is
        room to write, and then false.
        """
        poll = select.poll()
        try:
            poll.register(self, select.POLLIN | select.POLLRDHUP | (select.POLLOUT if or_room else 0))
        except ValueError:
            return True  # closed
        end = time.monotonic() + seconds
        while True:
            left = min(max(0.0, end - time.monotonic()), 1e6)
            found = dict(poll.poll(left * 1000))
            said = found.get(self.fileno(), 0)
            if said & ~select.POLLOUT and self._listens():
                return True
            if not said or said & select.POLLOUT:
                return False

    def _listens(self) -> bool:
        """Take what has come; whether it is more than TLS's own words and interim answers."""
        wanted = self.gettimeout()
        self.settimeout(0)
        try:
            while not self._ended and len(self._early) < LONGEST_EARLY_BYTES:
                piece = super().recv(16_384)
                self._early += piece
                self._ended = not piece
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
            pass  # that was all, for now
        except OSError:
            self._ended = True  # whoever reads next is told why
        finally:
            self.settimeout(wanted)
        while interim := _INTERIM.match(self._early):
            self._early = self._early[interim.end() :]
        begun = self._early[_STATUS_BEGINS : _STATUS_BEGINS + 1]
        return self._ended or begun not in {b"", b"1"} or len(self._early) >= LONGEST_EARLY_BYTES

    @contextmanager
    def _in_time(self) -> Iterator[float]:
        wanted, most = self.gettimeout(), self.left()
        if most <= 0:
            raise TimeoutError
        seconds = most if wanted is None else min(wanted, most)
        self.settimeout(seconds)
        try:
            yield seconds
        finally:
            self.settimeout(wanted)


def punctual(left: Callable[[], float]) -> type[Attentive]:
    """TLS whose every movement ends when no seconds are `left`, however many small ones came before: http.client would
    read interim answers, headers and trailers for as long as somebody sends them.
    """

    class Punctual(Attentive):
        def left(self) -> float:
            return left()

    return Punctual
