"""Where a visit can stand: the closed union of stages, and the state that carries one.

A `State` is the whole truth about a visit. `stage` says where the visitor stands, `sheet` what lies over it (a
question, a choice, help); answers and device events reach the stage beneath, fingers reach the sheet. What was
gathered is in the `dossier`; what the house has configured is in `rules` and never changes within a visit.
"""

from dataclasses import dataclass, field
from enum import Enum

from kiosk.failures import Failure
from kiosk.visit import (
    Box,
    CardPlace,
    Dossier,
    Ending,
    Entry,
    Framed,
    Guidance,
    Health,
    Language,
    Page,
    Password,
    Point,
    Preferences,
    Sight,
    Ticket,
    Tray,
)


class Question(Enum):
    """Requests during which the visitor waits before one and the same kind of picture."""

    TERMS = "terms"
    REGISTER = "register"
    SEND_AGAIN = "send_again"
    CORRECT = "correct"
    RESUME = "resume"
    INSPECT = "inspect"
    CHALLENGE = "challenge"
    AUTHENTICATE = "authenticate"
    LOG_IN = "log_in"
    READ_ATTRIBUTES = "read_attributes"
    REREAD = "reread"
    SEND_ATTRIBUTES = "send_attributes"
    CHECK_NUMBERS = "check_numbers"
    READ_NUMBERS = "read_numbers"
    PHOTOGRAPH = "photograph"
    STRAIGHTEN = "straighten"
    PACK = "pack"


class Remark(Enum):
    """What the reserved line beneath a field says."""

    WRONG_PASSWORD = "wrong_password"
    SAME_DIGITS = "same_digits"
    INCOMPLETE = "incomplete"
    MALFORMED = "malformed"
    IMPOSSIBLE_DATE = "impossible_date"
    AGREE_FIRST = "agree_first"
    READ_BY_CAMERA = "read_by_camera"  # compare it with what stands there
    NOT_READ = "not_read"  # the camera found no number that is sure


# --- step 0 ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Attract:
    """待受: nothing has been touched yet."""

    last: Ending | None = None


@dataclass(frozen=True, slots=True)
class OutOfService:
    """待受 while something that a visit needs does not work; `last` is told when it opens again."""

    reason: Failure
    last: Ending | None = None


# --- step 1, 登録 ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Preparation:
    """What you need; `with_code` once the visitor has said that the address was registered at home."""

    with_code: bool = False


@dataclass(frozen=True, slots=True)
class NoticeShown:
    """What is read, why, by whom; before anything is entered."""

    with_code: bool


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """The 8-character code of an earlier registration."""

    text: str = field(default="", repr=False)
    remark: Remark | None = None


@dataclass(frozen=True, slots=True)
class AddressEntry:
    """メールアドレス."""

    text: str = field(default="", repr=False)
    remark: Remark | None = None


@dataclass(frozen=True, slots=True)
class AddressAgain:
    """メールアドレス(確認用)."""

    first: str = field(repr=False)
    text: str = field(default="", repr=False)
    remark: Remark | None = None


@dataclass(frozen=True, slots=True)
class AddressDiffers:
    """The two addresses are not the same."""

    first: str = field(repr=False)
    again: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Consent:
    """The two documents and 「同意します」."""

    read: tuple[bool, ...]
    agreed: bool = False
    remark: Remark | None = None


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """One of the documents."""

    index: int
    consent: Consent


@dataclass(frozen=True, slots=True)
class MailExplained:
    """説明文: who sends, under which subject."""


@dataclass(frozen=True, slots=True)
class AwaitingMail:
    """Waiting until the link has been opened and its button pressed; `asked` while the portal is being asked."""

    asked: Ticket | None
    line_down: bool = False


@dataclass(frozen=True, slots=True)
class MailTrouble:
    """The mail did not come."""


@dataclass(frozen=True, slots=True)
class Postponed:
    """今日はやめる: what to bring next time."""


# --- step 2, カード -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AwaitingCard:
    """Put the card on the reader."""


@dataclass(frozen=True, slots=True)
class CardTrouble:
    """Something about the card or the reader; goes on when a card is laid again."""

    failure: Failure


@dataclass(frozen=True, slots=True)
class CardReady:
    """The tries left of both passwords, before anything is asked."""


