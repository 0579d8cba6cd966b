"""What a technician is told about a card: without its passwords, and after the whole job with them."""

from dataclasses import dataclass, field
from datetime import datetime

from drivers.card.dialogue import Refusal, Sight
from drivers.card.forms import Forms
from drivers.card.profile import CardKind
from drivers.card.trace import Traffic
from kiosk.events import AttributesRead, Signed
from kiosk.failures import Failure
from kiosk.visit import Tries


@dataclass(frozen=True, slots=True)
class Examination:
    """What a technician may know of a card without a password. `failure` is what a visitor would be told."""

    reader: str
    kind: CardKind
    tries: Tries | None
    subject: str | None = field(repr=False)
    not_after: datetime | None
    sha256: str | None = field(repr=False)
    failure: Failure | None

    @classmethod
    def of(cls, reader: str, sight: Sight, now: datetime) -> "Examination":
        """From what was seen."""
        certificate = sight.certificate
        return cls(
            reader=reader,
            kind=sight.kind,
            tries=sight.tries,
            subject=certificate.subject if certificate else None,
            not_after=certificate.not_after if certificate else None,
            sha256=certificate.card.hex() if certificate else None,
            failure=_failure_of(sight, now),
        )


def _failure_of(sight: Sight, now: datetime) -> Failure | None:
    if sight.kind is not CardKind.MY_NUMBER:
        return Failure.CARD_WRONG_KIND
    if sight.certificate is None:
        return Failure.CERTIFICATE_ABSENT
    return Failure.CERTIFICATE_EXPIRED if sight.certificate.expired(now) else None


@dataclass(frozen=True, slots=True)
class Job:
    """Both passwords over one connection. What was not reached is None; `failure` is what ended it before its end.

    `login` holds a signature only where the certificate's key made it. `forms` is what reader and card were seen to
    take.
    """

    reader: str
    login: Signed | Refusal | None
    reading: AttributesRead | Refusal | None
    failure: Failure | None
    traffic: Traffic
    forms: Forms
