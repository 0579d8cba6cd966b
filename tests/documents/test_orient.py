"""A page that lies on its side or upside down is put upright; what cannot be told is left as it lies."""

import cv2
import numpy as np
import pytest

from drivers.bench.papers import Kind
from drivers.camera.tray import Frame
from kiosk.documents.line_windows import HIGH, WIDE, windows
from kiosk.documents.orient import SHAPES, ballot, logits, quarter_turns
from kiosk.documents.pixels import as_grey
from tests.documents.harm import pencilled
from tests.documents.trays import sheet


def at_200(paper: Frame) -> Frame:
    return np.asarray(cv2.resize(paper, None, fx=2 / 3, fy=2 / 3, interpolation=cv2.INTER_AREA), np.uint8)


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.CARD_BACK], ids=lambda kind: kind.value)
def test_every_paper_is_put_upright_from_all_four_sides(kind: Kind) -> None:
    upright = at_200(sheet(kind))
    for turns in range(4):
        lying = np.ascontiguousarray(np.rot90(upright, -turns))
        assert quarter_turns(lying, 200) == -turns % 4


def test_pencil_is_read_the_right_way_round_too() -> None:
    page = at_200(pencilled(sheet(Kind.FORM)))
    assert quarter_turns(np.ascontiguousarray(page[::-1, ::-1]), 200) == 2


@pytest.mark.parametrize(
    "page",
    [
        np.full((900, 600, 3), 240, np.uint8),
        np.random.default_rng(1).integers(0, 256, (700, 500, 3)).astype(np.uint8),
        np.zeros((40, 40, 3), np.uint8),
    ],
    ids=["blank", "noise", "tiny"],
)
def test_what_cannot_be_told_is_left_as_it_lies(page: Frame) -> None:
    assert quarter_turns(page, 200) == 0


def test_two_words_alone_do_not_decide() -> None:
    page = np.full((1200, 900, 3), 245, np.uint8)
    page[300:360, 100:420] = at_200(sheet(Kind.NOTICE))[172:232, 197:517]
    _, seen = ballot(as_grey(page), 200)
    assert seen < 6
    assert quarter_turns(page, 200) == 0


def test_rules_and_frames_are_no_lines_of_print() -> None:
    page = np.full((1200, 900), 245, np.uint8)
    for y in range(100, 1100, 60):
        page[y : y + 3, 60:840] = 20
    page[100:1000, 60:63] = 20
    assert len(windows(page, 200)) == 0


def test_windows_hold_ink_between_nothing_and_all() -> None:
    seen = windows(as_grey(at_200(sheet(Kind.SEAL))), 200, 20)
    assert seen.shape == (20, HIGH, WIDE)
    assert seen.min() >= 0
    assert seen.max() <= 1


def test_the_network_answers_for_any_number_of_windows() -> None:
    assert SHAPES[-1] == (4,)
    for number in (0, 1, 7):
        assert logits(np.zeros((number, HIGH, WIDE), np.float32)).shape == (number, 4)
