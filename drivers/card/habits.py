"""In what simulated readers, and the cards on them, are lesser or slower than the best pair. Values only, but for the
rest of an answer that is handed over in pieces.
"""

from dataclasses import dataclass
from enum import Enum

from drivers.card import apdu
from drivers.card.chip import Chip

_HEAD = 4  # bytes of a command before its body


class Extended(Enum):
    """What becomes of a command in extended length."""

    TAKEN = "taken"
    REFUSED = "refused"  # 6700
    CORRECTED = "corrected"  # 6C00: take 256
    CUT = "cut off"  # the card is asked for what the short form can say
    EMPTY = "empty"  # 9000 and nothing
    LOST = "lost"  # the connection dies over it; the card lies there still


@dataclass(frozen=True, slots=True)
class Habits:
    """`short_refused` is the status with which short identifiers are refused (6A86, 6A88, 6A82, 6B00), None where they
    are taken. Answers longer than `pieces` bytes (at most 256) are handed over in such pieces, on request (61xx).
    """

    short_refused: int | None = None
    extended: Extended = Extended.TAKEN
    pieces: int | None = None


BEST = Habits()


@dataclass(frozen=True, slots=True)
class Pace:
    """How long things take, in seconds: each command, each byte both ways, and the card's arithmetic of a signature.

    No figure of a real pair is known but one of 12 ms for a reading of four bytes.
    """

    command: float = 0.0
    byte: float = 0.0
    signature: float = 0.0

    def seconds(self, command: bytes, answer: bytes) -> float:
        """Of one exchange."""
        signing = self.signature if command[1] == apdu.PERFORM_SECURITY_OPERATION else 0.0
        return self.command + self.byte * (len(command) + len(answer)) + signing


AT_ONCE = Pace()
COMMON = Pace(command=0.015, byte=1 / 20_000)  # what other clients were measured with


class Mouth:
    """What lies between a connection and the card: passes commands on as the habits have it."""

    def __init__(self, habits: Habits) -> None:
        self.habits = habits
        self._rest = b""
        self._status = b""

    def answer(self, card: Chip, command: bytes) -> bytes | None:
        """The card's answer or another one; None where the connection is lost over the command."""
        if command[1:2] == bytes([apdu.GET_RESPONSE]) and self._rest:
            return self._piece(command[_HEAD] or 256)
        self._rest = b""
        extended = self.habits.extended if _is_extended(command) else Extended.TAKEN
        if extended is Extended.LOST:
            return None
        if extended is Extended.REFUSED:
            return b"\x67\x00"
        if self.habits.short_refused is not None and _is_short(command):
            return self.habits.short_refused.to_bytes(2, "big")
        match extended:
            case Extended.TAKEN:
                return self._in_pieces(card.answer(command))
            case Extended.CORRECTED:
                return b"\x6c\x00"
            case Extended.CUT:
                return self._in_pieces(card.answer(command[:_HEAD] + b"\x00"))
            case Extended.EMPTY:
                return b"\x90\x00"

    def _in_pieces(self, answer: bytes) -> bytes:
        if self.habits.pieces is None or len(answer) - 2 <= self.habits.pieces:
            return answer
        self._rest, self._status = answer[:-2], answer[-2:]
        return self._announce(b"")

    def _piece(self, wanted: int) -> bytes:
        piece, self._rest = self._rest[:wanted], self._rest[wanted:]
        return self._announce(piece) if self._rest else piece + self._status

    def _announce(self, piece: bytes) -> bytes:
        """61xx, where 00 stands for 256 and more."""
        there = min(len(self._rest), self.habits.pieces or 256)
        return piece + bytes((0x61, there % 256))


def _is_extended(command: bytes) -> bool:
    return len(command) > _HEAD + 2 and command[_HEAD] == 0


def _is_short(command: bytes) -> bool:
    """Whether it names a file by the short identifier in its parameters."""
    _, ins, p1, p2 = command[:_HEAD]
    return (ins == apdu.READ_BINARY and p1 >= 0x80) or (ins == apdu.VERIFY and p2 > 0x80)
