"""Moments in a file, one a line: when cards refused passwords here, when mails were asked for. Nothing about whom.

Two hourly caps rest on such files: they guard strangers' tries against somebody who stands here and guesses, and
strangers' mailboxes against somebody who types them. So what cannot be read counts as full: the step stays closed for
an hour from then, and heals by itself. A file is written in one piece, so a power cut does not make it unreadable; a
broken disk or a meddling hand does, and to these the terminal must not answer with fresh tries. A file that does not
exist is the terminal's first day.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from kiosk.shell.state_files import replace_file

HOUR = timedelta(hours=1)
_KEPT = 2 * HOUR


class KeptTimes:
    """Survives a restart. No call raises; what the disk does not take is kept in memory meanwhile.

    `most` is the hour's cap. `complain` is told the file's name where it cannot be read or written.
    """

    def __init__(self, file: Path, now: Callable[[], datetime], most: int, complain: Callable[[str], None]) -> None:
        self._file = file
        self._now = now
        self._most = most
        self._complain = complain
        self._unwritten: list[datetime] | None = None  # all of them, while the disk takes nothing

    def load(self) -> Sequence[datetime]:
        """All times of the last two hours, oldest first."""
        return tuple(sorted(self._read() if self._unwritten is None else self._unwritten))

    def append(self, when: datetime) -> None:
        """Keep one more, on the disk before this returns."""
        self._write([*self.load(), when])

    def withdraw(self, when: datetime) -> None:
        """Forget one that was kept; where it is not known any more nothing is to be done."""
        known = list(self.load())
        if when in known:
            known.remove(when)
            self._write(known)

    def full(self) -> bool:
        """Whether the last hour has seen `most` already. Times that lie ahead (a clock set back) do not count."""
        now = self._now()
        return sum(now - HOUR < when <= now for when in self.load()) >= self._most

    def _read(self) -> list[datetime]:
        try:
            times = [datetime.fromisoformat(line) for line in self._file.read_text("ascii").splitlines()]
        except FileNotFoundError:
            return []
        except (OSError, ValueError):
            return self._closed()
        return times if all(when.tzinfo is not None for when in times) else self._closed()

    def _closed(self) -> list[datetime]:
        """As many as close the step, now; written down, so that the hour ends."""
        self._complain(f"{self._file.name} cannot be read and counts as full")
        times = [self._now()] * (self._most + 1)
        self._write(times)
        return times

    def _write(self, times: list[datetime]) -> None:
        recent = [when for when in times if when > self._now() - _KEPT]
        try:
            replace_file(self._file, "".join(f"{when.isoformat()}\n" for when in recent).encode("ascii"))
            self._unwritten = None
        except OSError:
            self._complain(f"{self._file.name} cannot be written")
            self._unwritten = recent