@dataclass(frozen=True, slots=True)
class LastTryQuestion:
    """One try left and the house allows it: an explicit consent."""

    password: Password


@dataclass(frozen=True, slots=True)
class PasswordEntry:
    """Four dots."""

    entry: Entry
    count: int = 0
    remark: Remark | None = None
    last_try_consented: bool = False


@dataclass(frozen=True, slots=True)
class PasswordStop:
    """This password is not asked any further here."""

    failure: Failure
    password: Password


@dataclass(frozen=True, slots=True)
class ReadOffer:
    """契約者基本情報読み取り."""


@dataclass(frozen=True, slots=True)
class TakingCard:
    """Take your card; step 3 opens when it has left the reader."""


# --- step 3, 確認 ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Identity:
    """契約者基本情報確認."""


@dataclass(frozen=True, slots=True)
class IdentityWrong:
    """Where the card's contents are changed."""


# --- step 4, 書類 ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ApplicantChoice:
    """共済契約者 or 共済契約加入申込者."""


@dataclass(frozen=True, slots=True)
class ContractEntry:
    """共済契約者番号: nine digits."""

    text: str = field(default="", repr=False)
    remark: Remark | None = None


@dataclass(frozen=True, slots=True)
class ReceiptEntry:
    """受付番号, typed without its hyphens."""

    text: str = field(default="", repr=False)
    remark: Remark | None = None


@dataclass(frozen=True, slots=True)
class FieldEntry:
    """A further field that the portal asks for."""

    index: int
    text: str = field(default="", repr=False)
    remark: Remark | None = None


@dataclass(frozen=True, slots=True)
class LetterReading:
    """The live view, for the letter on which the numbers are printed; nothing of it is kept."""

    entry: ContractEntry | ReceiptEntry
    need_empty: bool
    sight: Sight = Sight(Guidance.LAY_A_PAPER)


@dataclass(frozen=True, slots=True)
class NumberOffer:
    """What the letter says: is it right?"""

    entry: ContractEntry | ReceiptEntry
    contract: str | None = field(repr=False)
    receipt: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Scanning:
    """The live view; `need_empty` until the tray has been seen empty once for this paper. The page will take the place
    `into`, or come last; where it `joins` it belongs to the paper before.
    """

    need_empty: bool
    sight: Sight = Sight(Guidance.LAY_A_PAPER)
    into: int | None = None
    joins: bool = False


@dataclass(frozen=True, slots=True)
class PhotoRefused:
    """The photograph is not good enough to send."""

    failure: Failure
    scanning: Scanning = Scanning(need_empty=False)


@dataclass(frozen=True, slots=True)
class CornersSet:
    """The still with its four corners, which the finger moves: `held` is the one that it moves, from `origin` on the
    corner and `began` on the glass.
    """

    framed: Framed
    scanning: Scanning
    held: int = 0
    origin: Point | None = None
    began: Point | None = None


@dataclass(frozen=True, slots=True)
class PageCheck:
    """The page as it would be sent: keep or retake."""

    page: Page
    scanning: Scanning = Scanning(need_empty=False)
    framed: Framed | None = None


@dataclass(frozen=True, slots=True)
class Papers:
    """All pages so far."""


@dataclass(frozen=True, slots=True)
class PageLook:
    """One page at full size."""

    index: int


@dataclass(frozen=True, slots=True)
class LookingOver:
    """Some page is still being looked through for My Numbers."""


@dataclass(frozen=True, slots=True)
class CoverCheck:
    """What was found on a page after it had been kept: the visitor says what it is."""

    index: int


@dataclass(frozen=True, slots=True)
class Covering:
    """The finger hides something on the page of `of`: from `anchor` on, and so far `draft`."""

    of: PageCheck | PageLook | CoverCheck
    anchor: Point | None = None
    draft: Box | None = None


# --- step 5, 提出 ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Review:
    """添付資料再提出確認."""


@dataclass(frozen=True, slots=True)
class Submitting:
    """The one submission is on its way; `still` when nothing has moved for a while."""

    ticket: Ticket
    done: int = 0
    whole: int = 0
    still: bool = False


