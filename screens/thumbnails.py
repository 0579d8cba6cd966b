"""Pages side by side, as large as a place allows."""

from dataclasses import dataclass

from kiosk.visit import Page
from screens.geometry import Rect
from screens.layout import Column, Kit, Row
from screens.nodes import Node
from screens.sheet import Sheet, frame_px

GAP_MM = 3.0
MOST_MM, LEAST_MM = 70.0, 18.0
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
    if not pages:
        return Thumbnails(pages, 1, MOST_MM)
    full = sorted({-(-len(pages) // rows) for rows in range(1, len(pages) + 1)}, reverse=True)
    least, a_row = 0.0, 1
    for each in full:  # a further row is worth it where the pages become clearly larger, or are too small without it
        found = _least(pages, each, width, high, kit)
        if found > least * (WORTH if least >= LEAST_MM else 1.0):
            least, a_row = found, each
    return Thumbnails(pages, a_row, min(MOST_MM, least))


def at_least(pages: tuple[Page, ...], width: int, kit: Kit) -> Thumbnails:
    """All of them as small as they may be, in as many rows as that takes."""
    gap = kit.px(GAP_MM)
    widest = max(Sheet(page, LEAST_MM).natural(kit) for page in pages) + 1
    return Thumbnails(pages, max(1, (width + gap) // (widest + gap)), LEAST_MM)


def _least(pages: tuple[Page, ...], a_row: int, width: int, high: int, kit: Kit) -> float:
    """How high in millimetres a page can be."""
    gap, rows = kit.px(GAP_MM), [pages[i : i + a_row] for i in range(0, len(pages), a_row)]
    least = (high - gap * (len(rows) - 1)) // len(rows)
    for row in rows:
        aspects = [page.width_px / max(1, page.height_px) for page in row]
        frames = sum(2 * frame_px(kit) * (1 - aspect) for aspect in aspects)
        least = min(least, int((width - (gap + 1) * (len(row) - 1) - frames) / sum(aspects)))
    return kit.look.mm(least)
