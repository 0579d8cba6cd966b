"""The keypad never moves, never lights up, and the glass never shows a digit that was typed."""

from dataclasses import replace
from itertools import product

import pytest

from kiosk.events import Action, DigitTapped, Tapped
from kiosk.states import Remark
from kiosk.views import Chrome, Keyboard, PasswordView, Scene, Typing, TypingView
from kiosk.visit import Language, Password, TextSize
from screens.geometry import Rect
from screens.layout import Touch
from screens.look import Face, Look, Tone
from screens.nodes import Act, Node, Shape, Target, Words, targets, walk
from screens.registry import arrange
from screens.ruby import plain
from tests.screens.glasses import fonts, look, panels

LOOKS = tuple(look(panel, language, size) for panel, language, size in product(panels(), Language, TextSize))
PLAIN = (1, 2, 3, 4, 5, 6, 7, 8, 9, 0)
SHUFFLED = (3, 1, 4, 5, 9, 2, 6, 8, 7, 0)
CHROME = Chrome(2, help=True)
EVERY_LOOK = pytest.mark.parametrize(
    "glass",
    LOOKS,
    ids=lambda k: f"{k.panel.width_px}-{k.language.value}-{k.preferences.text_size.name}",
)


def arranged(view: PasswordView, glass: Look, touch: Touch | None = None) -> Node:
    return arrange(Scene(CHROME, view), glass, fonts(), touch)


def places(tree: Node) -> dict[Act, Rect]:
    return {target.act: target.rect for target, _ in targets(tree)}


STATES = [
    PasswordView(password, count, tries, remark, PLAIN)
    for password, (count, tries, remark) in product(
        Password,
        (
            (0, 3, None),
            (1, 2, None),
            (2, 3, Remark.INCOMPLETE),
            (3, 1, None),
            (4, 2, Remark.WRONG_PASSWORD),
            (4, 1, Remark.SAME_DIGITS),
            (0, 1, None),
        ),
    )
]
"""Both passwords, every number of dots and of tries, every remark."""


@EVERY_LOOK
def test_no_key_moves_by_a_pixel_in_any_state(glass: Look) -> None:
    stand = places(arranged(STATES[0], glass))
    assert [places(arranged(view, glass)) for view in STATES] == [stand] * len(STATES)


@pytest.mark.parametrize("panel", panels())
@pytest.mark.parametrize("controls_low", [False, True])
def test_nor_in_white_on_black_nor_with_the_controls_low(panel: str, controls_low: bool) -> None:
    stand = places(arranged(STATES[0], look(panel, controls_low=controls_low)))
    other = look(panel, controls_low=controls_low, high_contrast=True)
    assert [places(arranged(view, other)) for view in STATES] == [stand] * len(STATES)


@EVERY_LOOK
def test_nor_does_a_key_of_the_number_keypad_whatever_has_been_typed(glass: Look) -> None:
    def keys(typing: Typing, text: str, remark: Remark | None, *, complete: bool) -> dict[Act, Rect]:
        view = TypingView(typing, Keyboard.DIGITS, text, remark, complete)
        return places(arrange(Scene(Chrome(4, help=True), view), glass, fonts()))

    whole = "S01012026110209451210423"
    stand = keys(Typing.RECEIPT, "S", None, complete=False)
    for end, remark in ((5, Remark.INCOMPLETE), (19, Remark.IMPOSSIBLE_DATE), (24, None)):
        assert keys(Typing.RECEIPT, whole[:end], remark, complete=end == len(whole)) == stand
    assert keys(Typing.CONTRACT, "901234507", None, complete=True) == stand


@EVERY_LOOK
def test_shuffling_changes_the_digits_and_not_the_places(glass: Look) -> None:
    plain = places(arranged(PasswordView(Password.AUTHENTICATION, 0, 3, None, PLAIN), glass))
    mixed = places(arranged(PasswordView(Password.AUTHENTICATION, 0, 3, None, SHUFFLED, shuffled=True), glass))
    where = {position: plain[DigitTapped(digit)] for position, digit in enumerate(PLAIN)}
    assert where == {position: mixed[DigitTapped(digit)] for position, digit in enumerate(SHUFFLED)}


