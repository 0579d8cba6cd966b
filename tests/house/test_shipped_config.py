"""The shipped settings: every key stands there, once, with a word about it."""

import itertools
import re
import tomllib

import msgspec

from kiosk.settings import CONFIG, Settings, load
from kiosk.settings.sections import Section


def keys(section: type[Section], path: str = "") -> set[str]:
    found = set()
    for field in msgspec.structs.fields(section):
        if isinstance(field.type, type) and issubclass(field.type, Section):
            found |= keys(field.type, f"{path}{field.name}.")
        elif field.name not in {"simulate", "panels"}:  # the command line's word; a file of its own
            found.add(f"{path}{field.name}")
    return found


def written(table: dict[str, object], path: str = "") -> set[str]:
    found = set()
    for name, value in table.items():
        found |= written(value, f"{path}{name}.") if isinstance(value, dict) else {f"{path}{name}"}
    return found


def test_every_key_stands_in_the_shipped_file() -> None:
    assert written(tomllib.loads((CONFIG / "kiosk.toml").read_text(encoding="utf-8"))) == keys(Settings)


def test_every_key_has_a_word_about_it() -> None:
    lines = (CONFIG / "kiosk.toml").read_text(encoding="utf-8").splitlines()
    bare = []
    for above, line in itertools.pairwise(lines):
        explained = above.startswith("#") or re.match(r"\w+_(file|seconds) = ", above)  # a few go together
        if re.match(r"\w+ = ", line) and not explained:
            bare.append(line)
    assert bare == []


def test_the_reference_panels_have_the_pixels_and_the_diagonal_of_their_names() -> None:
    panels = load(simulate=True).panels
    assert {name: (panel.width_px, panel.height_px) for name, panel in panels.items()} == {
        "10.1-landscape": (1280, 800),
        "15.6-landscape": (1920, 1080),
        "10.1-portrait": (800, 1280),
    }
    for name, panel in panels.items():
        inches = (panel.width_mm**2 + panel.height_mm**2) ** 0.5 / 25.4
        assert abs(inches - float(name.partition("-")[0])) < 0.01
        assert abs(panel.width_px / panel.width_mm - panel.height_px / panel.height_mm) < 0.01, "square pixels"
