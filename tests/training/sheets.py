"""What may lie there: the sample papers, and sheets of any print, colour and proportion that only look like papers.

A sheet is a picture with a share of height over width: letters, forms, receipts, cards, magazine pages, pages that
bear nothing. Sheets are small (they are learned from at 256 pixels), and no word on the random ones can be read.
"""

from dataclasses import dataclass, field
from functools import cache

import cv2
import numpy as np

from drivers.bench.papers import Kind, print_paper
from tests.training.grounds import Picture, colour, waves

_LONG = 480  # pixels of a sheet's long side


@dataclass(frozen=True, slots=True)
class Sheet:
    """Pixels, and height over width."""

    pixels: Picture = field(repr=False)
    tall: float
    stiff: bool = False  # a card does not curl
    rounded: bool = False


def sheet(rng: np.random.Generator) -> Sheet:
    """Any sheet."""
    draw = rng.random()
    if draw < 0.25:
        kind = list(Kind)[int(rng.integers(len(Kind)))]
        pixels = _printed(kind, int(rng.integers(2)))
        return Sheet(_toned(rng, pixels), pixels.shape[0] / pixels.shape[1])
    if draw < 0.37:
        return _card(rng)
    if draw < 0.50:
        return _receipt(rng)
    tall = float(rng.choice([1.414, 1.414, 1.294, 1.0, 1.6, 0.707, 0.75, 2.0]))
    blank = _blank(rng, tall)
    if draw < 0.55:
        return Sheet(blank, tall)
    if draw < 0.63:
        return Sheet(_magazine(rng, blank), tall)
    return Sheet(_texted(rng, blank), tall)


@cache
def _printed(kind: Kind, seed: int) -> Picture:
    """A sample paper, small."""
    pixels = print_paper(kind, seed=seed)
    scale = _LONG / max(pixels.shape[:2])
    return (cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) / 255).astype(np.float32)


def _toned(rng: np.random.Generator, pixels: Picture) -> Picture:
    """On white, recycled or coloured paper."""
    if rng.random() < 0.6:
        return pixels * np.float32(rng.uniform(0.85, 1.0))
    return np.asarray(pixels * (0.35 * colour(rng, 0.4) + 0.65 if rng.random() < 0.7 else colour(rng, 0.3)), np.float32)


def _blank(rng: np.random.Generator, tall: float, long: int = _LONG) -> Picture:
    size = (long, max(8, round(long / tall))) if tall >= 1 else (max(8, round(long * tall)), long)
    tone = rng.uniform(0.82, 1.0) * (1 + rng.uniform(-0.04, 0.04, 3)) if rng.random() < 0.7 else colour(rng, 0.15)
    return np.full((*size, 3), np.clip(tone, 0, 1), np.float32)


def _texted(rng: np.random.Generator, page: Picture) -> Picture:
    """Columns of lines, headings, pictures, tables, boxes from edge to edge."""
    page = page.copy()
    tall, wide = page.shape[:2]
    ink = np.clip(page[0, 0] * rng.uniform(0.05, 0.6), 0, 1)
    columns = int(rng.choice([1, 1, 1, 2, 2, 3]))
    margin = rng.uniform(0.03, 0.14) * min(tall, wide)
    column_wide = (wide - margin * (columns + 1)) / columns
    for column in range(columns):
        left, y = margin + column * (margin + column_wide), margin * rng.uniform(0.5, 2.5)
        while y < tall - margin:
            height = rng.uniform(20, 140)
            right, bottom = left + column_wide, min(y + height, tall - margin)
            match int(rng.choice(5, p=(0.55, 0.12, 0.15, 0.12, 0.06))):
                case 0:
                    _lines(rng, page, (left, y, right, bottom), ink)
                case 1:
                    _illustration(rng, page, (left, y, right, bottom))
                case 2:
                    _table(rng, page, (left, y, right, bottom), ink)
                case 3:
                    cv2.rectangle(
                        page, *_box(left, y, right * rng.uniform(0.6, 1), y + rng.uniform(5, 14)), _paint(ink), -1
                    )
                case _:
                    cv2.rectangle(page, *_box(left * rng.uniform(0, 1), y, right, bottom), _paint(colour(rng)), -1)
            y = bottom + rng.uniform(4, 24)
            if rng.random() < 0.08:
                break
    return page


