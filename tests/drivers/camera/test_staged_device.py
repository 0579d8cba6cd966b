"""The USB camera keeps the contract of all cameras upon OpenCV's real V4L2 stream, in a process that sees a device."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.drivers.camera.staged import LIBRARY, under_a_stage
from tests.house.tree import ROOT

HERE = Path(__file__).parent
STORIES = ("test_contract.py", "test_uvc.py", "test_many_captures.py")


def run_staged(folder: Path, *options: str) -> str:
    """What pytest prints in a process that sees the device; all of it must pass."""
    if not LIBRARY.exists():
        pytest.skip("there is no virtual camera (.venv/video.so): .ci/setup test says why")
    told = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            *options,
            *(str(HERE / name) for name in STORIES),
        ],
        env=under_a_stage(folder),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stdout + told.stderr
    assert "skipped" not in told.stdout.splitlines()[-1]
    return told.stdout


def test_the_usb_camera_keeps_its_promises(tmp_path: Path) -> None:
    passed = re.search(r"(\d+) passed", run_staged(tmp_path))
    assert passed is not None
    assert int(passed.group(1)) >= 20


@pytest.mark.sweep
def test_the_usb_camera_takes_a_thousand_stills(tmp_path: Path) -> None:
    print(run_staged(tmp_path, "-m", "sweep", "--capture=no"))
