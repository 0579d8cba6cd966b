"""The stories that a terminal can tell by itself, each from the attract screen to the way home."""

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.events import Action
from kiosk.failures import Failure
from kiosk.states import Remark
from kiosk.views import (
    AttractView,
    AwaitMailView,
    CardReadyView,
    CardTroubleView,
    FarewellView,
    LayCardView,
    LeaveView,
    MailTroubleView,
    PageCheckView,
    PapersView,
    PasswordStopView,
    PasswordView,
    ReviewView,
    ScanView,
    SubmittingView,
    TroubleView,
)
from kiosk.visit import Ending, Guidance, Password
from kiosk.walk.parts import (
    Walker,
    agree,
    begin,
    card,
    enter_password,
    finish_card,
    give_address,
    give_numbers,
    hand_in,
    home,
    lay_card,
    mistyped,
    more_papers,
    register,
    retype_address,
)
from kiosk.walk.story import Hand, Leg, Story, at, tap, type_digits


def resubmission(who: Walker) -> Story:
    """The whole visit, with three papers."""
    return Story((*register(who), *card(who), *hand_in(who, 3), *home()), Ending.COMPLETED, submits=True)


def applicant(who: Walker) -> Story:
    """加入申込者: without a contract number."""
    return Story((*register(who), *card(who), *hand_in(who, 1), *home()), Ending.COMPLETED, submits=True)


def wrong_password(who: Walker) -> Story:
    """Mistyped once; the counter is told, the second entry is right."""
    first = enter_password(Password.AUTHENTICATION, mistyped(who.passwords[0]))
    second = enter_password(Password.AUTHENTICATION, who.passwords[0], Remark.WRONG_PASSWORD)
    legs = (*register(who), *lay_card(who), first, second, *finish_card(who), *hand_in(who, 1), *home())
    return Story(legs, Ending.COMPLETED, submits=True)


def last_try_kept(who: Walker) -> Story:
    """Mistyped twice: the last try stays with its owner."""
    wrong = mistyped(who.passwords[0])
    stop = at(PasswordStopView, lambda view: view.failure in {Failure.LAST_TRY_KEPT, Failure.REFUSED_TOO_OFTEN})
    legs = (
        *register(who),
        *lay_card(who),
        enter_password(Password.AUTHENTICATION, wrong),
        enter_password(Password.AUTHENTICATION, mistyped(wrong), Remark.WRONG_PASSWORD),
        Leg("be told why it stops here", stop, (tap(Action.FINISH),)),
        Leg("take the card", at(FarewellView), (Hand(lambda hands: hands.take_card()), tap(Action.FINISH))),
        Leg("the next visitor may come", at(AttractView)),
    )
    return Story(legs, Ending.STOPPED)


def change_address(who: Walker) -> Story:
    """The first address was the wrong one; the mail comes to the second."""
    wrong = "wrong." + who.mail
    legs = (
        *begin(who),
        *give_address(wrong),
        *agree(),
        Leg("no mail comes", at(AwaitMailView), (tap(Action.MAIL_TROUBLE),)),
        Leg("correct the address", at(MailTroubleView), (tap(Action.CORRECT_ADDRESS),)),
        *retype_address(who.mail),
        Leg("open the second mail", at(AwaitMailView), (Hand(lambda hands: hands.open_mail(2)),)),
        *card(who),
        *hand_in(who, 1),
        *home(),
    )
    return Story(legs, Ending.COMPLETED, submits=True)


def cancel(who: Walker) -> Story:
    """中止 before the card is read."""
    legs = (
        *register(who),
        Leg("change my mind", at(LayCardView), (tap(Action.CANCEL),)),
        Leg("yes, leave", at(LeaveView), (tap(Action.YES),)),
        Leg("take my things", at(FarewellView), (tap(Action.FINISH),)),
        Leg("the next visitor may come", at(AttractView)),
    )
    return Story(legs, Ending.LEFT)


def card_pulled(who: Walker) -> Story:
    """The card is taken too early, and laid again."""
    pulled = at(CardTroubleView, lambda view: view.failure is Failure.CARD_PULLED)
    password = at(PasswordView)
    legs = (
        *register(who),
        *lay_card(who),
        Leg("take the card too early", password, (*type_digits("12"), Hand(lambda hands: hands.take_card()))),
        Leg("lay it again", pulled, (Hand(lambda hands: hands.lay_card(who.number)),)),
        Leg("see that no try was lost", at(CardReadyView), (tap(Action.NEXT),)),
        enter_password(Password.AUTHENTICATION, who.passwords[0]),
        *finish_card(who),
        *hand_in(who, 1),
        *home(),
    )
    return Story(legs, Ending.COMPLETED, submits=True)


def line_cut(who: Walker) -> Story:
    """The portal's answer is lost; it is asked, and it has received."""
    lose = Hand(lambda hands: hands.lose_next_answer())
    asked = Leg("wait until it is known", at(SubmittingView, lambda view: view.settling))
    legs = (*register(who), *card(who), *hand_in(who, 1, lose), asked, *home())
    return Story(legs, Ending.COMPLETED, submits=True)


