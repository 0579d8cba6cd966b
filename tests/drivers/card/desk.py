"""A desk with a sample card on it, and a visitor's fingers, for the stories of this folder."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa

from drivers.bench.authority import SampleAuthority
from drivers.card import samples
from drivers.card.chip import Chip, Secret
from drivers.card.pin_guard import PinGuard, Rules
from drivers.card.reader import CardDesk
from drivers.card.refusals import RefusalTimesInMemory
from drivers.card.samples import Credentials, Holder
from drivers.card.simulator import SimulatedReader
from drivers.card.slot import Slot
from drivers.card.vault import Vault
from kiosk.events import AttributesRead, PasswordRefused, SameDigitsAgain, Signed
from kiosk.visit import Entry, Password

NOW = datetime(2026, 11, 4, 10, 30, tzinfo=UTC)
CHALLENGE = bytes(range(32))
HOLDER = Holder("例示 ひかる", "福岡県福岡市中央区架空2-2", "20000229", "9")


@cache
def authority() -> SampleAuthority:
    """One for all tests: keys take a moment to make."""
    return SampleAuthority(NOW)


@cache
def credentials(serial: int = 1, days_left: int = 365) -> Credentials:
    """A key and its certificate, made once."""
    end = NOW + timedelta(days=days_left)
    return Credentials(*authority().issue(serial, end - timedelta(days=5 * 365), end), authority().ca_certificate)


def card(
    *,
    serial: int = 1,
    days_left: int = 365,
    authentication: int = 3,
    attributes: int = 3,
    holder: Holder = HOLDER,
    when_blocked: int = 0x63C0,
    strict_length: bool = False,
) -> Chip:
    """A My Number Card with passwords 1234 and 5678 and these tries left."""
    return samples.my_number_card(
        holder,
        credentials(serial, days_left),
        Secret(b"1234", left=authentication, when_blocked=when_blocked),
        Secret(b"5678", left=attributes, when_blocked=when_blocked),
        strict_length=strict_length,
    )


def tries_on(chip: Chip) -> tuple[int, int]:
    """What is really left, seen from inside the chip."""
    found = {
        identifier: file.left
        for application in chip.applications.values()
        for identifier, file in application.files.items()
        if isinstance(file, Secret)
    }
    return found[0x0018], found[0x0011]


@dataclass
class Clock:
    """A clock that a story moves."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


def slot_over(reader: SimulatedReader) -> Slot:
    """The simulated reader is a slot itself; conftest.py puts a real pcscd between, for whole files of stories."""
    return reader


@dataclass
class Desk:
    """One visit at a simulated reader; `slot` is what the terminal sees of it."""

    reader: SimulatedReader = field(default_factory=SimulatedReader)
    rules: Rules = field(default_factory=Rules)
    times: RefusalTimesInMemory = field(default_factory=RefusalTimesInMemory)
    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        self.vault = Vault()
        self.guard = PinGuard(self.vault, self.times, self.clock, self.rules)
        self.slot = slot_over(self.reader)
        self.card = CardDesk(self.slot, self.guard, self.clock)
        self.entries = 0

    @classmethod
    def with_card(cls, chip: Chip, rules: Rules | None = None) -> "Desk":
        """A desk on which this card lies."""
        return cls(SimulatedReader(card=chip), rules or Rules())

    def types(self, digits: Iterable[str], password: Password) -> Entry:
        """Digits into the vault, as a confirmed entry."""
        self.entries += 1
        entry = Entry(self.entries, password)
        for position, digit in enumerate(digits):
            self.vault.store(entry, position, int(digit))
        return entry

    def logs_in(self, digits: str, *, consented: bool = False) -> Signed | PasswordRefused | SameDigitsAgain:
        """Type the first password and confirm."""
        return self.card.authenticate(self.types(digits, Password.AUTHENTICATION), CHALLENGE, consented)

    def reads(self, digits: str, *, consented: bool = False) -> AttributesRead | PasswordRefused | SameDigitsAgain:
        """Type the second password and confirm."""
        return self.card.read_attributes(self.types(digits, Password.ATTRIBUTES), consented)


def public_key(certificate: bytes) -> rsa.RSAPublicKey:
    """Of a certificate in DER."""
    key = x509.load_der_x509_certificate(certificate).public_key()
    assert isinstance(key, rsa.RSAPublicKey)
    return key
