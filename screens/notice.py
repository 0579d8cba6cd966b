"""The notice, before anything is entered: what is read, why, by whom, in whose hall."""

from kiosk.events import Action
from kiosk.views import Chrome, NoticeView
from screens.breaking import by_sentence
from screens.frame import framed, primary
from screens.labelled import Labelled
from screens.layout import Column, Element, Kit
from screens.look import Face, Role, Tone
from screens.nodes import Node
from screens.pieces import Boxed, Text, Whole

LABEL_MM = 36.0


def arrange_notice(view: NoticeView, chrome: Chrome, kit: Kit) -> Node:
    """The three sentences large, the operator's details quiet beneath."""
    notice = view.notice
    details = (
        ("operator", notice.operator),
        ("hall", notice.hall),
        ("purpose", notice.purpose),
        ("contact", notice.contact),
        ("version", view.terms_version),
    )
    rows = tuple(_detail(kit, name, value) for name, value in details if value)
    said = tuple(kit.say(f"notice.{point}") for point in ("read", "not_read", "kept"))
    points = tuple(Text(sentences, Role.BODY) for sentences in said)
    parted = tuple(Text(by_sentence(sentences), Role.BODY) for sentences in said)  # for what scrolls
    return framed(
        kit,
        chrome,
        title=kit.say("notice.title"),
        body=tuple(
            Column((Boxed(Column(shown, gap), padding=pad), Boxed(Column(rows, gap), Tone.GROUND, pad)), gap)
            for shown, pad, gap in ((points, 6.0, 3.0), (points, 4.0, 2.5), (points, 3.0, 1.0), (parted, 4.0, 2.5))
        ),
        main=primary(kit.say("action.next"), Action.NEXT),
        to_the_end=True,
    )


def _detail(kit: Kit, name: str, value: str) -> Element:
    label = Text(kit.say(f"notice.{name}"), Role.QUIET, Face.BOLD)
    words = Text(value, Role.QUIET, tone=Tone.QUIET_INK)
    if kit.look.large:
        return Whole(Column((label, words), 0.5))
    return Labelled(label, words, wide=LABEL_MM)
