"""Sides are followed to where they meet, straight or bowed, and left alone where nothing is to be seen."""

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.documents.pixels import Corners, Pixels
from kiosk.documents.sides import refit, support

TRUTH = np.array([(110, 90), (520, 120), (490, 420), (80, 380)], np.float32)


def paper(bows: tuple[float, float, float, float] = (0, 0, 0, 0), ground: int = 60) -> Pixels:
    """A light sheet whose sides are bowed outwards by so many pixels in their middles."""
    outline = []
    for index in range(4):
        start, end = TRUTH[index], TRUTH[(index + 1) % 4]
        run = end - start
        outward = np.array((run[1], -run[0])) / np.linalg.norm(run)
        t = np.linspace(0, 1, 40, endpoint=False)[:, None]
        outline.append(start + run * t + outward * bows[index] * 4 * t * (1 - t))
    picture = np.full((2000, 2560, 3), ground, np.uint8)
    fine = (np.concatenate(outline) + 0.5) * 4 - 0.5  # OpenCV draws half a pixel too far out: draw finely, then shrink
    cv2.fillPoly(picture, [np.rint(fine * 16).astype(np.int32)], (225, 222, 218), cv2.LINE_8, 4)
    return np.asarray(cv2.resize(picture, (640, 500), interpolation=cv2.INTER_AREA), np.uint8)


def twice(picture: Pixels, start: Corners) -> Corners:
    return refit(picture, refit(picture, start, 14.0, 1.0), 5.0, 0.5)


def off(corners: Corners) -> float:
    return float(np.linalg.norm(corners - TRUTH, axis=1).max())


@pytest.mark.parametrize("bows", [(0, 0, 0, 0), (6, -4, 5, 3), (-7, 0, -7, 0), (3, 3, 3, 3)], ids=str)
def test_corners_are_found_to_the_pixel_however_the_sides_bow(bows: tuple[float, float, float, float]) -> None:
    start = TRUTH + np.array([(6, -5), (-4, 7), (5, 5), (-6, 3)], np.float32)
    assert off(twice(paper(bows), start)) < 1.0


@settings(max_examples=20, deadline=None)
@given(st.lists(st.floats(-7, 7), min_size=8, max_size=8))
def test_a_rough_start_comes_to_the_same_end(moves: list[float]) -> None:
    assert off(twice(paper(), TRUTH + np.array(moves, np.float32).reshape(4, 2))) < 1.0


def test_a_finger_over_a_side_does_not_bend_it() -> None:
    picture = paper()
    cv2.circle(picture, (300, 105), 28, (150, 110, 90), -1)
    assert off(twice(picture, TRUTH + 4)) < 1.0


def test_where_nothing_is_seen_the_corners_stay() -> None:
    blank = np.full((500, 640, 3), 128, np.uint8)
    assert (refit(blank, TRUTH, 10.0, 1.0) == TRUTH).all()


def test_print_has_no_support_and_the_outline_has() -> None:
    picture = paper()
    inner = TRUTH.mean(axis=0) + (TRUTH - TRUTH.mean(axis=0)) * 0.7
    cv2.polylines(picture, [np.rint(inner).astype(np.int32)], True, (20, 20, 20), 2)
    lab = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2LAB), np.uint8)
    outline, box = support(lab, np.stack((TRUTH, inner)).astype(np.float32)).share
    assert outline.min() > 0.9
    assert box.max() < 0.6
