"""What the worker of camera and papers does between two requests: look at the tray, or for a code.

Plain blocking methods, all called on one worker's thread. `live` opens the camera while a step looks (scan, the letter,
return by QR code), closes it when none does, and opens it again by itself when it was lost.
"""

from collections.abc import Callable

from kiosk.documents.codes import read_codes
from kiosk.documents.network import ready
from kiosk.documents.watch import Watcher, alike
from kiosk.events import CodeSeen, TraySeen
from kiosk.failures import DriverError, Failure
from kiosk.ports import Camera, Frame
from kiosk.shell.portfolio import Portfolio
from kiosk.visit import Sight

_ADAPTS_WITHIN = 20  # frames: rather more than a second
_BURNT_OUT = 240  # grey levels, of the whole frame's mean
_STEADY = 4  # grey levels from frame to frame
_IDLE_SECONDS = 0.1  # how soon a step that looks is noticed

News = TraySeen | CodeSeen


class Looking:
    """Camera and tray of one visit. `clock` gives monotonic seconds."""

    def __init__(self, camera: Camera, portfolio: Portfolio, clock: Callable[[], float]) -> None:
        self._camera = camera
        self._portfolio = portfolio
        self._clock = clock
        self._open = False
        self._watcher = Watcher()
        self._lying: int | None = None  # the page whose paper has not left the tray since it was photographed
        self._told: Sight | None = None
        self._code = ""  # the one that was told last

    def live(self, wanted: bool, tell: Callable[[News], None], shown: bool = True, code: bool = False) -> float | None:
        """One turn: look if `wanted`, and tell what is new; for a `code` instead of a paper. In how many seconds again.

        Raises `DriverError`.
        """
        if not wanted:
            self.close()
            return _IDLE_SECONDS
        try:
            self.open()
            seen = self.look_for_code() if code else self.look(shown)
        except DriverError:
            self.close()
            raise
        if seen is not None:
            tell(seen)
        return 0.0

    def open(self) -> None:
        """Begin to look, unless that is so already; raises `DriverError`."""
        if not self._open:
            self._told, self._code = None, ""
            ready()
            self._camera.open()
            self._open = True
            try:
                self._adapt()
            except DriverError:
                self.close()
                raise

    def _adapt(self) -> None:
        """Pass frames over until the camera has become used to the light.

        The first ones may be burnt out, and then a paper that somebody has left behind looks like an empty tray.
        """
        before = -1.0
        for _ in range(_ADAPTS_WITHIN):
            light = float(self._camera.preview()[::8, ::8].mean())
            if light < _BURNT_OUT and abs(light - before) <= _STEADY:
                break
            before = light

    def await_empty(self) -> None:
        """From now on no paper counts until the tray has been seen empty once."""
        self._watcher = Watcher()

    def close(self) -> None:
        """Look no longer; the preview goes."""
        if self._open:
            self._open = False
            self._camera.close()
            self._portfolio.show(None)
            self._watcher = self._watcher.blind()

    def look(self, shown: bool = True) -> TraySeen | None:
        """Wait for the next preview frame and judge it; answers only when there is something new to tell.

        The frame is kept for the glass where it is `shown`.
        """
        frame = self._camera.preview()
        self._watcher, sight = self._watcher.see(frame, self._clock(), need_empty=self._lying is not None)
        if self._watcher.seen_empty:
            self._lying = None
        self._portfolio.show(frame if shown else None)
        if self._told is not None and alike(self._told, sight):
            return None
        self._told = sight
        return TraySeen(sight)

    def look_for_code(self) -> CodeSeen | None:
        """Wait for the next preview frame; a code on it is told once."""
        text = next((code.text for code in read_codes(self._camera.preview())), self._code)
        before, self._code = self._code, text
        return None if text == before else CodeSeen(text)

    def still(self, number: int | None) -> Frame:
        """A still of a paper that may be photographed."""
        if not self._watcher.seen_empty and (number is None or self._lying != number):
            raise DriverError(Failure.PAGE_NOT_FOUND)
        self.open()
        return self._camera.still()

    def forget(self, number: int) -> None:
        """A page is not kept; if its paper still lies there it may be taken again."""
        if self._lying == number:
            self._lying = None
            self._watcher = Watcher(seen_empty=True)

    def forget_all(self) -> None:
        """What was seen is forgotten."""
        self._watcher, self._lying, self._told, self._code = Watcher(), None, None, ""
