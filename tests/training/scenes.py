"""Pictures of papers whose corners are known: a ground, sheets upon it, light, a hand, and a poor camera.

A scene is a square picture, as the network sees it: whatever the camera's proportions are, the frame is squeezed into
a square. `Example.corners` are those of the uppermost sheet as if it lay flat and whole: where a corner is folded
over, or a finger lies on it, it is where the paper's corner would be. They are None where no paper lies.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np
import numpy.typing as npt

from tests.training.grounds import Map, Picture, colour, ground, waves
from tests.training.sheets import Sheet, sheet

SIDE = 320
"""Pixels of a scene each way, where nothing else is wanted."""


@dataclass(frozen=True, slots=True)
class Example:
    """A picture (RGB, 8 bit) and its page's corners in pixels, clockwise, shape (4, 2)."""

    pixels: npt.NDArray[np.uint8] = field(repr=False)
    corners: npt.NDArray[np.float32] | None


@dataclass(frozen=True, slots=True)
class Stock:
    """Real grounds and real pages cut out of photographs, squares of any size; there may be none."""

    grounds: Sequence[npt.NDArray[np.uint8]] = field(default=(), repr=False)
    pages: Sequence[npt.NDArray[np.uint8]] = field(default=(), repr=False)


def scenes(number: int, seed: int, stock: Stock | None = None, side: int = SIDE) -> Iterator[Example]:
    """So many scenes; the same seed and stock give the same ones."""
    for index in range(number):
        yield scene(np.random.default_rng([seed, index]), stock or Stock(), side)


def scene(rng: np.random.Generator, stock: Stock, side: int = SIDE) -> Example:
    """One scene."""
    picture, corners = _ground(rng, stock, side), None
    aspect = float(rng.choice([0.75, 1.333, 1.0, 1.778, 0.5625, 1.414]))
    draw = rng.random()
    papers = 0 if draw < 0.06 else 1 if draw < 0.75 else 2 if draw < 0.93 else 3
    for index in range(papers):
        paper, last = _sheet(rng, stock), index == papers - 1
        least, most = (0.3, 0.97) if last else (0.1, 0.6)
        corners = _pose(
            rng, paper, aspect, math.sqrt(rng.uniform(least**2, most**2)), 0.02 if last else 0.5
        ) * np.float32(side)
        picture = _laid(rng, picture, paper, corners)
    if corners is not None and rng.random() < 0.15:
        picture = _held(rng, picture, corners)
    if rng.random() < 0.12:
        picture = _pen_over(rng, picture)
    seen = _photographed(rng, _lit(rng, picture))
    return Example(seen, corners)


def _ground(rng: np.random.Generator, stock: Stock, side: int) -> Picture:
    if not stock.grounds or rng.random() > 0.35:
        return ground(rng, side)
    one = stock.grounds[int(rng.integers(len(stock.grounds)))]
    one = np.asarray(cv2.resize(one, (side, side), interpolation=cv2.INTER_CUBIC), np.uint8)
    chosen = np.ascontiguousarray(np.rot90(one, int(rng.integers(4))))
    chosen = chosen[:, :, rng.permutation(3)] if rng.random() < 0.2 else chosen
    return np.asarray(np.ascontiguousarray(chosen, np.float32) / 255, np.float32)


def _sheet(rng: np.random.Generator, stock: Stock) -> Sheet:
    if not stock.pages or rng.random() > 0.2:
        return sheet(rng)
    page = stock.pages[int(rng.integers(len(stock.pages)))]
    return Sheet(np.asarray(page.astype(np.float32) / 255, np.float32), float(rng.choice([1.414, 1.3, 0.707])))


def _pose(rng: np.random.Generator, paper: Sheet, aspect: float, size: float, beyond: float) -> Map:
    """Corners, as fractions, of a sheet seen from somewhere above, no more than `beyond` outside of the picture."""
    half = np.array([(-1, -paper.tall), (1, -paper.tall), (1, paper.tall), (-1, paper.tall)]) / math.hypot(
        1, paper.tall
    )
    for _ in range(40):
        turn = rng.normal(0, 0.12) + math.pi / 2 * rng.integers(4) if rng.random() < 0.55 else rng.uniform(0, 7)
        slant, way = (abs(rng.normal(0, 0.35)), rng.uniform(0, 7)) if rng.random() < 0.75 else (0.02, 0.0)
        rotate = np.array([(math.cos(turn), math.sin(turn)), (-math.sin(turn), math.cos(turn))])
        flat = half @ rotate
        axis = np.array((math.cos(way), math.sin(way)))
        deep = flat @ axis * math.sin(min(slant, 1.0))
        seen = flat - np.outer(flat @ axis * (1 - math.cos(min(slant, 1.0))), axis)
        seen = seen / (1 + deep / rng.uniform(2.2, 5))[:, None]
        seen = seen * (1 / math.sqrt(aspect), math.sqrt(aspect))
        span = seen.max(axis=0) - seen.min(axis=0)
        corners = (seen - seen.min(axis=0)) * size / span.max()
        room = 1 + 2 * beyond - (corners.max(axis=0) - corners.min(axis=0))
        if (room > 0).all():
            middle = rng.uniform(0, 1, 2) if beyond > 0.1 else rng.beta(2, 2, 2)
            return np.asarray(corners - beyond + room * middle, np.float32)
    return np.array([(0.2, 0.2), (0.8, 0.2), (0.8, 0.8), (0.2, 0.8)], np.float32)


