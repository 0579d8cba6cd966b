"""What the worker of camera and papers does: look, photograph, straighten, turn, pack, forget.

Plain blocking methods, all called on one worker's thread; the shell decides when. `live` is that worker's turn between
two requests: it opens the camera while a step looks (scan, the letter, return by QR code), closes it when none does,
and opens it again by itself when it was lost.
"""

from collections.abc import Callable, Sequence

import numpy as np

from kiosk.documents.codes import read_codes
from kiosk.documents.cover import covered
from kiosk.documents.develop import Examined, develop, examine, examine_at
from kiosk.documents.digit_rows import WORK_DPI
from kiosk.documents.encode import PDF, NoFit, Sheet, encode_files, weigh
from kiosk.documents.find import SURE
from kiosk.documents.pixels import Corners, as_grey
from kiosk.documents.printed_numbers import offers
from kiosk.documents.straighten import TrayGeometry, straighten, turned
from kiosk.documents.watch import Watcher
from kiosk.documents.words import Read
from kiosk.effects import Leaf
from kiosk.events import CodeSeen, CornersDoubted, NumbersRead, Packed, PageTurned, Photographed, TooLarge, TraySeen
from kiosk.failures import DriverError, Failure
from kiosk.ports import Camera, Enclosure, Frame
from kiosk.shell.portfolio import Portfolio
from kiosk.visit import Framed, Page, Sight

_IDLE_SECONDS = 0.1  # how soon a step that looks is noticed
_MOVED = 0.004  # of the frame: an outline that moves less is not told again
_MISPLACED = {Failure.PAGE_CUT_OFF, Failure.TWO_SHEETS, Failure.PAGE_FINGER}  # no corners mend that

News = TraySeen | CodeSeen


