"""The keypad. It stands at the right in full height (upright: at the bottom), never moves, and nothing on it lights up.

At the left stand which password is meant, four dots, the tries left and a line for what was wrong. Their places are
reserved for the longest of the sentences that can stand there, so that nothing moves there either.
"""

from collections.abc import Iterator

from kiosk.events import Action, DigitTapped, Tapped
from kiosk.states import Remark
from kiosk.views import Chrome, PasswordView
from kiosk.visit import Password
from screens import tries
from screens.dots import Dots
from screens.frame import areas
from screens.geometry import Rect
from screens.header import header
from screens.layout import Column, Element, Kit, Row
from screens.look import Face, Role, Tone
from screens.nodes import Group, Node, Shape
from screens.pieces import PATCHES, Boxed, Text
from screens.reserved import Reserved
from screens.touchables import Button, Kind

KEY_MM = 20.0
WIDEST_MM = 30.0
GAP_MM = 4.0
LOW_MM = 15.0
ORDINALS = {Password.AUTHENTICATION: "password.first", Password.ATTRIBUTES: "password.second"}


def arrange_password(view: PasswordView, chrome: Chrome, kit: Kit) -> Node:
    """Header, words at the left, keypad at the right."""
    place = areas(kit)
    page = place.page
    gap, high = kit.px(GAP_MM), 4 * kit.px(KEY_MM) + 3 * kit.px(GAP_MM) + kit.px(3.0) + kit.px(LOW_MM)
    if kit.look.upright:
        keypad = Rect(page.x, page.bottom - high, page.w, high)
        words = Rect(page.x, page.y, page.w, page.h - high - gap)
    else:
        tall = (page.h - kit.px(LOW_MM) - kit.px(3.0) - 3 * gap) // 4
        w = 3 * max(kit.px(KEY_MM), min(tall, kit.px(WIDEST_MM))) + 2 * gap
        keypad = Rect(page.right - w, page.y, w, page.h)
        foot = kit.px(LOW_MM) + kit.px(3.0)
        words = Rect(page.x, page.y, page.w - w - 2 * gap, page.h - foot)
    parts = [
        Shape(kit.look.panel.glass, Tone.GROUND),
        _words(view, words, kit),
        *_keys(view, keypad, kit),
        *_ways(view, chrome, page, keypad, kit),
        header(kit, chrome, place.header),
    ]
    return Group(kit.look.panel.glass, tuple(parts))


def _keys(view: PasswordView, at: Rect, kit: Kit) -> Iterator[Node]:
    """Three columns, four rows. Where the digits are is the view's own order; 消す and OK stand in the corners."""
    gap = kit.px(GAP_MM)
    w = (at.w - 2 * gap) // 3
    h = (at.h - kit.px(LOW_MM) - kit.px(3.0) - 3 * gap) // 4
    digits = [Button(str(d), DigitTapped(d), Kind.KEY, KEY_MM, lights=False) for d in view.digits]
    erase = Button(kit.say("action.erase"), Tapped(Action.ERASE), Kind.KEY, KEY_MM, lights=False, role=Role.BUTTON)
    ok = Button(kit.say("password.ok"), Tapped(Action.NEXT), Kind.PRIMARY, KEY_MM, dim=view.count < 4)
    for i, button in enumerate((*digits[:9], erase, digits[9], ok)):
        row, column = divmod(i, 3)
        yield button.place(Rect(at.x + column * (w + gap), at.y + row * (h + gap), w, h), kit)


def _ways(view: PasswordView, chrome: Chrome, page: Rect, keypad: Rect, kit: Kit) -> Iterator[Node]:
    """戻る and 中止 at the bottom left, the order of the digits beneath the keypad."""
    h, gap = kit.px(LOW_MM), kit.px(3.0)
    left = page.x
    for stands, label, action, kind, wide in (
        (chrome.back, "action.back", Action.BACK, Kind.SECONDARY, 34.0),
        (chrome.cancel, "action.cancel", Action.CANCEL, Kind.QUIET, 27.0),
    ):
        if stands:
            w = kit.px(wide)
            yield Button(kit.say(label), Tapped(action), kind, LOW_MM).place(Rect(left, page.bottom - h, w, h), kit)
            left += w + gap
    shuffle = Rect(keypad.x, keypad.bottom - h, keypad.w, h)
    if kit.look.upright:
        shuffle = Rect(left, shuffle.y, page.right - left, h)
    label = kit.say("password.unshuffle" if view.shuffled else "action.shuffle")
    yield Button(label, Tapped(Action.SHUFFLE), Kind.QUIET, LOW_MM).place(shuffle, kit)


