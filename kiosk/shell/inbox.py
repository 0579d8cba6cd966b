"""Where everything that happens is put, from any thread; the loop takes it out on its own."""

import queue
from collections.abc import Callable

from kiosk.events import Event
from kiosk.ports import Closed

Happening = Event | Closed


class VisitInbox:
    """The inbox of one visit. Each put ends the glass's wait, so nothing has to poll.

    A closed inbox takes nothing any more: what a worker of an ended visit still says is dropped where it is said.
    """

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake
        self._queue: queue.SimpleQueue[Happening] = queue.SimpleQueue()
        self._open = True

    def put(self, event: Happening) -> None:
        """From any thread; never blocks."""
        if self._open:
            self._queue.put(event)
            self._wake()

    def drain(self) -> list[Happening]:
        """All that has come since the last call, in its order. Loop only."""
        taken: list[Happening] = []
        while True:
            try:
                taken.append(self._queue.get_nowait())
            except queue.Empty:
                return taken

    def close(self) -> None:
        """Take nothing any more, and forget what was not taken out."""
        self._open = False
        self.drain()
