"""From what outlives a visit to the visit that stands: the camera's cable, the health watch, the wish to close."""

from threading import Lock

from kiosk.ports import Closed
from kiosk.shell.inbox import Happening, VisitInbox


class Switchboard:
    """Puts into the inbox of the visit that is connected; what comes while none is, is dropped, apart from `Closed`."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._inbox: VisitInbox | None = None
        self._closed = False

    def connect(self, inbox: VisitInbox) -> None:
        """This visit stands now."""
        with self._lock:
            self._inbox = inbox
            if self._closed:
                inbox.put(Closed())

    def put(self, event: Happening) -> None:
        """From any thread."""
        with self._lock:
            self._closed = self._closed or isinstance(event, Closed)
            if self._inbox is not None:
                self._inbox.put(event)
