"""The README says what is: its map is the code's, the commands stand on its first screen, its paths exist."""

import re

from kiosk.flow.diagram import diagram
from tests.house.tree import ROOT

TEXT = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_map_is_the_one_that_the_code_prints() -> None:
    assert f"```mermaid\n{diagram()}\n```" in TEXT


def test_both_commands_stand_on_the_first_screen() -> None:
    first_screen = "\n".join(TEXT.splitlines()[:24])
    assert "make run" in first_screen
    assert "make test" in first_screen


def test_every_path_that_is_named_exists() -> None:
    named = re.findall(r"`((?:kiosk|drivers|screens|config|tests)/[\w./-]+)`|\]\((tests/[\w./-]+)\)", TEXT)
    paths = ["".join(pair) for pair in named]
    assert paths
    assert [path for path in paths if not (ROOT / path).exists()] == []
