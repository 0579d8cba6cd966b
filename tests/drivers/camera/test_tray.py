"""The rendered tray tells the truth about itself, however the paper and the lens bend."""

import cv2
import numpy as np
import pytest

from drivers.camera.bending import seen_through, straight_through
from drivers.camera.tray import Air, Corners, Frame, Lying, Scene, corners_in_frame, render
from drivers.camera.visitors_hand import reached_into, shadowed

MARKS = {"red": (220, 20, 20), "green": (20, 200, 20), "blue": (20, 20, 220), "yellow": (220, 220, 20)}
LENSES = [(0.0, 0.0), (-0.12, 0.02), (0.06, 0.0)]


def marked() -> Frame:
    """A white sheet with a patch of another colour in each corner, clockwise from the upper left."""
    sheet = np.full((700, 500, 3), 255, np.uint8)
    for colour, where in zip(
        MARKS.values(),
        (np.s_[:60, :60], np.s_[:60, -60:], np.s_[-60:, -60:], np.s_[-60:, :60]),
        strict=True,
    ):
        sheet[where] = colour
    return sheet


def patch(picture: Frame, colour: tuple[int, int, int]) -> Corners:
    """All pixels (x, y) of a patch."""
    white = float(picture.max())
    shade = np.array(colour, np.float64) / 255 * 0.9 * white
    near = cv2.inRange(picture, np.clip(shade - white / 4, 0, 255), np.clip(shade + white / 4, 0, 255))
    return np.asarray(cv2.findNonZero(near).reshape(-1, 2), np.float32)


@pytest.mark.parametrize("lens", LENSES, ids=str)
@pytest.mark.parametrize("curl_mm", [0.0, 18.0])
def test_each_corner_is_where_it_is_said_to_be(lens: tuple[float, float], curl_mm: float) -> None:
    paper = Lying(marked(), (150.0, 210.0), (190.0, 150.0), 20.0, curl_mm)
    picture = render(Scene((paper,), Air(noise=0), lens=lens))
    middle = corners_in_frame(paper, lens).mean(axis=0)
    for corner, colour in zip(corners_in_frame(paper, lens), MARKS.values(), strict=True):
        points = patch(picture, colour)
        far = np.linalg.norm(points - middle, axis=1).max()
        assert far == pytest.approx(np.linalg.norm(corner - middle), abs=4)
        assert np.linalg.norm(points - corner, axis=1).min() < 4


def test_a_curled_paper_has_bent_sides_and_a_flat_one_has_not() -> None:
    def bow(curl_mm: float) -> float:
        paper = Lying(np.full((700, 500, 3), 255, np.uint8), (150.0, 210.0), (300.0, 157.0), 0.0, curl_mm)
        picture = render(Scene((paper,), Air(noise=0)))
        corners = corners_in_frame(paper)
        upper, lower = corners[1], corners[2]
        row = round(float(upper[1] + lower[1]) / 2)
        right = np.nonzero(picture[row, :, 1] > 110)[0].max()
        return float((upper[0] + lower[0]) / 2 - right)

    assert abs(bow(0)) < 2
    assert bow(20) > 20


@pytest.mark.parametrize("lens", LENSES, ids=str)
def test_the_lens_has_a_way_back(lens: tuple[float, float]) -> None:
    points = np.random.default_rng(1).uniform((0, 0), (4056, 3040), (50, 2))
    there = seen_through(lens, points, (4056, 3040))
    assert np.allclose(straight_through(lens, there, (4056, 3040)), points, atol=0.01)
    middle = np.array([[2028.0, 1520.0]])
    assert np.allclose(seen_through(lens, middle, (4056, 3040)), middle)


def test_a_barrel_draws_the_edge_inwards() -> None:
    edge = np.array([[4056.0, 1520.0]])
    assert seen_through((-0.1, 0.0), edge, (4056, 3040))[0, 0] < 4000


@pytest.mark.parametrize("seed", range(4))
def test_a_hand_and_a_shadow_come_from_the_visitor_s_side_and_are_the_same_every_time(seed: int) -> None:
    ground = np.full((760, 1014, 3), 150, np.uint8)
    for disturbed in (reached_into(ground, 0.5, seed), shadowed(ground, 1.0, seed)):
        changed = np.abs(disturbed.astype(int) - 150).max(axis=2) > 12
        assert changed[-1].any()
        assert not changed[: 760 // 10].any()
        assert 0.02 < changed.mean() < 0.5
    assert np.array_equal(reached_into(ground, 0.5, seed), reached_into(ground, 0.5, seed))
    assert not np.array_equal(reached_into(ground, 0.5, seed), reached_into(ground, 0.5, seed + 1))


def test_a_scene_without_any_of_it_is_the_one_that_it_was() -> None:
    paper = Lying(marked(), (150.0, 210.0), (190.0, 150.0), 20.0)
    plain = render(Scene((paper,)))
    assert np.array_equal(plain, render(Scene((paper,), Air(shadow=0.0), lens=(0.0, 0.0), hand=0.0)))
    assert cv2.countNonZero(cv2.absdiff(plain, render(Scene((paper,), Air(shadow=0.5))))[:, :, 0]) > 100_000
