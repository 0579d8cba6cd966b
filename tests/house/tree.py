"""The files of this project, as the house rules look at them."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("kiosk", "drivers", "screens")


@cache
def files() -> tuple[Path, ...]:
    """Every file that is or would be tracked; all that lies in the code's folders where there is no git."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    names = listing.stdout.decode().split("\0") if listing.returncode == 0 else []
    found = [ROOT / name for name in names if name] or [
        file for folder in (*PRODUCT, "config", "tests") for file in (ROOT / folder).rglob("*")
    ]
    return tuple(file for file in found if file.is_file() and "__pycache__" not in file.parts)


def code(*folders: str) -> list[Path]:
    """The Python files under these folders."""
    return [file for file in files() if file.suffix == ".py" and file.relative_to(ROOT).parts[0] in folders]


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def place(file: Path, node: ast.expr | ast.stmt) -> str:
    return f"{file.relative_to(ROOT)}:{node.lineno}"
