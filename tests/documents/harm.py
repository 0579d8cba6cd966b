"""What can go wrong between a paper and its picture, each as one kind with one strength: the tray's own `Air` knows
light, blur, smear sideways, mirrored lamp and noise; here are a lens out of focus, a smear at any angle, shadows, light
that is mirrored anywhere, thumbs, and papers that are pale, pencilled, tinted or empty.

Everything works on a rendered still whose truth is known; lengths are pixels of the still, a pixel is about 0.1 mm.
"""

import math
from dataclasses import dataclass

import cv2
import numpy as np

from drivers.camera.tray import Corners, Frame, grainy

SKINS = ((224, 180, 150), (198, 146, 112), (150, 100, 72), (235, 198, 175))
"""Skin under a white lamp, RGB."""


@dataclass(frozen=True, slots=True)
class Harm:
    """One kind of harm; `seed` chooses place, angle, skin."""

    kind: str
    strength: float
    seed: int = 0


def harmed(still: Frame, corners: Corners, harm: Harm) -> Frame:
    """The still with that harm done to it; `corners` are those of the paper."""
    rng = np.random.default_rng([harm.seed, len(harm.kind)])
    match harm.kind:
        case "blur":
            return np.asarray(cv2.GaussianBlur(still, (0, 0), harm.strength), np.uint8)
        case "defocus":
            return _filtered(still, _disc(harm.strength))
        case "motion":
            return smeared(still, harm.strength, rng.uniform(0, 180))
        case "dark":
            dim = cv2.convertScaleAbs(still, alpha=harm.strength)
            return grainy(np.asarray(dim, np.uint8), 2.0, harm.seed + 1)
        case "noise":
            return grainy(still, harm.strength, harm.seed + 1)
        case "shadow":
            return _shadow(still, corners, harm.strength, rng)
        case "glare":
            return _glare(still, corners, harm.strength, rng)
        case "finger":
            return finger(still, corners, harm.strength, rng)
        case _:
            raise ValueError(harm.kind)


def pale(paper: Frame, contrast: float) -> Frame:
    """Print as faint as a worn ribbon: `contrast` of what it was."""
    return np.asarray(cv2.convertScaleAbs(paper, alpha=contrast, beta=252 * (1 - contrast)), np.uint8)


