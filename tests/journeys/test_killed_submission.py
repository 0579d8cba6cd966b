"""A visit's process that is killed at any step of its submission: afterwards the portal has it once and the courier
knows, or it has it not and never will.
"""

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from kiosk.failures import Failure
from kiosk.shell.courier import settle_all
from kiosk.shell.ledger import Ledger
from tests.drivers.portal.conftest import authority, world
from tests.drivers.portal.world import World, a_submission, failure_of, nothing
from tests.journeys.submitter import KEY, STEPS
from tests.shell.fakes import journal

__all__ = ["authority", "world"]

SUBMITTER = Path(__file__).with_name("submitter.py")
ROOT = Path(__file__).parents[2]


def submit_and_die(world: World, folder: Path, step: str) -> None:
    """Started from the root, as a visit is: then `tests` can be imported there."""
    box = world.sandbox
    door = [box.url, str(box.ca_file), str(box.terminal_certificate), str(box.terminal_key)]
    command = [sys.executable, "-m", "tests.journeys.submitter", step, str(folder), *door]
    card = world.card.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as visit:
        assert visit.stdin is not None
        assert visit.stdout is not None
        assert visit.stdout.readline() == "registered\n"
        box.open_link(box.mailbox.mails()[-1])
        visit.stdin.write(f"{card.hex()}\n{world.card.der.hex()}\n")
        visit.stdin.flush()
        told = visit.stdout.read()
        assert (told, visit.wait()) == ("", -signal.SIGKILL)


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
