"""One try left, and the house lets its owner spend it: an explicit consent, held for two seconds."""

from kiosk.events import Action, Held
from kiosk.views import Chrome, LastTryView
from screens.art import Art
from screens.breaking import by_sentence
from screens.frame import FOOT_MM, framed, primary
from screens.layout import Beside, Column, Element, Kit
from screens.look import Role
from screens.nodes import Node
from screens.pieces import Boxed, Picture, Text
from screens.touchables import Button, Kind


def arrange_last_try(view: LastTryView, chrome: Chrome, kit: Kit) -> Node:
    """The safe way is the primary one. The other stands beside it; an upright glass has more room above."""
    hold = Button(kit.say("last_try.hold"), Held(Action.YES), Kind.SECONDARY, FOOT_MM, held=True)
    bodies = _bodies(kit.say(f"last_try.why_{view.password.value}"))
    return framed(
        kit,
        chrome,
        title=kit.say("last_try.title"),
        lead=kit.say("last_try.lead"),
        body=tuple(Column((body, hold), 4.0) for body in bodies) if kit.look.upright else bodies,
        main=primary(kit.say("action.finish"), Action.FINISH),
        middle=None if kit.look.upright else hold,
    )


def _bodies(said: str) -> tuple[Element, ...]:
    """With the picture where it has room; each sentence on lines of its own where that is not too many."""
    told = by_sentence(said), said
    roomy = tuple(Boxed(Text(words)) for words in told)
    quiet = tuple(Boxed(Text(words, role), padding=2.5) for role in (Role.MEDIUM, Role.QUIET) for words in told)
    return (
        *(Beside(words, Picture(Art.ONE_LEFT, 30.0, 48.0), 44.0) for words in roomy),
        *roomy,
        Boxed(Text(said), padding=2.5),
        *(Beside(words, Picture(Art.ONE_LEFT, 20.0, 48.0), 36.0) for words in quiet),
        *quiet,
        quiet[0],  # scrolls
    )
