"""What the worker of camera and papers does: look, photograph, pack, forget.

Plain blocking methods, all called on one worker's thread; the shell decides when. `live` is that worker's turn between
two requests: it opens the camera while a step looks (scan, return by QR code), closes it when none does, and opens it
again by itself when it was lost.
"""

from collections.abc import Callable, Sequence

from kiosk.documents.encode import NoFit, Sheet, encode_jpeg, encode_pages
from kiosk.documents.find import view_tray
from kiosk.documents.judge import judge_outline, judge_page
from kiosk.documents.orient import quarter_turns
from kiosk.documents.straighten import TrayGeometry, straighten, turned
from kiosk.documents.watch import Watcher
from kiosk.events import Packed, TooLarge, TraySeen
from kiosk.failures import DriverError, Failure
from kiosk.ports import Camera, Frame
from kiosk.shell.portfolio import Portfolio
from kiosk.visit import Page, Sight

_IDLE_SECONDS = 0.1  # how soon a step that looks is noticed
_MOVED = 0.004  # of the frame: an outline that moves less is not told again
_USUAL_QUALITY = 85  # for the first estimate of a page's bytes


class Scanning:
    """Camera, tray and pages of one visit. `clock` gives monotonic seconds."""

    def __init__(
        self, camera: Camera, portfolio: Portfolio, geometry: TrayGeometry, clock: Callable[[], float]
    ) -> None:
        self._camera = camera
        self._portfolio = portfolio
        self._geometry = geometry
        self._clock = clock
        self._open = False
        self._watcher = Watcher()
        self._lying: int | None = None  # the page whose paper has not left the tray since it was photographed
        self._told: Sight | None = None

    # --- the live view ---

    def live(self, wanted: bool, tell: Callable[[TraySeen], None], shown: bool = True) -> float | None:
        """One turn: look if `wanted`, and tell what is new. In how many seconds again. Raises `DriverError`."""
        if not wanted:
            self.close()
            return _IDLE_SECONDS
        try:
            self.open()
            seen = self.look(shown)
        except DriverError:
            self.close()
            raise
        if seen is not None:
            tell(seen)
        return 0.0

    def open(self) -> None:
        """Begin to look, unless that is so already; raises `DriverError`."""
        if not self._open:
            self._told = None
            self._camera.open()
            self._open = True

    def await_empty(self) -> None:
        """From now on no paper counts until the tray has been seen empty once."""
        self._watcher = Watcher()

    def close(self) -> None:
        """Look no longer; the preview goes."""
        if self._open:
            self._open = False
            self._camera.close()
            self._portfolio.show(None)

    def look(self, shown: bool = True) -> TraySeen | None:
        """Wait for the next preview frame and judge it; answers only when there is something new to tell.

        The frame is kept for the glass where it is `shown`.
        """
        frame = self._camera.preview()
        self._watcher, sight = self._watcher.see(frame, self._clock(), need_empty=self._lying is not None)
        if self._watcher.seen_empty:
            self._lying = None
        self._portfolio.show(frame if shown else None)
        if self._told is not None and not _differs(self._told, sight):
            return None
        self._told = sight
        return TraySeen(sight)

    # --- requests ---

    def photograph(self, number: int) -> Page:
        """Take a still, find the page, straighten, turn and judge it, keep it under `number`. Raises `DriverError`.

        A paper that was there before, or that is kept under another number, is not photographed: PAGE_NOT_FOUND.
        """
        if not self._watcher.seen_empty and self._lying != number:
            raise DriverError(Failure.PAGE_NOT_FOUND)
        self.open()
        sheet = self._developed(self._camera.still())
        estimate = len(encode_jpeg(sheet.pixels, _USUAL_QUALITY))
        page = Page(number, sheet.pixels.shape[1], sheet.pixels.shape[0], estimate)
        self._portfolio.keep(page, sheet)
        self._lying = number
        return page

    def pack(self, numbers: Sequence[int], total_bytes: int, progress: Callable[[int, int], None]) -> Packed | TooLarge:
        """Encode these pages within `total_bytes` together, in this order; `progress` hears (done, whole)."""
        try:
            sheets = [self._portfolio.sheet(number) for number in numbers]
        except KeyError:
            raise DriverError(Failure.INTERNAL) from None
        packed = encode_pages(sheets, total_bytes, progress)
        if isinstance(packed, NoFit):
            return TooLarge(packed.largest)
        pages = []
        for number, file in zip(numbers, packed.pages, strict=True):
            page = Page(number, file.width_px, file.height_px, len(file.jpeg))
            self._portfolio.enclose(page, file.jpeg)
            pages.append(page)
        return Packed(tuple(pages))

    def discard(self, number: int) -> None:
        """Forget a page; if its paper still lies there it may be taken again."""
        self._portfolio.discard(number)
        if self._lying == number:
            self._lying = None
            self._watcher = Watcher(seen_empty=True)

    def wipe(self) -> None:
        """Forget all pages and what was seen."""
        self._portfolio.wipe()
        self._watcher, self._lying, self._told = Watcher(), None, None

    def _developed(self, still: Frame) -> Sheet:
        """The page of a still, straight and upright; raises what is wrong with it."""
        view = view_tray(still)
        wrong = judge_outline(view, (still.shape[1], still.shape[0]))
        if wrong is not None or view.outline is None:
            raise DriverError(wrong or Failure.PAGE_NOT_FOUND)
        page = straighten(still, view.outline.corners, self._geometry)
        page = turned(page, quarter_turns(page.pixels))
        judgement = judge_page(page.pixels, page.dpi)
        if judgement.failure is not None:
            raise DriverError(judgement.failure)
        return Sheet(page.pixels, page.dpi)


def _differs(told: Sight, sight: Sight) -> bool:
    """Whether the glass would show another sentence, or an outline that has visibly moved."""
    if told.guidance is not sight.guidance or len(told.outline) != len(sight.outline):
        return True
    pairs = zip(told.outline, sight.outline, strict=True)
    return any(abs(x - u) > _MOVED or abs(y - v) > _MOVED for (x, y), (u, v) in pairs)
