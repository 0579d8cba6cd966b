"""What `kiosk check card` has found, as a value: printed as lines or as JSON.

Name, address, birth date and sex leave it only where the technician has asked for them (`show`); they are never in a
`repr`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Protocol

from kiosk.failures import Failure
from kiosk.visit import Attributes, Tries


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


class Performed(Protocol):
    """What came of the whole job with both passwords."""

    @property
    def apdus(self) -> int: ...
    @property
    def bytes(self) -> int: ...
    @property
    def seconds(self) -> float: ...
    @property
    def signature_valid(self) -> bool | None: ...
    @property
    def sent_password(self) -> bool: ...
    @property
    def attributes(self) -> Attributes | None: ...
    @property
    def failure(self) -> Failure | None: ...


class Found(Protocol):
    """An open point about such cards that this one has settled."""

    @property
    def point(self) -> str: ...
    @property
    def section(self) -> str: ...
    @property
    def answer(self) -> str | int | float | bool: ...


@dataclass(frozen=True, slots=True)
class CardReport:
    """`tries` are those that the card has told last; `failure` is None where a visit could go on with this card."""

    found: Examined | None
    failure: Failure | None
    tries: Tries | None = None
    performed: Performed | None = field(default=None, repr=False)
    findings: Sequence[Found] = ()

    @property
    def result(self) -> str | None:
        """The failure's name; None where all is well."""
        return None if self.failure is None else self.failure.name

    @property
    def exit_code(self) -> int:
        """0 where a visit could go on, else 1."""
        return 0 if self.failure is None else 1

    def document(self, *, show: bool = False) -> dict[str, object]:
        """For `--json`. Times in ISO 8601; tries left 0 means locked, null that the card has no such password or, for
        both, that they could not be asked for (again). What was not reached is null.
        """
        found, done = self.found, self.performed
        document: dict[str, object] = {
            "reader": found.reader if found else None,
            "card": found.kind.value if found else None,
            "tries_left": _tries(self.tries) if self.tries else None,
            "apdus": done.apdus if done else None,
            "bytes": done.bytes if done else None,
            "seconds": round(done.seconds, 4) if done else None,
            "certificate": _certificate(found) if found and found.not_after else None,
            "signature_valid": done.signature_valid if done else None,
        }
        if show:
            document["attributes"] = _attributes(done.attributes) if done and done.attributes else None
        findings = [{"point": one.point, "section": one.section, "answer": one.answer} for one in self.findings]
        return {**document, "failure": self.result, "findings": findings}

    def lines(self, *, show: bool = False) -> tuple[str, ...]:
        """For people who read English on a terminal."""
        lines: list[str] = []
        if self.found is not None:
            lines += [f"reader       {self.found.reader}", f"card         {self.found.kind.value}"]
            if self.tries is not None:
                lines += [
                    f"tries left   first password: {_words(self.tries.authentication)}",
                    f"             second password: {_words(self.tries.attributes)}",
                ]
            if self.found.not_after is not None:
                lines.append(f"certificate  valid until {self.found.not_after:%Y-%m-%d %H:%M %Z}")
        if self.performed is not None:
            lines += _performance(self.performed)
            if show and self.performed.attributes is not None:
                lines += [f"{name:13}{value}" for name, value in _attributes(self.performed.attributes).items()]
        lines += [f"section {one.section}    {one.point}: {_answer(one.answer)}" for one in self.findings]
        lines.append(f"result       {self.result or 'usable'}")
        if self.failure in _NEXT:
            lines.append(f"do           {_NEXT[self.failure]}")
        return tuple(lines)


_LOCKED = "the owner has the password reset at the municipal office; the terminal is fine"
_LAST = "the last try is the owner's: a right entry elsewhere restores it; the terminal is fine"
_NEXT = {
    Failure.READER_LOST: "plug in the reader; see that pcscd runs, that this user may use it, that no other program "
    "(the terminal itself) holds it, and that `[card] reader` or --reader is a part of its name",
    Failure.CARD_NOT_LAID: "lay a card on the reader and call this again",
    Failure.CARD_UNREADABLE: "lay the card flat and alone in the frame, and call this again",
    Failure.CARD_WRONG_KIND: "this is no My Number Card: lay one",
    Failure.CARD_PULLED: "leave the card where it is until the answer stands here",
    Failure.CERTIFICATE_EXPIRED: "the owner renews the certificate at the municipal office; the terminal is fine",
    Failure.PASSWORD_LOCKED: _LOCKED,
    Failure.PASSWORD_ABSENT: "this card has no such password; the terminal is fine",
    Failure.LAST_TRY_KEPT: _LAST,
    Failure.CARD_MALFORMED: "the card does not answer as such a card does: try another one, then another reader",
    Failure.CARD_SLOW: "take the card away and lay it again; if it stays so, unplug the reader and plug it in again",
    Failure.CERTIFICATE_ABSENT: "the owner gets a certificate at the municipal office; the terminal is fine",
    Failure.TRIES_UNKNOWN: "the card does not tell its tries left, so no password was sent: lay it again, or another",
    Failure.REFUSED_TOO_OFTEN: "the card refused a password: see which has fewer tries left, and mend its file before "
    "you call this again",
    Failure.CARD_STEP_CLOSED: "too many passwords were refused at this terminal: wait an hour",
}
"""What a technician does about it."""


def _tries(tries: Tries) -> dict[str, int | None]:
    return {"auth": tries.authentication, "attributes": tries.attributes}


def _certificate(found: Examined) -> dict[str, str | None]:
    return {
        "subject": found.subject,
        "not_after": found.not_after.isoformat() if found.not_after else None,
        "sha256": found.sha256,
    }


def _attributes(read: Attributes) -> dict[str, str]:
    """As the card holds them: the date as YYYYMMDD with zeros for what is unknown, the sex as ISO/IEC 5218 has it."""
    birth = read.birth
    date = f"{birth.year or 0:04}{birth.month or 0:02}{birth.day or 0:02}"
    return {"name": read.name, "address": read.address, "birth_date": date, "sex": read.sex.value}


def _performance(done: Performed) -> list[str]:
    signature = {True: "valid", False: "not valid", None: "none was made"}[done.signature_valid]
    attributes = "not read" if done.attributes is None else "read"
    return [
        f"job          {done.apdus} commands, {done.bytes} bytes, {done.seconds:.3f} s",
        f"signature    {signature}",
        f"attributes   {attributes}",
    ]


def _words(left: int | None) -> str:
    if left is None:
        return "not on this card"
    return f"{left}" if left else "locked"


def _answer(answer: str | float | bool) -> str:
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return str(answer)
