"""The people round the bench: the sample visitors and who was invited, each with cards that stay what they become."""

from collections.abc import Sequence
from threading import Lock

from drivers.bench.authority import SampleAuthority
from drivers.bench.cases import CardCase
from drivers.bench.visitors import VISITORS, Visitor, card_of, guest
from drivers.card.chip import Chip


class People:
    """Counted from 1, the sample visitors first. From any thread."""

    def __init__(self, authority: SampleAuthority) -> None:
        self._authority = authority
        self._lock = Lock()  # over what follows
        self._visitors: tuple[Visitor, ...] = VISITORS
        self._numbers = [(visitor.contract, visitor.receipt) for visitor in VISITORS]
        self._cards: dict[tuple[int, CardCase], Chip] = {}

    @property
    def numbers(self) -> Sequence[tuple[str, str]]:
        """Everybody's contract and receipt numbers; who holds this sees it grow."""
        return self._numbers

    @property
    def visitors(self) -> tuple[Visitor, ...]:
        """Who can come."""
        with self._lock:
            return self._visitors

    def visitor(self, number: int) -> Visitor:
        """The one with this number."""
        return with_number(self.visitors, number)

    def invite(self, name: str, address: str, mail: str) -> int:
        """Somebody new, with a card and with numbers that the portal knows; the visitor's number."""
        if not (name and address and mail):
            raise ValueError("a visitor has a name, an address and a mail address")
        with self._lock:
            who = guest(len(self._visitors) + 1, name, address, mail)
            self._numbers.append((who.contract, who.receipt))
            self._visitors = (*self._visitors, who)
            return len(self._visitors)

    def card(self, number: int, case: CardCase = CardCase.FINE) -> Chip:
        """The one card of this kind that visitor `number` has; a certificate is made at the first call."""
        key, who = (number, case), self.visitor(number)
        with self._lock:
            if key not in self._cards:
                self._cards[key] = card_of(who, self._authority, case)
            return self._cards[key]

    def whose(self, card: Chip | None) -> tuple[int, CardCase] | None:
        """Whose card this is, and what is the matter with it."""
        with self._lock:
            return next((key for key, chip in self._cards.items() if chip is card), None)


def with_number(visitors: Sequence[Visitor], number: int) -> Visitor:
    """The visitor with this number, from 1. Raises ValueError."""
    if not 1 <= number <= len(visitors):
        raise ValueError(f"a visitor is a number from 1 to {len(visitors)}")
    return visitors[number - 1]
