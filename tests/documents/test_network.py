"""The network's maps become quadrilaterals; the shipped weights know a page from its ground."""

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.bench.papers import Kind
from drivers.camera.tray import STILL, corners_in_frame, small
from kiosk.documents.network import SIDE, Maps, agreement, maps, maps_from_all_sides, proposals
from tests.documents.trays import jaccard, lying, photograph

QUAD = np.array([(0.22, 0.15), (0.8, 0.2), (0.75, 0.86), (0.18, 0.8)], np.float32)
NOTHING = np.zeros((SIDE, SIDE), np.uint8)


def drawn(page: bool = True, corners: int = 4, missing: float = 0.0) -> Maps:
    """Maps as a perfect network would give them, without the last corners, with a part of the page missing."""
    whole, spots = NOTHING.copy(), NOTHING.copy()
    if page:
        cv2.fillConvexPoly(whole, np.rint((QUAD * SIDE - 0.5) * 16).astype(np.int32), 255, cv2.LINE_AA, 4)
        whole[: int(SIDE * missing)] = 0
    for x, y in QUAD[:corners] * SIDE - 0.5:
        spots[round(float(y)), round(float(x))] = 255
    return Maps(whole, np.asarray(cv2.GaussianBlur(spots, (0, 0), 1.5) * 14.0, np.uint8))


def best(said: Maps) -> float:
    return max((jaccard(quad, QUAD) for quad in proposals(said)), default=0.0)


def test_the_page_alone_is_enough() -> None:
    assert best(drawn(corners=0)) > 0.975


def test_the_corners_alone_are_enough() -> None:
    assert best(drawn(page=False)) > 0.97


def test_corners_mend_a_page_of_which_a_part_is_covered() -> None:
    assert best(drawn(corners=0, missing=0.3)) < 0.9
    assert best(drawn(missing=0.3)) > 0.97


def test_nothing_said_nothing_proposed() -> None:
    assert proposals(Maps(NOTHING, NOTHING)).shape == (0, 4, 2)


def test_agreement_is_whole_with_the_page_itself_and_none_elsewhere() -> None:
    shared, least, mean = agreement(drawn(), np.stack((QUAD, QUAD * 0.1)).astype(np.float32)).T
    assert shared[0] > 0.98
    assert min(least[0], mean[0]) > 0.5
    assert shared[1] < 0.02
    assert mean[1] < 0.05


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.floats(0, 255))
def test_whatever_the_maps_say_the_proposals_are_numbers(seed: int, level: float) -> None:
    rng = np.random.default_rng(seed)
    page, corner = (np.clip(rng.normal(level, 60, (SIDE, SIDE)), 0, 255).astype(np.uint8) for _ in range(2))
    said = Maps(cv2.GaussianBlur(page, (0, 0), float(rng.uniform(0.5, 9))).astype(np.uint8), corner)
    quads = proposals(said)
    assert np.isfinite(quads).all()
    assert len(quads) < 40
    assert np.isfinite(agreement(said, quads)).all()


@pytest.mark.parametrize("paper", [lying(Kind.FORM), lying(Kind.RECEIPT, degrees=25)], ids=["form", "receipt"])
def test_the_weights_see_a_paper_on_the_tray(paper: object) -> None:
    said = maps(small(photograph(paper)))  # type: ignore[arg-type]
    truth = corners_in_frame(paper) / np.array(STILL, np.float32)  # type: ignore[arg-type]
    shared, _, corners = agreement(said, truth[None].astype(np.float32))[0]
    assert shared > 0.85
    assert corners > 0.3


def test_the_weights_see_no_paper_on_an_empty_tray() -> None:
    assert (maps(small(photograph())).page >= 128).mean() < 0.005


def test_looked_at_from_all_sides_a_page_is_where_it_was() -> None:
    frame = small(photograph(lying(Kind.NOTICE, (150, 158), 4)))
    one = maps(frame)
    thrice = maps_from_all_sides(frame, one)
    assert np.mean((one.page >= 128) != (thrice.page >= 128)) < 0.03
    assert agreement(one, proposals(thrice)).max(axis=0)[0] > 0.9
