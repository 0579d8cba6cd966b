"""What was said to a card, for a technician: kinds, lengths and status words, never what was in it.

Of a command's body only the name in a selection is kept, which is the profile's and public. So there is nothing here to
redact: the body of a VERIFY, the data of an answer and the number that was signed never come this far.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from drivers.card import apdu


@dataclass(frozen=True, slots=True)
class Exchanged:
    """One command and its answer. `sent` and `received` are bytes with heads and status; `status` is None where no
    answer came.
    """

    header: bytes
    name: bytes
    sent: int
    received: int
    status: int | None

    @classmethod
    def of(cls, command: bytearray, answer: bytes | None) -> "Exchanged":
        """From the encoded forms."""
        name = bytes(command[5:]) if command[1] == apdu.SELECT else b""
        status = int.from_bytes(answer[-2:], "big") if answer else None
        return cls(bytes(command[:4]), name, len(command), len(answer or b""), status)

    @property
    def extended(self) -> bool:
        """Whether it was a reading that asked for more than the short form can say."""
        return self.header[1] == apdu.READ_BINARY and self.sent > 5

    @property
    def with_password(self) -> bool:
        """Whether it was a VERIFY with a body."""
        return self.header[1] == apdu.VERIFY and self.sent > 4

    def __str__(self) -> str:
        said = " ".join(filter(None, (self.header.hex(" ").upper(), self.name.hex().upper())))
        if self.with_password:
            said += " [password]"
        heard = "no answer" if self.status is None else f"{self.status:04X}, {max(self.received - 2, 0)} bytes"
        return f"{said} -> {heard}"


@dataclass(frozen=True, slots=True)
class Traffic:
    """How much was said: commands, and bytes both ways."""

    apdus: int
    bytes: int

    @classmethod
    def of(cls, exchanged: Iterable[Exchanged]) -> "Traffic":
        """All of these together."""
        said = tuple(exchanged)
        return cls(len(said), sum(one.sent + one.received for one in said))
