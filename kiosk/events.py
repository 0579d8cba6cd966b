"""What can happen: the closed union of events that `step` takes.

Events are in the past tense and come from three sides: the visitor's finger, the devices, and the answers of workers
to requests that a state has made. An answer carries the ticket of its request; whoever waits for another ticket
ignores it. `Elapsed` says that a timer, which `timers(state)` named, has run out.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from kiosk.failures import Failure
from kiosk.visit import (
    Attributes,
    Box,
    Framed,
    FurtherField,
    Health,
    Language,
    Page,
    Sight,
    Terms,
    TextSize,
    Ticket,
    Tries,
)


class Action(Enum):
    """What a target on the glass means. A state ignores an action that it has no use for."""

    # on almost every screen
    START = "start"
    NEXT = "next"
    BACK = "back"
    CANCEL = "cancel"  # 中止
    YES = "yes"
    NO = "no"
    CLOSE = "close"
    RETRY = "retry"
    FINISH = "finish"  # 終わる, TOPへ
    # the header
    LANGUAGE = "language"
    DISPLAY = "display"
    STAFF = "staff"
    HELP = "help"
    # the display sheet
    HIGH_CONTRAST = "high_contrast"
    REDUCED_MOTION = "reduced_motion"
    CONTROLS_LOW = "controls_low"
    TAKE_YOUR_TIME = "take_your_time"
    # typing
    ERASE = "erase"
    ERASE_ALL = "erase_all"
    # registration
    HAVE_CODE = "have_code"
    AGREE = "agree"
    READ_THROUGH = "read_through"  # the last part of the document has been on the glass
    MAIL_TROUBLE = "mail_trouble"
    SEND_AGAIN = "send_again"
    CORRECT_ADDRESS = "correct_address"
    POSTPONE = "postpone"
    # card
    SHUFFLE = "shuffle"
    SOMETHING_WRONG = "something_wrong"  # 内容がちがう
    # papers
    CONTRACTOR = "contractor"
    APPLICANT = "applicant"
    PHOTOGRAPH = "photograph"
    KEEP = "keep"
    RETAKE = "retake"
    ADD = "add"
    ADD_PAGE = "add_page"  # another page of the same paper
    TURN = "turn"
    COVER = "cover"  # hide something with a finger
    LIFT = "lift"  # what was taken for a My Number is none
    UNDO = "undo"
    CORNERS = "corners"
    EARLIER = "earlier"
    LATER = "later"
    READ_LETTER = "read_letter"  # the camera reads a number from the letter
    # review
    CHANGE_CONTRACT = "change_contract"
    CHANGE_RECEIPT = "change_receipt"
    CHANGE_FIELDS = "change_fields"
    CHANGE_PAPERS = "change_papers"
    SUBMIT = "submit"


class Item(Enum):
    """What an indexed target stands for."""

    DOCUMENT = "document"  # read this one of the documents
    REMOVE = "remove"  # take this page out
    LOOK = "look"  # show this page large


class Phase(Enum):
    """What a finger does that draws."""

    BEGUN = "begun"
    MOVED = "moved"
    ENDED = "ended"


class TimerKind(Enum):
    """Why a state waits no longer than it says."""

    PATIENCE = "patience"  # no touch for too long: ask
    QUESTION = "question"  # the question was not answered: home
    DEADLINE = "deadline"  # a request was not answered
    POLL = "poll"  # time to ask again
    STILL = "still"  # nothing has moved for a while: say why
    LEAVE = "leave"  # a last screen has stood long enough
    RESET = "reset"  # a language chosen on the attract screen is forgotten


# --- the finger -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tapped:
    """A target was touched: the touch began and ended in it."""

    action: Action


@dataclass(frozen=True, slots=True)
class ItemTapped:
    """One of several like targets was touched."""

    item: Item
    index: int


@dataclass(frozen=True, slots=True)
class Held:
    """A target was held for two seconds: an explicit consent."""

    action: Action


@dataclass(frozen=True, slots=True)
class Pointed:
    """A finger on a picture that may be drawn on, at fractions of its width and height; it may stray beyond."""

    x: float
    y: float
    phase: Phase


@dataclass(frozen=True, slots=True)
class KeyTapped:
    """A key of an on-screen keyboard (one character, or a whole mail domain such as ``@docomo.ne.jp``)."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class DigitTapped:
    """A key of the password keypad."""

    digit: int = field(repr=False)


@dataclass(frozen=True, slots=True)
class Touched:
    """The glass was touched where nothing can be chosen."""


@dataclass(frozen=True, slots=True)
class LanguageChosen:
    """A language was touched."""

    language: Language


@dataclass(frozen=True, slots=True)
class TextSizeChosen:
    """A text size was touched."""

    size: TextSize


# --- the devices ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CardLaid:
    """A card came onto the reader (`stale` when it already lay there as the devices were opened)."""

    stale: bool = False


@dataclass(frozen=True, slots=True)
class CardTaken:
    """The card left the reader."""


@dataclass(frozen=True, slots=True)
class ReaderLost:
    """The reader is gone."""


@dataclass(frozen=True, slots=True)
class ReaderBack:
    """The reader is there again, without a card until told otherwise."""


@dataclass(frozen=True, slots=True)
class CameraLost:
    """The camera is gone."""


@dataclass(frozen=True, slots=True)
class CameraBack:
    """The camera is there again."""