def pencilled(paper: Frame, seed: int = 0) -> Frame:
    """As if written with a soft pencil: grey, and broken by the grain of the paper."""
    rng = np.random.default_rng(seed)
    tall, wide = paper.shape[:2]
    grain = cv2.resize(rng.uniform(0.25, 0.75, (tall // 3 + 1, wide // 3 + 1)).astype(np.float32), (wide, tall))
    ink = 255.0 - cv2.cvtColor(paper, cv2.COLOR_RGB2GRAY).astype(np.float32)
    return np.repeat((254 - ink * grain).clip(0, 255).astype(np.uint8)[:, :, None], 3, axis=2)


def tinted(paper: Frame, tint: tuple[int, int, int]) -> Frame:
    """The same print on coloured paper."""
    return (paper.astype(np.uint16) * np.array(tint, np.uint16) // 255).astype(np.uint8)


def smeared(still: Frame, length: float, degrees: float) -> Frame:
    """As if the paper moved so far while it was photographed, clockwise from the right."""
    return _filtered(still, _line(length, degrees))


def _filtered(still: Frame, kernel: Frame | np.ndarray) -> Frame:
    return np.asarray(cv2.filter2D(still, -1, kernel), np.uint8)


def _disc(radius: float) -> np.ndarray:
    """What a point becomes out of focus."""
    reach = math.ceil(radius) + 1
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    kernel = np.clip(radius + 0.5 - np.hypot(x, y), 0, 1)
    return np.asarray(kernel / kernel.sum(), np.float32)


def _line(length: float, degrees: float) -> np.ndarray:
    """What a point becomes while it moves."""
    side = 2 * (math.ceil(length / 2) + 2) + 1
    kernel = np.zeros((side, side), np.float32)
    reach = np.array((math.cos(math.radians(degrees)), math.sin(math.radians(degrees)))) * length / 2
    for share in np.linspace(-1, 1, 8 * side):
        x, y = reach * share + side // 2
        left, top = math.floor(x), math.floor(y)
        for dx, dy in ((0, 0), (1, 0), (0, 1), (1, 1)):
            kernel[top + dy, left + dx] += (1 - abs(x - left - dx)) * (1 - abs(y - top - dy))
    return np.asarray(kernel / kernel.sum(), np.float32)


def _shadow(still: Frame, corners: Corners, light: float, rng: np.random.Generator) -> Frame:
    """Somebody's head between the lamp and a third to two thirds of the paper; `light` is what is left there."""
    low = np.ones((still.shape[0] // 8, still.shape[1] // 8), np.float32)
    angle = rng.uniform(0, 2 * math.pi)
    towards = np.array((math.cos(angle), math.sin(angle)))
    along = corners @ towards
    edge = along.min() + (along.max() - along.min()) * rng.uniform(0.35, 0.65)
    y, x = np.mgrid[: low.shape[0], : low.shape[1]]
    low[(x * towards[0] + y * towards[1]) * 8 > edge] = light
    soft = cv2.resize(cv2.GaussianBlur(low, (0, 0), 12), (still.shape[1], still.shape[0]))
    dim = np.asarray(cv2.multiply(still, cv2.merge([soft] * 3), dtype=cv2.CV_8U), np.uint8)
    return grainy(dim, 1.5, 3)


def _glare(still: Frame, corners: Corners, across: float, rng: np.random.Generator) -> Frame:
    """A lamp mirrored somewhere on the paper, `across` pixels wide."""
    left, top = corners.min(axis=0)
    right, bottom = corners.max(axis=0)
    at = (rng.uniform(left + 0.3 * (right - left), right - 0.3 * (right - left)),
          rng.uniform(top + 0.2 * (bottom - top), bottom - 0.2 * (bottom - top)))  # fmt: skip
    low = np.zeros((still.shape[0] // 8, still.shape[1] // 8), np.float32)
    centre = (round(at[0] / 8), round(at[1] / 8))
    axes = (max(2, round(across / 16)), max(2, round(across * rng.uniform(0.4, 1.0) / 16)))
    cv2.ellipse(low, centre, axes, rng.uniform(0, 180), 0, 360, 330.0, -1)
    bright = cv2.resize(cv2.GaussianBlur(low, (0, 0), 4), (still.shape[1], still.shape[0]))
    return np.asarray(cv2.add(still, cv2.merge([bright] * 3), dtype=cv2.CV_8U), np.uint8)


def finger(still: Frame, corners: Corners, inward: float, rng: np.random.Generator) -> Frame:
    """A thumb that reaches `inward` pixels over the paper's edge, and the hand that it belongs to."""
    side = int(rng.integers(4))
    start, end = corners[side], corners[(side + 1) % 4]
    at = start + (end - start) * rng.uniform(0.3, 0.7)
    normal = np.array((-(end - start)[1], (end - start)[0])) / np.linalg.norm(end - start)  # into the paper
    lean = rng.uniform(-0.4, 0.4)
    normal = np.array(
        (
            normal[0] * math.cos(lean) - normal[1] * math.sin(lean),
            normal[0] * math.sin(lean) + normal[1] * math.cos(lean),
        )
    )
    width = rng.uniform(160, 210)
    tip = at + normal * (inward - width / 2)
    knuckle = at - normal * 320
    wrist = at - normal * 1400
    cover = np.zeros(still.shape[:2], np.uint8)
    for first, second, thick in ((tip, knuckle, width), (knuckle, wrist, 620)):
        cv2.line(cover, _point(first), _point(second), 255, round(thick), cv2.LINE_AA)
    soft = cv2.resize(cover, (still.shape[1] // 8, still.shape[0] // 8), interpolation=cv2.INTER_AREA)
    rounded = cv2.GaussianBlur(soft, (0, 0), 9).astype(np.float32) / 255  # lighter in the middle: it is round
    shade = cv2.resize(0.55 + 0.45 * rounded, (still.shape[1], still.shape[0]))
    skin = np.array(SKINS[int(rng.integers(len(SKINS)))], np.float32) * 0.9
    below = cv2.warpAffine(soft, np.array([(1, 0, 2.0), (0, 1, 3.0)]), (soft.shape[1], soft.shape[0]))
    dim = 1 - 0.4 * cv2.resize(cv2.GaussianBlur(below, (0, 0), 3), (still.shape[1], still.shape[0])) / 255
    picture = still.astype(np.float32) * dim[:, :, None]
    share = cover[:, :, None].astype(np.float32) / 255
    blended = picture * (1 - share) + skin * shade[:, :, None] * share
    return grainy(blended.clip(0, 255).astype(np.uint8), 1.5, 5)


def _point(at: np.ndarray) -> tuple[int, int]:
    return (round(float(at[0])), round(float(at[1])))