def _lines(rng: np.random.Generator, page: Picture, box: tuple[float, ...], ink: Picture) -> None:
    left, top, right, bottom = box
    pitch = rng.uniform(4, 9)
    size = max(1, int(pitch * rng.uniform(0.35, 0.6)))
    for y in np.arange(top, bottom - pitch, pitch):
        x, end = left, right if rng.random() < 0.85 else left + (right - left) * rng.uniform(0.2, 0.9)
        while x < end:
            word = min(rng.uniform(3, 40), end - x)
            part = page[int(y) : int(y) + size, int(x) : int(x + word)]
            part += (ink - part) * rng.uniform(0.3, 0.9, (*part.shape[:2], 1)).astype(np.float32)
            x += word + rng.uniform(2, 6)


def _table(rng: np.random.Generator, page: Picture, box: tuple[float, ...], ink: Picture) -> None:
    left, top, right, bottom = box
    rows, columns = int(rng.integers(2, 9)), int(rng.integers(2, 6))
    for y in np.linspace(top, bottom, rows):
        cv2.line(page, *_box(left, y, right, y), _paint(ink), 1)
    for x in np.linspace(left, right, columns):
        cv2.line(page, *_box(x, top, x, bottom), _paint(ink), 1)


def _illustration(rng: np.random.Generator, page: Picture, box: tuple[float, ...]) -> None:
    (left, top), (right, bottom) = _box(*box)
    part = page[top:bottom, left:right]
    if min(part.shape[:2]) < 4:
        return
    small = 1 / (1 + np.exp(-3 * waves(rng, 64, rng.uniform(2, 10))))
    share = cv2.resize(small, (part.shape[1], part.shape[0]))[:, :, None]
    part[:] = colour(rng) * share + colour(rng) * (1 - share)


def _magazine(rng: np.random.Generator, page: Picture) -> Picture:
    """A picture over the whole page, with or without a margin."""
    page = page.copy()
    edge = 0.0 if rng.random() < 0.6 else rng.uniform(0.02, 0.1) * min(page.shape[:2])
    _illustration(rng, page, (edge, edge, page.shape[1] - edge, page.shape[0] - edge))
    inner = (page.shape[1] * 0.1, page.shape[0] * 0.1, page.shape[1] * 0.9, page.shape[0] * rng.uniform(0.3, 0.9))
    if rng.random() < 0.7:
        _lines(rng, page, inner, colour(rng))
    return page


def _card(rng: np.random.Generator) -> Sheet:
    """A plastic card: any colours, some letters, a picture, rounded corners."""
    tall = 54 / 85.6 if rng.random() < 0.8 else 85.6 / 54
    page = _blank(rng, tall, 320)
    tall_px, wide_px = page.shape[:2]
    if rng.random() < 0.7:
        _illustration(rng, page, (0, 0, wide_px, tall_px))
    if rng.random() < 0.6:
        _illustration(rng, page, (wide_px * 0.06, tall_px * 0.25, wide_px * 0.3, tall_px * 0.8))
    _lines(rng, page, (wide_px * 0.35, tall_px * 0.15, wide_px * 0.95, tall_px * 0.9), colour(rng, 0, 0.4))
    return Sheet(page, tall, stiff=True, rounded=True)


def _receipt(rng: np.random.Generator) -> Sheet:
    tall = float(rng.uniform(1.6, 5))
    page = _blank(rng, tall)
    ink = page[0, 0] * np.float32(rng.uniform(0.2, 0.6))
    wide = page.shape[1]
    y = rng.uniform(6, 30)
    while y < page.shape[0] - 10:
        _lines(rng, page, (wide * 0.08, y, wide * rng.uniform(0.4, 0.95), y + rng.uniform(8, 60)), ink)
        y += rng.uniform(20, 80)
    return Sheet(page, tall)


def _box(left: float, top: float, right: float, bottom: float) -> tuple[tuple[int, int], tuple[int, int]]:
    return (max(0, int(left)), max(0, int(top))), (max(0, int(right)), max(0, int(bottom)))


def _paint(tone: Picture) -> tuple[float, ...]:
    return tuple(float(part) for part in tone)
