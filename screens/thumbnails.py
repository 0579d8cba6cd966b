"""Pages side by side, as large as a place allows."""

from dataclasses import dataclass

from kiosk.visit import Page
from screens.geometry import Rect
from screens.layout import Column, Kit, Row
from screens.nodes import Node
from screens.sheet import Sheet

GAP_MM = 3.0
MOST_MM = 70.0
WORTH = 1.15


@dataclass(frozen=True, slots=True)
class Thumbnails:
    """So many in a row, each `least` mm high."""

    pages: tuple[Page, ...]
    a_row: int
    least: float
    grows: bool = False

    def _rows(self) -> Column:
        sheets = [Sheet(page, self.least) for page in self.pages]
        rows = (tuple(sheets[i : i + self.a_row]) for i in range(0, len(sheets), self.a_row))
        return Column(tuple(Row(row, GAP_MM, (0,) * len(row)) for row in rows), GAP_MM)

    def natural(self, kit: Kit) -> int:
        return self._rows().natural(kit)

    def height(self, width: int, kit: Kit) -> int:
        return self._rows().height(width, kit)

    def place(self, at: Rect, kit: Kit) -> Node:
        return self._rows().place(at, kit)


def thumbnails(pages: tuple[Page, ...], width: int, high: int, kit: Kit) -> Thumbnails:
    """All of them within so many pixels, in as many rows as make them largest."""
    full = sorted({-(-len(pages) // rows) for rows in range(1, len(pages) + 1)}, reverse=True)
    least, a_row = 0.0, 1
    for each in full:  # a further row is worth it where the pages become clearly larger
        found = _least(pages, each, width, high, kit)
        if found > least * WORTH:
            least, a_row = found, each
    return Thumbnails(pages, a_row, min(MOST_MM, least))


def _least(pages: tuple[Page, ...], a_row: int, width: int, high: int, kit: Kit) -> float:
    """How high in millimetres a page can be."""
    gap, rows = kit.px(GAP_MM), [pages[i : i + a_row] for i in range(0, len(pages), a_row)]
    least = (high - gap * (len(rows) - 1)) // len(rows)
    for row in rows:
        widths = sum(page.width_px / max(1, page.height_px) for page in row)
        least = min(least, int((width - (gap + 1) * (len(row) - 1)) / widths))
    return kit.look.mm(least)
