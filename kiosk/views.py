"""What the glass can show: the closed union of views. One file under `screens/` draws each of them.

A view carries meanings (values, enums), never sentences, sizes or colours: the words come from the text catalogue of
the visitor's language, the rest from the look. `Chrome` is what every view of a visit has around it.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from kiosk.failures import Failure
from kiosk.states import Notice, Question, Remark
from kiosk.visit import (
    Attributes,
    Box,
    Document,
    Ending,
    Framed,
    Language,
    Page,
    Password,
    Preferences,
    Sight,
    Tries,
)


@dataclass(frozen=True, slots=True)
class Chrome:
    """Around a view: `step` 1 to 5 or None; whether 戻る and 中止 lead somewhere."""

    step: int | None = None
    back: bool = True
    cancel: bool = True
    help: bool = False


@dataclass(frozen=True, slots=True)
class AttractView:
    """待受. `last` is how the visit before ended, where a sentence about it is due."""

    languages: tuple[Language, ...]
    last: Ending | None


@dataclass(frozen=True, slots=True)
class OutOfServiceView:
    """Why nothing can be done here now, and where the nearest help is."""

    reason: Failure
    contact: str
    languages: tuple[Language, ...]


@dataclass(frozen=True, slots=True)
class PreparationView:
    """What you need; NEXT or HAVE_CODE."""


@dataclass(frozen=True, slots=True)
class NoticeView:
    """The notice."""

    notice: Notice
    terms_version: str


class Typing(Enum):
    """Which field is being typed."""

    ADDRESS = "address"
    ADDRESS_AGAIN = "address_again"
    CODE = "code"
    CONTRACT = "contract"
    RECEIPT = "receipt"
    FURTHER = "further"


class Keyboard(Enum):
    """Which keys stand on the glass."""

    MAIL = "mail"
    ASCII = "ascii"  # letters, figures and signs
    FIGURES = "figures"  # figures and signs alone
    CODE = "code"  # the code's letters and digits
    DIGITS = "digits"
    LETTERS = "letters"  # A to Z
    HIRAGANA = "hiragana"  # with katakana, letters and figures behind a key
    KATAKANA = "katakana"  # with letters and figures behind a key
    LATIN = "latin"  # letters and figures, with kana behind a key


@dataclass(frozen=True, slots=True)
class TypingView:
    """A field and a keyboard. `label` is the portal's own words for a further field, else empty."""

    typing: Typing
    keyboard: Keyboard
    text: str = field(repr=False)
    remark: Remark | None
    complete: bool  # NEXT would be accepted
    label: str = ""


@dataclass(frozen=True, slots=True)
class AddressDiffersView:
    """Both addresses, and at which character they part."""

    first: str = field(repr=False)
    again: str = field(repr=False)
    parting: int


