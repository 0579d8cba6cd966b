"""A sheet of known squares tells where the tray lies and how the lens bends, however it is laid."""

from functools import cache

import cv2
import numpy as np
import pytest

from drivers.bench.papers import Kind
from drivers.camera.bending import seen_through
from drivers.camera.tray import QUAD, STILL, TRAY_MM, Air, Frame, Lying, Scene, render
from kiosk.documents.calibrate import SHEET_DPI, calibrate, deviation, draw_sheet, find_sheet
from kiosk.documents.straighten import TrayGeometry
from tests.documents.trays import lying, photograph

NOMINAL = TrayGeometry(*TRAY_MM, QUAD)


@cache
def sheet_on_tray(lens: tuple[float, float], degrees: float, printed_at: float = 1.0) -> Frame:
    size = (210.0 * printed_at, 297.0 * printed_at)
    return render(Scene((Lying(draw_sheet(), size, (205.0, 157.0), degrees),), Air(), lens=lens))


def worst_length(geometry: TrayGeometry, lens: tuple[float, float]) -> float:
    """The largest error, as a share, among lengths anywhere on the tray."""
    points = np.random.default_rng(0).uniform((10, 10), (410, 305), (40, 2))
    tray = np.array([(0, 0), (TRAY_MM[0], 0), TRAY_MM, (0, TRAY_MM[1])], np.float32)
    frame = (np.array(QUAD) * STILL).astype(np.float32)
    seen = cv2.perspectiveTransform(points[None], cv2.getPerspectiveTransform(tray, frame))[0]
    told = geometry.to_millimetres(seen_through(lens, np.asarray(seen, np.float64), STILL).astype(np.float32), STILL)
    true, measured = (np.linalg.norm(some[:20] - some[20:], axis=1) for some in (points, told))
    return float(np.abs(measured / true - 1).max())


@pytest.mark.parametrize(
    ("lens", "degrees"),
    [((0.0, 0.0), 3.0), ((-0.08, 0.01), 93.0), ((0.04, 0.0), 181.0), ((-0.12, 0.02), -88.0)],
    ids=["straight, as it comes", "a barrel, on its side", "a cushion, upside down", "a strong barrel"],
)
def test_lengths_are_right_to_a_quarter_of_a_percent_wherever_a_paper_will_lie(
    lens: tuple[float, float], degrees: float
) -> None:
    seen = find_sheet(sheet_on_tray(lens, degrees))
    assert seen is not None
    found = calibrate(seen, TRAY_MM)
    assert found.error_px < 1.0
    assert worst_length(found.geometry, lens) < 0.0025
    assert deviation(found.geometry, seen) < 0.3
    middle = np.array(found.geometry.quad).mean(axis=0)
    assert np.abs(middle - 0.5).max() < 0.02
    assert found.geometry.quad[0][0] < found.geometry.quad[1][0]


def test_a_lens_that_is_not_allowed_for_is_a_deviation() -> None:
    seen = find_sheet(sheet_on_tray((-0.08, 0.01), 93.0))
    assert seen is not None
    assert deviation(NOMINAL, seen) > 2.5


def test_a_sheet_that_was_printed_too_small_is_put_right_by_its_ruler() -> None:
    seen = find_sheet(sheet_on_tray((0.0, 0.0), 3.0, printed_at=0.96))
    assert seen is not None
    assert worst_length(calibrate(seen, TRAY_MM).geometry, (0.0, 0.0)) > 0.03
    assert worst_length(calibrate(seen, TRAY_MM, ruler_mm=96.0).geometry, (0.0, 0.0)) < 0.0025


def test_no_sheet_is_seen_where_there_is_none_or_too_little_of_it() -> None:
    assert find_sheet(photograph()) is None
    assert find_sheet(photograph(lying(Kind.FORM))) is None
    beyond = Lying(draw_sheet(), (210.0, 297.0), (-20.0, 20.0))
    assert find_sheet(render(Scene((beyond,)))) is None


def test_the_sheet_is_an_a4_page_with_white_margins() -> None:
    sheet = draw_sheet()
    assert sheet.shape == (round(297 / 25.4 * SHEET_DPI), round(210 / 25.4 * SHEET_DPI), 3)
    margin = round(10 / 25.4 * SHEET_DPI)
    for rim in (sheet[:margin], sheet[:, :margin], sheet[:, -margin:]):
        assert rim.min() == 255
