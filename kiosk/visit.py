"""The nouns of a visit: small frozen values that events, states, effects and views share.

What a visitor gave (address, attributes, numbers) is kept out of every `repr` with `field(repr=False)`: a state may
end up in a traceback or a failing test, its contents may not. Password digits are not here at all: they exist only in
the vault.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum


@dataclass(frozen=True, slots=True)
class Ticket:
    """Names one request of one visit, so that only its own answer is accepted, and only once."""

    visit: int
    serial: int


class Language(Enum):
    """Languages that a visitor can choose; the value is the name of the text catalogue."""

    JA = "ja"
    EASY = "ja-easy"  # やさしい日本語: short sentences of common words, every kanji with its reading
    EN = "en"


class TextSize(Enum):
    """Capital height of body text in millimetres (VISIT.md)."""

    SMALL = 4.0
    NORMAL = 4.8
    LARGE = 6.4
    LARGEST = 8.5


@dataclass(frozen=True, slots=True)
class Preferences:
    """How this visitor wants the glass; every visit starts from the default."""

    language: Language = Language.JA
    text_size: TextSize = TextSize.NORMAL
    high_contrast: bool = False
    reduced_motion: bool = False
    controls_low: bool = False
    take_your_time: bool = False
    shuffled_digits: bool = False


class Password(Enum):
    """The two passwords of the card that the procedure needs, in the order in which it asks."""

    AUTHENTICATION = "auth"  # 利用者証明用電子証明書パスワード
    ATTRIBUTES = "attributes"  # 券面事項入力補助用パスワード


@dataclass(frozen=True, slots=True)
class Entry:
    """Names one typing of one password; a confirmed entry is used for at most one VERIFY."""

    serial: int
    password: Password


@dataclass(frozen=True, slots=True)
class Tries:
    """Tries left on the card. 0 means locked, None means that this card has no such password."""

    authentication: int | None
    attributes: int | None

    def of(self, password: Password) -> int | None:
        """The count of one of the two."""
        return self.authentication if password is Password.AUTHENTICATION else self.attributes


class CardPlace(Enum):
    """Where a card is, as far as this visit may know it."""

    ABSENT = "absent"
    PRESENT = "present"
    STALE = "stale"  # lay there when the visit began: not read until it has been away once


class Tray(Enum):
    """Whether a paper lies on the tray, as far as this visit has seen."""

    EMPTY = "empty"
    PAPER = "paper"
    UNSEEN = "unseen"  # one lay there when the visit ended; nobody has looked since


class Sex(Enum):
    """ISO/IEC 5218, as the chip holds it."""

    UNKNOWN = "0"
    MALE = "1"
    FEMALE = "2"
    NOT_APPLICABLE = "9"


@dataclass(frozen=True, slots=True)
class BirthDate:
    """A birth date as the chip holds it; a part that is unknown is None."""

    year: int | None = field(repr=False)
    month: int | None = field(repr=False)
    day: int | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Attributes:
    """The four attributes (基本4情報), exactly as the card holds them."""

    name: str = field(repr=False)
    address: str = field(repr=False)
    birth: BirthDate = field(repr=False)
    sex: Sex = field(repr=False)


@dataclass(frozen=True, slots=True)
class Limits:
    """What the portal takes in one submission."""

    files: int = 5
    total_bytes: int = 10_000_000
    pdf: bool = False  # it takes PDF too, so that several pages may be one file


@dataclass(frozen=True, slots=True)
class FurtherField:
    """A field that the portal asks for beyond the manual's own; `pattern` is a regular expression or empty."""

    name: str
    label: str
    pattern: str
    required: bool
    longest: int


