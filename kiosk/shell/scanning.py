"""What the worker of camera and papers does when it is asked: photograph, straighten, turn, read, pack, forget.

Plain blocking methods, all called on one worker's thread; the shell decides when.
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
from kiosk.documents.reduced import reduced
from kiosk.documents.straighten import TrayGeometry, straighten, turned
from kiosk.documents.words import Read
from kiosk.effects import Leaf
from kiosk.events import CornersDoubted, NumbersRead, Packed, PageTurned, Photographed, TooLarge
from kiosk.failures import DriverError, Failure
from kiosk.ports import Camera, Enclosure, Frame
from kiosk.shell.looking import Looking
from kiosk.shell.portfolio import Portfolio
from kiosk.visit import Framed, Page

_MISPLACED = {Failure.PAGE_CUT_OFF, Failure.TWO_SHEETS, Failure.PAGE_FINGER}  # no corners mend that


class Scanning(Looking):
    """Camera, tray and pages of one visit: the requests. `read` reads print."""

    def __init__(
        self,
        camera: Camera,
        portfolio: Portfolio,
        geometry: TrayGeometry,
        clock: Callable[[], float],
        read: Read = lambda _picture, _letters: None,
    ) -> None:
        super().__init__(camera, portfolio, clock)
        self._geometry = geometry
        self._read = read

    def photograph(self, number: int) -> Photographed | CornersDoubted:
        """Take a still, find the page, straighten, turn and judge it, keep it under `number`. Raises `DriverError`.

        A paper that was there before, or that is kept under another number, is not photographed: PAGE_NOT_FOUND.
        Where only the outline is in doubt, the still is kept and the visitor asked for the corners.
        """
        still = self.still(number)
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
        found = examine_at(reduced(still), corners, self._geometry)
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
        still = self.still(None)
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
        self.forget(number)

    def wipe(self) -> None:
        """Forget all pages and what was seen."""
        self._portfolio.wipe()
        self.forget_all()

    def _kept(self, number: int, still: Frame, corners: Corners, found: Examined) -> Page:
        page = develop(still, corners, self._geometry, found.turns)
        sheet = Sheet(page.pixels, page.dpi)
        self._portfolio.keep(number, sheet, page.size_mm)
        weight = weigh(sheet)
        return Page(number, page.pixels.shape[1], page.pixels.shape[0], weight.best, least_bytes=weight.least)

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
