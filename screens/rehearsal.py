"""What a visit may show, with nobody's words in it: a window goes through it before there is a visitor.

Breaking sentences into lines and drawing pictures takes several times as long as painting them, and the sentences and
pictures are the same for everybody who keeps the look that the terminal starts with.
"""

from collections.abc import Generator, Iterable, Iterator
from datetime import UTC, datetime

from kiosk.failures import Failure
from kiosk.states import Question, Rules
from kiosk.views import (
    ApplicantChoiceView,
    AttractView,
    AwaitMailView,
    BusyView,
    CardReadyView,
    CardTroubleView,
    Chrome,
    ConsentView,
    DisplayView,
    DoneView,
    FarewellView,
    FateOpenView,
    HelpTopic,
    HelpView,
    IdentityWrongView,
    Keyboard,
    LanguageView,
    LastTryView,
    LayCardView,
    LeaveView,
    LetterView,
    LookingOverView,
    MailExplainedView,
    MailTroubleView,
    NoticeView,
    PapersView,
    PasswordStopView,
    PasswordView,
    PostponedView,
    PreparationView,
    ReadOfferView,
    ReviewView,
    ScanView,
    Scene,
    StaffView,
    StillThereView,
    SubmittingView,
    TakeCardView,
    TroubleView,
    Typing,
    TypingView,
    View,
    WipingView,
)
from kiosk.visit import Ending, Guidance, Password, Sight, Tries
from screens.fonts import Fonts
from screens.look import Look
from screens.paint import Painter
from screens.registry import arrange

SOON = datetime(2000, 1, 1, tzinfo=UTC)
OUTSIDE = Chrome(None, back=False, cancel=False)
ADDRESS_KEYS = (
    (Typing.ADDRESS, Keyboard.MAIL),
    (Typing.ADDRESS_AGAIN, Keyboard.MAIL),
    (Typing.CODE, Keyboard.CODE),
)
NUMBER_KEYS = (
    (Typing.CONTRACT, Keyboard.DIGITS),
    (Typing.RECEIPT, Keyboard.LETTERS),
    (Typing.RECEIPT, Keyboard.DIGITS),
)
CARD = tuple(failure for failure in Failure if failure.name.startswith(("CARD_", "CERTIFICATE_", "READER_")))
STOPS = (Failure.PASSWORD_LOCKED, Failure.PASSWORD_ABSENT, Failure.LAST_TRY_KEPT, Failure.REFUSED_TOO_OFTEN)


def rehearsed(rules: Rules) -> Iterator[Scene]:
    """Scene after scene, about in the order of a visit."""
    parts = (_around(rules), _mail(rules), _card(rules), _identity(rules), _papers(), _end())
    for step, views in enumerate(parts):
        yield from (Scene(Chrome(step) if step else OUTSIDE, view) for view in views)


def _around(rules: Rules) -> tuple[View, ...]:
    contact = rules.notice.contact
    return (
        AttractView(rules.languages, None),
        LanguageView(rules.languages, rules.preferences.language),
        DisplayView(rules.preferences, cancel=True),
        StaffView(contact),
        LeaveView(card_lies_there=False),
        LeaveView(card_lies_there=True),
        StillThereView(),
        *(HelpView(topic) for topic in HelpTopic),
        *(FarewellView(ending, erased=True, card_lies_there=False) for ending in Ending),
        WipingView(),
    )


def _mail(rules: Rules) -> tuple[View, ...]:
    return (
        PreparationView(),
        NoticeView(rules.notice, ""),
        ConsentView((), (), agreed=False, remark=None),
        *(TypingView(typing, keys, "", None, complete=False) for typing, keys in ADDRESS_KEYS),
        *(BusyView(question, 0, 0) for question in Question),
        MailExplainedView(""),
        AwaitMailView("", SOON, line_down=False),
        MailTroubleView("", 1),
        PostponedView(SOON),
        *(TroubleView(failure, retry=True) for failure in Failure),
    )


def _card(rules: Rules) -> tuple[View, ...]:
    digits = (1, 2, 3, 4, 5, 6, 7, 8, 9, 0)
    return (
        LayCardView(stale=False),
        LayCardView(stale=True),
        *(CardTroubleView(failure, card_lies_there=True) for failure in CARD),
        CardReadyView(Tries(3, 3)),
        *(PasswordView(password, 0, 3, None, digits) for password in Password),
        *(LastTryView(password) for password in Password),
        *(PasswordStopView(stop, each, rules.stores, card_lies_there=True) for stop in STOPS for each in Password),
        ReadOfferView(),
        TakeCardView(),
    )


def _identity(rules: Rules) -> tuple[View, ...]:
    return (IdentityWrongView(rules.notice.contact),)


def _papers() -> tuple[View, ...]:
    return (
        ApplicantChoiceView(),
        *(TypingView(typing, keys, "", None, complete=False) for typing, keys in NUMBER_KEYS),
        *(ScanView(1, 1, Sight(guidance), 0, 5, 0, 10_000_000) for guidance in Guidance),
        *(LetterView(Sight(guidance)) for guidance in Guidance),
        LookingOverView(),
        PapersView((), (), 0, 5, 0, 10_000_000, add=True, join=False),
    )


def _end() -> tuple[View, ...]:
    return (
        ReviewView("", "", (), (), 0, 0),
        SubmittingView(0, 0, settling=False),
        DoneView(None),
        FateOpenView(),
    )


def rehearsing(scenes: Iterable[Scene], how: Look, fonts: Fonts, painter: Painter) -> Generator[None, None, None]:
    """Arrange and draw one after the other, step by step; what was measured then may stay for ever."""
    try:
        for scene in scenes:
            tree = arrange(scene, how, fonts)
            yield
            yield from painter.rehearse(tree, how.theme)
    finally:
        fonts.rehearsed()
