"""One page, as large as the glass allows: right after it was taken, and when it is looked at again."""

from kiosk.events import Action, Item, ItemTapped, Tapped
from kiosk.views import Chrome, PageCheckView, PageLookView
from screens.frame import FOOT_MM, areas, framed, primary
from screens.layout import Beside, Column, Kit
from screens.look import Role, Tone
from screens.nodes import Node
from screens.pieces import Photograph, Text
from screens.touchables import Button, Kind

WORDS_MM = 66.0


def arrange_page_check(view: PageCheckView, chrome: Chrome, kit: Kit) -> Node:
    """[これでよい], or 撮り直す at the left."""
    main = primary(kit.say("action.keep"), Action.KEEP)
    left = Button(kit.say("action.retake"), Tapped(Action.RETAKE), Kind.SECONDARY, FOOT_MM)
    words = Column(
        (
            Text(kit.say("page_look.title", n=view.ordinal), Role.QUIET, tone=Tone.QUIET_INK),
            Text(kit.say("page_check.title"), Role.TITLE),
            Text(kit.say("page_check.lead"), Role.LEAD),
        )
    )
    seen = Photograph(view.page.number, least=60.0)
    if not kit.look.upright and words.height(kit.px(WORDS_MM), kit) <= areas(kit).body.h:
        return framed(kit, chrome, body=Beside(seen, words, WORDS_MM, grows=True), main=main, left=left)
    small = Photograph(view.page.number, least=30.0)
    lead = Text(kit.say("page_check.lead"), Role.LEAD)
    return framed(
        kit,
        chrome,
        title=kit.say("page_check.title"),
        body=(Column((lead, small), grows=True), Column((small, lead), grows=True)),
        main=main,
        left=left,
    )


def arrange_page_look(view: PageLookView, chrome: Chrome, kit: Kit) -> Node:
    """戻る, or 外す."""
    take_out = ItemTapped(Item.REMOVE, view.ordinal - 1)
    return framed(
        kit,
        chrome,
        title=kit.say("page_look.title", n=view.ordinal),
        body=Photograph(view.page.number, least=30.0),
        main=primary(kit.say("action.close"), Action.CLOSE),
        middle=Button(kit.say("item.remove"), take_out, Kind.SECONDARY, 15.0),
    )
