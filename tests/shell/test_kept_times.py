"""Times survive a restart; a file that cannot be read closes its step for an hour."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from drivers.card.refusals import card_step_open
from kiosk.shell.clock import Uptime, since_start
from kiosk.shell.kept_times import KeptTimes

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
MOST = 6


class Hall:
    """A terminal's clock, kernel and disk, and what it complained about."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "refusals"
        self.now = NOON
        self.up_since, self.boot = NOON - timedelta(days=1), "first"
        self.complaints: list[str] = []

    def restart(self) -> KeptTimes:
        return KeptTimes(self.file, lambda: self.now, MOST, self.complaints.append, self._uptime)

    def jump(self, by: timedelta) -> None:
        """The clock does; no time passes."""
        self.now += by
        self.up_since += by

    def reboot(self) -> None:
        self.boot, self.up_since = self.boot + "-again", self.now

    def _uptime(self) -> Uptime:
        return Uptime(self.boot, (self.now - self.up_since).total_seconds())

    def is_open(self, times: KeptTimes) -> bool:
        return card_step_open(times.load(), self.now, MOST)


def test_the_first_day_is_open(tmp_path: Path) -> None:
    hall = Hall(tmp_path)
    assert hall.restart().load() == ()
    assert hall.is_open(hall.restart())
    assert not hall.complaints


def test_times_survive_a_restart(tmp_path: Path) -> None:
    hall = Hall(tmp_path)
    times = hall.restart()
    for minute in range(MOST + 1):
        times.append(NOON - timedelta(minutes=minute))
    assert len(hall.restart().load()) == MOST + 1
    assert not hall.is_open(hall.restart())
    assert hall.file.stat().st_mode & 0o777 == 0o600


def test_a_time_is_on_the_disk_before_it_takes_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hall = Hall(tmp_path)
    forced: list[tuple[str, bool]] = []  # what, and whether the new file stood in its place by then
    fsync = os.fsync

    def force(descriptor: int) -> None:
        forced.append((Path(f"/proc/self/fd/{descriptor}").readlink().name, hall.file.exists()))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", force)
    hall.restart().append(NOON)
    assert forced == [("refusals.new", False), (tmp_path.name, True)]


def test_a_time_that_was_no_refusal_is_withdrawn_once(tmp_path: Path) -> None:
    hall = Hall(tmp_path)
    for moment in (NOON, NOON, NOON - timedelta(microseconds=1)):
        hall.restart().append(moment)
    hall.restart().withdraw(NOON)
    assert hall.restart().load() == (NOON - timedelta(microseconds=1), NOON)
    hall.restart().withdraw(NOON - timedelta(days=1))
    assert len(hall.restart().load()) == 2


def test_what_cannot_be_read_is_not_opened_by_withdrawing(tmp_path: Path) -> None:
    hall = Hall(tmp_path)
    times = hall.restart()
    times.append(NOON - timedelta(seconds=1))
    hall.file.write_bytes(b"\0")
    times.withdraw(NOON - timedelta(seconds=1))
    assert not hall.is_open(hall.restart())


def test_what_is_older_than_two_hours_is_forgotten(tmp_path: Path) -> None:
    hall = Hall(tmp_path)
    hall.restart().append(NOON)
    hall.now += timedelta(hours=3)
    hall.restart().append(hall.now)
    assert hall.restart().load() == (hall.now,)


DAYS = [timedelta(days=days) for days in (-9000, -1, 1, 9000)]
MINUTES = [timedelta(minutes=minutes) for minutes in (-90, -61, -10, 10, 61, 90)]


@pytest.mark.parametrize("jump", [*DAYS, *MINUTES], ids=str)
@pytest.mark.parametrize("looked", [False, True], ids=["nobody looks", "somebody looks"])
@pytest.mark.parametrize("back", [False, True], ids=["once", "and back"])
def test_a_clock_that_jumps_neither_frees_the_hour_nor_makes_it_longer(
    tmp_path: Path, jump: timedelta, looked: bool, back: bool
) -> None:
    hall = Hall(tmp_path)
    times = hall.restart()
    for _ in range(MOST + 1):
        times.append(hall.now)
    hall.now += timedelta(minutes=30)
    hall.jump(jump)
    if looked:
        assert not hall.is_open(times)
        assert "refusals was set right: the clock has jumped" in hall.complaints
    if back:
        hall.jump(-jump)
    assert not hall.is_open(hall.restart())
    assert times.full()
    hall.now += timedelta(minutes=29)
    times.append(hall.now)
    assert not hall.is_open(hall.restart())
    hall.now += timedelta(minutes=61)
    assert hall.is_open(hall.restart())
    assert not times.full()


