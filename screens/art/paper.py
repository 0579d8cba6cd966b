"""Papers: how to lay them, what may be the matter with them, and where on them a number is printed."""

from screens.art import signs
from screens.art.pen import Pen, Plane, Turned, flat, rounded
from screens.look import Face, Tone

ROWS = (0.9, 1.0, 0.6, 0.95, 0.8, 1.0, 0.5, 0.9, 0.7)


def sheet(
    pen: Pen, x: float, y: float, w: float, h: float, plane: Plane = flat, rows: Tone | None = Tone.QUIET_FRAME
) -> None:
    """A page with lines on it, or blank."""
    pen.box(x, y, w, h, Tone.GROUND, 2, Tone.FRAME, 2.5, plane)
    if rows is None:
        return
    step = h / (len(ROWS) + 2)
    for i, length in enumerate(ROWS):
        pen.box(x + w * 0.12, y + step * (i + 1.1), w * 0.76 * length, step * 0.42, rows, plane=plane)


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
    sheet(pen, 150, 50, 96, 136, Turned(flat, 14, (190, 110), 52, -18))
    pen.arrow((112, 150), (146, 96), Tone.FOCUS)


def cut_off(pen: Pen) -> None:
    """A corner lies outside of what the camera sees."""
    tray(pen)
    sheet(pen, 106, 34, 108, 152, Turned(flat, -8, (160, 110), -78, 10))
    pen.box(3, 3, 45.5, 214, Tone.GROUND)
    pen.stroke([(50, 22), (50, 198)], Tone.INK if pen.plain else Tone.STOP, 6)
    pen.arrow((150, 110), (216, 110), Tone.FOCUS)


def slide(pen: Pen, right: int, down: int) -> None:
    """A side lies outside of what the camera sees; the arrow leads back."""
    tray(pen)
    x, y = 160 - 70 * right, 110 - 62 * down
    left, top = max(50, x - 54), max(9, y - 60)
    sheet(pen, left, top, min(270, x + 54) - left, min(211, y + 60) - top)
    edge = Tone.INK if pen.plain else Tone.STOP
    if right:
        at = 50 if right > 0 else 270
        pen.stroke([(at, 22), (at, 198)], edge, 6)
    else:
        at = 9 if down > 0 else 211
        pen.stroke([(64, at), (256, at)], edge, 6)
    pen.arrow((x, y), (x + 66 * right, y + 66 * down), Tone.FOCUS)


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
    """Light is mirrored."""
    tray(pen)
    sheet(pen, 106, 34, 108, 152)
    pen.disc(176, 88, 40, Tone.FOCUS)
    pen.disc(176, 88, 26, Tone.GROUND)
    signs.careful(pen, 262, 184)


def dark(pen: Pen) -> None:
    """The shadow of head and shoulders lies on it."""
    tray(pen)
    sheet(pen, 106, 34, 108, 152)
    shadow = Tone.TRAY if pen.plain else Tone.FRAME
    pen.disc(146, 106, 30, shadow)
    pen.area([(x, min(y, 211)) for x, y in rounded(78, 128, 136, 160, 52)], shadow)
    signs.careful(pen, 262, 184)


def blurred(pen: Pen) -> None:
    """Every line twice, a little beside itself."""
    tray(pen)
    sheet(pen, 106, 34, 108, 152, rows=None)
    step = 152 / 11
    for i, length in enumerate(ROWS):
        y = 34 + step * (i + 1.1)
        pen.box(116, y - 2, 86 * length, 5, Tone.ACTION_PALE, 2)
        pen.box(121, y + 2, 86 * length, 5, Tone.QUIET_FRAME, 2)
    signs.careful(pen, 262, 184)


def moved(pen: Pen) -> None:
    """It slides while the picture is taken."""
    tray(pen)
    for x in (64, 82):
        pen.stroke([(x, 56), (x, 164)], Tone.QUIET_FRAME, 4)
    sheet(pen, 102, 34, 108, 152)
    pen.arrow((222, 110), (262, 110), Tone.FOCUS)
    signs.careful(pen, 262, 184)


def finger(pen: Pen) -> None:
    """A hand from the right, its finger on the print."""
    tray(pen)
    sheet(pen, 86, 34, 108, 152)
    pen.box(196, 92, 116, 82, Tone.PANEL, 26, Tone.FRAME, 3)
    pen.box(146, 100, 86, 26, Tone.PANEL, 13, Tone.FRAME, 3)
    pen.box(198, 103.5, 40, 19, Tone.PANEL)
    signs.cross(pen, 268, 40)


