"""Keys of open submissions: on the disk before the first byte, in nobody's way while their visit lives."""

import os
from pathlib import Path

import pytest

from kiosk.shell.ledger import Ledger

KEY = "k-" + "A1b2" * 8


def test_a_key_survives_the_visit_that_opened_it(tmp_path: Path) -> None:
    visit = Ledger(tmp_path / "open")
    visit.open(KEY)
    visit.abandon()
    assert list(Ledger(tmp_path / "open").orphans()) == [KEY]


def test_a_key_is_forced_to_the_disk_with_its_name_before_it_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forced: list[tuple[str, bool]] = []  # what, and whether the key stood there by then
    fsync = os.fsync

    def force(descriptor: int) -> None:
        forced.append((Path(f"/proc/self/fd/{descriptor}").readlink().name, (tmp_path / "open" / KEY).exists()))
        fsync(descriptor)

    visit = Ledger(tmp_path / "open")
    monkeypatch.setattr(os, "fsync", force)
    visit.open(KEY)
    assert forced == [(KEY, True), ("open", True)]
    visit.close(KEY)
    assert forced[2:] == [("open", False)]


def test_a_key_is_never_opened_twice(tmp_path: Path) -> None:
    visit, other = Ledger(tmp_path / "open"), Ledger(tmp_path / "open")
    visit.open(KEY)
    with pytest.raises(FileExistsError):
        other.open(KEY)
    assert list(other.orphans()) == []
    visit.close(KEY)


def test_a_key_of_a_living_visit_is_nobody_elses(tmp_path: Path) -> None:
    visit = Ledger(tmp_path / "open")
    visit.open(KEY)
    assert list(Ledger(tmp_path / "open").orphans()) == []
    visit.close(KEY)


def test_a_final_fate_leaves_nothing(tmp_path: Path) -> None:
    visit = Ledger(tmp_path / "open")
    visit.open(KEY)
    visit.close(KEY)
    assert list((tmp_path / "open").iterdir()) == []


def test_who_settles_holds_the_key_and_can_close_it(tmp_path: Path) -> None:
    visit = Ledger(tmp_path / "open")
    visit.open(KEY)
    visit.abandon()
    settling, other = Ledger(tmp_path / "open"), Ledger(tmp_path / "open")
    for key in settling.orphans():
        assert list(other.orphans()) == []
        settling.close(key)
    assert list(other.orphans()) == []


def test_the_lock_goes_with_the_process(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "open")
    child = os.fork()
    if child == 0:
        Ledger(tmp_path / "open").open(KEY)
        os._exit(0)
    os.waitpid(child, 0)
    assert list(ledger.orphans()) == [KEY]


def test_only_the_terminals_own_user_may_look(tmp_path: Path) -> None:
    visit = Ledger(tmp_path / "open")
    visit.open(KEY)
    assert (tmp_path / "open").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "open" / KEY).stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "open" / KEY).read_bytes() == b""
    visit.close(KEY)


def test_what_is_no_key_is_refused(tmp_path: Path) -> None:
    for wrong in ("", "../../etc/cron.d/x", "short"):
        with pytest.raises(ValueError, match="not a key"):
            Ledger(tmp_path / "open").open(wrong)


def test_strange_files_are_left_alone(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "open")
    (tmp_path / "open" / "lost+found").mkdir()
    assert list(ledger.orphans()) == []


def test_a_key_is_nobody_elses_from_its_first_moment(tmp_path: Path) -> None:
    """Another process that settles looks all the time while visits write their keys down."""
    folder = tmp_path / "open"
    Ledger(folder)
    child = os.fork()
    if child == 0:
        settling, taken = Ledger(folder), 0
        while not (tmp_path / "over").exists():
            taken += len(list(settling.orphans()))
        os._exit(min(taken, 1))
    visit = Ledger(folder)
    try:
        for number in range(1000):
            visit.open(f"{KEY}-{number}")
            visit.close(f"{KEY}-{number}")
    finally:
        (tmp_path / "over").touch()
        ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert ended == 0
