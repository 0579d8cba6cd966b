"""One visit from START to the 申込番号, as `SightedVisitor` makes it: the manual's five steps in order."""

from typing import Protocol

from drivers.bench.visitors import Visitor
from drivers.portal.sandbox.rules import sample_terms
from drivers.portal.wire import LimitsAnswer
from kiosk import events as on
from kiosk.events import Action
from kiosk.visit import Attributes, BirthDate, Document, Guidance, Limits, Page, Sex, Sight, Terms, Tries
from tests.flow.world import DEADLINE
from tests.journeys.sighted import NEARLY, SightedVisitor
from tests.screens.samples import FRAMED

SEXES = {"1": Sex.MALE, "2": Sex.FEMALE}


class Hands(Protocol):
    """What a visitor does beside the glass."""

    def confirm_mail(self) -> None:
        """On the phone, as soon as it has come."""

    def lay_card(self) -> None: ...
    def take_card(self) -> None: ...
    def lay_paper(self) -> None: ...
    def take_paper(self) -> None: ...

    def await_submission(self) -> str:
        """The number of the only thing that the portal has received, as soon as it has."""

    def submissions(self) -> list[str]:
        """The numbers of what the portal has received so far."""


def make_visit(visitor: SightedVisitor, hands: Hands) -> str:
    """All of it; the number that stood on the glass."""
    register(visitor, hands)
    use_card(visitor, hands)
    return hand_in(visitor, hands)


def register(visitor: SightedVisitor, hands: Hands) -> None:
    """Step 1, with the phone."""
    visitor.tap(Action.START)
    visitor.tap(Action.NEXT, on.TermsGot(terms()))
    visitor.tap(Action.NEXT)
    for _ in range(2):
        visitor.types(visitor.who.mail)
        visitor.tap(Action.NEXT)
    visitor.tap(Action.AGREE)
    visitor.tap(Action.NEXT, on.Registered(DEADLINE), alike=NEARLY)
    visitor.tap(Action.CLOSE, alike=NEARLY)
    hands.confirm_mail()
    visitor.sees(on.RegistrationSeen(confirmed=True))


def use_card(visitor: SightedVisitor, hands: Hands) -> None:
    """Steps 2 and 3."""
    hands.lay_card()
    visitor.happens(on.CardLaid())
    visitor.sees(on.CardInspected(Tries(3, 3)))
    visitor.tap(Action.NEXT)
    visitor.enters(visitor.who.authentication_password)
    visitor.tap(Action.NEXT, on.ChallengeGot(b"n"), on.Signed(b"c", b"s"), on.LoggedIn())
    visitor.tap(Action.NEXT)
    visitor.enters(visitor.who.attributes_password)
    visitor.tap(Action.NEXT, on.AttributesRead(attributes(visitor.who)), on.TracesCovered())
    hands.take_card()
    visitor.happens(on.CardTaken())
    visitor.sees()
    visitor.tap(Action.NEXT, on.AttributesAccepted())


def hand_in(visitor: SightedVisitor, hands: Hands) -> str:
    """Steps 4 and 5. How many bytes a page has is known to the terminal alone."""
    visitor.tap(Action.CONTRACTOR)
    visitor.types(visitor.who.contract)
    visitor.tap(Action.NEXT)
    visitor.types(visitor.who.receipt.replace("-", ""))
    visitor.tap(Action.NEXT, on.NumbersAccepted(), alike=NEARLY)
    hands.lay_paper()
    visitor.happens(on.TraySeen(Sight(Guidance.LAY_A_PAPER)), on.TraySeen(Sight(Guidance.READY)))
    visitor.sees(on.Photographed(Page(1, 2480, 3508, 900_000), FRAMED), alike=NEARLY)
    visitor.tap(Action.KEEP, alike=NEARLY)
    visitor.tap(Action.NEXT, on.Packed((Page(1, 2480, 3508, 700_000),)), alike=NEARLY)
    assert hands.submissions() == []
    visitor.touches(Action.SUBMIT)
    number = hands.await_submission()
    visitor.sees(on.Submitted(number), on.Wiped())
    visitor.reads_number(number)
    hands.take_paper()
    visitor.touches(Action.FINISH)
    visitor.leaves()
    assert hands.submissions() == [number]
    return number


def terms() -> Terms:
    """What the stand-in portal asks to be read."""
    limits = Limits()
    answer = sample_terms(LimitsAnswer(limits.files, limits.total_bytes))
    return Terms(answer.version, tuple(Document(said.title, said.body) for said in answer.documents), limits)


def attributes(who: Visitor) -> Attributes:
    """What the visitor's card says."""
    holder = who.holder
    year, month, day = (int(part) or None for part in (holder.birth[:4], holder.birth[4:6], holder.birth[6:]))
    return Attributes(holder.name, holder.address, BirthDate(year, month, day), SEXES[holder.sex])
