"""Where on a paper a number is printed. The place is shown, never digits: they would be compared with the visitor's."""

from screens.art import signs
from screens.art.paper import sheet
from screens.art.pen import Pen
from screens.look import Tone


def compared(pen: Pen) -> None:
    """A number on a paper, not known."""
    sheet(pen, 80, 14, 136, 192)
    pen.box(90, 84, 116, 36, Tone.GROUND, 6, Tone.ACTION, 4)
    _digits(pen, (8,), 100, 102, 8)
    signs.question(pen, 234, 166, 34)


def certificate(pen: Pen) -> None:
    """Where 共済契約締結証書 bears the contract number."""
    pen.box(30, 6, 260, 208, Tone.GROUND, 3, Tone.FRAME, 3)
    pen.box(38, 14, 244, 192, Tone.GROUND, 2, Tone.QUIET_FRAME, 1.5)
    pen.words("共済契約締結証書", 84, 38, 15)
    _number(pen, "共済契約者番号", (7, 2), 14)


def letter(pen: Pen) -> None:
    """Where the letter that asks for the papers bears the receipt number."""
    pen.box(30, 6, 260, 208, Tone.GROUND, 3, Tone.FRAME, 3)
    pen.words("再提出のご案内", 96, 38, 15)
    _number(pen, "受付番号", (5, 14, 5), 6)


def _number(pen: Pen, label: str, groups: tuple[int, ...], w: float) -> None:
    pen.box(42, 60, 236, 64, Tone.ACTION_PALE, 6, Tone.ACTION, 5)
    pen.words(label, 52, 78, 12)
    _digits(pen, groups, 53, 105, w)
    for y, length in ((142, 190), (158, 214), (174, 160), (190, 200)):
        pen.box(52, y, length, 6, Tone.QUIET_FRAME, 2)


def _digits(pen: Pen, groups: tuple[int, ...], x: float, y: float, w: float) -> None:
    """A block in the place of each, `w` units wide; a hyphen between the groups."""
    for i, count in enumerate(groups):
        if i:
            pen.box(x, y - 1.5, w, 3, Tone.ACTION)
            x += w + 2.5
        for _ in range(count):
            pen.box(x, y - 9, w, 18, Tone.ACTION, 1.5)
            x += w + 2.5


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
