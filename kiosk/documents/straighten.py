"""From a quadrilateral in a frame to the flat page, at its real size.

The camera is fixed above the tray, so where the tray's rectangle lies in the frame is known once and for all
(`TrayGeometry`), and so is how its lens bends straight lines. That turns the corners of a page into millimetres, a page
near a usual format gets exactly that format, and the resolution that is asked for is one of the paper, not of the
camera.

Perspective and lens are put right by one resampling: where each pixel of the page lies in the frame is calculated on a
coarse grid, in between it is interpolated (off by less than a hundredth of a pixel). A page that is to be judged only
is resampled at 200 dpi by linear interpolation, one that is kept at the camera's own resolution by cubic.
"""

from dataclasses import dataclass, field
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from kiosk.documents.pixels import Corners, Floats, Pixels
from kiosk.documents.quads import NEXT

MM_PER_INCH = 25.4
CARD_MM = (85.6, 54.0)
FORMATS_MM = ((210.0, 297.0), (148.0, 210.0), (182.0, 257.0), (215.9, 279.4), CARD_MM)
"""A4, A5, B5, letter and a card; each also on its side."""

_NEAR = 0.025  # a side that differs by no more than this share is a format's side
_CARD_OFF = 4.0  # mm by which a card's side may be measured wrongly
_MOST_PIXELS = 40_000_000
_TOGETHER: Any = None  # x and y come in one map: the library takes it so, its published types do not
_GRID = 32  # pixels between places that are calculated
_FINE = 0.9  # of the camera's own resolution: below that a page is made smaller, and linear is as good as cubic


@dataclass(frozen=True, slots=True)
class TrayGeometry:
    """The tray's size, and its corners as fractions of the frame, from upper left clockwise.

    `lens` is the radial distortion (k1, k2): a point at the distance r from the frame's middle, in half diagonals, is
    seen at r * (1 + k1 r^2 + k2 r^4).
    """

    width_mm: float = 420.0
    height_mm: float = 315.0
    quad: tuple[tuple[float, float], ...] = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
    lens: tuple[float, float] = (0.0, 0.0)

    def to_millimetres(self, corners: Corners, frame_size: tuple[int, int]) -> Floats:
        """Points of a frame of (width, height) pixels, on the tray in mm."""
        wide, tall = self.width_mm, self.height_mm
        tray = np.array([(0, 0), (wide, 0), (wide, tall), (0, tall)], np.float32)
        frame = np.array(self.quad, np.float32) * np.array(frame_size, np.float32)
        matrix = cv2.getPerspectiveTransform(self.unbent(frame, frame_size), tray)
        straight = self.unbent(corners, frame_size)
        return np.asarray(cv2.perspectiveTransform(straight[None], matrix)[0], np.float32)

    def bent(self, points: Floats, frame_size: tuple[int, int]) -> Floats:
        """Where the lens shows the points (..., 2) of a frame without distortion."""
        if self.lens == (0.0, 0.0):
            return points.astype(np.float32)
        middle, reach = _middle(frame_size)
        off = (points - middle) / reach
        square = (off * off).sum(axis=-1, keepdims=True)
        swollen = 1 + self.lens[0] * square + self.lens[1] * square * square
        return np.asarray(middle + off * swollen * reach, np.float32)

    def unbent(self, points: Floats, frame_size: tuple[int, int]) -> Floats:
        """The way back."""
        if self.lens == (0.0, 0.0):
            return points.astype(np.float32)
        straight = points.astype(np.float32)
        for _ in range(12):  # a fixed point: the distortion is small
            straight = np.asarray(straight + points - self.bent(straight, frame_size), np.float32)
        return straight


def _middle(frame_size: tuple[int, int]) -> tuple[Floats, float]:
    size = np.array(frame_size, np.float32)
    return np.asarray(size / 2, np.float32), float(np.linalg.norm(size)) / 2


