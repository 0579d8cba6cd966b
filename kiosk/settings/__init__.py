"""What a technician may decide, read once, checked once, frozen.

Every key stands with its default and its meaning in `config/kiosk.toml`, which is read like any other file and is the
only place where defaults live. Over it go, key by key, the files of `/etc/kiosk` in the order of their names and then
the file of `--config`. Each file is checked alone before they are merged, so that a complaint names the file that is to
be mended: `SettingsError(file, key, reason)`.

A terminal that simulates uses the same files; its devices, its clock and its portal are then the simulated ones, and
who runs it is said with 見本 unless a file says it.
"""

from kiosk.settings.complaints import SettingsError
from kiosk.settings.load import CONFIG, ETC, load
from kiosk.settings.sections import (
    Camera,
    Card,
    Clock,
    FrontPanel,
    Mail,
    Notice,
    Panel,
    Papers,
    Patience,
    Pins,
    Portal,
    Screen,
    Settings,
    Terminal,
    Tray,
)

__all__ = [
    "CONFIG",
    "ETC",
    "Camera",
    "Card",
    "Clock",
    "FrontPanel",
    "Mail",
    "Notice",
    "Panel",
    "Papers",
    "Patience",
    "Pins",
    "Portal",
    "Screen",
    "Settings",
    "SettingsError",
    "Terminal",
    "Tray",
    "load",
]
