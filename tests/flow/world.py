"""A model of everything that `step` talks to: it answers effects as the world might, and remembers enough to accuse.

The model card has two counters and one right password; the model vault holds which digits stand under which entry.
Nothing here imitates how drivers work: it only knows what may follow from what.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import assert_never

from kiosk import effects as do
from kiosk import events as on
from kiosk.failures import Failure
from kiosk.visit import (
    Attributes,
    BirthDate,
    Box,
    CardPlace,
    Document,
    Entry,
    Framed,
    FurtherField,
    Limits,
    Page,
    Password,
    Sex,
    Terms,
    Ticket,
    Tries,
)

DEADLINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ADDRESS = "t@a.jp"
RECEIPT = "S01012026110209451210423"
TERMS = Terms("見本-1", (Document("規約", "見本"), Document("規程", "見本")), Limits(pdf=True))
ATTRIBUTES = Attributes("見本 ツル", "青森県青森市架空1-1", BirthDate(1926, None, None), Sex.FEMALE)
FIELD = FurtherField("phone", "電話番号", "", required=True, longest=12)
RIGHT = {Password.AUTHENTICATION: (1, 2, 3, 4), Password.ATTRIBUTES: (5, 6, 7, 8)}

_CARD_REQUESTS = (do.InspectCard, do.Authenticate, do.ReadAttributes, do.RereadCertificate)
_CARD_FAILURES = (Failure.CARD_PULLED, Failure.CARD_SLOW, Failure.TRIES_UNKNOWN, Failure.CARD_STEP_CLOSED)
_LINE_FAILURES = (
    Failure.PORTAL_UNREACHABLE,
    Failure.PORTAL_SLOW,
    Failure.PORTAL_BUSY,
    Failure.PORTAL_MALFORMED,
    Failure.SESSION_EXPIRED,
    Failure.INTERNAL,
)


@dataclass
class World:
    """One visit's world. `verified` lists the entries that were spent on the card."""

    dice: random.Random
    tries: dict[Password, int | None]
    place: CardPlace = CardPlace.ABSENT
    vault: dict[Entry, dict[int, int]] = field(default_factory=dict)
    open: list[do.Request] = field(default_factory=list)
    answered: list[on.Answered] = field(default_factory=list)
    inspected: bool = False  # this card's counters were told since it was laid
    verified: list[Entry] = field(default_factory=list)
    fate_open: bool = False  # a submission may have been received
    packed: tuple[int, ...] = ()  # the papers that were packed last
    known: tuple[str, str] = ("", "")  # the numbers that the portal has accepted last
    ended: bool = False

    def lay(self) -> None:
        """Another card, or the same one."""
        self.place, self.inspected = CardPlace.PRESENT, False

    def take(self) -> None:
        """Away."""
        self.place, self.inspected = CardPlace.ABSENT, False

    def take_up(self, effect: do.Effect, consented: bool, last_try_allowed: bool) -> None:
        """Take an effect, and accuse `step` of what it must never want."""
        match effect:
            case do.StoreDigit(entry, position, digit):
                self.vault.setdefault(entry, {})[position] = digit
            case do.EraseDigit(entry, position):
                del self.vault[entry][position]
            case do.ClearEntry(entry):
                self.vault.pop(entry, None)
            case do.DiscardPage():
                pass
            case do.EndVisit():
                assert not self.ended
                self.ended = True
            case do.Authenticate(entry=entry) | do.ReadAttributes(entry=entry):
                self._verify(entry, consented, last_try_allowed)
                self.open.append(effect)
            case do.InspectCard():
                assert self.place is CardPlace.PRESENT, "a card that was there before is read"
                self.open.append(effect)
            case do.Submit():
                assert not self.fate_open, "handed in again although the first may have been received"
                assert effect.numbers == self.packed, "other papers are sent than were packed"
                assert (effect.contract, effect.receipt) == self.known, "numbers are sent that nobody has checked"
                self.fate_open = True
                self.open.append(effect)
            case _:
                self.open.append(effect)

    def _verify(self, entry: Entry, consented: bool, last_try_allowed: bool) -> None:
        assert entry not in self.verified, "an entry is sent twice"
        assert sorted(self.vault.get(entry, {})) == [0, 1, 2, 3], "not exactly four digits"
        assert self.inspected, "the counter was not asked of this card"
        left = self.tries[entry.password]
        assert left is not None, "a password that is not there is asked"
        assert left > 1 or (left == 1 and consented and last_try_allowed), "the last try is spent"
        self.verified.append(entry)

    def answer(self, good: float, wanted: object = None) -> on.Answered | None:
        """Answer an open request, well with chance `good`; mostly the `wanted` one.

        The card's worker is one: its answers keep their order.
        """
        if not self.open:
            return None
        named = [waiting for waiting in self.open if waiting.ticket == wanted]
        others = [waiting for waiting in self.open if not isinstance(waiting, do.ReadPage)]  # to read takes its time
        rest = others if others or self.dice.random() < 0.8 else self.open
        if not named and not rest:
            return None
        request = self.dice.choice(named if named and (not rest or self.dice.random() < 0.8) else rest)
        if isinstance(request, _CARD_REQUESTS):
            request = next(waiting for waiting in self.open if isinstance(waiting, _CARD_REQUESTS))
        self.open.remove(request)
        if isinstance(request, do.Photograph | do.Straighten | do.Submit | do.Settle):
            good /= 2  # so that what follows from these is seen often enough
        result = self._result(request, self.dice.random() < good)
        if isinstance(request, do.Submit | do.Settle):
            self.fate_open = _may_be_received(request, result)
        told = on.Answered(request.ticket, result)
        self.answered.append(told)
        return told

    def _result(self, request: do.Request, good: bool) -> on.Result:
        if isinstance(request, _CARD_REQUESTS):
            return self._on_card(request, good)
        if good:
            return self._good(request)
        return self._bad(request)

    def _on_card(
        self, request: do.InspectCard | do.Authenticate | do.ReadAttributes | do.RereadCertificate, good: bool
    ) -> on.Result:
        if isinstance(request, do.RereadCertificate):
            return on.TracesCovered() if good else on.Failed(Failure.CARD_PULLED)
        if self.place is not CardPlace.PRESENT:
            return on.Failed(Failure.CARD_PULLED)
        if not good:
            return on.Failed(self.dice.choice((*_CARD_FAILURES, Failure.CARD_WRONG_KIND, Failure.CERTIFICATE_EXPIRED)))
        if isinstance(request, do.InspectCard):
            self.inspected = True
            return on.CardInspected(Tries(self.tries[Password.AUTHENTICATION], self.tries[Password.ATTRIBUTES]))
        return self._compare(request)

    def _compare(self, request: do.Authenticate | do.ReadAttributes) -> on.Result:
        password = request.entry.password
        digits = tuple(digit for _, digit in sorted(self.vault.get(request.entry, {}).items()))
        if digits != RIGHT[password]:
            if self.dice.random() < 0.2:
                return on.SameDigitsAgain()
            left = (self.tries[password] or 1) - 1
            self.tries[password] = left
            return on.PasswordRefused(left)
        self.tries[password] = 3
        if isinstance(request, do.Authenticate):
            return on.Signed(b"certificate", b"signature")
        return on.AttributesRead(ATTRIBUTES)

    def _good(self, request: do.Request) -> on.Result:  # noqa: C901  # one case a request
        chosen = self.dice.random()
        match request:
            case do.FetchTerms():
                return on.TermsGot(TERMS)
            case do.Register() | do.SendMailAgain() | do.CorrectAddress():
                return on.Registered(DEADLINE)
            case do.AskRegistration():
                return on.RegistrationSeen(confirmed=chosen < 0.6)
            case do.Resume():
                return on.Resumed(DEADLINE, ADDRESS)
            case do.RequestChallenge():
                return on.ChallengeGot(b"nonce")
            case do.LogIn():
                return on.LoggedIn((FIELD,) if chosen < 0.5 else ())
            case do.SendAttributes():
                return on.AttributesAccepted()
            case do.CheckNumbers(contract=contract, receipt=receipt):
                self.known = (contract, receipt)
                return on.NumbersAccepted()
            case do.Photograph(number=number):
                framed = Framed(number, 4056, 3040, ((0.2, 0.1), (0.8, 0.1), (0.8, 0.9), (0.2, 0.9)))
                if chosen < 0.2:
                    return on.CornersDoubted(framed)
                return on.Photographed(Page(number, 2480, 3508, 800_000), framed)
            case do.Straighten(framed=framed):
                return on.Photographed(Page(framed.number, 2480, 3508, 800_000), framed)
            case do.TurnPage():
                return on.PageTurned(3508, 2480)
            case do.ReadPage():
                return on.PageRead((Box(0.1, 0.1, 0.4, 0.15),) if chosen < 0.4 else (), self.dice.randrange(4))
            case do.ReadNumbers():
                return on.NumbersRead("901234507" if chosen < 0.6 else None, RECEIPT if 0.3 < chosen < 0.8 else None)
            case do.Pack(leaves=leaves):
                numbers = tuple(leaf.number for leaf in leaves)
                if chosen < 0.1:
                    return on.TooLarge(len(numbers) - 1)
                self.packed = numbers
                return on.Packed(tuple(Page(number, 2480, 3508, 500_000) for number in numbers))
            case do.Submit():
                return on.Submitted("0101-2026-1122-00421" if chosen < 0.8 else None)
            case do.Settle():
                return on.Settled(received=chosen < 0.6)
            case do.Wipe():
                return on.Wiped()
            case do.InspectCard() | do.Authenticate() | do.ReadAttributes() | do.RereadCertificate():
                raise AssertionError(request)
            case _:
                assert_never(request)

    def _bad(self, request: do.Request) -> on.Result:
        own: dict[type, tuple[Failure, ...]] = {
            do.Register: (Failure.ADDRESS_REFUSED, Failure.MAILS_EXHAUSTED),
            do.CorrectAddress: (Failure.ADDRESS_REFUSED,),
            do.AskRegistration: (Failure.LINK_EXPIRED,),
            do.Resume: (Failure.CODE_UNKNOWN, Failure.LINK_EXPIRED),
            do.LogIn: (Failure.LOGIN_REFUSED, Failure.MAIL_NOT_CONFIRMED),
            do.CheckNumbers: (Failure.CONTRACT_UNKNOWN, Failure.RECEIPT_UNKNOWN),
            do.Photograph: (Failure.PAGE_BLURRED, Failure.PAGE_CUT_OFF, Failure.TWO_SHEETS, Failure.CAMERA_LOST),
            do.Straighten: (Failure.PAGE_BLURRED, Failure.PAGE_GLARE),
            do.ReadNumbers: (Failure.CAMERA_LOST,),
            do.Submit: (Failure.SUBMISSION_UNCERTAIN, Failure.SUBMISSION_REFUSED, Failure.FIELD_REFUSED),
        }
        chosen = self.dice.random()
        if isinstance(request, do.Submit) and chosen < 0.8:
            return on.Failed(Failure.SUBMISSION_UNCERTAIN)
        if isinstance(request, do.ReadPage) and chosen < 0.7:
            return on.Failed(Failure.PAGE_MY_NUMBER_CARD)
        return on.Failed(self.dice.choice((*own.get(type(request), ()), *_LINE_FAILURES)))


def _may_be_received(request: do.Submit | do.Settle, result: on.Result) -> bool:
    match request, result:
        case do.Submit(), on.Failed(failure):
            return failure is Failure.SUBMISSION_UNCERTAIN
        case do.Settle(), on.Settled(received=received):
            return received
        case _:
            return True


def foreign(dice: random.Random, visit: int) -> on.Answered:
    """An answer that nobody in this visit has asked for."""
    results: tuple[Callable[[], on.Result], ...] = (
        on.Wiped,
        lambda: on.CardInspected(Tries(3, 3)),
        lambda: on.Submitted("0000"),
        lambda: on.AttributesRead(ATTRIBUTES),
        lambda: on.Signed(b"", b""),
    )
    ticket = dice.choice((Ticket(visit + 1, dice.randrange(40)), Ticket(visit, 10_000), Ticket(visit, 0)))
    return on.Answered(ticket, dice.choice(results)())
