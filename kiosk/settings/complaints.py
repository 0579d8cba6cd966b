"""What is said when a file of settings cannot be used: one sentence with the file, the key and the reason."""

import json
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import msgspec.inspect as shapes


class SettingsError(Exception):
    """A file of settings cannot be used. `key` is dotted, and empty where the file as a whole is meant."""

    def __init__(self, file: Path, key: str, reason: str) -> None:
        super().__init__(file, key, reason)
        self.file = file
        self.key = key
        self.reason = reason

    def __str__(self) -> str:
        return ": ".join(part for part in (str(self.file), self.key, self.reason) if part)


def unknown_key(file: Path, key: str, known: list[str]) -> SettingsError:
    """The complaint about a key that does not exist, with the one of `known` that it resembles most."""
    section, _, name = key.rpartition(".")

    def likeness(candidate: str) -> float:
        its_section, _, its_name = candidate.rpartition(".")
        same_section = 0.3 if its_section == section else 0.0
        return same_section + SequenceMatcher(a=name, b=its_name).ratio()

    return SettingsError(file, key, f"there is no such key; the nearest one is {max(known, key=likeness)}.")


def misfit(file: Path, key: str, value: object, wanted: object) -> SettingsError:
    """The complaint about a value that does not fit the type `wanted`."""
    return SettingsError(file, key, f"must be {described(shapes.type_info(wanted))}, not {shown(value)}.")


def shown(value: object) -> str:
    """A value as a technician wrote it, cut where it is long."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else text[:57] + "..."


def described(shape: shapes.Type) -> str:
    """A type in words."""
    match shape:
        case shapes.BoolType():
            return "true or false"
        case shapes.IntType(ge=low, le=high):
            return f"a whole number from {low:,} to {high:,}"
        case shapes.FloatType(gt=None, ge=low, le=high):
            return f"a number from {low:,} to {high:,}"
        case shapes.FloatType(gt=low, le=high):
            return f"a number above {low:,} and up to {high:,}"
        case shapes.StrType(pattern=str()):
            return "a name of letters, digits, dots, hyphens and underscores"
        case shapes.StrType(min_length=int()):
            return "a text in quotation marks that is not empty"
        case shapes.StrType():
            return "a text in quotation marks"
        case shapes.LiteralType(values=values):
            return _one_of(values)
        case shapes.EnumType(cls=names):
            return _one_of(member.value for member in names)
        case shapes.VarTupleType(item_type=item):
            return f"a list, not empty, of which each is {described(item)}"
        case _:
            return "a [section] of its own"


def _one_of(values: Any) -> str:
    names = [json.dumps(value) for value in values]
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " or " + names[-1]
