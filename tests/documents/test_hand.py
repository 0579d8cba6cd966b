"""A finger over print is told from one on the margin, and from what only has its colour."""

import cv2
import numpy as np
import pytest

from drivers.bench.papers import Kind
from drivers.camera.tray import Corners, Frame, Lying, corners_in_frame
from kiosk.documents.develop import examine_at
from kiosk.documents.find import TrayView
from kiosk.documents.hand import find_hand
from kiosk.documents.judge import judge_outline
from kiosk.documents.reduced import reduced
from kiosk.failures import Failure
from tests.documents.harm import SKINS, Harm, harmed, tinted
from tests.documents.trays import GEOMETRY, MIDDLE, lying, photograph, sheet

LETTER = lying(Kind.DENSE)
STILL, CORNERS = photograph(LETTER), corners_in_frame(LETTER)


@pytest.mark.parametrize("seed", range(6))
def test_a_finger_over_print_is_refused_whatever_its_skin_and_side(seed: int) -> None:
    still = harmed(STILL, CORNERS, Harm("finger", 480, seed))
    assert examine_at(reduced(still), CORNERS, GEOMETRY).failure is Failure.PAGE_FINGER


def test_a_fingertip_on_the_margin_is_a_doubt() -> None:
    still = harmed(STILL, CORNERS, Harm("finger", 110, 3))
    found = examine_at(reduced(still), CORNERS, GEOMETRY)
    assert found.failure is None
    assert found.judgement is not None
    assert Failure.PAGE_FINGER in found.judgement.doubts


@pytest.mark.parametrize("kind", [Kind.SEAL, Kind.NOTICE, Kind.RECEIPT], ids=lambda kind: kind.value)
def test_seals_and_red_words_are_no_hand(kind: Kind) -> None:
    paper = lying(kind)
    assert find_hand(reduced(photograph(paper)), corners_in_frame(paper)) is None


@pytest.mark.parametrize("tint", [(255, 205, 190), (255, 244, 170), (222, 190, 150)], ids=["pink", "yellow", "kraft"])
def test_coloured_paper_is_no_hand(tint: tuple[int, int, int]) -> None:
    paper = Lying(tinted(sheet(Kind.FORM), tint), (210.0, 297.0), MIDDLE, 0.7)
    assert find_hand(reduced(photograph(paper)), corners_in_frame(paper)) is None


def test_something_skin_coloured_that_lies_beside_is_no_hand_on_the_page() -> None:
    still = STILL.copy()
    still[1200:1500, 3500:3900] = SKINS[0]
    assert find_hand(reduced(still), CORNERS) is None


def test_where_a_hand_lies_it_is_the_reason_that_the_page_is_cut_or_lost() -> None:
    still = harmed(STILL, CORNERS, Harm("finger", 480, 1))
    hand = find_hand(reduced(still), CORNERS)
    assert hand is not None
    lost = TrayView(None, 0.3, 0.0, 0.0, 0.1, 200)
    assert judge_outline(lost, (4056, 3040)) is Failure.PAGE_CUT_OFF
    assert judge_outline(lost, (4056, 3040), hand) is Failure.PAGE_FINGER


@pytest.mark.parametrize("value", [0, 255])
def test_plain_frames_show_no_hand(value: int) -> None:
    frame: Frame = np.full((300, 400, 3), value, np.uint8)
    corners: Corners = np.array([(50, 50), (350, 50), (350, 250), (50, 250)], np.float32)
    assert find_hand(reduced(frame), corners) is None
    assert (
        find_hand(reduced(np.asarray(cv2.resize(frame, (40, 33)), np.uint8)), np.asarray(corners / 10, np.float32))
        is None
    )
