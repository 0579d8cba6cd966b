"""One key, and what several keyboards are made of."""

from dataclasses import dataclass, replace

from kiosk.events import Action, KeyTapped, Tapped
from screens.layout import Kit
from screens.look import Role
from screens.nodes import Act, LayerShown
from screens.touchables import Kind

FIGURES, LETTERS = "1234567890", ("qwertyuiop", "asdfghjkl-", "zxcvbnm._+")
OFTEN, SELDOM = "-._+", "!#$%&'*/=?"
"""The signs beside the figures: those of most addresses in wide keys, and what else may stand in one."""

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
    label, spoken = kit.say("typing.erase"), kit.say("action.erase")
    return [Placed(label, Tapped(Action.ERASE), column, at, across, role=Role.QUIET, spoken=spoken)]


def erase_all(kit: Kit, column: float, at: float, across: float = 1, *, upright: bool = False) -> list[Placed]:
    """Everything."""
    label = kit.say("typing.erase_all")
    role = Role.QUIET if upright else Role.SMALL
    words = label.replace("\n", " " if label.isascii() else "") if across > 1 else label
    spoken = kit.say("action.erase_all")
    return [Placed(words, Tapped(Action.ERASE_ALL), column, at, across, role=role, spoken=spoken)]


def layered(kit: Kit, letters: str = "") -> list[Placed]:
    """Letters, or figures and signs, in three rows; a key changes between both. `letters` is its layer's name.

    What erases, changes the layer or types @ stands where it stands in the other one.
    """
    shown = kit.touch.layer == FIGURES_LAYER
    placed = _figures(kit) if shown else [key for i, each in enumerate(LETTERS) for key in row(each, i)]
    name, leads_to = ("abc", letters) if shown else ("123", FIGURES_LAYER)
    switch = Placed(name, LayerShown(leads_to), 10, 1, role=Role.QUIET)
    return [*placed, *erase(kit, 10, 0), switch, Placed("@", KeyTapped("@"), 10, 2)]


def figured(kit: Kit) -> list[Placed]:
    """Figures and signs alone, where they stand in the layers."""
    (last,) = erase(kit, 10, 0)
    return [*_figures(kit), replace(last, down=2), Placed("@", KeyTapped("@"), 10, 2)]


def _figures(kit: Kit) -> list[Placed]:
    wide = 7 / len(OFTEN)
    often = [Placed(sign, KeyTapped(sign), i * wide, 1, wide) for i, sign in enumerate(OFTEN)]
    return [*row(FIGURES, 0), *often, *erase_all(kit, 7, 1, 3), *row(SELDOM, 2)]
