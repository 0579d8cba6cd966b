"""How much a quadrilateral looks like the outline of a page, by measures of its sides, colours and shape and by how
far the network agrees; and how likely it is, after all, that the best one is right.

The weights are fitted, not chosen (`tests/training/fit_outline_weights.py`), on pictures that the network has not
learned from: photographs of the training split of "document-segmentation-v2" (Roboflow Universe, CC BY 4.0) and
rendered ones. They know nothing of our tray's dark ground: what a weak side means there is `judge.judge_outline`'s
business.
"""

from dataclasses import dataclass, field

import numpy as np

from kiosk.documents.network import Maps, agreement
from kiosk.documents.pixels import Floats, Pixels
from kiosk.documents.quads import NEXT, PREVIOUS, areas
from kiosk.documents.sides import Support, compared, outward_normals

FITTED = {
    "weakest side": (0.125, -0.154),
    "second side": (0.328, 1.259),
    "mean side": (2.319, 3.528),
    "weakest contrast": (-0.440, -0.335),
    "mean contrast": (0.159, 1.016),
    "area, by its root": (2.167, 2.344),
    "area": (3.970, 2.468),
    "framed sides": (-1.137, -0.458),
    "spread inside": (-0.033, 0.189),
    "spread outside": (-0.400, 0.654),
    "lighter than outside": (0.112, -0.294),
    "colour inside": (-0.777, 0.167),
    "slant": (0.022, -0.474),
    "unequal sides": (-5.083, -6.088),
    "runs on": (-2.434, -3.114),
    "weakest side squared": (0.665, 0.181),
    "lighter than the rest": (-1.234, 0.222),
    "spread within": (-1.935, 0.117),
    "shared with the network's page": (4.021, 1.483),
    "shared, to the fourth": (5.780, 3.501),
    "least likely corner": (0.281, 3.997),
    "likeliness of corners": (5.934, 3.349),
    "vagueness": (0.000, -0.044),
}
"""Of each measure, in the order in which `features` gives them: its weight in the ranking, and in the chance."""
_BIAS = -9.122
_RUNS_ON = list(FITTED).index("runs on")
_AT_ONCE = 24


@dataclass(frozen=True, slots=True)
class Weights:
    """Of the measures: in the ranking of candidates, and in the chance of the best one."""

    ranking: Floats = field(repr=False)
    chance: Floats = field(repr=False)
    bias: float


def _fitted() -> Weights:
    ranking, chance = np.array(list(FITTED.values()), np.float32).T
    return Weights(ranking.copy(), chance.copy(), _BIAS)


WEIGHTS = _fitted()


def score(measured: Floats, weights: Weights = WEIGHTS) -> Floats:
    """The higher, the more like a page: of each row of `features`, or of one."""
    return np.asarray(measured @ weights.ranking, np.float32)


def chance(measured: Floats, weights: Weights = WEIGHTS) -> float:
    """How likely it is, from 0 to 1, that a winner with these measures shares nine tenths with the page."""
    logit = float(measured @ weights.chance) + weights.bias
    return float(1 / (1 + np.exp(-np.clip(logit, -30, 30))))


def winner(lab: Pixels, quads: Floats, seen: Support, said: Maps, weights: Weights = WEIGHTS) -> tuple[int, Floats]:
    """Which of the quadrilaterals has the highest score, and its measures.

    How far sides run on takes as long to measure as all else together and is only ever taken from a score, so it is
    measured of those alone that can still win.
    """
    measured = _but_running_on(lab, quads, seen, said)
    hopes = score(measured, weights)
    order = np.argsort(-hopes, kind="stable")
    best, highest = 0, -np.inf
    for begin in range(0, len(order), _AT_ONCE):
        some = order[begin : begin + _AT_ONCE]
        if hopes[some[0]] <= highest:
            break
        measured[some, _RUNS_ON] = _running_on(lab, quads[some])
        scores = score(measured[some], weights)
        if scores.max() > highest:
            best, highest = int(some[np.argmax(scores)]), float(scores.max())
    return best, measured[best]


