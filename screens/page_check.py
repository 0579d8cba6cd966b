"""One page, as large as the glass allows: right after it was taken, and when it is looked at again."""

from kiosk.events import Action, Item, ItemTapped, Tapped
from kiosk.views import Chrome, PageCheckView, PageLookView
from kiosk.visit import Page
from screens.fitting import fits
from screens.frame import FOOT_MM, framed, primary
from screens.layout import Beside, Column, Element, Kit
from screens.look import Role, Tone
from screens.nodes import Node
from screens.pieces import Text
from screens.sheet import Sheet
from screens.touchables import Button, Kind

WORDS_MM = 70.0


def arrange_page_check(view: PageCheckView, chrome: Chrome, kit: Kit) -> Node:
    """[これでよい], or 撮り直す at the left."""
    main = primary(kit.say("action.keep"), Action.KEEP)
    left = Button(kit.say("action.retake"), Tapped(Action.RETAKE), Kind.SECONDARY, FOOT_MM)
    title, lead = Text(kit.say("page_check.title"), Role.TITLE), Text(kit.say("page_check.lead"), Role.LEAD)
    ordinal = Text(kit.say("page_look.title", n=view.ordinal), Role.QUIET, tone=Tone.QUIET_INK)
    beside = _beside(view.page, (Column((ordinal, title, lead)), Column((title, lead))), kit)
    if beside is not None:
        return framed(kit, chrome, body=beside, main=main, left=left)
    return framed(
        kit,
        chrome,
        title=kit.say("page_check.title"),
        body=(Column((lead, Sheet(view.page, 40.0)), grows=True), Column((Sheet(view.page, 40.0), lead), grows=True)),
        main=main,
        left=left,
    )


def arrange_page_look(view: PageLookView, chrome: Chrome, kit: Kit) -> Node:
    """閉じる, or 外す; 戻る closes too."""
    main = primary(kit.say("action.close"), Action.CLOSE)
    take_out = ItemTapped(Item.REMOVE, view.ordinal - 1)
    middle = Button(kit.say("item.remove"), take_out, Kind.SECONDARY, 15.0)
    title, lead = kit.say("page_look.title", n=view.ordinal), kit.say("page_look.lead")
    beside = _beside(view.page, (Column((Text(title, Role.TITLE), Text(lead, Role.LEAD))),), kit)
    if beside is not None:
        return framed(kit, chrome, body=beside, main=main, middle=middle)
    return framed(kit, chrome, title=title, body=Sheet(view.page, 30.0), main=main, middle=middle)


def _beside(page: Page, choices: tuple[Element, ...], kit: Kit) -> Element | None:
    """The page in full height at the left of the words; None where these do not fit or the panel is upright."""
    if kit.look.upright:
        return None
    words = next((choice for choice in choices if fits(choice, kit, WORDS_MM)), None)
    return Beside(Sheet(page, 60.0), words, WORDS_MM, grows=True) if words else None
