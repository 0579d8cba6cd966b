"""Reads the files in their order, merges them, and judges what depends on more than one key."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from kiosk.settings.complaints import SettingsError
from kiosk.settings.documents import Document, Table, read
from kiosk.settings.sections import Panel, Settings
from kiosk.settings.simulated import SAMPLE, SETTLED, SUGGESTED

CONFIG = Path(__file__).resolve().parents[2] / "config"
"""The shipped configuration: beside the packages, in the checkout and where they are installed."""

ETC = Path("/etc/kiosk")

LEAST_SILENCE = 12.0
"""Seconds. A terminal that waits less for the portal would take every waiting for the mail for a dead line."""

NOTICE = {
    "notice.operator": "who runs the portal",
    "notice.hall": "in whose hall the terminal stands",
    "notice.contact": "whom a visitor can ask",
    "notice.purpose": "what the data is used for",
}

LINE = {
    "portal.ca_file": "which authority has signed the portal's certificate",
    "portal.certificate_file": "by which certificate the portal knows this terminal",
    "portal.key_file": "which key belongs to this terminal's certificate",
}
"""Both ends of the line show a certificate, and no authority is believed but the one that is named: what the system
trusts is for browsers, and too many to be trusted with a visitor's papers.
"""


def load(
    simulate: bool, config_file: Path | None = None, etc_dir: Path = ETC, *, for_visitors: bool = True
) -> Settings:
    """The settings of this terminal; raises `SettingsError` about the first thing that cannot be used.

    A terminal that receives visitors must know who runs it. One that a technician only checks (`for_visitors=False`)
    works before that has been written down.
    """
    merged: Table = {}
    origins: dict[str, Path] = {}
    for document in _documents(simulate, config_file, etc_dir):
        _lay_over(merged, document.table, "", document.file, origins)
    for key, reason in _unfinished(merged):
        raise SettingsError(origins[key], key, reason)
    settings = msgspec.convert({**merged, "simulate": simulate}, Settings)
    for key, reason in (*_hasty(settings), *_crooked(settings), *_contradictions(settings, origins)):
        raise SettingsError(origins[key], key, reason)
    for key, reason in _unsaid(settings) if for_visitors and not simulate else ():
        raise SettingsError(_mendable(origins[key], config_file, etc_dir), key, reason)
    return settings


def _documents(simulate: bool, config_file: Path | None, etc_dir: Path) -> Iterator[Document]:
    yield read(CONFIG / "kiosk.toml")
    yield read(CONFIG / "panels.toml")
    if simulate:
        yield SUGGESTED
    yield from map(read, _files(etc_dir))
    if config_file is not None:
        yield read(config_file)
    if simulate:
        yield SETTLED


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(file for file in folder.iterdir() if file.suffix == ".toml")
    except FileNotFoundError:
        return []
    except OSError as error:
        raise SettingsError(folder, "", f"cannot be read ({error.strerror}).") from None


def _lay_over(below: Table, above: Table, path: str, file: Path, origins: dict[str, Path]) -> None:
    """Put the values of `above` over those of `below`, key by key, and note which file said each."""
    for name, value in above.items():
        origins[f"{path}{name}"] = file
        if isinstance(value, dict):
            _lay_over(below.setdefault(name, {}), value, f"{path}{name}.", file, origins)
        else:
            below[name] = value


def _unfinished(merged: Table) -> Iterator[tuple[str, str]]:
    """Panels that no file describes in full; all else has its default in the shipped file."""
    for name, panel in merged["panels"].items():
        missing = [field for field in Panel.__struct_fields__ if field not in panel]
        if missing:
            yield f"panels.{name}", f"needs {' and '.join(missing)} too."


def _hasty(settings: Settings) -> Iterator[tuple[str, str]]:
    """What would wait for less than the portal may take."""
    for name in ("read_seconds", "total_seconds"):
        if getattr(settings.portal, name) < LEAST_SILENCE:
            yield (
                f"portal.{name}",
                f"must be {LEAST_SILENCE:g} at least: the portal keeps news of the mail back for 10.",
            )


def _crooked(settings: Settings) -> Iterator[tuple[str, str]]:
    """A tray that nobody can see so."""
    if not _goes_round(settings.tray.quad):
        yield "tray.corners", "must go round the tray clockwise from its upper left corner, as x, y, x, y and so on."


def _contradictions(settings: Settings, origins: dict[str, Path]) -> Iterator[tuple[str, str]]:
    """Keys that do not go together, each with the reason. Of two, the one that a technician wrote is to be mended."""
    if settings.screen.panel not in settings.panels:
        names = ", ".join(f'"{name}"' for name in settings.panels)
        yield "screen.panel", f'there is no panel "{settings.screen.panel}"; there are {names}.'
    if settings.terminal.state_dir and not Path(settings.terminal.state_dir).is_absolute():
        yield "terminal.state_dir", "must be a full path that begins with /."
    if not settings.terminal.state_dir and not settings.simulate:
        yield "terminal.state_dir", "must say where state is kept, as a full path that begins with /."
    if len(set(settings.screen.languages)) < len(settings.screen.languages):
        yield "screen.languages", "names a language twice."
    for section in ("card", "camera", "front_panel"):
        if getattr(settings, section).driver == "simulator" and not settings.simulate:
            yield f"{section}.driver", "is simulated only with --simulate, and then everything is."
    taken: dict[int, str] = {}  # by pin
    for name, pin in msgspec.structs.asdict(settings.front_panel.pins).items():
        key = f"front_panel.pins.{name}"
        if pin in taken:
            mine, other = (taken[pin], key) if _shipped(origins[key]) else (key, taken[pin])
            yield mine, f"pin {pin} is taken by {other} already."
        elif pin >= 0:
            taken[pin] = key
    camera = settings.camera
    if camera.device and not camera.device.isdecimal() and not (camera.driver == "uvc" and camera.device[0] == "/"):
        yield "camera.device", 'must be a number, or for "uvc" a device file that begins with /.'
    if settings.papers.aim_bytes > settings.papers.bytes:
        if _shipped(origins["papers.aim_bytes"]):
            yield "papers.bytes", f"must not be below papers.aim_bytes, which is {settings.papers.aim_bytes:,}."
        yield "papers.aim_bytes", f"must not be above papers.bytes, which is {settings.papers.bytes:,}."
    if bool(settings.portal.certificate_file) is not bool(settings.portal.key_file):
        given = "certificate_file" if settings.portal.certificate_file else "key_file"
        yield f"portal.{given}", "needs the other of portal.certificate_file and portal.key_file beside it."


def _goes_round(quad: tuple[tuple[float, float], ...]) -> bool:
    """Whether four points make a convex shape of some size, clockwise as the eye sees it (y grows downwards)."""
    runs = [(bx - ax, by - ay) for (ax, ay), (bx, by) in zip(quad, (*quad[1:], quad[0]), strict=True)]
    turns = [ax * by - ay * bx for (ax, ay), (bx, by) in zip(runs, (*runs[1:], runs[0]), strict=True)]
    return all(turn > 0.01 for turn in turns)


def _unsaid(settings: Settings) -> Iterator[tuple[str, str]]:
    """What a real terminal must be told and was not."""
    for key, what in NOTICE.items():
        value = getattr(settings.notice, key.removeprefix("notice."))
        if not value.strip():
            yield key, f"must say {what}; a terminal that does not simulate has no default for it."
        if SAMPLE in value:
            yield key, f"must say {what}; {SAMPLE} is for simulating only."
    if not settings.portal.url:
        yield "portal.url", "must say where the portal is; a terminal that does not simulate has no default for it."
    elif not _is_https(settings.portal.url):
        yield "portal.url", "must begin with https:// and name a host, without a user's name."
    for key, what in LINE.items():
        file = getattr(settings.portal, key.removeprefix("portal."))
        if not file:
            yield key, f"must say {what}; a terminal that does not simulate has no default for it."
        elif not Path(file).is_absolute():
            yield key, "must be a full path that begins with /."


def _is_https(url: str) -> bool:
    try:
        parts = urlsplit(url)
        _ = (parts.hostname or "").encode("idna"), parts.port  # both raise where they are none
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and parts.username is None


def _shipped(file: Path) -> bool:
    return file.parent == CONFIG


def _mendable(file: Path, config_file: Path | None, etc_dir: Path) -> Path:
    """The file to write into: not the shipped one, which is nobody's to edit."""
    if not _shipped(file):
        return file
    return config_file if config_file is not None else etc_dir / "kiosk.toml"
