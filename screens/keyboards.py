"""Which keys stand on the glass, and where.

That for kana begins with one of three writings (`screens.kana_keys`). Keys are at least 15 x 15 mm and 3 mm apart, on
the typewriter's keyboard of an upright panel 11 x 14 mm and 2 mm apart; the keys of the number keypad at least
20 x 20 mm and 4 mm apart. Where large text leaves no room for four rows, the mail keyboard shows its figures as a
second layer; its common mail domains are a layer wherever they do not fit beneath it.
"""

from typing import assert_never

from kiosk.events import Action, KeyTapped, Tapped
from kiosk.views import Keyboard
from screens import kana_keys
from screens.frame import Areas
from screens.geometry import Rect
from screens.keys import FIGURES, LETTERS, Placed, erase, erase_all, figured, layered, row
from screens.layout import Column, Element, Kit, Row
from screens.look import Role
from screens.nodes import Group, Node
from screens.touchables import Button, Kind

DOMAINS = (
    ("@gmail.com", "@yahoo.co.jp", "@icloud.com"),
    ("@docomo.ne.jp", "@au.com", "@ezweb.ne.jp"),
    ("@softbank.ne.jp", "@i.softbank.jp", "@outlook.jp"),
)
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
CODE = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without the letters and figures that are taken for one another."""
KEYPAD_MM, KEYPAD_GAP = 20.0, 4.0
WIDE_MM, HIGH_MM, HIGHEST_MM = 74.0, 124.0, 140.0  # of a keypad beside words; where it is higher it is wider, too
ABOVE_MM, UNDER_MM = 2.8, 1.3  # how far words may come nearer to the header and to keys than keys may
LAYER_DOMAINS = "domains"


def rows_of(kit: Kit, keyboard: Keyboard) -> int:
    """How many rows of keys the keyboard has."""
    match keyboard:
        case Keyboard.MAIL:
            return 5 if kit.look.upright else 3 if _layered(kit) else 4
        case Keyboard.ASCII | Keyboard.FIGURES:
            return 5 if kit.look.upright else 3 if _low(kit) or keyboard is Keyboard.FIGURES else 4
        case Keyboard.CODE:
            return 5 if kit.look.upright else 3
        case Keyboard.LETTERS:
            return 4 if kit.look.upright else 3
        case Keyboard.DIGITS:
            return 4
        case Keyboard.HIRAGANA | Keyboard.KATAKANA | Keyboard.LATIN:
            return kana_keys.rows_of(kit)
        case _:
            assert_never(keyboard)


def _layered(kit: Kit) -> bool:
    """Whether the figures are a layer of their own: large text on a low glass."""
    return kit.look.large and _low(kit)


def _low(kit: Kit) -> bool:
    return kit.look.panel.height_mm < 160


def height(kit: Kit, keyboard: Keyboard) -> int:
    """Height in pixels of a keyboard across the glass."""
    key, gap = _least(kit, keyboard)
    rows = rows_of(kit, keyboard)
    if keyboard is not Keyboard.DIGITS and kit.look.panel.height_mm > 160 and not (kit.look.upright or kit.look.large):
        key = min(20.0, key * 1.2)
    return rows * kit.px(key) + (rows - 1) * kit.px(gap)


def _least(kit: Kit, keyboard: Keyboard) -> tuple[float, float]:
    if keyboard is Keyboard.DIGITS:
        return KEYPAD_MM, KEYPAD_GAP
    if kit.look.upright and keyboard in {Keyboard.MAIL, Keyboard.ASCII, Keyboard.FIGURES}:
        return 14.0, 2.0
    return 15.0, 3.0


def keypad(kit: Kit, place: Areas) -> Rect:
    """Where the number keypad stands: at the right in the height of the page, or beneath the words of an upright glass.

    It is the same for numbers and for passwords, and whatever is typed.
    """
    page, body = place.page, place.body
    least = height(kit, Keyboard.DIGITS)
    if kit.look.upright:
        return Rect(body.x, body.bottom - least, body.w, least)
    high = min(page.h, kit.px(HIGHEST_MM))
    wide = round(kit.px(WIDE_MM) * max(1.0, high / kit.px(HIGH_MM)))
    return Rect(page.right - wide, page.bottom - high, wide, high)


def above(kit: Kit, place: Areas, keys: Rect) -> Rect:
    """What is left for words over keys that reach across the glass."""
    top = place.body.y - kit.px(ABOVE_MM)
    return Rect(place.body.x, top, place.body.w, keys.y - kit.px(UNDER_MM) - top)


def beside_keypad(kit: Kit, place: Areas) -> Rect:
    """What is left for words at the left of the keypad, or over it on an upright glass."""
    keys = keypad(kit, place)
    over = above(kit, place, keys)
    if kit.look.upright:
        return over
    return Rect(over.x, over.y, keys.x - kit.px(2 * KEYPAD_GAP) - over.x, place.body.bottom - over.y)


def domain_rows() -> Element:
    """Beneath the keys of an upright glass. Each column is as wide as its longest, so that all can be written alike."""
    longest = tuple(max(map(len, column)) + 1 for column in zip(*DOMAINS, strict=True))  # with the air beside it
    rows = (tuple(Button(d, KeyTapped(d), Kind.KEY, role=Role.SMALL) for d in each) for each in DOMAINS)
    return Column(tuple(Row(keys, shares=longest) for keys in rows))


def placed(kit: Kit, keyboard: Keyboard, at: Rect, *, complete: bool) -> Node:
    """The keys in their rectangle."""
    match keyboard:
        case Keyboard.MAIL:
            keys = _mail(kit)
        case Keyboard.ASCII:
            keys = layered(kit) if _low(kit) and not kit.look.upright else _typewriter(kit)
        case Keyboard.FIGURES:
            keys = _typewriter(kit) if kit.look.upright else figured(kit)
        case Keyboard.CODE:
            keys = _block(kit, CODE, 7 if kit.look.upright else 11)
        case Keyboard.LETTERS:
            keys = _block(kit, ALPHABET, 7 if kit.look.upright else 9)
        case Keyboard.DIGITS:
            keys = _digits(kit, complete=complete)
        case Keyboard.HIRAGANA | Keyboard.KATAKANA | Keyboard.LATIN:
            keys = kana_keys.keys(kit, keyboard)
        case _:
            assert_never(keyboard)
    gap = kit.px(_least(kit, keyboard)[1])
    columns = max(key.column + key.across for key in keys)
    rows = max(key.row + key.down for key in keys)
    step_x, step_y = (at.w + gap) / columns, (at.h + gap) / rows
    nodes = []
    for key in keys:
        x, y = at.x + round(key.column * step_x), at.y + round(key.row * step_y)
        w, h = int(key.across * step_x) - gap, int(key.down * step_y) - gap
        button = Button(key.label, key.act, key.kind, role=key.role, dim=key.dim, spoken=key.spoken)
        nodes.append(button.place(Rect(x, y, w, h), kit))
    return Group(at, tuple(nodes))


def _block(kit: Kit, letters: str, columns: int) -> list[Placed]:
    """In their order, so many a row; the rest of the last row erases."""
    rows = [letters[i : i + columns] for i in range(0, len(letters), columns)]
    keys = [key for i, each in enumerate(rows) for key in row(each, i)]
    return [*keys, *erase(kit, len(rows[-1]), len(rows) - 1, columns - len(rows[-1]))]


def _digits(kit: Kit, *, complete: bool) -> list[Placed]:
    ok = Placed(kit.say("typing.ok"), Tapped(Action.NEXT), 2, 3, kind=Kind.PRIMARY, dim=not complete)
    figures = [key for i, each in enumerate(("123", "456", "789")) for key in row(each, i)]
    return [*figures, *erase(kit, 0, 3), *row("0", 3, 1), ok]


def _mail(kit: Kit) -> list[Placed]:
    layer = kit.touch.layer
    if layer == LAYER_DOMAINS and not kit.look.upright:
        rows = enumerate(DOMAINS)
        return [Placed(d, KeyTapped(d), i, at, role=Role.QUIET) for at, each in rows for i, d in enumerate(each)]
    return layered(kit) if _layered(kit) and not kit.look.upright else _typewriter(kit)


def _typewriter(kit: Kit) -> list[Placed]:
    """Figures over letters; what erases and @ at their right, or beneath them on an upright glass."""
    keys = [key for i, each in enumerate((FIGURES, *LETTERS)) for key in row(each, i)]
    if kit.look.upright:
        return [*keys, *_at(0, 4, 4), *erase_all(kit, 4, 4, 3, upright=True), *erase(kit, 7, 4, 3)]
    return [*keys, *erase(kit, 10, 0), *erase_all(kit, 10, 1), *_at(10, 2, 1, 2)]


def _at(column: float, row: float, across: float = 1, down: float = 1) -> list[Placed]:
    return [Placed("@", KeyTapped("@"), column, row, across, down)]
