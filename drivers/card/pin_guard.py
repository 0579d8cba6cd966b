"""The one gate through which a VERIFY can pass.

A locked password sends its owner to the municipal office, so before every VERIFY all of this must hold:

- the entry has exactly four digits and was never used before (it counts as used before anything is sent);
- this terminal takes passwords at all now (the hour's cap) and this visit still takes this one (the visit's cap);
- this card has not just refused the same digits;
- this card has just told how many tries are left, and it is more than the last one, unless the terminal is configured
  to spend that and its owner has consented.

The counter is asked and the VERIFY is sent here, one after the other, with nothing said in between, and in the form of
the question that was just answered: a password is never in a buffer whose form the card has not shown to understand.

If the answer to a VERIFY is lost, nothing is assumed and nothing repeated: the next look at the card asks the counter
again, and for the caps the lost one counts as refused, as does an answer that makes no sense. Otherwise somebody who
pulls the card in that moment, or the terminal's plug, could guess on without end. So the time of a refusal is kept
before the VERIFY is sent and withdrawn when the card has taken it; whether a command that failed had reached the card
nobody below can tell for certain, so it stays. The digits of a lost one are not among the refused, though,
and may be typed and confirmed again: a card counts before it compares, so a card that was pulled has one try less
whether the digits were right or wrong, and who typed the right ones must be able to say so. What that may cost is shown
before: the tries left, as the card has just told them.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from drivers.card import apdu
from drivers.card.apdu import Command, Response, wipe
from drivers.card.dialogue import Refusal
from drivers.card.exchange import Dialogue, count_tries
from drivers.card.forms import Forms
from drivers.card.profile import VERIFY_SELECTED, Application
from drivers.card.refusals import RefusalTimes, card_step_open
from drivers.card.vault import Vault
from kiosk.events import PasswordRefused, SameDigitsAgain
from kiosk.failures import DriverError, Failure
from kiosk.visit import Entry, Password


@dataclass(frozen=True, slots=True)
class Rules:
    """What the operator has configured. `spend_last_try` still needs the owner's consent each time."""

    spend_last_try: bool = False
    refused_per_visit: int = 2  # per password; lost ones count
    refused_per_hour: int = 6  # at this terminal; lost ones count


class PinGuard:
    """Lets through at most one VERIFY per confirmed entry. One object a visit; used on the reader's thread."""

    def __init__(self, vault: Vault, times: RefusalTimes, clock: Callable[[], datetime], rules: Rules) -> None:
        self._vault = vault
        self._times = times
        self._clock = clock
        self._rules = rules
        self._used: set[Entry] = set()
        self._refused: Counter[Password] = Counter()

    def verify(
        self, entry: Entry, application: Application, forms: Forms, card: bytes, *, consented: bool
    ) -> Dialogue[Refusal | None]:
        """One VERIFY with the vault's digits of `entry`, against the password of the application selected now."""
        digits = self._use_up(entry)
        try:
            self._admit(entry.password)
            if self._vault.was_refused(card, entry.password, digits):
                return SameDigitsAgain()
            counted = yield from count_tries(application, forms)
            self._judge_tries(counted.left, consented=consented)
            answer = yield from self._send(entry.password, digits, counted.reference)
            if answer.status == apdu.OK:
                self._vault.forget_refused(card, entry.password)
                return None
            left = 0 if answer.status in apdu.BLOCKED else answer.tries_left
            if left is None:
                forms.short_identifiers &= counted.reference == VERIFY_SELECTED  # it may take them for questions only
                raise DriverError(Failure.CARD_MALFORMED)
            self._vault.remember_refused(card, entry.password, digits)
            return PasswordRefused(left)
        finally:
            wipe(digits)

    def discard(self, entry: Entry) -> None:
        """Use an entry up without asking the card; for one whose request has ended."""
        self._used.add(entry)
        self._vault.clear(entry)

    def _send(self, password: Password, digits: bytearray, reference: int) -> Dialogue[Response]:
        """The VERIFY itself. It counts as refused before it is sent, and until the card says that it was not."""
        when = self._clock()
        self._refused[password] += 1
        self._times.append(when)
        answer = yield Command(0, apdu.VERIFY, 0, reference, digits)
        if answer.status == apdu.OK:
            self._refused[password] -= 1
            self._times.withdraw(when)
        return answer

    def _use_up(self, entry: Entry) -> bytearray:
        """The digits, once; a second asking, or digits that are not four, are a mistake of the program."""
        if entry in self._used:
            self._vault.clear(entry)
            raise DriverError(Failure.INTERNAL)
        self._used.add(entry)
        digits = self._vault.take(entry)
        if digits is None:
            raise DriverError(Failure.INTERNAL)
        return digits

    def _admit(self, password: Password) -> None:
        if not card_step_open(self._times.load(), self._clock(), self._rules.refused_per_hour):
            raise DriverError(Failure.CARD_STEP_CLOSED)
        if self._refused[password] >= self._rules.refused_per_visit:
            raise DriverError(Failure.REFUSED_TOO_OFTEN)

    def _judge_tries(self, left: int | None, *, consented: bool) -> None:
        if left is None:
            raise DriverError(Failure.PASSWORD_ABSENT)
        if left == 0:
            raise DriverError(Failure.PASSWORD_LOCKED)
        if left == 1 and not (consented and self._rules.spend_last_try):
            raise DriverError(Failure.LAST_TRY_KEPT)
