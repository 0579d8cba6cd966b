"""The cables of the bench: each can hang loose."""

from collections.abc import Callable, Mapping
from threading import Lock

DEVICES = ("reader", "camera", "panel", "network")
"""What has a cable."""

Act = Callable[[], None]


class Cables:
    """`ends` says for each device how its cable is pulled and put back."""

    def __init__(self, ends: Mapping[str, tuple[Act, Act]]) -> None:
        self._ends = ends
        self._lock = Lock()
        self._loose: frozenset[str] = frozenset()

    def pull(self, device: str) -> None:
        """Pull it, if it is not loose already."""
        self._ends[device][0]()
        with self._lock:
            self._loose |= {device}

    def put_back(self, device: str) -> None:
        """Put it back."""
        self._ends[device][1]()
        with self._lock:
            self._loose -= {device}

    @property
    def loose(self) -> frozenset[str]:
        """Whose cable hangs loose."""
        with self._lock:
            return self._loose
