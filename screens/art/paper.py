"""Papers: how to lay them, and what may be the matter with them."""

import math

from screens.art import signs
from screens.art.hand import hand, shade
from screens.art.pen import Pen, Plane, Turned, flat
from screens.look import Tone

ROWS = (0.9, 1.0, 0.6, 0.95, 0.8, 1.0, 0.5, 0.9, 0.7)


def sheet(
    pen: Pen, x: float, y: float, w: float, h: float, plane: Plane = flat, rows: Tone | None = Tone.QUIET_FRAME
) -> None:
    """A page with lines on it, or blank."""
    pen.box(x, y, w, h, Tone.GROUND, 2, Tone.FRAME, 2.5, plane)
    if rows is None:
        return
    lines(pen, x, y, w, h, rows, plane)


def lines(pen: Pen, x: float, y: float, w: float, h: float, tone: Tone, plane: Plane = flat) -> None:
    """What is printed on such a page."""
    step = h / (len(ROWS) + 2)
    for i, length in enumerate(ROWS):
        pen.box(x + w * 0.12, y + step * (i + 1.1), w * 0.76 * length, step * 0.42, tone, plane=plane)


def tray(pen: Pen) -> None:
    """The dark plate under the camera."""
    pen.box(50, 8, 220, 204, Tone.TRAY, 14, Tone.FRAME, 2)


def lay(pen: Pen) -> None:
    """One sheet, print side up, in the middle of the tray."""
    tray(pen)
    sheet(pen, 106, 34, 108, 152)
    for x, y in ((98, 26), (222, 26), (98, 194), (222, 194)):
        dx, dy = (14 if x < 160 else -14), (14 if y < 110 else -14)
        pen.stroke([(x + dx, y), (x, y), (x, y + dy)], Tone.FOCUS, 4)


def clear_tray(pen: Pen) -> None:
    """Take it away."""
    tray(pen)
    pen.frame(74, 40, 100, 140, Tone.QUIET_FRAME, 3, 3)
    pen.arrow((106, 110), (160, 110), Tone.FOCUS, 10)
    sheet(pen, 206, 36, 100, 140, Turned(flat, 6, (256, 106)))


def cut_off(pen: Pen) -> None:
    """A corner lies outside of what the camera sees."""
    tray(pen)
    with pen.within(48.5, 0, 280, 220):
        sheet(pen, 106, 34, 108, 152, Turned(flat, -8, (160, 110), -78, 10))
    pen.stroke([(50, 22), (50, 198)], _edge(pen), 6)
    pen.arrow((158, 110), (224, 110), Tone.FOCUS, 10)


def slide(pen: Pen, right: int, down: int) -> None:
    """A side lies outside of what the camera sees; the arrow before the paper leads back."""
    tray(pen)
    x, y = 160 - 90 * right, 110 - 84 * down
    with pen.within(50, 9, 220, 202):
        sheet(pen, x - 52, y - 74, 104, 148)
    if right:
        at = 50 if right > 0 else 270
        pen.stroke([(at, 22), (at, 198)], _edge(pen), 6)
    else:
        at = 9 if down > 0 else 211
        pen.stroke([(64, at), (256, at)], _edge(pen), 6)
    x, y = x + 74 * right, y + 92 * down
    pen.arrow((x, y), (x + 64 * right, y + 64 * down), Tone.FOCUS, 11)


def _edge(pen: Pen) -> Tone:
    """Where what the camera sees ends."""
    return Tone.INK if pen.plain else Tone.STOP


def two_sheets(pen: Pen) -> None:
    """One at a time."""
    tray(pen)
    sheet(pen, 76, 40, 92, 130, Turned(flat, -8, (120, 105)))
    sheet(pen, 150, 54, 92, 130, Turned(flat, 7, (196, 119)))
    signs.cross(pen, 268, 186)


