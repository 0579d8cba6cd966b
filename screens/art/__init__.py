"""Pictures made of plain shapes in the colours of the theme: calm, flat, and true to what lies before the visitor.

`draw` paints one of them as large as it fits, on transparent ground, without the room that is left beside it. A picture
that moves has several phases; the first alone tells the whole, so that it can stand still. A `Gallery` keeps what it
has painted: drawing takes longer than a frame.
"""

import zlib
from collections.abc import Callable
from enum import Enum
from functools import partial
from typing import Final

import pygame

from screens.art import card, mail, paper, phone, printed, signs
from screens.art.pen import Pen
from screens.look import Theme
from screens.surfaces import DRAWN_BYTES, Surfaces

"""Width of a picture for its height."""

PIXELS: Final = "BGRA"  # as they lie in the memory of a surface that is drawn on


class Art(Enum):
    """What there is to be seen."""

    LAY_CARD = "lay_card"
    CARD_READ = "card_read"
    TAKE_CARD = "take_card"
    CARD_AGAIN = "card_again"
    CARD_MOVED = "card_moved"
    CARD_BARE = "card_bare"
    CARD_WRONG_KIND = "card_wrong_kind"
    CARD_LOCKED = "card_locked"
    CARD_EXPIRED = "card_expired"
    CARD_LACKING = "card_lacking"
    READER_LOST = "reader_lost"
    CAMERA_LOST = "camera_lost"
    LAY_PAPER = "lay_paper"
    CLEAR_TRAY = "clear_tray"
    PAPER_NOT_FOUND = "paper_not_found"
    PAPER_CUT_OFF = "paper_cut_off"
    PAPER_BLURRED = "paper_blurred"
    PAPER_MOVED = "paper_moved"
    PAPER_FINGER = "paper_finger"
    PAPER_GLARE = "paper_glare"
    PAPER_DARK = "paper_dark"
    PAPER_BLANK = "paper_blank"
    NOT_A_CARD = "not_a_card"
    SLIDE_UP = "slide_up"
    SLIDE_DOWN = "slide_down"
    SLIDE_LEFT = "slide_left"
    SLIDE_RIGHT = "slide_right"
    TWO_SHEETS = "two_sheets"
    TOO_LARGE = "too_large"
    CONTRACT_CERTIFICATE = "contract_certificate"
    RECEIPT_LETTER = "receipt_letter"
    SLIP_FIRST = "slip_first"
    SLIP_SECOND = "slip_second"
    COMPARED = "compared"
    PHONE = "phone"
    PHONE_CODE = "phone_code"
    PHONE_PHOTOGRAPHS = "phone_photographs"
    ENVELOPE = "envelope"
    MAIL_RETURNED = "mail_returned"
    MAIL_LATE = "mail_late"
    LINE_UP = "line_up"
    LINE_DOWN = "line_down"
    CLOSED = "closed"
    OFFICE = "office"
    POWER = "power"
    BELONGINGS = "belongings"
    BELONGINGS_WITH_CARD = "belongings_with_card"
    DONE = "done"
    ONE_LEFT = "one_left"
    STOPPED = "stopped"
    WAITING = "waiting"
    OVERDUE = "overdue"
    UNKNOWN = "unknown"
    BELL = "bell"


