"""The one grid: header with the steps and three buttons, body, foot with 戻る at the left and the one thing to do at
the right.

`framed` puts a screen together. Title and lead always stand; the body is one element, or several of which the first
that fits is taken (so that pictures give way to large text). Where not even the last fits, it scrolls, with a bar and
two buttons beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.events import Action, Tapped
from kiosk.views import Chrome
from screens.art import Art
from screens.breaking import by_sentence
from screens.geometry import Rect
from screens.header import header
from screens.layout import Column, Element, Kit, Row, Space
from screens.look import Role, Tone
from screens.nodes import Group, Node, Scrolled, Shape, scroller, touchable
from screens.pieces import Picture, Text
from screens.scrolling import scrolling
from screens.touchables import Button, Kind

HEADER_MM = 19.0
FOOT_MM = 20.0
FOOT_MARGIN_MM = 2.5
GAP_MM = 3.0
MAIN_MM, UPRIGHT_MAIN_MM = 71.0, 58.0


@dataclass(frozen=True, slots=True)
class Areas:
    """Where the parts of a picture stand, in pixels. `page` is body and foot together."""

    header: Rect
    body: Rect
    foot: Rect

    @property
    def page(self) -> Rect:
        return Rect(self.body.x, self.body.y, self.body.w, self.foot.bottom - self.body.y)


def areas(kit: Kit) -> Areas:
    """The grid. With the controls low the header's strip stands at the bottom of the glass."""
    glass, margin, gap = kit.look.panel.glass, kit.look.margin, kit.px(GAP_MM)
    strip, foot_h = kit.px(HEADER_MM), kit.px(FOOT_MM)
    low = kit.look.preferences.controls_low
    top = 0 if low else strip
    bottom = glass.h - strip if low else glass.h
    foot = Rect(margin, bottom - kit.px(FOOT_MARGIN_MM) - foot_h, glass.w - 2 * margin, foot_h)
    body = Rect(margin, top + gap, foot.w, foot.y - gap - top - gap)
    return Areas(Rect(0, bottom if low else 0, glass.w, strip), body, foot)


def back(kit: Kit, chrome: Chrome) -> Button | None:
    """戻る, where it leads somewhere."""
    return Button(kit.say("action.back"), Tapped(Action.BACK), Kind.SECONDARY, FOOT_MM) if chrome.back else None


def primary(label: str, action: Action, *, dim: bool = False) -> Button:
    """The one thing to do."""
    return Button(label, Tapped(action), Kind.PRIMARY, FOOT_MM, dim=dim)


def read_on(kit: Kit, content: Node, key: str) -> Button | None:
    """The button that shows the next part, as long as there is one."""
    moving = scroller(content)
    if moving is None or moving.at_end:
        return None
    return Button(kit.say(key), Scrolled(1), Kind.PRIMARY, FOOT_MM)


