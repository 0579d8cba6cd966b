"""Where the tray lies in the frame and how the lens bends it, from one photograph of a sheet of known squares.

The sheet is a ChArUco board on A4: every corner of its chessboard can be told by the markers around it, so that it may
lie anywhere and any way round. A plane that is seen through a lens is a homography and two numbers (k1, k2); for each
pair of numbers the best homography follows at once, so only the pair is sought, by Gauss and Newton.

The tray's rectangle is laid so that its middle is what the frame's middle shows and its upper side runs as the frame's
does: no length depends on where it is laid, and so nobody has to lay the sheet exactly.
"""

from dataclasses import dataclass, field

import cv2
import numpy as np

from kiosk.documents.pixels import Floats, Pixels, as_grey
from kiosk.documents.straighten import MM_PER_INCH, TrayGeometry

SQUARES = (12, 17)
SQUARE_MM, MARKER_MM = 15.0, 11.0
RULER_MM = 100.0
"""What the ruler under the squares says; a printer that fits pages to its paper makes it another length."""

_A4 = (210.0, 297.0)
_TOP_MM = 12.0
_LEAST = 40  # corners of the 176: fewer say too little about the lens
_STEADY = 0.003  # how much k2 is held back, where the sheet covers too little of the frame to tell
_STEP = 1e-4
_DETECT = 2600  # long side in pixels at which markers are sought; corners are fitted at full size


@dataclass(frozen=True, slots=True)
class Sighting:
    """Corners of the sheet: in pixels of a frame of `size`, and in mm on the sheet."""

    pixels: Floats = field(repr=False)
    millimetres: Floats = field(repr=False)
    size: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Calibration:
    """What was found, how far corners lie from where it says (pixels, root mean square), and on how many it rests."""

    geometry: TrayGeometry
    error_px: float
    corners: int


SHEET_DPI = 254
"""At which a square is exactly 150 pixels wide."""


def draw_sheet(dpi: int = SHEET_DPI) -> Pixels:
    """The A4 sheet to be printed at 100 %, RGB."""

    def px(millimetres: float) -> int:
        return round(millimetres / MM_PER_INCH * dpi)

    sheet = np.full((px(_A4[1]), px(_A4[0])), 255, np.uint8)
    size = (px(SQUARES[0] * SQUARE_MM), px(SQUARES[1] * SQUARE_MM))
    left, top = (sheet.shape[1] - size[0]) // 2, px(_TOP_MM)
    sheet[top : top + size[1], left : left + size[0]] = _board().generateImage(size)
    line = top + size[1] + px(8)
    cv2.rectangle(sheet, (left, line), (left + px(RULER_MM), line + px(0.5)), 0, -1)
    for end in (left, left + px(RULER_MM)):
        cv2.rectangle(sheet, (end - px(0.15), line - px(2)), (end + px(0.15), line + px(2.5)), 0, -1)
    words = f"Print at 100 %: this line is {RULER_MM:.0f} mm long, else say --ruler MM"
    cv2.putText(
        sheet, words, (left, line + px(8)), cv2.FONT_HERSHEY_SIMPLEX, dpi / 300, 0, max(1, dpi // 150), cv2.LINE_AA
    )
    return np.repeat(sheet[:, :, None], 3, axis=2)


def find_sheet(frame: Pixels) -> Sighting | None:
    """The sheet in a frame, None where too little of it is seen."""
    grey = as_grey(frame)
    scale = min(1.0, _DETECT / max(grey.shape))
    low = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else grey
    corners, ids, _, _ = cv2.aruco.CharucoDetector(_board()).detectBoard(np.asarray(low, np.uint8))
    if ids is None or len(ids) < _LEAST:  # type: ignore[redundant-expr]  # None where no marker is seen
        return None
    wide, tall = grey.shape[1] / low.shape[1], grey.shape[0] / low.shape[0]
    rough = ((corners.reshape(-1, 2) + 0.5) * (wide, tall) - 0.5).astype(np.float32)
    half = max(3, round(SQUARE_MM * _pixels_per_mm(rough, ids) / 6))
    ends = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 30, 0.01)
    exact = cv2.cornerSubPix(grey, rough.reshape(-1, 1, 2).copy(), (half, half), (-1, -1), ends)
    known = np.asarray(_board().getChessboardCorners(), np.float32)[ids.ravel(), :2]
    return Sighting(np.asarray(exact.reshape(-1, 2), np.float32), known, (grey.shape[1], grey.shape[0]))


