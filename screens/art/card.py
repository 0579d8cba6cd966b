"""The card and the reader: how to lay it, how to take it, and what is the matter with it."""

from screens.art import signs
from screens.art.pen import Leaning, Pen, Plane, Turned, flat
from screens.look import Tone

TABLE = Leaning(w=220, h=150, x=160, top=92, bottom=204, near=1.26, far=1.02)
"""The top of the reader; a card of 130 x 82 units lies in its middle."""

LYING = (45.0, 34.0)
AIR = 84.0
"""How high above the reader the card is held, in units of the canvas."""


def _raised(by: float) -> Plane:
    def plane(point: tuple[float, float]) -> tuple[float, float]:
        x, y = TABLE(point)
        return x, y - by

    return plane


def reader(pen: Pen, lit: bool = True) -> None:
    """A flat box with the outline of a card on it."""
    pen.box(0, 0, 220, 150, Tone.TRAY, 14, Tone.FRAME, 3, Turned(TABLE, 0, (0, 0), 0, 9))
    pen.box(0, 0, 220, 150, Tone.TRAY, 14, Tone.FRAME, 3, TABLE)
    mark = Tone.FOCUS if lit else Tone.QUIET_FRAME
    pen.frame(LYING[0] - 6, LYING[1] - 5, 142, 92, mark, 3, 10, TABLE)


def card(pen: Pen, plane: Plane, x: float = LYING[0], y: float = LYING[1], line: Tone = Tone.ACTION) -> None:
    """The front of a My Number Card: name above, portrait at the left; nobody's."""
    pen.box(x, y, 130, 82, Tone.GROUND, 9, line, 4, plane)
    pen.box(x + 12, y + 11, 76, 7, Tone.QUIET_FRAME, 3, plane=plane)
    pen.box(x + 12, y + 26, 30, 42, Tone.ACTION_PALE, 3, Tone.QUIET_FRAME, 1.5, plane)
    pen.disc(x + 27, y + 41, 8, Tone.QUIET_FRAME, plane)
    pen.box(x + 16, y + 53, 22, 14, Tone.QUIET_FRAME, 7, plane=plane)
    for row, w in ((28, 64), (40, 52), (52, 60)):
        pen.box(x + 52, y + row, w, 5, Tone.ACTION_PALE, 2, plane=plane)
    pen.box(x + 52, y + 64, 44, 6, Tone.QUIET_FRAME, 2, plane=plane)


def lay(pen: Pen, down: bool = False) -> None:
    """Put it on the mark, picture up."""
    reader(pen)
    if down:
        card(pen, TABLE)
        return
    card(pen, _raised(AIR))
    pen.arrow((160, 108), (160, 160), width=10)


def lying(pen: Pen) -> None:
    """It lies on the mark."""
    lay(pen, down=True)


def read(pen: Pen) -> None:
    """It lies well."""
    lying(pen)
    signs.tick(pen, 278, 60)


def take(pen: Pen, gone: bool = False) -> None:
    """Take it off."""
    reader(pen, lit=False)
    if gone:
        card(pen, _raised(AIR))
        return
    card(pen, _raised(AIR - 44))
    pen.arrow((282, 100), (282, 14), width=10)


def taken(pen: Pen) -> None:
    """It is off the reader."""
    take(pen, gone=True)


def moved(pen: Pen) -> None:
    """It has slipped off the mark."""
    reader(pen)
    card(pen, Turned(TABLE, 16, (110, 75), 60, 28))
    pen.arrow((158, 142), (98, 142), Tone.FOCUS, 9)
    signs.careful(pen, 52, 54)


def bare(pen: Pen) -> None:
    """Out of its case, picture up, on the mark."""
    reader(pen)
    card(pen, _raised(AIR - 30))
    case = Turned(_raised(AIR - 16), -8, (110, 75), -24, -22)
    pen.frame(LYING[0] - 10, LYING[1] - 10, 150, 102, Tone.QUIET_FRAME, 4, 12, case)
    signs.careful(pen, 284, 56)


def wrong_kind(pen: Pen) -> None:
    """Some other card, and the right one."""
    pen.box(14, 26, 130, 82, Tone.PANEL, 9, Tone.QUIET_FRAME, 4)
    pen.box(14, 42, 130, 18, Tone.QUIET_FRAME)
    pen.box(28, 76, 60, 8, Tone.QUIET_FRAME, 3)
    signs.cross(pen, 136, 100, 24)
    card(pen, flat, 166, 104)
    signs.tick(pen, 286, 178, 24)


def locked(pen: Pen) -> None:
    """A password of it is locked."""
    _large(pen)
    signs.padlock(pen, 252, 166, 40)


def expired(pen: Pen) -> None:
    """Its certificate is out of date."""
    _large(pen)
    signs.clock(pen, 252, 166, 38)


def lacking(pen: Pen) -> None:
    """Something is not on it."""
    _large(pen)
    signs.careful(pen, 252, 166, 36)


def two_passwords(pen: Pen) -> None:
    """The card, and twice four dots."""
    card(pen, flat, 24, 69)
    for y in (58, 126):
        pen.box(182, y, 128, 36, Tone.GROUND, 8, Tone.FRAME, 3)
        for i in range(4):
            pen.disc(204 + 28 * i, y + 18, 7, Tone.INK)


def reader_lost(pen: Pen) -> None:
    """The reader does not answer."""
    reader(pen, lit=False)
    signs.cross(pen, 160, 84, 36)


def _large(pen: Pen) -> None:
    card(pen, _twice, 0, 0)


def _twice(point: tuple[float, float]) -> tuple[float, float]:
    return 38 + point[0] * 1.72, 36 + point[1] * 1.72