@dataclass(frozen=True, slots=True)
class FlatPage:
    """A straightened page."""

    pixels: Pixels = field(repr=False)
    dpi: int
    size_mm: tuple[float, float]


def is_card(size_mm: tuple[float, float]) -> bool:
    """Whether a page is as large as a card, lying or standing."""
    long, short = max(size_mm), min(size_mm)
    return abs(long - CARD_MM[0]) <= _CARD_OFF and abs(short - CARD_MM[1]) <= _CARD_OFF


def page_size(corners_mm: Floats) -> tuple[float, float]:
    """Width and height in mm of four corners on the tray; a usual format where it is near one."""
    side = np.linalg.norm(corners_mm[NEXT] - corners_mm, axis=1)
    wide, tall = float(side[0] + side[2]) / 2, float(side[1] + side[3]) / 2
    for short, long in FORMATS_MM:
        for one, other in ((short, long), (long, short)):
            if abs(wide / one - 1) < _NEAR and abs(tall / other - 1) < _NEAR:
                return one, other
    return wide, tall


def straighten(frame: Pixels, corners: Corners, geometry: TrayGeometry, most_dpi: int = 300) -> FlatPage:
    """The page flat and upright as it lies, at the frame's own resolution or `most_dpi`, whichever is less."""
    tall_px, wide_px = frame.shape[:2]
    wide, tall = page_size(geometry.to_millimetres(corners, (wide_px, tall_px)))
    wide, tall = max(wide, 5.0), max(tall, 5.0)
    area_px = float(cv2.contourArea(corners.astype(np.float32)))
    own_dpi = MM_PER_INCH * (area_px / (wide * tall)) ** 0.5
    largest = MM_PER_INCH * (_MOST_PIXELS / (wide * tall)) ** 0.5
    dpi = max(1, round(min(most_dpi, own_dpi, largest)))
    size = (max(1, round(wide * dpi / MM_PER_INCH)), max(1, round(tall * dpi / MM_PER_INCH)))
    where = _where(size, corners, geometry, (wide_px, tall_px))
    how = cv2.INTER_LINEAR if dpi < _FINE * own_dpi else cv2.INTER_CUBIC
    flat = cv2.remap(frame, where, _TOGETHER, how, borderMode=cv2.BORDER_REPLICATE)
    return FlatPage(np.asarray(flat, np.uint8), dpi, (wide, tall))


def _where(size: tuple[int, int], corners: Corners, geometry: TrayGeometry, frame_size: tuple[int, int]) -> Floats:
    """Where in the frame each pixel of a page of this size lies, shape (height, width, 2)."""
    target = np.array([(0, 0), (size[0], 0), size, (0, size[1])], np.float32) - 0.5
    straight = geometry.unbent(corners, frame_size)
    matrix = cv2.getPerspectiveTransform(target, straight)
    across, down = (np.arange(-1, length // _GRID + 2, dtype=np.float32) for length in size)
    nodes = np.stack(np.meshgrid(across, down), axis=-1) * _GRID + (_GRID - 1) / 2  # the middles of squares of pixels
    seen = cv2.perspectiveTransform(nodes.reshape(1, -1, 2), matrix).reshape(nodes.shape)
    bent = geometry.bent(np.asarray(seen, np.float32), frame_size)
    fine = cv2.resize(bent, (len(across) * _GRID, len(down) * _GRID), interpolation=cv2.INTER_LINEAR)
    return np.ascontiguousarray(fine[_GRID : _GRID + size[1], _GRID : _GRID + size[0]], dtype=np.float32)


def turned(page: FlatPage, quarter_turns: int) -> FlatPage:
    """The page turned clockwise by quarters."""
    pixels: npt.NDArray[np.uint8] = np.ascontiguousarray(np.rot90(page.pixels, -quarter_turns))
    size = page.size_mm if quarter_turns % 2 == 0 else (page.size_mm[1], page.size_mm[0])
    return FlatPage(pixels, page.dpi, size)
