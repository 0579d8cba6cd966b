"""When cards refused passwords at this terminal, in a file: one moment a line, nothing about cards or people.

The file guards strangers' tries against somebody who stands here and guesses. So what cannot be read counts as
full: the card step stays closed for an hour from then, and heals by itself. A file is written in one piece, so a
power cut does not make it unreadable; a broken disk or a meddling hand does, and to these the terminal must not
answer with fresh tries. A file that does not exist is the terminal's first day.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from kiosk.shell.state_files import replace_file

_KEPT = timedelta(hours=2)


class RefusalFile:
    """Times of refusals that survive a restart. Neither call raises; what the disk does not take is kept in memory
    meanwhile.
    """

    def __init__(self, file: Path, now: Callable[[], datetime], most: int, complain: Callable[[str], None]) -> None:
        self._file = file
        self._now = now
        self._full = most + 1
        self._complain = complain
        self._unwritten: list[datetime] = []

    def load(self) -> Sequence[datetime]:
        """All times of the last two hours, oldest first."""
        return tuple(sorted((*self._read(), *self._unwritten)))

    def append(self, when: datetime) -> None:
        """Keep one more, on the disk before this returns."""
        self._write([*self.load(), when])

    def _read(self) -> list[datetime]:
        try:
            times = [datetime.fromisoformat(line) for line in self._file.read_text("ascii").splitlines()]
            if any(when.tzinfo is None for when in times):
                return self._closed()
        except FileNotFoundError:
            return []
        except (OSError, ValueError):
            return self._closed()
        return times

    def _closed(self) -> list[datetime]:
        """As many refusals as close the card step, now; written down, so that the hour ends."""
        self._complain("refusal times unreadable, card step closed for an hour")
        times = [self._now()] * self._full
        self._write(times)
        return times if not self._unwritten else []

    def _write(self, times: list[datetime]) -> None:
        recent = [when for when in times if when > self._now() - _KEPT]
        try:
            replace_file(self._file, "".join(f"{when.isoformat()}\n" for when in recent).encode("ascii"))
            self._unwritten = []
        except OSError:
            self._complain("refusal times cannot be written")
            self._unwritten = recent
