"""Parts that stories share, each as a visitor would tell it: where I stand, what I do."""

from collections.abc import Callable
from dataclasses import dataclass, field

from kiosk.events import Action, Item
from kiosk.states import Remark
from kiosk.views import (
    ApplicantChoiceView,
    AttractView,
    AwaitMailView,
    CardReadyView,
    ConsentView,
    DocumentView,
    DoneView,
    IdentityView,
    LayCardView,
    MailExplainedView,
    NoticeView,
    PageCheckView,
    PapersView,
    PasswordView,
    PreparationView,
    ReadOfferView,
    ReviewView,
    ScanView,
    TakeCardView,
    Typing,
    TypingView,
)
from kiosk.visit import Guidance, Language, Password
from kiosk.walk.story import Hand, Leg, at, choose, tap, tap_item, type_digits, type_text


@dataclass(frozen=True, slots=True)
class Walker:
    """Who walks: a sample visitor by number, with what that visitor knows."""

    number: int
    language: Language
    mail: str = field(repr=False)
    contract: str = field(repr=False)
    receipt: str = field(repr=False)
    passwords: tuple[str, str] = field(repr=False)


Legs = tuple[Leg, ...]


def begin(who: Walker) -> Legs:
    """From the attract screen to the first field."""
    language = () if who.language is Language.JA else (choose(who.language),)
    return (
        Leg("begin", at(AttractView), (*language, tap(Action.START))),
        Leg("see what is needed", at(PreparationView), (tap(Action.NEXT),)),
        Leg("see the notice", at(NoticeView), (tap(Action.NEXT),)),
    )


def give_address(mail: str) -> Legs:
    """Twice, key by key."""
    first = at(TypingView, lambda view: view.typing is Typing.ADDRESS)
    again = at(TypingView, lambda view: view.typing is Typing.ADDRESS_AGAIN)
    return (
        Leg("type the mail address", first, (*type_text(mail), tap(Action.NEXT))),
        Leg("type it again", again, (*type_text(mail), tap(Action.NEXT))),
    )


def agree() -> Legs:
    """Read both documents, tick, register."""

    def consent(read: int) -> Callable[[ConsentView], bool]:
        return lambda view: sum(view.read) == read

    return (
        Leg("open the terms of use", at(ConsentView, consent(0)), (tap_item(Item.DOCUMENT, 0),)),
        Leg("read them to the end", at(DocumentView), (tap(Action.READ_THROUGH),)),
        Leg("open the privacy rules", at(ConsentView, consent(1)), (tap_item(Item.DOCUMENT, 1),)),
        Leg("read them to the end", at(DocumentView), (tap(Action.READ_THROUGH),)),
        Leg("agree and register", at(ConsentView, consent(2)), (tap(Action.AGREE), tap(Action.NEXT))),
        Leg("read what the mail looks like", at(MailExplainedView), (tap(Action.CLOSE),)),
    )


def register(who: Walker) -> Legs:
    """Step 1."""
    confirm = Leg("open the mail's link on the phone", at(AwaitMailView), (Hand(lambda hands: hands.open_mail(1)),))
    return (*begin(who), *give_address(who.mail), *agree(), confirm)


def enter_password(password: Password, digits: str, remark: Remark | None = None) -> Leg:
    """Four digits and OK."""
    said = "again, rightly" if remark else "and OK"
    place = at(PasswordView, lambda view: view.password is password and view.remark is remark)
    return Leg(f"enter the {password.value} password, {said}", place, (*type_digits(digits), tap(Action.NEXT)))


def lay_card(who: Walker) -> Legs:
    """Until both counters stand on the glass."""
    return (
        Leg("lay the card", at(LayCardView), (Hand(lambda hands: hands.lay_card(who.number)),)),
        Leg("see the tries that are left", at(CardReadyView), (tap(Action.NEXT),)),
    )


