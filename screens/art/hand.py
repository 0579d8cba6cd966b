"""A right hand that points, seen from its back: it touches, or lies where it should not."""

import math
from collections.abc import Sequence

from screens.art.pen import Pen, Plane, Point, rounded
from screens.look import Tone

Limb = tuple[Sequence[Point], float]
"""A bent line and how thick it is."""

FINGERS: tuple[Limb, ...] = (
    (((0, 12), (0, 84)), 24),
    (((23, 72), (23, 96)), 24),
    (((45, 76), (45, 98)), 23),
    (((65, 84), (65, 104)), 21),
    (((2, 128), (-14, 112), (-27, 88)), 22),
    (((20, 108), (45, 110)), 64),
    (((33, 124), (33, 150)), 52),
)
"""The forefinger's tip is at (0, 0), the arm leads down; a finger is 24 units thick."""

FOLDS = (((11.5, 76), (11.5, 100)), ((34, 80), (34, 102)), ((55, 86), (55, 104)))
"""Between bent fingers."""


def hand(pen: Pen, tip: Point, degrees: float, size: float) -> None:
    """In a sleeve; turned clockwise around the finger's tip, `size` times as large as above."""
    plane = _placed(tip, degrees, size)
    sleeve = rounded(0, 146, 66, 40, 8)
    _silhouette(pen, plane, size, Tone.FRAME, 2.5)
    _silhouette(pen, plane, size, Tone.ACTION_PALE, 0)
    for fold in FOLDS:
        pen.stroke(fold, Tone.FRAME, 2.5, plane)
    pen.area(sleeve, Tone.ACTION, plane)
    pen.outline(sleeve, Tone.ACTION, 2.5, plane)


def shade(pen: Pen, tip: Point, degrees: float, size: float, tone: Tone) -> None:
    """What the same hand and its arm darken."""
    plane = _placed(tip, degrees, size)
    _silhouette(pen, plane, size, tone, 0)
    pen.stroke([(33, 140), (33, 400)], tone, 62 * size, plane)


def _silhouette(pen: Pen, plane: Plane, size: float, tone: Tone, edge: float) -> None:
    """All limbs as one, `edge` units larger all around: no seam is seen where they meet."""
    for points, thick in FINGERS:
        pen.stroke(points, tone, thick * size + 2 * edge, plane)


def _placed(tip: Point, degrees: float, size: float) -> Plane:
    right, down = math.cos(math.radians(degrees)) * size, math.sin(math.radians(degrees)) * size
    return lambda point: (
        tip[0] + point[0] * right - point[1] * down,
        tip[1] + point[0] * down + point[1] * right,
    )
