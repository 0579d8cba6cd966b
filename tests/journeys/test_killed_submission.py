"""A visit's process that is killed at any step of its submission: afterwards the portal has it once and the courier
knows, or it has it not and never will.
"""

import signal
from pathlib import Path

import pytest

from kiosk.failures import Failure
from kiosk.shell.courier import settle_all
from kiosk.shell.ledger import Ledger
from tests.drivers.portal.conftest import authority, world
from tests.drivers.portal.world import World, a_submission, failure_of, nothing
from tests.journeys.applicant import applying
from tests.journeys.submitter import KEY, STEPS
from tests.shell.fakes import journal

__all__ = ["authority", "world"]


def submit_and_die(world: World, folder: Path, step: str) -> None:
    with applying(world, "tests.journeys.submitter", step, str(folder)) as visit:
        assert visit.stdout is not None
        assert (visit.stdout.read(), visit.wait()) == ("", -signal.SIGKILL)


@pytest.mark.parametrize("step", STEPS)
def test_a_kill_at_any_step_leaves_one_submission_or_none(world: World, tmp_path: Path, step: str) -> None:
    submit_and_die(world, tmp_path, step)
    left = sorted(file.name for file in (tmp_path / "open").iterdir())
    assert left == ([] if step in {"key drawn", "crossed out"} else [KEY])
    before = len(world.sandbox.submissions)
    assert before == int(step in {"answered", "crossed out"}) or step == "all sent"  # there both may be

    written, lines = journal()
    assert settle_all(Ledger(tmp_path / "open"), world.client().settle, written, lambda _seconds: True)
    assert list((tmp_path / "open").iterdir()) == []
    rows = [row.key for row in world.sandbox.submissions]
    if left:
        assert lines == [f"settled {'received' if rows else 'not received'}"]
        assert rows in ([], [KEY])
        if not rows:  # what was under way arrives after all
            late = world.ready()
            assert failure_of(late.submit, a_submission(), KEY, nothing) is Failure.SUBMISSION_NOT_RECEIVED
            assert world.sandbox.submissions == ()
    else:
        assert lines == []
        assert len(rows) == before
