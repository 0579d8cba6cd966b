"""Hands have a thread of their own: what they do takes its time (a paper is printed, a link opened) and must not hold
up the glass.
"""

import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Play = Callable[[], object]


class HandThread:
    """Plays one after the other. `failed` is told what could not be played."""

    def __init__(self, failed: Callable[[Exception], None]) -> None:
        self._failed = failed
        self._plays: queue.SimpleQueue[tuple[Play, Play] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="hands", daemon=True)
        self._thread.start()

    def play(self, play: Play, then: Play = lambda: None) -> None:
        """Do this after what came before; `then` is called on the hands' thread when it is done."""
        self._plays.put((play, then))

    def close(self) -> None:
        """Finish what is being played, and end."""
        self._plays.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (job := self._plays.get()) is not None:
            play, then = job
            try:
                play()
            except Exception as error:  # noqa: BLE001 - a hand that slips is told, and the next one plays on
                self._failed(error)
            then()


@contextmanager
def hands(failed: Callable[[Exception], None]) -> Iterator[HandThread]:
    """A pair of hands that rests when it is left."""
    pair = HandThread(failed)
    try:
        yield pair
    finally:
        pair.close()
