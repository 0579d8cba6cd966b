"""A smart card in memory: applications, files, passwords with their counters, and a key, behind APDUs (ISO/IEC
7816-4).

What power does not hold (counters, files) lies in the files and stays with the card from one visit to the next; what
power holds (the application, the file, which passwords were taken) goes with every reset. The rules follow what public
implementations report of the real card: an empty VERIFY asks for the counter, a VERIFY spends a try before it
compares, and the card only pads and exponentiates what it is given to sign.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from drivers.card import apdu

CONTACT_ATR = bytes.fromhex("3BE000FF8131FE4514")  # one of several; no card is told from its ATR


@dataclass(frozen=True, slots=True)
class Transparent:
    """A file that can be read; `guard` is the password file that must have been verified before."""

    content: bytes = field(repr=False)
    guard: int | None = None


@dataclass(slots=True)
class Secret:
    """A password. `when_blocked` is what the card says once no try is left."""

    value: bytes = field(repr=False)
    most: int = 3
    left: int = 3
    when_blocked: int = 0x63C0


@dataclass(frozen=True, slots=True)
class SigningKey:
    """An RSA key behind a password."""

    key: RSAPrivateKey = field(repr=False)
    guard: int | None = None


File = Transparent | Secret | SigningKey


@dataclass(frozen=True, slots=True)
class ChipApplication:
    """An application: files by their identifier."""

    name: str
    files: Mapping[int, File]


@dataclass(frozen=True, slots=True)
class Heard:
    """One command as the log keeps it: what was asked of which file, never what was in it."""

    ins: int
    application: str
    file: int | None
    with_body: bool


@dataclass(slots=True)
class Request:
    """A command taken apart; `expected` is None without Le."""

    cla: int
    ins: int
    p1: int
    p2: int
    body: bytes = field(repr=False)
    expected: int | None

    @classmethod
    def parse(cls, raw: bytes) -> "Request | None":
        """The seven forms of ISO/IEC 7816-3; None for what is none of them."""
        if len(raw) < 4:
            return None
        cla, ins, p1, p2, rest = *raw[:4], raw[4:]
        if not rest:
            return cls(cla, ins, p1, p2, b"", None)
        if len(rest) == 1:
            return cls(cla, ins, p1, p2, b"", rest[0] or 256)
        wide = rest[0] == 0 and len(rest) > 2
        if wide and len(rest) == 3:
            return cls(cla, ins, p1, p2, b"", int.from_bytes(rest[1:], "big") or 65536)
        at, size = (3, 2) if wide else (1, 1)
        length = int.from_bytes(rest[1:3], "big") if wide else rest[0]
        body, tail = rest[at : at + length], rest[at + length :]
        if len(body) != length or len(tail) not in {0, size}:
            return None
        expected = (int.from_bytes(tail, "big") or 256**size) if tail else None
        return cls(cla, ins, p1, p2, body, expected)


class Chip:
    """Answers APDUs. `extended` and `strict_length` are habits in which cards and readers differ."""

    def __init__(
        self,
        applications: Mapping[bytes, ChipApplication],
        *,
        extended: bool = True,
        strict_length: bool = False,
        atr: bytes = CONTACT_ATR,
    ) -> None:
        self.applications = applications
        self.extended = extended
        self.strict_length = strict_length
        self.atr = atr
        self.log: list[Heard] = []
        self.reset()

    def reset(self) -> None:
        """Power was away: nothing is selected, nothing is verified."""
        self._application: ChipApplication | None = None
        self._file: int | None = None
        self._verified: set[int] = set()

    @property
    def verifies(self) -> int:
        """How many VERIFY with a password in them this card has ever heard."""
        return sum(heard.ins == apdu.VERIFY and heard.with_body for heard in self.log)

    def answer(self, raw: bytes) -> bytes:
        """One command, one answer with its status word."""
        request = Request.parse(raw)
        if request is None or ((len(request.body) > 255 or (request.expected or 0) > 256) and not self.extended):
            return b"\x67\x00"
        data, status = self._dispatch(request)
        return data + status.to_bytes(2, "big")

    def _dispatch(self, request: Request) -> tuple[bytes, int]:
        if request.ins == apdu.SELECT:
            status = self._select(request)
            self._note(request, self._file)
            return b"", status
        target = self._target(request)
        self._note(request, target)
        match request.cla, request.ins:
            case 0x00, apdu.READ_BINARY:
                return self._read(request, target)
            case 0x00, apdu.VERIFY:
                return b"", self._verify(request, target)
            case 0x80, apdu.PERFORM_SECURITY_OPERATION:
                return self._sign(request, target)
            case 0x00 | 0x80, _:
                return b"", 0x6D00
            case _:
                return b"", 0x6E00

    def _note(self, request: Request, file: int | None) -> None:
        name = self._application.name if self._application else ""
        self.log.append(Heard(request.ins, name, file, bool(request.body)))

    def _select(self, request: Request) -> int:
        if request.p1 == 0x04:
            found = self.applications.get(request.body)
            if found is None:
                return apdu.NOT_FOUND
            self._application, self._file = found, None
            self._verified.clear()  # a selection, even of the same application, ends what a password opened
            return apdu.OK
        if request.p1 == 0x00 and request.body in {b"", b"\x3f\x00"}:
            self.reset()
            return apdu.OK
        if request.p1 != 0x02 or len(request.body) != 2:
            return 0x6A86
        identifier = int.from_bytes(request.body, "big")
        if self._application is None or identifier not in self._application.files:
            return apdu.NOT_FOUND
        self._file = identifier
        return apdu.OK

    def _target(self, request: Request) -> int | None:
        """The selected file, or the one that a short identifier names, which becomes the selected one."""
        short: int | None = None
        if request.ins == apdu.READ_BINARY and request.p1 & 0x80:
            short = request.p1 & 0x1F
        elif request.ins == apdu.VERIFY and request.p2 & 0x1F:
            short = request.p2 & 0x1F
        if short is None:
            return self._file
        if self._application is None or short not in self._application.files:
            return None
        self._file = short
        return short

    def _held(self, target: int | None) -> File | None:
        return self._application.files[target] if self._application and target is not None else None

    def _read(self, request: Request, target: int | None) -> tuple[bytes, int]:
        file = self._held(target)
        if file is None:
            return b"", apdu.NOT_FOUND if request.p1 & 0x80 else 0x6986
        if not isinstance(file, Transparent):
            return b"", 0x6981
        if file.guard is not None and file.guard not in self._verified:
            return b"", apdu.NOT_VERIFIED
        offset = request.p2 if request.p1 & 0x80 else request.p1 << 8 | request.p2
        if offset >= len(file.content):
            return b"", apdu.PAST_THE_END
        there = len(file.content) - offset
        wanted = request.expected or 0
        if self.strict_length and wanted > there and there < 256:
            return b"", 0x6C00 | there
        return file.content[offset : offset + wanted], apdu.OK

    def _verify(self, request: Request, target: int | None) -> int:
        file = self._held(target)
        if file is None or target is None:
            return 0x6A88
        if not isinstance(file, Secret):
            return 0x6981
        if not request.body:
            return 0x63C0 | file.left if file.left else file.when_blocked
        if file.left == 0:
            return 0x6984
        file.left -= 1  # before the comparison, so that pulling the card gives nothing away
        self._verified.discard(target)
        if request.body != file.value:
            return 0x63C0 | file.left if file.left else file.when_blocked
        file.left = file.most
        self._verified.add(target)
        return apdu.OK

    def _sign(self, request: Request, target: int | None) -> tuple[bytes, int]:
        file = self._held(target)
        if (request.p1, request.p2) != (0x00, 0x80):
            return b"", 0x6A86
        if not isinstance(file, SigningKey):
            return b"", 0x6981
        if file.guard is not None and file.guard not in self._verified:
            return b"", apdu.NOT_VERIFIED
        size = file.key.key_size // 8
        if not request.body or len(request.body) > size - 11:
            return b"", 0x6700
        padded = b"\x00\x01" + b"\xff" * (size - 3 - len(request.body)) + b"\x00" + request.body
        return _exponentiate(int.from_bytes(padded, "big"), file.key).to_bytes(size, "big"), apdu.OK


def _exponentiate(message: int, key: RSAPrivateKey) -> int:
    """Raw RSA with the private key, by its two primes (RFC 8017, 5.1.2)."""
    private = key.private_numbers()
    second = pow(message, private.dmq1, private.q)
    first = pow(message, private.dmp1, private.p)
    return second + private.q * (private.iqmp * (first - second) % private.p)
