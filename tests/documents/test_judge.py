"""Good photographs pass, bad ones are refused for the right reason."""

import numpy as np
import pytest

from drivers.bench.papers import Kind
from drivers.camera.tray import Air, Lying, corners_in_frame
from kiosk.documents import glance
from kiosk.documents.develop import examine
from kiosk.documents.find import find_outline, view_tray
from kiosk.documents.judge import JUDGED_DPI, Judgement, judge_page
from kiosk.documents.reduced import reduced
from kiosk.documents.straighten import straighten
from kiosk.failures import Failure
from kiosk.visit import Guidance
from tests.documents.harm import Harm, harmed, pencilled, smeared
from tests.documents.trays import GEOMETRY, MIDDLE, lying, photograph, sheet
from tests.figures.laid_papers import trays


def judged(paper: Lying, air: Air | None = None) -> Judgement:
    frame = photograph(paper, air=air)
    outline = find_outline(frame)
    assert outline is not None
    page = straighten(frame, outline.corners, GEOMETRY)
    return judge_page(page.pixels, page.dpi)


@pytest.mark.parametrize("kind", list(Kind), ids=lambda kind: kind.value)
def test_a_good_photograph_of_every_paper_passes_without_doubt(kind: Kind) -> None:
    judgement = judged(lying(kind))
    assert judgement.failure is None
    assert judgement.doubts == ()


@pytest.mark.parametrize(
    ("air", "reason"),
    [
        (Air(blur_px=3), Failure.PAGE_BLURRED),
        (Air(blur_px=7), Failure.PAGE_BLURRED),
        (Air(motion_px=18), Failure.PAGE_MOVED),
        (Air(motion_px=40), Failure.PAGE_MOVED),
        (Air(light=0.25), Failure.PAGE_DARK),
        (Air(glare=0.7), Failure.PAGE_GLARE),
    ],
    ids=str,
)
def test_a_bad_photograph_is_refused_for_its_reason(air: Air, reason: Failure) -> None:
    for kind in (Kind.NOTICE, Kind.FORM, Kind.FAX):
        assert judged(lying(kind), air).failure is reason


@pytest.mark.parametrize("kind", [Kind.DENSE, Kind.NOTICE, Kind.RECEIPT], ids=lambda kind: kind.value)
def test_a_paper_that_moved_is_known_whichever_way_it_moved(kind: Kind) -> None:
    still, corners = photograph(lying(kind)), corners_in_frame(lying(kind))
    for degrees in range(5, 180, 25):
        page = straighten(smeared(still, 9.0, degrees), corners, GEOMETRY)
        assert judge_page(page.pixels, page.dpi).failure is Failure.PAGE_MOVED, degrees


@pytest.mark.parametrize("kind", [Kind.DENSE, Kind.FORM, Kind.RECEIPT], ids=lambda kind: kind.value)
def test_a_lens_out_of_focus_is_never_taken_for_a_move(kind: Kind) -> None:
    for blur in (1.6, 2.0, 2.5, 4.5):
        assert judged(lying(kind), Air(blur_px=blur)).failure in {Failure.PAGE_BLURRED, None}, blur


@pytest.mark.parametrize("kind", [Kind.FORM, Kind.RECEIPT], ids=lambda kind: kind.value)
def test_the_rim_of_a_page_says_nothing_about_its_print(kind: Kind) -> None:
    """A strip of the tray in its shadow, beside a curled side, is darker and softer than any print."""
    printed = lying(kind)
    paper = Lying(pencilled(sheet(kind)), printed.size_mm, printed.centre_mm, printed.degrees)
    page = straighten(photograph(paper), corners_in_frame(paper), GEOMETRY)
    beside = page.pixels.copy()
    beside[:, :20] = np.linspace(30, 200, 20, dtype=np.uint8)[:, None]
    sharpness = [judge_page(pixels, page.dpi).measures.sharpness for pixels in (page.pixels, beside)]
    assert sharpness[1] == pytest.approx(sharpness[0], rel=0.02)


def test_a_little_softness_passes_with_a_doubt() -> None:
    judgement = judged(lying(Kind.NOTICE), Air(blur_px=1.4))
    assert judgement.failure is None
    assert judgement.doubts == (Failure.PAGE_BLURRED,)


def test_the_back_of_a_page_looks_empty() -> None:
    blank = Lying(np.full((3508, 2480, 3), 250, np.uint8), (210.0, 297.0), MIDDLE, 0.5)
    assert judged(blank).failure is Failure.PAGE_BLANK


def test_a_shadow_on_a_paper_no_longer_than_a_card_is_a_shadow() -> None:
    """Only what is as large as a card may have a dark stripe."""

    def shaded(wide_mm: float, tall_mm: float) -> Failure | None:
        page = np.full((round(tall_mm / 25.4 * JUDGED_DPI), round(wide_mm / 25.4 * JUDGED_DPI), 3), 235, np.uint8)
        page[10:-10:14, 12:-12] = 20
        page[:, : page.shape[1] // 2] //= 4
        return judge_page(page, JUDGED_DPI).failure

    assert shaded(58, 95) is Failure.PAGE_DARK
    assert shaded(85.6, 54) is not Failure.PAGE_DARK


def test_a_card_in_the_dark_is_refused_although_its_own_stripe_is_not() -> None:
    card = lying(Kind.CARD_BACK)
    assert judged(card).failure is None
    assert judged(card, Air(light=0.25)).failure is Failure.PAGE_DARK


def test_a_shadow_over_half_of_the_page_is_refused() -> None:
    page = np.full((2339, 1654, 3), 225, np.uint8)
    page[100::40, 100:1500] = 20
    assert judge_page(page, 200).failure is None
    page[1200:] = page[1200:] // 4
    assert judge_page(page, 200).failure is Failure.PAGE_DARK


@pytest.mark.parametrize("kind", [Kind.NOTICE, Kind.FORM, Kind.SEAL])
def test_where_a_shadow_ends_no_paper_does(kind: Kind) -> None:
    """It lies along a side, as dark as the tray: what is lit looks like a whole page of its own."""
    paper = Lying(pencilled(sheet(kind)), (210.0, 297.0), MIDDLE, 0.7)
    still, corners = photograph(paper), corners_in_frame(paper)
    assert examine(still, GEOMETRY).failure is None
    shaded = harmed(still, corners, Harm("shadow", 0.15, 12))
    assert examine(shaded, GEOMETRY).failure is Failure.PAGE_DARK
    view = view_tray(shaded)
    assert view.fading > 0.4
    assert glance.judged(reduced(shaded), view).sight.guidance is Guidance.TOO_DARK


def test_a_bowed_side_is_no_shadow() -> None:
    for example in trays(5, seed=777):
        assert view_tray(example.pixels).fading < 0.1