_DRAWN: dict[Art, tuple[Callable[[Pen], None], ...]] = {
    Art.LAY_CARD: (card.lay, card.lying),
    Art.CARD_READ: (card.read,),
    Art.TAKE_CARD: (card.take, card.taken),
    Art.CARD_AGAIN: (card.again,),
    Art.CARD_MOVED: (card.moved,),
    Art.CARD_BARE: (card.bare,),
    Art.CARD_WRONG_KIND: (card.wrong_kind,),
    Art.CARD_LOCKED: (card.locked,),
    Art.CARD_EXPIRED: (card.expired,),
    Art.CARD_LACKING: (card.lacking,),
    Art.READER_LOST: (card.reader_lost,),
    Art.CAMERA_LOST: (paper.camera_lost,),
    Art.LAY_PAPER: (paper.lay,),
    Art.CLEAR_TRAY: (paper.clear_tray,),
    Art.PAPER_NOT_FOUND: (paper.not_found,),
    Art.PAPER_CUT_OFF: (paper.cut_off,),
    Art.PAPER_BLURRED: (paper.blurred,),
    Art.PAPER_MOVED: (paper.moved,),
    Art.PAPER_FINGER: (paper.finger,),
    Art.PAPER_GLARE: (paper.glare,),
    Art.PAPER_DARK: (paper.dark,),
    Art.PAPER_BLANK: (paper.blank,),
    Art.NOT_A_CARD: (paper.not_a_card,),
    Art.SLIDE_UP: (partial(paper.slide, right=0, down=-1),),
    Art.SLIDE_DOWN: (partial(paper.slide, right=0, down=1),),
    Art.SLIDE_LEFT: (partial(paper.slide, right=-1, down=0),),
    Art.SLIDE_RIGHT: (partial(paper.slide, right=1, down=0),),
    Art.TWO_SHEETS: (paper.two_sheets,),
    Art.TOO_LARGE: (paper.too_large,),
    Art.CONTRACT_CERTIFICATE: (printed.certificate,),
    Art.RECEIPT_LETTER: (printed.letter,),
    Art.SLIP_FIRST: (printed.slip_first,),
    Art.SLIP_SECOND: (printed.slip_second,),
    Art.COMPARED: (printed.compared,),
    Art.PHONE: (phone.confirmed,),
    Art.PHONE_CODE: (phone.code,),
    Art.PHONE_PHOTOGRAPHS: (phone.photographs,),
    Art.ENVELOPE: (mail.envelope,),
    Art.MAIL_RETURNED: (mail.returned,),
    Art.MAIL_LATE: (mail.late,),
    Art.LINE_UP: (mail.line_up,),
    Art.LINE_DOWN: (mail.line_down,),
    Art.CLOSED: (mail.closed,),
    Art.OFFICE: (signs.office,),
    Art.POWER: (mail.power,),
    Art.BELONGINGS: (mail.belongings,),
    Art.BELONGINGS_WITH_CARD: (mail.belongings_with_card,),
    Art.DONE: (signs.done,),
    Art.ONE_LEFT: (signs.one_left,),
    Art.STOPPED: (signs.stopped,),
    Art.WAITING: tuple(partial(signs.waiting, quarter=quarter) for quarter in range(4)),
    Art.OVERDUE: (signs.overdue,),
    Art.UNKNOWN: (signs.unknown,),
    Art.BELL: (signs.bell,),
}


def phases(picture: Art) -> int:
    """How many phases the picture moves through; 1 where it stands still."""
    return len(_DRAWN[picture])


class Gallery:
    """What the painter draws with: pictures painted so far, by picture, size, theme and phase."""

    def __init__(self) -> None:
        self._painted: Surfaces[tuple[Art, int, int, int, int]] = Surfaces(DRAWN_BYTES)
        self._rehearsed: dict[tuple[Art, int, int, int, int], tuple[bytes, tuple[int, int]]] = {}

    def draw(self, picture: Art, w: int, h: int, theme: Theme, phase: int = 0) -> pygame.Surface:
        """The picture as large as it fits into `w` x `h` pixels, in whose middle it belongs; needs `pygame.font`, no
        window.
        """
        key = _key(picture, w, h, theme, phase)
        found = self._painted.find(key)
        if found is None:
            packed = self._rehearsed.get(key)
            found = draw(picture, w, h, theme, phase) if packed is None else _unpacked(*packed)
            self._painted.keep(key, found)
        return found

    def rehearse(self, picture: Art, w: int, h: int, theme: Theme, phase: int) -> bool:
        """Draw it for later, and keep it packed: flat colours take a hundredth of their room, and are unpacked in a
        tenth of the time that drawing takes. False where it has been drawn already.
        """
        key = _key(picture, w, h, theme, phase)
        if key in self._rehearsed or self._painted.find(key) is not None:
            return False
        drawn = draw(picture, w, h, theme, phase)
        self._rehearsed[key] = zlib.compress(pygame.image.tobytes(drawn, PIXELS), 1), drawn.get_size()
        return True

    @property
    def kept(self) -> int:
        """Bytes of what is not packed."""
        return self._painted.held

    def forget(self) -> None:
        """What need not be drawn to be had again."""
        for key in self._rehearsed:
            self._painted.drop(key)


def _key(picture: Art, w: int, h: int, theme: Theme, phase: int) -> tuple[Art, int, int, int, int]:
    return picture, w, h, hash(tuple(theme.colours.items())), phase % phases(picture)


def _unpacked(packed: bytes, size: tuple[int, int]) -> pygame.Surface:
    return pygame.image.frombuffer(zlib.decompress(packed), size, PIXELS)


def draw(picture: Art, w: int, h: int, theme: Theme, phase: int = 0) -> pygame.Surface:
    """Paint it anew; see `Gallery.draw`."""
    pen = Pen(w, h, theme)
    _DRAWN[picture][phase % phases(picture)](pen)
    return pen.finish()
