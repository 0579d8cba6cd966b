"""What is light, what covers the ground, what lies beside the page: on drawn pictures whose shares are known."""

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.documents.pixels import Pixels
from kiosk.documents.quads import areas, clockwise, plausible
from kiosk.documents.thresholds import beside, filled, light_and_covering, paper_like, quads_from_masks
from tests.documents.trays import jaccard

PAGE = np.array([(100, 60), (300, 60), (300, 340), (100, 340)], np.float32)


def drawn(*things: tuple[tuple[int, int, int, int], tuple[int, int, int]], ground: int = 30) -> Pixels:
    """Boxes (left, top, right, bottom) of a colour on a grey ground, in Lab."""
    picture = np.full((400, 560, 3), ground, np.uint8)
    for (left, top, right, bottom), colour in things:
        picture[top:bottom, left:right] = colour
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2LAB), np.uint8)


WHITE_PAGE = ((100, 60, 300, 340), (230, 230, 228))


def test_a_page_is_light_covers_and_is_paper_like() -> None:
    lab = drawn(WHITE_PAGE)
    for mask in (*light_and_covering(lab), paper_like(lab)):
        (quad, *_) = quads_from_masks([mask])
        assert jaccard(quad, PAGE) > 0.98


def test_a_dark_coloured_thing_covers_and_is_not_light() -> None:
    light, covering = light_and_covering(drawn(((100, 60, 300, 340), (8, 8, 90))))
    assert (covering > 0).mean() == pytest.approx(0.25, abs=0.02)
    assert (light > 0).mean() < 0.01


def test_what_lies_beside_is_measured_and_what_the_page_lacks() -> None:
    light, _ = light_and_covering(drawn(WHITE_PAGE, ((380, 100, 480, 200), (230, 230, 228))))
    assert beside(light, PAGE) == pytest.approx(100 * 100 / (400 * 560), rel=0.1)
    assert filled(light, PAGE) > 0.98
    light, _ = light_and_covering(drawn(((100, 60, 300, 200), (230, 230, 228))))
    assert beside(light, PAGE) == 0
    assert filled(light, PAGE) == pytest.approx(0.5, abs=0.03)


def test_an_empty_ground_gives_no_quadrilateral() -> None:
    assert quads_from_masks(list(light_and_covering(drawn()))).shape == (0, 4, 2)


@given(st.permutations(range(4)), st.floats(0.2, 3), st.floats(-50, 50))
def test_any_order_of_corners_becomes_the_same_one(order: list[int], scale: float, shift: float) -> None:
    quad = (PAGE * scale + shift).astype(np.float32)
    assert (clockwise(quad[order]) == quad).all()
    assert areas(quad[None])[0] == pytest.approx(200 * 280 * scale**2, rel=1e-3)


def test_what_cannot_be_a_page_is_not_plausible() -> None:
    crossed, sliver = PAGE[[0, 2, 1, 3]], PAGE * (0.03, 1)
    far, whole = PAGE + 400, np.array([(0, 0), (560, 0), (560, 400), (0, 400)])
    found = plausible(np.array([PAGE, crossed, sliver, far, whole], np.float32), 560, 400)
    assert found.tolist() == [True, False, False, False, False]
