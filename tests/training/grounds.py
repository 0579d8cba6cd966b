"""What papers may lie on, painted by formulas: wood, cloth, stone, tiles, clutter, the tray, a desk as white as paper.

Nothing here is meant to look good. It is meant to differ from picture to picture in everything that does not make a
page a page, so that a network which learns from it cannot lean on any of that.
"""

from collections.abc import Callable

import cv2
import numpy as np
import numpy.typing as npt

Picture = npt.NDArray[np.float32]
"""RGB, 0 to 1, shape (height, width, 3)."""
Map = npt.NDArray[np.float32]


def ground(rng: np.random.Generator, side: int) -> Picture:
    """A square of some ground."""
    painter = _PAINTERS[int(rng.choice(len(_PAINTERS), p=_OFTEN))]
    picture = painter(rng, side)
    if rng.random() < 0.3:
        picture = cluttered(rng, picture, int(rng.integers(1, 7)))
    return np.clip(picture, 0, 1).astype(np.float32)


def waves(rng: np.random.Generator, side: int, coarsest: float, octaves: int = 5, lean: float = 1.0) -> Map:
    """Noise of several scales, mean 0, deviation 1; `lean` stretches it sideways."""
    total = np.zeros((side, side), np.float32)
    for octave in range(octaves):
        cells = coarsest * 2**octave
        tall, wide = max(2, int(cells * lean**0.5)), max(2, int(cells / lean**0.5))
        noise = rng.standard_normal((min(tall, side) + 1, min(wide, side) + 1)).astype(np.float32)
        total += cv2.resize(noise, (side, side), interpolation=cv2.INTER_CUBIC) * rng.uniform(0.4, 0.8) ** octave
    return np.asarray((total - total.mean()) / (total.std() + 1e-6), np.float32)


def colour(rng: np.random.Generator, darkest: float = 0.03, lightest: float = 1.0) -> Map:
    """Any colour, pale ones more often than gaudy ones."""
    grey = rng.uniform(darkest, lightest)
    gaudy = rng.beta(1.0, 3.0) * (1 if rng.random() < 0.85 else 3)
    return np.clip(grey * (1 + gaudy * rng.uniform(-1, 1, 3)), 0, 1).astype(np.float32)


def turned(rng: np.random.Generator, picture: Picture) -> Picture:
    """A middle part of a picture of twice the size needed, turned by any angle and at any scale."""
    side = picture.shape[0]
    matrix = cv2.getRotationMatrix2D((side / 2, side / 2), rng.uniform(0, 360), rng.uniform(0.75, 1.6))
    return cv2.warpAffine(picture, matrix, (side, side), borderMode=cv2.BORDER_REFLECT).astype(np.float32)


def _mixed(rng: np.random.Generator, share: Map, near: float) -> Picture:
    """Two colours, the second like the first where `near` is small, mixed by a map around 0."""
    first = colour(rng)
    second = np.clip(first + near * rng.uniform(-1, 1, 3), 0, 1)
    part = 1 / (1 + np.exp(-rng.uniform(0.6, 6) * share))
    return np.asarray(first + (second - first) * part[:, :, None], np.float32)


def _plain(rng: np.random.Generator, side: int) -> Picture:
    return colour(rng) + (rng.uniform(0, 0.03) * waves(rng, side, 3))[:, :, None]


def _white(rng: np.random.Generator, side: int) -> Picture:
    """A white desk, a sheet of glass, marble."""
    tone = 1 + rng.uniform(-0.05, 0.05, 3)
    veins = np.exp(-np.abs(waves(rng, side, 2)) * 8) * rng.uniform(0, 0.15)
    return np.asarray(rng.uniform(0.6, 0.97) * tone - veins[:, :, None], np.float32)


def _tray(rng: np.random.Generator, side: int) -> Picture:
    """Matt and dark, with the grain of its lacquer."""
    grain = rng.standard_normal((side, side)).astype(np.float32) * rng.uniform(0, 0.02)
    tone = 1 + rng.uniform(-0.06, 0.06, 3)
    return np.asarray((rng.uniform(0.06, 0.28) + grain[:, :, None]) * tone, np.float32)


def _blotched(rng: np.random.Generator, side: int) -> Picture:
    """Stone, carpet, grass, leaves."""
    return _mixed(rng, waves(rng, side, rng.uniform(2, 40), 6), rng.uniform(0.1, 0.7))