@dataclass(frozen=True, slots=True)
class ConsentView:
    """The documents' titles, which have been read, 「同意します」 and [登録する]."""

    titles: tuple[str, ...]
    read: tuple[bool, ...]
    agreed: bool
    remark: Remark | None


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A long text; the primary button shows the next part, at the end it is READ_THROUGH."""

    document: Document


@dataclass(frozen=True, slots=True)
class BusyView:
    """Something is on its way; `done` of `whole` where that is known (`whole` 0: unknown)."""

    question: Question
    done: int
    whole: int


@dataclass(frozen=True, slots=True)
class MailExplainedView:
    """説明文 with [閉じる]."""

    address: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class AwaitMailView:
    """Open the link on your phone; until when it lives."""

    address: str = field(repr=False)
    deadline: datetime
    line_down: bool


@dataclass(frozen=True, slots=True)
class MailTroubleView:
    """Spam folder and domain; SEND_AGAIN, CORRECT_ADDRESS, POSTPONE."""

    address: str = field(repr=False)
    mails_left: int


@dataclass(frozen=True, slots=True)
class PostponedView:
    """What to bring next time, to be photographed."""

    deadline: datetime | None


@dataclass(frozen=True, slots=True)
class LayCardView:
    """Put the card on the reader; `stale`: take the one that lies there away first."""

    stale: bool


@dataclass(frozen=True, slots=True)
class CardReadyView:
    """Both counters."""

    tries: Tries


@dataclass(frozen=True, slots=True)
class LastTryView:
    """One try left: consent by holding YES for two seconds, or FINISH."""

    password: Password


@dataclass(frozen=True, slots=True)
class PasswordView:
    """The keypad. `digits` is the order of the keys, row by row, 0 last."""

    password: Password
    count: int
    tries: int
    remark: Remark | None
    digits: tuple[int, ...] = field(repr=False)
    shuffled: bool = False


@dataclass(frozen=True, slots=True)
class PasswordStopView:
    """Why this password is asked no further, and where it can be mended."""

    failure: Failure
    password: Password
    stores: str
    card_lies_there: bool


@dataclass(frozen=True, slots=True)
class ReadOfferView:
    """契約者基本情報読み取り with [読み取る]."""


@dataclass(frozen=True, slots=True)
class TakeCardView:
    """Take your card."""


@dataclass(frozen=True, slots=True)
class IdentityView:
    """契約者基本情報確認."""

    attributes: Attributes


@dataclass(frozen=True, slots=True)
class IdentityWrongView:
    """Where the card's contents are changed."""

    contact: str


@dataclass(frozen=True, slots=True)
class ApplicantChoiceView:
    """CONTRACTOR or APPLICANT."""


@dataclass(frozen=True, slots=True)
class ScanView:
    """The live view with its guidance; which paper this is, which page of it, and what has been gathered."""

    ordinal: int
    leaf: int
    sight: Sight
    files: int
    files_limit: int
    total_bytes: int
    bytes_limit: int


@dataclass(frozen=True, slots=True)
class LetterView:
    """The live view for the letter with the numbers."""

    sight: Sight


@dataclass(frozen=True, slots=True)
class NumberOfferView:
    """What the letter says: YES or NO. The receipt number with its hyphens."""

    contract: str | None = field(repr=False)
    receipt: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class CornersView:
    """The still of a page with four handles, of which `held` is enlarged."""

    framed: Framed
    held: int
    moving: bool


class Finding(Enum):
    """What has been found on a page by looking for a My Number."""

    LOOKING = "looking"
    NOTHING = "nothing"
    SUSPECTED = "suspected"
    UNKNOWN = "unknown"  # nobody could look


@dataclass(frozen=True, slots=True)
class PageCheckView:
    """A page as it would be sent; KEEP or RETAKE. One that was `kept` before is only asked about what was found."""

    page: Page
    ordinal: int
    leaf: int  # which page of its paper
    finding: Finding
    kept: bool = False
    corners: bool = False  # can be set


@dataclass(frozen=True, slots=True)
class LookingOverView:
    """Some page is still being looked through."""


@dataclass(frozen=True, slots=True)
class CoveringView:
    """The finger hides something: `draft` is what it is drawing."""

    page: Page
    draft: Box | None


@dataclass(frozen=True, slots=True)
class PapersView:
    """All pages; ADD, ADD_PAGE, NEXT, and LOOK for each. `ordinals`: of each its paper, and which page of it."""

    pages: tuple[Page, ...]
    ordinals: tuple[tuple[int, int], ...]
    files: int
    files_limit: int
    total_bytes: int
    bytes_limit: int
    add: bool
    join: bool


@dataclass(frozen=True, slots=True)
class PageLookView:
    """One page at full size, and what can be done to it. `leaf` is which page of paper `ordinal` it is."""

    page: Page
    index: int
    ordinal: int
    leaf: int
    leaves: int
    earlier: bool
    later: bool


@dataclass(frozen=True, slots=True)
class ReviewView:
    """添付資料再提出確認: every value and every page, each with "change"; [申請]."""

    contract: str = field(repr=False)  # empty for an applicant
    receipt: str = field(repr=False)  # with its hyphens
    fields: tuple[tuple[str, str], ...] = field(repr=False)
    pages: tuple[Page, ...]
    files: int
    total_bytes: int


