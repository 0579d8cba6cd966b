"""The beginnings that several stories share."""

from kiosk import events as on
from kiosk.events import Action
from kiosk.states import Rules
from kiosk.visit import Guidance, Page, Sight, Tries
from tests.flow.tale import NOTICE, Tale
from tests.flow.world import ADDRESS, ATTRIBUTES, DEADLINE, RECEIPT, TERMS


def registered(rules: Rules | None = None) -> Tale:
    """Up to the mail that has been sent and its explanation closed."""
    tale = Tale(rules or Rules(NOTICE)).happens(Action.START, Action.NEXT).answered(on.TermsGot(TERMS))
    tale.happens(Action.NEXT).typed(ADDRESS).happens(Action.NEXT).typed(ADDRESS).happens(Action.NEXT)
    return tale.happens(Action.AGREE, Action.NEXT).answered(on.Registered(DEADLINE)).happens(Action.CLOSE).forget()


def card_ready(tries: Tries = Tries(3, 3), rules: Rules | None = None) -> Tale:  # noqa: B008  # a frozen value
    """Up to the counters of a card that has been laid."""
    tale = registered(rules).answered(on.RegistrationSeen(confirmed=True)).happens(on.CardLaid())
    return tale.answered(on.CardInspected(tries)).forget()


def logged_in() -> Tale:
    """Up to [読み取る]."""
    tale = card_ready().happens(Action.NEXT).digits("1234").happens(Action.NEXT)
    tale.answered(on.ChallengeGot(b"nonce")).answered(on.Signed(b"certificate", b"signature"))
    return tale.answered(on.LoggedIn()).forget()


def identified() -> Tale:
    """Up to the identity screen, the card taken."""
    tale = logged_in().happens(Action.NEXT).digits("5678").happens(Action.NEXT)
    return tale.answered(on.AttributesRead(ATTRIBUTES)).answered(on.TracesCovered()).happens(on.CardTaken()).forget()


def numbers_known() -> Tale:
    """Up to the live view."""
    tale = identified().happens(Action.NEXT).answered(on.AttributesAccepted()).happens(Action.CONTRACTOR)
    tale.typed("901234507").happens(Action.NEXT).typed(RECEIPT).happens(Action.NEXT)
    return tale.answered(on.NumbersAccepted()).forget()


def photographed(tale: Tale, number: int) -> Tale:
    """One more paper, kept."""
    tale.happens(on.TraySeen(Sight(Guidance.LAY_A_PAPER)), on.TraySeen(Sight(Guidance.READY)))
    return tale.answered(on.Photographed(Page(number, 2480, 3508, 900_000))).found().happens(Action.KEEP)


def reviewed() -> Tale:
    """Up to the confirmation screen, with two papers."""
    tale = photographed(photographed(numbers_known(), 1).happens(Action.ADD), 2).happens(Action.NEXT)
    return tale.answered(on.Packed((Page(1, 2480, 3508, 700_000), Page(2, 2480, 3508, 600_000)))).forget()
