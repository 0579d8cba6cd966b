"""A document tray that is not there: what the camera above it would see, as pixels.

Everything on the tray is measured in millimetres from its upper left corner. A fixed camera sees the tray a little
from below (`QUAD`), on a matt dark ground with a fine grain, under light that falls off towards the corners; papers
throw a soft shadow, and may have curled. Frames are RGB, 4056 by 3040, as a 12 MP sensor gives them. All functions are
pure; the same scene gives the same pixels.
"""

from dataclasses import dataclass, field
from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt

from drivers.camera.bending import Lens, bend, each_pixel, lifted, raised, seen_through, to_paper, to_tray
from drivers.camera.visitors_hand import reached_into, shadowed

Frame = npt.NDArray[np.uint8]
Corners = npt.NDArray[np.float32]

STILL = (4056, 3040)
"""Width and height of a still in pixels."""
PREVIEW_SCALE = 4
"""A preview is smaller by this factor each way."""
TRAY_MM = (420.0, 315.0)
QUAD = ((0.004, 0.006), (0.996, 0.006), (1.008, 0.998), (-0.008, 0.998))
"""Where the tray's corners lie, as fractions of the frame, clockwise from top left."""

_GROUND = 40.0  # grey of the empty tray under the lamp
_PAPER = 0.9  # what white paper throws back
_BARE = 250  # of the side that nothing is printed on


@dataclass(frozen=True, slots=True)
class Lying:
    """A paper on the tray: its pixels, size and centre in mm, how far it is turned clockwise in degrees, how high its
    short ends have come up in mm, and whether its empty side is up.
    """

    pixels: Frame = field(repr=False)
    size_mm: tuple[float, float]
    centre_mm: tuple[float, float]
    degrees: float = 0.0
    curl_mm: float = 0.0
    face_down: bool = False

    @property
    def face(self) -> Frame:
        """The pixels (RGB) that are up."""
        return np.full_like(_rgb(self.pixels), _BARE) if self.face_down else _rgb(self.pixels)


@dataclass(frozen=True, slots=True)
class Air:
    """What lies between the papers and the pixels; the defaults are a good day."""

    light: float = 1.0  # of the lamp; .2 is too dark to read
    blur_px: float = 0.0  # sigma at full size
    motion_px: int = 0  # smear of a still, sideways
    glare: float = 0.0  # 1: a bright lamp mirrored in the middle of the frame
    noise: float = 2.0  # sigma in grey levels
    shadow: float = 0.0  # 1: somebody leans over the tray, and three quarters of the light are gone there


@dataclass(frozen=True, slots=True)
class Scene:
    """All that the camera sees; later papers lie upon earlier ones."""

    papers: tuple[Lying, ...] = ()
    air: Air = Air()
    seed: int = 0
    lens: Lens = (0.0, 0.0)
    hand: float = 0.0  # how far into the frame a hand reaches, as a share of its height


def corners_in_frame(paper: Lying, lens: Lens = (0.0, 0.0)) -> Corners:
    """The true corners in pixels of a still, from the paper's own upper left clockwise, shape (4, 2)."""
    wide, tall = paper.size_mm
    local = np.array([(-wide, -tall), (wide, -tall), (wide, tall), (-wide, tall)], np.float64) / 2
    on_tray = to_tray(local, paper.centre_mm, paper.degrees)
    if paper.curl_mm:
        on_tray = raised(on_tray, lifted(local, paper.size_mm, paper.curl_mm), TRAY_MM)
    corners = cv2.perspectiveTransform(on_tray[None], _tray_to_frame())[0]
    return np.asarray(seen_through(lens, corners, STILL) if lens != (0.0, 0.0) else corners, np.float32)


def render(scene: Scene) -> Frame:
    """The still that the camera would take. About a third of a second for one A4 paper."""
    return through_air(laid(scene), scene.air, scene.seed)


def laid(scene: Scene) -> Frame:
    """All that lies there, in good light and before a clear lens: what another air leaves as it is."""
    picture = _ground(scene.seed)
    for paper in scene.papers:
        picture = _lay_curled(picture, paper) if paper.curl_mm else _lay(picture, paper)
    if scene.hand > 0:
        picture = reached_into(picture, scene.hand, scene.seed)
    return bend(picture, scene.lens) if scene.lens != (0.0, 0.0) else picture


def small(still: Frame) -> Frame:
    """The preview of a still."""
    tall, wide = still.shape[:2]
    size = (max(1, wide // PREVIEW_SCALE), max(1, tall // PREVIEW_SCALE))
    return np.asarray(cv2.resize(still, size, interpolation=cv2.INTER_AREA), np.uint8)


def fitted(pixels: Frame) -> Frame:
    """Any picture within a still, whole, on black."""
    wide, tall = STILL
    scale = min(wide / pixels.shape[1], tall / pixels.shape[0])
    size = (max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale)))
    frame = np.zeros((tall, wide, 3), np.uint8)
    left, top = (wide - size[0]) // 2, (tall - size[1]) // 2
    frame[top : top + size[1], left : left + size[0]] = cv2.resize(pixels, size, interpolation=cv2.INTER_CUBIC)
    return frame


