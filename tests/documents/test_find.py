"""The page is found wherever it lies on the tray, and nothing is found where none lies."""

import numpy as np
import pytest

from drivers.bench.papers import Kind
from drivers.camera.tray import Air, corners_in_frame, small
from kiosk.documents.find import SURE, find_outline, view_tray
from kiosk.documents.judge import judge_outline
from kiosk.failures import Failure
from tests.documents.trays import jaccard, lying, photograph

POSES = [
    lying(Kind.NOTICE),
    lying(Kind.FORM, (150, 158), 359.2),
    lying(Kind.SEAL, (215, 150), 92.0),
    lying(Kind.DENSE, (190, 160), 181.0),
    lying(Kind.FAX, (250, 157), -0.5),
    lying(Kind.RECEIPT, (120, 150), 17.0),
    lying(Kind.RECEIPT, (300, 150), -38.0),
    lying(Kind.FORM, (200, 150), 31.0, scale=0.7),
    lying(Kind.NOTICE, (260, 170), -12.0, scale=0.5),
]


def test_the_outline_agrees_with_the_true_corners_at_every_pose() -> None:
    stills, previews = [], []
    for paper in POSES:
        frame = photograph(paper)
        outline, preview = find_outline(frame), find_outline(small(frame))
        assert outline is not None
        assert preview is not None
        assert min(outline.confidence, preview.confidence) >= SURE
        truth = corners_in_frame(paper)
        stills.append(jaccard(outline.corners, truth))
        previews.append(jaccard(preview.corners * 4 + 1.5, truth))
    assert np.mean(stills) >= 0.995
    assert min(stills) >= 0.98
    assert np.mean(previews) >= 0.98


def test_corners_run_clockwise_from_the_upper_left() -> None:
    outline = find_outline(photograph(lying(Kind.RECEIPT, degrees=10)))
    assert outline is not None
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = outline.corners.tolist()
    assert x0 < x1
    assert x3 < x2
    assert y0 < y3
    assert y1 < y2


@pytest.mark.parametrize("air", [Air(blur_px=4), Air(light=0.3), Air(noise=8), Air(motion_px=30)], ids=str)
def test_bad_air_does_not_lose_the_page(air: Air) -> None:
    paper = lying(Kind.NOTICE)
    outline = find_outline(photograph(paper, air=air))
    assert outline is not None
    assert jaccard(outline.corners, corners_in_frame(paper)) >= 0.98


def test_an_empty_tray_shows_no_page() -> None:
    view = view_tray(photograph())
    assert view.outline is None
    assert view.covered < 0.01


@pytest.mark.parametrize("centre", [(60.0, 157.0), (370.0, 157.0), (210.0, 60.0), (210.0, 260.0)], ids=str)
def test_a_page_beyond_the_frame_is_cut_off(centre: tuple[float, float]) -> None:
    frame = photograph(lying(Kind.NOTICE, centre))
    assert judge_outline(view_tray(frame), (frame.shape[1], frame.shape[0])) is Failure.PAGE_CUT_OFF


@pytest.mark.parametrize(
    "other", [lying(Kind.RECEIPT, (350, 150), 5), lying(Kind.RECEIPT, (225, 170), 30)], ids=["beside", "over"]
)
def test_two_papers_are_noticed(other: object) -> None:
    frame = photograph(lying(Kind.NOTICE, (130, 157)), other)  # type: ignore[arg-type]
    assert judge_outline(view_tray(frame), (frame.shape[1], frame.shape[0])) is Failure.TWO_SHEETS
