"""The two documents, 「同意します」 and [登録する]; and one of the documents to read."""

from kiosk.events import Action, Item, ItemTapped, Tapped
from kiosk.states import Remark
from kiosk.views import Chrome, ConsentView, DocumentView
from screens.frame import areas, assembled, framed, primary, read_on, titled
from screens.layout import Column, Element, Kit, Row
from screens.look import Face, Role, Tone
from screens.marks import Checkmark
from screens.nodes import Node
from screens.pieces import Boxed, Patch, PatchKind, Text, Whole
from screens.reserved import Reserved
from screens.touchables import Button, CheckBox


def arrange_consent(view: ConsentView, chrome: Chrome, kit: Kit) -> Node:
    """[登録する] looks dead until it is agreed, and says why when it is touched."""
    stacked = kit.look.upright or kit.look.large
    agree = CheckBox(kit.say("action.agree"), Tapped(Action.AGREE), view.agreed)
    said = Patch(kit.say("remark.agree_first"), PatchKind.CAREFUL, Role.QUIET)
    remark = Reserved(said if view.remark is Remark.AGREE_FIRST else None, (said,))
    below: Element = Whole(Column((agree, remark), 2.0)) if stacked else Row((agree, remark), 5.0, (0, 1))
    return framed(
        kit,
        chrome,
        title=kit.say("consent.title"),
        body=tuple(
            Column((documents, below), gap)
            for gap, documents in (
                (6.0, _documents(view, kit, 7.0)),
                (3.0, _documents(view, kit, 4.0)),
                (2.0, _documents(view, kit, 2.5)),
            )
        ),
        main=primary(kit.say("consent.register"), Action.NEXT, dim=not view.agreed),
        to_the_end=True,
    )


def _documents(view: ConsentView, kit: Kit, padding: float) -> Element:
    """Each in its panel, side by side where the glass and the letters allow."""
    stacked = kit.look.upright or kit.look.large
    titles = tuple(Text(title, Role.BODY, Face.BOLD) for title in view.titles)
    level: tuple[Element, ...] = titles if stacked else tuple(Reserved(title, titles) for title in titles)
    cards = tuple(
        _document(kit, i, title, shown, padding, read=read)
        for i, (title, shown, read) in enumerate(zip(view.titles, level, view.read, strict=True))
    )
    return Column(cards) if stacked else Row(cards, centred=False)


def _document(kit: Kit, index: int, title: str, shown: Element, padding: float, *, read: bool) -> Element:
    button = Button(
        kit.say("item.document"),
        ItemTapped(Item.DOCUMENT, index),
        high=20.0 if padding > 4.0 else 15.0,
        spoken=f"{kit.say('item.document')} {title}",
    )
    if read:
        state: Element = Row((Checkmark(), Text(kit.say("consent.read"), Role.QUIET)), 2.0, (0, 1))
    else:
        state = Text(kit.say("consent.unread"), Role.QUIET, tone=Tone.QUIET_INK)
    gap = min(4.0, padding - 0.5)
    if kit.look.large:
        return Whole(Boxed(Column((shown, Row((button, state), 4.0, (0, 1))), gap), padding=padding))
    return Boxed(Column((shown, button, state), gap), padding=padding)


def arrange_document(view: DocumentView, chrome: Chrome, kit: Kit) -> Node:
    """The primary button shows the next part; at the end it says that the document has been read."""
    body = (Text(view.document.body, Role.BODY),)
    content = titled(kit, areas(kit).body, view.document.title, "", body)
    through = primary(kit.say("action.read_through"), Action.READ_THROUGH)
    return assembled(kit, chrome, content, read_on(kit, content, "document.next_part") or through)
