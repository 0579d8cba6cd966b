"""QR codes on paper and on a phone's screen, from a still and from a preview."""

import cv2
import numpy as np
import pytest
import segno

from drivers.bench.papers import Kind, print_paper
from drivers.camera.tray import Air, Frame, Lying, Scene, render
from kiosk.documents.codes import MOST_CODES, read_codes
from tests.documents.numbered import preview_of
from tests.documents.trays import MIDDLE, lying, photograph

LINK = "https://portal.example.jp/r?code=7KQ2M9XA"


def screen(words: str, dark: bool = False) -> Frame:
    """A phone, 70 by 140 mm at 300 dpi: a code of 40 mm, on a screen whose dots are seen."""
    modules = np.array([list(row) for row in segno.make_qr(words).matrix_iter(border=2)], np.uint8)
    code = cv2.resize(np.where(modules > 0, 10, 250).astype(np.uint8), (472, 472), interpolation=cv2.INTER_NEAREST)
    phone = np.full((1654, 827), 250, np.uint8)
    phone[400:872, 177:649] = code
    shown = 255 - phone if dark else phone
    dots = np.where(np.indices(shown.shape).sum(axis=0) % 3 == 0, 0.55, 1.0)  # a grid finer than the camera sees
    return np.repeat((shown * dots).astype(np.uint8)[:, :, None], 3, axis=2)


def held(words: str, degrees: float, *, dark: bool = False, air: Air | None = None) -> Frame:
    phone = Lying(screen(words, dark), (70.0, 140.0), MIDDLE, degrees)
    return render(Scene((phone,), air or Air(), seed=3))


def texts(picture: Frame) -> list[str]:
    return [code.text for code in read_codes(picture)]


@pytest.mark.parametrize("degrees", [0.0, 33.0, 90.0, 200.0])
def test_a_phone_s_screen_is_read_however_it_is_held(degrees: float) -> None:
    still = held(LINK, degrees)
    assert texts(still) == [LINK]
    assert texts(preview_of(still)) == [LINK]


@pytest.mark.parametrize(
    "air", [Air(blur_px=2.5, noise=6), Air(light=0.35, noise=5), Air(motion_px=7), Air(light=1.4)], ids=str
)
def test_a_phone_s_screen_is_read_in_bad_air(air: Air) -> None:
    assert texts(held(LINK, 12.0, air=air)) == [LINK]


def test_light_on_dark_is_read() -> None:
    assert texts(held(LINK, 5.0, dark=True)) == [LINK]


def test_a_lamp_mirrored_beside_the_code_does_not_matter() -> None:
    phone = Lying(screen(LINK), (70.0, 140.0), (290.0, 157.5), 4.0)
    assert texts(render(Scene((phone,), Air(glare=0.6)))) == [LINK]


def test_the_letter_s_code_says_its_receipt_number_and_where_it_stands() -> None:
    paper = print_paper(Kind.CODED_NOTICE)
    (code,) = read_codes(paper)
    assert code.text == "S0201-20240229101500-00731"
    assert code.text not in repr(code)
    box = code.box
    assert (box.left * 210, box.top * 297) == pytest.approx((30.7, 42.7), abs=1.5)
    assert (box.right * 210, box.bottom * 297) == pytest.approx((47.3, 59.3), abs=1.5)


def test_the_letter_s_code_is_read_from_the_tray() -> None:
    assert texts(photograph(lying(Kind.CODED_NOTICE, degrees=4))) == ["S0201-20240229101500-00731"]


def test_no_more_codes_are_told_than_anybody_needs() -> None:
    one = np.asarray(segno_picture("見本"), np.uint8)
    assert len(read_codes(np.tile(one, (4, 4)))) == MOST_CODES


def segno_picture(words: str) -> Frame:
    modules = np.array([list(row) for row in segno.make_qr(words).matrix_iter(border=4)], np.uint8)
    return np.where(modules > 0, 0, 255).astype(np.uint8).repeat(5, axis=0).repeat(5, axis=1)


def test_a_paper_without_a_code_has_none() -> None:
    assert texts(print_paper(Kind.DENSE)) == []