@dataclass(frozen=True, slots=True)
class SubmittingView:
    """`done` of `whole` bytes, `still` when that has not moved for a while; `settling`: sent, and the portal is being
    asked whether it came.
    """

    done: int
    whole: int
    settling: bool
    still: bool = False


@dataclass(frozen=True, slots=True)
class DoneView:
    """添付資料再提出完了."""

    number: str | None = field(repr=False)
    card_lies_there: bool = False
    erased: bool = False


@dataclass(frozen=True, slots=True)
class TroubleView:
    """A failure: what happened, what to do. `retry` says which button leads on; otherwise FINISH."""

    failure: Failure
    retry: bool
    page: int | None = None  # ordinal of the paper concerned


@dataclass(frozen=True, slots=True)
class CardTroubleView:
    """A failure about card or reader; goes on by itself when the card is laid again, RETRY while it lies there."""

    failure: Failure
    card_lies_there: bool


@dataclass(frozen=True, slots=True)
class WipingView:
    """What was entered is being erased."""


@dataclass(frozen=True, slots=True)
class FarewellView:
    """Take card, papers and phone."""

    ending: Ending
    erased: bool
    card_lies_there: bool


@dataclass(frozen=True, slots=True)
class FateOpenView:
    """Not known yet: do not hand in again, the mail decides."""

    card_lies_there: bool = False
    erased: bool = False


# --- sheets over a stage --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LanguageView:
    """Choose a language."""

    languages: tuple[Language, ...]
    chosen: Language


@dataclass(frozen=True, slots=True)
class DisplayView:
    """文字の大きさ, 白黒反転, 動きを減らす, ボタンを下に, 待ち時間を長く; and 中止 where `cancel`."""

    preferences: Preferences
    cancel: bool


@dataclass(frozen=True, slots=True)
class StaffView:
    """Somebody has been called."""

    contact: str


@dataclass(frozen=True, slots=True)
class LeaveView:
    """中止しますか: YES or NO."""

    card_lies_there: bool


@dataclass(frozen=True, slots=True)
class StillThereView:
    """Are you still there? The glass counts down what the loop tells it."""


class HelpTopic(Enum):
    """What 「?」 explains here."""

    CONTRACT_NUMBER = "contract_number"
    RECEIPT_NUMBER = "receipt_number"
    AUTHENTICATION_PASSWORD = "auth_password"
    ATTRIBUTES_PASSWORD = "attributes_password"


@dataclass(frozen=True, slots=True)
class HelpView:
    """A picture of where it is printed, and a sentence."""

    topic: HelpTopic


@dataclass(frozen=True, slots=True)
class StartingView:
    """The terminal is being started: what stands before there is a state."""


@dataclass(frozen=True, slots=True)
class BlankView:
    """Nothing: the visit has ended and its window is about to go."""


View = (
    AttractView
    | OutOfServiceView
    | PreparationView
    | NoticeView
    | TypingView
    | AddressDiffersView
    | ConsentView
    | DocumentView
    | BusyView
    | MailExplainedView
    | AwaitMailView
    | MailTroubleView
    | PostponedView
    | LayCardView
    | CardReadyView
    | LastTryView
    | PasswordView
    | PasswordStopView
    | ReadOfferView
    | TakeCardView
    | IdentityView
    | IdentityWrongView
    | ApplicantChoiceView
    | LetterView
    | NumberOfferView
    | ScanView
    | CornersView
    | PageCheckView
    | LookingOverView
    | CoveringView
    | PapersView
    | PageLookView
    | ReviewView
    | SubmittingView
    | DoneView
    | TroubleView
    | CardTroubleView
    | WipingView
    | FarewellView
    | FateOpenView
    | LanguageView
    | DisplayView
    | StaffView
    | LeaveView
    | StillThereView
    | HelpView
    | StartingView
    | BlankView
)


@dataclass(frozen=True, slots=True)
class Scene:
    """The whole glass: a view and what stands around it."""

    chrome: Chrome
    view: View
