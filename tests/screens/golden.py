"""Golden pictures: what every view looked like when somebody last looked at it, Japanese, at the usual size.

Every sample scene whose picture is not another's with other words. They are kept as lossless WebP with 17 steps of each
colour; what is painted now is reduced to the same steps, so that nothing but decoded pixels is compared.

What could make them differ on another machine: other versions of the Debian packages of the fonts (BIZ UD Gothic 1.05,
Noto CJK, IPAmj Mincho) and another pygame wheel (SDL_ttf with its FreeType, SDL_gfx). Processor and system do not.

    python -m tests.screens.golden      paints all of them anew and keeps them
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image

from kiosk.ports import Frame
from kiosk.views import (
    BlankView,
    BusyView,
    CardTroubleView,
    FarewellView,
    PasswordStopView,
    ScanView,
    Scene,
    TroubleView,
)
from tests.screens.checks import name
from tests.screens.glasses import look, panels
from tests.screens.painting import painted
from tests.screens.samples import SAMPLES

KEPT = Path(__file__).with_name("golden")
LEFT = Path(__file__).resolve().parents[2] / "out" / "golden"
FIRST = "10.1-landscape"
STEPS = np.array([v & (0xF0 if v < 64 else 0xE0 if v < 224 else 0xFC) for v in range(256)], np.uint8)
ALIKE = (BusyView, CardTroubleView, FarewellView, PasswordStopView)
"""Views whose varieties differ in words only: the first of each is kept."""


def kept_scenes() -> Iterator[tuple[str, Scene]]:
    """Each with the name of its file."""
    seen: dict[str, int] = {}
    for scene in SAMPLES:
        alike = isinstance(scene.view, ALIKE) and type(scene.view).__name__.lower() in seen
        if isinstance(scene.view, BlankView) or alike:
            continue
        called = (type(scene.view).__name__ if isinstance(scene.view, ALIKE) else name(scene)).replace(" ", "-").lower()
        seen[called] = seen.get(called, 0) + 1
        yield (f"{called}-{seen[called]}" if seen[called] > 1 else called), scene


def kept() -> Iterator[tuple[str, str, Scene]]:
    """Panel, name and scene of every picture; one failure and one guidance stand for all on the further panels."""
    for panel in panels():
        pictured: set[type] = set()
        for called, scene in kept_scenes():
            kind = type(scene.view)
            if panel == FIRST or kind not in {TroubleView, ScanView} or kind not in pictured:
                yield panel, called, scene
            pictured.add(kind)


def file(panel: str, called: str) -> Path:
    return KEPT / panel / f"{called}.webp"


def now(panel: str, scene: Scene) -> Frame:
    """How it would be painted now, in a few steps of each colour, finer where the theme's tones are close.

    It takes half the bytes, and no two tones of the theme become one.
    """
    return stepped(painted(scene, look(panel)))


def stepped(picture: Frame) -> Frame:
    return STEPS[picture]


def read(kept_file: Path) -> Frame:
    with Image.open(kept_file) as image:
        return np.asarray(image.convert("RGB"))


def differs(expected: Frame, actual: Frame) -> bool:
    """By decoded pixels."""
    return not np.array_equal(expected, actual)


def leave(panel: str, called: str, expected: Frame, actual: Frame) -> Path:
    """Expected, actual and what differs (red on grey), side by side, in out/golden/."""
    told = np.full_like(expected, 230)
    if expected.shape == actual.shape:
        told[np.any(expected != actual, axis=2)] = (200, 0, 0)
    height = max(expected.shape[0], actual.shape[0])
    beside = [np.pad(one, ((0, height - one.shape[0]), (0, 8), (0, 0))) for one in (expected, actual, told)]
    left = LEFT / panel / f"{called}.png"
    left.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.hstack(beside)).save(left)
    return left


def keep(panel: str, called: str, picture: Frame) -> None:
    """As lossless WebP, as small as it gets."""
    target = file(panel, called)
    target.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(picture).save(target, "WEBP", lossless=True, quality=90, method=4)


def main() -> int:
    """Accept what is painted now; files that no scene has any more go."""
    wanted = set()
    for panel, called, scene in kept():
        picture, target = now(panel, scene), file(panel, called)
        wanted.add(target)
        if not target.exists() or differs(read(target), picture):
            keep(panel, called, picture)
            sys.stdout.write(f"{target.relative_to(KEPT)}\n")
    for stale in set(KEPT.rglob("*.webp")) - wanted:
        stale.unlink()
    return 0


if __name__ == "__main__":
    os.environ["SDL_VIDEODRIVER"] = "dummy"
    sys.exit(main())
