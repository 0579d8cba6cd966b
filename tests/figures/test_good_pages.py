"""How often a page is refused that a careful visitor laid well.

Papers of every kind, print of every strength, anywhere on the tray and at any small angle, some curled, under a lamp
between half and full, through a good lens and a slightly soft one, with little or much noise. `GOOD` of each are
photographed, from the seed `FIRST` on (bounds were chosen on the seeds below 10); thirty of each take ten minutes on
one core.
"""

import os

import cv2
import numpy as np
import pytest

from drivers.camera.tray import Air, Lying
from kiosk.documents.develop import examine
from tests.documents.trays import GEOMETRY, photograph
from tests.figures.tables import table
from tests.figures.test_gates import papers

pytestmark = pytest.mark.bench

FIRST, GOOD = int(os.environ.get("FIRST", "20")), int(os.environ.get("GOOD", "10"))


def test_good_pages() -> None:
    cv2.setNumThreads(1)
    counts: dict[str, list[str]] = {}
    for seed in range(FIRST, FIRST + GOOD):
        for number, (name, _kind, paper) in enumerate(papers(seed)):
            rng = np.random.default_rng([seed, number, 5])
            size = (paper.shape[1] / 300 * 25.4, paper.shape[0] / 300 * 25.4)
            place = (float(rng.uniform(135, 285)), float(rng.uniform(154, 160)))
            lies = Lying(paper, size, place, float(rng.uniform(-2, 2)), float(rng.choice([0.0, 0.0, 3.0])))
            air = Air(float(rng.uniform(0.5, 1.0)), float(rng.choice([0.0, 0.5, 1.0])), noise=float(rng.uniform(1, 4)))
            failure = examine(photograph(lies, air=air), GEOMETRY).failure
            told = f"seed {seed}, {lies.degrees:+.1f} degrees, curl {lies.curl_mm:g} mm, light {air.light:.2f}, "
            told += f"blur {air.blur_px:g}: {failure}"
            counts.setdefault(name, []).append(told if failure else "")
        print(".", end="", flush=True)
    rows: list[tuple[str, ...]] = [("good pages of", "photographs", "refused")]
    rows += [(name, str(len(told)), str(sum(map(bool, told)))) for name, told in counts.items()]
    everything = [told for each in counts.values() for told in each]
    rows.append(("all", str(len(everything)), str(sum(map(bool, everything)))))
    table("good pages", rows)
    for name, each in counts.items():
        for one in filter(None, each):
            print(f"  refused: {name}, {one}")