def bad_photo(who: Walker) -> Story:
    """The first picture is out of focus; the second is good."""
    ready = at(ScanView, lambda view: view.sight.guidance is Guidance.LAY_A_PAPER)
    refused = at(TroubleView, lambda view: view.failure.name.startswith("PAGE_"))
    spoil = (Hand(lambda hands: hands.spoil_light(True)), Hand(lambda hands: hands.lay_paper(0, who.number)))
    legs = (
        *register(who),
        *card(who),
        *give_numbers(who),
        Leg("lay a paper before a clouded lens", ready, spoil),
        Leg("be told what is wrong", refused, (Hand(lambda hands: hands.spoil_light(False)), tap(Action.RETRY))),
        Leg("keep the second picture", at(PageCheckView), (tap(Action.KEEP),)),
        Leg("this is all", at(PapersView), (tap(Action.NEXT),)),
        Leg("hand everything in", at(ReviewView), (tap(Action.SUBMIT),)),
        *home(),
    )
    return Story(legs, Ending.COMPLETED, submits=True)


def refusals(who: Walker) -> Story:
    """Five papers, and on the way a photograph refused for each reason, with what mends it."""
    lay = Hand(lambda hands: hands.lay_paper(0, who.number))
    first, *_ = SPOILT
    legs: tuple[Leg, ...] = (
        *register(who),
        *card(who),
        *give_numbers(who),
        Leg("lay a paper where it cannot be read", at(ScanView, _is_empty), (*first.does, lay)),
    )
    for spoilt, following in zip(SPOILT, (*SPOILT[1:], None), strict=True):
        legs += _refused(spoilt, () if following is None else following.does)
    legs += (Leg("keep the good picture", at(PageCheckView), (tap(Action.KEEP),)), *more_papers(who, 1, 5))
    return Story(
        (*legs, Leg("hand everything in", at(ReviewView), (tap(Action.SUBMIT),)), *home()),
        Ending.COMPLETED,
        submits=True,
    )


def _refused(spoilt: "Spoilt", then: tuple[Hand, ...]) -> tuple[Leg, ...]:
    told = at(TroubleView, lambda view: view.failure is spoilt.failure)
    refused = Leg(f"be told: {spoilt.says}", told, (*spoilt.mends, *then, tap(Action.RETRY)))
    if spoilt.guidance is None:
        return (refused,)
    pressed = at(ScanView, lambda view: view.sight.guidance is spoilt.guidance)
    return (Leg(f"{spoilt.says}: photograph it all the same", pressed, (tap(Action.PHOTOGRAPH),)), refused)


def _is_empty(view: ScanView) -> bool:
    return view.sight.guidance is Guidance.LAY_A_PAPER


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A reason to refuse a photograph: what the hands do, and undo; what the live view says before somebody presses the
    button all the same (None: nothing that it could see).
    """

    says: str
    failure: Failure
    does: tuple[Hand, ...]
    mends: tuple[Hand, ...]
    guidance: Guidance | None


def _hand(words: str) -> tuple[Hand, ...]:
    return (Hand(lambda hands: hands.say(*words.split())),)


SPOILT = (
    Spoilt("it is blurred", Failure.PAGE_BLURRED, _hand("spoil-light on"), _hand("spoil-light off"), None),
    Spoilt("a lamp is mirrored", Failure.PAGE_GLARE, _hand("mirror-lamp on"), _hand("mirror-lamp off"), Guidance.GLARE),
    Spoilt("a hand lies on it", Failure.PAGE_FINGER, _hand("reach-in on"), _hand("reach-in off"), Guidance.HAND),
    Spoilt(
        "an edge is cut off",
        Failure.PAGE_CUT_OFF,
        _hand("slide-paper 150 0"),
        _hand("slide-paper -150 0"),
        Guidance.SLIDE_LEFT,
    ),
    Spoilt(
        "two papers lie there",
        Failure.TWO_SHEETS,
        (*_hand("slide-paper -80 0"), *_hand("lay-paper receipt 20")),
        (*_hand("take-paper"), *_hand("lay-paper 0")),
        Guidance.TWO_SHEETS,
    ),
    Spoilt("it moves", Failure.PAGE_MOVED, _hand("shake-paper on"), _hand("shake-paper off"), Guidance.HOLD_STILL),
)


STORIES: dict[str, Callable[[Walker], Story]] = {
    "resubmission": resubmission,
    "applicant": applicant,
    "wrong-password": wrong_password,
    "last-try-kept": last_try_kept,
    "change-address": change_address,
    "cancel": cancel,
    "card-pulled": card_pulled,
    "line-cut": line_cut,
    "bad-photo": bad_photo,
    "refusals": refusals,
}
"""Every story by its name; the first sentence about it is its function's."""

VISITORS = {"applicant": 2}
"""The sample visitor of a story where it is not the first."""