def blank(pen: Pen) -> None:
    """Nothing is printed on this side."""
    tray(pen)
    sheet(pen, 106, 34, 108, 152, rows=None)
    signs.question(pen, 262, 184)


def too_large(pen: Pen) -> None:
    """A pile, and a measure that is over its mark."""
    for i in range(4):
        sheet(pen, 46 + 8 * i, 30 + 8 * i, 100, 140)
    pen.box(216, 30, 34, 166, Tone.PANEL, 6, Tone.FRAME, 3)
    pen.box(219, 44, 28, 149, Tone.CAREFUL, 4)
    pen.stroke([(204, 76), (262, 76)], Tone.INK if pen.plain else Tone.STOP, 6)
    signs.careful(pen, 284, 48, 22)


def camera_lost(pen: Pen) -> None:
    """The camera does not answer."""
    pen.box(90, 62, 140, 96, Tone.TRAY, 14, Tone.FRAME, 3)
    pen.box(120, 46, 44, 20, Tone.TRAY, 6, Tone.FRAME, 3)
    pen.disc(160, 110, 34, Tone.GROUND)
    pen.disc(160, 110, 22, Tone.QUIET_FRAME)
    signs.cross(pen, 236, 160, 32)


def compared(pen: Pen) -> None:
    """A number on a paper, not known."""
    sheet(pen, 80, 14, 136, 192)
    pen.box(90, 84, 116, 36, Tone.GROUND, 6, Tone.ACTION, 4)
    pen.words("0123…", 102, 102, 16, Tone.INK, Face.DIGITS)
    signs.question(pen, 234, 166, 34)


def certificate(pen: Pen) -> None:
    """Where 共済契約締結証書 bears the contract number."""
    pen.box(30, 6, 260, 208, Tone.GROUND, 3, Tone.FRAME, 3)
    pen.box(38, 14, 244, 192, Tone.GROUND, 2, Tone.QUIET_FRAME, 1.5)
    pen.words("共済契約締結証書", 84, 38, 15)
    _number(pen, "共済契約者番号", "1234567-89", 15)


def letter(pen: Pen) -> None:
    """Where the letter that asks for the papers bears the receipt number."""
    pen.box(30, 6, 260, 208, Tone.GROUND, 3, Tone.FRAME, 3)
    pen.words("再提出のご案内", 96, 38, 15)
    _number(pen, "受付番号", "S0101-20230101102030-12345", 12)


def _number(pen: Pen, label: str, number: str, capital: float) -> None:
    pen.box(42, 60, 236, 64, Tone.ACTION_PALE, 6, Tone.ACTION, 5)
    pen.words(label, 52, 78, 11)
    pen.words(number, 52, 104, capital, Tone.INK, Face.DIGITS)
    for y, w in ((142, 190), (158, 214), (174, 160), (190, 200)):
        pen.box(52, y, w, 6, Tone.QUIET_FRAME, 2)


def slip(pen: Pen, marked: int) -> None:
    """設定暗証番号記載票: the slip from the municipal office with the passwords; one row is marked."""
    pen.box(16, 6, 288, 208, Tone.GROUND, 3, Tone.FRAME, 3)
    pen.words("設定暗証番号記載票", 76, 32, 14)
    for i, name in enumerate(("利用者証明用電子証明書", "券面事項入力補助用")):
        y = 58 + i * 76
        if i == marked:
            pen.box(26, y, 268, 66, Tone.ACTION_PALE, 6, Tone.ACTION, 5)
        else:
            pen.box(26, y, 268, 66, Tone.GROUND, 6, Tone.QUIET_FRAME, 2)
        pen.words(name, 38, y + 19, 10)
        for k in range(4):
            pen.box(38 + k * 30, y + 34, 24, 24, Tone.GROUND, 3, Tone.FRAME, 2)
            pen.disc(50 + k * 30, y + 46, 5, Tone.INK)


def slip_first(pen: Pen) -> None:
    """The row of the first password."""
    slip(pen, 0)


def slip_second(pen: Pen) -> None:
    """The row of the second password."""
    slip(pen, 1)
