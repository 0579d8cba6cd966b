"""Everything that can go wrong, as one closed list, and what follows from it.

A driver raises `DriverError(Failure.X)` and nothing else. What a visitor reads, whether another try makes sense and
whether a member of staff is called are answers of `REMEDIES`, so that no screen and no handler decides that for
itself. The sentence of a failure stands in the text catalogues under `failure.<name in lower case>` (`.title`,
`.text`).

A wrong password is no failure: the card answered, and the answer is a value (`PasswordRefused`).
"""

from dataclasses import dataclass
from enum import Enum, auto


class Failure(Enum):
    """What happened, named for people who read journals."""

    # the card
    CARD_NOT_LAID = auto()
    CARD_WRONG_KIND = auto()
    CARD_UNREADABLE = auto()  # mute: upside down, off the mark, in a purse
    CARD_PULLED = auto()
    CARD_MALFORMED = auto()  # answers, but not as such a card does
    CARD_SLOW = auto()
    CERTIFICATE_EXPIRED = auto()
    CERTIFICATE_ABSENT = auto()
    PASSWORD_LOCKED = auto()
    PASSWORD_ABSENT = auto()
    LAST_TRY_KEPT = auto()
    REFUSED_TOO_OFTEN = auto()  # per password and visit
    CARD_STEP_CLOSED = auto()  # per terminal and hour
    TRIES_UNKNOWN = auto()
    READER_LOST = auto()
    # the camera and the papers
    CAMERA_LOST = auto()
    PHOTO_SLOW = auto()
    PAGE_NOT_FOUND = auto()
    PAGE_CUT_OFF = auto()
    PAGE_BLURRED = auto()
    PAGE_MOVED = auto()
    PAGE_FINGER = auto()
    PAGE_GLARE = auto()
    PAGE_DARK = auto()
    PAGE_BLANK = auto()
    PAGE_MY_NUMBER_CARD = auto()  # the back of a My Number Card lies there: not a paper to hand in
    TWO_SHEETS = auto()
    BUDGET_EXCEEDED = auto()
    # the portal
    PORTAL_UNREACHABLE = auto()
    PORTAL_UNTRUSTED = auto()  # another one answers, or it does not know this terminal: certificates, a foreign network
    PORTAL_SLOW = auto()
    PORTAL_BUSY = auto()  # answers, and cannot do it just now: too many unknown codes, no revocation list, its own load
    PORTAL_MAINTENANCE = auto()
    PORTAL_MALFORMED = auto()  # answered outside the contract
    ADDRESS_REFUSED = auto()
    MAILS_EXHAUSTED = auto()  # per visit, or per terminal and hour
    MAIL_NOT_CONFIRMED = auto()
    LINK_EXPIRED = auto()
    CODE_UNKNOWN = auto()
    LOGIN_REFUSED = auto()
    CONTRACT_UNKNOWN = auto()
    RECEIPT_UNKNOWN = auto()
    FIELD_REFUSED = auto()
    SESSION_EXPIRED = auto()
    SUBMISSION_REFUSED = auto()
    SUBMISSION_NOT_RECEIVED = auto()  # settled: the portal has nothing and will take nothing under that key
    SUBMISSION_UNCERTAIN = auto()  # bytes have left, no answer came: must be settled
    FATE_UNKNOWN = auto()
    # the terminal
    PANEL_LOST = auto()  # lamps and switches around the glass; everything else goes on
    CLOCK_UNTRUSTED = auto()
    STATE_UNWRITABLE = auto()  # the disk is full or read-only: no submission could be written down before it leaves
    POWER_RETURNED = auto()
    INTERNAL = auto()


class DriverError(Exception):
    """The one exception that leaves a driver. It carries a kind, never contents."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.name)
        self.failure = failure


@dataclass(frozen=True, slots=True)
class Remedy:
    """What a failure allows: `retry` the visitor may try again here; `staff` somebody of the house is called."""

    retry: bool
    staff: bool = False


_AGAIN = Remedy(retry=True)
_OVER = Remedy(retry=False)

REMEDIES: dict[Failure, Remedy] = {
    Failure.CARD_NOT_LAID: _AGAIN,
    Failure.CARD_WRONG_KIND: _AGAIN,
    Failure.CARD_UNREADABLE: _AGAIN,
    Failure.CARD_PULLED: _AGAIN,
    Failure.CARD_MALFORMED: Remedy(retry=False, staff=True),
    Failure.CARD_SLOW: _AGAIN,
    Failure.CERTIFICATE_EXPIRED: _OVER,
    Failure.CERTIFICATE_ABSENT: _OVER,
    Failure.PASSWORD_LOCKED: _OVER,
    Failure.PASSWORD_ABSENT: _OVER,
    Failure.LAST_TRY_KEPT: _OVER,
    Failure.REFUSED_TOO_OFTEN: _OVER,
    Failure.CARD_STEP_CLOSED: Remedy(retry=False, staff=True),
    Failure.TRIES_UNKNOWN: _AGAIN,
    Failure.READER_LOST: Remedy(retry=True, staff=True),
    Failure.CAMERA_LOST: Remedy(retry=True, staff=True),
    Failure.PHOTO_SLOW: _AGAIN,
    Failure.PAGE_NOT_FOUND: _AGAIN,
    Failure.PAGE_CUT_OFF: _AGAIN,
    Failure.PAGE_BLURRED: _AGAIN,
    Failure.PAGE_MOVED: _AGAIN,
    Failure.PAGE_FINGER: _AGAIN,
    Failure.PAGE_GLARE: _AGAIN,
    Failure.PAGE_DARK: _AGAIN,
    Failure.PAGE_BLANK: _AGAIN,
    Failure.PAGE_MY_NUMBER_CARD: _AGAIN,
    Failure.TWO_SHEETS: _AGAIN,
    Failure.BUDGET_EXCEEDED: _AGAIN,
    Failure.PORTAL_UNREACHABLE: _AGAIN,
    Failure.PORTAL_UNTRUSTED: Remedy(retry=True, staff=True),
    Failure.PORTAL_SLOW: _AGAIN,
    Failure.PORTAL_BUSY: _AGAIN,
    Failure.PORTAL_MAINTENANCE: _OVER,
    Failure.PORTAL_MALFORMED: Remedy(retry=False, staff=True),
    Failure.ADDRESS_REFUSED: _AGAIN,
    Failure.MAILS_EXHAUSTED: _OVER,
    Failure.MAIL_NOT_CONFIRMED: _AGAIN,
    Failure.LINK_EXPIRED: _AGAIN,
    Failure.CODE_UNKNOWN: _AGAIN,
    Failure.LOGIN_REFUSED: _OVER,
    Failure.CONTRACT_UNKNOWN: _AGAIN,
    Failure.RECEIPT_UNKNOWN: _AGAIN,
    Failure.FIELD_REFUSED: _AGAIN,
    Failure.SESSION_EXPIRED: _AGAIN,
    Failure.SUBMISSION_REFUSED: _AGAIN,
    Failure.SUBMISSION_NOT_RECEIVED: _AGAIN,
    Failure.SUBMISSION_UNCERTAIN: _AGAIN,
    Failure.FATE_UNKNOWN: _OVER,
    Failure.PANEL_LOST: Remedy(retry=True, staff=True),
    Failure.CLOCK_UNTRUSTED: Remedy(retry=False, staff=True),
    Failure.STATE_UNWRITABLE: Remedy(retry=True, staff=True),
    Failure.POWER_RETURNED: _AGAIN,
    Failure.INTERNAL: Remedy(retry=False, staff=True),
}
