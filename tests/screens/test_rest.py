"""What stands still, what moves and how fast, what can be reached from everywhere, and what is left of a visitor."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from kiosk.events import Action, Tapped
from kiosk.views import (
    AttractView,
    BlankView,
    BusyView,
    Chrome,
    DisplayView,
    IdentityView,
    LayCardView,
    LetterView,
    MailTroubleView,
    OutOfServiceView,
    ScanView,
    Scene,
    StartingView,
    SubmittingView,
    TypingView,
)
from kiosk.visit import Language, TextSize
from screens.layout import Touch
from screens.nodes import Scrolled, moves, spoken, targets
from screens.registry import arrange
from tests.screens.checks import name
from tests.screens.glasses import fonts, look
from tests.screens.samples import OUTSIDE, PEOPLE, SAMPLES, SHEET
from tests.screens.test_touch import ATTRACT, Visitor

SEEN = tuple(scene for scene in SAMPLES if not isinstance(scene.view, BlankView))
TICK = 1 / 15


@pytest.fixture
def visitor() -> Iterator[Visitor]:
    visitor = Visitor()
    yield visitor
    visitor.window.close()


def test_nothing_moves_for_who_wants_rest_but_what_the_camera_sees() -> None:
    wanted = look()
    resting = replace(wanted, preferences=replace(wanted.preferences, reduced_motion=True))
    moving = {name(scene) for scene in SEEN if moves(arrange(scene, resting, fonts()))}
    assert moving == {name(scene) for scene in SEEN if isinstance(scene.view, ScanView | LetterView)}


@pytest.mark.parametrize("view", [AttractView, OutOfServiceView, StartingView])
def test_nothing_moves_while_nobody_is_there(view: type) -> None:
    scenes = [scene for scene in SEEN if isinstance(scene.view, view)]
    assert scenes
    assert not any(moves(arrange(scene, look(), fonts())) for scene in scenes)


def test_the_attract_screen_is_painted_once_however_long_it_stands(visitor: Visitor) -> None:
    visitor.see(ATTRACT)
    painted = visitor.window.count
    for _ in range(100):
        visitor.now += 1
        assert visitor.happened() == []
    assert visitor.window.count == painted


@pytest.mark.parametrize(
    "view",
    [
        LayCardView(stale=False),
        SubmittingView(0, 0, settling=True),
        *(s.view for s in SEEN if type(s.view) is BusyView),
    ],
    ids=lambda view: type(view).__name__,
)
def test_what_moves_shows_that_something_goes_on_and_nothing_blinks_faster_than_twice_a_second(
    visitor: Visitor, view: BusyView
) -> None:
    visitor.see(Scene(Chrome(2, back=False), view))
    before, changes, seconds = visitor.window.pixels().tobytes(), 0, 6
    for _ in range(round(seconds / TICK)):
        visitor.now += TICK
        visitor.happened()
        after = visitor.window.pixels().tobytes()
        changes, before = changes + (after != before), after
    assert 2 <= changes <= 2 * 2 * seconds  # a blink is two changes


def test_the_size_of_letters_can_be_chosen_from_everywhere_and_somebody_called() -> None:
    for scene in SEEN:
        if scene.chrome is SHEET or isinstance(scene.view, StartingView):
            continue
        acts = {target.act for target, _ in targets(arrange(scene, look(), fonts()))}
        assert {Tapped(Action.DISPLAY), Tapped(Action.STAFF)} <= acts, name(scene)
    display = next(scene for scene in SEEN if isinstance(scene.view, DisplayView))
    chosen = {getattr(target.act, "size", None) for target, _ in targets(arrange(display, look(), fonts()))}
    assert set(TextSize) <= chosen


def test_what_cannot_act_looks_so_and_beside_it_or_after_a_touch_stands_why() -> None:
    """A touch on the others is answered by a remark (`tests.flow`)."""
    answered = {"ConsentView", "PasswordView"}
    for scene in SEEN:
        tree = arrange(scene, look(), fonts(), Touch(seconds_left=30))
        dim = [target for target, _ in targets(tree) if target.dim and not isinstance(target.act, Scrolled)]
        if not dim or isinstance(scene.view, TypingView) or type(scene.view).__name__ in answered:
            continue
        words = "".join(spoken(tree))
        assert isinstance(scene.view, ScanView | LetterView | MailTroubleView)
        assert "ください" in words, name(scene)


@pytest.mark.parametrize("language", list(Language))
def test_no_button_stands_for_what_is_not_built(language: Language) -> None:
    for scene in SEEN:
        said = "".join(spoken(arrange(scene, look(language=language), fonts())))
        assert not any(word in said for word in ("音声", "おんせい", "Voice", "voice")), name(scene)


def test_nothing_of_a_visitor_is_left_on_the_glass_or_in_what_it_remembers(visitor: Visitor) -> None:
    visitor.see(ATTRACT)
    fresh = visitor.window.pixels().tobytes()
    visitor.see(Scene(Chrome(3, back=False), IdentityView(PEOPLE[0])))
    visitor.see(Scene(OUTSIDE, BlankView()))
    assert len(set(visitor.window.pixels().reshape(-1))) == 1
    visitor.see(ATTRACT)
    assert visitor.window.pixels().tobytes() == fresh
    remembered = repr(vars(visitor.window)) + repr(list(visitor.window._painter._lines._rendered))
    assert not any(part in remembered for part in PEOPLE[0].name.split(" "))