class Scanning:
    """Camera, tray and pages of one visit. `clock` gives monotonic seconds, `read` reads print."""

    def __init__(
        self,
        camera: Camera,
        portfolio: Portfolio,
        geometry: TrayGeometry,
        clock: Callable[[], float],
        read: Read = lambda _picture, _letters: None,
    ) -> None:
        self._camera = camera
        self._portfolio = portfolio
        self._geometry = geometry
        self._clock = clock
        self._read = read
        self._open = False
        self._watcher = Watcher()
        self._lying: int | None = None  # the page whose paper has not left the tray since it was photographed
        self._told: Sight | None = None
        self._code = ""  # the one that was told last

    # --- the live view ---

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

    def look_for_code(self) -> CodeSeen | None:
        """Wait for the next preview frame; a code on it is told once."""
        text = next((code.text for code in read_codes(self._camera.preview())), self._code)
        before, self._code = self._code, text
        return None if text == before else CodeSeen(text)

    # --- requests ---

    def photograph(self, number: int) -> Photographed | CornersDoubted:
        """Take a still, find the page, straighten, turn and judge it, keep it under `number`. Raises `DriverError`.

        A paper that was there before, or that is kept under another number, is not photographed: PAGE_NOT_FOUND.
        Where only the outline is in doubt, the still is kept and the visitor asked for the corners.
        """
        still = self._taken(number)
        found = examine(still, self._geometry)
        framed = _framed(number, still, found.corners)
        self._portfolio.hold(number, still)
        if framed is not None and found.confidence < SURE and found.failure not in _MISPLACED:
            self._lying = number
            return CornersDoubted(framed)
        if found.failure is not None or found.corners is None or framed is None:
            self._portfolio.hold(number, None)
            raise DriverError(found.failure or Failure.PAGE_NOT_FOUND)
        self._lying = number
        return Photographed(self._kept(number, still, found.corners, found), framed)

    def straighten(self, framed: Framed) -> Photographed:
        """Make a page anew from its still, with these corners. Raises `DriverError`."""
        still = self._portfolio.still(framed.number)
        if still is None:
            raise DriverError(Failure.INTERNAL)
        corners = (np.array(framed.corners, np.float32) * (still.shape[1], still.shape[0])).astype(np.float32)
        found = examine_at(still, corners, self._geometry)
        if found.failure is not None:
            raise DriverError(found.failure)
        return Photographed(self._kept(framed.number, still, corners, found), framed)

    def turn(self, number: int) -> PageTurned:
        """Turn a page by a quarter, clockwise. Raises `DriverError`."""
        try:
            sheet = self._portfolio.turn(number).sheet
        except KeyError:
            raise DriverError(Failure.INTERNAL) from None
        return PageTurned(sheet.pixels.shape[1], sheet.pixels.shape[0])

    def read_numbers(self) -> NumbersRead:
        """What the letter on the tray says; nothing of it is kept. Raises `DriverError`."""
        still = self._taken(None)
        found = examine(still, self._geometry)
        if found.corners is None:
            raise DriverError(found.failure or Failure.PAGE_NOT_FOUND)
        page = straighten(still, found.corners, self._geometry, WORK_DPI)
        page = turned(page, found.turns)
        said = offers(as_grey(page.pixels), page.dpi, read_codes(still), self._read)
        return NumbersRead(said.contract, said.receipt)

    def pack(
        self, leaves: Sequence[Leaf], total_bytes: int, pdf: bool, progress: Callable[[int, int], None]
    ) -> Packed | TooLarge:
        """Encode these pages within `total_bytes` together, in this order; `progress` hears (done, whole)."""
        numbers = tuple(leaf.number for leaf in leaves)
        try:
            sheets = [self._covered(leaf) for leaf in leaves]
        except KeyError:
            raise DriverError(Failure.INTERNAL) from None
        packed = encode_files(_bound(leaves, sheets), total_bytes, pdf, progress)
        if isinstance(packed, NoFit):
            return TooLarge(packed.largest)
        files = [
            Enclosure(f"page-{place}.{'pdf' if file.media_type == PDF else 'jpg'}", file.media_type, file.content)
            for place, file in enumerate(packed.files, 1)
        ]
        self._portfolio.enclose(numbers, files)
        pages = (page for file in packed.files for page in file.pages)
        return Packed(
            tuple(
                Page(number, page.width_px, page.height_px, len(page.jpeg))
                for number, page in zip(numbers, pages, strict=True)
            )
        )

    def discard(self, number: int) -> None:
        """Forget a page; if its paper still lies there it may be taken again."""
        self._portfolio.discard(number)
        if self._lying == number:
            self._lying = None
            self._watcher = Watcher(seen_empty=True)

    def wipe(self) -> None:
        """Forget all pages and what was seen."""
        self._portfolio.wipe()
        self._watcher, self._lying, self._told, self._code = Watcher(), None, None, ""

    def _taken(self, number: int | None) -> Frame:
        """A still of a paper that may be photographed."""
        if not self._watcher.seen_empty and (number is None or self._lying != number):
            raise DriverError(Failure.PAGE_NOT_FOUND)
        self.open()
        return self._camera.still()

    def _kept(self, number: int, still: Frame, corners: Corners, found: Examined) -> Page:
        page = develop(still, corners, self._geometry, found.turns)
        sheet = Sheet(page.pixels, page.dpi)
        self._portfolio.keep(number, sheet, page.size_mm)
        return Page(number, page.pixels.shape[1], page.pixels.shape[0], weigh(sheet).best)

    def _covered(self, leaf: Leaf) -> Sheet:
        sheet = self._portfolio.kept(leaf.number).sheet
        return Sheet(covered(sheet.pixels, leaf.covers), sheet.dpi) if leaf.covers else sheet


def _bound(leaves: Sequence[Leaf], sheets: Sequence[Sheet]) -> list[list[Sheet]]:
    """The sheets of each file."""
    files: list[list[Sheet]] = []
    for leaf, sheet in zip(leaves, sheets, strict=True):
        if leaf.joins and files:
            files[-1].append(sheet)
        else:
            files.append([sheet])
    return files


def _framed(number: int, still: Frame, corners: Corners | None) -> Framed | None:
    if corners is None:
        return None
    tall, wide = still.shape[:2]
    return Framed(number, wide, tall, tuple((float(x) / wide, float(y) / tall) for x, y in corners))


def _differs(told: Sight, sight: Sight) -> bool:
    """Whether the glass would show another sentence, or an outline that has visibly moved."""
    if told.guidance is not sight.guidance or len(told.outline) != len(sight.outline):
        return True
    pairs = zip(told.outline, sight.outline, strict=True)
    return any(abs(x - u) > _MOVED or abs(y - v) > _MOVED for (x, y), (u, v) in pairs)
