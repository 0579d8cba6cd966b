"""What a terminal keeps of what it has painted, and what its process grows by, when one visitor tries everything.

Every view in every language, text size and theme on the largest reference panel, in one window that never forgets
because no visit ends. Megabytes (2^20 bytes) over what the process had before; `pixels` is what the stores hold, of
which `screens.surfaces` states the bound. Beside them what would have been kept without bounds. Figures, not verdicts.
"""

from itertools import product
from pathlib import Path

import pytest

from kiosk.views import AttractView, BlankView
from kiosk.visit import Language, Preferences, TextSize
from screens.art import Gallery
from screens.surfaces import KEPT_BYTES, size
from screens.window import Window
from tests.figures.tables import table
from tests.screens.glasses import panels
from tests.screens.painting import SamplePictures
from tests.screens.samples import SAMPLES

pytestmark = pytest.mark.bench

PANEL = "15.6-landscape"


def resident() -> float:
    """Of this process."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024


class Asked(dict[object, int]):
    """Bytes of every drawing that was ever asked for."""

    def of(self, gallery: Gallery) -> float:
        self.update({key: size(drawn) for key, drawn in gallery._painted._kept.items()})
        return sum(self.values()) / (1 << 20)


def test_every_view_however_it_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    seconds = iter(range(1_000_000))
    window = Window(panels()[PANEL], SamplePictures(), clock=lambda: float(next(seconds)))
    painter, asked, began = window._painter, Asked(), resident()
    rows: list[tuple[str, ...]] = [("", "resident", "pixels", "drawings without bound")]
    for contrast, language, text_size in product((False, True), Language, TextSize):
        wanted = Preferences(language, text_size, high_contrast=contrast)
        drawn = 0.0
        for scene in SAMPLES:
            if not isinstance(scene.view, AttractView | BlankView):  # with these a visit ends
                window.show(scene, wanted, 30)
                drawn = asked.of(painter.gallery)
        name = f"{language.name} {text_size.name}{' in white on black' if contrast else ''}"
        rows.append((name, f"+{resident() - began:.0f}", f"{painter.kept / (1 << 20):.1f}", f"{drawn:.0f}"))
    window.close()
    table(f"{PANEL}: megabytes kept, of at most {KEPT_BYTES >> 20}", rows)
