"""Every view looks as it did when somebody last looked at it (see `tests.screens.golden`; `make golden` accepts)."""

import numpy as np
import pytest

from kiosk.views import Scene
from screens.look import load_theme
from tests.screens import golden

KEPT = list(golden.kept())


@pytest.mark.parametrize(("panel", "called", "scene"), KEPT, ids=[f"{panel}-{called}" for panel, called, _ in KEPT])
def test_it_looks_as_before(panel: str, called: str, scene: Scene) -> None:
    kept = golden.file(panel, called)
    assert kept.exists(), "no golden picture: `make golden` makes it; look at it before you commit it"
    expected, actual = golden.read(kept), golden.now(panel, scene)
    if golden.differs(expected, actual):
        pytest.fail(f"it looks otherwise, see {golden.leave(panel, called, expected, actual)}")


def test_no_picture_is_left_of_what_is_gone() -> None:
    assert set(golden.KEPT.rglob("*.webp")) == {golden.file(panel, called) for panel, called, _ in KEPT}


@pytest.mark.parametrize("high_contrast", [False, True])
def test_no_two_tones_are_kept_as_one(high_contrast: bool) -> None:
    colours = set(load_theme(high_contrast).colours.values())
    kept = {tuple(golden.stepped(np.array(colour, np.uint8))) for colour in colours}
    assert len(kept) == len(colours)


def test_a_single_pixel_is_a_difference() -> None:
    panel, called, _ = KEPT[0]
    expected = golden.read(golden.file(panel, called))
    changed = np.array(expected)
    changed[400, 640] = (32, 64, 96)
    assert golden.differs(expected, changed)
    assert not golden.differs(expected, np.array(expected))
