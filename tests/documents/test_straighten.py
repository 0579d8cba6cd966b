"""The flat page has the paper's own size, and its print stands level."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from drivers.bench.papers import Kind
from drivers.camera.tray import QUAD, STILL, corners_in_frame
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


BENT = replace(GEOMETRY, lens=(-0.04, 0.012))


def test_the_lens_bends_and_unbends_to_the_same_place() -> None:
    places = np.random.default_rng(2).uniform(0, 1, (60, 2)).astype(np.float32) * np.array((4056, 3040), np.float32)
    seen = BENT.bent(places, (4056, 3040))
    assert np.abs(seen - places).max() > 30
    assert np.abs(BENT.unbent(seen, (4056, 3040)) - places).max() < 0.02


def test_a_page_seen_through_a_bending_lens_comes_out_as_one_seen_without() -> None:
    paper = lying(Kind.FORM, degrees=1.2)
    wide, tall = size = (1352, 1014)
    straight = np.asarray(cv2.resize(photograph(paper), size, interpolation=cv2.INTER_AREA), np.uint8)
    corners = np.asarray((corners_in_frame(paper) + 0.5) * (wide / STILL[0]) - 0.5, np.float32)
    rows, columns = np.mgrid[0:tall, 0:wide].astype(np.float32)
    across, down = cv2.split(BENT.unbent(np.stack([columns, rows], axis=-1), size))
    bent = np.asarray(cv2.remap(straight, across, down, cv2.INTER_LINEAR), np.uint8)
    wanted = straighten(straight, corners, GEOMETRY, most_dpi=70).pixels.astype(np.int16)
    flat = straighten(bent, BENT.bent(corners, size), replace(BENT, quad=_seen(BENT)), most_dpi=70)
    ignorant = straighten(bent, BENT.bent(corners, size), GEOMETRY, most_dpi=70)
    assert flat.size_mm == (210.0, 297.0)
    difference = np.abs(flat.pixels.astype(np.int16) - wanted)
    assert difference.mean() < 4
    assert ignorant.pixels.shape != flat.pixels.shape or np.abs(ignorant.pixels - wanted).mean() > 2 * difference.mean()


def _seen(geometry: TrayGeometry) -> tuple[tuple[float, float], ...]:
    """The tray's corners as that lens shows them."""
    size = np.array((4056, 3040), np.float32)
    bent = geometry.bent(np.array(QUAD, np.float32) * size, (4056, 3040)) / size
    return tuple((float(x), float(y)) for x, y in bent)


def test_a_page_turned_by_quarters_keeps_its_size() -> None:
    page = FlatPage(np.arange(5 * 3 * 3, dtype=np.uint8).reshape(5, 3, 3), 10, (30.0, 50.0))
    once = turned(page, 1)
    assert once.size_mm == (50.0, 30.0)
    assert once.pixels[0, -1].tolist() == page.pixels[0, 0].tolist()
    assert np.array_equal(turned(once, 3).pixels, page.pixels)
