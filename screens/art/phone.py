"""The visitor's own phone: the mail's link is opened on it, its page shows the code, it photographs a screen."""

from screens.art.hand import hand
from screens.art.pen import Pen, Plane, flat
from screens.look import Tone


def body(pen: Pen, x: float, y: float, w: float, h: float, plane: Plane = flat) -> None:
    """Upright, with nothing on its glass."""
    pen.box(x, y, w, h, Tone.TRAY, 14, Tone.FRAME, 3, plane)
    pen.box(x + 8, y + 16, w - 16, h - 32, Tone.GROUND, 4, Tone.FRAME, 2, plane)


def envelope(pen: Pen, x: float, y: float, w: float) -> None:
    """Closed."""
    h = w * 0.66
    pen.box(x, y, w, h, Tone.GROUND, 6, Tone.ACTION, 5)
    pen.stroke([(x + 4, y + 5), (x + w / 2, y + h * 0.56), (x + w - 4, y + 5)], Tone.ACTION, 5)


def confirmed(pen: Pen) -> None:
    """A finger presses the button of the page to which the mail leads."""
    body(pen, 84, 4, 112, 212)
    envelope(pen, 110, 34, 60)
    for y, w in ((88, 72), (100, 56)):
        pen.box(104, y, w, 5, Tone.QUIET_FRAME, 2)
    pen.box(100, 118, 80, 30, Tone.ACTION, 7)
    hand(pen, (160, 132), -42, 0.62)


def code(pen: Pen) -> None:
    """The eight characters on that page."""
    body(pen, 90, 4, 140, 212)
    for y, w in ((38, 76), (52, 92)):
        pen.box(112, y, w, 6, Tone.QUIET_FRAME, 2)
    pen.box(106, 76, 108, 84, Tone.ACTION_PALE, 6, Tone.ACTION, 5)
    for y in (90, 126):  # never characters: they would be compared with the visitor's
        for x in range(118, 200, 22):
            pen.box(x, y, 16, 20, Tone.ACTION, 2)


def photographs(pen: Pen) -> None:
    """It is held before a screen, which is seen on it."""
    pen.box(8, 8, 226, 150, Tone.TRAY, 12, Tone.FRAME, 3)
    pen.box(20, 20, 202, 126, Tone.GROUND, 3, Tone.FRAME, 2)
    _written(pen, 34, 36, 1.0)
    pen.box(130, 86, 188, 116, Tone.GROUND, 18)
    pen.box(136, 92, 176, 104, Tone.TRAY, 14, Tone.FRAME, 3)
    pen.box(148, 102, 128, 84, Tone.GROUND, 4, Tone.FRAME, 2)
    _written(pen, 168, 120, 0.56)
    for x, y in ((156, 110), (268, 110), (156, 178), (268, 178)):
        dx, dy = (14 if x < 200 else -14), (14 if y < 140 else -14)
        pen.stroke([(x + dx, y), (x, y), (x, y + dy)], Tone.ACTION, 4)
    pen.disc(294, 144, 9, Tone.GROUND)
    pen.arc(294, 144, 9, 0, 360, Tone.FRAME, 2)


def _written(pen: Pen, x: float, y: float, size: float) -> None:
    pen.box(x, y, 120 * size, 13 * size, Tone.INK, 3 * size)
    for row, w in enumerate((168, 150, 168, 110)):
        pen.box(x, y + (30 + 20 * row) * size, w * size, 8 * size, Tone.QUIET_FRAME, 2 * size)
