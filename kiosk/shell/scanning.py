"""What the worker of camera and papers does: look, photograph, pack, forget.

Plain blocking methods, all to be called from one thread; the shell decides which and when. While a step looks (scan,
return by QR code), `look` is called in a loop between `open` and `close`; requests are served between two looks.
"""

from collections.abc import Callable, Sequence

from kiosk.documents.encode import NoFit, Sheet, encode_jpeg, encode_pages
from kiosk.documents.find import view_tray
from kiosk.documents.judge import judge_outline, judge_page
from kiosk.documents.orient import quarter_turns
from kiosk.documents.straighten import TrayGeometry, straighten, turned
from kiosk.documents.watch import Watcher
from kiosk.events import Failed, Packed, Photographed, TooLarge, TraySeen
from kiosk.failures import DriverError, Failure
from kiosk.ports import Camera
from kiosk.shell.portfolio import Portfolio
from kiosk.visit import Page, Sight

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
        self._watcher = Watcher()
        self._lying: int | None = None  # the page whose paper has not left the tray since it was photographed
        self._told: Sight | None = None

    def open(self) -> None:
        """Begin to look; raises `DriverError`."""
        self._told = None
        self._camera.open()

    def close(self) -> None:
        """Look no longer; the preview goes."""
        self._camera.close()
        self._portfolio.show(None)

    def look(self) -> TraySeen | None:
        """Wait for the next preview frame and judge it; answers only when there is something new to tell."""
        frame = self._camera.preview()
        self._watcher, sight = self._watcher.see(frame, self._clock(), need_empty=self._lying is not None)
        if self._watcher.seen_empty:
            self._lying = None
        self._portfolio.show(frame)
        if self._told is not None and not _differs(self._told, sight):
            return None
        self._told = sight
        return TraySeen(sight)

    def photograph(self, number: int) -> Photographed | Failed:
        """Take a still, find the page, straighten, turn and judge it, and keep it under `number`."""
        if not self._watcher.seen_empty and self._lying != number:
            return Failed(Failure.PAGE_NOT_FOUND)  # what lies there lay there before, or is kept already
        try:
            still = self._camera.still()
        except DriverError as error:
            return Failed(error.failure)
        view = view_tray(still)
        failure = judge_outline(view, (still.shape[1], still.shape[0]))
        if failure is not None or view.outline is None:
            return Failed(failure or Failure.PAGE_NOT_FOUND)
        page = straighten(still, view.outline.corners, self._geometry)
        page = turned(page, quarter_turns(page.pixels))
        judgement = judge_page(page.pixels, page.dpi)
        if judgement.failure is not None:
            return Failed(judgement.failure)
        estimate = len(encode_jpeg(page.pixels, _USUAL_QUALITY))
        kept = Page(number, page.pixels.shape[1], page.pixels.shape[0], estimate)
        self._portfolio.keep(kept, Sheet(page.pixels, page.dpi))
        self._lying = number
        return Photographed(kept)

    def pack(
        self, numbers: Sequence[int], total_bytes: int, progress: Callable[[int, int], None]
    ) -> Packed | TooLarge | Failed:
        """Encode these pages within `total_bytes` together, in this order; `progress` hears (done, whole)."""
        try:
            sheets = [self._portfolio.sheet(number) for number in numbers]
        except KeyError:
            return Failed(Failure.INTERNAL)
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


def _differs(told: Sight, sight: Sight) -> bool:
    """Whether the glass would show another sentence, or an outline that has visibly moved."""
    if told.guidance is not sight.guidance or len(told.outline) != len(sight.outline):
        return True
    pairs = zip(told.outline, sight.outline, strict=True)
    return any(abs(x - u) > _MOVED or abs(y - v) > _MOVED for (x, y), (u, v) in pairs)
