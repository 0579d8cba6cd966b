"""Mail, the line to the portal, and what is easily left behind."""

from screens.art import phone, signs
from screens.art.card import card
from screens.art.paper import sheet
from screens.art.pen import Pen, Turned, flat
from screens.look import Tone


def envelope(pen: Pen) -> None:
    """A mail."""
    phone.envelope(pen, 60, 44, 200)


def returned(pen: Pen) -> None:
    """A mail that was not sent."""
    phone.envelope(pen, 60, 44, 186)
    signs.careful(pen, 250, 164, 34)


def late(pen: Pen) -> None:
    """A mail whose time is over."""
    phone.envelope(pen, 60, 44, 186)
    signs.clock(pen, 250, 164, 36)


def line_up(pen: Pen) -> None:
    """Papers go from the terminal to the portal."""
    _two_ends(pen)
    sheet(pen, 118, 72, 44, 58)
    pen.arrow((168, 104), (212, 104), width=9)


def line_down(pen: Pen) -> None:
    """The terminal, the portal, and a gap between them."""
    _two_ends(pen)
    for x in (116, 132, 184, 200):
        pen.stroke([(x, 106), (x + 6, 106)], Tone.FRAME, 6)
    signs.cross(pen, 162, 106, 24)


def _two_ends(pen: Pen) -> None:
    pen.box(16, 66, 88, 66, Tone.GROUND, 8, Tone.FRAME, 5)
    pen.box(50, 134, 20, 14, Tone.FRAME)
    pen.box(34, 146, 52, 8, Tone.FRAME, 4)
    pen.box(222, 60, 82, 94, Tone.GROUND, 4, Tone.FRAME, 5)
    for y in (76, 100, 124):
        pen.box(236, y, 54, 12, Tone.ACTION_PALE, 3, Tone.FRAME, 2)


def closed(pen: Pen) -> None:
    """The portal is closed for a while."""
    pen.box(104, 20, 112, 172, Tone.GROUND, 6, Tone.FRAME, 5)
    for y in (44, 80, 116, 152):
        pen.box(122, y, 76, 18, Tone.ACTION_PALE, 4, Tone.FRAME, 2)
    signs.clock(pen, 226, 164, 38)


def power(pen: Pen) -> None:
    """A plug beside its socket."""
    pen.stroke([(20, 110), (84, 110)], Tone.FRAME, 8)
    for y in (94, 126):
        pen.stroke([(140, y), (172, y)], Tone.FRAME, 8)
    pen.box(84, 78, 60, 64, Tone.TRAY, 12, Tone.FRAME, 3)
    pen.box(214, 62, 84, 96, Tone.GROUND, 14, Tone.FRAME, 5)
    for y in (94, 126):
        pen.stroke([(238, y), (252, y)], Tone.FRAME, 8)


def belongings(pen: Pen, with_card: bool = False) -> None:
    """What is easily left behind: papers, phone, card."""
    sheet(pen, 30 if with_card else 70, 34, 96, 136, Turned(flat, -5, (100, 110)))
    if with_card:
        card(pen, flat, 96, 116)
    phone.body(pen, 238 if with_card else 192, 44, 66, 128, Turned(flat, 5, (220, 110)))


def belongings_with_card(pen: Pen) -> None:
    """The card too."""
    belongings(pen, with_card=True)