def finish_card(who: Walker) -> Legs:
    """The second password, and the card away again."""
    return (
        Leg("let the card be read", at(ReadOfferView), (tap(Action.NEXT),)),
        enter_password(Password.ATTRIBUTES, who.passwords[1]),
        Leg("take the card", at(TakeCardView), (Hand(lambda hands: hands.take_card()),)),
    )


def card(who: Walker) -> Legs:
    """Step 2."""
    return (*lay_card(who), enter_password(Password.AUTHENTICATION, who.passwords[0]), *finish_card(who))


def give_numbers(who: Walker) -> Legs:
    """Step 3, and step 4 up to the papers."""
    contract = at(TypingView, lambda view: view.typing is Typing.CONTRACT)
    receipt = at(TypingView, lambda view: view.typing is Typing.RECEIPT)
    choice = Action.CONTRACTOR if who.contract else Action.APPLICANT
    typed = (Leg("type the contract number", contract, (*type_text(who.contract), tap(Action.NEXT))),)
    keys = type_text(who.receipt.replace("-", ""))
    return (
        Leg("confirm who I am", at(IdentityView), (tap(Action.NEXT),)),
        Leg("say whether I have a contract", at(ApplicantChoiceView), (tap(choice),)),
        *(typed if who.contract else ()),
        Leg("type the receipt number", receipt, (*keys, tap(Action.NEXT))),
    )


def photograph(who: Walker, paper: int) -> Legs:
    """Lay one paper and keep its picture; `paper` counts from 0."""
    ready = at(ScanView, lambda view: view.sight.guidance is Guidance.LAY_A_PAPER)
    kept = at(PageCheckView, lambda view: view.ordinal == paper + 1)
    return (
        Leg(f"lay paper {paper + 1}", ready, (Hand(lambda hands: hands.lay_paper(paper, who.number)),)),
        Leg("keep the picture", kept, (tap(Action.KEEP),)),
    )


def next_paper(count: int) -> Legs:
    """Ask for one more, and make room for it."""
    there = at(PapersView, lambda view: len(view.pages) == count)
    lying = at(ScanView, lambda view: view.sight.guidance is Guidance.EMPTY_THE_TRAY)
    return (
        Leg("add another paper", there, (tap(Action.ADD),)),
        Leg("take the last one away", lying, (Hand(lambda hands: hands.take_paper()),)),
    )


def papers(who: Walker, count: int) -> Legs:
    """Step 4, the papers."""
    return (*photograph(who, 0), *more_papers(who, 1, count))


def more_papers(who: Walker, begun: int, count: int) -> Legs:
    """Where `begun` are kept already: the others, and on."""
    legs: Legs = ()
    for paper in range(begun, count):
        legs += (*next_paper(paper), *photograph(who, paper))
    return (*legs, Leg("these are all", at(PapersView, lambda view: len(view.pages) == count), (tap(Action.NEXT),)))


def hand_in(who: Walker, papers_count: int, *before: Hand) -> Legs:
    """Steps 3 to 5."""
    return (
        *give_numbers(who),
        *papers(who, papers_count),
        Leg("hand everything in", at(ReviewView), (*before, tap(Action.SUBMIT))),
    )


def home() -> Legs:
    """The number, the papers, and the attract screen again."""
    return (
        Leg("read the number, and go", at(DoneView), (Hand(lambda hands: hands.take_paper()), tap(Action.FINISH))),
        Leg("the next visitor may come", at(AttractView)),
    )


def retype_address(mail: str) -> Legs:
    """From an empty field, in place of the one that stands there."""
    first, again = give_address(mail)
    explained = Leg("read what the mail looks like", at(MailExplainedView), (tap(Action.CLOSE),))
    return (Leg(first.says, first.where, (tap(Action.ERASE_ALL), *first.moves)), again, explained)


def mistyped(digits: str) -> str:
    """Four other digits."""
    return "".join(str((int(digit) + 1) % 10) for digit in digits)
