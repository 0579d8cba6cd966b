"""Moments in a file, one a line: when cards refused passwords here, when mails were asked for. Nothing about whom.

Two hourly caps rest on such files: they guard strangers' tries against somebody who stands here and guesses, and
strangers' mailboxes against somebody who types them. So what cannot be read counts as full: the step stays closed for
an hour from then, and heals by itself. A file is written in one piece, so a power cut does not make it unreadable; a
broken disk or a meddling hand does, and to these the terminal must not answer with fresh tries. A file that does not
exist is the terminal's first day.

A clock that jumps must not empty an hour either. So beside each time stands when that was by the kernel's count since
it started, which nothing sets: while that kernel runs, a time is as old as the count says, and what the clock says is
written anew where it has jumped. Times of an earlier start are taken by the clock once, when they are first read; what
would lie ahead counts as now, so that its hour begins then.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import isfinite
from pathlib import Path

from kiosk.shell.clock import Uptime, since_start
from kiosk.shell.state_files import replace_file

HOUR = timedelta(hours=1)
_KEPT = 2 * HOUR
_JUMP = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class _Kept:
    """A time by the clock, and by the kernel that ran then; its name is empty where nobody knows."""

    when: datetime
    boot: str
    seconds: float

    def line(self) -> str:
        return f"{self.when.isoformat()} {self.boot or '-'} {self.seconds:.6f}\n"


class KeptTimes:
    """Survives a restart. No call raises; what the disk does not take is kept in memory meanwhile.

    `most` is the hour's cap. `complain` is told the file's name where it cannot be read or written, or was set right.
    """

    def __init__(
        self,
        file: Path,
        now: Callable[[], datetime],
        most: int,
        complain: Callable[[str], None],
        uptime: Callable[[], Uptime] = since_start,
    ) -> None:
        self._uptime = uptime
        self._file = file
        self._now = now
        self._most = most
        self._complain = complain
        self._unwritten: list[_Kept] | None = None  # all of them, while the disk takes nothing

    def load(self) -> Sequence[datetime]:
        """All times of the last two hours, oldest first, by the clock as it goes now; none lies ahead."""
        return tuple(sorted(kept.when for kept in self._known()))

    def append(self, when: datetime) -> None:
        """Keep one more, on the disk before this returns."""
        self._write([*self._known(), self._kept(when)])

    def withdraw(self, when: datetime) -> None:
        """Forget one that was kept; where it is not known any more nothing is to be done."""
        stored = self._stored()
        found = next((kept for kept in stored if kept.when == when), None)
        if found is not None:
            stored.remove(found)
            self._write([self._set_right(kept) for kept in stored])

    def full(self) -> bool:
        """Whether the last hour has seen `most` already."""
        times = self.load()
        return sum(self._now() - when < HOUR for when in times) >= self._most

    def _known(self) -> list[_Kept]:
        """All of them, right by clock and kernel as they are now."""
        found = self._stored()
        known = [self._set_right(kept) for kept in found]
        jumped = any(abs(now.when - before.when) > _JUMP for now, before in zip(known, found, strict=True))
        if jumped:
            self._complain(f"{self._file.name} was set right: the clock has jumped")
        if jumped or any(now.boot != before.boot for now, before in zip(known, found, strict=True)):
            self._write(known)
        return known

    def _stored(self) -> list[_Kept]:
        return self._read() if self._unwritten is None else list(self._unwritten)

    def _kept(self, when: datetime) -> _Kept:
        """It counts as now where the clock says that it lies ahead."""
        up, now = self._uptime(), self._now()
        when = min(when, now)
        return _Kept(when, up.boot, up.seconds - (now - when).total_seconds())

    def _set_right(self, kept: _Kept) -> _Kept:
        up, now = self._uptime(), self._now()
        if not up.boot or kept.boot != up.boot:
            return self._kept(kept.when)
        when = now - timedelta(seconds=max(0.0, up.seconds - kept.seconds))
        return kept if abs(when - kept.when) <= _JUMP and kept.when <= now else _Kept(when, kept.boot, kept.seconds)

    def _read(self) -> list[_Kept]:
        try:
            return [_parsed(line) for line in self._file.read_text("ascii").splitlines()]
        except FileNotFoundError:
            return []
        except (OSError, ValueError):
            return self._closed()

    def _closed(self) -> list[_Kept]:
        """As many as close the step, now; written down, so that the hour ends."""
        self._complain(f"{self._file.name} cannot be read and counts as full")
        times = [self._kept(self._now())] * (self._most + 1)
        self._write(times)
        return times

    def _write(self, times: list[_Kept]) -> None:
        recent = [kept for kept in times if kept.when > self._now() - _KEPT]
        try:
            replace_file(self._file, "".join(kept.line() for kept in recent).encode("ascii"))
            self._unwritten = None
        except OSError:
            self._complain(f"{self._file.name} cannot be written")
            self._unwritten = recent


def _parsed(line: str) -> _Kept:
    """One line; of an earlier release it has the time alone. Raises ValueError."""
    time, *count = line.split(" ")
    when = datetime.fromisoformat(time)
    if when.tzinfo is None:
        raise ValueError("a time without its zone")
    if not count:
        return _Kept(when, "", 0.0)
    boot, seconds = count
    if not isfinite(float(seconds)):
        raise ValueError("not a count")
    return _Kept(when, "" if boot == "-" else boot, float(seconds))
