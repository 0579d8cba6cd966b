"""Whatever a camera or a file gives, there is an answer and no exception."""

import zlib
from typing import Any

import cv2
import hypothesis.extra.numpy as arrays
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.camera.simulator import picture_of
from kiosk.documents.codes import read_codes
from kiosk.documents.develop import develop, examine
from kiosk.documents.digit_rows import digit_rows, ink_of
from kiosk.documents.encode import EncodedPages, Sheet, encode_pages
from kiosk.documents.find import Outline, find_outline, view_tray
from kiosk.documents.judge import judge_outline, judge_page
from kiosk.documents.my_number import find_my_numbers
from kiosk.documents.orient import quarter_turns
from kiosk.documents.pixels import Pixels, as_grey, as_rgb
from kiosk.documents.printed_numbers import offers
from kiosk.documents.straighten import TrayGeometry
from kiosk.documents.watch import Watcher
from kiosk.documents.words import Read, Word
from kiosk.visit import Box, Guidance

rng = np.random.default_rng(7)
STRANGE: dict[str, npt.NDArray[Any]] = {
    "white": np.full((300, 400, 3), 255, np.uint8),
    "black": np.zeros((300, 400, 3), np.uint8),
    "noise": rng.integers(0, 256, (300, 400, 3)).astype(np.uint8),
    "one pixel": np.zeros((1, 1, 3), np.uint8),
    "one row": np.zeros((1, 4000, 3), np.uint8),
    "a ribbon": rng.integers(0, 256, (33, 3000, 3)).astype(np.uint8),
    "nothing": np.zeros((0, 0, 3), np.uint8),
    "grey": rng.integers(0, 256, (300, 400)).astype(np.uint8),
    "grey and alpha": rng.integers(0, 256, (300, 400, 2)).astype(np.uint8),
    "alpha": rng.integers(0, 256, (300, 400, 4)).astype(np.uint8),
    "16 bit": rng.integers(0, 65536, (300, 400, 3)).astype(np.uint16),
    "floats": np.array([[np.nan, np.inf, -np.inf, 1e9] * 100] * 300, np.float64),
    "booleans": rng.integers(0, 2, (300, 400)).astype(np.bool_),
    "five channels": np.zeros((300, 400, 5), np.uint8),
    "a line of numbers": np.zeros(500, np.uint8),
    "text": np.array([["paper"] * 40] * 40),
    "upside down in memory": rng.integers(0, 256, (300, 400, 3)).astype(np.uint8)[::-1, ::-1, ::-1],
}


def treat(picture: npt.NDArray[Any]) -> Outline | None:
    """All that this room does with a frame."""
    view = view_tray(picture)
    _, sight = Watcher(seen_empty=True).see(picture, 0.0)
    assert isinstance(sight.guidance, Guidance)
    codes = read_codes(picture)
    rgb = as_rgb(picture)
    if rgb is None:
        assert codes == ()
        assert view.outline is None
        return None
    judge_outline(view, (rgb.shape[1], rgb.shape[0]))
    found = examine(picture, TrayGeometry())
    assert found.failure is not None or found.corners is not None
    assert found.turns in range(4)
    judge_page(rgb, 200)
    assert quarter_turns(rgb, 200) in range(4)
    read_marks(rgb)
    if view.outline is not None:
        assert np.isfinite(view.outline.corners).all()
        assert 0 <= view.outline.confidence <= 1
        page = develop(rgb, view.outline.corners, TrayGeometry(), found.turns)
        judge_page(page.pixels, page.dpi)
        assert isinstance(encode_pages([Sheet(page.pixels, page.dpi)], 10_000_000), EncodedPages)
    return view.outline


def read_marks(rgb: Pixels) -> None:
    """Rows of digits, numbers and covers, where the reader says what nobody printed and where there is none."""
    grey = as_grey(rgb)
    digit_rows(ink_of(grey), 200)
    for words in ((Word("S0201", Box(0, 0, 1, 1), 0.5), Word("個人番号", Box(0, 0.9, 1, 1), 0.5)), (), None):
        offers(grey, 200, (), saying(words))
        find_my_numbers(grey, 200, (), saying(words))


def saying(words: tuple[Word, ...] | None) -> Read:
    return lambda _picture, _letters: words


@pytest.mark.parametrize("name", STRANGE)
def test_strange_pictures_get_an_answer(name: str) -> None:
    treat(STRANGE[name])


@settings(max_examples=60)
@given(
    arrays.arrays(
        dtype=st.sampled_from([np.uint8, np.uint16, np.float32, np.bool_]),
        shape=arrays.array_shapes(min_dims=2, max_dims=3, min_side=1, max_side=70),
    )
)
def test_any_array_gets_an_answer(picture: npt.NDArray[Any]) -> None:
    treat(picture)


@settings(max_examples=15)
@given(st.integers(0, 10_000), st.integers(2, 9))
def test_any_pattern_of_rectangles_gets_an_answer(seed: int, number: int) -> None:
    drawn = np.random.default_rng(seed)
    picture = np.full((240, 320, 3), drawn.integers(0, 256, 3), np.uint8)
    for _ in range(number):
        top, left = int(drawn.integers(0, 220)), int(drawn.integers(0, 300))
        tall, wide = int(drawn.integers(1, 200)), int(drawn.integers(1, 300))
        picture[top : top + tall, left : left + wide] = drawn.integers(0, 256, 3)
    treat(picture)


def test_a_very_large_picture_is_no_trouble() -> None:
    assert find_outline(np.zeros((8000, 12000, 3), np.uint8)) is None


def test_a_very_large_page_is_judged_and_kept_within_bounds() -> None:
    corners = np.array([(400, 300), (11_600, 300), (11_600, 7_700), (400, 7_700)], np.float32)
    page = develop(np.full((8000, 12_000, 3), 200, np.uint8), corners, TrayGeometry(), 1)
    assert page.pixels.size <= 3 * 40_000_000
    assert page.dpi <= 300


@settings(max_examples=15)
@given(st.integers(0, 10_000))
def test_a_file_that_ends_too_early_is_no_picture_or_is_judged(seed: int) -> None:
    drawn = np.random.default_rng(seed)
    whole = cv2.imencode(".jpg", np.full((300, 400, 3), drawn.integers(0, 256), np.uint8))[1].tobytes()
    try:
        picture = picture_of(whole[: int(drawn.integers(0, len(whole)))], "a file")
    except ValueError:
        return
    treat(picture)


def test_a_file_that_claims_to_be_enormous_is_no_picture() -> None:
    header = b"\x89PNG\r\n\x1a\n" + (13).to_bytes(4, "big")
    chunk = b"IHDR" + (60_000).to_bytes(4, "big") * 2 + bytes((8, 2, 0, 0, 0))
    bomb = header + chunk + zlib.crc32(chunk).to_bytes(4, "big")
    with pytest.raises(ValueError, match="not a picture"):
        picture_of(bomb, "a bomb")