@EVERY_LOOK
def test_keys_are_large_and_stand_apart(glass: Look) -> None:
    px, found = glass.px, places(arranged(STATES[0], glass))
    keys = [rect for act, rect in found.items() if isinstance(act, DigitTapped)]
    keys += [found[Tapped(Action.ERASE)], found[Tapped(Action.NEXT)]]
    assert len(keys) == 12
    for key in keys:
        assert key.w >= px(20) - 1
        assert key.h >= px(20) - 1
        for other in keys:
            near = key.inset(-px(4) + 2)
            assert other is key or not near.overlaps(other)


@EVERY_LOOK
def test_nothing_at_the_left_is_lost(glass: Look) -> None:
    """Words, dots and 中止 stand on the glass, none over another, whatever is said."""
    for view in STATES:
        tree = arranged(view, glass)
        found = [node for node in walk(tree) if isinstance(node, Words)]
        assert all(glass.panel.glass.contains(words.rect) for words in found)
        cancel = places(tree)[Tapped(Action.CANCEL)]
        outside = [w for w in found if w.text != glass.say("action.cancel") and w.rect.overlaps(cancel)]
        assert outside == []


def on_the_patch(view: PasswordView, glass: Look) -> str:
    """What stands on its colour, without the spaces at which it is broken."""
    tree = arranged(view, glass)
    (patch,) = (n.rect for n in walk(tree) if isinstance(n, Shape) and n.fill in {Tone.FINE, Tone.CAREFUL, Tone.STOP})
    lines = [n.text for n in walk(tree) if isinstance(n, Words) and patch.contains(n.rect)]
    return "".join(lines).replace(" ", "")


@EVERY_LOOK
def test_what_was_wrong_is_said_with_the_tries_left_once_however_few(glass: Look) -> None:
    def sentence(key: str, **values: object) -> str:
        return plain(glass.say(key, **values)).replace(" ", "")

    wrong = replace(STATES[5], tries=2, remark=Remark.WRONG_PASSWORD)
    assert on_the_patch(wrong, glass) == sentence("remark.wrong_password", n=2)
    for left in (1, 2):
        brief = sentence("tries.short_last") if left == 1 else sentence("tries.short", n=left)
        counts = (sentence(f"tries.left_{left}"), brief)
        assert on_the_patch(replace(wrong, tries=left, remark=None), glass) == counts[0]
        same = on_the_patch(replace(wrong, tries=left, remark=Remark.SAME_DIGITS), glass)
        assert same in {sentence("remark.same_digits") + count for count in counts}


@EVERY_LOOK
def test_both_passwords_are_written_alike(glass: Look) -> None:
    sizes = []
    for password in Password:
        tree = arranged(replace(STATES[0], password=password), glass)
        sizes.append([(n.size, n.role) for n in walk(tree) if isinstance(n, Words) and n.face is Face.BOLD])
    assert sizes[0][0] == sizes[1][0]


def test_the_ways_out_stand_where_they_stand_on_other_screens() -> None:
    for glass in LOOKS:
        other = arrange(Scene(CHROME, TypingView(Typing.CODE, Keyboard.CODE, "", None, complete=False)), glass, fonts())
        for act in (Tapped(Action.BACK), Tapped(Action.CANCEL)):
            assert places(arranged(STATES[0], glass))[act] == places(other)[act]


def test_a_touched_key_looks_as_before() -> None:
    view = PasswordView(Password.AUTHENTICATION, 1, 3, None, PLAIN)
    acts: list[Act] = [*(DigitTapped(digit) for digit in PLAIN), Tapped(Action.ERASE)]
    for act in acts:
        assert arranged(view, LOOKS[1], Touch(pressed=act)) == arranged(view, LOOKS[1])


def test_what_is_typed_is_dots() -> None:
    for count in range(5):
        tree = arranged(PasswordView(Password.ATTRIBUTES, count, 3, None, PLAIN), LOOKS[1])
        keypad = [part for n in walk(tree) if isinstance(n, Target) for part in walk(n)]
        discs = [n for n in walk(tree) if isinstance(n, Shape) and n.radius * 2 >= n.rect.h - 1 and n not in keypad]
        dots = [n for n in discs if n.rect.w == n.rect.h and n.rect.w >= LOOKS[1].px(6) and n.rect.y > LOOKS[1].px(25)]
        assert len(dots) == count
