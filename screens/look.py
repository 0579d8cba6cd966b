"""How this visitor wants the glass: theme, panel, words, text size. What `arrange` draws with, apart from the view
itself.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from pathlib import Path

from kiosk.visit import Language, Preferences, TextSize
from screens.geometry import Panel
from screens.texts import Catalogue

CONFIG = Path(__file__).resolve().parents[1] / "config"

Colour = tuple[int, int, int]


class Tone(Enum):
    """What a colour means; the theme says which one it is."""

    INK = "ink"
    QUIET_INK = "quiet_ink"
    DIM_INK = "dim_ink"  # on a button that cannot act yet
    GROUND = "ground"
    PANEL = "panel"
    ACTION = "action"
    ACTION_PRESSED = "action_pressed"
    ACTION_PALE = "action_pale"
    ON_ACTION = "on_action"
    ON_PRESSED = "on_pressed"
    CHOSEN = "chosen"  # or under a finger
    ON_CHOSEN = "on_chosen"
    FRAME = "frame"
    QUIET_FRAME = "quiet_frame"
    FOCUS = "focus"
    FINE = "fine"
    FINE_SIGN = "fine_sign"
    CAREFUL = "careful"
    STOP = "stop"
    ON_STOP = "on_stop"
    TRAY = "tray"
    FOUND = "found"  # a paper that lies well
    COVER = "cover"  # what must not be read on a page

    __hash__ = object.__hash__  # in C: they are keys of all that is kept


class Role(Enum):
    """What a line of text is for; the text size makes millimetres of it."""

    TITLE = "title"
    LEAD = "lead"
    BODY = "body"
    MEDIUM = "medium"  # a body for which the glass is too small; never smaller than the body of the size before
    QUIET = "quiet"
    BUTTON = "button"
    SMALL = "small"  # header and captions
    NUMBER = "number"  # what was typed
    KEY = "key"

    __hash__ = object.__hash__


class Face(Enum):
    """Which typeface: proportional, its bold, or the fixed-width one for numbers and addresses."""

    TEXT = "text"
    BOLD = "bold"
    DIGITS = "digits"

    __hash__ = object.__hash__


CAPITALS: dict[Role, tuple[float, float, float, float]] = {
    Role.TITLE: (5.8, 6.6, 7.6, 8.8),
    Role.LEAD: (4.2, 5.0, 6.4, 8.5),
    Role.BODY: (4.0, 4.8, 6.4, 8.5),
    Role.MEDIUM: (3.7, 4.4, 5.4, 7.0),
    Role.QUIET: (3.5, 4.0, 4.8, 6.0),
    Role.BUTTON: (4.6, 5.1, 6.4, 7.4),
    Role.SMALL: (3.5, 3.5, 3.8, 4.2),
    Role.NUMBER: (5.0, 5.6, 6.6, 8.5),
    Role.KEY: (5.6, 5.6, 6.4, 7.4),
}
"""Height of a capital letter in millimetres, for the four text sizes from the smallest."""

SMALLEST = 3.5
"""No capital letter is ever lower, in millimetres."""

LEADING: dict[Role, float] = {Role.TITLE: 1.3, Role.LEAD: 1.45, Role.BODY: 1.45, Role.MEDIUM: 1.4, Role.QUIET: 1.35}
"""Distance of lines in heights of the face; 1.2 where nothing is said (labels)."""

ZOOMED = 0.6
"""How much of a glass's larger size goes into letters and targets; the rest is room."""

ASCENT = 0.88
"""Of the faces, in their heights."""

WITH_READINGS, LABEL_WITH_READINGS = 1.08, 1.04
"""The same where furigana stand above a line, without the furigana: these are the air between the lines."""


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours by meaning, corners in millimetres."""

    colours: Mapping[Tone, Colour]
    key_corner: float
    button_corner: float
    panel_corner: float

    def __getitem__(self, tone: Tone) -> Colour:
        return self.colours[tone]


@cache
def load_theme(high_contrast: bool = False, file: Path = CONFIG / "theme.toml") -> Theme:
    """One of the two looks in `theme.toml`. A missing token is a KeyError: the file ships with the program."""
    content = tomllib.loads(file.read_text(encoding="utf-8"))
    tokens = content["high_contrast" if high_contrast else "normal"]
    colours = {tone: _colour(tokens[tone.value]) for tone in Tone}
    corners = content["corners"]
    return Theme(colours, corners["key"], corners["button"], corners["panel"])


def _colour(text: str) -> Colour:
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


@dataclass(frozen=True, slots=True)
class Look:
    """Everything about the picture that is not the view."""

    panel: Panel
    theme: Theme
    texts: Catalogue
    preferences: Preferences = Preferences()
    zoom: float = field(init=False, compare=False)
    """What every millimetre is multiplied by: 1 on a 10.1" glass. A larger one is seen from further away, so that
    letters and targets grow with it, more slowly than the glass, which leaves room around them. The figures of the
    design are the least.
    """
    _pixels: float = field(init=False, repr=False, compare=False)  # a millimetre
    _step: int = field(init=False, repr=False, compare=False)  # of the text sizes

    def __post_init__(self) -> None:
        """What is asked for a thousand times a picture is found out once."""
        object.__setattr__(self, "zoom", 1.0 + ZOOMED * (self._larger - 1.0))
        object.__setattr__(self, "_pixels", self.panel.pixels)
        object.__setattr__(self, "_step", list(TextSize).index(self.preferences.text_size))

    def say(self, key: str, **values: object) -> str:
        """The sentence under `key` in the visitor's language, its {names} filled in. An unknown key is a KeyError."""
        return self.texts.say(key, **values)

    @property
    def language(self) -> Language:
        return self.preferences.language

    @property
    def upright(self) -> bool:
        return self.panel.upright

    @property
    def large(self) -> bool:
        """Text so large that pictures and captions must give way."""
        return self.preferences.text_size in {TextSize.LARGE, TextSize.LARGEST}

    @property
    def ampleness(self) -> float:
        """How much larger than the smallest reference panel this one is beyond the zoom: pictures grow with it."""
        return self._larger / self.zoom

    @property
    def _larger(self) -> float:
        panel = self.panel
        long, short = max(panel.width_mm, panel.height_mm), min(panel.width_mm, panel.height_mm)
        return max(1.0, min(long / 217.5, short / 136.0))

    def px(self, mm: float) -> int:
        return round(mm * self.zoom * self._pixels + 0.49)

    def mm(self, px: int) -> float:
        """Pixels in the millimetres of the design."""
        return self.panel.mm(px) / self.zoom

    def capital(self, role: Role) -> float:
        """Height of a capital letter of this role in millimetres."""
        return CAPITALS[role][self._step]

    @property
    def margin(self) -> int:
        """Left and right of everything, in pixels."""
        return self.px(3.0 if self.upright else 9.5)
