"""A visitor before a portal: the sandbox, a client over real HTTPS, cards of a test CA, a clock to turn."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256, SHA384
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from PIL import Image

from drivers.portal.client import PortalClient
from drivers.portal.https import ClientCertificate, HttpsTransport, Patience
from drivers.portal.line import Times
from drivers.portal.sandbox import Rules, Sandbox
from kiosk.failures import DriverError, Failure
from kiosk.ports import Enclosure, Submission
from kiosk.visit import Attributes, BirthDate, Sex

ADDRESS = "taro_kyosai@example.jp"
CONTRACT, RECEIPT = "901234507", "S0101-20261102094512-10423"
APPLICANTS_RECEIPT = "S0102-20260228235959-00001"
NUMBERS = frozenset({(CONTRACT, RECEIPT), ("", APPLICANTS_RECEIPT), ("902345618", "S0101-20261015110203-48213")})
ATTRIBUTES = Attributes("見本 ツル", "青森県青森市架空1-1", BirthDate(1926, None, None), Sex.FEMALE)
KEY = "0123456789abcdef0123456789abcdef"


def a_picture(wide: int, tall: int, kind: str = "JPEG") -> Enclosure:
    """Nothing but grey; whatever it is, it is called a JPEG."""
    file = BytesIO()
    Image.new("L", (wide, tall), 230).save(file, kind)
    return Enclosure("page-1.jpg", "image/jpeg", file.getvalue())


def a_page(size: int = 40_000, seed: int = 0) -> Enclosure:
    """A real picture of so many bytes, most of them chance in its comments, and what looks like the end of a part."""
    plain = a_picture(60, 84).content
    comments, left, chance = b"", size - len(plain), random.Random(seed)
    while left:
        length = min(left, 60_000) if left - 60_000 not in range(1, 8) else 30_000
        comments += b"\xff\xfe" + (length - 2).to_bytes(2, "big")
        comments += (b"\r\n--" + chance.randbytes(length))[: length - 4]
        left -= length
    return Enclosure("page-1.jpg", "image/jpeg", plain[:2] + comments + plain[2:])


PAGE = a_page()
QUICK = Patience(connect=2.0, still=5.0, request=10.0, upload=10.0)


class Clock:
    """The portal's clock."""

    def __init__(self) -> None:
        self._now = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self._now

    def turn(self, **by: float) -> None:
        self._now += timedelta(**by)


class RightClock(Clock):
    """This machine's own."""

    def __call__(self) -> datetime:
        return datetime.now(UTC)


@dataclass
class Card:
    """Signs as the chip does."""

    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    def sign(self, challenge: bytes) -> bytes:
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(challenge, padding.PKCS1v15(), SHA256())
        return self.key.sign(challenge, ec.ECDSA(SHA384()))


class Authority:
    """A CA for cards; `revoked` is what it no longer believes."""

    def __init__(self, name: str = "test CA") -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = _name(name)
        self.ca_certificate = self._certificate(self._name, self._key, 3650)
        self.revoked: set[int] = set()

    def revocations(self, now: datetime, days: int = 1) -> bytes:
        """The list that it publishes at this moment."""
        builder = x509.CertificateRevocationListBuilder().issuer_name(self._name)
        builder = builder.last_update(now).next_update(now + timedelta(days=days))
        for serial in self.revoked:
            entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(now).build()
            builder = builder.add_revoked_certificate(entry)
        return builder.sign(self._key, SHA256()).public_bytes(Encoding.DER)

    def card(self, key: Any = None, days: int = 1000, *extensions: tuple[x509.ExtensionType, bool]) -> Card:
        key = key or ec.generate_private_key(ec.SECP384R1())
        return Card(key, self._certificate(_name("card"), key, days, *extensions))

    def _certificate(
        self, subject: x509.Name, key: Any, days: int, *extensions: tuple[x509.ExtensionType, bool]
    ) -> x509.Certificate:
        start = datetime(2025, 1, 1, tzinfo=UTC)
        builder = (
            x509.CertificateBuilder(self._name, subject, key.public_key(), x509.random_serial_number())
            .not_valid_before(start)
            .not_valid_after(start + timedelta(days=days))
        )
        for extension, critical in extensions:
            builder = builder.add_extension(extension, critical)
        return builder.sign(self._key, SHA256())


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


@dataclass
class World:
    sandbox: Sandbox
    clock: Clock
    authority: Authority
    card: Card
    clients: list[PortalClient] = field(default_factory=list)

    def client(self) -> PortalClient:
        """Another terminal process, with the same terminal certificate."""
        client = PortalClient(self.transport(), Times(now=self.clock, rest=lambda _: None), self.transport())
        self.clients.append(client)
        return client

    def transport(self) -> HttpsTransport:
        box = self.sandbox
        return HttpsTransport(
            box.url, box.ca_file, ClientCertificate(box.terminal_certificate, box.terminal_key), QUICK
        )

    def registered(self) -> PortalClient:
        client = self.client()
        client.register(ADDRESS, client.terms().version)
        return client

    def confirmed(self) -> PortalClient:
        client = self.registered()
        self.sandbox.open_link(self.sandbox.mailbox.mails()[-1])
        return client

    def logged_in(self) -> PortalClient:
        client = self.confirmed()
        client.log_in(self.card.der, self.card.sign(client.challenge().challenge))
        return client

    def ready(self) -> PortalClient:
        """All is done but the submission."""
        client = self.logged_in()
        client.send_attributes(ATTRIBUTES)
        client.check_numbers(CONTRACT, RECEIPT)
        return client


@contextmanager
def open_world(authority: Authority) -> Iterator[World]:
    """A sandbox that begins, and ends with all who talk to it."""
    clock = Clock()
    authority.revoked.clear()
    rules = Rules(NUMBERS, authority.ca_certificate, lambda: authority.revocations(clock()))
    with Sandbox(rules, clock) as sandbox:
        world = World(sandbox, clock, authority, authority.card())
        yield world
        for client in world.clients:
            client.close()


def a_submission(*pages: Enclosure, contract: str = CONTRACT, receipt: str = RECEIPT) -> Submission:
    return Submission(contract, receipt, (), pages or (PAGE,))


def nothing(done: int, whole: int) -> None:
    """Progress that nobody looks at."""


def failure_of(act: Any, *args: Any) -> Failure:
    """The failure that a call ends in."""
    try:
        act(*args)
    except DriverError as error:
        return error.failure
    raise AssertionError("it did not fail")