@dataclass(frozen=True, slots=True)
class TraySeen:
    """What the live view shows has changed."""

    sight: Sight


@dataclass(frozen=True, slots=True)
class CodeSeen:
    """The live view holds a code, and this stands in it."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class HealthTold:
    """The background check of devices, clock and portal."""

    health: Health


# --- time -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Elapsed:
    """A timer of `timers(state)` has run out."""

    kind: TimerKind


# --- answers --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Failed:
    """Any request may end so."""

    failure: Failure


@dataclass(frozen=True, slots=True)
class TermsGot:
    """To `FetchTerms`."""

    terms: Terms


@dataclass(frozen=True, slots=True)
class Registered:
    """To `Register`, `SendMailAgain`, `CorrectAddress`: a mail is on its way; the link dies at `deadline` (aware)."""

    deadline: datetime


@dataclass(frozen=True, slots=True)
class RegistrationSeen:
    """To `AskRegistration`: has the link's button been pressed?"""

    confirmed: bool


@dataclass(frozen=True, slots=True)
class Resumed:
    """To `Resume`: an earlier registration, confirmed on the phone."""

    deadline: datetime
    address: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CardInspected:
    """To `InspectCard`: the right kind of card, its certificate in date, and the tries left."""

    tries: Tries


@dataclass(frozen=True, slots=True)
class ChallengeGot:
    """To `RequestChallenge`: the portal's nonce to be signed."""

    challenge: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Signed:
    """To `Authenticate`: certificate (DER) and signature over the challenge."""

    certificate: bytes = field(repr=False)
    signature: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class PasswordRefused:
    """To `Authenticate` and `ReadAttributes`: the card compared and said no; `left` tries remain (0: locked now)."""

    left: int


@dataclass(frozen=True, slots=True)
class SameDigitsAgain:
    """To `Authenticate` and `ReadAttributes`: these digits were just refused by this card, so it was not asked."""


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """To `LogIn`. `fields` are what the portal asks for in step 4 beyond the manual's own fields."""

    fields: tuple[FurtherField, ...] = ()


@dataclass(frozen=True, slots=True)
class AttributesRead:
    """To `ReadAttributes`."""

    attributes: Attributes


@dataclass(frozen=True, slots=True)
class TracesCovered:
    """To `RereadCertificate`: the reader's software holds nothing personal any more (or the card is gone)."""


@dataclass(frozen=True, slots=True)
class AttributesAccepted:
    """To `SendAttributes`."""


@dataclass(frozen=True, slots=True)
class NumbersAccepted:
    """To `CheckNumbers`."""


@dataclass(frozen=True, slots=True)
class Photographed:
    """To `Photograph` and `Straighten`: a straightened, judged page, and where it was found."""

    page: Page
    framed: Framed | None = None


@dataclass(frozen=True, slots=True)
class CornersDoubted:
    """To `Photograph`: a page, but where its corners are the visitor knows better."""

    framed: Framed


@dataclass(frozen=True, slots=True)
class PageTurned:
    """To `TurnPage`: by a quarter, clockwise; the size it has now."""

    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True)
class PageRead:
    """To `ReadPage`: where something stands that looks like a My Number, on the page as it lay `turns` quarters on."""

    suspected: tuple[Box, ...]
    turns: int


@dataclass(frozen=True, slots=True)
class NumbersRead:
    """To `ReadNumbers`: what the letter says, as it is typed (without hyphens); None where nothing is sure."""

    contract: str | None = field(repr=False)
    receipt: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Packed:
    """To `Pack`: all pages encoded, within the limits together."""

    pages: tuple[Page, ...]


@dataclass(frozen=True, slots=True)
class TooLarge:
    """To `Pack`: even the smallest legible form does not fit; the page at `index` is the largest."""

    index: int


@dataclass(frozen=True, slots=True)
class Submitted:
    """To `Submit`: received. The 申込番号 is in the answer only where the portal gives it."""

    number: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Settled:
    """To `Settle`: the final fate of the last submission. Not received means that it never will be under its key."""

    received: bool
    number: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Wiped:
    """To `Wipe`: pages, attributes, session and vault are gone."""


Result = (
    Failed
    | TermsGot
    | Registered
    | RegistrationSeen
    | Resumed
    | CardInspected
    | ChallengeGot
    | Signed
    | PasswordRefused
    | SameDigitsAgain
    | LoggedIn
    | AttributesRead
    | TracesCovered
    | AttributesAccepted
    | NumbersAccepted
    | Photographed
    | CornersDoubted
    | PageTurned
    | PageRead
    | NumbersRead
    | Packed
    | TooLarge
    | Submitted
    | Settled
    | Wiped
)


@dataclass(frozen=True, slots=True)
class Answered:
    """A worker's answer to the request with this ticket."""

    ticket: Ticket
    result: Result


@dataclass(frozen=True, slots=True)
class Progressed:
    """A long request moves: `done` of `whole` (bytes that have really left, or pages encoded)."""

    ticket: Ticket
    done: int
    whole: int


Event = (
    Tapped
    | ItemTapped
    | Held
    | Pointed
    | KeyTapped
    | DigitTapped
    | Touched
    | LanguageChosen
    | TextSizeChosen
    | CardLaid
    | CardTaken
    | ReaderLost
    | ReaderBack
    | CameraLost
    | CameraBack
    | TraySeen
    | CodeSeen
    | HealthTold
    | Elapsed
    | Answered
    | Progressed
)
