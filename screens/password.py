"""The keypad. It stands where every keypad stands, never moves, and nothing on it lights up.

Beside it (upright: above it) stand which password is meant, four dots, and on one coloured patch what was wrong with
the last entry and the tries left. Their places are reserved for the longest of the sentences that can stand there, so
that nothing moves there either.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

from kiosk.events import Action, DigitTapped, Tapped
from kiosk.states import Remark
from kiosk.views import Chrome, PasswordView
from kiosk.visit import Password
from screens import keyboards, tries
from screens.dots import Dots
from screens.frame import Areas, areas, foot_nodes
from screens.geometry import Rect
from screens.header import header
from screens.keyboards import ABOVE_MM, KEYPAD_GAP, KEYPAD_MM
from screens.layout import Column, Element, Kit
from screens.look import Face, Role, Tone
from screens.nodes import Group, Node, Shape
from screens.pieces import PATCHES, Boxed, Text
from screens.reserved import Reserved
from screens.touchables import Button, Kind

LOW_MM, GAP_MM, SIDE_MM = 15.0, 3.0, 2.6
ORDINALS = {Password.AUTHENTICATION: "password.first", Password.ATTRIBUTES: "password.second"}
REMARKS = (Remark.WRONG_PASSWORD, Remark.SAME_DIGITS, Remark.INCOMPLETE)


def arrange_password(view: PasswordView, chrome: Chrome, kit: Kit) -> Node:
    """Header, words, keypad, foot."""
    place = areas(kit)
    keypad = keyboards.keypad(kit, place)
    words = keyboards.beside_keypad(kit, place)
    parts = [
        Shape(kit.look.panel.glass, Tone.GROUND),
        _words(view, words, kit),
        *_keys(view, keypad, kit),
        *_ways(view, chrome, place, words.right, kit),
        header(kit, chrome, place.header),
    ]
    return Group(kit.look.panel.glass, tuple(parts))


def _keys(view: PasswordView, at: Rect, kit: Kit) -> Iterator[Node]:
    """Three columns, four rows. Where the digits are is the view's own order; 消す and OK stand in the corners."""
    gap = kit.px(KEYPAD_GAP)
    w, h = (at.w - 2 * gap) // 3, (at.h - 3 * gap) // 4
    digits = [Button(str(d), DigitTapped(d), Kind.KEY, KEYPAD_MM, lights=False) for d in view.digits]
    label, spoken = kit.say("typing.erase"), kit.say("action.erase")
    erase = Button(label, Tapped(Action.ERASE), Kind.KEY, KEYPAD_MM, lights=False, role=Role.BUTTON, spoken=spoken)
    ok = Button(kit.say("password.ok"), Tapped(Action.NEXT), Kind.PRIMARY, KEYPAD_MM, dim=view.count < 4)
    for i, button in enumerate((*digits[:9], erase, digits[9], ok)):
        row, column = divmod(i, 3)
        yield button.place(Rect(at.x + column * (w + gap), at.y + row * (h + gap), w, h), kit)


def _ways(view: PasswordView, chrome: Chrome, place: Areas, end: int, kit: Kit) -> Iterator[Node]:
    """戻る and 中止 where they always stand, beside them the order of the digits."""
    foot = place.foot
    ways = foot_nodes(kit, chrome, foot, None, None, None)
    yield from ways
    x = ways[-1].rect.right + kit.px(GAP_MM) if ways else foot.x
    label = kit.say("password.unshuffle" if view.shuffled else "action.shuffle")
    shuffle = Button(label, Tapped(Action.SHUFFLE), Kind.QUIET, LOW_MM)
    yield shuffle.place(Rect(x, foot.y, end - x, foot.h).centred(end - x, kit.px(LOW_MM)), kit)


