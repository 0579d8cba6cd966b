"""In which forms a password can stand in memory, in a file or in a journal, and how to judge that four digits do.

A VERIFY with its password is long enough to prove something wherever it stands: `verify_forms`. Four digits alone stand
everywhere by chance, so `Tally` looks for all ten thousand of them at once, in every width that a program may give
them, and the visitor's own are judged among the others (`chance_of`): a password is drawn by lot, so if nothing keeps
it, it is as likely as any other number to have come to stand somewhere meanwhile.

CPython keeps one object for each small number, in a row. A list of a password's bytes is therefore a row of addresses
that are known, and is looked for like any other form.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tests.journeys.sieve import Sieve, in_every_encoding

REFERENCES = (0x80, 0x98, 0x91)
"""P2 of a VERIFY: the selected file, and the short identifiers of both passwords' files."""

NUMBERS = 10_000

_WIDTHS = (1, 2, 4, 8)  # bytes for one digit: UTF-8, UTF-16, UTF-32 or `int`, `long`
_BASES = {"letters": 0x30, "values": 0x00}

Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Ints:
    """Where an interpreter keeps its small numbers: the address of 0, and bytes from one to the next."""

    zero: int
    step: int

    def row(self, values: Iterable[int]) -> bytes:
        """The items of a list of these."""
        return b"".join((self.zero + self.step * value).to_bytes(8, "little") for value in values)


def verify_body(digits: str, reference: int) -> bytes:
    """The command as it goes to a card."""
    return bytes((0x00, 0x20, 0x00, reference, len(digits))) + digits.encode("ascii")


def verify_forms(digits: str, ints: Ints | None = None) -> dict[str, tuple[bytes, ...]]:
    """Every form of a VERIFY with these digits, by kind, for all `REFERENCES`."""
    bodies = [verify_body(digits, reference) for reference in REFERENCES]
    forms = {
        "raw": tuple(body[1:] for body in bodies),  # what reuses memory writes over its first bytes
        "text": tuple(body[:5] + said for body in bodies for said in in_every_encoding(digits)[1:]),
        "hex": in_every_encoding(*(said for body in bodies for said in _hex(body[1:]))),
        "decimal": in_every_encoding(*(said for body in bodies for said in _decimal(body[1:]))),
        "escaped": in_every_encoding(*(repr(body)[2:-1] for body in bodies)),
        "array": tuple(_array(body[3:], width) for body in bodies for width in _WIDTHS[1:]),
    }
    if ints is not None:
        forms["list"] = (ints.row(bodies[0][4:]),)
    return forms


def _hex(body: bytes) -> Iterator[str]:
    for between in (" ", ":", "-", ", ", ""):
        said = body.hex(between) if len(between) == 1 else between.join(f"{value:02x}" for value in body)
        yield from (said, said.upper())
    for prefix in ("0x", r"\x"):
        for between in (", ", ",", " ", ""):
            yield between.join(f"{prefix}{value:02x}" for value in body)
            yield between.join(f"{prefix}{value:02X}" for value in body)
    yield ", ".join(map(hex, body))


def _decimal(body: bytes) -> Iterator[str]:
    yield from (between.join(map(str, body)) for between in (", ", ",", " "))


def _array(body: bytes, width: int) -> bytes:
    """What both byte orders have in common."""
    return np.frombuffer(body, np.uint8).astype(f"<u{width}").tobytes()[: 1 - width]


class Tally(Sieve):
    """A sieve that also counts, for each width, where which number of four digits stands."""

    def __init__(self, needles: Mapping[str, Iterable[bytes]], ints: Ints | None = None) -> None:
        super().__init__(needles)
        self._ints = ints
        self.counts: defaultdict[str, Counts] = defaultdict(lambda: np.zeros(NUMBERS, np.int64))

    def found_in(self, piece: bytes) -> set[str]:
        content = np.frombuffer(piece, np.uint8)
        for kind, base in _BASES.items():
            for width in _WIDTHS:
                self._count(f"{kind} of {width}", _numbers(content, base, width))
        if self._ints is not None:
            words = np.frombuffer(piece, np.uint64, len(piece) // 8)
            for kind, base in _BASES.items():
                self._count(f"list of {kind}", _listed(words, self._ints, base))
        return super().found_in(piece)

    def _count(self, kind: str, numbers: Counts) -> None:
        np.add.at(self.counts[kind], numbers, 1)


def _numbers(content: npt.NDArray[np.uint8], base: int, width: int) -> Counts:
    """Each window of four digits that are `width` bytes apart with zeros between them; all zeros is no number."""
    length = len(content) - 3 * width
    if length < 1:
        return np.zeros(0, np.int64)
    digits = content - np.uint8(base)  # below the base it wraps around
    fits = digits < 10
    there = fits[:length] & fits[width : length + width]
    there &= fits[2 * width : length + 2 * width]
    there &= fits[3 * width :]
    if base == 0:
        there &= (digits[:length] != 0) & (digits[3 * width :] != 0)
    at = np.flatnonzero(there)
    for gap in range(3 * width):
        if gap % width:
            at = at[content[at + gap] == 0]
    return _valued([digits[at + width * place] for place in range(4)])


def _listed(words: npt.NDArray[np.uint64], ints: Ints, base: int) -> Counts:
    offsets = words - np.uint64(ints.zero + base * ints.step)  # below it wraps around
    digits = np.where(offsets % np.uint64(ints.step) == 0, offsets // np.uint64(ints.step), np.uint64(10))
    fits = digits < 10
    if len(fits) < 4:
        return np.zeros(0, np.int64)
    at = np.flatnonzero(fits[:-3] & fits[1:-2] & fits[2:-1] & fits[3:])
    return _valued([digits[at + place] for place in range(4)])


def _valued(digits: "list[npt.NDArray[np.uint8]] | list[npt.NDArray[np.uint64]]") -> Counts:
    value = np.zeros(len(digits[0]), np.int64)
    for digit in digits:
        value = value * 10 + digit.astype(np.int64)
    return value


def chance_of(hits: int, chances: Iterable[float]) -> float:
    """How likely at least so many hits are where each draw hits with its own chance (Poisson binomial, exact)."""
    spread = np.array([1.0])
    for chance in chances:
        spread = np.convolve(spread, (1 - chance, chance))
    return float(min(1.0, spread[hits:].sum()))
