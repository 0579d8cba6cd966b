"""A password that is asked no further: why, where it is mended, and that the card goes back."""

from kiosk.events import Action
from kiosk.failures import Failure
from kiosk.views import Chrome, PasswordStopView
from kiosk.visit import Password
from screens.art import Art
from screens.frame import framed, primary
from screens.layout import Beside, Column, Element, Kit
from screens.nodes import Node
from screens.pieces import Boxed, Patch, PatchKind, Picture, Text

PICTURES = {
    Failure.LAST_TRY_KEPT: Art.ONE_LEFT,
    Failure.PASSWORD_LOCKED: Art.CARD_LOCKED,
    Failure.PASSWORD_ABSENT: Art.CARD_LACKING,
}


def arrange_password_stop(view: PasswordStopView, chrome: Chrome, kit: Kit) -> Node:
    """FINISH is the only way on, or another card."""
    named = view.failure.name.lower()
    part = f"password_stop.{named}" if kit.look.texts.has(f"password_stop.{named}.title") else f"failure.{named}"
    words = _words(view, kit)
    return framed(
        kit,
        chrome,
        title=kit.say(f"{part}.title"),
        lead=kit.say(f"{part}.text"),
        body=(Beside(words, Picture(PICTURES.get(view.failure, Art.STOPPED), 28.0, 50.0), 56.0, grows=True), words),
        main=primary(kit.say("action.finish"), Action.FINISH),
    )


def _words(view: PasswordStopView, kit: Kit) -> Column:
    parts: list[Element] = [Boxed(Text(where(view.password, view.stores, kit)))]
    if view.card_lies_there:
        parts.append(Patch(kit.say("trouble.take_card"), PatchKind.CAREFUL))
    return Column(tuple(parts), 4.0)


def where(password: Password, stores: str, kit: Kit) -> str:
    """Who can mend a password; `stores` that do so too is empty where the house names none."""
    if password is Password.AUTHENTICATION and stores:
        return kit.say("password_stop.where_auth_stores", stores=stores)
    return kit.say(f"password_stop.where_{password.value}")