def not_a_card(pen: Pen) -> None:
    """The back of a card, with its twelve digits, and a page in its place."""
    pen.box(14, 44, 142, 90, Tone.PANEL, 9, Tone.QUIET_FRAME, 4)
    pen.box(14, 58, 142, 16, Tone.QUIET_FRAME)
    for index in range(12):
        pen.box(30 + index * 7.5 + index // 4 * 8, 90, 5, 12, Tone.FRAME, 1)
    signs.cross(pen, 148, 132, 24)
    sheet(pen, 196, 34, 100, 142)
    signs.tick(pen, 286, 172, 24)


def not_found(pen: Pen) -> None:
    """Nothing with four corners."""
    tray(pen)
    pen.frame(106, 34, 108, 152, Tone.FOCUS, 4, 3)
    signs.question(pen, 160, 110, 32)


def glare(pen: Pen) -> None:
    """Light is mirrored, and nothing can be read there."""
    tray(pen)
    sheet(pen, 92, 26, 136, 168)
    pen.box(126, 30, 98, 98, Tone.GROUND)
    x, y = 176, 78
    rays = [(math.sin(math.tau * i / 8), -math.cos(math.tau * i / 8)) for i in range(8)]
    for tone, more in ((Tone.FRAME, 2.5), (Tone.FOCUS, 0)):
        pen.disc(x, y, 18 + more, tone)
        for dx, dy in rays:
            pen.stroke([(x + 29 * dx, y + 29 * dy), (x + 38 * dx, y + 38 * dy)], tone, 8 + 2 * more)
    signs.careful(pen, 262, 184)


def dark(pen: Pen) -> None:
    """The shadow of a hand and its arm lies on it."""
    tray(pen)
    with pen.within(92, 26, 136, 168):
        sheet(pen, 92, 26, 136, 168, rows=Tone.FRAME)
        if pen.plain:
            shade(pen, (118, 62), -34, 1.25, Tone.GROUND)
            with pen.striped():
                shade(pen, (118, 62), -34, 1.25, Tone.INK)
        else:
            shade(pen, (118, 62), -34, 1.25, Tone.QUIET_FRAME)
            lines(pen, 92, 26, 136, 168, Tone.FRAME)
    pen.frame(92, 26, 136, 168, Tone.FRAME, 2.5, 2)
    signs.careful(pen, 262, 184)


def blurred(pen: Pen) -> None:
    """Lines without edges; in black and white alone they are points, smaller above and below."""
    tray(pen)
    sheet(pen, 92, 26, 136, 168, rows=None)
    printed = [(110, 50 + 30 * i, length) for i, length in enumerate((100, 104, 70, 102, 54))]
    if pen.plain:
        for x, y, length in printed:
            for i in range(length // 8):
                pen.disc(x + 8 * i, y, 3.2, Tone.FRAME)
                for dy in (-7, 7):
                    pen.disc(x + 4 + 8 * i, y + dy, 1.8, Tone.FRAME)
    else:
        with pen.soft(5):
            for x, y, length in printed:
                pen.stroke([(x, y), (x + length - 8, y)], Tone.FRAME, 12)
    signs.careful(pen, 262, 184)


def moved(pen: Pen) -> None:
    """It is pushed to and fro while the picture is taken."""
    tray(pen)
    sheet(pen, 106, 34, 108, 152, Turned(flat, 7, (160, 110)))
    for x, y, begin in ((160, 110, 240), (160, 110, 60)):
        for radius in (80, 96):
            pen.arc(x, y, radius, begin + 8, begin + 52, Tone.QUIET_FRAME, 5)
    signs.careful(pen, 262, 184)


def finger(pen: Pen) -> None:
    """A finger lies on the print."""
    tray(pen)
    sheet(pen, 92, 26, 108, 152)
    hand(pen, (146, 92), -48, 0.86)
    signs.cross(pen, 262, 40, 28)


def blank(pen: Pen) -> None:
    """Nothing is printed on this side: the corner that is turned up shows that the other one is."""
    tray(pen)
    x, y, w, h, fold = 92, 26, 136, 168, 66
    left = [(x, y), (x + w - fold, y), (x + w, y + fold), (x + w, y + h), (x, y + h)]
    pen.area(left, Tone.GROUND)
    pen.outline(left, Tone.FRAME, 2.5)
    flap = [(x + w - fold, y), (x + w - fold, y + fold), (x + w, y + fold)]
    pen.area(flap, Tone.ACTION_PALE)
    for row in range(1, 4):
        at = y + 8 + 14 * row
        pen.stroke([(x + w - fold + 9, at), (x + w - fold + 2 + 14 * row, at)], Tone.FRAME, 5)
    pen.outline(flap, Tone.FRAME, 2.5)
    signs.question(pen, 262, 184, 28)


def too_large(pen: Pen) -> None:
    """A pile, and a measure that is over its mark."""
    for i in range(4):
        sheet(pen, 40 + 9 * i, 24 + 9 * i, 104, 146)
    pen.box(216, 24, 40, 173, Tone.GROUND, 6, Tone.FRAME, 3)
    pen.box(221, 44, 30, 148, Tone.INK if pen.plain else Tone.CAREFUL, 3)
    for tone, width in ((Tone.GROUND, 11), (_edge(pen), 6)):
        pen.stroke([(204, 78), (268, 78)], tone, width)
    signs.careful(pen, 266, 176, 28)


def camera_lost(pen: Pen) -> None:
    """The camera does not answer."""
    pen.box(92, 26, 60, 40, Tone.TRAY, 10, Tone.FRAME, 3)
    pen.box(56, 46, 196, 136, Tone.TRAY, 18, Tone.FRAME, 3)
    pen.disc(150, 114, 48, Tone.GROUND)
    pen.arc(150, 114, 48, 0, 360, Tone.FRAME, 3)
    pen.disc(150, 114, 30, Tone.QUIET_FRAME)
    pen.disc(222, 72, 8, Tone.QUIET_FRAME)
    signs.cross(pen, 246, 170, 38)