def _words(view: PasswordView, at: Rect, kit: Kit) -> Node:
    """The largest arrangement in which both passwords have room, judged by what is reserved: so it is the same in every
    state.
    """
    fitting = (step for step in STEPS if all(_column(view, p, step, kit).height(at.w, kit) <= at.h for p in Password))
    column = _column(view, view.password, next(fitting, STEPS[-1]), kit)
    high = column.height(at.w, kit)
    return column.place(Rect(at.x, at.y + max(0, min(at.h - high, kit.px(ABOVE_MM))), at.w, high), kit)


@dataclass(frozen=True, slots=True)
class _Step:
    """How large it is: the name, what is said of it and the patch by their roles, the dots in millimetres.

    `ordinal`: first or second password, above the name. `brief`: while the patch says what was wrong, the tries left
    are counted in few words; the whole sentence is back with the next digit.
    """

    name: Role
    lead: Role
    dots: float
    patch: Role
    ordinal: Role | None = Role.QUIET
    brief: bool = False
    gap: float = 3.0


STEPS = (
    _Step(Role.TITLE, Role.LEAD, 18.0, Role.BODY),
    _Step(Role.LEAD, Role.BODY, 18.0, Role.BODY),
    _Step(Role.LEAD, Role.MEDIUM, 16.0, Role.MEDIUM),
    _Step(Role.LEAD, Role.MEDIUM, 14.0, Role.MEDIUM, brief=True, gap=2.0),
    _Step(Role.LEAD, Role.QUIET, 16.0, Role.QUIET),
    _Step(Role.LEAD, Role.QUIET, 14.0, Role.QUIET, brief=True, gap=2.0),
    _Step(Role.MEDIUM, Role.QUIET, 12.0, Role.MEDIUM, Role.SMALL, brief=True, gap=2.0),
    _Step(Role.QUIET, Role.SMALL, 14.0, Role.QUIET, Role.SMALL, brief=True, gap=2.0),
    _Step(Role.QUIET, Role.SMALL, 11.0, Role.QUIET, None, brief=True, gap=1.25),
)


def _column(view: PasswordView, password: Password, step: _Step, kit: Kit) -> Column:
    head = [_name(password, step.name, kit)]
    if step.ordinal is not None:
        head.insert(0, Text(kit.say(ORDINALS[password]), step.ordinal, tone=Tone.QUIET_INK))
    explained = Text(kit.say("password.lead"), step.lead)
    states = (replace(view, count=0, tries=left, remark=said) for left, said in product((1, 2, 3), (None, *REMARKS)))
    status = Reserved(_patch(view, step, kit), tuple(_patch(state, step, kit) for state in states))
    return Column((Column(tuple(head), 0.5), explained, Dots(view.count, step.dots), status), step.gap)


def _name(password: Password, role: Role, kit: Kit) -> Element:
    name = Text(kit.say(f"password.name.{password.value}"), role, Face.BOLD)
    official = tries.official_beside(password, kit)
    if not official:
        return name
    return Column((name, Text(official, Role.QUIET if role in {Role.TITLE, Role.LEAD} else Role.SMALL)), 0.5)


def _patch(view: PasswordView, step: _Step, kit: Kit) -> Element:
    """First what is new; how many tries are left is said once."""
    fill, ink = PATCHES[tries.kind_of(view.tries)]
    counted = tries.sentence(view.tries, kit)
    match view.remark:
        case None:
            said = counted
        case Remark.WRONG_PASSWORD:
            said = kit.say("remark.wrong_password", n=view.tries)
        case _:
            said = f"{remark(view, kit)}\n{tries.briefly(view.tries, kit) if step.brief else counted}"
    return Boxed(Text(said, step.patch, Face.BOLD, ink), fill, step.gap, sides=SIDE_MM)


def remark(view: PasswordView, kit: Kit) -> str:
    """The sentence about an entry that was not sent to the card."""
    if view.remark is Remark.INCOMPLETE:
        return kit.say("password.incomplete", n=4 - view.count)
    return kit.say("remark.same_digits")
