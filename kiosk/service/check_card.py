"""`kiosk check card`: what a technician may know of reader and card without a password. It consumes nothing.

The answer is a value, so that it can be printed as lines or as JSON and tested without either.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol

from kiosk.failures import DriverError, Failure
from kiosk.visit import Tries


class Examined(Protocol):
    """What an examination finds; `failure` is what a visitor would be told about this card."""

    @property
    def reader(self) -> str: ...
    @property
    def kind(self) -> Enum: ...
    @property
    def tries(self) -> Tries | None: ...
    @property
    def subject(self) -> str | None: ...
    @property
    def not_after(self) -> datetime | None: ...
    @property
    def sha256(self) -> str | None: ...
    @property
    def failure(self) -> Failure | None: ...


class Examiner(Protocol):
    """A card reader that can examine what lies on it. Raises `DriverError`."""

    def examine(self) -> Examined: ...


@dataclass(frozen=True, slots=True)
class CardReport:
    """What was found; `failure` is None where a visit could go on with this card."""

    found: Examined | None
    failure: Failure | None

    @property
    def exit_code(self) -> int:
        """0 where a visit could go on, else 1."""
        return 0 if self.failure is None else 1

    def document(self) -> dict[str, object]:
        """For `--json`. Times in ISO 8601; tries left 0 means locked, null that the card has no such password."""
        found = self.found
        return {
            "reader": found.reader if found else None,
            "card": found.kind.value if found else None,
            "tries_left": _tries(found.tries) if found and found.tries else None,
            "certificate": _certificate(found) if found and found.not_after else None,
            "failure": self.failure.name if self.failure else None,
        }

    def lines(self) -> tuple[str, ...]:
        """For people who read English on a terminal."""
        lines = []
        if self.found is not None:
            lines += [f"reader       {self.found.reader}", f"card         {self.found.kind.value}"]
            if self.found.tries is not None:
                lines += [
                    f"tries left   first password: {_words(self.found.tries.authentication)}",
                    f"             second password: {_words(self.found.tries.attributes)}",
                ]
            if self.found.not_after is not None:
                lines.append(f"certificate  valid until {self.found.not_after:%Y-%m-%d %H:%M %Z}")
        lines.append(f"result       {'usable' if self.failure is None else self.failure.name}")
        if self.failure in _NEXT:
            lines.append(f"do           {_NEXT[self.failure]}")
        return tuple(lines)


_NEXT = {
    Failure.READER_LOST: "plug in the reader; see that pcscd runs and that `[card] reader` names it or is empty",
    Failure.CARD_NOT_LAID: "lay a card on the reader and call this again",
    Failure.CARD_UNREADABLE: "lay the card flat and alone in the frame, and call this again",
    Failure.CARD_WRONG_KIND: "this is no My Number Card: lay one",
    Failure.CARD_PULLED: "leave the card where it is until the answer stands here",
    Failure.CERTIFICATE_EXPIRED: "the owner renews the certificate at the municipal office; the terminal is fine",
    Failure.PASSWORD_LOCKED: "the owner has the password reset at the municipal office; the terminal is fine",
    Failure.PASSWORD_ABSENT: "this card has no such password; the terminal is fine",
}
"""What a technician does about it."""


def check_card(examiner: Examiner) -> CardReport:
    """Examine what lies on the reader now."""
    try:
        found = examiner.examine()
    except DriverError as error:
        return CardReport(None, error.failure)
    return CardReport(found, found.failure or _locked(found.tries))


def _locked(tries: Tries | None) -> Failure | None:
    """A card whose password is locked, or not there, is sound, but no visit can go on with it."""
    if tries is None:
        return None
    counts = (tries.authentication, tries.attributes)
    if None in counts:
        return Failure.PASSWORD_ABSENT
    return Failure.PASSWORD_LOCKED if 0 in counts else None


def _tries(tries: Tries) -> dict[str, int | None]:
    return {"auth": tries.authentication, "attributes": tries.attributes}


def _certificate(found: Examined) -> dict[str, str | None]:
    return {
        "subject": found.subject,
        "not_after": found.not_after.isoformat() if found.not_after else None,
        "sha256": found.sha256,
    }


def _words(left: int | None) -> str:
    if left is None:
        return "not on this card"
    return f"{left}" if left else "locked"
