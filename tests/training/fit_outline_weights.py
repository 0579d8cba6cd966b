"""Fit the weights of `kiosk.documents.rank` anew: `python -m tests.training.fit_outline_weights FOLDER`.

Learned from are pictures that the network has not learned from: the photographs held out of the split "train" (each
also in two variations), rendered scenes of another seed, the rendered tray. First all candidates of a picture compete:
the softmax over their scores is drawn towards those with the largest Jaccard index. Then, of the winners as the finder
fits them to the full picture, a logistic says how likely it is that they share nine tenths with the page; how well it
says so is measured by fitting it on four fifths of the pictures and asking it about the last. Prints the table for
`rank.py`; takes some minutes. The split "valid" is not looked at.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from drivers.bench.papers import Kind
from drivers.camera.simulator import read_picture
from drivers.camera.tray import Air, Scene, corners_in_frame, render
from kiosk.documents.find import Found, Look, candidates, fitted_to, looked, looked_again
from kiosk.documents.rank import FITTED, Weights, features
from kiosk.documents.reduced import reduced
from kiosk.documents.sides import support
from tests.documents.trays import Numbers, jaccard, lying
from tests.training.examples import photographs
from tests.training.scenes import Example, scenes
from tests.training.variations import varied

_RIGHT = 0.9


@dataclass(frozen=True, slots=True)
class Contest:
    """A picture's candidates, their measures and their Jaccard indices (0 where there is no page)."""

    example: Example
    look: Look
    quads: npt.NDArray[np.float32]
    measures: Numbers
    jaccards: Numbers


@dataclass(frozen=True, slots=True)
class Winner:
    """What the finder answers: its measures, and its Jaccard index."""

    measures: Numbers
    jaccard: float


def pictures(folder: Path) -> Iterator[Example]:
    """What is learned from."""
    rng = np.random.default_rng(5)
    for photograph in photographs(folder, "held out"):
        pixels = read_picture(photograph.file)
        example = Example(pixels, photograph.corners * np.float32(pixels.shape[0]))
        yield example
        for _ in range(2):
            other, corners = varied(rng, example, 640)
            yield Example(np.rint(other * 255).astype(np.uint8), corners)
    yield from scenes(120, 11, side=640)
    yield from _trays(12)


def _trays(number: int) -> Iterator[Example]:
    rng = np.random.default_rng(3)
    for index in range(number):
        whole = index % 2 == 0
        scale, turn = (1.0, rng.uniform(-1, 1)) if whole else (rng.uniform(0.4, 0.7), rng.uniform(-90, 90))
        paper = lying(list(Kind)[index % len(Kind)], (rng.uniform(140, 280), 157), turn, scale)
        air = Air(light=rng.uniform(0.4, 1), blur_px=float(rng.choice([0, 0, 2])))
        yield Example(render(Scene((paper,), air, index)), corners_in_frame(paper))


def contest(example: Example) -> Contest:
    look = looked_again(looked(reduced(example.pixels)))
    quads = candidates(look)
    measures = features(look.at.lab, quads, support(look.at.lab, quads), look.seen).astype(np.float64)
    jaccards = np.array([_shared(example, (quad + 0.5) * look.at.factor - 0.5) for quad in quads])
    return Contest(example, look, quads, measures, jaccards)


def winner(one: Contest, weights: Weights) -> Winner:
    """The best candidate, fitted."""
    index = int(np.argmax(one.measures @ weights.ranking))
    best = Found(one.quads[index], one.measures[index].astype(np.float32), (0, 0, 0, 0), framed=False)
    found = fitted_to(one.look, best, weights)
    shared = _shared(one.example, (found.quad + 0.5) * one.look.at.factor - 0.5)
    return Winner(found.measured.astype(np.float64), shared)


def _shared(example: Example, quad: npt.NDArray[np.float32]) -> float:
    return 0.0 if example.corners is None else jaccard(example.corners, quad)


def ranked(contests: list[Contest]) -> Numbers:
    """Weights of the ranking, by Adam."""
    learned = [one for one in contests if len(one.jaccards) and one.jaccards.max() > 0.85]
    spread = np.concatenate([one.measures for one in learned]).std(axis=0) + 1e-6
    targets = [np.exp(40 * (one.jaccards - one.jaccards.max())) for one in learned]
    weights, mean, square = np.zeros(len(spread)), np.zeros(len(spread)), np.zeros(len(spread))
    for round_ in range(1, 401):
        slope = 2e-3 * weights
        for one, target in zip(learned, targets, strict=True):
            points = one.measures / spread @ weights
            share = np.exp(points - points.max())
            slope += (one.measures / spread).T @ (share / share.sum() - target / target.sum()) / len(learned)
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        weights -= 0.05 * mean / (1 - 0.9**round_) / (np.sqrt(square / (1 - 0.999**round_)) + 1e-8)
    return np.asarray(weights / spread, np.float64)


def sure(winners: list[Winner]) -> tuple[Numbers, float]:
    """Weights and bias of the chance, by Newton's steps, held short."""
    rows = np.array([one.measures for one in winners])
    right = np.array([one.jaccard > _RIGHT for one in winners])
    middle, spread = rows.mean(axis=0), rows.std(axis=0) + 0.02
    scaled = np.column_stack(((rows - middle) / spread, np.ones(len(rows))))
    held = np.diag([*[3.0] * rows.shape[1], 1e-3])
    weights = np.zeros(scaled.shape[1])
    for _ in range(30):
        said = 1 / (1 + np.exp(-np.clip(scaled @ weights, -30, 30)))
        bend = (scaled * (said * (1 - said))[:, None]).T @ scaled + held
        weights -= np.linalg.solve(bend, scaled.T @ (said - right) + held @ weights)
    return weights[:-1] / spread, float(weights[-1] - (weights[:-1] / spread * middle).sum())


def told(winners: list[Winner]) -> None:
    """How well the chance is said of pictures that it was not fitted on."""
    said, shared = np.zeros(len(winners)), np.array([one.jaccard for one in winners])
    for part in range(5):
        weights, bias = sure([one for index, one in enumerate(winners) if index % 5 != part])
        for index in range(part, len(winners), 5):
            said[index] = 1 / (1 + np.exp(-np.clip(winners[index].measures @ weights + bias, -30, 30)))
    print(f"{len(winners)} winners, mean {shared.mean():.4f}, right {(shared > _RIGHT).mean():.1%}")
    for bound in (0.5, 0.8, 0.9, 0.95, 0.98, 0.99):
        above = said >= bound
        wrong = (shared[above] <= _RIGHT).sum()
        print(f"  from {bound}: {above.mean():.1%} answered, mean {shared[above].mean():.4f}, {wrong} of them wrong")


def fit(contests: list[Contest]) -> None:
    best = [one.jaccards.max(initial=0) for one in contests]
    print(f"{len(contests)} pictures, mean of the best candidates {np.mean(best):.4f}")
    ranking = ranked(contests)
    trial = Weights(ranking.astype(np.float32), np.zeros(len(ranking), np.float32), -30.0)
    winners = [winner(one, trial) for one in contests if len(one.quads)]
    told(winners)
    chance, bias = sure(winners)
    for name, first, second in zip(FITTED, ranking, chance, strict=True):
        print(f'    "{name}": ({first:.3f}, {second:.3f}),')
    print(f"_BIAS = {bias:.3f}")


def main() -> None:
    cv2.setNumThreads(1)
    fit([contest(example) for example in pictures(Path(sys.argv[1]))])


if __name__ == "__main__":
    main()