@dataclass(frozen=True, slots=True)
class Document:
    """One of the documents that must be agreed to, in the portal's own words."""

    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Terms:
    """What the portal asks a visitor to agree to, and what it takes."""

    version: str
    documents: tuple[Document, ...]
    limits: Limits


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page or a frame, as fractions of its width and height from the upper left."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Page:
    """A photographed page; its pixels stay with the documents worker, under `number`.

    `covers` are burnt in before anything is encoded. What looks like a My Number is `suspected`: shown covered, until
    the visitor has said what it is. A page that `joins` belongs to the same paper as the page before it.
    """

    number: int
    width_px: int
    height_px: int
    encoded_bytes: int
    covers: tuple[Box, ...] = ()
    suspected: tuple[Box, ...] = ()
    seen: bool = True  # the visitor has seen what was found on it
    refused: bool = False  # it is nothing that may be handed in
    reading: Ticket | None = None  # it is being looked through for My Numbers
    turning: Ticket | None = None
    turns: int = 0  # quarters clockwise, by the visitor's hand
    joins: bool = False
    least_bytes: int = 0  # what it costs where quality is lowest; `encoded_bytes`: where it is best, until it is packed


Point = tuple[float, float]
"""A place on a frame or a page, as fractions of its width and height from the upper left."""


@dataclass(frozen=True, slots=True)
class Framed:
    """The still in which page `number` was found, and its four corners, clockwise from the upper left."""

    number: int
    width_px: int
    height_px: int
    corners: tuple[Point, ...]


class Guidance(Enum):
    """What the camera would say to the visitor now (one at a time)."""

    LOOKING = "looking"  # it has not looked yet
    EMPTY_THE_TRAY = "empty_the_tray"  # a paper lies there that was there before
    LAY_A_PAPER = "lay_a_paper"
    NOT_FOUND = "not_found"
    CUT_OFF = "cut_off"
    SLIDE_UP = "slide_up"  # cut off as well, and one way leads back into the picture
    SLIDE_DOWN = "slide_down"
    SLIDE_LEFT = "slide_left"
    SLIDE_RIGHT = "slide_right"
    HAND = "hand"  # a hand is in view
    TWO_SHEETS = "two_sheets"
    TOO_DARK = "too_dark"
    GLARE = "glare"
    HOLD_STILL = "hold_still"
    READY = "ready"  # has lain still and good for a second


NOTHING_THERE = frozenset({Guidance.LOOKING, Guidance.EMPTY_THE_TRAY, Guidance.LAY_A_PAPER})  # nothing to photograph


@dataclass(frozen=True, slots=True)
class Sight:
    """What the live view shows; `outline`: four corners (x, y), fractions of the frame, clockwise from top left."""

    guidance: Guidance
    outline: tuple[tuple[float, float], ...] = ()


class PortalHealth(Enum):
    """What a harmless request to the portal found."""

    OPEN = "open"
    UNREACHABLE = "unreachable"
    UNTRUSTED = "untrusted"
    MAINTENANCE = "maintenance"


@dataclass(frozen=True, slots=True)
class Health:
    """What works now; the attract screen offers only what works."""

    reader: bool = True
    camera: bool = True
    portal: PortalHealth = PortalHealth.OPEN
    clock: bool = True
    card_step_open: bool = True
    state_writable: bool = True  # what must survive a crash can be written down


class Ending(Enum):
    """How a visit ended. Nothing personal: the next process may say a sentence about it."""

    LEFT = "left"  # 中止, or 戻る on the first screen
    TIMED_OUT = "timed_out"
    COMPLETED = "completed"
    POSTPONED = "postponed"  # 今日はやめる
    STOPPED = "stopped"  # by a failure without a way on here
    FATE_UNKNOWN = "fate_unknown"
    BROKEN_OFF = "broken_off"  # by a fault of the terminal's own


@dataclass(frozen=True, slots=True)
class Dossier:
    """What this visit has gathered so far; emptied by the wipe."""

    terms: Terms | None = None
    agreed: bool = False
    address: str = field(default="", repr=False)
    registered: bool = False
    mails: int = 0
    link_deadline: datetime | None = None
    tries: Tries | None = None
    refused_authentication: int = 0
    refused_attributes: int = 0
    attributes: Attributes | None = field(default=None, repr=False)
    applicant: bool | None = None  # True: 加入申込者, no contract number
    contract: str = field(default="", repr=False)
    receipt: str = field(default="", repr=False)
    fields: tuple[FurtherField, ...] = ()
    field_values: tuple[str, ...] = field(default=(), repr=False)
    pages: tuple[Page, ...] = ()
    packed: bool = False  # the pages' sizes are those of the files that would be sent
