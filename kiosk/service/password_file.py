"""A technician's file with one password of a card: four digits, and at most a line's end.

Such a file is read into a buffer that is wiped, and never as text: no copy of it stays anywhere. It must be a plain
file that only its owner may read (as ssh wants it of keys): a password that others can read is none any more, and
somebody has to say so. What is wrong with a file is said before anything is sent to a card, in a sentence that names
the file and nothing of what is in it.
"""

import os
import stat
from pathlib import Path
from types import TracebackType
from typing import Self

from kiosk.ports import PasswordVault
from kiosk.visit import Entry, Password

_LENGTH = 4
_LINE_END = ord("\n")
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class PasswordFileError(Exception):
    """A file that cannot be used, in one sentence."""

    def __init__(self, file: Path, reason: str) -> None:
        super().__init__(f"{file}: {reason}")


class PasswordsFromFiles:
    """Both passwords, each until it is entered; `with` it, nothing of them is left afterwards."""

    def __init__(self, files: dict[Password, Path], vault: PasswordVault) -> None:
        self._vault = vault
        self._digits: dict[Password, bytearray] = {}
        self._entries = 0
        try:
            for password, file in files.items():
                self._digits[password] = read_digits(file)
        except BaseException:
            self._wipe()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._wipe()

    def enter(self, password: Password) -> Entry:
        """Put the digits into the vault, as a visitor's fingers would, and wipe them here."""
        self._entries += 1
        entry = Entry(self._entries, password)
        digits = self._digits[password]
        for position, digit in enumerate(digits):
            self._vault.store(entry, position, digit - ord("0"))
        _wipe(digits)
        return entry

    def _wipe(self) -> None:
        for digits in self._digits.values():
            _wipe(digits)
        self._vault.wipe()


def read_digits(file: Path) -> bytearray:
    """The four digits as ASCII; whoever calls wipes them. Raises PasswordFileError."""
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY)
        try:
            return _read(descriptor, file)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise PasswordFileError(file, f"cannot be read ({error.strerror}).") from None


def _read(descriptor: int, file: Path) -> bytearray:
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        raise PasswordFileError(file, "is not a plain file.")
    if mode & _OTHERS:
        raise PasswordFileError(file, f"is open to others than its owner (mode {mode & 0o777:03o}): chmod 600 it.")
    buffer = bytearray(_LENGTH + 2)  # one more than may be there, so that too much is seen
    try:
        length = _fill(descriptor, buffer)
        ended = length == _LENGTH or (length == _LENGTH + 1 and buffer[_LENGTH] == _LINE_END)
        if not ended or not all(ord("0") <= buffer[at] <= ord("9") for at in range(_LENGTH)):
            raise PasswordFileError(file, "must hold exactly four digits, and at most a line's end behind them.")
        digits = bytearray(_LENGTH)
        for position in range(_LENGTH):  # one by one: a slice would be a copy that nobody wipes
            digits[position] = buffer[position]
        return digits
    finally:
        _wipe(buffer)


def _fill(descriptor: int, buffer: bytearray) -> int:
    """Straight into the buffer; how many bytes there were."""
    filled = 0
    with memoryview(buffer) as view:
        while filled < len(buffer) and (read := os.readv(descriptor, [view[filled:]])):
            filled += read
    return filled


def _wipe(digits: bytearray) -> None:
    digits[:] = bytes(len(digits))
