"""Small signs that say what a picture means, and pictures that are a sign alone."""

import math

from screens.art.pen import Pen
from screens.look import Face, Tone


def cross(pen: Pen, x: float, y: float, radius: float = 26) -> None:
    """Not this."""
    _ground(pen, x, y, radius, Tone.STOP)
    r = radius * 0.4
    pen.stroke([(x - r, y - r), (x + r, y + r)], Tone.ON_STOP, radius * 0.2)
    pen.stroke([(x - r, y + r), (x + r, y - r)], Tone.ON_STOP, radius * 0.2)


def careful(pen: Pen, x: float, y: float, radius: float = 26) -> None:
    """Look here."""
    _ground(pen, x, y, radius, Tone.CAREFUL)
    pen.arc(x, y, radius, 0, 360, Tone.INK, radius * 0.1)
    pen.stroke([(x, y - radius * 0.5), (x, y + radius * 0.1)], Tone.INK, radius * 0.2)
    pen.disc(x, y + radius * 0.48, radius * 0.13, Tone.INK)


def tick(pen: Pen, x: float, y: float, radius: float = 26) -> None:
    """Fine."""
    _ground(pen, x, y, radius, Tone.FINE_SIGN)
    r = radius
    check = [(x - r * 0.42, y + r * 0.02), (x - r * 0.1, y + r * 0.36), (x + r * 0.44, y - r * 0.34)]
    pen.stroke(check, Tone.GROUND, r * 0.2)


def padlock(pen: Pen, x: float, y: float, radius: float = 30) -> None:
    """Locked."""
    _ground(pen, x, y, radius, Tone.STOP)
    r = radius * 0.28
    pen.arc(x, y - radius * 0.12, r, -90, 90, Tone.ON_STOP, radius * 0.16)
    pen.stroke([(x - r, y - radius * 0.12), (x - r, y + radius * 0.1)], Tone.ON_STOP, radius * 0.16)
    pen.stroke([(x + r, y - radius * 0.12), (x + r, y + radius * 0.1)], Tone.ON_STOP, radius * 0.16)
    pen.box(x - radius * 0.44, y, radius * 0.88, radius * 0.56, Tone.ON_STOP, radius * 0.1)


def clock(
    pen: Pen, x: float, y: float, radius: float = 30, quarter: int = 0, face: Tone = Tone.CAREFUL, line: Tone = Tone.INK
) -> None:
    """Time has passed; the long hand stands so many quarters after the hour."""
    _ground(pen, x, y, radius, face)
    pen.arc(x, y, radius, 0, 360, line, radius * 0.12)
    right, down = ((0, -1), (1, 0), (0, 1), (-1, 0))[quarter]
    tip = (x + right * radius * 0.6, y + down * radius * 0.6)
    pen.stroke([tip, (x, y), (x + radius * 0.3, y + radius * 0.3)], line, radius * 0.14)


def question(pen: Pen, x: float, y: float, radius: float = 30) -> None:
    """Not known."""
    _ground(pen, x, y, radius, Tone.CAREFUL)
    pen.arc(x, y, radius, 0, 360, Tone.INK, radius * 0.1)
    pen.arc(x, y - radius * 0.2, radius * 0.3, -90, 120, Tone.INK, radius * 0.16)
    pen.stroke(
        [(x + radius * 0.25, y - radius * 0.05), (x, y + radius * 0.14), (x, y + radius * 0.24)],
        Tone.INK,
        radius * 0.16,
    )
    pen.disc(x, y + radius * 0.56, radius * 0.12, Tone.INK)


def _ground(pen: Pen, x: float, y: float, radius: float, tone: Tone) -> None:
    pen.disc(x, y, radius * 1.14, Tone.GROUND)
    pen.disc(x, y, radius, tone)
    if pen.plain and tone is Tone.STOP:
        pen.arc(x, y, radius, 0, 360, Tone.ON_STOP, radius * 0.1)


def done(pen: Pen) -> None:
    """It is done."""
    tick(pen, 160, 110, 94)


def one_left(pen: Pen) -> None:
    """The number of tries that is left."""
    _ground(pen, 160, 110, 94, Tone.STOP)
    pen.words("1", 125, 112, 98, Tone.ON_STOP, Face.BOLD)


def stopped(pen: Pen) -> None:
    """It goes no further."""
    cross(pen, 160, 110, 94)


def waiting(pen: Pen, quarter: int = 0) -> None:
    """It takes time, as it should."""
    clock(pen, 160, 110, 90, quarter, Tone.ACTION_PALE, Tone.ACTION)


def overdue(pen: Pen) -> None:
    """It has taken too long."""
    clock(pen, 160, 110, 90)


def unknown(pen: Pen) -> None:
    """It is not known."""
    question(pen, 160, 110, 90)


def bell(pen: Pen) -> None:
    """Somebody has been called: the bell of a counter."""
    pen.arc(160, 160, 74, -90, 90, Tone.ACTION, 6)
    pen.area(
        [
            (86, 160),
            *[(160 - 74 * math.cos(a / 12 * math.pi), 160 - 74 * math.sin(a / 12 * math.pi)) for a in range(13)],
            (234, 160),
        ],
        Tone.ACTION_PALE,
    )
    pen.arc(160, 160, 74, -90, 90, Tone.ACTION, 6)
    pen.box(66, 160, 188, 22, Tone.ACTION, 11)
    pen.stroke([(160, 84), (160, 70)], Tone.ACTION, 8)
    pen.box(140, 58, 40, 14, Tone.ACTION, 7)
    for start, end in (((60, 92), (40, 78)), ((260, 92), (280, 78)), ((92, 58), (80, 38)), ((228, 58), (240, 38))):
        pen.stroke([start, end], Tone.ACTION, 6)


def office(pen: Pen) -> None:
    """The municipal office: a broad house with a clock tower and a flag."""
    pen.stroke([(160, 52), (160, 12)], Tone.FRAME, 5)
    pen.area([(160, 12), (196, 22), (160, 32)], Tone.ACTION)
    pen.box(50, 96, 220, 98, Tone.GROUND, 2, Tone.FRAME, 5)
    pen.box(124, 50, 72, 144, Tone.GROUND, 2, Tone.FRAME, 5)
    clock(pen, 160, 80, 20, face=Tone.GROUND, line=Tone.FRAME)
    for x in (64, 92, 204, 232):
        for y in (112, 150):
            pen.box(x, y, 22, 24, Tone.ACTION_PALE, 2, Tone.FRAME, 3)
    pen.box(142, 138, 36, 56, Tone.ACTION, 3)
    pen.box(34, 192, 252, 12, Tone.TRAY, 3, Tone.FRAME, 2)