def foot_nodes(
    kit: Kit, chrome: Chrome, at: Rect, main: Button | None, left: Button | None, middle: Button | None
) -> list[Node]:
    """Left, middle and right of the foot; 中止 stands beside the left one unless another button needs the room, then
    behind that where there is no main one.
    """
    nodes: list[Node] = []
    left = left or back(kit, chrome)
    gap = kit.px(GAP_MM)
    side = kit.px(34.0 if kit.look.upright else 41.0)
    main_w = kit.px(UPRIGHT_MAIN_MM if kit.look.upright else MAIN_MM)
    ends = main is not None and main.act == Tapped(Action.FINISH)  # says the same as 中止
    cancel = Button(kit.say("action.cancel"), Tapped(Action.CANCEL), Kind.QUIET, 15.0, wide=27.0)
    if left is not None:
        beside = sum(button.natural(kit) + gap for button in (cancel, middle) if button is not None)
        if left.natural(kit) <= at.w - main_w - gap - beside:
            side = max(side, left.natural(kit))
        nodes.append(left.place(Rect(at.x, at.y, side, at.h), kit))
    # 中止 has its place beside a usual button also where nothing stands at the left
    x = at.x + (side + gap if left is not None or middle is None else 0)
    free = at.right - main_w - gap - x
    wanted = [middle] if middle is not None else []
    needed = sum(b.natural(kit) + gap for b in (cancel, *wanted)) - gap
    if chrome.cancel and not ends and needed <= free:
        wanted.insert(0, cancel)
    elif chrome.cancel and main is None and needed <= at.right - x:  # behind it, for it stands beside a main one, too
        wanted.append(cancel)
    for button in wanted:
        w = min(free, button.natural(kit)) if button is not cancel else button.natural(kit)
        h = button.height(w, kit)
        nodes.append(button.place(Rect(x, at.y + (at.h - h) // 2, w, h), kit))
        x += w + gap
    if main is not None:
        nodes.append(main.place(Rect(at.right - main_w, at.y, main_w, at.h), kit))
    return nodes


def framed(
    kit: Kit,
    chrome: Chrome,
    *,
    title: str = "",
    lead: str = "",
    body: Element | Sequence[Element] = (),
    main: Button | None = None,
    left: Button | None = None,
    middle: Button | None = None,
    top: Element | None = None,
    aside: Button | None = None,
    to_the_end: bool = False,
) -> Node:
    """A whole picture. `main` is the primary button, `left` replaces 戻る, `middle` 中止; `top` replaces the header.
    `aside` stands at the right of the title, below the body where there is no room.

    `to_the_end`: where the body is longer than the glass, the primary button shows its next part until the end stands.
    """
    choices = (body,) if not isinstance(body, Sequence) else tuple(body)
    content = titled(kit, areas(kit).body, title, lead, choices, aside)
    if to_the_end:
        main = read_on(kit, content, "scroll.down") or main
    return assembled(kit, chrome, content, main, left, middle, top)


def pictured(kit: Kit, chrome: Chrome, *, title: str, lead: str, art: Art) -> Node:
    """A picture that says what to do, and nothing to touch but the foot's left: large letters leave it the room beside
    that.
    """
    place, words = areas(kit), (Text(title, Role.TITLE), Text(lead, Role.LEAD))
    head = Column(words, GAP_MM)
    high = head.height(place.body.w, kit)
    if place.body.h - high >= kit.px(30.0 + GAP_MM) or high > place.body.h:
        body = (Picture(art, 30.0, 80.0, moves=True), Picture(art, 18.0, 80.0, moves=True), Space())
        return framed(kit, chrome, title=title, lead=lead, body=body)
    beside = foot_nodes(kit, chrome, place.foot, None, None, None)
    x = max((node.rect.right for node in beside), default=place.foot.x) + kit.px(GAP_MM)
    y = place.body.y + high + kit.px(GAP_MM)
    picture = Picture(art, 18.0, 80.0, moves=True).place(Rect(x, y, place.foot.right - x, place.foot.bottom - y), kit)
    return assembled(kit, chrome, Group(place.page, (head.place(place.body, kit), picture)))


def assembled(
    kit: Kit,
    chrome: Chrome,
    content: Node,
    main: Button | None = None,
    left: Button | None = None,
    middle: Button | None = None,
    top: Element | None = None,
) -> Node:
    """Header and foot around a body that is already placed. The header is the same everywhere, and so is said last."""
    place = areas(kit)
    strip = top.place(place.header, kit) if top is not None else header(kit, chrome, place.header)
    ground = Shape(kit.look.panel.glass, Tone.GROUND)
    parts: list[Node] = [ground, content, *foot_nodes(kit, chrome, place.foot, main, left, middle), strip]
    return Group(kit.look.panel.glass, tuple(parts))


def titled(kit: Kit, at: Rect, title: str, lead: str, choices: Sequence[Element], aside: Button | None = None) -> Node:
    """Title, lead and the first choice that fits into the rectangle; else the last one scrolls."""
    heads: list[Element] = [
        e
        for e in (Text(title, Role.TITLE) if title else None, Text(lead, Role.LEAD) if lead else None)
        if e is not None
    ]
    choices = choices or (Space(grows=False),)
    if aside is not None:
        heads, choices = _with_aside(kit, at.w, heads, choices, aside)
    for choice in choices:
        whole = Column((*heads, choice), GAP_MM)
        needed = whole.height(at.w, kit)
        if needed <= at.h:
            return _lowered(kit, at, tuple(heads), choice) or whole.place(at, kit)
    return _scrolled(kit, at, heads, lead, choices[-1])


def _with_aside(
    kit: Kit, width: int, heads: list[Element], choices: Sequence[Element], aside: Button
) -> tuple[list[Element], Sequence[Element]]:
    """Beside the title where that keeps its lines, else below everything."""
    title, *rest = heads
    beside = Row((title, aside), GAP_MM, (1, 0))
    if title.height(beside.widths(width, kit)[0], kit) <= title.height(width, kit):
        return [beside, *rest], choices
    below = Row((aside, Space()), GAP_MM, (0, 1))
    return heads, tuple(Column((choice, below), GAP_MM) for choice in choices)


def _lowered(kit: Kit, at: Rect, heads: tuple[Element, ...], choice: Element) -> Node | None:
    """With the controls low, what can be touched stands at the bottom of the body; title and lead stay where they are.
    None where nothing is to be lowered.
    """
    if not kit.look.preferences.controls_low or choice.grows:
        return None
    high = choice.height(at.w, kit)
    placed = choice.place(Rect(at.x, at.bottom - high, at.w, high), kit)
    if not touchable(placed, at):
        return None
    return Group(at, (Column(heads, GAP_MM).place(at, kit), placed))


def _scrolled(kit: Kit, at: Rect, heads: Sequence[Element], lead: str, choice: Element) -> Node:
    """The title stands; the lead too where at least 33 mm remain for what scrolls."""
    standing = list(heads)
    moving: list[Element] = [choice]
    while len(standing) > 1 and at.h - Column(tuple(standing), GAP_MM).height(at.w, kit) < kit.px(36.0):
        standing.pop()
        moving.insert(0, Text(by_sentence(lead), Role.LEAD))
    head = Column(tuple(standing), GAP_MM)
    head_h = head.height(at.w, kit)
    y = at.y + head_h + (kit.px(GAP_MM) if standing else 0)
    nodes = [head.place(Rect(at.x, at.y, at.w, head_h), kit)] if standing else []
    window = Rect(at.x, y, at.w, at.bottom - y)
    return Group(at, (*nodes, *scrolling(kit, window, Column(tuple(moving), GAP_MM))))
