"""A field and a keyboard: mail address, code, the two numbers, and what else the portal asks for."""

from typing import assert_never

from kiosk.events import Action, KeyTapped, Tapped
from kiosk.states import Remark
from kiosk.views import Chrome, Keyboard, Typing, TypingView
from screens import kana_keys, keyboards
from screens.field import Field
from screens.frame import MAIN_MM, Areas, areas, assembled, foot_nodes, primary
from screens.geometry import Rect
from screens.header import header
from screens.layout import Column, Element, Kit, grid
from screens.look import Face, Role, Tone
from screens.naming import address_pieces
from screens.nodes import Group, LayerShown, Node, Shape
from screens.pieces import Align, Fitted, Text
from screens.ruby import has_readings
from screens.touchables import Button, Kind

CODE_GROUPS = (4, 4)
CONTRACT_GROUPS = (3, 3, 3)
RECEIPT_GROUPS = (5, 8, 6, 5)


def arrange_typing(view: TypingView, chrome: Chrome, kit: Kit) -> Node:
    """The keypad at the right in full height, or a keyboard across the glass beneath the field."""
    place = areas(kit)
    if view.keyboard is Keyboard.DIGITS:
        return _beside_keypad(view, chrome, kit, place)
    return _above_keyboard(view, chrome, kit, place)


def title(view: TypingView, kit: Kit) -> str:
    """What is being typed, in the manual's words or the portal's."""
    return view.label or kit.say(f"typing.{view.typing.value}.label")


def hint(view: TypingView, kit: Kit) -> str:
    """The one instruction."""
    return kit.say(f"typing.{view.typing.value}.hint")


def field(view: TypingView, high: float) -> Field:
    """The field with what was typed and, where the form is known, what is still missing."""
    match view.typing:
        case Typing.ADDRESS | Typing.ADDRESS_AGAIN | Typing.FURTHER:
            return Field(tuple(address_pieces(view.text)), high=high)
        case Typing.CODE:
            return _grouped(view.text, CODE_GROUPS, " ", high)
        case Typing.CONTRACT:
            return _grouped(view.text, CONTRACT_GROUPS, " ", high)
        case Typing.RECEIPT:
            return _grouped(view.text, RECEIPT_GROUPS, "-", high)
        case _:
            assert_never(view.typing)


def _grouped(text: str, groups: tuple[int, ...], between: str, high: float) -> Field:
    """Groups as people read them; date and time of a receipt number are told apart without a hyphen."""
    typed: list[str] = []
    ghost: list[str] = []
    at = 0
    for i, length in enumerate(groups):
        end = at + length
        mark = "" if i == len(groups) - 1 or (between == "-" and i == 1) else between
        own = text[at:end]
        missing = "_" * (length - len(own))
        if own and not missing:
            typed.append(own + mark)
        else:
            if own:
                typed.append(own)
            ghost.append(missing + mark)
        at = end
    return Field(tuple(typed), tuple(ghost), high)


def _above_keyboard(view: TypingView, chrome: Chrome, kit: Kit, place: Areas) -> Node:
    gap = kit.px(3.0)
    keys_h = keyboards.height(kit, view.keyboard)
    domains = view.typing in {Typing.ADDRESS, Typing.ADDRESS_AGAIN}
    upright_domains = _domain_rows() if domains and kit.look.upright else None
    spare = kit.px(15.0) * 3 + 2 * gap + gap if upright_domains else 0
    keys_at = Rect(place.body.x, place.body.bottom - keys_h - spare, place.body.w, keys_h)
    parts = [keyboards.placed(kit, view.keyboard, keys_at, domains=domains, complete=view.complete)]
    if upright_domains is not None:
        parts.append(upright_domains.place(Rect(keys_at.x, keys_at.bottom + gap, keys_at.w, spare - gap), kit))
    top = place.body.y - kit.px(1.0)
    head = Rect(place.body.x, top, place.body.w, keys_at.y - kit.px(2.0) - top)
    content = Group(place.body, (_head(view, kit, head), *parts))
    main = primary(kit.say("action.next"), Action.NEXT, dim=not view.complete)
    middle = _layer_button(kit, domains=domains) or _writing_button(kit, view.keyboard) or _read_button(kit, view)
    return assembled(kit, chrome, content, main, middle=middle)