@dataclass(frozen=True, slots=True)
class Settling:
    """The answer was lost: the portal is asked for the fate until it is known; `asked` while it is being asked. `moved`
    names the last byte that moved: since then nothing has, and no asking counts as a movement.
    """

    asked: Ticket | None
    moved: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """添付資料再提出完了; everything but the number is already wiped."""

    number: str | None = field(repr=False)
    erased: bool = False


@dataclass(frozen=True, slots=True)
class FateOpen:
    """Two minutes without news: the mail decides."""

    erased: bool = False


# --- anywhere -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asking:
    """A request is on its way; `origin` is where the visitor made it."""

    question: Question
    ticket: Ticket
    origin: "Stage"
    done: int = 0
    whole: int = 0


@dataclass(frozen=True, slots=True)
class Trouble:
    """A failure with its way on: `question` is asked again by RETRY; without one RETRY leads to `origin`. `page`: the
    place among all pages of the one that it is about.
    """

    failure: Failure
    origin: "Stage"
    question: Question | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Wiping:
    """Everything is being forgotten; then `then`, or, where that is None, the end."""

    ticket: Ticket
    ending: Ending
    then: "Done | FateOpen | None" = None
    given: bool = False  # the visitor had given something, so "erased" is worth saying


@dataclass(frozen=True, slots=True)
class Farewell:
    """Take your card, papers and phone. `erased` only where the wipe has been reported."""

    ending: Ending
    erased: bool


@dataclass(frozen=True, slots=True)
class Ended:
    """The visit is over; nothing is accepted any more."""

    ending: Ending


Stage = (
    Attract
    | OutOfService
    | Preparation
    | NoticeShown
    | CodeEntry
    | AddressEntry
    | AddressAgain
    | AddressDiffers
    | Consent
    | DocumentReading
    | MailExplained
    | AwaitingMail
    | MailTrouble
    | Postponed
    | AwaitingCard
    | CardTrouble
    | CardReady
    | LastTryQuestion
    | PasswordEntry
    | PasswordStop
    | ReadOffer
    | TakingCard
    | Identity
    | IdentityWrong
    | ApplicantChoice
    | ContractEntry
    | ReceiptEntry
    | FieldEntry
    | LetterReading
    | NumberOffer
    | Scanning
    | PhotoRefused
    | CornersSet
    | PageCheck
    | Papers
    | PageLook
    | LookingOver
    | CoverCheck
    | Covering
    | Review
    | Submitting
    | Settling
    | Done
    | FateOpen
    | Asking
    | Trouble
    | Wiping
    | Farewell
    | Ended
)


class Sheet(Enum):
    """What can lie over a stage."""

    LANGUAGE = "language"
    DISPLAY = "display"
    STAFF = "staff"
    HELP = "help"
    LEAVE = "leave"  # 中止?
    STILL_THERE = "still_there"


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a state waits, in seconds (VISIT.md)."""

    touch: float = 60
    wait: float = 120
    answer: float = 30
    done: float = 60
    mail: float = 600
    longer_factor: float = 3


@dataclass(frozen=True, slots=True)
class Notice:
    """What an operator must say."""

    operator: str
    hall: str
    contact: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Rules:
    """What the house has configured; fixed within a visit."""

    notice: Notice
    languages: tuple[Language, ...] = (Language.JA, Language.EASY, Language.EN)
    preferences: Preferences = Preferences()  # how every visit starts
    patience: Patience = Patience()
    mails_per_visit: int = 3
    refusals_per_visit: int = 2
    ask_last_try: bool = False
    stores: str = ""
    portal_seconds: float = 40
    card_seconds: float = 30
    camera_seconds: float = 20
    fate_seconds: float = 120
    poll_seconds: float = 1  # after an answer that brought no news of the mail
    settle_seconds: float = 5
    still_seconds: float = 2  # after which a submission that does not move says why


@dataclass(frozen=True, slots=True)
class State:
    """A visit."""

    visit: int
    rules: Rules
    stage: Stage = Attract()
    sheet: Sheet | None = None
    next_serial: int = 1
    preferences: Preferences = Preferences()
    health: Health = Health()
    card: CardPlace = CardPlace.ABSENT
    tray: Tray = Tray.EMPTY
    staff_called: bool = False
    digit_order: tuple[int, ...] = field(default=(1, 2, 3, 4, 5, 6, 7, 8, 9, 0), repr=False)  # where shuffled
    dossier: Dossier = Dossier()
