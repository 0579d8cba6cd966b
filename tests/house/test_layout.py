"""House rules that no linter knows. Each names every place that breaks it."""

import ast
import re
from pathlib import Path

import pytest

from tests.house.tree import PRODUCT, ROOT, code, files, place, tree

TOP = {
    "kiosk", "drivers", "screens", "config", "systemd", "tests", ".ci", "pyproject.toml", "README.md", "LICENSE",
    "Makefile", ".gitignore",
    "requirements.lock", "requirements-build.lock", "requirements-dev.lock", "requirements-pi.lock",
}  # fmt: skip


def test_the_top_level_shows_roles_only() -> None:
    assert {file.relative_to(ROOT).parts[0] for file in files()} - TOP == set()


# A closed union is read as one page, however many members the visit gives it; each member is a few plain lines.
UNIONS = {Path("kiosk/events.py"), Path("kiosk/states.py"), Path("kiosk/views.py")}


def test_no_file_is_above_300_lines() -> None:
    lengths = {file.relative_to(ROOT): len(file.read_bytes().splitlines()) for file in code(*PRODUCT, "tests")}
    assert {str(file): lines for file, lines in lengths.items() if lines > 300 and file not in UNIONS} == {}


def test_no_class_is_above_150_lines() -> None:
    classes = [
        (file, node) for file in code(*PRODUCT) for node in ast.walk(tree(file)) if isinstance(node, ast.ClassDef)
    ]
    assert [place(file, node) for file, node in classes if (node.end_lineno or 0) - node.lineno >= 150] == []


def test_names_say_what_a_thing_is() -> None:
    empty = re.compile(r"(Manager|Helper|Util|Utils|Base|Impl)$")
    classes = [
        (file, node) for file in code(*PRODUCT) for node in ast.walk(tree(file)) if isinstance(node, ast.ClassDef)
    ]
    assert [place(file, node) for file, node in classes if empty.search(node.name)] == []
    assert [str(file) for file in code(*PRODUCT, "tests") if empty.fullmatch(file.stem.capitalize())] == []


def test_tests_use_the_simulators_and_no_mocks() -> None:
    assert [
        place(file, node)
        for file in code(*PRODUCT, "tests")
        for node in ast.walk(tree(file))
        if (isinstance(node, ast.ImportFrom) and (node.module or "").startswith("unittest"))
        or (isinstance(node, ast.Import) and any(name.name.startswith("unittest") for name in node.names))
    ] == []


def test_nothing_sleeps_in_the_product() -> None:
    assert [
        place(file, node)
        for file in code(*PRODUCT)
        for node in ast.walk(tree(file))
        if (isinstance(node, ast.Attribute) and ast.unparse(node) in {"time.sleep", "asyncio.sleep"})
        or (isinstance(node, ast.ImportFrom) and any(name.name == "sleep" for name in node.names))
    ] == []


def test_nothing_depends_on_whose_machine_it_is() -> None:
    paths = re.compile(r"(?<![\w.])/(work|root|home/\w+)/")
    hosts = re.compile(r"\b(pypi|pythonhosted)\.org\b")
    found = []
    for file in files():
        try:
            text = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{file.relative_to(ROOT)}: {hit[0]}" for rule in (paths, hosts) for hit in rule.finditer(text)]
    assert found == []


def test_the_shipped_configuration_holds_no_samples() -> None:
    config = [file for file in files() if file.relative_to(ROOT).parts[0] == "config"]
    assert config
    assert [str(file) for file in config if "見本" in file.read_text(encoding="utf-8")] == []


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-build.lock", "requirements-dev.lock"])
def test_every_package_is_locked_with_hashes(name: str) -> None:
    lines = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    assert lines
    assert [
        line[:60] for line in lines if not re.match(r"[a-z0-9-]+==\S+( ;[^#]*?)? +--hash=sha256:[0-9a-f]{64}", line)
    ] == []
    assert [line[:60] for line in lines if "://" in line or "--index" in line or "--find-links" in line] == []