HEAD_ROLES = (
    (Role.TITLE, Role.LEAD), (Role.TITLE, Role.QUIET), (Role.BODY, Role.QUIET), (Role.BODY, Role.SMALL),
    (Role.QUIET, Role.SMALL),
)  # fmt: skip
NOTE_MM = 13.0
NEAR_MM = 4.0  # the field belongs to its hint, however high the glass is
LOW_FIELD_MM, LOWEST_FIELD_MM = 11.0, 8.9  # the lowest leaves room for furigana


def _head(view: TypingView, kit: Kit, at: Rect) -> Node:
    """Label, hint, field and a line kept free for remarks, one under the other, as large as the height allows."""
    note_h, gap = kit.px(NOTE_MM), kit.px(2.0)
    box_h = kit.px(22.0 if kit.look.large and view.typing is Typing.RECEIPT else 18.0)
    free = at.h - note_h - box_h - 2 * gap
    for title_role, hint_role in HEAD_ROLES:
        if _example_width(view, hint_role, kit) > at.w:
            continue
        words = Column((Text(title(view, kit), title_role, Face.BOLD), Text(hint(view, kit), hint_role)), 2.0)
        high = words.height(at.w, kit)
        if high <= free:
            near = min(free - high, kit.px(NEAR_MM)) + gap
            y = at.bottom - note_h - gap - box_h - near - high if kit.look.preferences.controls_low else at.y
            top = words.place(Rect(at.x, y, at.w, high), kit)
            box = Rect(at.x, y + high + near, at.w, box_h)
            note = _note(view, kit, Rect(at.x, box.bottom + gap, at.w, note_h)) if view.remark else ()
            return Group(at, (top, field(view, 18.0).place(box, kit), *note))
    return _low_head(view, kit, at)


def _example_width(view: TypingView, role: Role, kit: Kit) -> int:
    """Pixels of the longest number or address in the hint: it is to be compared with a paper, in one piece.

    On an upright glass there is height enough to ask for one line with the word before it, too.
    """
    lines = [line for line in hint(view, kit).split("\n") if any(map(str.isascii, line.split()))]
    words = [word for line in lines for word in line.split() if word.isascii()]
    size = kit.size(role)
    if kit.look.upright and not kit.look.large and lines:
        return max(kit.line(line, Face.TEXT, size).width for line in lines)
    return max((kit.measure.width(word, Face.TEXT, size) for word in words), default=0)


def _note(view: TypingView, kit: Kit, at: Rect) -> tuple[Node, ...]:
    """The remark on amber, or quietly the hint."""
    pad, contrast = kit.px(3.0) if view.remark else 0, kit.look.preferences.high_contrast
    words = Fitted(kit.say(_note_key(view)), Role.QUIET, align=Align.LEFT)
    patch = Rect(at.x, at.y, min(at.w, words.natural(kit) + 2 * pad + 4), at.h)
    ground = (Shape(patch, Tone.CAREFUL, Tone.FRAME if contrast else None, 2, kit.px(2.0)),) if view.remark else ()
    return (*ground, words.place(patch.inset(pad, 0), kit))


