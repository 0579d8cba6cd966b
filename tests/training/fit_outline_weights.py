"""Fit the weights of `kiosk.documents.rank` anew: `python -m tests.training.fit_outline_weights FOLDER`.

FOLDER holds photographs and a `corners.json` (a list of file, split, four corners as fractions). Pictures of the split
"train" and rendered trays are learned from, those of "valid" only measured. All candidates of a picture compete: the
softmax over their scores is drawn towards those with the largest Jaccard index; then one scale and one offset make the
winner's score the chance that it shares 0.88 with the truth. Prints the table for `rank.py`; takes some minutes.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from drivers.bench.papers import Kind
from drivers.camera.simulator import read_picture
from drivers.camera.tray import Air, Frame, Scene, corners_in_frame, render
from kiosk.documents.find import candidates
from kiosk.documents.rank import WEIGHTS, features
from kiosk.documents.sides import support
from tests.documents.trays import jaccard, lying

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Contest:
    """The candidates of one picture: their measures and their Jaccard indices."""

    measures: Numbers
    jaccards: Numbers


def contest(picture: Frame, truth: npt.NDArray[np.float32]) -> Contest:
    factor, lab, quads = candidates(picture)
    measures = features(lab, quads, support(lab, quads)).astype(np.float64)
    return Contest(measures, np.array([jaccard((truth / factor).astype(np.float32), quad) for quad in quads]))


def photographs(folder: Path, split: str) -> Iterator[Contest]:
    for entry in json.loads((folder / "corners.json").read_text()):
        if entry["split"] == split:
            picture = read_picture(folder / entry["file"])
            yield contest(picture, _pixels(entry["corners"], picture))


def _pixels(corners: list[list[float]], picture: Frame) -> npt.NDArray[np.float32]:
    tall, wide = picture.shape[:2]
    return (np.array(corners) * (wide, tall)).astype(np.float32)


def trays(number: int) -> Iterator[Contest]:
    rng = np.random.default_rng(3)
    for index in range(number):
        whole = index % 2 == 0
        scale, turn = (1.0, rng.uniform(-1, 1)) if whole else (rng.uniform(0.4, 0.7), rng.uniform(-90, 90))
        paper = lying(list(Kind)[index % len(Kind)], (rng.uniform(140, 280), 157), turn, scale)
        air = Air(light=rng.uniform(0.4, 1), blur_px=float(rng.choice([0, 0, 2])))
        yield contest(render(Scene((paper,), air, index)), corners_in_frame(paper))


def fit(contests: list[Contest]) -> tuple[Numbers, float]:
    """Weights and bias."""
    learned = [one for one in contests if len(one.jaccards) and one.jaccards.max() > 0.85]
    spread = np.concatenate([one.measures for one in learned]).std(axis=0) + 1e-6
    targets = [np.exp(40 * (one.jaccards - one.jaccards.max())) for one in learned]
    weights, mean, square = np.zeros(len(spread)), np.zeros(len(spread)), np.zeros(len(spread))
    for round_ in range(1, 401):  # Adam
        slope = 1e-3 * weights
        for one, target in zip(learned, targets, strict=True):
            score = one.measures / spread @ weights
            chance = np.exp(score - score.max())
            slope += (one.measures / spread).T @ (chance / chance.sum() - target / target.sum()) / len(learned)
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        weights -= 0.05 * mean / (1 - 0.9**round_) / (np.sqrt(square / (1 - 0.999**round_)) + 1e-8)
    scale, bias = calibrated(contests, weights / spread)
    return weights / spread * scale, bias


def calibrated(contests: list[Contest], weights: Numbers) -> tuple[float, float]:
    """Scale and offset that make the winner's score a chance."""
    score, jaccards = winners(contests, weights)
    right, scale, bias = jaccards > 0.88, 1.0, -float(score.mean())
    for _ in range(3000):
        error = 1 / (1 + np.exp(-np.clip(scale * score + bias, -30, 30))) - right
        scale, bias = scale - 0.1 * float((error * score).mean()), bias - 0.1 * float(error.mean())
    return scale, bias


def winners(contests: list[Contest], weights: Numbers) -> tuple[Numbers, Numbers]:
    """Score and Jaccard index of each picture's best candidate."""
    pairs = [(one.measures @ weights, one.jaccards) for one in contests if len(one.jaccards)]
    return np.array([s.max() for s, _ in pairs]), np.array([j[s.argmax()] for s, j in pairs])


def main() -> None:
    cv2.setNumThreads(1)
    folder = Path(sys.argv[1])
    learned = [*photographs(folder, "train"), *2 * list(trays(36))]
    weights, bias = fit(learned)
    for name, one in (("learned", learned), ("valid", list(photographs(folder, "valid")))):
        score, jaccards = winners(one, weights)
        sure = score + bias > np.log(9)
        print(f"{name}: mean {jaccards.mean():.3f}; sure {sure.mean():.0%} with mean {jaccards[sure].mean():.3f}")
    print(
        "".join(f'    "{name}": {weight:.3f},\n' for name, weight in zip(WEIGHTS, weights, strict=True)) + f"{bias:.3f}"
    )


if __name__ == "__main__":
    main()
