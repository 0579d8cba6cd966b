"""What is covered is gone: not a trace of it is in the file, whatever was there."""

import cv2
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.documents.cover import INK, covered
from kiosk.documents.encode import EncodedPages, Sheet, encode_jpeg, encode_pages
from kiosk.documents.pixels import Pixels
from kiosk.visit import Box

shares = st.floats(-0.2, 1.2, allow_nan=False)
boxes = st.builds(lambda x, y, u, v: Box(min(x, u), min(y, v), max(x, u), max(y, v)), shares, shares, shares, shares)
sizes = st.tuples(st.integers(1, 150), st.integers(1, 150))


def noise(shape: tuple[int, int], seed: int) -> Pixels:
    return np.random.default_rng(seed).integers(0, 256, (*shape, 3)).astype(np.uint8)


def inside(box: Box, page: Pixels) -> tuple[slice, slice]:
    """Every pixel that the rectangle touches."""
    tall, wide = page.shape[:2]
    edges = np.clip((box.top * tall, box.bottom * tall, box.left * wide, box.right * wide), 0, (tall, tall, wide, wide))
    return slice(int(np.floor(edges[0])), int(np.ceil(edges[1]))), slice(
        int(np.floor(edges[2])), int(np.ceil(edges[3]))
    )


@given(sizes, st.lists(boxes, max_size=4), st.integers(0, 99))
def test_no_pixel_that_a_cover_touches_survives(shape: tuple[int, int], covers: list[Box], seed: int) -> None:
    page = noise(shape, seed)
    before = page.copy()
    burnt = covered(page, covers)
    assert np.array_equal(page, before)
    assert burnt.shape == page.shape
    for box in covers:
        assert (burnt[inside(box, page)] == np.array(INK)).all()


@settings(max_examples=60, deadline=None)
@given(sizes, st.lists(boxes, min_size=1, max_size=3), st.integers(55, 92), st.integers(0, 99))
def test_the_file_is_the_same_whatever_was_beneath(
    shape: tuple[int, int], covers: list[Box], quality: int, seed: int
) -> None:
    """Two pages that differ beneath the covers only become the same bytes: so the file holds nothing of it."""
    one, other = noise(shape, seed), noise(shape, seed)
    for box in covers:
        where = inside(box, one)
        other[where] = 255 - other[where]
    assert encode_jpeg(covered(one, covers), quality) == encode_jpeg(covered(other, covers), quality)


def test_the_packed_page_shows_one_flat_patch() -> None:
    page = noise((480, 640), 3)
    box = Box(0.25, 0.25, 0.5, 0.5)
    packed = encode_pages([Sheet(covered(page, (box,)), 200)], 1_000_000)
    assert isinstance(packed, EncodedPages)
    seen = cv2.imdecode(np.frombuffer(packed.pages[0].jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert seen is not None
    rows, columns = inside(box, page)
    patch = seen[rows.start + 16 : rows.stop - 16, columns.start + 16 : columns.stop - 16].astype(int)
    assert np.ptp(patch.reshape(-1, 3), axis=0).max() <= 2


def test_a_page_without_covers_is_left_alone() -> None:
    page = noise((40, 40), 1)
    assert covered(page, ()) is page
