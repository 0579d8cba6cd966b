"""The bench's process: what stands when it is ready, and that nothing stays however it ends."""

import ctypes
import json
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from drivers.bench.remote import RemoteBench, SlipError
from drivers.portal.https import ClientCertificate, HttpsTransport
from tests.drivers.bench.world import PATIENCE, Standing, end, soon, start
from tests.house.tree import ROOT

DOORS = {"reader.sock", "camera.sock", "panel.sock", "hands.sock", "mirror.sock"}


def test_when_it_is_ready_every_door_stands_for_its_user_only(bench: Standing) -> None:
    found = {file.name: file.stat().st_mode for file in bench.folder.iterdir() if not file.is_dir()}
    assert set(found) == DOORS | {"portal.json"}
    assert {stat.S_IMODE(mode) for mode in found.values()} == {0o600}
    assert stat.S_IMODE(bench.folder.stat().st_mode) == 0o700


def test_the_portal_is_where_it_says(bench: Standing) -> None:
    said = json.loads((bench.folder / "portal.json").read_text())
    identity = ClientCertificate(Path(said["certificate_file"]), Path(said["key_file"]))
    portal = HttpsTransport(said["url"], Path(said["ca_file"]), identity)
    portal.close()
    assert stat.S_IMODE(Path(said["key_file"]).stat().st_mode) & 0o077 == 0


def test_it_ends_with_its_input_and_leaves_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "bench"
    process = start(folder, page=True)
    assert end(process) == 0
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=lambda number: number.name)
def test_it_ends_when_it_is_told_to(tmp_path: Path, number: signal.Signals) -> None:
    folder = tmp_path / "bench"
    with start(folder) as process:
        process.send_signal(number)
        assert process.wait(PATIENCE) == 0
    assert list(folder.iterdir()) == []


def test_it_ends_whichever_of_its_threads_is_told(tmp_path: Path) -> None:
    """Else one that comes while the main thread begins to wait would be heard by nobody."""
    with start(tmp_path / "bench") as process:
        waits = Path(f"/proc/{process.pid}/wchan")
        assert soon(lambda: "poll" in (where := waits.read_text("ascii")) or where == "0")  # 0: the kernel says nothing
        others = {int(task.name) for task in Path(f"/proc/{process.pid}/task").iterdir()} - {process.pid}
        assert ctypes.CDLL(None).tgkill(process.pid, max(others), signal.SIGTERM) == 0
        assert process.wait(PATIENCE) == 0


def test_it_ends_with_who_started_it(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "drivers.bench", "--socket", str(tmp_path / "bench")]
    parent = f"import subprocess, time; subprocess.Popen({command!r}, stdin=subprocess.PIPE); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", parent], stdout=subprocess.PIPE, cwd=ROOT) as started:
        assert started.stdout is not None
        assert started.stdout.readline() == b"ready\n"
        started.kill()
    assert soon(lambda: list((tmp_path / "bench").iterdir()) == [])


def test_it_ends_soon_while_somebody_waits_for_a_mail(tmp_path: Path) -> None:
    process = start(tmp_path / "bench")
    with RemoteBench(tmp_path / "bench") as hands:
        hands._connection.sendall(b"open-mail 1\n")
        began = time.monotonic()
        end(process)
        assert time.monotonic() - began < 10
        with pytest.raises(SlipError):
            hands.say("state")


def test_a_bench_that_is_not_there_has_no_hands(tmp_path: Path) -> None:
    with pytest.raises(SlipError, match="not there"):
        RemoteBench(tmp_path)
