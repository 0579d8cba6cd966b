"""What the steps of a scan cost the processor, for a still of 12 megapixels on one core. Figures, not verdicts."""

import statistics
import time
from collections.abc import Callable

import cv2
import pytest

from drivers.bench.papers import Kind, print_paper
from drivers.camera.tray import corners_in_frame
from kiosk.documents.encode import Sheet, encode_pages
from kiosk.documents.find import view_tray
from kiosk.documents.hand import find_hand
from kiosk.documents.judge import JUDGED_DPI, judge_page
from kiosk.documents.orient import turned_by
from kiosk.documents.paper import whitened
from kiosk.documents.pixels import as_grey
from kiosk.documents.reduced import reduced
from kiosk.documents.straighten import straighten
from tests.documents.trays import GEOMETRY, photograph
from tests.figures.tables import table
from tests.figures.test_gates import lying_somewhere

pytestmark = pytest.mark.bench


def test_times() -> None:
    cv2.setNumThreads(1)
    lies = lying_somewhere(print_paper(Kind.DENSE), 3)
    still, corners = photograph(lies), corners_in_frame(lies)
    page = straighten(still, corners, GEOMETRY, JUDGED_DPI)
    full = straighten(still, corners, GEOMETRY)
    at = reduced(still)
    hand = find_hand(at, corners)
    sheet = Sheet(whitened(full.pixels, full.dpi), full.dpi)
    steps: dict[str, Callable[[], object]] = {
        "outline": lambda: view_tray(still),
        "straightened at 200 dpi": lambda: straighten(still, corners, GEOMETRY, JUDGED_DPI),
        "a hand sought": lambda: find_hand(at, corners),
        "judged": lambda: judge_page(page.pixels, page.dpi, hand, corners),
        "which way round": lambda: turned_by(as_grey(page.pixels), page.dpi),
        "straightened in full": lambda: straighten(still, corners, GEOMETRY),
        "made white": lambda: whitened(full.pixels, full.dpi),
        "five pages packed, all fits": lambda: encode_pages([sheet] * 5, 9_500_000),
        "five pages packed, half the room": lambda: encode_pages([sheet] * 5, 3_000_000),
    }
    rows: list[tuple[str, ...]] = [(name, f"{processor_ms(step):.0f} ms") for name, step in steps.items()]
    table("processor time for a 12 MP frame, medians of 5", rows)


def processor_ms(step: Callable[[], object]) -> float:
    spent = []
    for _ in range(5):
        begun = time.process_time()
        step()
        spent.append((time.process_time() - begun) * 1000)
    return statistics.median(spent)
