"""Whether the disk takes anything is found out by writing, and is found anew when it does again."""

import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk.failures import Failure
from kiosk.flow.attract import begin, out_of_service
from kiosk.shell.backstage import Found
from kiosk.shell.ledger import Ledger
from kiosk.shell.open_keys import OpenKeys
from kiosk.shell.state_files import takes_files
from kiosk.states import OutOfService, Rules
from kiosk.visit import CardPlace, Health
from tests.shell.fakes import NOTICE


@contextmanager
def full() -> Iterator[None]:
    """Files grow no more in this process."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


def test_a_full_disk_takes_nothing_until_it_has_room(tmp_path: Path) -> None:
    assert takes_files(tmp_path)
    with full():
        found = takes_files(tmp_path)
    assert not found
    assert takes_files(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_made_and_one_that_cannot_be_is_found(tmp_path: Path) -> None:
    assert takes_files(tmp_path / "state" / "open")
    assert (tmp_path / "state" / "open").stat().st_mode & 0o777 == 0o700
    (tmp_path / "file").touch()
    assert not takes_files(tmp_path / "file" / "open")


def test_what_only_looks_like_a_folder_does_not_end_the_visit_before_it_is_told(tmp_path: Path) -> None:
    (tmp_path / "open").touch()
    ledger = Ledger(tmp_path / "open")
    with pytest.raises(OSError, match="Not a directory"):
        ledger.open("key-of-a-visit-that-submits")


def test_the_question_leaves_no_open_key_behind(tmp_path: Path) -> None:
    (tmp_path / ".probe").touch()
    assert list(Ledger(tmp_path).orphans()) == []
    assert not OpenKeys(tmp_path).orphaned()


def test_where_nothing_can_be_written_nobody_begins_and_staff_are_told_why() -> None:
    ill = Found.of(Health(state_writable=False)).health()
    assert out_of_service(ill) is Failure.STATE_UNWRITABLE
    assert begin(1, Rules(NOTICE), ill, CardPlace.ABSENT, tuple(range(10))).stage == OutOfService(
        Failure.STATE_UNWRITABLE, None
    )
