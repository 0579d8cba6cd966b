"""The whole job at a desk, as a visitor and as a technician do it, and what it may cost the card.

The bill is reckoned from outside, by whoever owns the card: which of their entries it has heard, and whether the digits
were right. Nothing that the terminal says about it is believed.
"""

from collections.abc import Callable
from typing import Final, TypeAlias, TypeVar

from drivers.card.chip import Chip, Secret
from drivers.card.habits import Extended, Habits
from drivers.card.profile import MY_NUMBER_CARD
from kiosk.events import AttributesRead, PasswordRefused, SameDigitsAgain, Signed
from kiosk.failures import DriverError, Failure
from kiosk.visit import Entry, Password, Tries
from tests.drivers.card.desk import CHALLENGE, Desk

Answer = TypeVar("Answer")

ALLOWED: Final = {
    ("jpki", None), ("jpki", 0x0006), ("jpki", 0x000A), ("jpki", 0x0017), ("jpki", 0x0018),
    ("text", None), ("text", 0x0002), ("text", 0x0011), ("", None),
}  # fmt: skip
"""Applications and files that may be asked for."""

PAIRS: Final = {
    "best": Habits(),
    "no short identifiers": Habits(short_refused=0x6A86),
    "no extended length": Habits(extended=Extended.REFUSED),
    "neither": Habits(short_refused=0x6A86, extended=Extended.REFUSED),
}
"""Card and reader, in what they take."""


class Owner:
    """Somebody with a card at a desk. `owed` is what must be left on it."""

    def __init__(self, desk: Desk, chip: Chip) -> None:
        self.desk = desk
        self.chip = chip
        self._left = {password: secret_of(chip, password).left for password in Password}
        self._open: tuple[Password, str, int] | None = None

    @property
    def owed(self) -> tuple[int, int]:
        """Of the first and of the second password."""
        self._reckon()
        return self._left[Password.AUTHENTICATION], self._left[Password.ATTRIBUTES]

    def logs_in(self, digits: str) -> Signed | PasswordRefused | SameDigitsAgain:
        entry = self._confirms(Password.AUTHENTICATION, digits)
        return self._answered(Password.AUTHENTICATION, self.desk.card.authenticate(entry, CHALLENGE, False))

    def reads(self, digits: str) -> AttributesRead | PasswordRefused | SameDigitsAgain:
        entry = self._confirms(Password.ATTRIBUTES, digits)
        return self._answered(Password.ATTRIBUTES, self.desk.card.read_attributes(entry, False))

    def performs(self, first: str, second: str) -> None:
        """The technician's way: both over one connection."""
        digits = {Password.AUTHENTICATION: first, Password.ATTRIBUTES: second}
        job = self.desk.card.perform(CHALLENGE, lambda password: self._confirms(password, digits[password]))
        if job.failure is not None:
            raise DriverError(job.failure)

    def _confirms(self, password: Password, digits: str) -> Entry:
        self._reckon()
        self._open = password, digits, self.chip.verifies
        return self.desk.types(digits, password)

    def _answered(self, password: Password, answer: Answer) -> Answer:
        assert self._reckon() == 1, "an answer about a password that was never sent"
        assert not isinstance(answer, PasswordRefused) or answer.left == self._left[password]
        return answer

    def _reckon(self) -> int:
        """How many VERIFYs the last entry has become."""
        if self._open is None:
            return 0
        (password, digits, before), self._open = self._open, None
        heard = self.chip.verifies - before
        assert heard <= 1, "more than one VERIFY for one entry"
        if heard:
            secret = secret_of(self.chip, password)
            self._left[password] = secret.most if digits.encode() == secret.value else self._left[password] - 1
        return heard


Job: TypeAlias = Callable[[Owner], None]


def visit(owner: Owner) -> None:
    """What a visit asks of the card until the attributes are read."""
    assert owner.desk.card.inspect().tries == Tries(*owner.owed)
    assert isinstance(owner.logs_in("1234"), Signed)
    assert isinstance(owner.reads("5678"), AttributesRead)


def visit_to_its_end(owner: Owner) -> None:
    """With the closing re-read."""
    visit(owner)
    owner.desk.card.reread_certificate()


def visit_with_mistakes(owner: Owner) -> None:
    """Each password wrong once."""
    owner.desk.card.inspect()
    assert isinstance(owner.logs_in("1111"), PasswordRefused)
    assert isinstance(owner.logs_in("1234"), Signed)
    assert isinstance(owner.reads("2222"), PasswordRefused)
    assert isinstance(owner.reads("5678"), AttributesRead)


def straight(owner: Owner) -> None:
    """The technician's."""
    owner.performs("1234", "5678")


def straight_with_a_mistake(owner: Owner) -> None:
    """Which ends it."""
    owner.performs("1234", "2222")


def secret_of(chip: Chip, password: Password) -> Secret:
    """The password's file, seen from inside."""
    application = MY_NUMBER_CARD.application_of(password)
    secret = chip.applications[application.aid].files[application.password]
    assert isinstance(secret, Secret)
    return secret


def nothing_open(chip: Chip) -> bool:
    """Whether no password counts as taken any more, and no application as selected."""
    return not chip._verified and chip._application is None


def failure_of(act: Callable[[], object]) -> Failure | None:
    try:
        act()
    except DriverError as error:
        return error.failure
    return None
