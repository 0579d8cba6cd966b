"""What a story is made of: legs, each a sentence, a place and what is done there.

A leg waits until the glass shows its place and then makes its moves one after the other. Fingers touch targets that are
painted, hands play with the bench; nothing else is possible, as for a visitor. Between two legs anything may be shown,
apart from a failure that the story does not name: that ends it at once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from kiosk.events import Action, DigitTapped, Event, Held, Item, ItemTapped, KeyTapped, LanguageChosen, Tapped
from kiosk.views import CardTroubleView, OutOfServiceView, PasswordStopView, TroubleView, View
from kiosk.visit import Ending, Language

Seen = TypeVar("Seen", bound=View)


class Hands(Protocol):
    """The bench, as far as a story plays with it."""

    def lay_card(self, number: int) -> None: ...
    def take_card(self) -> None: ...
    def lay_paper(self, paper: int, of_visitor: int) -> None: ...
    def take_paper(self) -> None: ...
    def open_mail(self, number: int) -> str: ...
    def lose_next_answer(self) -> None: ...
    def unplug(self, device: str) -> None: ...
    def plug(self, device: str) -> None: ...
    def say(self, *words: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Touch:
    """Touch the target that means this, scrolling to it or changing the keyboard's layer where that is needed."""

    means: Event


@dataclass(frozen=True, slots=True)
class Hand:
    """Play with the bench; the next move waits for it."""

    plays: Callable[[Hands], object]


Move = Touch | Hand


@dataclass(frozen=True, slots=True)
class Place:
    """A view, and what must be true of it."""

    kind: type[Any]
    holds: Callable[[Any], bool]

    def __contains__(self, view: View) -> bool:
        return isinstance(view, self.kind) and self.holds(view)


@dataclass(frozen=True, slots=True)
class Leg:
    """One step of a story. `says` is told while walking."""

    says: str
    where: Place
    moves: tuple[Move, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """Legs from the attract screen on; `ending` is how the visit must end, `submits` whether it must be received."""

    legs: tuple[Leg, ...]
    ending: Ending
    submits: bool = False


def at(kind: type[Seen], holds: Callable[[Seen], bool] = lambda _view: True) -> Place:
    """The place where this view is shown, and `holds` is true of it."""
    return Place(kind, holds)


def is_failure(view: View) -> bool:
    """Whether a story that does not expect it has failed."""
    return isinstance(view, TroubleView | CardTroubleView | PasswordStopView | OutOfServiceView)


def tap(action: Action) -> Touch:
    """Touch a button."""
    return Touch(Tapped(action))


def hold(action: Action) -> Touch:
    """Touch a button for two seconds."""
    return Touch(Held(action))


def tap_item(item: Item, index: int) -> Touch:
    """Touch one of several."""
    return Touch(ItemTapped(item, index))


def choose(language: Language) -> Touch:
    """Touch a language."""
    return Touch(LanguageChosen(language))


def type_text(text: str) -> tuple[Touch, ...]:
    """Touch the keys of an on-screen keyboard."""
    return tuple(Touch(KeyTapped(character)) for character in text)


def type_digits(digits: str) -> tuple[Touch, ...]:
    """Touch the keys of the password keypad."""
    return tuple(Touch(DigitTapped(int(digit))) for digit in digits)
