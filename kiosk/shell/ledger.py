"""The keys of submissions whose fate is open: the only trace of a submission on the disk, and nothing about who made
it.

A key is an empty file of that name, forced to the disk before the first byte of its submission leaves, and removed
when the fate is final. The file's existence is the whole record: it cannot be half written. A visit holds its own
key's file locked (`flock`); the lock goes with the process, however that ends. So whoever settles in the background
takes only keys that no living visit holds: to settle a key that is just being submitted would make it void.
"""

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kiosk.shell.state_files import force_folder

KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")


class Ledger:
    """Open keys, in a folder of their own. One thread at a time may use one object; several objects may share the
    folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: dict[str, int] = {}
        with suppress(OSError):  # a disk that takes nothing is found before a visit; a key that is opened says so again
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def open(self, key: str) -> None:
        """Write the key down and hold it, before returning. Raises OSError: then nothing may be submitted."""
        if not KEY.fullmatch(key):
            raise ValueError("not a key")
        with self._alone():
            descriptor = os.open(self._folder / key, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            self._held[key] = descriptor
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.fsync(descriptor)  # the file itself, then its name: not every file system takes the one with the other
        force_folder(self._folder)

    def close(self, key: str) -> None:
        """The fate is final: remove the key."""
        (self._folder / key).unlink(missing_ok=True)
        force_folder(self._folder)
        self._let_go(key)

    def abandon(self) -> None:
        """This visit is over: what is still open is anybody's to settle."""
        for key in tuple(self._held):
            self._let_go(key)

    def orphans(self) -> Iterator[str]:
        """Keys that no living visit holds, each held here until it is closed or the next is asked for."""
        for file in sorted(self._folder.iterdir()):
            if KEY.fullmatch(file.name) and file.name not in self._held and self._take(file):
                try:
                    yield file.name
                finally:
                    self._let_go(file.name)

    def _take(self, file: Path) -> bool:
        with self._alone():
            try:
                descriptor = os.open(file, os.O_RDWR | os.O_CLOEXEC)
            except FileNotFoundError:
                return False
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(descriptor)
                return False
        self._held[file.name] = descriptor
        if not os.fstat(descriptor).st_nlink:  # closed since we saw it
            self._let_go(file.name)
            return False
        return True

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Nobody else makes or takes a key meanwhile: one that is made and not yet locked is not left by anybody."""
        folder = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            yield
        finally:
            os.close(folder)

    def _let_go(self, key: str) -> None:
        descriptor = self._held.pop(key, None)
        if descriptor is not None:
            os.close(descriptor)
