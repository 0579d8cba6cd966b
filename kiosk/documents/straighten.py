"""From a quadrilateral in a frame to the flat page, at its real size.

The camera is fixed above the tray, so where the tray's rectangle lies in the frame is known once and for all
(`TrayGeometry`). That turns the corners of a page into millimetres, a page near a usual format gets exactly that
format, and the resolution that is asked for is one of the paper, not of the camera.
"""

from dataclasses import dataclass, field

import cv2
import numpy as np
import numpy.typing as npt

from kiosk.documents.pixels import Corners, Floats, Pixels

MM_PER_INCH = 25.4
FORMATS_MM = ((210.0, 297.0), (148.0, 210.0), (182.0, 257.0), (215.9, 279.4), (85.6, 54.0))
"""A4, A5, B5, letter and a card; each also on its side."""

_NEAR = 0.025  # a side that differs by no more than this share is a format's side
_MOST_PIXELS = 40_000_000


@dataclass(frozen=True, slots=True)
class TrayGeometry:
    """The tray's size, and its corners as fractions of the frame, from upper left clockwise."""

    width_mm: float = 420.0
    height_mm: float = 315.0
    quad: tuple[tuple[float, float], ...] = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))

    def to_millimetres(self, corners: Corners, frame_size: tuple[int, int]) -> Floats:
        """Points of a frame of (width, height) pixels, on the tray in mm."""
        wide, tall = self.width_mm, self.height_mm
        tray = np.array([(0, 0), (wide, 0), (wide, tall), (0, tall)], np.float32)
        frame = np.array(self.quad, np.float32) * np.array(frame_size, np.float32)
        matrix = cv2.getPerspectiveTransform(frame, tray)
        return np.asarray(cv2.perspectiveTransform(corners[None].astype(np.float32), matrix)[0], np.float32)


@dataclass(frozen=True, slots=True)
class FlatPage:
    """A straightened page."""

    pixels: Pixels = field(repr=False)
    dpi: int
    size_mm: tuple[float, float]


def page_size(corners_mm: Floats) -> tuple[float, float]:
    """Width and height in mm of four corners on the tray; a usual format where it is near one."""
    side = np.linalg.norm(np.roll(corners_mm, -1, axis=0) - corners_mm, axis=1)
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
    target = np.array([(0, 0), (size[0], 0), size, (0, size[1])], np.float32) - 0.5
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), target)
    flat = cv2.warpPerspective(frame, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return FlatPage(np.asarray(flat, np.uint8), dpi, (wide, tall))


def turned(page: FlatPage, quarter_turns: int) -> FlatPage:
    """The page turned clockwise by quarters."""
    pixels: npt.NDArray[np.uint8] = np.ascontiguousarray(np.rot90(page.pixels, -quarter_turns))
    size = page.size_mm if quarter_turns % 2 == 0 else (page.size_mm[1], page.size_mm[0])
    return FlatPage(pixels, page.dpi, size)
