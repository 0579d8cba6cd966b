"""How well pages are found, beside other ways to do it: on rendered pictures, and on photographs where there are some.

Set JSCANIFY and one more stands beside them (`web_scanner.py`). PHOTOS is a folder with a `corners.json`: a list of
file, split (may be left out), and four corners around the page as fractions of width and height. Of a split "train"
only those are looked at that nothing was learned from by the network. Jaccard indices are taken in the corners' own
coordinates. What is not found counts as 0; a silent failure is an outline that is accepted and shares less than nine
tenths with the page. Figures, not verdicts.
"""

import json
import os
import statistics
import time
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest

from drivers.camera.simulator import read_picture
from drivers.camera.tray import PREVIEW_SCALE, Frame, small
from kiosk.documents.find import DOUBTFUL, SURE, find_outline
from tests.documents.trays import jaccard
from tests.figures.laid_papers import anything, trays
from tests.figures.page_finders import Finder, Found, four_cornered_contour, largest_light_thing, sure_of
from tests.figures.tables import table
from tests.figures.web_scanner import jscanify
from tests.training.examples import Photograph, photographs
from tests.training.scenes import Example

pytestmark = pytest.mark.bench

TRAYS = 48
SCENES = 100
_FAILED = 0.9


@dataclass(frozen=True, slots=True)
class Answer:
    """A finder's answer to one picture."""

    shared: float  # Jaccard index; 0 where nothing was found
    confidence: float
    lies: bool  # whether there is a page at all
    milliseconds: float


def ours(frame: Frame) -> Found:
    begun = time.process_time()
    outline = find_outline(frame)
    spent = (time.process_time() - begun) * 1000
    return Found(outline.corners, outline.confidence, spent) if outline else Found(None, 0.0, spent)


@pytest.fixture
def finders() -> Iterator[dict[str, Finder]]:
    """Ours first."""
    found: dict[str, Finder] = {
        "ours": ours,
        "Canny, approxPolyDP": sure_of(four_cornered_contour),
        "largest light thing": sure_of(largest_light_thing),
    }
    folder = os.environ.get("JSCANIFY")
    with jscanify(Path(folder)) if folder else nullcontext() as peer:
        if peer is not None:
            found["jscanify"] = peer
        yield found


def answer(finder: Finder, example: Example) -> Answer:
    corners, confidence, spent = finder(example.pixels)
    if corners is None or example.corners is None:
        return Answer(0.0, confidence, example.corners is not None, spent)
    squeeze = np.array((example.pixels.shape[1], example.pixels.shape[0]), np.float32)
    return Answer(jaccard(corners / squeeze, example.corners / squeeze), confidence, True, spent)


def row(name: str, answers: list[Answer]) -> tuple[str, ...]:
    papers = [one for one in answers if one.lies]
    accepted = [one for one in answers if one.confidence >= SURE]
    silent = sum(one.shared < _FAILED for one in accepted)
    adjust = sum(DOUBTFUL <= one.confidence < SURE for one in answers)
    return (
        name,
        f"{statistics.fmean(one.shared for one in papers):.4f}",
        f"{sum(one.shared == 0 for one in papers)}",
        f"{len(accepted) / len(answers):.1%}",
        f"{adjust / len(answers):.1%}",
        f"{statistics.fmean(one.shared for one in accepted if one.lies):.4f}" if accepted else "",
        f"{silent} ({silent / len(answers):.1%})",
        f"{statistics.median(one.milliseconds for one in answers):.0f}",
    )


def compared(title: str, examples: Iterable[Example], finders: dict[str, Finder]) -> dict[str, list[Answer]]:
    cv2.setNumThreads(1)
    found: dict[str, list[Answer]] = {name: [] for name in finders}
    for example in examples:
        for name, finder in finders.items():
            found[name].append(answer(finder, example))
    head = ("", "mean", "missed", "accepted", "adjust", "mean accepted", "silent failures", "ms")
    number = len(found["ours"])
    table(f"{title}: {number} pictures", [head, *(row(name, each) for name, each in found.items())])
    return found


def calibration(answers: list[Answer]) -> None:
    """What a confidence was worth."""
    rows: list[tuple[str, ...]] = [("confidence", "pictures", "share nine tenths", "mean")]
    bounds = (0.0, 0.5, 0.8, SURE, 0.98, 0.99, 0.995, 1.01)
    for low, high in pairwise(bounds):
        inside = [one for one in answers if low <= one.confidence < high]
        if inside:
            right = statistics.fmean(one.shared >= _FAILED for one in inside)
            mean = statistics.fmean(one.shared for one in inside)
            rows.append((f"{low:.3f} to {min(high, 1):.3f}", str(len(inside)), f"{right:.1%}", f"{mean:.3f}"))
    table("ours, by confidence", rows)


def test_rendered_trays(finders: dict[str, Finder]) -> None:
    calibration(compared("The tray, with curl, lens and shadow, 12 MP", trays(TRAYS), finders)["ours"])
    compared("The same as previews", map(preview, trays(TRAYS)), finders)


def preview(still: Example) -> Example:
    assert still.corners is not None
    return Example(small(still.pixels), ((still.corners + 0.5) / PREVIEW_SCALE - 0.5).astype(np.float32))


def test_rendered_scenes(finders: dict[str, Finder]) -> None:
    calibration(compared("Any paper on any ground, or none", anything(SCENES), finders)["ours"])


def test_photographs(finders: dict[str, Finder]) -> None:
    if not os.environ.get("PHOTOS"):
        pytest.skip("no photographs: make bench-scan PHOTOS=FOLDER, with a corners.json in it")
    folder = Path(os.environ["PHOTOS"])
    entries = json.loads((folder / "corners.json").read_text())
    for split in sorted({entry.get("split", "") for entry in entries}, reverse=True):
        name = "held out" if split == "train" else split
        answers = compared(f"Photographs {name}".strip(), map(example, photographs(folder, name)), finders)["ours"]
        calibration(answers)


def example(photograph: Photograph) -> Example:
    picture = read_picture(photograph.file)
    size = np.array((picture.shape[1], picture.shape[0]), np.float32)
    return Example(picture, np.asarray(photograph.corners * size, np.float32))