def _laid(rng: np.random.Generator, picture: Picture, paper: Sheet, corners: Map) -> Picture:
    """The picture with a sheet upon it: curled, creased, crumpled, dog-eared, with its shadow."""
    side, (tall, wide) = picture.shape[0], paper.pixels.shape[:2]
    y, x = np.mgrid[:side, :side].astype(np.float32)
    unit = np.array([(0, 0), (1, 0), (1, 1), (0, 1)], np.float32)
    back = cv2.getPerspectiveTransform(corners, unit)
    on_paper = cv2.perspectiveTransform(np.stack((x, y), axis=2).reshape(1, -1, 2), back)[0]
    u, v = np.asarray(on_paper, np.float32).reshape(side, side, 2).transpose(2, 0, 1)
    shade = np.ones((side, side), np.float32)
    if not paper.stiff:
        u, v, shade = _curled(rng, u, v)
    pixel_u = np.linalg.norm(corners[1] - corners[0] + corners[2] - corners[3]) / 2
    pixel_v = np.linalg.norm(corners[3] - corners[0] + corners[2] - corners[1]) / 2
    from_side, from_end = np.minimum(u, 1 - u) * pixel_u, np.minimum(v, 1 - v) * pixel_v
    cover = np.clip(np.minimum(from_side, from_end) + 0.5, 0, 1)
    if paper.rounded:
        radius = 0.06 * min(pixel_u, pixel_v)
        gone = np.hypot(np.maximum(radius - from_side, 0), np.maximum(radius - from_end, 0))
        cover = cover * np.clip(radius - gone + 0.5, 0, 1)
    where = u * (wide - 1), v * (tall - 1)
    seen = np.asarray(cv2.remap(paper.pixels, *where, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.float32)
    if not paper.stiff and rng.random() < 0.08:
        cover, seen = _dog_eared(rng, u, v, cover, seen)
    offset = rng.normal(0, 2.5, 2) * side / SIDE
    shadow = cv2.warpAffine(cover, np.array([(1, 0, offset[0]), (0, 1, offset[1])]), (side, side))
    dim = 1 - rng.uniform(0, 0.6) * cv2.GaussianBlur(shadow, (0, 0), rng.uniform(0.8, 6) * side / SIDE)
    cover, light = cover[:, :, None], np.float32(rng.uniform(0.7, 1.0))
    return np.asarray(picture * dim[:, :, None] * (1 - cover) + seen * (shade * light)[:, :, None] * cover, np.float32)


def _curled(rng: np.random.Generator, u: Map, v: Map) -> tuple[Map, Map, Map]:
    """Paper coordinates bent without moving the four corners, and how the light falls on the bends."""
    bow = rng.normal(0, 1, 4) * (rng.uniform(0, 0.05) if rng.random() < 0.5 else 0.004)
    inner_u, inner_v = np.clip(u, 0, 1), np.clip(v, 0, 1)
    along_u, along_v = np.sin(np.pi * inner_u), np.sin(np.pi * inner_v)
    shift_v = along_u * (bow[0] * (1 - inner_v) + bow[1] * inner_v)
    shift_u = along_v * (bow[2] * (1 - inner_u) + bow[3] * inner_u)
    shade = 1 + (bow[0] + bow[2]) * rng.uniform(-6, 6) * np.cos(np.pi * (inner_u if rng.random() < 0.5 else inner_v))
    if rng.random() < 0.3:
        rough = rng.uniform(0.002, 0.012)
        shift_u = shift_u + rough * waves(rng, u.shape[0], rng.uniform(3, 9), 3) * along_v
        shift_v = shift_v + rough * waves(rng, u.shape[0], rng.uniform(3, 9), 3) * along_u
        shade = shade + rough * rng.uniform(2, 14) * waves(rng, u.shape[0], rng.uniform(4, 16), 3)
    for _ in range(int(rng.integers(0, 4)) if rng.random() < 0.3 else 0):  # folded and opened again
        across = u if rng.random() < 0.5 else v
        crease = across - rng.choice([0.25, 0.33, 0.5, 0.67, 0.75])
        shade = (
            shade
            + rng.uniform(-0.12, 0.12) * np.exp(-((crease / 0.008) ** 2))
            + rng.uniform(-0.06, 0.06) * (crease > 0)
        )
    return (
        (u + shift_u).astype(np.float32),
        (v + shift_v).astype(np.float32),
        np.clip(shade, 0.3, 1.4).astype(np.float32),
    )


def _dog_eared(rng: np.random.Generator, u: Map, v: Map, cover: Map, seen: Picture) -> tuple[Map, Picture]:
    """One corner folded over: the ground is seen where it was, the paper's back beside."""
    size = rng.uniform(0.05, 0.22)
    if rng.random() < 0.5:
        u = 1 - u
    if rng.random() < 0.5:
        v = 1 - v
    gone = np.clip((size - u - v) * 100, 0, 1)
    back = ((u < size) & (v < size) & (u + v > size)).astype(np.float32)[:, :, None] * np.float32(rng.uniform(0, 1))
    return cover * (1 - gone), seen * (1 - back) + back * np.float32(rng.uniform(0.6, 0.95))


def _held(rng: np.random.Generator, picture: Picture, corners: Map) -> Picture:
    """A few fingers that come in from beyond and end on the page."""
    skin = np.array((0.85, 0.62, 0.5)) * rng.uniform(0.35, 1.1)
    index = int(rng.integers(4))
    edge = corners[index] + (corners[(index + 1) % 4] - corners[index]) * rng.uniform(0.05, 0.95)
    outward = edge - corners.mean(axis=0)
    outward = outward / (np.linalg.norm(outward) + 1e-6)
    sideways = np.array((outward[1], -outward[0]))
    unit = picture.shape[0] / SIDE
    thick = rng.uniform(8, 24) * unit
    for finger in range(int(rng.integers(1, 5))):
        tip = edge + sideways * finger * thick * 1.1 - outward * rng.uniform(-2, 26) * unit
        root = tip + (outward * rng.uniform(60, 300) + sideways * rng.normal(0, 20)) * unit
        tone = tuple(float(part) for part in skin * rng.uniform(0.9, 1.1))
        ends = [(int(x), int(y)) for x, y in (tip, root)]
        cv2.line(picture, ends[0], ends[1], tone, int(thick), cv2.LINE_AA)
    return picture


def _pen_over(rng: np.random.Generator, picture: Picture) -> Picture:
    """A cable or a pen across everything."""
    side = picture.shape[0]
    ends = [tuple(int(value) for value in rng.uniform(0, side, 2)) for _ in range(2)]
    tone = tuple(float(part) for part in colour(rng))
    cv2.line(picture, ends[0], ends[1], tone, int(rng.integers(1, 9)) * side // SIDE, cv2.LINE_AA)
    return picture


def _lit(rng: np.random.Generator, picture: Picture) -> Picture:
    """Light from one side, shadows of hand and telephone, a lamp mirrored."""
    side = picture.shape[0]
    unit = side / SIDE
    light = 1 + rng.uniform(0, 0.25) * waves(rng, side, rng.uniform(1, 3), 2)
    for _ in range(int(rng.integers(1, 3)) if rng.random() < 0.35 else 0):
        shape = np.zeros((side, side), np.float32)
        points = rng.uniform(-0.2, 1.2, 2) * side + rng.uniform(-0.7, 0.7, (int(rng.integers(3, 7)), 2)) * side
        cv2.fillConvexPoly(shape, cv2.convexHull(points.astype(np.int32)), 1.0)
        light = light * (1 - rng.uniform(0.1, 0.6) * cv2.GaussianBlur(shape, (0, 0), rng.uniform(0.7, 25) * unit))
    picture = picture * np.clip(light, 0.15, 2)[:, :, None]
    if rng.random() < 0.12:
        spot = np.zeros((side, side), np.float32)
        at = tuple(int(value) for value in rng.uniform(0, side, 2))
        axes = tuple(int(value) for value in rng.uniform(5, 60, 2) * unit)
        cv2.ellipse(spot, at, axes, rng.uniform(0, 180), 0, 360, 1.0, -1)
        strength = rng.uniform(0.2, 1.0)
        picture = picture + (strength * cv2.GaussianBlur(spot, (0, 0), rng.uniform(2, 20) * unit))[:, :, None]
    return picture * (rng.uniform(0.55, 1.1) * (1 + rng.uniform(-0.1, 0.1, 3))).astype(np.float32)


def _photographed(rng: np.random.Generator, picture: Picture) -> npt.NDArray[np.uint8]:
    """Out of focus now and then, noisy, packed as JPEG."""
    if rng.random() < 0.35:
        soft = rng.uniform(0.4, 2) * picture.shape[0] / SIDE
        picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), soft), np.float32)
    noise = rng.standard_normal(picture.shape).astype(np.float32)
    noise *= np.float32(rng.uniform(0, 0.05) if rng.random() < 0.4 else 0.006)
    eight = np.asarray(np.clip(picture + noise, 0, 1) * 255, np.uint8)
    if rng.random() < 0.3:
        _, packed = cv2.imencode(".jpg", eight, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(25, 90))])
        eight = np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), np.uint8)
    return eight
