"""What bends straight lines: the camera's lens, and a paper whose ends have curled up.

Both are small and smooth, so they are calculated on a coarse grid, and where each pixel comes from is interpolated.
"""

import math
from collections.abc import Callable

import cv2
import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]
"""Shape (..., 2): x and y."""
Lens = tuple[float, float]
"""k1 and k2: what lies at the distance r from the frame's middle, in half diagonals, is seen at r (1 + k1 r^2 + k2
r^4). Negative numbers make a barrel.
"""

CAMERA_MM = 450.0
"""How high the lens is above the tray's middle."""

_GRID = 16
_ROUNDS = 12


def seen_through(lens: Lens, points: Points, size: tuple[int, int]) -> Points:
    """Where the lens shows these points of a frame of (width, height) pixels."""
    middle = np.array(size, np.float64) / 2
    off = (points - middle) / np.linalg.norm(middle)
    square = (off * off).sum(axis=-1, keepdims=True)
    return np.asarray(middle + off * (1 + lens[0] * square + lens[1] * square**2) * np.linalg.norm(middle))


def straight_through(lens: Lens, points: Points, size: tuple[int, int]) -> Points:
    """The way back."""
    straight = points.astype(np.float64)
    for _ in range(_ROUNDS):
        straight = straight + points - seen_through(lens, straight, size)
    return straight


def bend(picture: npt.NDArray[np.uint8], lens: Lens) -> npt.NDArray[np.uint8]:
    """The whole frame as the lens shows it; what it sees beyond the picture's edge goes on as the edge is."""
    size = (picture.shape[1], picture.shape[0])
    source = each_pixel((0, 0, *size), lambda seen: straight_through(lens, seen, size))
    x, y = cv2.split(source)
    bent = cv2.remap(picture, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(bent, np.uint8)


def each_pixel(box: tuple[int, int, int, int], where: Callable[[Points], Points]) -> npt.NDArray[np.float32]:
    """`where` of each pixel's (x, y) in the box left, top, right, bottom; smooth, so asked on a grid only."""
    left, top, right, bottom = box
    across = np.arange((right - left) // _GRID + 3, dtype=np.float64) - 1
    down = np.arange((bottom - top) // _GRID + 3, dtype=np.float64) - 1
    nodes = np.stack(np.meshgrid(across, down), axis=-1) * _GRID + (_GRID - 1) / 2 + (left, top)
    coarse = where(nodes).astype(np.float32)
    fine = cv2.resize(coarse, (len(across) * _GRID, len(down) * _GRID), interpolation=cv2.INTER_LINEAR)
    return np.ascontiguousarray(fine[_GRID : _GRID + bottom - top, _GRID : _GRID + right - left], np.float32)


def lifted(local: Points, size_mm: tuple[float, float], curl_mm: float) -> npt.NDArray[np.float64]:
    """How high a curled paper is at these places, in mm from its middle: its short ends have come up."""
    along = 0 if size_mm[0] > size_mm[1] else 1
    share = np.clip(np.abs(local[..., along]) / (size_mm[along] / 2), 0, 1.2)
    return np.asarray(curl_mm * share**2)


def raised(on_tray: Points, height: npt.NDArray[np.float64], tray_mm: tuple[float, float]) -> Points:
    """Where on the tray's plane the camera sees what lies so high above these places."""
    middle = np.array(tray_mm, np.float64) / 2
    return np.asarray(middle + (on_tray - middle) * (CAMERA_MM / (CAMERA_MM - height))[..., None])


def to_tray(local: Points, centre_mm: tuple[float, float], degrees: float) -> Points:
    """From mm round the paper's middle to mm on the tray."""
    turn = math.radians(degrees)
    rotate = np.array([(math.cos(turn), math.sin(turn)), (-math.sin(turn), math.cos(turn))])
    return np.asarray(local @ rotate + np.array(centre_mm))


def to_paper(on_tray: Points, centre_mm: tuple[float, float], degrees: float) -> Points:
    """The way back."""
    turn = math.radians(-degrees)
    rotate = np.array([(math.cos(turn), math.sin(turn)), (-math.sin(turn), math.cos(turn))])
    return np.asarray((on_tray - np.array(centre_mm)) @ rotate)
