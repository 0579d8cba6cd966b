"""A visit by the keyboard of a desktop: first what is on the glass, then the simulated hands."""

from collections.abc import Iterator

import pygame
import pytest

from kiosk.events import Action, DigitTapped, KeyTapped, Tapped, Touched
from kiosk.ports import KeyPressed
from kiosk.views import (
    Chrome,
    Keyboard,
    LastTryView,
    PageLookView,
    PasswordView,
    PreparationView,
    Scene,
    StillThereView,
    Typing,
    TypingView,
)
from kiosk.visit import Page, Password
from screens.nodes import LayerShown
from tests.screens.test_touch import LONG, Visitor

PREPARATION = Scene(Chrome(1), PreparationView())
MAIL = Scene(Chrome(1), TypingView(Typing.ADDRESS, Keyboard.MAIL, "", None, complete=False))
LETTERS = Scene(Chrome(4), TypingView(Typing.RECEIPT, Keyboard.LETTERS, "", None, complete=False))
DIGITS = (3, 1, 4, 5, 9, 2, 6, 8, 7, 0)
PASSWORD = Scene(Chrome(2), PasswordView(Password.AUTHENTICATION, 1, 3, None, DIGITS, shuffled=True))


class Typist(Visitor):
    """Who has a keyboard before the window."""

    def key(self, key: int, typed: str = "", mod: int = 0) -> list[object]:
        pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=key, unicode=typed, mod=mod))
        return self.happened()


@pytest.fixture
def typist() -> Iterator[Typist]:
    typist = Typist()
    yield typist
    typist.window.close()


def test_enter_is_the_one_thing_to_do_and_escape_leads_back(typist: Typist) -> None:
    typist.see(PREPARATION)
    assert typist.key(pygame.K_RETURN, "\r") == [Tapped(Action.NEXT)]
    assert typist.key(pygame.K_ESCAPE) == [Tapped(Action.BACK)]


def test_tab_goes_round_everything_in_reading_order_and_back(typist: Typist) -> None:
    typist.see(PREPARATION)
    acts = [spot.act for spot in typist.window.targets()]
    seen = []
    for _ in acts:
        assert typist.key(pygame.K_TAB, "\t") == [Touched()]
        seen.append(typist.key(pygame.K_RETURN, "\r")[0])
    assert seen == acts
    typist.key(pygame.K_TAB, "\t")
    typist.key(pygame.K_TAB, "\t", pygame.KMOD_SHIFT)
    assert typist.key(pygame.K_RETURN, "\r") == [acts[-1]]
    typist.key(pygame.K_LEFT)
    assert typist.key(pygame.K_RETURN, "\r") == [acts[-2]]


def test_what_has_the_focus_is_seen_and_the_next_picture_begins_without(typist: Typist) -> None:
    typist.see(PREPARATION)
    before = typist.window.pixels().tobytes()
    typist.key(pygame.K_TAB, "\t")
    assert typist.window.pixels().tobytes() != before
    typist.see(MAIL)
    typist.see(PREPARATION)
    assert typist.window.pixels().tobytes() == before


def test_characters_are_typed_where_a_keyboard_stands_capitals_where_there_are_only_capitals(typist: Typist) -> None:
    typist.see(MAIL)
    assert typist.key(pygame.K_q, "q") == [KeyTapped("q")]
    assert typist.key(pygame.K_2, "@") == [KeyTapped("@")]
    assert typist.key(pygame.K_1, "!") == [KeyTapped("!")]  # on no key of this layer
    assert typist.key(pygame.K_BACKSPACE, "\b") == [Tapped(Action.ERASE)]
    typist.see(LETTERS)
    assert typist.key(pygame.K_s, "s") == [KeyTapped("S")]


def test_digits_are_typed_in_password_entry_wherever_they_stand_and_nothing_on_the_glass_tells_which(
    typist: Typist,
) -> None:
    typist.see(PASSWORD)
    before = typist.window.pixels().tobytes()
    assert [typist.key(pygame.K_0 + digit, str(digit)) for digit in range(10)] == [[DigitTapped(d)] for d in range(10)]
    assert typist.window.pixels().tobytes() == before
    for _ in typist.window.targets():
        typist.key(pygame.K_TAB, "\t")
        assert not isinstance(typist.key(pygame.K_RETURN, "\r")[0], DigitTapped)
    assert typist.key(pygame.K_q, "q") == [Touched()]  # a slip ends nothing


def test_a_hand_is_played_where_nothing_is_typed_and_everywhere_with_ctrl(typist: Typist) -> None:
    typist.see(PREPARATION)
    assert typist.key(pygame.K_1, "1") == [KeyPressed("1")]
    typist.see(PASSWORD)
    assert typist.key(pygame.K_1, "1", pygame.KMOD_LCTRL) == [KeyPressed("1")]


def test_a_long_text_is_read_with_page_down(typist: Typist) -> None:
    typist.see(LONG)
    before = typist.window.pixels().tobytes()
    assert typist.key(pygame.K_PAGEDOWN) == [Touched()]
    assert typist.window.pixels().tobytes() != before
    typist.key(pygame.K_PAGEUP)
    assert typist.window.pixels().tobytes() == before


def test_what_must_be_held_is_not_done_by_a_key(typist: Typist) -> None:
    typist.see(Scene(Chrome(2, back=False), LastTryView(Password.AUTHENTICATION)))
    assert typist.key(pygame.K_RETURN, "\r") == [Tapped(Action.FINISH)]


def test_tab_and_enter_answer_whether_somebody_is_there(typist: Typist) -> None:
    typist.see(Scene(Chrome(None, back=False, cancel=False), StillThereView()))
    assert typist.key(pygame.K_RETURN, "\r") == [Tapped(Action.YES)]
    assert typist.key(pygame.K_TAB, "\t") == [Touched()]


def test_escape_closes_an_enlarged_page(typist: Typist) -> None:
    typist.see(
        Scene(
            Chrome(4, back=False), PageLookView(Page(1, 1654, 2339, 1_900_000), 0, 1, 1, 1, earlier=False, later=False)
        )
    )
    enlarge = LayerShown("enlarged")
    assert enlarge in {spot.act for spot in typist.window.targets()}
    while typist.window._focus != enlarge:
        typist.key(pygame.K_TAB, "\t")
    typist.key(pygame.K_RETURN, "\r")
    assert {spot.act for spot in typist.window.targets()} >= {LayerShown("")}
    typist.key(pygame.K_ESCAPE)
    assert enlarge in {spot.act for spot in typist.window.targets()}
