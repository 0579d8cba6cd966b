"""待受 while something does not work: the plain reason, and where help is."""

from kiosk.views import Chrome, OutOfServiceView
from screens.attract import display, language_buttons, staff
from screens.frame import framed
from screens.header import NameStrip
from screens.layout import Beside, Column, Element, Kit
from screens.look import Role, Tone
from screens.nodes import Node
from screens.pieces import Boxed, Picture, Text
from screens.trouble import PICTURES


def arrange_out_of_service(view: OutOfServiceView, kit: Kit) -> Node:
    """Nothing can be begun here."""
    reason = kit.say(f"failure.{view.reason.name.lower()}.title")
    where = kit.say("out_of_service.contact", contact=view.contact)
    code = Text(kit.say("out_of_service.staff_code", name=view.reason.name), Role.SMALL, tone=Tone.QUIET_INK)
    words = Column((Boxed(Text(where, Role.BODY)), code))
    quieter = tuple(Column((Boxed(Text(where, role), padding=2.5), code), 1.5) for role in (Role.QUIET, Role.SMALL))
    return framed(
        kit,
        Chrome(None, back=False, cancel=False),
        title=kit.say("out_of_service.title"),
        lead=reason,
        body=tuple(each for said in (words, *quieter) for each in (_pictured(said, view), said)),
        left=display(kit),
        middle=staff(kit),
        top=NameStrip(kit.say("terminal.name"), language_buttons(view.languages, kit)),
    )


def _pictured(said: Element, view: OutOfServiceView) -> Element:
    return Beside(said, Picture(PICTURES[view.reason], 30.0, 60.0), 62.0, grows=True)
