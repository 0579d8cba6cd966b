"""One example made into many: turned, mirrored, nearer, slanted, in other light, of another colour, softer, noisier."""

import cv2
import numpy as np
import numpy.typing as npt

from tests.training.grounds import waves
from tests.training.scenes import Example

_BORDERS = (cv2.BORDER_REPLICATE, cv2.BORDER_CONSTANT, cv2.BORDER_REFLECT_101)
Floats = npt.NDArray[np.float32]


def varied(rng: np.random.Generator, example: Example, side: int) -> tuple[Floats, Floats | None]:
    """A picture (side, side, 3), RGB from 0 to 1, and its page's corners in pixels."""
    matrix, corners = _seen_from_elsewhere(rng, example, side)
    border = _BORDERS[int(rng.choice(3, p=(0.4, 0.3, 0.3)))]
    paint = tuple(float(part) for part in rng.uniform(0, 255, 3))
    shrunk = example.pixels if rng.random() < 0.5 else cv2.GaussianBlur(example.pixels, (0, 0), rng.uniform(0.4, 1.0))
    seen = cv2.warpPerspective(
        shrunk, matrix, (side, side), flags=cv2.INTER_LINEAR, borderMode=border, borderValue=paint
    )
    return _in_other_light(rng, np.asarray(seen.astype(np.float32) / 255, np.float32)), corners


def _seen_from_elsewhere(
    rng: np.random.Generator, example: Example, side: int
) -> tuple[npt.NDArray[np.float64], Floats | None]:
    """A view that leaves the page in the picture, nearly always."""
    own = example.pixels.shape[0]
    unit = np.array([(0, 0), (1, 0), (1, 1), (0, 1)], np.float32)
    matrix: npt.NDArray[np.float64] = np.eye(3)
    corners = None
    for attempt in range(12):
        turn = rng.normal(0, 10) if rng.random() < 0.75 else rng.uniform(0, 360)
        shape = np.exp(rng.normal(0, 0.08, 2)) * np.exp(rng.uniform(-0.35, 0.35))
        around = cv2.getRotationMatrix2D((0.5, 0.5), turn, 1.0)
        goal = (unit + rng.normal(0, 0.04, (4, 2)) - 0.5) * shape + 0.5
        about = cv2.transform(goal[None].astype(np.float32), around)[0] + rng.normal(0, 0.05, 2)
        goal = np.roll(np.asarray(about, np.float64), int(rng.integers(4)), axis=0)
        if rng.random() < 0.5:
            goal = goal[[1, 0, 3, 2]]
        matrix = np.asarray(cv2.getPerspectiveTransform(unit * own, (goal * side).astype(np.float32)), np.float64)
        if example.corners is None:
            return matrix, None
        corners = np.asarray(cv2.perspectiveTransform(example.corners[None], matrix)[0], np.float32)
        slack = 0.01 * side if attempt < 10 else 0.2 * side
        if ((corners > -slack) & (corners < side + slack)).all():
            break
    return matrix, corners


def _in_other_light(rng: np.random.Generator, picture: Floats) -> Floats:
    side = picture.shape[0]
    if rng.random() < 0.15:
        picture = picture[:, :, rng.permutation(3)]
    grey = picture.mean(axis=2, keepdims=True)
    colourful = rng.uniform(0, 1.6) if rng.random() < 0.4 else 1.0
    picture = grey + (picture - grey) * colourful
    picture = np.clip(picture, 0, 1) ** np.exp(rng.normal(0, 0.3))
    picture = picture * (np.exp(rng.normal(-0.05, 0.2)) * np.exp(rng.normal(0, 0.08, 3)))
    level = picture.mean()
    picture = level + (picture - level) * np.exp(rng.normal(0, 0.2))
    if rng.random() < 0.25:
        picture = (
            picture * np.clip(1 + rng.uniform(0, 0.3) * waves(rng, side, rng.uniform(1, 3), 2), 0.2, 2)[:, :, None]
        )
    if rng.random() < 0.2:
        picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.4, 1.6)), np.float32)
    if rng.random() < 0.3:
        picture = picture + rng.standard_normal(picture.shape).astype(np.float32) * rng.uniform(0, 0.06)
    return np.ascontiguousarray(np.clip(picture, 0, 1), np.float32)
