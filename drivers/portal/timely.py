"""An upload on its way: given out as the line takes it, and over when it has gone, or when an answer is there before.

What a socket has taken may still lie in this machine; so the end is waited for until the other side has acknowledged
all of it. Whoever refuses an upload need not read it: an answer that comes earlier ends the giving out at once, and
what it says is read as any answer.
"""

from collections.abc import Callable, Iterator

from drivers.portal.connection import unacknowledged
from drivers.portal.tls import Attentive
from drivers.portal.transport import Upload

_LOOK = 0.2  # seconds between two looks at what has gone


class DeadlinePassedError(Exception):
    """The whole upload took too long, or stood still too long."""


class Timely:
    """Gives up at the deadline, or when nothing has moved for `still` seconds. Its length makes requests announce it
    instead of sending it chunked.
    """

    def __init__(
        self,
        upload: Upload,
        deadline: float,
        clock: Callable[[], float],
        still: float,
        connection: Callable[[], Attentive | None],
    ) -> None:
        self._upload = upload
        self._deadline = deadline
        self._clock = clock
        self._still = still
        self._connection = connection

    def __len__(self) -> int:
        return len(self._upload)

    def __iter__(self) -> Iterator[memoryview]:
        connection = self._connection()
        assert connection is not None  # requests asks for the first piece when it has connected
        self._upload.waiting = lambda: unacknowledged(connection)
        for piece in self._upload:
            if self._clock() > self._deadline:
                raise DeadlinePassedError
            if connection.answered(0):
                return
            yield piece
        self._drain(connection)

    def _drain(self, connection: Attentive) -> None:
        waiting, moved = unacknowledged(connection), self._clock()
        while waiting and not connection.answered(_LOOK):
            self._upload.tell()
            left, now = unacknowledged(connection), self._clock()
            if left != waiting:
                waiting, moved = left, now
            if now > self._deadline or now - moved > self._still:
                raise DeadlinePassedError
        self._upload.tell()
