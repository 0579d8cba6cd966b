"""Every view looks as it did when somebody last looked at it (see `tests.screens.golden`; `make golden` accepts)."""

import numpy as np
import pytest

from kiosk.views import Scene
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


def test_a_single_pixel_is_a_difference() -> None:
    panel, called, _ = KEPT[0]
    expected = golden.read(golden.file(panel, called))
    changed = np.array(expected)
    changed[400, 640] = (16, 32, 48)
    assert golden.differs(expected, changed)
    assert not golden.differs(expected, np.array(expected))
