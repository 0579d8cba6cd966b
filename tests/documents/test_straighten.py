"""The flat page has the paper's own size, and its print stands level."""

import numpy as np
import pytest

from drivers.bench.papers import Kind
from drivers.camera.tray import corners_in_frame
from kiosk.documents.orient import quarter_turns, upright_ratio
from kiosk.documents.straighten import FlatPage, TrayGeometry, page_size, straighten, turned
from tests.documents.trays import GEOMETRY, lying, photograph, sheet


def test_an_a4_page_is_a4_and_keeps_the_camera_s_resolution() -> None:
    paper = lying(Kind.FORM)
    page = straighten(photograph(paper), corners_in_frame(paper), GEOMETRY)
    assert page.size_mm == (210.0, 297.0)
    assert 235 <= page.dpi <= 250
    assert page.pixels.shape == (round(297 * page.dpi / 25.4), round(210 * page.dpi / 25.4), 3)


def test_the_flat_page_shows_what_was_printed() -> None:
    paper = lying(Kind.NOTICE, degrees=0.8)
    page = straighten(photograph(paper), corners_in_frame(paper), GEOMETRY, most_dpi=60)
    small = FlatPage(sheet(Kind.NOTICE), 300, (210, 297))
    printed = straighten(small.pixels, _whole(small.pixels), _flat(), most_dpi=60)
    assert page.pixels.shape == printed.pixels.shape
    assert np.corrcoef(page.pixels.ravel(), printed.pixels.ravel())[0, 1] > 0.8


def _whole(pixels: np.ndarray) -> np.ndarray:
    tall, wide = pixels.shape[:2]
    return np.array([(0, 0), (wide, 0), (wide, tall), (0, tall)], np.float32)


def _flat() -> TrayGeometry:
    return TrayGeometry(210, 297)


@pytest.mark.parametrize(
    ("wide", "tall", "size"),
    [
        (211.5, 295.0, (210.0, 297.0)),
        (299.0, 209.0, (297.0, 210.0)),
        (149.0, 208.0, (148.0, 210.0)),
        (181.0, 259.0, (182.0, 257.0)),
        (217.0, 281.0, (215.9, 279.4)),
        (80.0, 190.0, (80.0, 190.0)),
    ],
)
def test_near_a_usual_format_a_page_has_that_format(wide: float, tall: float, size: tuple[float, float]) -> None:
    corners = np.array([(10, 10), (10 + wide, 10), (10 + wide, 10 + tall), (10, 10 + tall)], np.float32)
    assert page_size(corners) == pytest.approx(size)


@pytest.mark.parametrize("kind", list(Kind), ids=lambda kind: kind.value)
def test_a_page_on_its_side_is_put_level(kind: Kind) -> None:
    upright = sheet(kind)
    on_its_side = np.ascontiguousarray(np.rot90(upright))
    assert upright_ratio(upright) > 2
    assert upright_ratio(on_its_side) < 0.5
    assert quarter_turns(upright) == 0
    assert np.array_equal(turned(FlatPage(on_its_side, 300, (297, 210)), quarter_turns(on_its_side)).pixels, upright)


def test_a_blank_page_is_left_as_it_lies() -> None:
    assert quarter_turns(np.full((900, 600, 3), 240, np.uint8)) == 0
