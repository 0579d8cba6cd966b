"""The card and the reader: how to lay it, how to take it, and what is the matter with it."""

from screens.art import signs
from screens.art.pen import Leaning, Pen, Plane, Turned
from screens.look import Tone

TABLE = Leaning(w=220, h=150, x=160, top=92, bottom=204, near=1.26, far=1.02)
"""The top of the reader; a card of 130 x 82 units lies in its middle."""

NEAR = Leaning(w=220, h=150, x=160, top=36, bottom=192, near=1.3, far=1.04)
"""The same from nearer, where nothing is held above it."""

LYING = (45.0, 34.0)
AIR = 84.0
"""How high above the reader the card is held, in units of the canvas."""


def _raised(by: float) -> Plane:
    def plane(point: tuple[float, float]) -> tuple[float, float]:
        x, y = TABLE(point)
        return x, y - by

    return plane


def reader(pen: Pen, lit: bool = True, table: Plane = TABLE) -> None:
    """A flat box with the outline of a card on it."""
    pen.box(0, 0, 220, 150, Tone.TRAY, 14, Tone.FRAME, 3, Turned(table, 0, (0, 0), 0, 9))
    pen.box(0, 0, 220, 150, Tone.TRAY, 14, Tone.FRAME, 3, table)
    mark = Tone.FOCUS if lit else Tone.QUIET_FRAME
    pen.frame(LYING[0] - 6, LYING[1] - 5, 142, 92, mark, 3, 10, table)


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
    pen.arrow((160, 106), (160, 166), Tone.FOCUS, 11)


def lying(pen: Pen) -> None:
    """It lies on the mark."""
    lay(pen, down=True)


def read(pen: Pen) -> None:
    """It lies well."""
    reader(pen, table=NEAR)
    card(pen, NEAR)
    signs.tick(pen, 258, 160, 30)


def take(pen: Pen, gone: bool = False) -> None:
    """Take it off."""
    reader(pen, lit=False)
    if gone:
        card(pen, _raised(AIR))
        return
    card(pen, _raised(AIR - 44))
    pen.arrow((160, 68), (160, 6), width=11)


def taken(pen: Pen) -> None:
    """It is off the reader."""
    take(pen, gone=True)


def again(pen: Pen) -> None:
    """Take it off, and lay it on the mark anew."""
    reader(pen)
    card(pen, _raised(AIR - 6))
    pen.arrow((56, 86), (56, 14), width=11)
    pen.arrow((264, 14), (264, 86), width=11)


def moved(pen: Pen) -> None:
    """It has slipped off the mark."""
    reader(pen, table=NEAR)
    card(pen, Turned(NEAR, 14, (110, 75), 54, 24))
    pen.arrow((152, 108), (92, 108), Tone.FOCUS, 11)
    signs.careful(pen, 264, 70, 28)


def bare(pen: Pen) -> None:
    """Out of its case, picture up, on the mark."""
    reader(pen)
    raised = _raised(AIR)
    card(pen, raised, LYING[0] + 34)
    case = [(84, 30), (-4, 30), (-12, 38), (-12, 112), (-4, 120), (84, 120), (84, 95), (70, 86), (70, 64), (84, 55)]
    pen.area(case, Tone.PANEL, raised)
    pen.outline(case, Tone.FRAME, 3, raised)
    pen.arrow((178, 106), (178, 166), Tone.FOCUS, 11)
    signs.careful(pen, 258, 176)


def wrong_kind(pen: Pen) -> None:
    """Some other card, and the right one."""
    pen.box(8, 14, 160, 100, Tone.PANEL, 10, Tone.QUIET_FRAME, 4)
    pen.box(8, 32, 160, 22, Tone.QUIET_FRAME)
    pen.box(24, 74, 74, 10, Tone.QUIET_FRAME, 3)
    card(pen, _scaled(1.2, 144, 96), 0, 0)
    signs.cross(pen, 40, 116, 28)
    signs.tick(pen, 282, 182, 28)


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


def reader_lost(pen: Pen) -> None:
    """The reader does not answer."""
    reader(pen, lit=False, table=NEAR)
    signs.cross(pen, 160, 112, 44)


def _large(pen: Pen) -> None:
    card(pen, _scaled(1.72, 38, 36), 0, 0)


def _scaled(size: float, x: float, y: float) -> Plane:
    return lambda point: (x + point[0] * size, y + point[1] * size)
