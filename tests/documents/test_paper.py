"""Paper comes out white and even, and nothing that stands on it is lost."""

import cv2
import numpy as np
import pytest

from drivers.bench.papers import Kind
from drivers.camera.tray import Frame, corners_in_frame
from kiosk.documents.encode import encode_jpeg
from kiosk.documents.paper import WHITE, paper_level, whitened
from kiosk.documents.pixels import as_grey
from kiosk.documents.straighten import straighten
from tests.documents.harm import Harm, harmed, pale, pencilled, tinted
from tests.documents.trays import GEOMETRY, lying, photograph


def flat(kind: Kind, harm: Harm | None = None) -> Frame:
    paper = lying(kind)
    still, corners = photograph(paper), corners_in_frame(paper)
    return straighten(still if harm is None else harmed(still, corners, harm), corners, GEOMETRY, 150).pixels


def evenness(page: Frame) -> float:
    level = paper_level(as_grey(page), 150)
    return float(np.percentile(level, 2) / np.percentile(level, 98))


@pytest.mark.parametrize("harm", [None, Harm("shadow", 0.5, 3)], ids=["the tray's own light", "a shadow"])
def test_paper_is_white_and_even(harm: Harm | None) -> None:
    page = flat(Kind.NOTICE, harm)
    white = whitened(page, 150)
    assert evenness(white) > max(0.95, evenness(page))
    assert abs(float(np.median(white)) - WHITE) < 4


def test_a_red_seal_stays_as_red_as_it_was() -> None:
    page = flat(Kind.SEAL)
    before, after = (cv2.cvtColor(one, cv2.COLOR_RGB2HSV) for one in (page, whitened(page, 150)))
    seal = (before[:, :, 1] > 110) & (before[:, :, 2] > 90)
    assert seal.sum() > 500
    hue = before[seal][:, 0].astype(int), after[seal][:, 0].astype(int)
    turn = np.abs((hue[0] - hue[1] + 90) % 180 - 90)
    assert np.percentile(turn, 95) <= 3
    assert np.median(after[seal][:, 1]) > 0.95 * np.median(before[seal][:, 1])


@pytest.mark.parametrize("wear", [lambda page: pale(page, 0.3), pencilled], ids=["pale", "pencil"])
def test_faint_print_keeps_its_contrast(wear: object) -> None:
    page = np.asarray(wear(flat(Kind.FORM)), np.uint8)  # type: ignore[operator]
    white = whitened(page, 150)
    before, after = (as_grey(one).astype(np.float32) for one in (page, white))
    ink = before < np.percentile(before, 3)
    assert after[ink].mean() / np.median(after) < before[ink].mean() / np.median(before) + 0.03


def test_coloured_paper_stays_coloured() -> None:
    page = tinted(flat(Kind.NOTICE), (255, 244, 170))
    red, _, blue = np.median(whitened(page, 150).reshape(-1, 3), axis=0)
    assert blue < 0.75 * red


def test_files_do_not_grow() -> None:
    paper = lying(Kind.DENSE)
    page = straighten(photograph(paper), corners_in_frame(paper), GEOMETRY)
    assert len(encode_jpeg(whitened(page.pixels, page.dpi), 92)) < 0.95 * len(encode_jpeg(page.pixels, 92))


def test_a_dark_photograph_on_the_page_is_no_shadow() -> None:
    page = np.full((1700, 1200, 3), 220, np.uint8)
    page[300:415, 300:390] = 60  # 19 by 15 mm
    assert whitened(page, 150)[350, 340].max() < 80


@pytest.mark.parametrize("shape", [(1, 1, 3), (7, 900, 3), (9, 9, 3), (40, 3000, 3)], ids=str)
def test_any_size_comes_back_in_its_size(shape: tuple[int, int, int]) -> None:
    assert whitened(np.full(shape, 77, np.uint8), 200).shape == shape
