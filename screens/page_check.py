"""One page, as large as the glass allows: right after it was taken, when something was found on it, and when it is
looked at again. What can be done to it stands beside it, under it on an upright glass.
"""

from itertools import product

from kiosk.events import Action, Item, ItemTapped, Tapped
from kiosk.views import Chrome, Finding, PageCheckView, PageLookView
from screens.fitting import fits
from screens.frame import FOOT_MM, framed, primary
from screens.layout import Beside, Column, Element, Kit, grid
from screens.look import Role, Tone
from screens.nodes import Node
from screens.pieces import Patch, PatchKind, Text
from screens.sheet import Sheet
from screens.touchables import Button, Kind

WORDS_MM = (82.0, 104.0)


def arrange_page_check(view: PageCheckView, chrome: Chrome, kit: Kit) -> Node:
    """[これでよい], or 撮り直す at the left; of a page that was kept before, 戻る."""
    acts = [_act(kit, Action.TURN), _act(kit, Action.COVER)]
    if view.corners and not view.kept:
        acts.append(_act(kit, Action.CORNERS))
    if view.finding is Finding.SUSPECTED:
        acts.append(_act(kit, Action.LIFT))
    title = Text(kit.say("page_check.kept" if view.kept else "page_check.title"), Role.TITLE)
    ordinal = Text(placed(kit, view.ordinal, view.leaf), Role.QUIET, tone=Tone.QUIET_INK)
    retake = Button(kit.say("action.retake"), Tapped(Action.RETAKE), Kind.SECONDARY, FOOT_MM)
    body = _bodies(
        Sheet(view.page, 40.0),
        (
            (ordinal, title, _finding(view.finding, kit)),
            *((title, _finding(view.finding, kit, role)) for role in (Role.QUIET, Role.SMALL)),
        ),
        tuple(acts),
        kit,
    )
    main = primary(kit.say("action.keep"), Action.KEEP)
    return framed(kit, chrome, body=body, main=main, left=None if view.kept else retake, to_the_end=True)


def arrange_page_look(view: PageLookView, chrome: Chrome, kit: Kit) -> Node:
    """閉じる; 戻る closes too."""
    acts = [_act(kit, action) for action in (Action.TURN, Action.COVER, Action.RETAKE)]
    remove = ItemTapped(Item.REMOVE, view.index)
    acts.append(Button(kit.say("item.remove"), remove, Kind.SECONDARY, 15.0, role=Role.QUIET))
    acts += [_act(kit, move) for move, leads in ((Action.EARLIER, view.earlier), (Action.LATER, view.later)) if leads]
    title = Text(placed(kit, view.ordinal, view.leaf if view.leaves > 1 else 1), Role.TITLE)
    lead = Text(kit.say("page_look.lead"), Role.QUIET)
    body = _bodies(Sheet(view.page, 40.0), ((title, lead), (title,)), tuple(acts), kit)
    return framed(kit, chrome, body=body, main=primary(kit.say("action.close"), Action.CLOSE))


def placed(kit: Kit, ordinal: int, leaf: int) -> str:
    """Which paper, and which page of it where it is not the first."""
    if leaf > 1:
        return kit.say("page_look.leaf", n=ordinal, leaf=leaf)
    return kit.say("page_look.title", n=ordinal)


def _finding(finding: Finding, kit: Kit, role: Role = Role.QUIET) -> Element:
    words = kit.say(f"finding.{finding.value}")
    if finding in {Finding.SUSPECTED, Finding.UNKNOWN}:
        return Patch(words, PatchKind.CAREFUL, role)
    return Text(words, role)


def _act(kit: Kit, action: Action) -> Button:
    return Button(kit.say(f"action.{action.value}"), Tapped(action), Kind.SECONDARY, 15.0, role=Role.QUIET)


def _bodies(
    sheet: Sheet, heads: tuple[tuple[Element, ...], ...], acts: tuple[Button, ...], kit: Kit
) -> tuple[Element, ...]:
    """The page in full height at the left of words and buttons, or between them; the last one scrolls."""
    beside = [Column((*head, grid(acts, 2))) for head in heads]
    for words, wide in () if kit.look.upright else product(beside, WORDS_MM):
        if fits(words, kit, wide):
            return (Beside(sheet, words, wide, grows=True),)
    columns = 3 if len(acts) % 3 == 0 else 2
    return tuple(Column((*head, sheet, grid(acts, columns)), grows=True) for head in heads)
