"""The rules of activation, with SDL's own finger events before the real window. Time is told by hand."""

from collections.abc import Iterator

import pygame
import pytest

from kiosk.events import Action, DigitTapped, Held, KeyTapped, LanguageChosen, Tapped, Touched
from kiosk.ports import Closed, KeyPressed
from kiosk.views import (
    AttractView,
    Chrome,
    DocumentView,
    Keyboard,
    LastTryView,
    PasswordView,
    PreparationView,
    Scene,
    Typing,
    TypingView,
)
from kiosk.visit import Document, Language, Password, Preferences
from screens.fingers import Spot
from screens.nodes import Act, LayerShown, Scrolled
from screens.window import Window
from tests.screens.glasses import panels

LANGUAGES = tuple(Language)
ATTRACT = Scene(Chrome(None, back=False, cancel=False), AttractView(LANGUAGES, None))
PREPARATION = Scene(Chrome(1), PreparationView())
MAIL = Scene(Chrome(1), TypingView(Typing.ADDRESS, Keyboard.MAIL, "", None, complete=False))
LONG = Scene(Chrome(1), DocumentView(Document("利用規約", "\n".join(f"第{n}条 見本の文です。" for n in range(60)))))
START, NEXT = Tapped(Action.START), Tapped(Action.NEXT)


class Painted(Window):
    """Counts its pictures."""

    count = 0

    def _paint(self) -> None:
        self.count += 1
        super()._paint()


class Visitor:
    """A finger and a clock before a window."""

    def __init__(self) -> None:
        self.now = 100.0
        self.window = Painted(panels()["10.1-landscape"], clock=lambda: self.now)

    def see(self, scene: Scene) -> None:
        """The picture changes, and the visitor looks at it for a while."""
        self.window.show(scene, Preferences(), None)
        self.now += 1

    def spot(self, act: Act) -> Spot:
        return next(spot for spot in self.window.targets() if spot.act == act)

    def down(self, act: Act, finger: int = 1) -> None:
        self._post(pygame.FINGERDOWN, *self.spot(act).rect.middle, finger)

    def up(self, act: Act, finger: int = 1) -> None:
        self._post(pygame.FINGERUP, *self.spot(act).rect.middle, finger)

    def slide(self, x: int, y: int, finger: int = 1) -> None:
        self._post(pygame.FINGERMOTION, x, y, finger)

    def lift(self, x: int, y: int, finger: int = 1) -> None:
        self._post(pygame.FINGERUP, x, y, finger)

    def tap(self, act: Act) -> list[object]:
        self.down(act)
        self.up(act)
        return self.happened()

    def happened(self) -> list[object]:
        return list(self.window.wait(0))

    def _post(self, kind: int, x: int, y: int, finger: int) -> None:
        place = {"touch_id": 1, "finger_id": finger, "x": x / 1280, "y": y / 800}
        pygame.event.post(pygame.event.Event(kind, place))


@pytest.fixture
def visitor() -> Iterator[Visitor]:
    visitor = Visitor()
    yield visitor
    visitor.window.close()


def test_a_touch_that_begins_and_ends_in_a_target_acts_once(visitor: Visitor) -> None:
    visitor.see(ATTRACT)
    assert visitor.tap(START) == [START]
    assert visitor.happened() == []


def test_a_language_is_chosen_by_its_button(visitor: Visitor) -> None:
    visitor.see(ATTRACT)
    assert visitor.tap(LanguageChosen(Language.EN)) == [LanguageChosen(Language.EN)]


def test_a_touch_that_ends_elsewhere_does_nothing_but_count(visitor: Visitor) -> None:
    visitor.see(PREPARATION)
    visitor.down(NEXT)
    visitor.up(Tapped(Action.BACK))
    assert visitor.happened() == [Touched()]


def test_a_touch_on_nothing_counts(visitor: Visitor) -> None:
    visitor.see(ATTRACT)
    visitor.window.post_finger(2, 400, down=True)
    visitor.window.post_finger(2, 400, down=False)
    assert visitor.happened() == [Touched()]


def test_a_second_finger_does_nothing(visitor: Visitor) -> None:
    visitor.see(PREPARATION)
    visitor.down(NEXT, finger=1)
    visitor.down(Tapped(Action.BACK), finger=2)
    visitor.up(Tapped(Action.BACK), finger=2)
    visitor.up(NEXT, finger=1)
    assert visitor.happened() == [NEXT]


def test_a_finger_whose_leaving_was_never_told_keeps_nobody_from_touching(visitor: Visitor) -> None:
    visitor.see(ATTRACT)
    visitor.down(START, finger=1)
    assert visitor.happened() == []
    visitor.now += 60
    visitor.down(START, finger=2)
    visitor.up(START, finger=2)
    assert visitor.happened() == [START]


def test_a_touch_that_began_on_another_picture_does_not_act(visitor: Visitor) -> None:
    visitor.see(ATTRACT)
    visitor.down(START)
    assert visitor.happened() == []
    visitor.see(PREPARATION)
    visitor.up(NEXT)
    assert visitor.happened() == [Touched()]


def test_a_double_tap_acts_once(visitor: Visitor) -> None:
    visitor.see(ATTRACT)
    assert visitor.tap(START) == [START]
    visitor.window.show(PREPARATION, Preferences(), None)
    visitor.now += 0.15
    assert visitor.tap(NEXT) == [Touched()]
    visitor.now += 1
    assert visitor.tap(NEXT) == [NEXT]


