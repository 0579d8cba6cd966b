"""One key, and what several keyboards are made of."""

from dataclasses import dataclass

from kiosk.events import Action, KeyTapped, Tapped
from screens.layout import Kit
from screens.look import Role
from screens.nodes import Act, LayerShown
from screens.touchables import Kind

FIGURES, LETTERS, SIGNS = "1234567890", ("qwertyuiop", "asdfghjkl-", "zxcvbnm._+"), ("-._+@", "!#$%&'*/=?")
FIGURES_LAYER = "figures"


@dataclass(frozen=True, slots=True)
class Placed:
    """One key in a keyboard's own columns and rows; `across` and `down` are how many it covers."""

    label: str
    act: Act
    column: float
    row: float
    across: float = 1
    down: float = 1
    kind: Kind = Kind.KEY
    role: Role | None = None
    dim: bool = False
    spoken: str = ""


def row(letters: str, at: float, column: float = 0) -> list[Placed]:
    """One key for each; none where a space is."""
    return [Placed(letter, KeyTapped(letter), column + i, at) for i, letter in enumerate(letters) if letter != " "]


def erase(kit: Kit, column: float, at: float, across: float = 1) -> list[Placed]:
    """The last character."""
    return [Placed(kit.say("typing.erase"), Tapped(Action.ERASE), column, at, across, role=Role.QUIET)]


def erase_all(kit: Kit, column: float, at: float, across: float = 1, *, upright: bool = False) -> list[Placed]:
    """Everything."""
    label = kit.say("typing.erase_all")
    role = Role.QUIET if upright else Role.SMALL
    words = label.replace("\n", " " if label.isascii() else "") if across > 1 else label
    spoken = kit.say("action.erase_all")
    return [Placed(words, Tapped(Action.ERASE_ALL), column, at, across, role=role, spoken=spoken)]


def layered(kit: Kit, letters: str = "") -> list[Placed]:
    """Letters, or figures and signs, in three rows; a key changes between both. `letters` is its layer's name."""
    shown = kit.touch.layer == FIGURES_LAYER
    rows = (FIGURES, *SIGNS) if shown else LETTERS
    other = ("abc", letters) if shown else ("123", FIGURES_LAYER)
    placed = [key for i, each in enumerate(rows) for key in row(each, i)]
    switch = Placed(other[0], LayerShown(other[1]), 10, 1, role=Role.QUIET)
    all_of_it = erase_all(kit, 7, 1, 3) if shown else []
    return [*placed, *erase(kit, 10, 0), *all_of_it, switch, Placed("@", KeyTapped("@"), 10, 2)]
