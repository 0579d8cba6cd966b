"""One file of settings by itself: read, and every key and value checked against the sections.

A file holds any part of the keys. It is checked without regard to the others, so that what is said about it is true
whatever else is installed; what depends on several keys is judged after merging (`kiosk.settings.load`).
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args, get_origin

import msgspec

from kiosk.settings.complaints import SettingsError, misfit, unknown_key
from kiosk.settings.sections import Section, Settings

Table = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Document:
    """What one file says. `table` is nested as the file is."""

    file: Path
    table: Table


def read(file: Path) -> Document:
    """Read and check one file; raises `SettingsError`."""
    try:
        with file.open("rb") as stream:
            table = tomllib.load(stream)
    except OSError as error:
        raise SettingsError(file, "", f"cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise SettingsError(file, "", "is not text in UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(file, "", f"is not valid TOML: {error}.") from None
    _check(file, "", table, _fields(Settings))
    return Document(file, table)


def _fields(section: type[Section]) -> dict[str, Any]:
    fields = {field.name: field.type for field in msgspec.structs.fields(section)}
    if section is Settings:
        del fields["simulate"]
    return fields


def _check(file: Path, path: str, table: Table, fields: dict[str, Any]) -> None:
    for name, value in table.items():
        key = f"{path}{name}"
        if name not in fields:
            sections = not path and isinstance(value, dict)
            raise unknown_key(file, key, sorted(_fields(Settings) if sections else _known(Settings)))
        _check_value(file, key, value, fields[name])


def _check_value(file: Path, key: str, value: object, wanted: Any) -> None:
    if get_origin(wanted) is dict:
        if not isinstance(value, dict):
            raise misfit(file, key, value, wanted)
        _check(file, f"{key}.", value, dict.fromkeys(value, get_args(wanted)[1]))
    elif isinstance(wanted, type) and issubclass(wanted, Section):
        if not isinstance(value, dict):
            raise misfit(file, key, value, wanted)
        _check(file, f"{key}.", value, _fields(wanted))
    else:
        try:
            msgspec.convert(value, wanted)
        except msgspec.ValidationError:
            raise misfit(file, key, value, wanted) from None


def _known(section: type[Section], path: str = "") -> Iterator[str]:
    """Every key there is, dotted."""
    for name, wanted in _fields(section).items():
        if isinstance(wanted, type) and issubclass(wanted, Section):
            yield from _known(wanted, f"{path}{name}.")
        elif get_origin(wanted) is dict:
            yield from _known(get_args(wanted)[1], f"{path}{name}.NAME.")
        else:
            yield f"{path}{name}"
