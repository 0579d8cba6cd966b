"""What is longer than its place moves with the finger, also where its last part stands lower than the others."""

from itertools import pairwise

import pytest

from kiosk.events import Action, Tapped
from kiosk.states import Remark
from kiosk.views import Chrome, ConsentView, DocumentView, Scene
from kiosk.visit import Language, TextSize
from screens.geometry import Rect
from screens.layout import Touch
from screens.look import Look
from screens.nodes import Scroller, Target, scroller, walk
from screens.registry import arrange
from tests.screens.glasses import fonts, look
from tests.screens.samples import SAMPLES, TITLES

AGREED = Scene(Chrome(1), ConsentView(TITLES, (True, True), agreed=False, remark=Remark.AGREE_FIRST))
LOOKS = [
    look(panel, language, TextSize.LARGEST, controls_low=low)
    for panel in ("10.1-landscape", "10.1-portrait")
    for language in Language
    for low in (False, True)
]
EVERY_LOOK = pytest.mark.parametrize(
    "how", LOOKS, ids=lambda h: f"{h.panel.width_px}-{h.language.value}-{h.preferences.controls_low}"
)


def at_offset(scene: Scene, how: Look, offset: int) -> Scroller:
    found = scroller(arrange(scene, how, fonts(), Touch(scroll=offset)))
    assert found is not None
    return found


def agree(moving: Scroller) -> Rect:
    return next(node.rect for node in walk(moving) if isinstance(node, Target) and node.act == Tapped(Action.AGREE))


@EVERY_LOOK
def test_nothing_leaps_while_a_finger_takes_it_along(how: Look) -> None:
    first = at_offset(AGREED, how, 0)
    assert len(first.pages) > 1
    places = [agree(at_offset(AGREED, how, offset)).y for offset in range(first.pages[-1] + 1)]
    assert all(abs(one - other) <= 4 for one, other in pairwise(places))
    assert places[-1] < places[0]


@EVERY_LOOK
def test_all_that_has_room_is_seen_while_it_moves(how: Look) -> None:
    first = at_offset(AGREED, how, 0)
    for offset in range(1, first.pages[-1], 7):
        if offset not in first.pages:
            moving = at_offset(AGREED, how, offset)
            assert moving.rect == moving.place


@EVERY_LOOK
def test_a_finger_takes_a_part_along_from_anywhere_in_its_place(how: Look) -> None:
    first = at_offset(AGREED, how, 0)
    assert {at_offset(AGREED, how, offset).place for offset in first.pages} == {first.place}
    assert all(at_offset(AGREED, how, offset).rect.bottom <= first.place.bottom for offset in first.pages)


@pytest.mark.parametrize("size", TextSize)
def test_low_controls_lower_what_can_be_touched_and_leave_what_is_read(size: TextSize) -> None:
    how = look("15.6-landscape", Language.EN, size, controls_low=True)
    document = next(scene for scene in SAMPLES if isinstance(scene.view, DocumentView))
    read = at_offset(document, how, at_offset(document, how, 0).pages[-1])
    assert read.rect.y == read.place.y
    if size is TextSize.LARGEST:
        agreed = at_offset(AGREED, how, at_offset(AGREED, how, 0).pages[-1])
        assert agreed.rect.y > agreed.place.y
        assert agreed.rect.bottom == agreed.place.bottom
