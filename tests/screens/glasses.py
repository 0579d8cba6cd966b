"""Looks to arrange with: the three reference panels, all languages, all text sizes."""

import tomllib
from functools import cache

from kiosk.visit import Language, Preferences, TextSize
from screens.fonts import Fonts
from screens.geometry import Panel
from screens.look import CONFIG, Look, load_theme
from screens.texts import load_catalogue


@cache
def panels() -> dict[str, Panel]:
    """As configured, by name."""
    content = tomllib.loads((CONFIG / "panels.toml").read_text(encoding="utf-8"))
    return {name: Panel(**measures) for name, measures in content["panels"].items()}


@cache
def fonts() -> Fonts:
    return Fonts()


def look(
    panel: str = "10.1-landscape",
    language: Language = Language.JA,
    text_size: TextSize = TextSize.NORMAL,
    *,
    high_contrast: bool = False,
    controls_low: bool = False,
) -> Look:
    """How one visitor wants one glass."""
    wanted = Preferences(language, text_size, high_contrast=high_contrast, controls_low=controls_low)
    return Look(panels()[panel], load_theme(high_contrast), load_catalogue(language), wanted)
