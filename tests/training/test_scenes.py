"""What is learned from is true: corners lie where the page is, and nothing held out is learned from."""

import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from kiosk.documents.pixels import Corners
from tests.figures.laid_papers import trays
from tests.training.examples import photographs, squeezed, stock
from tests.training.scenes import SIDE, Example, scenes
from tests.training.variations import varied

QUAD = np.array([(60, 50), (250, 70), (240, 280), (40, 260)], np.float32)


def sheet_on_black() -> Example:
    pixels = np.zeros((SIDE, SIDE, 3), np.uint8)
    cv2.fillConvexPoly(pixels, QUAD.astype(np.int32), (250, 250, 250))
    return Example(pixels, QUAD)


def lighter_within(pixels: npt.NDArray[Any], corners: Corners) -> bool:
    """Whether a picture is lighter along the inner edge of a quadrilateral than along its outer edge."""
    within = np.zeros(pixels.shape[:2], np.uint8)
    cv2.fillConvexPoly(within, np.rint(corners).astype(np.int32), 1)
    narrow, wide, wider = (np.ones((size, size), np.uint8) for size in (9, 9, 17))
    inner = (within > 0) & (cv2.erode(within, narrow) == 0)
    outer = (cv2.dilate(within, wider) > 0) & (cv2.dilate(within, wide) == 0)
    return bool(np.median(pixels[inner]) > np.median(pixels[outer]))


def test_the_same_seed_gives_the_same_scene() -> None:
    first, second = (list(scenes(3, 9)) for _ in range(2))
    assert all((one.pixels == other.pixels).all() for one, other in zip(first, second, strict=True))


def test_scenes_have_a_page_or_none_and_its_corners_are_in_the_picture() -> None:
    made = list(scenes(24, 4))
    cornered = [one.corners for one in made if one.corners is not None]
    assert len(cornered) > 0
    for corners in cornered:
        assert (corners > -0.03 * SIDE).all()
        assert (corners < 1.03 * SIDE).all()


def test_corners_go_along_with_every_variation() -> None:
    rng = np.random.default_rng(3)
    for _ in range(20):
        pixels, corners = varied(rng, sheet_on_black(), 160)
        assert corners is not None
        assert lighter_within(pixels, corners)


def test_a_photograph_held_out_is_never_learned_from(tmp_path: Path) -> None:
    entries = [
        {"file": f"{n}.png", "split": "valid" if n % 5 == 0 else "train", "corners": (QUAD / SIDE).tolist()}
        for n in range(40)
    ]
    (tmp_path / "corners.json").write_text(json.dumps(entries))
    learned, held, valid = (
        {one.file for one in photographs(tmp_path, split)} for split in ("train", "held out", "valid")
    )
    assert len(learned | held | valid) == 40
    assert not learned & held
    assert not (learned | held) & valid


def test_a_photograph_gives_its_ground_and_its_page(tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "0.png"), sheet_on_black().pixels)
    (tmp_path / "corners.json").write_text(
        json.dumps([{"file": "0.png", "split": "valid", "corners": (QUAD / SIDE).tolist()}])
    )
    kept = stock([squeezed(one) for one in photographs(tmp_path, "valid")])
    assert all(np.median(ground) == 0 for ground in kept.grounds)
    assert np.median(kept.pages[0]) == 250


@pytest.mark.parametrize("seed", [1, 2])
def test_a_bent_tray_still_shows_the_paper_within_its_corners(seed: int) -> None:
    tray = next(trays(1, seed))
    assert tray.corners is not None
    small = np.asarray(cv2.resize(tray.pixels, (507, 380), interpolation=cv2.INTER_AREA), np.uint8)
    assert lighter_within(small, np.asarray(tray.corners / 8, np.float32))
