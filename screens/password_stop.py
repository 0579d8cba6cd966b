"""A password that is asked no further: why, where it is mended, and that the card goes back."""

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
        to_the_end=True,
    )


def _bodies(view: PasswordStopView, kit: Kit) -> tuple[Element, ...]:
    """The card first, for it is to be taken now; with the picture beside the words, or without it."""
    art, said = PICTURES.get(view.failure, Art.STOPPED), where(view, kit)
    words, close, medium, quiet = (
        _column(Boxed(Text(said, role), padding=padding), role, view, kit)
        for role, padding in ((Role.BODY, 4.0), (Role.BODY, 2.5), (Role.MEDIUM, 2.5), (Role.QUIET, 2.5))
    )
    return (
        Beside(words, Picture(art, 28.0, 50.0), 56.0, grows=True),
        Beside(words, Picture(art, 24.0, 50.0), 40.0, grows=True),
        words,
        close,
        medium,
        Beside(quiet, Picture(art, 20.0, 50.0), 40.0, grows=True),
        quiet,
        _column(Text(by_sentence(said), Role.QUIET), Role.QUIET, view, kit),  # scrolls
    )


def _column(told: Element, role: Role, view: PasswordStopView, kit: Kit) -> Element:
    if not view.card_lies_there:
        return told
    return Column((Patch(kit.say("trouble.take_card"), PatchKind.CAREFUL, role), told), 3.0)


def where(view: PasswordStopView, kit: Kit) -> str:
    """Who can mend a password; `stores` that do so too is empty where the house names none."""
    password, stores = view.password, view.stores
    if view.failure is Failure.PASSWORD_ABSENT:
        return kit.say("password_stop.where_absent", official=kit.say(f"password.official.{password.value}"))
    if password is Password.AUTHENTICATION and stores:
        return kit.say("password_stop.where_auth_stores", stores=stores)
    return kit.say(f"password_stop.where_{password.value}")
