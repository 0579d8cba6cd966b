"""Pieces of text lines, all of one size: what a look at single letters begins with.

Long rules are taken off, what is left of the ink is smeared along the line, and whatever is then long and low is a
line of print. It is cut out, brought to one height and cut into windows of about three letters. Only lines that run
across are found: turn the page to find the others.
"""

import cv2
import numpy as np

from kiosk.documents.pixels import Floats, Grey

HIGH, WIDE = 16, 48
"""A window in pixels."""

_WORK_DPI = 100
_LOWEST_MM, _HIGHEST_MM = 1.6, 12.0
_GAP_MM = 1.6  # letters that are nearer belong to one line
_RULE_MM = 14.0  # a straight stroke that is longer is no letter's
_INK = 26  # darker than the paper by this much
_LEAST_INK = 0.04  # of a window


def windows(grey: Grey, dpi: int, most: int = 96) -> Floats:
    """Ink (0 to 1) of at most `most` windows from lines that run across, shape (N, HIGH, WIDE)."""
    if min(grey.shape) < 48:
        return np.zeros((0, HIGH, WIDE), np.float32)
    lines = _lines(grey, dpi)
    found: list[Floats] = []
    for left, top, wide, high in lines:
        found.extend(_cut(grey[top : top + high, left : left + wide]))
    if not found:
        return np.zeros((0, HIGH, WIDE), np.float32)
    chosen = np.linspace(0, len(found) - 1, min(most, len(found))).round().astype(int)
    return np.stack([found[index] for index in chosen])


def _lines(grey: Grey, dpi: int) -> list[tuple[int, int, int, int]]:
    """Left, top, width and height of what looks like lines of print, from above, with a little room."""
    scale = min(1.0, _WORK_DPI / max(1, dpi))
    size = (max(24, round(grey.shape[1] * scale)), max(24, round(grey.shape[0] * scale)))
    low = np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.uint8)
    one_mm = dpi * scale / 25.4
    paper = cv2.morphologyEx(low, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    ink = cv2.inRange(cv2.subtract(paper, low), np.array(_INK), np.array(255))
    rule = max(5, round(_RULE_MM * one_mm))
    for kernel in (np.ones((1, rule), np.uint8), np.ones((rule, 1), np.uint8)):
        ink = cv2.subtract(ink, cv2.dilate(cv2.morphologyEx(ink, cv2.MORPH_OPEN, kernel), np.ones((3, 3), np.uint8)))
    smeared = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, max(3, round(_GAP_MM * one_mm))), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(smeared)
    boxes = []
    for left, top, wide, high, _area in stats[1:].tolist():
        if _LOWEST_MM * one_mm <= high <= _HIGHEST_MM * one_mm and wide >= 2.5 * high:
            room = max(1, high // 12)
            x0, y0 = max(0, left - room) / scale, max(0, top - room) / scale
            x1, y1 = (left + wide + room) / scale, (top + high + room) / scale
            boxes.append((int(x0), int(y0), int(x1 - x0), int(y1 - y0)))
    return boxes


def _cut(line: Grey) -> list[Floats]:
    """A line in windows, each with its own contrast."""
    scale = HIGH / max(1, line.shape[0])
    size = (max(WIDE, round(line.shape[1] * scale)), HIGH)
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    low = cv2.resize(line, size, interpolation=how).astype(np.float32)
    paper, ink = float(np.percentile(low, 90)), float(np.percentile(low, 3))
    dark = np.clip((paper - low) / max(12.0, paper - ink), 0, 1)
    pieces = [dark[:, at : at + WIDE] for at in range(0, size[0] - WIDE + 1, WIDE)]
    return [np.asarray(piece, np.float32) for piece in pieces if piece.mean() > _LEAST_INK]