@pytest.mark.parametrize("jump", [*DAYS, *MINUTES], ids=str)
def test_a_clock_that_jumped_and_was_seen_to_frees_nothing_at_the_next_start_either(
    tmp_path: Path, jump: timedelta
) -> None:
    hall = Hall(tmp_path)
    for _ in range(MOST + 1):
        hall.restart().append(hall.now)
    hall.jump(jump)
    hall.restart().load()
    hall.reboot()
    assert not hall.is_open(hall.restart())
    hall.now += timedelta(minutes=61)
    assert hall.is_open(hall.restart())


def test_what_an_earlier_start_with_a_fast_clock_kept_closes_for_an_hour_at_most(tmp_path: Path) -> None:
    hall = Hall(tmp_path)
    hall.jump(timedelta(days=9000))
    for _ in range(MOST + 1):
        hall.restart().append(hall.now)
    hall.now -= timedelta(days=9000)
    hall.reboot()
    assert not hall.is_open(hall.restart())
    hall.now += timedelta(minutes=59)
    assert not hall.is_open(hall.restart())
    hall.now += timedelta(minutes=2)
    assert hall.is_open(hall.restart())


def test_a_refusal_is_withdrawn_although_the_clock_was_set_meanwhile(tmp_path: Path) -> None:
    for jump in (timedelta(seconds=-2), timedelta(days=-1), timedelta(days=1)):
        hall = Hall(tmp_path)
        when = hall.now
        hall.restart().append(when)
        hall.jump(jump)
        hall.restart().withdraw(when)
        assert hall.restart().load() == ()


def test_a_file_of_an_earlier_release_counts(tmp_path: Path) -> None:
    hall = Hall(tmp_path)
    hall.file.write_text(f"{NOON.isoformat()}\n" * (MOST + 1), "ascii")
    assert not hall.is_open(hall.restart())
    hall.jump(timedelta(hours=3))
    assert not hall.is_open(hall.restart())
    hall.now += timedelta(minutes=61)
    assert hall.is_open(hall.restart())


def test_the_kernel_names_its_start_and_counts_on() -> None:
    first, second = since_start(), since_start()
    assert first.boot == second.boot != ""
    assert 0 < first.seconds <= second.seconds


@pytest.mark.parametrize(
    "content",
    [
        b"2026-11-02T12:00:00+00:00 b nan\n",
        b"2026-11-02T12:00:00+00:00 b\n",
        b"\xff\xfe",
        b"yesterday\n",
        b"2026-11-02T12:00:00\n",
        b"\0" * 64,
    ],
)
def test_an_unreadable_file_closes_the_card_step_for_an_hour_and_heals(tmp_path: Path, content: bytes) -> None:
    hall = Hall(tmp_path)
    hall.file.write_bytes(content)
    assert not hall.is_open(hall.restart())
    assert hall.complaints
    hall.now += timedelta(minutes=59)
    assert not hall.is_open(hall.restart())
    hall.now += timedelta(minutes=2)
    assert hall.is_open(hall.restart())


def test_a_disk_that_takes_nothing_does_not_forget_within_the_run(tmp_path: Path) -> None:
    hall = Hall(tmp_path)
    hall.file = tmp_path / "no such folder" / "refusals"
    times = hall.restart()
    for _ in range(MOST + 1):
        times.append(NOON)
    assert not hall.is_open(times)
    assert hall.complaints


def test_a_disk_that_takes_nothing_any_more_makes_nothing_count_twice(tmp_path: Path) -> None:
    hall = Hall(tmp_path)
    times = hall.restart()
    for _ in range(3):
        times.append(NOON)
    beside = tmp_path / "refusals.new"
    beside.mkdir()  # no file can be written there now
    for _ in range(MOST - 3):
        times.append(NOON)
    assert len(times.load()) == MOST
    assert hall.is_open(times)
    beside.rmdir()
    times.append(NOON)
    assert len(hall.restart().load()) == MOST + 1
    assert not hall.is_open(times)


def test_an_unreadable_file_on_a_disk_that_takes_nothing_closes_the_step_for_an_hour_too(tmp_path: Path) -> None:
    hall = Hall(tmp_path)
    hall.file.write_bytes(b"\0")
    (tmp_path / "refusals.new").mkdir()
    times = hall.restart()
    assert not hall.is_open(times)
    hall.now += timedelta(minutes=61)
    assert hall.is_open(times)


def test_the_hour_is_full_at_the_cap_and_empties(tmp_path: Path) -> None:
    hall = Hall(tmp_path)
    times = hall.restart()
    for _ in range(MOST):
        assert not times.full()
        times.append(hall.now)
    assert times.full()
    hall.now += timedelta(hours=1)
    assert not times.full()