def _words(view: PasswordView, at: Rect, kit: Kit) -> Node:
    """The largest arrangement that fits, judged by what is reserved and so the same in every state."""
    for arrangement in _arrangements(view, kit):
        if arrangement.height(at.w, kit) <= at.h:
            return arrangement.place(at, kit)
    return arrangement.place(at, kit)


def _arrangements(view: PasswordView, kit: Kit) -> Iterator[Column]:
    sizes = ((Role.TITLE, Role.LEAD, Role.BODY), (Role.LEAD, Role.BODY, Role.BODY), (Role.LEAD, Role.QUIET, Role.QUIET))
    for title, lead, patch in sizes:
        head = (Text(kit.say(ORDINALS[view.password]), Role.QUIET, tone=Tone.QUIET_INK), _name(view, title, kit))
        explained = Text(kit.say("password.lead"), lead)
        yield Column(
            (Column(head, 0.5), explained, Dots(view.count, 18.0), _tries(view, patch, kit), _remark(view, patch, kit)),
            3.0,
        )
    for title, lead, dots in (
        (Role.LEAD, Role.QUIET, 16.0),
        (Role.QUIET, Role.SMALL, 14.0),
        (Role.QUIET, Role.SMALL, 12.0),
    ):
        role = Role.QUIET if dots > 12 else Role.SMALL
        status = _status(view, role, kit)
        yield Column(
            (_name(view, title, kit), Text(kit.say("password.lead"), lead), Dots(view.count, dots), status), 2.0
        )


def _name(view: PasswordView, role: Role, kit: Kit) -> Element:
    name = Text(kit.say(f"password.name.{view.password.value}"), role, Face.BOLD)
    official = tries.official_beside(view.password, kit)
    if not official:
        return name
    return Column((name, Text(official, Role.QUIET if role in {Role.TITLE, Role.LEAD} else Role.SMALL)), 0.5)


def _patch(words: str, left: int, role: Role) -> Element:
    fill, ink = PATCHES[tries.kind_of(left)]
    return Boxed(Text(words, role, Face.BOLD, ink), fill, 3.0)


def _tries(view: PasswordView, role: Role, kit: Kit) -> Element:
    return Reserved(
        _patch(tries.sentence(view.tries, kit), view.tries, role),
        tuple(_patch(tries.sentence(left, kit), left, role) for left in (1, 2, 3)),
    )


def _remark(view: PasswordView, role: Role, kit: Kit) -> Element:
    words = remark(view.remark, view, kit)
    shown = Row((Text(words, role, Face.BOLD),)) if words else None
    return Reserved(shown, tuple(Text(remark(r, view, kit), role, Face.BOLD) for r in POSSIBLE))


def _status(view: PasswordView, role: Role, kit: Kit) -> Element:
    """Where both have no room: what was wrong stands on the patch in place of the tries left; but nothing in place of
    the warning that the password locks.
    """
    choices = [_patch(tries.sentence(left, kit), left, role) for left in (1, 2, 3)]
    choices += [_patch(remark(r, view, kit), 2, role) for r in POSSIBLE]
    warning = tries.sentence(view.tries, kit)
    words = warning if view.tries == 1 else remark(view.remark, view, kit) or warning
    return Reserved(_patch(words, view.tries, role), tuple(choices))


POSSIBLE = (Remark.WRONG_PASSWORD, Remark.SAME_DIGITS, Remark.INCOMPLETE)


def remark(said: Remark | None, view: PasswordView, kit: Kit) -> str:
    """The sentence about the last entry; empty where there is nothing to say."""
    match said:
        case None:
            return ""
        case Remark.WRONG_PASSWORD:
            return kit.say("remark.wrong_password", n=view.tries)
        case Remark.INCOMPLETE:
            return kit.say("password.incomplete", n=4 - view.count)
        case _:
            return kit.say(f"remark.{said.value}")
