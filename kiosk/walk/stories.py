"""The stories that a terminal can tell by itself, each from the attract screen to the way home."""

from collections.abc import Callable

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
    SubmittingView,
)
from kiosk.visit import Ending, Password
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
    register,
    retype_address,
)
from kiosk.walk.refusals import SPOILT, refusals, refused
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
    """A photograph refused for three of the reasons; the fourth is good."""
    legs = (
        *register(who),
        *card(who),
        *give_numbers(who),
        *refused(tuple(spoilt for spoilt in SPOILT if spoilt.failure in THREE)),
        Leg("keep the fourth picture", at(PageCheckView), (tap(Action.KEEP),)),
        Leg("this is all", at(PapersView), (tap(Action.NEXT),)),
        Leg("hand everything in", at(ReviewView), (tap(Action.SUBMIT),)),
        *home(),
    )
    return Story(legs, Ending.COMPLETED, submits=True)


THREE = {Failure.PAGE_BLURRED, Failure.PAGE_GLARE, Failure.PAGE_BLANK}
"""One that the live view does not see, one that it warns of, one that is the paper's own."""

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