def grainy(frame: Frame, sigma: float, seed: int) -> Frame:
    """The frame with the sensor's noise upon it (a tile of noise, repeated: cheap and never seen)."""
    if sigma <= 0:
        return frame
    tile = _grain(sigma, seed)
    wide = frame.shape[1]
    strip = np.tile(tile, (1, wide // tile.shape[1] + 1, 1))[:, :wide]
    noisy = np.empty_like(frame)
    for top in range(0, len(frame), len(strip)):
        rows = frame[top : top + len(strip)]
        noisy[top : top + len(strip)] = cv2.add(rows, strip[: len(rows)], dtype=cv2.CV_8U)
    return noisy


@lru_cache(maxsize=8)
def _grain(sigma: float, seed: int) -> npt.NDArray[np.int16]:
    return np.round(np.random.default_rng(seed).normal(0, sigma, (509, 521, 3))).astype(np.int16)


@lru_cache(maxsize=1)
def _ground(seed: int) -> Frame:
    """The empty tray: grain of the lacquer, light falling off."""
    wide, tall = STILL
    rng = np.random.default_rng(seed)
    coarse = rng.normal(0, 1.2, (tall // 64 + 2, wide // 64 + 2)).astype(np.float32)
    grain = rng.normal(0, 2.2, (tall // 4, wide // 4)).astype(np.float32)
    shade = cv2.resize(coarse, STILL, interpolation=cv2.INTER_CUBIC) + cv2.resize(grain, STILL)
    grey = (_GROUND + shade) * _light()
    tint = np.array((0.98, 1.0, 1.03), np.float32)
    return np.asarray(np.clip(grey[:, :, None] * tint, 0, 255), np.uint8)


@lru_cache(maxsize=1)
def _light() -> npt.NDArray[np.float32]:
    """Share of the lamp's light in each pixel: 1 in the middle, a fifth less in the corners."""
    wide, tall = STILL
    x = np.linspace(-1, 1, wide, dtype=np.float32)[None, :]
    y = np.linspace(-1, 1, tall, dtype=np.float32)[:, None]
    return np.asarray(1 - 0.1 * (x * x + y * y), np.float32)


@lru_cache(maxsize=1)
def _tray_to_frame() -> npt.NDArray[np.float64]:
    wide, tall = TRAY_MM
    tray = np.array([(0, 0), (wide, 0), (wide, tall), (0, tall)], np.float32)
    frame = np.array(QUAD, np.float32) * np.array(STILL, np.float32)
    return np.asarray(cv2.getPerspectiveTransform(tray, frame), np.float64)


def _lay(picture: Frame, paper: Lying) -> Frame:
    """The picture with one more paper upon it, and the shadow that it throws."""
    corners = corners_in_frame(paper)
    cover = np.zeros(picture.shape[:2], np.uint8)
    cv2.fillConvexPoly(cover, np.round(corners * 16).astype(np.int32), 255, cv2.LINE_AA, 4)
    picture = _shadowed(picture, cover)
    left, top = np.maximum(np.floor(corners.min(axis=0)).astype(int) - 2, 0)
    right, bottom = np.ceil(corners.max(axis=0)).astype(int) + 3
    where = np.s_[top : min(bottom, STILL[1]), left : min(right, STILL[0])]
    room = picture[where]
    if room.size == 0:
        return picture
    tall, wide = paper.pixels.shape[:2]
    sheet = np.array([(0, 0), (wide, 0), (wide, tall), (0, tall)], np.float32)
    warp = cv2.getPerspectiveTransform(sheet, corners - np.array((left, top), np.float32))
    size = (room.shape[1], room.shape[0])
    seen = cv2.warpPerspective(paper.face, warp, size, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE)
    lit = cv2.multiply(seen, cv2.merge([_PAPER * _light()[where]] * 3), dtype=cv2.CV_8U)
    share = cover[where].astype(np.float32) / 255
    picture[where] = cv2.blendLinear(lit, room, share, 1 - share)
    return picture


def _lay_curled(picture: Frame, paper: Lying) -> Frame:
    """The same with a paper whose short ends have come up: its long sides are curves, and it is darker where it rises.

    The eye sees the ends nearer, so that all of it lies within its corners.
    """
    corners = corners_in_frame(paper)
    left, top = np.maximum(np.floor(corners.min(axis=0)).astype(int) - 2, 0)
    right, bottom = np.minimum(np.ceil(corners.max(axis=0)).astype(int) + 3, STILL)
    if right <= left or bottom <= top:
        return picture
    where = np.s_[top:bottom, left:right]
    local = each_pixel((left, top, right, bottom), lambda seen: _on_paper(paper, seen))
    half = np.array(paper.size_mm, np.float32) / 2
    per_mm = STILL[0] / TRAY_MM[0]
    share = np.clip((half - np.abs(local)).min(axis=2) * per_mm + 0.5, 0, 1).astype(np.float32)
    cover = np.zeros(picture.shape[:2], np.uint8)
    cover[where] = share * 255
    picture = _shadowed(picture, cover)
    sheet = _averaged(paper, per_mm)
    source = ((local / (2 * half) + 0.5) * np.array(sheet.shape[1::-1], np.float32) - 0.5).astype(np.float32)
    x, y = cv2.split(source)
    seen = cv2.remap(sheet, x, y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    steep = np.clip(np.abs(local[:, :, 0 if half[0] > half[1] else 1]) / half.max(), 0, 1)
    light = _PAPER * _light()[where] * (1 - 0.3 * min(1.0, paper.curl_mm / 25) * steep**2)
    lit = seen.astype(np.float32) * (light * share)[:, :, None]
    picture[where] = (lit + picture[where] * (1 - share)[:, :, None]).astype(np.uint8)
    return picture


def _on_paper(paper: Lying, seen: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """What of the paper, in mm from its middle, is seen at these places of a still."""
    inverse = np.linalg.inv(_tray_to_frame())
    flat = np.asarray(cv2.perspectiveTransform(seen.reshape(1, -1, 2), inverse).reshape(seen.shape), np.float64)
    on_tray = flat
    for _ in range(6):  # how high it is there depends on where it is: a fixed point, for the height is small
        local = to_paper(on_tray, paper.centre_mm, paper.degrees)
        on_tray = on_tray + flat - raised(on_tray, lifted(local, paper.size_mm, paper.curl_mm), TRAY_MM)
    return to_paper(on_tray, paper.centre_mm, paper.degrees)


def _averaged(paper: Lying, per_mm: float) -> Frame:
    """The sheet no finer than it is seen, so that small print does not flicker."""
    pixels = paper.face
    factor = max(1.0, pixels.shape[1] / paper.size_mm[0] / per_mm)
    size = (round(pixels.shape[1] / factor), round(pixels.shape[0] / factor))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def _shadowed(picture: Frame, cover: npt.NDArray[np.uint8]) -> Frame:
    """A soft shadow a millimetre or two below and to the right of what lies there."""
    wide, tall = STILL
    low = cv2.resize(cover, (wide // 8, tall // 8), interpolation=cv2.INTER_AREA)
    low = cv2.warpAffine(low, np.array([(1, 0, 1.5), (0, 1, 2.5)]), (wide // 8, tall // 8))
    dim = 1 - 0.45 * cv2.GaussianBlur(low, (0, 0), 2.5).astype(np.float32) / 255
    return np.asarray(cv2.multiply(picture, cv2.merge([cv2.resize(dim, STILL)] * 3), dtype=cv2.CV_8U), np.uint8)


def through_air(picture: Frame, air: Air, seed: int) -> Frame:
    """What the camera makes of all that lies there."""
    if air.shadow > 0:
        picture = shadowed(picture, air.shadow, seed)
    if air.light != 1:
        picture = np.asarray(cv2.convertScaleAbs(picture, alpha=air.light), np.uint8)
    if air.blur_px > 0:
        picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), air.blur_px), np.uint8)
    if air.motion_px > 1:
        smear = np.full((1, air.motion_px), 1 / air.motion_px, np.float32)
        picture = np.asarray(cv2.filter2D(picture, -1, smear), np.uint8)
    if air.glare > 0:
        picture = _dazzled(picture, air.glare)
    return grainy(picture, air.noise, seed)


def _dazzled(picture: Frame, strength: float) -> Frame:
    """The lamp mirrored in glossy paper: a burnt-out patch with a soft rim."""
    wide, tall = STILL
    patch = np.zeros((tall // 8, wide // 8), np.float32)
    cv2.ellipse(patch, (wide // 16, tall // 16), (60, 36), 20, 0, 360, 400.0 * strength, -1)
    bright = cv2.resize(cv2.GaussianBlur(patch, (0, 0), 9), STILL)
    return np.asarray(cv2.add(picture, cv2.merge([bright] * 3), dtype=cv2.CV_8U), np.uint8)


def _rgb(pixels: Frame) -> Frame:
    """Any picture (grey, with alpha) as RGB."""
    if pixels.ndim == 2:
        return np.repeat(pixels[:, :, None], 3, axis=2)
    return pixels[:, :, :3] if pixels.shape[2] >= 3 else np.repeat(pixels[:, :, :1], 3, axis=2)
