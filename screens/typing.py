"""A field and a keyboard: mail address, code, the two numbers, and what else the portal asks for."""

from kiosk.events import Action, Tapped
from kiosk.views import Chrome, Keyboard, Typing, TypingView
from screens import kana_keys, keyboards
from screens.frame import MAIN_MM, Areas, areas, assembled, foot_nodes, primary
from screens.geometry import Rect
from screens.header import header
from screens.heading import heading
from screens.layout import Kit
from screens.look import Role, Tone
from screens.nodes import Group, LayerShown, Node, Shape
from screens.touchables import Button, Kind

GAP_MM = 3.0
SWITCH_MM, READ_MM = 49.0, 46.0
"""How wide a button in the foot is beside 中止. Both stand where they stood, whatever the keyboard shows: who touches
twice must not touch another one.
"""


def arrange_typing(view: TypingView, chrome: Chrome, kit: Kit) -> Node:
    """The keypad at the right in full height, or a keyboard across the glass beneath the field."""
    place = areas(kit)
    if view.keyboard is Keyboard.DIGITS:
        return _beside_keypad(view, chrome, kit, place)
    return _above_keyboard(view, chrome, kit, place)


def _above_keyboard(view: TypingView, chrome: Chrome, kit: Kit, place: Areas) -> Node:
    gap, body = kit.px(GAP_MM), place.body
    domains = view.typing in {Typing.ADDRESS, Typing.ADDRESS_AGAIN}
    beneath = keyboards.domain_rows() if domains and kit.look.upright else None
    spare = beneath.height(body.w, kit) + gap if beneath is not None else 0
    high = keyboards.height(kit, view.keyboard)
    keys_at = Rect(body.x, body.bottom - spare - high, body.w, high)
    parts = [keyboards.placed(kit, view.keyboard, keys_at, complete=view.complete)]
    if beneath is not None:
        parts.append(beneath.place(Rect(body.x, keys_at.bottom + gap, body.w, spare - gap), kit))
    content = Group(body, (_heading(view, kit, place, keyboards.above(kit, place, keys_at)), *parts))
    main = primary(kit.say("action.next"), Action.NEXT, dim=not view.complete)
    middle = _layer_button(kit, domains=domains) or _writing_button(kit, view.keyboard) or _read_button(kit, view)
    return assembled(kit, chrome, content, main, middle=middle)


def _heading(view: TypingView, kit: Kit, place: Areas, room: Rect) -> Node:
    """Words and field in the room beside their keyboard. A number that begins with a letter and goes on with digits has
    them where both keyboards leave room, so that its first letter moves nothing.
    """
    if view.typing is not Typing.RECEIPT:
        return heading(view, kit, room, room)
    high = keyboards.height(kit, Keyboard.LETTERS)
    letters = keyboards.above(kit, place, Rect(place.body.x, place.body.bottom - high, place.body.w, high))
    common = letters.common(keyboards.beside_keypad(kit, place))
    return heading(view, kit, common, common if kit.look.upright else room)


def _layer_button(kit: Kit, *, domains: bool) -> Button | None:
    if not domains or kit.look.upright:
        return None
    shown = kit.touch.layer == keyboards.LAYER_DOMAINS
    said, leads_to = ("letters", "") if shown else ("domains", keyboards.LAYER_DOMAINS)
    return Button(kit.say(f"typing.{said}"), LayerShown(leads_to), Kind.QUIET, 15.0, SWITCH_MM)


def _writing_button(kit: Kit, keyboard: Keyboard) -> Button | None:
    """Where kana may be typed: hiragana, katakana, letters and figures, one after another."""
    if keyboard not in kana_keys.WRITINGS:
        return None
    name = kana_keys.following(kit, keyboard)
    shown = LayerShown(kana_keys.layer(keyboard, name))
    return Button(kit.say(f"typing.{name}"), shown, Kind.SECONDARY, 15.0, SWITCH_MM, role=Role.QUIET)


def _read_button(kit: Kit, view: TypingView) -> Button | None:
    """Where what is typed is printed on a letter, the camera can read it."""
    if view.typing not in {Typing.CONTRACT, Typing.RECEIPT}:
        return None
    act = Tapped(Action.READ_LETTER)
    return Button(kit.say("action.read_letter"), act, Kind.SECONDARY, 15.0, READ_MM, role=Role.QUIET)


def _beside_keypad(view: TypingView, chrome: Chrome, kit: Kit, place: Areas) -> Node:
    """What was typed at the left at eye height, the keypad at the right (beneath, on an upright glass)."""
    keys_at = keyboards.keypad(kit, place)
    keys = keyboards.placed(kit, Keyboard.DIGITS, keys_at, complete=view.complete)
    at = place.foot
    if not kit.look.upright:  # as if the keypad were the main button
        at = Rect(at.x, at.y, keys_at.x + kit.px(MAIN_MM) - at.x, at.h)
    foot = foot_nodes(kit, chrome, at, None, None, _read_button(kit, view))
    glass = kit.look.panel.glass
    words = _heading(view, kit, place, keyboards.beside_keypad(kit, place))
    return Group(glass, (Shape(glass, Tone.GROUND), words, keys, *foot, header(kit, chrome, place.header)))
