"""What thresholds tell of a frame: what is light, what is unlike the ground, what is paper-like (light and pale).

On the tray everything but paper is dark, so these masks also tell how much is covered and what lies beside the page.
"""

import cv2
import numpy as np

from kiosk.documents.pixels import Corners, Floats, Grey, Pixels
from kiosk.documents.quads import LEAST, around, clockwise


def light_and_covering(lab: Pixels) -> tuple[Grey, Grey]:
    """What is lighter than the ground, and what is unlike it; each closed over print. The ground is what the frame's
    rim shows most of.
    """
    parts = (lab[:6], lab[-6:], lab[:, :6], lab[:, -6:])
    rim = np.concatenate([part.reshape(-1, 3)[::4] for part in parts]).astype(np.float32)  # a fourth says as much
    ground = np.median(rim, axis=0)
    # the sum ends at 255, which is farther from any ground than any threshold
    lightness, redness, yellowness = cv2.split(cv2.absdiff(lab, np.array((*ground, 0.0))))
    unlike = np.asarray(cv2.convertScaleAbs(cv2.add(cv2.add(lightness, redness), yellowness), alpha=0.8), np.uint8)
    noise = float(np.median(np.abs(rim - ground))) * 6 + 14
    return _mask(np.asarray(cv2.extractChannel(lab, 0), np.uint8), float(ground[0]) * 0.5 + 20), _mask(unlike, noise)


def paper_like(lab: Pixels) -> Grey:
    """What is light and pale."""
    colour = cv2.absdiff(lab, np.array((0.0, 128.0, 128.0, 0.0)))
    return _mask(np.asarray(cv2.transform(colour, np.array([(1.0, -1.2, -1.2)], np.float32)), np.uint8), 30.0)


def _mask(eight: Grey, floor: float) -> Grey:
    cut, _ = cv2.threshold(eight, 0, 255, cv2.THRESH_OTSU)
    _, mask = cv2.threshold(eight, min(254.0, max(cut, floor)), 255, cv2.THRESH_BINARY)
    closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))
    return np.asarray(cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8)), np.uint8)


def quads_from_masks(masks: list[Grey]) -> Floats:
    """Four corners around each large part of each mask, shape (K, 4, 2)."""
    quads = []
    for mask in masks:
        least = LEAST * mask.size
        contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        for contour in sorted(contours, key=cv2.contourArea, reverse=True)[:3]:
            if cv2.contourArea(contour) < least:
                break
            quads.append(around(contour))
            quads.append(np.asarray(cv2.boxPoints(cv2.minAreaRect(contour)), np.float32))
    return clockwise(np.array([quad for quad in quads if quad is not None], np.float32).reshape(-1, 4, 2))


def filled(light: Grey, corners: Corners) -> float:
    """Share of the page that is light."""
    page = np.zeros_like(light)
    cv2.fillConvexPoly(page, np.rint(corners).astype(np.int32), 255)
    return cv2.countNonZero(cv2.bitwise_and(page, light)) / max(1, cv2.countNonZero(page))


def beside(light: Grey, corners: Corners) -> float:
    """Share of the frame that the largest light thing beside the page covers."""
    middle = corners.mean(axis=0)
    rest = np.ascontiguousarray(light[::2, ::2])
    cv2.fillConvexPoly(rest, np.rint((middle + (corners - middle) * 1.04) / 2).astype(np.int32), 0)
    count, _, stats, _ = cv2.connectedComponentsWithStats(rest)
    return float(stats[1:, cv2.CC_STAT_AREA].max() / rest.size) if count > 1 else 0.0
