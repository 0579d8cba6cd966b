"""Searches memory from outside, as only root may: every readable mapping of a process, whatever it is backed by, the
files without a name that it holds open, and shared memory, attached or not.

The kernel says which pages are there. Not read are those that were never touched, and those of a private mapping of a
file with a name that are still the file's own (program code, fonts): nobody has written there.
"""

import ctypes
import os
import time
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from tests.journeys.sieve import Sieve

_CHUNK = 1 << 20
_PAGE = os.sysconf("SC_PAGE_SIZE")
_PRESENT = np.uint64(0b11 << 62)  # in memory, or swapped out
_OF_A_FILE = np.uint64(1 << 61)  # or shared; a page of a private mapping loses it when it is written to
_DEVICE_MAPPINGS = ("[vvar]", "[vsyscall]", "[vvar_vclock]")
_GONE = (FileNotFoundError, ProcessLookupError)
_SHM_RDONLY = 0o10000


@dataclass
class Search:
    """What one search has seen: `found` says who holds what, and where it lies there."""

    sieve: Sieve
    found: dict[str, dict[str, str]] = field(default_factory=dict)
    holders: int = 0
    size: int = 0  # bytes
    seconds: float = 0.0

    def __str__(self) -> str:
        return f"{self.holders} searched, {self.size / 1e6:,.0f} MB in {self.seconds:.1f} s: {self.found or 'nothing'}"

    def names(self, who: str) -> set[str]:
        """What this one holds."""
        return set(self.found.get(who, ()))

    def process(self, pid: int, who: str, among: str = "") -> None:
        """One process, or its mappings with a name like `among`; of one that ends meanwhile, what was seen."""
        began = time.monotonic()
        with suppress(*_GONE):
            maps = Path(f"/proc/{pid}/maps").read_text("utf-8", "replace").splitlines()
            memory = os.open(f"/proc/{pid}/mem", os.O_RDONLY)
            try:
                for start, end, place in _readable(pid, [line for line in maps if among in line]):
                    self._note(who, place, _pieces(memory, start, end, self.sieve.overlap))
            finally:
                os.close(memory)
            self._open_files(pid, who)
        self._counted(began)

    def shared(self, before: Collection[int]) -> None:
        """Every SysV segment that has been made since `before` was looked up, attached by somebody or not."""
        began = time.monotonic()
        for segment, size in segments().items():
            if segment not in before:
                with suppress(OSError):  # gone meanwhile
                    self._note(f"segment {segment}", "", [_attached(segment, size)])
        self._counted(began)

    def file(self, file: Path) -> None:
        """A file and its name."""
        began = time.monotonic()
        with suppress(OSError):
            self._note(str(file), "", [os.fsencode(file), file.read_bytes()])
        self._counted(began)

    def _open_files(self, pid: int, who: str) -> None:
        """Those without a name: memory that could be mapped again, or a file that was deleted."""
        for link in Path(f"/proc/{pid}/fd").iterdir():
            with suppress(OSError):
                name = str(link.readlink())
                if name.endswith(" (deleted)") and link.is_file():
                    self._note(who, name, [link.read_bytes()])

    def _note(self, who: str, place: str, pieces: Iterable[bytes]) -> None:
        for piece in pieces:
            self.size += len(piece)
            for name in self.sieve.found_in(piece):
                self.found.setdefault(who, {}).setdefault(name, place)

    def _counted(self, began: float) -> None:
        self.holders += 1
        self.seconds += time.monotonic() - began


def segments() -> dict[int, int]:
    """The SysV shared memory of this machine: each segment's size in bytes."""
    try:
        lines = Path("/proc/sysvipc/shm").read_text("ascii").splitlines()[1:]
    except OSError:
        return {}
    return {int(fields[1]): int(fields[3]) for fields in map(str.split, lines)}


def _attached(segment: int, size: int) -> bytes:
    """What stands in it."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.shmat.restype = ctypes.c_void_p
    address = libc.shmat(segment, None, _SHM_RDONLY)
    if address in {None, ctypes.c_void_p(-1).value}:
        raise OSError(ctypes.get_errno(), "a segment cannot be attached")
    try:
        return ctypes.string_at(address, size)
    finally:
        libc.shmdt(ctypes.c_void_p(address))


def _readable(pid: int, maps: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    """Start, end and place of each stretch of pages that are there."""
    pagemap = os.open(f"/proc/{pid}/pagemap", os.O_RDONLY)
    try:
        for line in maps:
            place, rights, *rest = line.split(maxsplit=5)
            name = rest[3] if len(rest) > 3 else "anonymous"
            if rights.startswith("r") and name not in _DEVICE_MAPPINGS:
                start, end = (int(word, 16) for word in place.split("-"))
                untouched = rights.endswith("p") and name.startswith("/") and not name.endswith(" (deleted)")
                for first, last in _present(pagemap, start, end, _OF_A_FILE if untouched else np.uint64(0)):
                    yield first, last, f"{rights} {name}"
    finally:
        os.close(pagemap)


def _present(pagemap: int, start: int, end: int, without: np.uint64) -> Iterator[tuple[int, int]]:
    raw = os.pread(pagemap, (end - start) // _PAGE * 8, start // _PAGE * 8)
    pages = np.frombuffer(raw, "<u8")
    there = (pages & _PRESENT != 0) & (pages & without == 0)
    edges = np.flatnonzero(np.diff(np.concatenate(([False], there, [False])).astype(np.int8)))
    for first, last in edges.reshape(-1, 2):
        yield start + int(first) * _PAGE, start + int(last) * _PAGE


def _pieces(memory: int, start: int, end: int, overlap: int) -> Iterator[bytes]:
    """So far overlapping that nothing is cut in two unseen. Pages that cannot be read are left out."""
    while start < end:
        try:
            yield os.pread(memory, min(_CHUNK, end - start), start)
        except OSError:
            return
        start += _CHUNK - overlap if end - start > _CHUNK else end - start
