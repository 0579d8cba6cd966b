"""The pictures: each can be drawn, none is empty, none is cut, and they stay within the theme's colours."""

import pygame
import pytest

from kiosk.failures import Failure
from kiosk.views import Chrome, NumberOfferView, OutOfServiceView, Scene, View
from kiosk.visit import Guidance, Language
from screens import scan, trouble
from screens.art import Art, Gallery, draw, phases
from screens.layout import Touch
from screens.look import load_theme
from screens.nodes import Drawing, walk
from screens.registry import arrange
from tests.screens.glasses import fonts, look


@pytest.fixture(autouse=True)
def _letters() -> None:
    pygame.font.init()


@pytest.mark.parametrize("high_contrast", [False, True])
@pytest.mark.parametrize("art", list(Art))
def test_a_picture_shows_something_and_nothing_of_it_is_cut(art: Art, high_contrast: bool) -> None:
    theme = load_theme(high_contrast)
    for phase in range(phases(art)):
        drawn = draw(art, 330, 230, theme, phase)
        shown = drawn.get_bounding_rect()
        assert shown.w > 60
        assert shown.h > 60
        assert drawn.get_rect().inflate(-2, -2).contains(shown)


def test_a_picture_is_drawn_once() -> None:
    gallery, theme = Gallery(), load_theme()
    assert gallery.draw(Art.LAY_CARD, 100, 80, theme) is gallery.draw(
        Art.LAY_CARD, 100, 80, theme, phases(Art.LAY_CARD)
    )
    assert gallery.draw(Art.LAY_CARD, 100, 80, theme) is not gallery.draw(
        Art.LAY_CARD, 100, 80, load_theme(high_contrast=True)
    )


def test_what_moves_shows_two_different_pictures() -> None:
    theme = load_theme()
    for art in Art:
        if phases(art) > 1:
            first, second = (pygame.image.tobytes(draw(art, 160, 110, theme, phase), "RGBA") for phase in (0, 1))
            assert first != second


def test_every_failure_and_every_guidance_has_its_picture() -> None:
    assert set(trouble.PICTURES) == set(Failure)
    assert set(scan.PICTURES) == set(Guidance)


def shown(view: View) -> list[Art]:
    tree = arrange(Scene(Chrome(4), view), look(), fonts(), Touch())
    return [node.art for node in walk(tree) if isinstance(node, Drawing)]


@pytest.mark.parametrize(
    ("reason", "art"), [(Failure.READER_LOST, Art.READER_LOST), (Failure.CAMERA_LOST, Art.CAMERA_LOST)]
)
def test_out_of_service_shows_what_does_not_work(reason: Failure, art: Art) -> None:
    assert shown(OutOfServiceView(reason, "0120-000-0000", (Language.JA,))) == [art]


def test_beside_a_number_that_was_read_stands_the_paper_on_which_it_is_printed() -> None:
    assert shown(NumberOfferView("901234507", None)) == [Art.CONTRACT_CERTIFICATE]
    assert shown(NumberOfferView(None, "S0101-20261102094512-10423")) == [Art.RECEIPT_LETTER]
