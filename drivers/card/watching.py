"""The thread that tells a visit what lies on the reader."""

from collections.abc import Callable
from threading import Event, Thread

from drivers.card.lookout import Lookout
from drivers.card.slot import Slot
from kiosk.ports import CardEvent

_LOOK = 5.0  # seconds; a slot ends it at any change and when it is closed, so it costs nothing to be patient
_FIRST_LOOK = 2.0  # seconds that the visit waits for what lies there
_LEAVE = 3.0  # seconds that closing waits for the thread


class Watching:
    """One a visit: what the slot sees, told as events from a thread of its own."""

    def __init__(self, slot: Slot) -> None:
        self._slot = slot
        self._lookout = Lookout()
        self._ending = Event()
        self._thread: Thread | None = None

    @property
    def stale(self) -> bool:
        """Whether the card that lies there now may not be read."""
        return self._lookout.stale

    def start(self, tell: Callable[[CardEvent], None]) -> None:
        """Tell what lies there now (before this returns), then every change, until `stop`.

        Where the reader's software hangs this returns all the same, and what lies there is told once it answers.
        """
        looked = Event()

        def go_on() -> None:
            self._look(tell, 0)
            looked.set()
            while not self._ending.is_set():
                self._look(tell, _LOOK)

        self._thread = Thread(target=go_on, name="card-watch", daemon=True)
        self._thread.start()
        looked.wait(_FIRST_LOOK)

    def end(self) -> None:
        """Tell nothing any more."""
        self._ending.set()

    def join(self) -> None:
        """Wait for the thread, once the slot has been closed."""
        if self._thread is not None:
            self._thread.join(_LEAVE)

    def _look(self, tell: Callable[[CardEvent], None], timeout: float) -> None:
        for event in self._lookout.see(self._slot.look(self._lookout.last, timeout)):
            if not self._ending.is_set():
                tell(event)
