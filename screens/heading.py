"""What stands over a keyboard: what is being typed, the one instruction, the field, a remark about what was typed.

They are as large as the height allows, and stand where they stood whatever is typed. Where the glass is high the
remark has a line of its own beneath the field; elsewhere it takes the place of the instruction, which comes back with
the next key. An example is to be compared with a paper: it stays, and stays in one piece.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import assert_never

from kiosk.states import Remark
from kiosk.views import Typing, TypingView
from screens.field import Field
from screens.geometry import Rect
from screens.keyboards import ABOVE_MM
from screens.layout import Column, Element, Kit, Row
from screens.look import Face, Role
from screens.naming import address_pieces
from screens.nodes import Group, Node
from screens.pieces import Align, Fitted, Patch, PatchKind, Text
from screens.reserved import Reserved

CODE_GROUPS = (4, 4)
CONTRACT_GROUPS = (3, 3, 3)
RECEIPT_GROUPS = (5, 8, 6, 5)

REMARKS = {
    Typing.ADDRESS: (Remark.INCOMPLETE, Remark.MALFORMED),
    Typing.ADDRESS_AGAIN: (Remark.INCOMPLETE, Remark.MALFORMED),
    Typing.CODE: (Remark.INCOMPLETE, Remark.READ_BY_CAMERA),
    Typing.CONTRACT: (Remark.INCOMPLETE, Remark.READ_BY_CAMERA, Remark.NOT_READ),
    Typing.RECEIPT: (Remark.INCOMPLETE, Remark.READ_BY_CAMERA, Remark.NOT_READ, Remark.IMPOSSIBLE_DATE),
    Typing.FURTHER: (Remark.INCOMPLETE,),
}
"""What may be said of each: room is kept for the longest."""

FIELD_MM, LOW_FIELD_MM = 18.0, 11.0
GAP_MM, NEAR_MM = 1.0, 4.0  # between the words and their field
NOTE_MM = 1.5  # between field and remark
BESIDE_MM = 4.0
PADDING_MM, SIDE_MM = 1.25, 2.6  # of a remark's ground
EXAMPLE = 4  # digits: a word with so many is one


def title(view: TypingView, kit: Kit) -> str:
    """What is being typed, in the manual's words or the portal's."""
    return " ".join(view.label.split()) or kit.say(f"typing.{view.typing.value}.label")


def hint(view: TypingView, kit: Kit) -> str:
    """The one instruction."""
    return kit.say(f"typing.{view.typing.value}.hint")


def remark(said: Remark, kit: Kit) -> str:
    """The sentence about what was typed."""
    return kit.say("typing.malformed_address" if said is Remark.MALFORMED else f"remark.{said.value}")


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


ROLES = (
    (Role.TITLE, Role.LEAD), (Role.TITLE, Role.QUIET), (Role.BODY, Role.QUIET), (Role.TITLE, Role.SMALL),
    (Role.BODY, Role.SMALL), (Role.QUIET, Role.SMALL),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Plan:
    """Words over a field of at least so many pixels; whether a remark stands in place of their hint."""

    words: Element
    field: int
    instead: bool = False


def _note(text: str, role: Role) -> Patch:
    """A remark on amber, close to its words."""
    return Patch(text, PatchKind.CAREFUL, role, face=Face.TEXT, padding=PADDING_MM, sides=SIDE_MM)


@dataclass(frozen=True, slots=True)
class _Line:
    """One line, as large as its role says or the width allows."""

    text: str
    role: Role = Role.QUIET
    grows: bool = False

    def _fitted(self) -> Fitted:
        return Fitted(self.text, self.role, most=1, align=Align.LEFT)

    def natural(self, kit: Kit) -> int:
        return self._fitted().natural(kit)

    def height(self, width: int, kit: Kit) -> int:
        natural = self.natural(kit)
        return round(self._fitted().height(natural, kit) * min(1.0, width / natural))

    def place(self, at: Rect, kit: Kit) -> Node:
        return self._fitted().place(at, kit)


def heading(view: TypingView, kit: Kit, at: Rect, whole: Rect) -> Node:
    """Words and field within `at`. Where `whole` is more, a remark stands in the rest of it."""
    gap, apart = kit.px(GAP_MM), whole != at
    kept = 0 if apart else kit.px(NOTE_MM) + max(note.height(at.w, kit) for note in _notes(view, Role.SMALL, kit))
    for plan in _plans(view, kit, at.w):
        rest = at.h - plan.words.height(at.w, kit) - gap - plan.field - (0 if plan.instead else kept)
        if rest >= 0:
            return _placed(plan, view, kit, at, whole, rest)
    return _low(view, kit, at)


def _placed(plan: _Plan, view: TypingView, kit: Kit, at: Rect, whole: Rect, rest: int) -> Node:
    """`rest` pixels are divided: above everything, to the field, between it and the words, at last below.

    Beneath `at` the field grows into what is left of `whole`.
    """
    low = kit.look.upright and kit.look.preferences.controls_low
    over = 0 if low else min(rest, kit.px(ABOVE_MM))
    grown = max(0, min(rest - over, kit.px(FIELD_MM) - plan.field))
    near = min(rest - over - grown, kit.px(NEAR_MM))
    over = rest - grown - near if low else over
    high = plan.words.height(at.w, kit)
    top = Rect(at.x, at.y + over, at.w, high)
    box_h = plan.field + grown if whole.bottom == at.bottom else max(plan.field, kit.px(FIELD_MM))
    box = Rect(at.x, top.bottom + kit.px(GAP_MM) + near, at.w, box_h)
    parts = [plan.words.place(top, kit), field(view, FIELD_MM).place(box, kit)]
    if view.remark and not plan.instead:
        parts.append(_aside(remark(view.remark, kit), kit, box, whole))
    return Group(whole, tuple(parts))


def _aside(said: str, kit: Kit, box: Rect, whole: Rect) -> Node:
    """The remark beside the field, or beneath it."""
    gap = kit.px(NOTE_MM)
    if whole.right > box.right:
        x = box.right + kit.px(2 * BESIDE_MM)
        room = Rect(x, whole.y, whole.right - x, box.bottom - whole.y)
    else:
        room = Rect(box.x, box.bottom + gap, box.w, whole.bottom - box.bottom - gap)
    note = _note(said, Role.QUIET)
    if note.height(room.w, kit) > room.h:
        note = _note(said, Role.SMALL)
    high = note.height(room.w, kit)
    return note.place(Rect(room.x, room.bottom - high if room.y < box.y else room.y, room.w, high), kit)


def _plans(view: TypingView, kit: Kit, width: int) -> Iterator[_Plan]:
    """The best first."""
    line, tight = _line(view, kit, width), kit.px(LOW_FIELD_MM)
    said, *example = hint(view, kit).split("\n")
    for roles in ROLES:
        name, words = Text(title(view, kit), roles[0], Face.BOLD), Text(hint(view, kit), roles[1])
        roomy = roles in ROLES[:2] or (kit.look.upright and roles[0] is Role.TITLE)
        if (example or roomy) and _example_width(view, roles[1], kit) <= width:
            yield _Plan(Column((name, words), 0.5), line)
        if example and kit.look.upright and roles[0] is Role.TITLE:
            yield _Plan(Column((name, Text(said, roles[1]), _Line(example[0])), 0.5), line)
        if example and roles == (Role.TITLE, Role.QUIET):
            yield from _over_example(name, said, example[0], kit, width, line)
    if example:
        name, lines = Text(title(view, kit), Role.QUIET, Face.BOLD), (_Line(said, Role.SMALL), _Line(example[0]))
        yield from _over_example(name, said, example[0], kit, width, tight)
        yield _Plan(Column((name, *lines), 0.5), tight)
        return
    for roles in ROLES:
        name, words = Text(title(view, kit), roles[0], Face.BOLD), Text(said, roles[1])
        yield _Plan(Column((name, _slot(view, words, kit, 1.0)), 0.5), line, instead=True)
        row = _beside(view, kit, width, name, words)
        if name.natural(kit) < width * 2 // 3 and row.height(width, kit) <= name.height(width, kit) * 3 // 2:
            yield _Plan(row, line, instead=True)


def _beside(view: TypingView, kit: Kit, width: int, name: Text, words: Text) -> Row:
    """The hint at the right of its title; a short one on one line."""
    free = width - name.natural(kit) - kit.px(BESIDE_MM)
    short = replace(words, role=Role.SMALL).natural(kit) <= free
    hinted = _Line(words.text, words.role) if short else words
    return Row((name, _slot(view, hinted, kit, 0.5)), BESIDE_MM, (0, 1))


def _line(view: TypingView, kit: Kit, width: int) -> int:
    """Height of a field whose letters are nearly as large as they can be; an address has two lines of small ones."""
    large = field(replace(view, text=""), FIELD_MM).least(width, kit) * 9 // 10
    if view.typing not in {Typing.ADDRESS, Typing.ADDRESS_AGAIN}:
        return large
    return max(large, field(view, FIELD_MM).two_lines(kit))


def _over_example(name: Text, said: str, example: str, kit: Kit, width: int, high: int) -> Iterator[_Plan]:
    """What is said of it beside a short title, the example beneath both, directly on the field."""
    for role in (Role.QUIET, Role.SMALL):
        beside = Text(said, role)
        row = Row((name, beside), BESIDE_MM, (0, 1))
        if row.natural(kit) <= width:
            yield _Plan(Column((row, _Line(example)), 0.5), high)


def _notes(view: TypingView, role: Role, kit: Kit) -> tuple[Patch, ...]:
    return tuple(_note(remark(each, kit), role) for each in REMARKS[view.typing])


def _slot(view: TypingView, usual: Element, kit: Kit, down: float) -> Element:
    """The hint, or in its place the remark."""
    notes = _notes(view, Role.SMALL, kit)
    now = _note(remark(view.remark, kit), Role.SMALL) if view.remark else usual
    return Reserved(now, (usual, *notes), down)


def _example_width(view: TypingView, role: Role, kit: Kit) -> int:
    """Pixels of the longest number in the hint: it is to be compared with a paper, in one piece.

    On an upright glass there is height enough to ask for one line with the word before it, too.
    """
    examples = [
        line if kit.look.upright and not kit.look.large else word
        for line in hint(view, kit).split("\n")
        for word in line.split()
        if sum(map(str.isdigit, word)) > EXAMPLE
    ]
    return max((kit.line(each, Face.TEXT, kit.size(role)).width for each in examples), default=0)


def _low(view: TypingView, kit: Kit, at: Rect) -> Node:
    """Where little is left, as over four rows of keys: name and hint side by side, directly on the field."""
    role, gap = Role.QUIET if kit.look.large else Role.BODY, kit.px(GAP_MM)
    name = Fitted(title(view, kit), role, Face.BOLD, most=2, align=Align.LEFT)
    name_w = min(name.natural(kit) + 4, at.w * 6 // 10 if view.label else at.w // 2)
    beside = at.w - name_w - kit.px(BESIDE_MM)
    usual = Fitted(hint(view, kit), Role.QUIET, most=3, align=Align.LEFT)
    two = 2 * round(kit.size(Role.SMALL, Face.BOLD) * 1.2)  # the portal's names may be long
    named = two if name.natural(kit) > name_w else name.height(name_w, kit)
    least = max(named, *(note.height(beside, kit) for note in _notes(view, Role.SMALL, kit)))
    high = max(least, min(usual.height(beside, kit), at.h - gap - _line(view, kit, at.w)))
    box_h = min(kit.px(FIELD_MM), at.h - high - gap)
    box = Rect(at.x, at.bottom - box_h, at.w, box_h)
    top = Rect(at.right - beside, box.y - gap - high, beside, high)
    now = _note(remark(view.remark, kit), Role.SMALL) if view.remark else usual
    placed = now.place(top.centred(beside, min(high, now.height(beside, kit))), kit)
    return Group(at, (name.place(Rect(at.x, top.y, name_w, high), kit), placed, field(view, FIELD_MM).place(box, kit)))