def _wood(rng: np.random.Generator, side: int) -> Picture:
    rings = waves(rng, side, 3, 6, rng.uniform(10, 50))
    picture = _mixed(rng, np.sin(rings * rng.uniform(1, 5)).astype(np.float32), rng.uniform(0.05, 0.35))
    if rng.random() < 0.5:
        seam = int(rng.integers(side // 8, side // 2))
        picture[int(rng.integers(0, seam)) :: seam] *= rng.uniform(0.3, 0.8)
    warm = np.array((1.05, 0.9, 0.7), np.float32) if rng.random() < 0.7 else np.ones(3, np.float32)
    return turned(rng, picture * warm)


def _cloth(rng: np.random.Generator, side: int) -> Picture:
    y, x = np.mgrid[:side, :side].astype(np.float32)
    pitch = rng.uniform(2.5, 12)
    weave = np.sin(x * 2 * np.pi / pitch) * np.sin(y * 2 * np.pi / pitch) + 0.5 * waves(rng, side, 4, 5)
    return turned(rng, _mixed(rng, weave.astype(np.float32), rng.uniform(0.1, 0.5)))


def _striped(rng: np.random.Generator, side: int) -> Picture:
    """Stripes, checks, tiles with joints."""
    cell = int(rng.integers(10, side // 2))
    y, x = np.mgrid[:side, :side]
    odd = ((x // cell) + (0 if rng.random() < 0.3 else 1) * (y // cell)) % 2
    picture = _mixed(rng, (odd * 2.0 - 1).astype(np.float32), rng.uniform(0, 0.8))
    if rng.random() < 0.6:
        joint = max(1, cell // int(rng.integers(8, 40)))
        picture[((x % cell) < joint) | ((y % cell) < joint)] = colour(rng)
    return turned(rng, picture + (rng.uniform(0, 0.05) * waves(rng, side, 4))[:, :, None])


def _in_fields(rng: np.random.Generator, side: int) -> Picture:
    """A few large fields with straight edges: a table's end, a wall, a floor."""
    picture = _PAINTERS[int(rng.integers(0, 5))](rng, side)
    for _ in range(int(rng.integers(1, 4))):
        other = _PAINTERS[int(rng.integers(0, 5))](rng, side)
        angle, offset = rng.uniform(0, 2 * np.pi), rng.uniform(-0.4, 0.4) * side
        y, x = np.mgrid[:side, :side] - side / 2
        beyond = np.clip(x * np.cos(angle) + y * np.sin(angle) - offset, 0, 1)
        picture = picture + (other - picture) * beyond[:, :, None]
    return np.asarray(picture, np.float32)


_PAINTERS: tuple[Callable[[np.random.Generator, int], Picture], ...] = (
    _plain, _white, _blotched, _wood, _cloth, _striped, _tray, _in_fields,
)  # fmt: skip
_OFTEN = (0.10, 0.14, 0.16, 0.15, 0.10, 0.09, 0.12, 0.14)


def cluttered(rng: np.random.Generator, picture: Picture, things: int) -> Picture:
    """With pens, cables, cups, keys, pictures lying about."""
    side = picture.shape[0]
    for _ in range(things):
        over = picture.copy()
        at = rng.uniform(0, side, 2)
        paint = tuple(float(part) for part in colour(rng))
        match int(rng.integers(0, 5)):
            case 0:
                axes = (int(rng.uniform(3, side / 6)), int(rng.uniform(3, side / 6)))
                cv2.ellipse(over, (int(at[0]), int(at[1])), axes, rng.uniform(0, 180), 0, 360, paint, -1, cv2.LINE_AA)
            case 1:
                way = np.cumsum(rng.normal(0, side / 10, (12, 2)), axis=0) + at
                thick = int(rng.integers(1, 8))
                cv2.polylines(over, [way.astype(np.int32)], False, paint, thick, cv2.LINE_AA)
            case 2:
                end = at + rng.uniform(-side / 2, side / 2, 2)
                ends = [(int(x), int(y)) for x, y in (at, end)]
                cv2.line(over, ends[0], ends[1], paint, int(rng.integers(2, 14)), cv2.LINE_AA)
            case 3:
                _keys(rng, over)
            case _:
                size = rng.uniform(side / 20, side / 4, 2)
                box = cv2.boxPoints(((at[0], at[1]), (size[0], size[1]), rng.uniform(0, 90)))
                cv2.fillConvexPoly(over, box.astype(np.int32), paint, cv2.LINE_AA)
        picture = over
    return picture


def _keys(rng: np.random.Generator, picture: Picture) -> None:
    """A keyboard, or a grid of any boxes."""
    side = picture.shape[0]
    left, top = (int(value) for value in rng.uniform(-side / 4, side, 2))
    size, paint = int(rng.integers(8, 30)), tuple(float(part) for part in colour(rng))
    for row in range(4):
        for column in range(10):
            x, y = left + column * size, top + row * size
            cv2.rectangle(picture, (x, y), (x + size * 4 // 5, y + size * 4 // 5), paint, -1)
