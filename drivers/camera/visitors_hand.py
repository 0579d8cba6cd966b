"""What a visitor brings over the tray without meaning to: a hand, and the shadow of head and shoulders.

Where exactly, and whose hand, follows from a seed, so that the same scene is the same picture.
"""

import cv2
import numpy as np
import numpy.typing as npt

Frame = npt.NDArray[np.uint8]

_LOW = 8  # drawn smaller by this factor: nothing here has a sharp edge
_SKINS = ((224, 178, 150), (205, 152, 118), (186, 132, 98), (150, 104, 76))
_SHARP = 4  # a hand has an edge


def shadowed(picture: Frame, strength: float, seed: int) -> Frame:
    """The shadow of somebody who leans over the tray from the lower side: 1 takes three quarters of the light."""
    tall, wide = picture.shape[:2]
    low = np.zeros((tall // _LOW, wide // _LOW), np.float32)
    rng = np.random.default_rng((seed, 1))
    x, reach = rng.uniform(0.3, 0.7) * low.shape[1], rng.uniform(0.45, 0.6) * low.shape[0]
    head = (round(x), round(low.shape[0] - reach))
    cv2.ellipse(low, head, (low.shape[1] // 9, low.shape[0] // 6), 0, 0, 360, 1.0, -1)
    shoulders = (round(x), low.shape[0] + low.shape[0] // 10)
    cv2.ellipse(low, shoulders, (low.shape[1] // 3, round(reach * 0.75)), 0, 0, 360, 1.0, -1)
    dim = 1 - 0.75 * strength * cv2.resize(cv2.GaussianBlur(low, (0, 0), low.shape[0] / 42), (wide, tall))
    return np.asarray(cv2.multiply(picture, cv2.merge([dim] * 3), dtype=cv2.CV_8U), np.uint8)


def reached_into(picture: Frame, reach: float, seed: int) -> Frame:
    """A hand with its fingers spread, from the lower side as far as `reach` of the frame's height."""
    tall, wide = picture.shape[:2]
    rng = np.random.default_rng((seed, 2))
    skin = np.array(_SKINS[int(rng.integers(len(_SKINS)))], np.float32)
    size = (wide // _SHARP, tall // _SHARP)
    cover = np.zeros((size[1], size[0]), np.uint8)
    unit = size[1] / 100  # a hundredth of the height is 3 mm
    root = np.array((rng.uniform(0.35, 0.65) * size[0], size[1] * (1 - reach) + 38 * unit))
    tilt = rng.uniform(-0.25, 0.25)
    down = root + np.array((-np.sin(tilt), np.cos(tilt))) * 2 * size[1]
    _limb(cover, root, down, 17 * unit)
    _limb(cover, root, root + np.array((np.sin(tilt), -np.cos(tilt))) * 12 * unit, 24 * unit)
    for number, (spread, long) in enumerate(((-0.62, 24), (-0.22, 36), (0.02, 38), (0.24, 35), (0.48, 28))):
        away = tilt + spread
        start = root + np.array((np.sin(away), -np.cos(away))) * 8 * unit
        tip = root + np.array((np.sin(away), -np.cos(away))) * long * unit
        _limb(cover, start, tip, (6.5 if number else 7.5) * unit)
    share = cv2.resize(cv2.GaussianBlur(cover, (0, 0), 1.0), (wide, tall)).astype(np.float32)[:, :, None] / 255
    shade = cv2.resize(cv2.GaussianBlur(cover, (0, 0), 6 * unit), (wide, tall)).astype(np.float32)[:, :, None] / 255
    round_skin = skin * (0.55 + 0.4 * shade)
    dark = picture * (1 - 0.5 * shade)
    return np.asarray(dark * (1 - share) + round_skin * share, np.float32).clip(0, 255).astype(np.uint8)


def _limb(
    cover: npt.NDArray[np.uint8], start: npt.NDArray[np.float64], end: npt.NDArray[np.float64], thick: float
) -> None:
    one, other = ((round(float(x) * 16), round(float(y) * 16)) for x, y in (start, end))
    cv2.line(cover, one, other, 255, max(1, round(thick)), cv2.LINE_AA, 4)
