"""A password that is asked no further: why, where it is mended, and that the card goes back."""

from dataclasses import replace

from kiosk.events import Action
from kiosk.failures import Failure
from kiosk.views import Chrome, PasswordStopView
from kiosk.visit import Password
from screens.art import Art
from screens.breaking import by_sentence
from screens.frame import framed, primary
from screens.layout import Beside, Column, Element, Kit
from screens.look import Role
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
    return framed(
        kit,
        chrome,
        title=kit.say(f"{part}.title"),
        lead=kit.say(f"{part}.text"),
        body=_bodies(view, kit),
        main=primary(kit.say("action.finish"), Action.FINISH),
    )


def _bodies(view: PasswordStopView, kit: Kit) -> tuple[Element, ...]:
    """With the picture beside all words, or where they are many beside the last of them, or without it."""
    art = PICTURES.get(view.failure, Art.STOPPED)
    told = Boxed(Text(where(view, kit)))
    take = Patch(kit.say("trouble.take_card"), PatchKind.CAREFUL) if view.card_lies_there else None
    if take is None:
        return (Beside(told, Picture(art, 28.0, 50.0), 56.0, grows=True), told)
    words, close = Column((told, take), 4.0), Column((replace(told, padding=3.0), take), 2.0)
    # what scrolls begins with the card
    urgent = Column((replace(take, role=Role.QUIET), Text(by_sentence(where(view, kit)), Role.QUIET)), 2.0)
    if kit.look.upright:
        return (Beside(words, Picture(art, 28.0, 50.0), 56.0, grows=True), words, close, urgent)
    below = Column((told, Beside(take, Picture(art, 18.0, 50.0), 56.0, grows=True)), 4.0, grows=True)
    return (Beside(words, Picture(art, 28.0, 50.0), 56.0, grows=True), below, words, close, urgent)


def where(view: PasswordStopView, kit: Kit) -> str:
    """Who can mend a password; `stores` that do so too is empty where the house names none."""
    password, stores = view.password, view.stores
    if view.failure is Failure.PASSWORD_ABSENT:
        return kit.say("password_stop.where_absent", official=kit.say(f"password.official.{password.value}"))
    if password is Password.AUTHENTICATION and stores:
        return kit.say("password_stop.where_auth_stores", stores=stores)
    return kit.say(f"password_stop.where_{password.value}")
