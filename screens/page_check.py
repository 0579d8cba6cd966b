"""One page, as large as the glass allows: right after it was taken, when something was found on it, and when it is
looked at again. What can be done to it stands beside it, under it on an upright glass; a touch enlarges it.
"""

from itertools import product

from kiosk.events import Action, Item, ItemTapped, Tapped
from kiosk.views import Chrome, Finding, PageCheckView, PageLookView
from kiosk.visit import Page
from screens.alike import Alike
from screens.enlarging import ENLARGED, Enlargeable, arrange_enlarged
from screens.fitting import fits
from screens.frame import FOOT_MM, framed, primary
from screens.layout import Beside, Column, Element, Kit
from screens.look import Face, Role, Tone
from screens.nodes import Node
from screens.pieces import Patch, PatchKind, Text
from screens.sheet import Sheet
from screens.touchables import Button, Kind

WORDS_MM = ((82.0, 2), (104.0, 2), (118.0, 2), (104.0, 3), (118.0, 3))
"""How wide they may stand beside a page, and in how many columns what can be done to it."""

HEADS = ((Role.TITLE, Role.QUIET), (Role.TITLE, Role.SMALL), (Role.LEAD, Role.SMALL), (Role.QUIET, Role.SMALL))
"""Letters of what is asked, and of what is said about it."""


def arrange_page_check(view: PageCheckView, chrome: Chrome, kit: Kit) -> Node:
    """[これでよい], or 撮り直す at the left; of a page that was kept before, 戻る."""
    called = page_called(kit, view.ordinal, view.leaf)
    if kit.touch.layer == ENLARGED:
        return arrange_enlarged(view.page, called, chrome, kit)
    acts = [_act(kit, Action.TURN), _act(kit, Action.COVER)]
    if view.corners and not view.kept:
        acts.append(_act(kit, Action.CORNERS))
    lift = _act(kit, Action.LIFT) if view.finding is Finding.SUSPECTED else None
    title = kit.say("page_check.kept" if view.kept else "page_check.title")
    said = [(Text(title, role, Face.BOLD), _finding(view.finding, kit, low)) for role, low in HEADS]
    ordinal = Text(called, Role.QUIET, tone=Tone.QUIET_INK)
    heads = ((ordinal, *said[0]), *said)
    main = primary(kit.say("action.keep"), Action.KEEP)
    left = None if view.kept else _retake(kit)
    return framed(
        kit, chrome, body=_bodies(view.page, heads, tuple(acts), lift, kit), main=main, left=left, to_the_end=True
    )


def arrange_page_look(view: PageLookView, chrome: Chrome, kit: Kit) -> Node:
    """閉じる leads back; 撮り直す at the left."""
    called = page_called(kit, view.ordinal, view.leaf if view.leaves > 1 else 1)
    if kit.touch.layer == ENLARGED:
        return arrange_enlarged(view.page, called, chrome, kit)
    moves = ((Action.EARLIER, view.earlier), (Action.LATER, view.later))
    acts = [_act(kit, Action.TURN), _act(kit, Action.COVER), *(_act(kit, move) for move, leads in moves if leads)]
    remove = Button(kit.say("item.remove"), ItemTapped(Item.REMOVE, view.index), Kind.SECONDARY, 15.0)
    apart = remove if len(acts) % 2 == 0 else None
    if apart is None:
        acts.append(remove)
    heads = ((Text(called, Role.TITLE), Text(kit.say("page_look.lead"), Role.QUIET)), (Text(called, Role.TITLE),))
    main = primary(kit.say("action.close"), Action.CLOSE)
    return framed(kit, chrome, body=_bodies(view.page, heads, tuple(acts), apart, kit), main=main, left=_retake(kit))


def page_called(kit: Kit, ordinal: int, leaf: int) -> str:
    """Which paper, and which page of it where it is not the first."""
    if leaf > 1:
        return kit.say("page_look.leaf", n=ordinal, leaf=leaf)
    return kit.say("page_look.title", n=ordinal)


def _finding(finding: Finding, kit: Kit, role: Role) -> Element:
    words = kit.say(f"finding.{finding.value}")
    if finding in {Finding.SUSPECTED, Finding.UNKNOWN}:
        return Patch(words, PatchKind.CAREFUL, role)
    return Text(words, role)


def _act(kit: Kit, action: Action) -> Button:
    return Button(kit.say(f"action.{action.value}"), Tapped(action), Kind.SECONDARY, 15.0)


def _retake(kit: Kit) -> Button:
    return Button(kit.say("action.retake"), Tapped(Action.RETAKE), Kind.SECONDARY, FOOT_MM)


def _bodies(
    page: Page, heads: tuple[tuple[Element, ...], ...], acts: tuple[Button, ...], apart: Button | None, kit: Kit
) -> tuple[Element, ...]:
    """The page in full height at the left of words and buttons, or between them as high as it can be."""
    for head, (wide, columns) in () if kit.look.upright else product(heads, WORDS_MM):
        if columns == 3 and kit.look.large and head is heads[0]:
            continue  # what is said about the page may rather stand alone than beside small buttons
        words = Column((*head, Alike(acts, columns, apart)))
        if fits(words, kit, wide):
            return (Beside(Enlargeable(Sheet(page, 40.0)), words, wide, grows=True, right_first=True),)
    below = Alike(acts, 3 if len(acts) == 3 and not kit.look.large else 2, apart)
    return tuple(
        Column((*head, Enlargeable(Sheet(page, least)), below), grows=True)
        for least, some in ((80.0, heads[:3]), (60.0, heads), (40.0, heads[-1:]))
        for head in some
    )
