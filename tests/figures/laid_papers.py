"""Pictures whose corners are known, for the figures of the page finder: trays with bent papers under a bent lens, and
scenes of all kinds that nothing was learned from.
"""

from collections.abc import Callable, Iterator

import cv2
import numpy as np
import numpy.typing as npt

from drivers.bench.papers import SIZES_MM, Kind
from drivers.camera.tray import Air, Corners, Frame, Scene, corners_in_frame, render
from tests.documents.trays import lying
from tests.training.scenes import Example, scenes

_COARSE = 16  # pixels to a node of what is calculated coarsely


def trays(number: int, seed: int = 101) -> Iterator[Example]:
    """The terminal's tray: any paper anywhere on it, curled, through a lens that bends, with a shadow across."""
    rng = np.random.default_rng(seed)
    for index in range(number):
        kind = list(Kind)[index % len(Kind)]
        small = kind in SIZES_MM  # of receipts and cards there is one size
        scale = 1.0 if small or index % 3 else rng.uniform(0.4, 0.7)
        whole = scale == 1.0 and not small
        turn = rng.uniform(-2, 2) if whole else rng.uniform(-40, 40)
        paper = lying(kind, (rng.uniform(135, 285), rng.uniform(154, 160)), turn, scale)
        air = Air(light=rng.uniform(0.45, 1), blur_px=float(rng.choice([0, 0, 1.5])), noise=rng.uniform(1, 5))
        corners = corners_in_frame(paper)
        frame = _curled(render(Scene((paper,), air, index)), corners, rng.uniform(-0.012, 0.012, 4))
        frame, corners = _through_lens(frame, corners, rng.uniform(-0.05, 0.03))
        yield Example(_shadowed(frame, rng), corners)


def anything(number: int, seed: int = 102) -> Iterator[Example]:
    """Papers, cards, receipts on any ground, and no paper at all."""
    yield from scenes(number, seed, side=640)


def _curled(frame: Frame, corners: Corners, bows: npt.NDArray[np.float64]) -> Frame:
    """The frame with the paper's sides bowed by these shares of its size; its corners stay."""
    unit = np.array([(0, 0), (1, 0), (1, 1), (0, 1)], np.float32)
    to_frame = cv2.getPerspectiveTransform(unit, corners)

    def bowed(points: Corners) -> Corners:
        on_paper = cv2.perspectiveTransform(points[None], np.linalg.inv(to_frame))[0]
        u, v = np.clip(on_paper, 0, 1).T
        shift_u = np.sin(np.pi * v) * (bows[0] * (1 - u) + bows[1] * u)
        shift_v = np.sin(np.pi * u) * (bows[2] * (1 - v) + bows[3] * v)
        moved = on_paper + np.stack((shift_u, shift_v), axis=1)
        return np.asarray(cv2.perspectiveTransform(moved[None].astype(np.float32), to_frame)[0], np.float32)

    return _from_elsewhere(frame, bowed)


def _through_lens(frame: Frame, corners: Corners, bend: float) -> tuple[Frame, Corners]:
    """As a lens shows it that moves the frame's corners by the share `bend`."""
    middle = np.array((frame.shape[1], frame.shape[0]), np.float32) / 2
    reach = float(np.linalg.norm(middle))

    def straight(points: Corners) -> Corners:
        off = points - middle
        square = (off * off).sum(axis=1, keepdims=True) / reach**2
        return np.asarray(middle + off * (1 + bend * square), np.float32)

    seen = corners.copy()
    for _ in range(20):
        seen = seen + corners - straight(seen)
    return _from_elsewhere(frame, straight), seen


def _from_elsewhere(frame: Frame, source: Callable[[Corners], Corners]) -> Frame:
    """Each pixel from where `source` says, which is asked on a coarse grid."""
    tall, wide = frame.shape[0] // _COARSE + 2, frame.shape[1] // _COARSE + 2
    y, x = np.mgrid[:tall, :wide].astype(np.float32)
    nodes = np.stack((x, y), axis=2).reshape(-1, 2) * _COARSE + (_COARSE - 1) / 2
    coarse = source(nodes.astype(np.float32)).reshape(tall, wide, 2)
    fine = np.asarray(cv2.resize(coarse, (wide * _COARSE, tall * _COARSE)), np.float32)
    fine = fine[: frame.shape[0], : frame.shape[1]]
    border = cv2.BORDER_REPLICATE
    return np.asarray(cv2.remap(frame, fine[:, :, 0], fine[:, :, 1], cv2.INTER_LINEAR, borderMode=border), np.uint8)


def _shadowed(frame: Frame, rng: np.random.Generator) -> Frame:
    """Somebody leans over the tray."""
    tall, wide = frame.shape[0] // 8, frame.shape[1] // 8
    shape = np.zeros((tall, wide), np.float32)
    points = (rng.uniform(0, 1, 2) + rng.uniform(-0.5, 0.5, (5, 2))) * (wide, tall)
    cv2.fillConvexPoly(shape, cv2.convexHull(points.astype(np.int32)), rng.uniform(0.1, 0.55))
    dim = 1 - cv2.GaussianBlur(shape, (0, 0), rng.uniform(2, 30))
    whole = cv2.resize(dim, (frame.shape[1], frame.shape[0]))
    return np.asarray(cv2.multiply(frame, cv2.merge([whole] * 3), dtype=cv2.CV_8U), np.uint8)
