"""Who watches every visit of test_any_visit.py and keeps the books: which entries were confirmed for which card, which
VERIFYs went to the reader, what is left on each card. Nothing that the terminal says is believed.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from drivers.card import apdu
from drivers.card.pin_guard import Rules
from kiosk.events import AttributesRead, PasswordRefused, SameDigitsAgain, Signed
from kiosk.failures import DriverError, Failure
from kiosk.visit import Entry, Password
from tests.drivers.card.desk import Clock, Desk
from tests.drivers.card.hall import Card, Overheard, ProcessEndedError, TimesOnDisk, closed_at, deck, left_on
from tests.drivers.card.jobs import ALLOWED, nothing_open

Outcome = TypeVar("Outcome")
COMMANDS = {apdu.SELECT, apdu.READ_BINARY, apdu.VERIFY, apdu.PERFORM_SECURITY_OPERATION, apdu.GET_RESPONSE}


@dataclass
class Visit:
    """What there is to know of one visit, by the names of cards."""

    desk: Desk
    stale: str | None = None  # lay there when it began, and has not been away since
    known: str | None = None  # whose tries the visitor was shown
    refused: set[tuple[str, Password, str]] = field(default_factory=set)  # and the visitor was told so
    not_taken: Counter[Password] = field(default_factory=Counter)
    logged_in: str | None = None


@dataclass(frozen=True)
class Confirmed:
    """An entry, and how things stood when it was confirmed."""

    password: Password
    digits: str
    consented: bool
    card: str | None  # the one that it was meant for
    lying: str | None
    left: int | None
    sent: int
    closed: bool


class Onlooker:
    """One hall: its cards, its reader, its clock and its times of refusals outlive the visits."""

    def __init__(self) -> None:
        self.cards = deck()
        self.reader = Overheard()
        self.clock = Clock()
        self.disk = TimesOnDisk()
        self.refusals: list[datetime] = []  # VERIFYs that were sent and not taken
        self.confirmed: Counter[str | None] = Counter()
        self.may_be_locked = {
            (name, password) for name in self.cards for password in Password if left_on(self.cards[name], password) == 0
        }
        self._entry: Confirmed | None = None
        self._read = dict.fromkeys(self.cards, 0)  # how much of what a card has heard
        self.begin(Rules())

    def begin(self, rules: Rules) -> None:
        """A process of its own for the next visitor; a card that lies there is not known to be theirs."""
        self.disk = TimesOnDisk(self.disk.load())
        desk = Desk(self.reader, rules, self.disk, self.clock)
        self.visit = Visit(desk, stale=self.lying)
        self.see()

    def see(self) -> None:
        """The visit's watch looks, as it does from a thread of its own."""
        self.visit.desk.card._watching._look(lambda _: None, 0)

    @property
    def lying(self) -> str | None:
        return next((name for name, card in self.cards.items() if card.chip is self.reader.card), None)

    def lying_card(self) -> Card:
        assert self.lying is not None
        return self.cards[self.lying]

    def lay(self, name: str, *, mute: bool = False) -> None:
        """Instead of what may lie there."""
        self.reader.lay(self.cards[name].chip, mute=mute)
        self.visit.stale = None

    def take(self) -> None:
        """Whatever lies there."""
        self.reader.take()
        self.visit.stale = None

    def leave(self) -> None:
        """The visit ends in order: nothing is left in its vault."""
        vault = self.visit.desk.vault
        held = [buffer for refused in vault._refused.values() for buffer in refused]
        self.visit.desk.card.close()
        vault.wipe()
        assert not any(map(any, [*held, vault._digits]))

    def sound(self, names: Sequence[str]) -> list[str]:
        """Those of these cards of which both passwords have more than the last try."""
        return [name for name in names if all((left_on(self.cards[name], one) or 0) >= 2 for one in Password)]

    def end_process(self) -> None:
        """Whoever talks to the reader for it lets go of the card, and the next visit begins."""
        self.disk.ended = True
        self.reader.disconnect()
        self._reckon()
        self.begin(self.visit.desk.rules)

    def confirms(self, password: Password, digits: str, *, consented: bool) -> Entry:
        """Typed, and meant for the card whose tries the visitor was shown, or else for the one that lies there."""
        self._reckon()
        card = self.visit.known or self.lying
        self.confirmed[card] += 1
        left = None if self.lying is None else left_on(self.lying_card(), password)
        closed = closed_at(self.clock.now, self.refusals, self.visit.desk.rules.refused_per_hour)
        self._entry = Confirmed(password, digits, consented, card, self.lying, left, len(self.reader.answers), closed)
        return self.visit.desk.types(digits, password)

    def request(self, act: Callable[[], Outcome]) -> Outcome | DriverError | None:
        """What comes of one; None where the process ended over it."""
        heard = sum(len(card.chip.log) for card in self.cards.values())
        entry, stale = self._entry, self.visit.stale
        try:
            outcome: Outcome | DriverError = act()
        except DriverError as error:
            outcome = error
        except ProcessEndedError:
            self.end_process()
            return None
        assert stale is None or heard == sum(len(card.chip.log) for card in self.cards.values())
        self._reckon()
        vault = self.visit.desk.vault
        assert vault._entry is None
        assert vault._digits == bytes(4)
        if self.reader.card is None:
            self.visit.stale = None
        self.see()
        self._judge(outcome, entry)
        return outcome

    def check(self) -> None:
        """What holds whatever has happened."""
        for name, card in self.cards.items():
            assert nothing_open(card.chip)
            assert card.chip.verifies <= self.confirmed[name]
            for password in Password:
                assert left_on(card, password) != 0 or (name, password) in self.may_be_locked
            for heard in card.chip.log[self._read[name] :]:
                assert (heard.application, heard.file) in ALLOWED
                assert heard.ins in COMMANDS
            self._read[name] = len(card.chip.log)
        assert sorted(self.disk.load()) == self.refusals

    def _reckon(self) -> None:
        """What the last entry has led to."""
        entry, self._entry = self._entry, None
        if entry is None:
            return
        sent = self.reader.answers[entry.sent :]
        assert len(sent) <= 1
        if not sent:
            return
        visit, rules = self.visit, self.visit.desk.rules
        visit.known = entry.lying
        assert entry.lying is not None
        assert entry.card == entry.lying  # confirmed for this card, and no other was put in its place
        assert entry.lying not in {"EXPIRED", "WITHOUT_CERTIFICATE"}
        assert len(entry.digits) == 4
        assert (entry.lying, entry.password, entry.digits) not in visit.refused
        assert visit.not_taken[entry.password] < rules.refused_per_visit
        assert not entry.closed
        consented = entry.consented and rules.spend_last_try
        assert entry.left is not None
        assert entry.left >= (1 if consented else 2)
        if entry.left == 1 and entry.digits != self.cards[entry.lying].digits[entry.password]:
            self.may_be_locked.add((entry.lying, entry.password))
        self._write_down(entry, sent[0])

    def _write_down(self, entry: Confirmed, answer: bytes | None) -> None:
        assert entry.lying is not None
        of_card = {known for known in self.visit.refused if known[:2] == (entry.lying, entry.password)}
        if answer == b"\x90\x00":
            self.visit.refused -= of_card
            return
        self.visit.not_taken[entry.password] += 1
        self.refusals.append(self.clock.now)
        if answer is not None and answer[:-1] == b"\x63" and answer[-1] & 0xF0 == 0xC0:
            self.visit.refused.add((entry.lying, entry.password, entry.digits))

    def _judge(self, outcome: object, entry: Confirmed | None) -> None:
        """Whether what is told is true."""
        match outcome:
            case DriverError(failure=failure):
                self._judge_failure(failure, entry)
            case PasswordRefused(left):
                assert entry is not None
                assert left == left_on(self.lying_card(), entry.password)
            case SameDigitsAgain():
                assert entry is not None
                assert entry.lying is not None
                assert (entry.lying, entry.password, entry.digits) in self.visit.refused
            case Signed():
                self.visit.logged_in = self.lying
            case AttributesRead(attributes):
                holder = self.lying_card().holder
                assert holder is not None
                assert attributes.name == holder.name
                assert self.visit.logged_in in {None, self.lying}

    def _judge_failure(self, failure: Failure, entry: Confirmed | None) -> None:
        if entry is None:
            assert failure is not Failure.INTERNAL
            return
        match failure:
            case Failure.INTERNAL:
                assert len(entry.digits) < 4
            case Failure.CARD_STEP_CLOSED:
                assert entry.closed
            case Failure.REFUSED_TOO_OFTEN:
                assert self.visit.not_taken[entry.password] >= self.visit.desk.rules.refused_per_visit
            case Failure.LAST_TRY_KEPT:
                assert entry.left == 1
            case Failure.PASSWORD_LOCKED:
                assert entry.left == 0
            case Failure.PASSWORD_ABSENT:
                assert entry.left is None
