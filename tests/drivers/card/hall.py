"""What outlives a visit in the stories of test_any_visit.py: cards, a reader, a clock, and the times of refusals. Each
with what an onlooker knows of it who does not believe the terminal.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from drivers.bench.cases import CardCase
from drivers.bench.visitors import VISITORS
from drivers.card import apdu, samples
from drivers.card.chip import Chip, Secret
from drivers.card.refusals import RefusalTimesInMemory
from drivers.card.samples import Credentials, Holder
from drivers.card.simulator import SimulatedReader
from kiosk.visit import Password
from tests.drivers.card.desk import credentials
from tests.drivers.card.jobs import secret_of

HOUR: Final = timedelta(hours=1)
OWNER: Final = {Password.AUTHENTICATION: "1234", Password.ATTRIBUTES: "5678"}
ANOTHER: Final = {Password.AUTHENTICATION: "4321", Password.ATTRIBUTES: "5678"}


class ProcessEndedError(BaseException):
    """The visit's process is killed here: nothing of it acts any more, whatever this passes on its way."""


@dataclass(frozen=True, slots=True)
class Card:
    """A card and whose it is."""

    chip: Chip
    digits: Mapping[Password, str] = field(default_factory=lambda: OWNER)
    holder: Holder | None = None


def deck() -> dict[str, Card]:
    """Every sample case, another person's card, and one that was mistyped elsewhere."""
    cards = {case.name: _dealt(case) for case in CardCase}
    cards["ANOTHER"] = _my_number_card(credentials(2), ANOTHER, VISITORS[1].holder)
    cards["MISTYPED"] = _my_number_card(credentials(3), OWNER, VISITORS[2].holder, authentication=2, attributes=2)
    cards["CORRECTING"] = _my_number_card(credentials(4), OWNER, VISITORS[3].holder, strict_length=True)
    return cards


def _dealt(case: CardCase) -> Card:
    holder = VISITORS[0].holder
    match case:
        case CardCase.RESIDENT:
            return Card(samples.resident_card())
        case CardCase.PASSPORT:
            return Card(samples.passport())
        case CardCase.PHONE:
            return Card(samples.phone_token(credentials(5)))
        case CardCase.WITHOUT_PASSWORDS:
            return Card(samples.my_number_card(holder, credentials(6), None, None))
        case CardCase.WITHOUT_CERTIFICATE:
            return _my_number_card(Credentials(credentials(7).key, None), OWNER, holder)
        case CardCase.EXPIRED:
            return _my_number_card(credentials(8, days_left=-1), OWNER, holder)
        case CardCase.LAST_TRY:
            return _my_number_card(credentials(9), OWNER, holder, authentication=1, attributes=1)
        case CardCase.LOCKED:
            return _my_number_card(credentials(10), OWNER, holder, authentication=0)
        case CardCase.ATTRIBUTES_LOCKED:
            return _my_number_card(credentials(11), OWNER, holder, attributes=0)
        case CardCase.REVOKED:  # that it is only the portal knows
            return _my_number_card(credentials(12), OWNER, holder)
        case CardCase.FINE:
            return _my_number_card(credentials(1), OWNER, holder)


def _my_number_card(
    issued: Credentials,
    digits: Mapping[Password, str],
    holder: Holder,
    *,
    authentication: int = 3,
    attributes: int = 3,
    strict_length: bool = False,
) -> Card:
    secrets = [
        Secret(digits[password].encode(), left=left)
        for password, left in ((Password.AUTHENTICATION, authentication), (Password.ATTRIBUTES, attributes))
    ]
    return Card(samples.my_number_card(holder, issued, *secrets, strict_length=strict_length), digits, holder)


def left_on(card: Card, password: Password) -> int | None:
    """What is really left; None where there is no such password."""
    try:
        return secret_of(card.chip, password).left
    except KeyError:
        return None


class Overheard(SimulatedReader):
    """Keeps which VERIFYs were sent to it, and can be where a process ends. `answers` are those to VERIFYs with a
    password in them, heard by the card or not; None where none came.
    """

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[bytes | None] = []
        self._ends: tuple[int, bool] | None = None

    def end_process_at(self, at: int, *, heard: bool) -> None:
        """Of whoever sends the command `at`, 0 is the next one."""
        self._ends = self.sent + at, heard

    def forgive(self) -> None:
        """Nothing is to go wrong any more."""
        self._ends = None
        self._passage._due = None

    def transmit(self, command: bytearray) -> bytes:
        """See `Slot`."""
        answer = None
        try:
            answer = self._pass_on(command)
        finally:
            if command[1] == apdu.VERIFY and len(command) > 4:
                self.answers.append(answer)
        return answer

    def _pass_on(self, command: bytearray) -> bytes:
        if self._ends is None or self._ends[0] > self.sent:
            return super().transmit(command)
        heard, self._ends = self._ends[1], None
        if heard:
            super().transmit(command)
        raise ProcessEndedError


class TimesOnDisk(RefusalTimesInMemory):
    """Which an ended process can no longer write."""

    ended = False

    def append(self, when: datetime) -> None:
        """One more."""
        if not self.ended:
            super().append(when)

    def withdraw(self, when: datetime) -> None:
        """One less."""
        if not self.ended:
            super().withdraw(when)


def closed_at(now: datetime, refusals: Sequence[datetime], most: int) -> bool:
    """Whether the hour's cap keeps passwords away: one more than `most` in an hour, for an hour from the last."""
    return any(
        sum(last - HOUR < when <= last for when in refusals) > most for last in refusals if last <= now < last + HOUR
    )
