"""What the terminal has to say to a My Number Card: look, log in, read the attributes, cover the traces.

Each dialogue selects its application first and never again before it is done: selecting it anew would end what the
password opened. The passwords pass through `Gate`s, given by whoever holds the guard; a gate asks for the counter and
sends at most one VERIFY. What is read in front of a gate may try extended length, what is read behind it may not: so
the certificate, which is long and public, shows what the reader takes, and a connection that dies over it has cost
nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from drivers.card import apdu, attributes, tlv
from drivers.card.apdu import Command
from drivers.card.certificate import Certificate
from drivers.card.exchange import Dialogue, Wanted, count_tries, exchange, read_file, select_application, select_file
from drivers.card.forms import Forms
from drivers.card.profile import (
    SIGN_CLA,
    SIGN_P1,
    SIGN_P2,
    SIGNATURE_LENGTH,
    TOKEN_LENGTH,
    CardKind,
    Profile,
    kind_of,
)
from kiosk.events import AttributesRead, PasswordRefused, SameDigitsAgain, Signed
from kiosk.failures import DriverError, Failure
from kiosk.visit import Tries

Refusal: TypeAlias = PasswordRefused | SameDigitsAgain

Gate: TypeAlias = Callable[[Certificate], Dialogue[Refusal | None]]
"""Where a password passes for the card with this certificate: None where the card took it."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What lies there. Of another kind of card nothing more is known; `certificate` is None where it has none."""

    kind: CardKind
    tries: Tries | None = None
    certificate: Certificate | None = field(default=None, repr=False)


def preflight(profile: Profile, forms: Forms) -> Dialogue[Sight]:
    """Kind of card, certificate, both counters; consumes nothing."""
    yield from select_application(profile.authentication)
    token = yield from read_file(Wanted(profile.token_file, lambda _: TOKEN_LENGTH, TOKEN_LENGTH), forms, probing=True)
    kind = kind_of(token, profile)
    # The token is known from one source only: a card without one may still be the right kind, the rest will tell.
    if token and kind is not CardKind.MY_NUMBER:
        return Sight(kind)
    authentication = yield from count_tries(profile.authentication, forms)
    certificate = yield from _read_certificate(profile, forms)
    yield from select_application(profile.attributes)
    attributes_left = yield from count_tries(profile.attributes, forms)
    return Sight(CardKind.MY_NUMBER, Tries(authentication.left, attributes_left.left), certificate)


def identify(profile: Profile, forms: Forms) -> Dialogue[Certificate]:
    """The card's certificate alone: which card is this?"""
    yield from select_application(profile.authentication)
    return _present((yield from _read_certificate(profile, forms)))


def log_in(
    profile: Profile, forms: Forms, known: Certificate | None, gate: Gate, challenge: bytes
) -> Dialogue[Signed | Refusal]:
    """Sign the challenge after the password. `known` is the certificate where it was read from this card already."""
    yield from select_application(profile.authentication)
    certificate = known or _present((yield from _read_certificate(profile, forms)))
    refused = yield from gate(certificate)
    if refused is not None:
        return refused
    if profile.authentication.key is None or not (yield from select_file(profile.authentication.key)):
        raise DriverError(Failure.CARD_MALFORMED)
    asked = certificate.scheme.to_sign(challenge)
    answer = yield from exchange(
        Command(SIGN_CLA, apdu.PERFORM_SECURITY_OPERATION, SIGN_P1, SIGN_P2, asked, expected=SIGNATURE_LENGTH)
    )
    signature = certificate.scheme.checked(answer.data, challenge)
    if answer.status != apdu.OK or signature is None:
        raise DriverError(Failure.CARD_MALFORMED)
    return Signed(certificate.der, signature)


def read_attributes(
    profile: Profile, forms: Forms, certificate: Certificate, gate: Gate
) -> Dialogue[AttributesRead | Refusal]:
    """The four attributes after the password."""
    yield from select_application(profile.attributes)
    refused = yield from gate(certificate)
    if refused is not None:
        return refused
    record = Wanted(profile.attributes_file, tlv.whole_length, profile.longest_file)
    return AttributesRead(attributes.parse((yield from read_file(record, forms, probing=False))))


def cover_traces(profile: Profile, forms: Forms, times: int = 3) -> Dialogue[None]:
    """Read the public certificate over what the layers below still buffer; three readings were needed over pcscd."""
    yield from select_application(profile.authentication)
    for _ in range(times):
        yield from read_file(_certificate_in(profile), forms, probing=True)


def _read_certificate(profile: Profile, forms: Forms) -> Dialogue[Certificate | None]:
    content = yield from read_file(_certificate_in(profile), forms, probing=True)
    return Certificate.parse(content) if content.strip(b"\x00") and content.strip(b"\xff") else None


def _certificate_in(profile: Profile) -> Wanted:
    """A phone wants the password even for this: it is not the card that we need."""
    return Wanted(profile.certificate_file, _certificate_length, profile.longest_file, guarded=Failure.CARD_WRONG_KIND)


def _certificate_length(content: bytes) -> int:
    """The file is bigger than the certificate in it; a file that holds only filling has none."""
    return tlv.whole_length(content) if content[0] == 0x30 else len(content)


def _present(certificate: Certificate | None) -> Certificate:
    if certificate is None:
        raise DriverError(Failure.CERTIFICATE_ABSENT)
    return certificate
