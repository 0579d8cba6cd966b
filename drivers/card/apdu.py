"""What is said to a card and what it answers (ISO/IEC 7816-4), as values.

Neither ever shows a body: the body of a VERIFY is a password, the data of an answer may be a name. Encoded commands
are `bytearray`s so that whoever sends one can wipe it afterwards.
"""

from dataclasses import dataclass, field

from kiosk.failures import DriverError, Failure

SELECT = 0xA4
READ_BINARY = 0xB0
VERIFY = 0x20
PERFORM_SECURITY_OPERATION = 0x2A
GET_RESPONSE = 0xC0

OK = 0x9000
NOT_FOUND = 0x6A82
NOT_VERIFIED = 0x6982
PAST_THE_END = 0x6B00
END_OF_FILE = 0x6282  # a warning: fewer bytes than asked for
BLOCKED = frozenset({0x6983, 0x6984})


@dataclass(frozen=True, slots=True, repr=False)
class Command:
    """A command APDU. `expected` is the most bytes that may come back (1 to 65536), None for an answer without data."""

    cla: int
    ins: int
    p1: int
    p2: int
    data: bytes | bytearray = b""
    expected: int | None = None

    def encoded(self) -> bytearray:
        """As it goes over the wire; extended only where the short form cannot say it. The caller wipes it."""
        encoded = bytearray((self.cla, self.ins, self.p1, self.p2))
        extended = len(self.data) > 255 or (self.expected or 0) > 256
        if extended:
            encoded.append(0)
        if self.data:
            encoded += len(self.data).to_bytes(2 if extended else 1, "big")
            encoded += self.data
        if self.expected is not None:
            # The longest length is written as zero: 256 in one byte, 65536 in two.
            encoded += (self.expected % (0x10000 if extended else 0x100)).to_bytes(2 if extended else 1, "big")
        return encoded

    def __repr__(self) -> str:
        return f"Command({self.cla:02X} {self.ins:02X} {self.p1:02X} {self.p2:02X}, {len(self.data)} bytes)"


@dataclass(frozen=True, slots=True, repr=False)
class Response:
    """What came back: data and status word."""

    status: int
    data: bytes = field(default=b"")

    @classmethod
    def parse(cls, raw: bytes) -> "Response":
        """Split an answer; one without a status word is CARD_MALFORMED."""
        if len(raw) < 2:
            raise DriverError(Failure.CARD_MALFORMED)
        return cls(int.from_bytes(raw[-2:], "big"), raw[:-2])

    @property
    def tries_left(self) -> int | None:
        """The x of 63Cx; None where the status is another."""
        return self.status & 0x0F if self.status & 0xFFF0 == 0x63C0 else None

    def __repr__(self) -> str:
        return f"Response({self.status:04X}, {len(self.data)} bytes)"


def wipe(buffer: bytearray) -> None:
    """Overwrite in place. The length stays, so that nothing is copied to another address."""
    buffer[:] = bytes(len(buffer))
