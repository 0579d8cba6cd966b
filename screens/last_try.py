"""One try left, and the house lets its owner spend it: an explicit consent, held for two seconds."""

from kiosk.events import Action, Held
from kiosk.views import Chrome, LastTryView
from screens.art import Art
from screens.frame import FOOT_MM, framed, primary
from screens.layout import Beside, Kit
from screens.look import Role
from screens.nodes import Node
from screens.pieces import Boxed, Picture, Text
from screens.touchables import Button, Kind


def arrange_last_try(view: LastTryView, chrome: Chrome, kit: Kit) -> Node:
    """The safe way is the primary one."""
    said = kit.say(f"last_try.why_{view.password.value}")
    why, quiet = Boxed(Text(said)), Boxed(Text(said, Role.QUIET), padding=2.5)
    return framed(
        kit,
        chrome,
        title=kit.say("last_try.title"),
        lead=kit.say("last_try.lead"),
        body=(Beside(why, Picture(Art.ONE_LEFT, 30.0, 48.0), 50.0), why, quiet),
        main=primary(kit.say("action.finish"), Action.FINISH),
        middle=Button(kit.say("last_try.hold"), Held(Action.YES), Kind.SECONDARY, FOOT_MM, held=True),
    )
