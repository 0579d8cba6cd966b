"""Fingers that stray and second fingers, as SDL reports them, before the real window."""

from collections.abc import Iterator

import pytest

from kiosk.events import Action, Held, KeyTapped, Phase, Pointed, Tapped, Touched
from kiosk.views import Chrome, CoveringView, LastTryView, Scene
from kiosk.visit import Page, Password
from screens.fingers import HOLD_SECONDS
from screens.geometry import Rect
from screens.nodes import Scrolled, pad
from screens.registry import arrange
from tests.screens.glasses import fonts, look
from tests.screens.test_touch import LONG, MAIL, NEXT, PREPARATION, Visitor

DRAWN_ON = Scene(Chrome(4), CoveringView(Page(1, 1654, 2339, 9), None))
CLOSE = Tapped(Action.CLOSE)
LAST_TRY = Scene(Chrome(2, back=False), LastTryView(Password.AUTHENTICATION))
CONSENT, BACK = Held(Action.YES), Tapped(Action.BACK)
NOWHERE = (2, 400)
IN_TEXT = (300, 500)


def drawn_on(visitor: Visitor) -> Rect:
    """Where the finger draws."""
    drawn = pad(arrange(DRAWN_ON, look(), fonts()))
    assert drawn is not None
    return drawn.rect


@pytest.fixture
def visitor() -> Iterator[Visitor]:
    found = Visitor()
    yield found
    found.window.close()


def test_a_finger_that_strays_off_a_button_and_comes_back_acts(visitor: Visitor) -> None:
    visitor.see(PREPARATION)
    visitor.down(NEXT)
    visitor.slide(*NOWHERE)
    visitor.slide(*visitor.spot(NEXT).rect.middle)
    visitor.up(NEXT)
    assert visitor.happened() == [NEXT]


def test_a_finger_that_is_dragged_over_buttons_acts_on_none(visitor: Visitor) -> None:
    visitor.see(PREPARATION)
    visitor.down(NEXT)
    visitor.slide(*visitor.spot(BACK).rect.middle)
    visitor.lift(*NOWHERE)
    assert visitor.happened() == [Touched()]


def test_a_drag_from_a_button_does_not_move_the_text_that_it_crosses(visitor: Visitor) -> None:
    visitor.see(LONG)
    before = visitor.window.pixels().tobytes()
    visitor.down(Scrolled(1))
    visitor.slide(*IN_TEXT)
    visitor.slide(IN_TEXT[0], IN_TEXT[1] - 200)
    visitor.lift(IN_TEXT[0], IN_TEXT[1] - 200)
    assert visitor.happened() == [Touched()]
    assert visitor.window.pixels().tobytes() == before


def test_a_drag_from_the_text_that_ends_on_a_button_moves_the_text_alone(visitor: Visitor) -> None:
    visitor.see(LONG)
    before = visitor.window.pixels().tobytes()
    visitor.window.post_finger(*IN_TEXT, down=True)
    visitor.slide(IN_TEXT[0], IN_TEXT[1] - 200)
    visitor.up(BACK)
    assert visitor.happened() == [Touched()]
    assert visitor.window.pixels().tobytes() != before


def test_a_consent_is_not_held_by_a_finger_that_has_strayed(visitor: Visitor) -> None:
    visitor.see(LAST_TRY)
    visitor.down(CONSENT)
    visitor.happened()
    visitor.now += HOLD_SECONDS / 2
    visitor.slide(*NOWHERE)
    assert visitor.happened() == []
    visitor.slide(*visitor.spot(CONSENT).rect.middle)
    visitor.happened()
    visitor.now += HOLD_SECONDS * 2
    assert visitor.happened() == []
    visitor.up(CONSENT)
    assert visitor.happened() == [Touched()]


def test_a_consent_is_held_by_a_finger_that_trembles(visitor: Visitor) -> None:
    visitor.see(LAST_TRY)
    x, y = visitor.spot(CONSENT).rect.middle
    visitor.down(CONSENT)
    visitor.slide(x + 9, y - 9)
    visitor.happened()
    visitor.now += HOLD_SECONDS
    assert visitor.happened() == [CONSENT]


def test_a_second_finger_neither_ends_nor_gives_a_consent(visitor: Visitor) -> None:
    visitor.see(LAST_TRY)
    visitor.down(CONSENT, finger=1)
    visitor.happened()
    visitor.now += HOLD_SECONDS / 2
    visitor.down(Tapped(Action.FINISH), finger=2)
    visitor.slide(*NOWHERE, finger=2)
    visitor.up(Tapped(Action.FINISH), finger=2)
    assert visitor.happened() == []
    visitor.now += HOLD_SECONDS / 2
    assert visitor.happened() == [CONSENT]


def test_a_second_finger_that_stays_longer_than_the_first_does_nothing(visitor: Visitor) -> None:
    visitor.see(PREPARATION)
    visitor.down(NEXT, finger=1)
    visitor.down(BACK, finger=2)
    visitor.up(NEXT, finger=1)
    visitor.up(BACK, finger=2)
    assert visitor.happened() == [NEXT]


def test_a_second_finger_does_not_drag_the_text(visitor: Visitor) -> None:
    visitor.see(LONG)
    before = visitor.window.pixels().tobytes()
    visitor.window.post_finger(*IN_TEXT, down=True)
    visitor.slide(IN_TEXT[0], IN_TEXT[1] - 200, finger=2)
    visitor.lift(*IN_TEXT)
    assert visitor.happened() == [Touched()]
    assert visitor.window.pixels().tobytes() == before


def test_a_palm_upon_the_keys_types_the_first_letter_alone(visitor: Visitor) -> None:
    visitor.see(MAIL)
    letters = [KeyTapped(letter) for letter in "asd"]
    for finger, letter in enumerate(letters, 1):
        visitor.down(letter, finger)
    for finger, letter in enumerate(letters, 1):
        visitor.up(letter, finger)
    assert visitor.happened() == letters[:1]


def test_a_finger_on_a_picture_that_may_be_drawn_on_is_the_visits_from_first_to_last(visitor: Visitor) -> None:
    visitor.see(DRAWN_ON)
    at = drawn_on(visitor)
    x, y = at.x + at.w // 4, at.y + at.h // 2
    visitor.window.post_finger(x, y, down=True)
    visitor.slide(x + at.w // 2, y)
    visitor.lift(at.right + 40, y)
    begun, *moved, ended = (event for event in visitor.happened() if isinstance(event, Pointed))
    assert (begun.phase, ended.phase) == (Phase.BEGUN, Phase.ENDED)
    assert {event.phase for event in moved} == {Phase.MOVED}
    assert (begun.x, begun.y) == pytest.approx((0.25, 0.5), abs=0.02)
    assert moved[0].x == pytest.approx(0.75, abs=0.02)
    assert ended.x > 1, "it may stray beyond"


def test_a_second_finger_draws_nothing(visitor: Visitor) -> None:
    visitor.see(DRAWN_ON)
    x, y = drawn_on(visitor).middle
    visitor.window.post_finger(x, y, down=True)
    visitor.slide(x + 50, y + 50, finger=2)
    assert [event.phase for event in visitor.happened() if isinstance(event, Pointed)] == [Phase.BEGUN]


def test_a_finger_that_draws_over_a_button_does_not_press_it(visitor: Visitor) -> None:
    visitor.see(DRAWN_ON)
    visitor.window.post_finger(*drawn_on(visitor).middle, down=True)
    visitor.slide(*visitor.spot(CLOSE).rect.middle)
    visitor.up(CLOSE)
    assert CLOSE not in visitor.happened()