def _low_head(view: TypingView, kit: Kit, at: Rect) -> Node:
    line = kit.size(Role.BODY, Face.BOLD) * 5 // 4
    lowest = LOWEST_FIELD_MM if has_readings(title(view, kit) + kit.say(_note_key(view))) else LOW_FIELD_MM
    field_h = min(kit.px(18.0), max(kit.px(lowest), at.h - line - kit.px(1.0)))
    top_h = at.h - field_h - kit.px(1.0)
    name = Fitted(title(view, kit), Role.BODY, Face.BOLD, most=2 if top_h >= 2 * line else 1, align=Align.LEFT)
    name_w = min(name.natural(kit) + 4, at.w * 6 // 10 if view.label else at.w // 2)
    note_h = min(top_h, kit.px(NOTE_MM + 2.0))
    note_at = Rect(at.x + name_w + kit.px(4.0), at.y + (top_h - note_h) // 2, at.w - name_w - kit.px(4.0), note_h)
    box = field(view, field_h).place(Rect(at.x, at.bottom - field_h, at.w, field_h), kit)
    return Group(at, (name.place(Rect(at.x, at.y, name_w, top_h), kit), *_note(view, kit, note_at), box))


def _note_key(view: TypingView) -> str:
    if view.remark is Remark.MALFORMED and view.keyboard is Keyboard.MAIL:
        return "typing.malformed_address"
    return f"remark.{view.remark.value}" if view.remark else f"typing.{view.typing.value}.hint"


def _domain_rows() -> Element:
    return grid(tuple(Button(d, KeyTapped(d), Kind.KEY, role=Role.SMALL) for d in keyboards.DOMAINS), 3)


def _layer_button(kit: Kit, *, domains: bool) -> Button | None:
    if not domains or kit.look.upright:
        return None
    if kit.touch.layer == keyboards.LAYER_DOMAINS:
        return Button(kit.say("typing.letters"), LayerShown(""), Kind.QUIET, 15.0)
    return Button(kit.say("typing.domains"), LayerShown(keyboards.LAYER_DOMAINS), Kind.QUIET, 15.0)


def _writing_button(kit: Kit, keyboard: Keyboard) -> Button | None:
    """Where kana may be typed: hiragana, katakana, letters and figures, one after another."""
    if keyboard not in kana_keys.WRITINGS:
        return None
    name = kana_keys.following(kit, keyboard)
    return Button(
        kit.say(f"typing.{name}"), LayerShown(kana_keys.layer(keyboard, name)), Kind.SECONDARY, 15.0, role=Role.QUIET
    )


def _read_button(kit: Kit, view: TypingView) -> Button | None:
    """Where what is typed is printed on a letter, the camera can read it."""
    if view.typing not in {Typing.CONTRACT, Typing.RECEIPT}:
        return None
    return Button(kit.say("action.read_letter"), Tapped(Action.READ_LETTER), Kind.SECONDARY, 15.0, role=Role.QUIET)


def _beside_keypad(view: TypingView, chrome: Chrome, kit: Kit, place: Areas) -> Node:
    """What was typed at the left at eye height, the keypad at the right (beneath, on an upright glass)."""
    page, gap = place.page, kit.px(4.0)
    if kit.look.upright:
        keys_h = kit.px(92.0 if kit.look.large else 100.0)
        keys_at = Rect(place.body.x, place.body.bottom - keys_h, place.body.w, keys_h)
        left = Rect(place.body.x, place.body.y, place.body.w, keys_at.y - gap - place.body.y)
    else:
        keys_h = min(page.h, kit.px(4 * 32.0 + 12.0))
        keys_w = kit.px(3 * 22.0 + 8.0) * max(1.0, keys_h / kit.px(4 * 28.0 + 12.0))
        keys_at = Rect(page.right - round(keys_w), page.bottom - keys_h, round(keys_w), keys_h)
        left_h = min(place.body.h, kit.px(88.0))
        low = kit.look.preferences.controls_low
        top = place.body.bottom - left_h if low else place.body.y
        left = Rect(place.body.x, top, keys_at.x - 2 * gap - place.body.x, left_h)
    keys = keyboards.placed(kit, Keyboard.DIGITS, keys_at, domains=False, complete=view.complete)
    at = place.foot
    if not kit.look.upright:  # as if the keypad were the main button
        at = Rect(at.x, at.y, keys_at.x + kit.px(MAIN_MM) - at.x, at.h)
    foot = foot_nodes(kit, chrome, at, None, None, _read_button(kit, view))
    glass = kit.look.panel.glass
    return Group(
        glass, (Shape(glass, Tone.GROUND), _head(view, kit, left), keys, *foot, header(kit, chrome, place.header))
    )