def test_a_double_tap_acts_once_though_the_picture_stays(visitor: Visitor) -> None:
    visitor.see(PREPARATION)
    assert [visitor.tap(NEXT), visitor.tap(NEXT)] == [[NEXT], [Touched()]]


def test_the_same_letter_twice_is_two_letters(visitor: Visitor) -> None:
    visitor.see(MAIL)
    assert [visitor.tap(KeyTapped("l")), visitor.tap(KeyTapped("l"))] == [[KeyTapped("l")], [KeyTapped("l")]]


def test_a_tap_that_arrives_as_finger_and_as_mouse_is_one(visitor: Visitor) -> None:
    visitor.see(ATTRACT)
    place = visitor.spot(START).rect.middle
    visitor.down(START)
    pygame.event.post(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=place, button=1, touch=True))
    visitor.up(START)
    pygame.event.post(pygame.event.Event(pygame.MOUSEBUTTONUP, pos=place, button=1))
    assert visitor.happened() == [START]


def test_a_mouse_alone_is_a_finger(visitor: Visitor) -> None:
    visitor.see(ATTRACT)
    place = visitor.spot(START).rect.middle
    for kind in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
        pygame.event.post(pygame.event.Event(kind, pos=place, button=1, touch=False))
    assert visitor.happened() == [START]


def test_a_pressed_target_shows_it_at_once_and_a_password_key_never(visitor: Visitor) -> None:
    visitor.see(PREPARATION)
    before = visitor.window.pixels().tobytes()
    visitor.down(Tapped(Action.BACK))
    visitor.happened()
    assert visitor.window.pixels().tobytes() != before
    visitor.up(Tapped(Action.BACK))
    visitor.happened()
    digits = (1, 2, 3, 4, 5, 6, 7, 8, 9, 0)
    visitor.see(Scene(Chrome(2, back=False), PasswordView(Password.AUTHENTICATION, 0, 3, None, digits)))
    before = visitor.window.pixels().tobytes()
    visitor.down(DigitTapped(5))
    visitor.happened()
    assert visitor.window.pixels().tobytes() == before
    visitor.up(DigitTapped(5))
    assert visitor.happened() == [DigitTapped(5)]


def test_a_consent_is_held_for_two_seconds(visitor: Visitor) -> None:
    visitor.see(Scene(Chrome(2, back=False), LastTryView(Password.AUTHENTICATION)))
    consent = Held(Action.YES)
    visitor.down(consent)
    visitor.happened()
    visitor.now += 1.9
    assert visitor.happened() == []
    visitor.now += 0.2
    assert visitor.happened() == [consent]
    visitor.up(consent)
    assert visitor.happened() == [Touched()]


def test_a_consent_let_go_too_early_is_none(visitor: Visitor) -> None:
    visitor.see(Scene(Chrome(2, back=False), LastTryView(Password.AUTHENTICATION)))
    visitor.down(Held(Action.YES))
    visitor.happened()
    visitor.now += 1
    visitor.up(Held(Action.YES))
    assert visitor.happened() == [Touched()]


def test_a_long_text_is_read_part_by_part_and_then_said_to_be_read(visitor: Visitor) -> None:
    visitor.see(LONG)
    read = Tapped(Action.READ_THROUGH)
    for _ in range(40):
        if any(spot.act == read for spot in visitor.window.targets()):
            break
        assert visitor.tap(Scrolled(1)) == [Touched()]
        visitor.now += 1
    assert visitor.tap(read) == [read]


def test_a_drag_moves_a_long_text_and_touches_nothing(visitor: Visitor) -> None:
    visitor.see(LONG)
    before = visitor.window.pixels().tobytes()
    visitor.window.post_finger(300, 500, down=True)
    visitor.slide(300, 300)
    visitor.lift(300, 300)
    assert visitor.happened() == [Touched()]
    assert visitor.window.pixels().tobytes() != before


def test_mail_domains_are_a_layer_that_goes_by_itself(visitor: Visitor) -> None:
    visitor.see(MAIL)
    visitor.tap(LayerShown("domains"))
    visitor.now += 1
    assert visitor.tap(KeyTapped("@docomo.ne.jp")) == [KeyTapped("@docomo.ne.jp")]
    visitor.see(MAIL)
    assert visitor.tap(KeyTapped("a")) == [KeyTapped("a")]


def test_keys_of_a_desktop_are_told_by_name_and_a_closed_window_too(visitor: Visitor) -> None:
    visitor.see(ATTRACT)
    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_c))
    pygame.event.post(pygame.event.Event(pygame.QUIT))
    assert visitor.happened() == [KeyPressed("c"), Closed()]


def test_waking_ends_the_wait(visitor: Visitor) -> None:
    visitor.see(ATTRACT)
    visitor.window.wake()
    assert list(visitor.window.wait(None)) == []


def test_a_glass_that_is_drummed_on_does_not_fall_behind(visitor: Visitor) -> None:
    visitor.see(MAIL)
    before = visitor.window.count
    for _ in range(30):
        visitor.down(KeyTapped("q"))
        visitor.up(KeyTapped("q"))
    assert visitor.happened() == [KeyTapped("q")] * 30
    visitor.see(MAIL)
    assert visitor.window.count == before + 1


def test_a_target_that_was_touched_does_not_stay_lit_where_nothing_follows(visitor: Visitor) -> None:
    visitor.see(PREPARATION)
    before = visitor.window.pixels().tobytes()
    assert visitor.tap(NEXT) == [NEXT]
    assert visitor.happened() == []
    assert visitor.window.pixels().tobytes() == before