def calibrate(seen: Sighting, tray_mm: tuple[float, float], ruler_mm: float = RULER_MM) -> Calibration:
    """The geometry of a tray of this size, on which the sheet lies; `ruler_mm` is how long its ruler really is."""
    known = seen.millimetres * (ruler_mm / RULER_MM)
    lens = np.zeros(2)
    for _ in range(12):
        here = _residuals(lens, seen, known)
        slopes = np.stack([(_residuals(lens + step, seen, known) - here) / _STEP for step in np.eye(2) * _STEP], axis=1)
        change = np.linalg.lstsq(slopes, -here, rcond=None)[0]
        lens = np.clip(lens + change, -0.4, 0.4)
        if np.abs(change).max() < 1e-6:
            break
    geometry = TrayGeometry(*tray_mm, lens=(float(lens[0]), float(lens[1])))
    error = _residuals(lens, seen, known)[:-1]
    quad = _tray_in_frame(geometry, seen, known)
    laid = TrayGeometry(*tray_mm, quad, geometry.lens)
    return Calibration(laid, float(np.sqrt((error**2).mean() * 2)), len(known))


def deviation(geometry: TrayGeometry, seen: Sighting, ruler_mm: float = RULER_MM) -> float:
    """By how many mm at most a corner of the sheet lies elsewhere than this geometry says, however the sheet lies."""
    known = seen.millimetres.astype(np.float64) * (ruler_mm / RULER_MM)
    told = geometry.to_millimetres(seen.pixels, seen.size).astype(np.float64)
    one, other = known - known.mean(axis=0), told - told.mean(axis=0)
    left, _, right = np.linalg.svd(one.T @ other)
    turn = left @ np.diag([1.0, np.linalg.det(left @ right)]) @ right
    return float(np.linalg.norm(one @ turn - other, axis=1).max())


def _board() -> "cv2.aruco.CharucoBoard":
    markers = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_5X5_250)
    return cv2.aruco.CharucoBoard(SQUARES, SQUARE_MM, MARKER_MM, markers)


def _pixels_per_mm(points: Floats, ids: np.ndarray) -> float:
    known = np.asarray(_board().getChessboardCorners(), np.float32)[ids.ravel(), :2]
    return float(np.linalg.norm(np.ptp(points, axis=0))) / max(1.0, float(np.linalg.norm(np.ptp(known, axis=0))))


def _plane(lens: np.ndarray, seen: Sighting, known: Floats) -> np.ndarray:
    """The homography from mm on the sheet to the frame without its distortion."""
    straight = TrayGeometry(lens=(float(lens[0]), float(lens[1]))).unbent(seen.pixels, seen.size)
    return np.asarray(cv2.findHomography(known, straight, 0)[0], np.float64)


def _residuals(lens: np.ndarray, seen: Sighting, known: Floats) -> np.ndarray:
    """How far corners lie from where they should, in pixels; the last one holds k2 back."""
    flat = cv2.perspectiveTransform(known[None].astype(np.float64), _plane(lens, seen, known))[0]
    told = TrayGeometry(lens=(float(lens[0]), float(lens[1]))).bent(flat.astype(np.float32), seen.size)
    off = (told.astype(np.float64) - seen.pixels).ravel()
    return np.append(off, _STEADY * float(np.linalg.norm(seen.size)) * lens[1])


def _tray_in_frame(geometry: TrayGeometry, seen: Sighting, known: Floats) -> tuple[tuple[float, float], ...]:
    """Corners of the tray's rectangle as fractions of the frame, as the lens shows them."""
    plane = _plane(np.array(geometry.lens), seen, known)
    wide, tall = seen.size
    level = np.array([[(wide / 2, tall / 2), (wide / 2 + 1, tall / 2), (wide / 2, tall / 2 + 1)]], np.float64)
    middle, right, below = cv2.perspectiveTransform(level, np.linalg.inv(plane))[0]
    across = (right - middle) / np.linalg.norm(right - middle)
    down = np.array((-across[1], across[0]))
    down *= np.sign(down @ (below - middle))
    half = np.array((geometry.width_mm, geometry.height_mm)) / 2
    corners = [middle + x * half[0] * across + y * half[1] * down for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    flat = cv2.perspectiveTransform(np.array(corners)[None], plane)[0]
    shown = geometry.bent(flat.astype(np.float32), seen.size) / np.array(seen.size, np.float32)
    return tuple((float(x), float(y)) for x, y in shown)
