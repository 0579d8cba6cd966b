"""Every view at its longest and oddest, on every glass, as every visitor may want it.

Here: where it is most crowded, the largest letters; and the usual ones with furigana. The whole product, more than ten
times as long, is part of `make sweep`.
"""

from enum import Enum
from itertools import product
from typing import get_args

import pytest

from kiosk.failures import Failure
from kiosk.states import Question, Remark
from kiosk.views import BlankView, HelpTopic, Keyboard, Typing, View
from kiosk.visit import Ending, Guidance, Language, Password, TextSize
from tests.screens.checks import faults
from tests.screens.glasses import look
from tests.screens.samples import SAMPLES

PANELS = ("10.1-landscape", "15.6-landscape", "10.1-portrait")
EVERY = list(product(PANELS, Language, TextSize))
CROWDED = [
    (panel, language, size)
    for panel, language, size in EVERY
    if size is TextSize.LARGEST or (language, size) == (Language.EASY, TextSize.NORMAL)
]


def _faults(panel: str, language: Language, size: TextSize, *, contrast: bool = False, low: bool = False) -> list[str]:
    how = look(panel, language, size, high_contrast=contrast, controls_low=low)
    return sorted({fault for scene in SAMPLES if not isinstance(scene.view, BlankView) for fault in faults(scene, how)})


@pytest.mark.parametrize(("panel", "language", "size"), CROWDED)
def test_a_screen_fits(panel: str, language: Language, size: TextSize) -> None:
    assert _faults(panel, language, size) == []


def test_a_screen_fits_with_the_controls_low_in_white_on_black() -> None:
    assert _faults(PANELS[0], Language.EASY, TextSize.LARGEST, contrast=True, low=True) == []


@pytest.mark.sweep
@pytest.mark.parametrize(("contrast", "low"), [*product((False, True), repeat=2)])
@pytest.mark.parametrize(("panel", "language", "size"), EVERY)
def test_a_screen_fits_however_it_is_wanted(
    panel: str, language: Language, size: TextSize, contrast: bool, low: bool
) -> None:
    assert _faults(panel, language, size, contrast=contrast, low=low) == []


def test_every_view_has_a_sample() -> None:
    assert set(get_args(View)) - {type(scene.view) for scene in SAMPLES} == set()


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        ("failure", Failure), ("remark", Remark), ("question", Question), ("ending", Ending), ("topic", HelpTopic),
        ("typing", Typing), ("keyboard", Keyboard), ("password", Password),
    ],
)  # fmt: skip
def test_every_variety_of_a_view_has_a_sample(part: str, kind: type[Enum]) -> None:
    assert set(kind) - {getattr(scene.view, part, None) for scene in SAMPLES} == set()


def test_every_guidance_has_a_sample() -> None:
    assert set(Guidance) == {scene.view.sight.guidance for scene in SAMPLES if hasattr(scene.view, "sight")}
