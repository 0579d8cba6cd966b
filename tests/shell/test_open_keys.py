"""What the keeper can tell from the names of files."""

from pathlib import Path

from kiosk.shell.open_keys import OpenKeys

FIRST, SECOND = "key-of-the-first-visit", "key-of-the-second-visit"


def test_what_an_earlier_keeper_left_is_orphaned_but_new_to_nobody(tmp_path: Path) -> None:
    (tmp_path / FIRST).touch()
    keys = OpenKeys(tmp_path)
    assert keys.orphaned()
    assert not keys.appeared()
    (tmp_path / FIRST).unlink()
    assert not keys.orphaned()


def test_a_key_that_a_living_visit_opened_is_not_orphaned_until_that_has_gone(tmp_path: Path) -> None:
    keys = OpenKeys(tmp_path)
    (tmp_path / FIRST).touch()
    assert not keys.orphaned()
    assert keys.appeared()
    assert keys.orphaned()
    (tmp_path / SECOND).touch()
    (tmp_path / FIRST).unlink()
    assert not keys.orphaned()
    assert keys.appeared()
    assert keys.orphaned()


def test_before_the_first_visit_there_is_no_folder(tmp_path: Path) -> None:
    keys = OpenKeys(tmp_path / "open")
    assert not keys.appeared()
    assert not keys.orphaned()


def test_a_disk_that_cannot_be_read_tells_nothing_new(tmp_path: Path) -> None:
    folder = tmp_path / "open"
    folder.mkdir()
    (folder / FIRST).touch()
    keys = OpenKeys(folder)
    folder.rename(tmp_path / "away")
    folder.touch()
    assert keys.orphaned()
    assert not keys.appeared()
    assert not OpenKeys(folder).orphaned()


def test_what_is_no_key_counts_as_nothing(tmp_path: Path) -> None:
    (tmp_path / "lost+found").mkdir()
    keys = OpenKeys(tmp_path)
    assert not keys.orphaned()
    assert not keys.appeared()