def features(lab: Pixels, quads: Floats, seen: Support, said: Maps) -> Floats:
    """The measures of `FITTED`, shape (K, 23), each of the order of one."""
    measured = _but_running_on(lab, quads, seen, said)
    measured[:, _RUNS_ON] = _running_on(lab, quads)
    return measured


def _but_running_on(lab: Pixels, quads: Floats, seen: Support, said: Maps) -> Floats:
    """All but one of them, which is nothing here."""
    tall, wide = lab.shape[:2]
    run = quads[:, NEXT] - quads
    length = np.maximum(np.linalg.norm(run, axis=2), 1e-3)
    cosine = (run * run[:, PREVIOUS]).sum(axis=2) / (length * length[:, PREVIOUS])
    unequal = np.abs(np.log(length[:, :2] / length[:, 2:])).mean(axis=1)
    share = np.sort(np.where(seen.framed > 0.5, 0.6, seen.share), axis=1)
    area = areas(quads) / (wide * tall)
    contrast = np.minimum(seen.contrast, 60) / 60
    inside, outside = seen.inside.mean(axis=1), seen.outside.mean(axis=1)
    within, flat = _within(lab, quads)
    agreed = agreement(said, np.asarray((quads + 0.5) / (wide, tall), np.float32))
    vague = ((said.page > 50) & (said.page < 205)).sum() / max(1, (said.page >= 128).sum())
    return np.stack(
        (
            share[:, 0], share[:, 1], share.mean(axis=1), contrast.min(axis=1), contrast.mean(axis=1),
            np.sqrt(area), area, (seen.framed > 0.5).sum(axis=1),
            np.linalg.norm(seen.inside - inside[:, None], axis=2).mean(axis=1) / 40,
            np.linalg.norm(seen.outside - outside[:, None], axis=2).mean(axis=1) / 40,
            (inside[:, 0] - outside[:, 0]) / 60,
            np.hypot(inside[:, 1] - 128, inside[:, 2] - 128) / 40,
            np.abs(cosine).max(axis=1), unequal, np.zeros(len(quads)), share[:, 0] ** 2,
            (within - float(lab[::8, ::8, 0].mean())) / 60, flat / 40,
            agreed[:, 0], agreed[:, 0] ** 4, agreed[:, 1], agreed[:, 2], np.full(len(quads), min(vague, 2.0)),
        ),
        axis=1,
    ).astype(np.float32)  # fmt: skip


def _running_on(lab: Pixels, quads: Floats) -> Floats:
    """How far the sides go on beyond the corners: those of a page end there, those of a table or a board do not."""
    start, end = quads, quads[:, NEXT]
    beyond, outward = 0.2 * (end - start), outward_normals(quads)
    twice = np.concatenate((start - beyond, end)), np.concatenate((start, end + beyond))
    share = compared(lab, *twice, np.concatenate((outward, outward))).share.mean(axis=1)
    return np.asarray((share[: len(quads)] + share[len(quads) :]) / 2, np.float32)


def _within(lab: Pixels, quads: Floats) -> tuple[Floats, Floats]:
    """Mean and spread of lightness over a grid within each quadrilateral."""
    u, v = (part.ravel()[None, :, None] for part in np.meshgrid(np.linspace(0.12, 0.88, 9), np.linspace(0.12, 0.88, 9)))
    a, b, c, d = (quads[:, index][:, None] for index in range(4))
    points = a * (1 - u) * (1 - v) + b * u * (1 - v) + c * u * v + d * (1 - u) * v
    x = np.clip(np.rint(points[:, :, 0]), 0, lab.shape[1] - 1).astype(np.int32)
    y = np.clip(np.rint(points[:, :, 1]), 0, lab.shape[0] - 1).astype(np.int32)
    lightness = lab[y, x, 0].astype(np.float32)
    return lightness.mean(axis=1), lightness.std(axis=1)
