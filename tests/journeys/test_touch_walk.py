"""The whole visit on a real X window by touch alone, to the 申込番号 and to the next visitor's attract screen.

The touches come from outside of every process of the terminal: a pointer that the X server moves and presses (XTEST).
What stands is read from outside, too, in the server's frame buffer: every screen is compared with what our own painter
makes of the view that ought to stand, pressed buttons included. Only card, phone and paper are beside the glass.
"""

from pathlib import Path

import pytest

from tests.journeys.outside import standing_before
from tests.journeys.whole_visit import make_visit


def test_a_visit_by_touch_alone_on_the_upright_panel(tmp_path: Path) -> None:
    """On every panel, and on the bench page (`test_page_visit.py`), in the sweep."""
    walk("10.1-portrait", tmp_path)


@pytest.mark.sweep
@pytest.mark.parametrize("panel", ["10.1-landscape", "15.6-landscape", "10.1-portrait"])
def test_a_visit_by_touch_alone_on_every_panel(panel: str, tmp_path: Path) -> None:
    walk(panel, tmp_path)


def walk(panel: str, folder: Path) -> None:
    with standing_before(panel, folder) as there:
        number = make_visit(there.visitor, there.hands)
        assert number
