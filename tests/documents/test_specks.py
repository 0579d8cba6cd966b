"""Dirt that stays where it is, told from noise, and dirt on the glass told from dirt on the tray."""

import cv2
import numpy as np

from drivers.camera.tray import Frame, grainy, small
from kiosk.documents.specks import find_specks, on_glass
from tests.documents.trays import photograph

EMPTY = small(photograph())
WHITE = np.full_like(EMPTY, 215)
ON_TRAY = ((200, 300), (640, 500), (900, 90))
ON_GLASS = ((500, 400), (330, 620))


def spotted(ground: Frame, spots: tuple[tuple[int, int], ...], grey: int, across: int = 7) -> list[Frame]:
    """Five frames with these spots and each its own noise."""
    picture = ground.copy()
    for spot in spots:
        cv2.circle(picture, spot, across // 2, (grey, grey, grey), -1)
    return [grainy(picture, 2.0, seed) for seed in range(5)]


def places(specks: object) -> set[tuple[int, int]]:
    return {(round(one.x * EMPTY.shape[1] / 5), round(one.y * EMPTY.shape[0] / 5)) for one in specks}  # type: ignore[attr-defined]


def where(spots: tuple[tuple[int, int], ...]) -> set[tuple[int, int]]:
    return {(round(x / 5), round(y / 5)) for x, y in spots}


def test_a_clean_tray_has_no_specks_however_much_noise_there_is() -> None:
    assert find_specks([grainy(EMPTY, sigma, seed) for seed, sigma in enumerate((1.0, 2.0, 4.0, 4.0, 4.0))]) == ()


def test_lint_and_scratches_are_seen_where_they_lie() -> None:
    assert places(find_specks(spotted(EMPTY, ON_TRAY, 90))) == where(ON_TRAY)
    assert places(find_specks(spotted(EMPTY, ON_TRAY, 10))) == where(ON_TRAY)


def test_what_a_sheet_does_not_cover_lies_on_the_glass() -> None:
    specks = find_specks(spotted(EMPTY, (*ON_TRAY, *ON_GLASS), 90))
    assert places(on_glass(specks, spotted(WHITE, ON_GLASS, 150))) == where(ON_GLASS)
    assert on_glass(specks, spotted(WHITE, (), 0)) == ()


def test_print_upon_the_sheet_is_no_dirt() -> None:
    specks = find_specks(spotted(EMPTY, ON_TRAY, 90))
    striped = WHITE.copy()
    striped[::9] = 20
    assert on_glass(specks, [striped] * 5) == ()
